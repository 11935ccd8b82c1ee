"""Purposes: what a person consented to, and which answers that lets the asker see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from psd2_affordability.assess.results import PARTS
from psd2_affordability.core.errors import ConsentNotValid, UnknownName
from psd2_affordability.store.consents import EXPIRED, VALID, Consent


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose.

    Attributes:
        code: what consents, the interface and the log call it.
        says: what the person is asked to consent to, in English.
        says_nl: the same in Dutch.
        parts: the answers that it lets the asker see, and no others.
        keeps_text: it needs what descriptions say; otherwise they are dropped once read.
        names: payees, exact kinds, accounts and bookings are shown: whoever reads it is the person or
            helps them. Others see the answer, its figures and what they may be told of the reasons.
        plans: on which days a plan could be paid is shown; who thinks of a seizure is told of no day.
    """

    code: str
    says: str
    says_nl: str
    parts: frozenset[str]
    keeps_text: bool = False
    names: bool = False
    plans: bool = True

    @property
    def whole(self) -> bool:
        """Whether everything there is of a case is shown."""
        return self.names and self.parts >= set(PARTS)


PURPOSES = {
    purpose.code: purpose
    for purpose in (
        Purpose(
            "debt_help",
            "Help with debts: the whole picture, for you and your counsellor",
            "Hulp bij schulden: het hele beeld, voor u en uw hulpverlener",
            frozenset(PARTS),
            keeps_text=True,
            names=True,
        ),
        Purpose(
            "payment_plan",
            "A payment plan that fits",
            "Een betalingsregeling die past",
            frozenset({"income", "expenses", "room", "profile"}),
        ),
        Purpose(
            "credit_check",
            "A check before a new obligation",
            "Een toets voor een nieuwe verplichting",
            frozenset({"income", "expenses", "credit_check"}),
        ),
        Purpose(
            "seizure_check",
            "Whether seizing the bank account makes sense",
            "Of beslag op de bankrekening zin heeft",
            frozenset({"room", "seizure"}),
            plans=False,
        ),
        Purpose(
            "monitoring",
            "First signs of new debt while a plan runs",
            "Eerste tekenen van nieuwe schuld tijdens een regeling",
            frozenset({"signals"}),
            names=True,
        ),
    )
}


def purpose(code: str) -> Purpose:
    """Return a purpose.

    Raises:
        UnknownName: there is no such purpose; the message names the nearest.

    >>> sorted(purpose("seizure_check").parts)
    ['room', 'seizure']
    """
    try:
        return PURPOSES[code]
    except KeyError:
        raise UnknownName.among("purpose", code, list(PURPOSES)) from None


def standing(consent: Consent, on: date) -> str:
    """Return how a consent stands on a day: its last day may have passed without a word from the bank."""
    over = consent.valid_until is not None and consent.valid_until < on
    return EXPIRED if consent.status == VALID and over else consent.status


def banks_for(consents: Sequence[Consent], asked: Purpose) -> frozenset[str]:
    """Return the banks whose data the person lets us read for a purpose: not those of another consent."""
    return frozenset(each.bank for each in consents if _opens(each, asked))


def _opens(consent: Consent, asked: Purpose) -> bool:
    return consent.purpose == asked.code and consent.status in (VALID, EXPIRED)


def consent_for(consents: Sequence[Consent], asked: Purpose, subject: str) -> str:
    """Return the consent under which data may be read for a purpose.

    What came in under a consent that has expired since may still be read for its purpose; what
    was withdrawn may not. A case without any consent holds only files that somebody brought in.

    Raises:
        ConsentNotValid: the case has consents, but none for this purpose that stands.
    """
    if not consents:
        return ""
    for consent in consents:
        if _opens(consent, asked):
            return consent.id
    raise ConsentNotValid(
        f"the person did not consent to '{asked.code}', or withdrew it",
        where=f"case {subject}",
        do="Ask for consent for this purpose",
    )
