"""How Dutch banks describe an entry: name, counterparty account and the lines of the description."""

from dataclasses import dataclass
from datetime import date
from random import Random

from psd2_affordability.core.iban import compact
from psd2_affordability.sandbox.lives import Payee

#: ISO 20022 code of each way that money moves.
BANK_CODES = {
    "wage": "PMNT-RCDT-ESCT",
    "received": "PMNT-RCDT-ESCT",
    "refund": "PMNT-RCDT-ESCT",
    "interest": "ACMT-MCOP-INTR",
    "direct_debit": "PMNT-RDDT-ESDD",
    "returned": "PMNT-RDDT-UPDD",
    "transfer": "PMNT-ICDT-ESCT",
    "standing_order": "PMNT-ICDT-STDO",
    "ideal": "PMNT-ICDT-ESCT",
    "card": "PMNT-CCRD-POSD",
    "atm": "PMNT-CCRD-CWDL",
    "fee": "ACMT-MDOP-CHRG",
    "own_out": "PMNT-ICDT-BOOK",
    "own_in": "PMNT-RCDT-BOOK",
}

_BICS = {"ABNA": "ABNANL2A", "INGB": "INGBNL2A", "RABO": "RABONL2U", "DEUT": "DEUTNL2A", "SNBX": "SNBXNL2A"}
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


class Dice:
    """Chance that falls the same way on every machine: only raw bits of the generator are used."""

    def __init__(self, seed: str) -> None:
        """Start from a text."""
        self._random = Random(seed)  # noqa: S311 - invented lives, not secrets

    def below(self, count: int) -> int:
        """Return a whole number from 0 up to but not including `count`."""
        return self._random.getrandbits(48) % count

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low up to and including high."""
        return low + self.below(high - low + 1)

    def digits(self, count: int) -> str:
        """Return that many digits."""
        return str(self.below(10**count)).zfill(count)

    def letters(self, count: int) -> str:
        """Return that many capitals and digits."""
        return "".join(_LETTERS[self.below(len(_LETTERS))] for _ in range(count))

    def days(self, count: int, among: int) -> list[int]:
        """Choose `count` numbers below `among`, in order; none twice before each is there once."""
        every, rest = divmod(count, among)
        left = list(range(among))
        return sorted(left * every + [left.pop(self.below(len(left))) for _ in range(rest)])


@dataclass(frozen=True, slots=True)
class Told:
    """What the bank prints beside the amount."""

    name: str
    iban: str
    remittance: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known when an entry is described."""

    way: str
    payee: Payee
    text: str
    mandate: str
    on: date
    reason: str = ""


def tell(style: str, entry: Fact, dice: Dice) -> Told:
    """Describe an entry as this bank would."""
    if entry.way in {"card", "atm"}:
        return _CARD[style](entry, dice)
    if entry.way in {"fee", "interest"}:
        return Told("", "", entry.text)
    if entry.way in {"direct_debit", "returned"}:
        return _debit(style, entry, dice)
    if entry.way == "ideal":
        return _ideal(style, entry, dice)
    return _transfer(style, entry, dice)


def _clock(dice: Dice) -> str:
    return f"{dice.between(8, 20):02d}:{dice.below(60):02d}"


def _place(payee: Payee) -> tuple[str, str]:
    shop, _, town = payee.prints.partition(", ")
    return shop, town


def _card_abn(entry: Fact, dice: Dice) -> Told:
    shop, town = _place(entry.payee)
    kind = "BEA, Betaalpas" if entry.way == "card" else "GEA, Betaalpas"
    day = f"{entry.on:%d.%m.%y}/{_clock(dice)}"
    return Told("", "", f"{kind:<33}{shop},PAS142\nNR:{dice.letters(6)}, {day}\n{town.upper()}".rstrip())


