"""What the banks on one API standard have in common, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Sign = Literal["signed", "creditor_is_out"]

#: What we look for inside one transaction; the profile says where the standard has it.
FIELDS = (
    "booked_on",
    "value_on",
    "amount",
    "currency",
    "creditor_name",
    "creditor_iban",
    "debtor_name",
    "debtor_iban",
    "creditor_id",
    "mandate_id",
    "remittance",
    "remittance_lines",
    "bank_code",
    "bank_own_code",
    "purpose_code",
    "return_text",
    "balance_after",
)


@dataclass(frozen=True, slots=True)
class Profile:
    """One API standard.

    Attributes:
        id: file name in `connectors/_profiles`.
        title: as the standard calls itself.
        dialect: the module in `connect.dialects` that speaks it.
        consents: path to create a consent; likewise the five that follow, with `{consent}`
            or `{account}` to be filled in.
        booking_status: `booked`, or `both` where pending entries may be asked along.
        next_page: where an answer has the link to its next page, dotted.
        max_pages: more pages than any honest account has.
        sign: how an amount says whether it came in or went out.
        closing_types: types of balance that count booked entries alone, the best first.
        fields: our name to the dotted place inside a transaction.
    """

    id: str
    title: str
    dialect: str
    consents: str
    consent: str
    consent_status: str
    accounts: str
    balances: str
    transactions: str
    booking_status: str
    next_page: str
    max_pages: int
    sign: Sign
    closing_types: tuple[str, ...]
    fields: Mapping[str, str]
