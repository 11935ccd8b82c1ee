"""What the sandbox bank knows of a person: accounts and the entries on them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class BankEntry:
    """One line on an account, as the bank has it in its books.

    Attributes:
        booked_on: day of booking; for a pending entry the day it was entered.
        value_on: day the interest counts from.
        amount_ct: signed whole cents, credit positive.
        counterparty_name: the other side as the bank prints it, or empty.
        counterparty_iban: the other side's IBAN, or empty.
        creditor_id: SEPA creditor identifier of a direct debit, or empty.
        mandate_id: mandate of a direct debit, or empty.
        remittance: the lines of the description joined by a line break.
        bank_code: ISO 20022 code as DOMN-FMLY-SUBF, such as `PMNT-RCDT-ESCT`, or empty.
        purpose_code: ISO 20022 purpose, such as `SALA`, or empty.
        return_reason: ISO 20022 reason of a returned debit, such as `AM04`, or empty.
        status: `booked` or `pending`.
        entry_reference: the bank's own reference; empty when this bank gives none.
    """

    booked_on: date
    value_on: date
    amount_ct: int
    counterparty_name: str = ""
    counterparty_iban: str = ""
    creditor_id: str = ""
    mandate_id: str = ""
    remittance: str = ""
    bank_code: str = ""
    purpose_code: str = ""
    return_reason: str = ""
    status: str = "booked"
    entry_reference: str = ""


@dataclass(frozen=True, slots=True)
class BankedAccount:
    """One account, from its opening balance on.

    Attributes:
        iban: with a right check number, invented; of a card its number, masked.
        name: as the person sees it, such as `Betaalrekening`.
        kind: ISO 20022 cash account type: `CACC` current, `SVGS` savings, `CARD` a card.
        currency: ISO 4217.
        opening_ct: booked balance before the first entry.
        entries: in booking order.
    """

    iban: str
    name: str
    kind: str
    currency: str
    opening_ct: int
    entries: tuple[BankEntry, ...]


@dataclass(frozen=True, slots=True)
class BankedPerson:
    """One customer of the sandbox bank.

    Attributes:
        name: key, as in the file name, such as `bijstand_single`.
        display_name: the invented person's name, as printed on statements.
        accounts: those held at this bank.
    """

    name: str
    display_name: str
    accounts: tuple[BankedAccount, ...]