def _card_ing(entry: Fact, dice: Dice) -> Told:
    shop, town = _place(entry.payee)
    day = f"{entry.on:%d-%m-%Y}"
    lines = f"Pasvolgnr: 004 {day} {_clock(dice)}\nTransactie: {dice.letters(6)} Term: {dice.letters(6)}"
    return Told(f"{shop} {town.upper()} NLD".replace("  ", " "), "", f"{lines}\nValutadatum: {day}")


def _card_rabo(entry: Fact, dice: Dice) -> Told:
    shop, town = _place(entry.payee)
    machine = "Betaalautomaat" if entry.way == "card" else "Geldautomaat"
    return Told(shop, "", f"{town}, {machine} {_clock(dice)} pasnr. 017".removeprefix(", "))


_CARD = {"abn": _card_abn, "ing": _card_ing, "rabo": _card_rabo}


def _debit(style: str, entry: Fact, dice: Dice) -> Told:
    payee, reference = entry.payee, dice.digits(14)
    back = entry.way == "returned"
    if style == "abn":
        kind = "SEPA Incasso terugboeking" if back else "SEPA Incasso algemeen doorlopend"
        tags = (
            f"/TRTP/{kind}/CSID/{payee.creditor_id}/NAME/{payee.prints}/MARF/{entry.mandate}"
            f"/REMI/{entry.text}/IBAN/{payee.iban}/BIC/{_bic(payee.iban)}/EREF/{reference}"
        )
        return Told(payee.prints, payee.iban, f"{tags}/RTRN/{entry.reason}" if back else tags)
    if style == "ing":
        last = f"Storno reden: {entry.reason}" if back else "Doorlopende incasso"
        lines = [
            f"Naam: {payee.prints}",
            f"Omschrijving: {entry.text}",
            f"IBAN: {payee.iban}",
            f"Kenmerk: {reference}",
            f"Machtiging ID: {entry.mandate}",
            f"Incassant ID: {payee.creditor_id}",
            last,
        ]
        return Told(payee.prints, payee.iban, "\n".join(lines))
    text = f"Terugboeking incasso: {entry.text}" if back else entry.text
    return Told(payee.prints, payee.iban, text)


def _ideal(style: str, entry: Fact, dice: Dice) -> Told:
    payee = entry.payee
    name = f"{payee.prints} via {payee.via}" if payee.via else payee.prints
    text = f"{dice.digits(16)} {dice.digits(16)} {entry.text or payee.prints}"
    if style == "abn":
        tags = f"/TRTP/iDEAL/IBAN/{payee.iban}/BIC/{_bic(payee.iban)}/NAME/{name}"
        return Told(name, payee.iban, f"{tags}/REMI/{text}/EREF/{entry.on:%d-%m-%Y} {_clock(dice)}")
    if style == "ing":
        stamp = f"Kenmerk: {entry.on:%d-%m-%Y} {_clock(dice)} {dice.digits(16)}"
        return Told(name, payee.iban, f"Naam: {name}\nOmschrijving: {text}\nIBAN: {payee.iban}\n{stamp}")
    return Told(name, payee.iban, text)


def _transfer(style: str, entry: Fact, dice: Dice) -> Told:
    payee = entry.payee
    if style == "abn":
        tags = f"/TRTP/SEPA OVERBOEKING/IBAN/{payee.iban}/BIC/{_bic(payee.iban)}/NAME/{payee.prints}"
        return Told(payee.prints, payee.iban, f"{tags}/REMI/{entry.text}/EREF/NOTPROVIDED")
    if style == "ing":
        lines = [f"Naam: {payee.prints}", f"Omschrijving: {entry.text}", f"IBAN: {payee.iban}"]
        if entry.way in {"wage", "received"}:
            lines.append(f"Kenmerk: {dice.digits(12)}")
        lines.append(f"Valutadatum: {entry.on:%d-%m-%Y}")
        return Told(payee.prints, payee.iban, "\n".join(lines))
    return Told(payee.prints, payee.iban, entry.text)


def _bic(iban: str) -> str:
    bank = compact(iban)[4:8]
    return _BICS.get(bank, f"{bank}NL2A")
