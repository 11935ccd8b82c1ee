"""Uses of a report: who receives it, and for which purpose."""

from dataclasses import dataclass

from psd2_affordability.core.errors import UnknownName
from psd2_affordability.service.purposes import Purpose, purpose


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a report.

    Attributes:
        code: what the command line, the interface and the texts call it.
        purpose_code: the purpose that the person must have consented to.
        rows: the transactions themselves are shown.
    """

    code: str
    purpose_code: str
    rows: bool = False

    @property
    def purpose(self) -> Purpose:
        """The purpose; it bounds what is answered, and what is seen of that."""
        return purpose(self.purpose_code)

    @property
    def named(self) -> bool:
        """Whether payees, exact kinds and accounts are shown."""
        return self.purpose.names


USES = {
    use.code: use
    for use in (
        Use("credit_check", "credit_check"),
        Use("plan", "payment_plan"),
        Use("seizure", "seizure_check"),
        Use("debt_help", "debt_help"),
        Use("person", "debt_help", rows=True),
    )
}


def use_of(code: str) -> Use:
    """Return a use.

    Raises:
        UnknownName: there is no such use; the message names the nearest.

    >>> use_of("plan").purpose_code
    'payment_plan'
    """
    try:
        return USES[code]
    except KeyError:
        raise UnknownName.among("use of a report", code, list(USES)) from None


def use_for(purpose_code: str, code: str = "") -> Use:
    """Return the use of a purpose that a person consented to: the named one, or the first.

    Raises:
        UnknownName: the purpose has no such report.

    >>> use_for("payment_plan").code, use_for("debt_help", "person").code
    ('plan', 'person')
    """
    of_purpose = [use.code for use in USES.values() if use.purpose_code == purpose_code]
    wanted = code or next(iter(of_purpose), "")
    if wanted not in of_purpose:
        raise UnknownName.among(f"report for the purpose '{purpose_code}'", wanted, of_purpose)
    return USES[wanted]
