"""An invented life with people, a doctor, a union and a church in it, for tests of what is masked."""

from collections.abc import Iterator
from datetime import date, timedelta

from psd2_affordability.connect.result import Received
from store_material import ACCOUNT, entry, received

FRIEND = "NL98INGB0009988771"
LANDLORD = "NL04RABO0112233445"
DOCTOR = "NL51ABNA0556677889"
UNION = "NL26TRIO0334455667"
SAVINGS = "NL20INGB0001234567"
#: Occurs in every text that must not stay.
CANARY = "Quetzalwoord"
SECRETS = (CANARY, "Vlinderkamp", "Zonnewijk", "Huisartsenpraktijk", "FNV", FRIEND, LANDLORD, DOCTOR, UNION)


def party(day: date, cents: int, name: str, iban: str, text: str, **more: object) -> dict[str, object]:
    """One transfer."""
    return entry(day, cents, text, counterparty_name=name, counterparty_iban=iban, **more)


def rows(first: date = date(2026, 3, 2), months: int = 3) -> list[dict[str, object]]:
    """Months of rent, care, membership, pocket money, groceries and wages."""
    return [row for month in range(months) for row in _month(first + timedelta(days=30 * month), month)]


def _month(day: date, month: int) -> Iterator[dict[str, object]]:
    yield party(day, -65_000, "J. Vlinderkamp", LANDLORD, f"huur kamer {CANARY} {month}")
    yield party(day, -4_500, "Mw A Zonnewijk", FRIEND, f"voor het eten {CANARY} {month}")
    yield party(day, -4_500, "Mw A Zonnewijk", FRIEND, f"voor het eten {CANARY} {month}")
    yield party(day, 2_000, "Mw A Zonnewijk", FRIEND, f"terug {CANARY}")
    yield party(day, -8_720, f"Huisartsenpraktijk {CANARY}", DOCTOR, f"consult {CANARY} {month}")
    yield party(
        day,
        -1_795,
        "FNV",
        UNION,
        f"contributie {CANARY}",
        creditor_id=f"NL00ZZZ{CANARY}",
        mandate_id=f"M-{CANARY}",
        entry_reference=f"R-{CANARY}-{month}",
    )
    yield entry(
        day, -6_230 - month, f"BEA, Betaalpas   Albert Heijn 1522,PAS142\n{CANARY}", counterparty_name=""
    )
    yield entry(
        day, -3_000, f"/TRTP/SEPA OVERBOEKING/NAME/J. Vlinderkamp/REMI/borg {CANARY}", counterparty_name=""
    )
    yield party(day, 184_000, "Metaalwerken Noord BV", "NL91ABNA0417164300", f"salaris {CANARY} {month}")


def life(**more: int) -> Received:
    """That life, as a bank gives it."""
    return received(rows(**more), opening=200_000)


__all__ = [
    "ACCOUNT",
    "CANARY",
    "DOCTOR",
    "FRIEND",
    "LANDLORD",
    "SAVINGS",
    "SECRETS",
    "UNION",
    "life",
    "party",
    "rows",
]
