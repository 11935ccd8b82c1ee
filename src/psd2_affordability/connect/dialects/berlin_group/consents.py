"""A consent in the words of the standard."""

from collections.abc import Mapping
from typing import Any

from psd2_affordability.connect.port import ConsentRequest, ConsentState
from psd2_affordability.connect.reading import day_or_none, text_at
from psd2_affordability.core.dates import iso_day

WAITING = "received"
_STATUSES = (
    WAITING,
    "valid",
    "rejected",
    "revokedByPsu",
    "expired",
    "terminatedByTpp",
    "partiallyAuthorised",
)
_WORDS = {word.lower(): word for word in _STATUSES} | {"pending": WAITING}
_ACCESS: Mapping[str, Mapping[str, Any]] = {
    "chosen_at_bank": {"accounts": [], "balances": [], "transactions": []},
    "all_psd2": {"allPsd2": "allAccounts"},
}


def consent_body(request: ConsentRequest, access: str) -> dict[str, Any]:
    """Write what we ask: accounts that the person chooses at the bank, or all of them.

    Args:
        request: for how long and how often.
        access: `chosen_at_bank`, or `all_psd2` for a bank that only so gives accounts without an IBAN.
    """
    return {
        "access": dict(_ACCESS[access]),
        "recurringIndicator": request.recurring,
        "validUntil": request.valid_until.isoformat(),
        "frequencyPerDay": request.frequency_per_day,
        "combinedServiceIndicator": False,
    }


def status_word(said: str) -> str:
    """Return a status in the standard's spelling; one that a bank added stays as it is.

    >>> status_word("VALID"), status_word("pending"), status_word("frozenByBank")
    ('valid', 'received', 'frozenByBank')
    """
    return _WORDS.get(said.lower(), said)


def status_of(answer: Mapping[str, Any], where: str) -> str:
    """Read the status out of an answer.

    Raises:
        BankAnswerBroken: it has none.
    """
    return status_word(text_at(answer, "consentStatus", where))


def state_of(answer: Mapping[str, Any], where: str) -> ConsentState:
    """Read a consent; the bank may have shortened what was asked.

    Raises:
        BankAnswerBroken: it has no status.
    """
    frequency = answer.get("frequencyPerDay")
    return ConsentState(
        status=status_of(answer, where),
        valid_until=day_or_none(answer.get("validUntil")),
        frequency_per_day=frequency if type(frequency) is int else None,
    )


def written(request: ConsentRequest) -> dict[str, str]:
    """Write down what is to be asked once the person has logged in."""
    return {
        "asked_until": request.valid_until.isoformat(),
        "asked_from": request.history_from.isoformat(),
        "asked_per_day": str(request.frequency_per_day),
        "asked_recurring": "yes" if request.recurring else "",
    }


def read_back(kept: Mapping[str, str], psu_ip: str) -> ConsentRequest:
    """Read what was written down."""
    return ConsentRequest(
        redirect_uri="",
        state="",
        psu_ip=psu_ip,
        valid_until=iso_day(kept["asked_until"]),
        history_from=iso_day(kept["asked_from"]),
        frequency_per_day=int(kept["asked_per_day"]),
        recurring=bool(kept.get("asked_recurring")),
    )


#: What is forgotten once it was asked.
ASKED = dict.fromkeys(("asked_until", "asked_from", "asked_per_day", "asked_recurring"), "")
