"""What the sandbox bank calls things in version 3.1 of the standard, and in 4.0."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Version = Literal["3.1", "4.0"]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one version.

    Attributes:
        consents: our status of a consent to theirs.
        booked: status of a booked entry.
        pending: status of an entry that is not booked yet.
        closing: type of the booked balance at the end.
        available: type of the balance with what is pending.
        after: type of the balance after an entry.
        errors: our code of a refusal to theirs.
        other_error: theirs for every other refusal.
    """

    consents: Mapping[str, str]
    booked: str
    pending: str
    closing: str
    available: str
    after: str
    errors: Mapping[str, str]
    other_error: str


WORDINGS: Mapping[Version, Wording] = {
    "3.1": Wording(
        consents={
            "received": "AwaitingAuthorisation",
            "valid": "Authorised",
            "rejected": "Rejected",
            "revokedByPsu": "Revoked",
            "terminatedByTpp": "Revoked",
            "expired": "Authorised",  # this version has no word for it
        },
        booked="Booked",
        pending="Pending",
        closing="ClosingBooked",
        available="InterimAvailable",
        after="InterimBooked",
        errors={
            "CONSENT_UNKNOWN": "UK.OBIE.Resource.NotFound",
            "RESOURCE_UNKNOWN": "UK.OBIE.Resource.NotFound",
            "CONSENT_EXPIRED": "UK.OBIE.Reauthenticate",
            "CONSENT_INVALID": "UK.OBIE.Resource.InvalidConsentStatus",
            "TOKEN_INVALID": "UK.OBIE.Resource.Unauthorized",
            "INTERNAL_SERVER_ERROR": "UK.OBIE.UnexpectedError",
        },
        other_error="UK.OBIE.Field.Invalid",
    ),
    "4.0": Wording(
        consents={
            "received": "AWAU",
            "valid": "AUTH",
            "rejected": "RJCT",
            "revokedByPsu": "CANC",
            "terminatedByTpp": "CANC",
            "expired": "EXPD",
        },
        booked="BOOK",
        pending="PDNG",
        closing="CLBD",
        available="ITAV",
        after="ITBD",
        errors={"CONSENT_EXPIRED": "U028", "INTERNAL_SERVER_ERROR": "U000"},
        other_error="NARR",  # the reason is in the text beside it
    ),
}
