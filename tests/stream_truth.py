"""Payment histories of invented people whose regular payments are known, because they were written first.

Nothing here is shared with the product: the calendar is a list of days, the rhythms are told by the
contract (a day of the month, a weekday), and the payments follow from the contract.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd

from psd2_affordability.ledger.schema import frame_of
from stream_contracts import COSTS, GIGS, INCOMES, PERSONS, SHOPS, WEBSHOPS, Contract

#: Days on which the payment system is shut, besides weekends.
_SHUT = frozenset(
    date(year, month, day)
    for year, easter in {
        2023: [(4, 7), (4, 10)],
        2024: [(3, 29), (4, 1)],
        2025: [(4, 18), (4, 21)],
        2026: [(4, 3), (4, 6)],
        2027: [(3, 26), (3, 29)],
        2028: [(4, 14), (4, 17)],
    }.items()
    for month, day in [(1, 1), *easter, (5, 1), (12, 25), (12, 26)]
)
_STEP_MONTHS = {"monthly": 1, "two_monthly": 2, "quarterly": 3, "yearly": 12}
_STEP_DAYS = {"weekly": 7, "four_weekly": 28}
_SAYS = {
    "inkomen.vakantiegeld": "Vakantiegeld",
    "inkomen.eindejaarsuitkering": "Eindejaarsuitkering",
    "inkomen.nabetaling": "Nabetaling salaris",
}
#: So many payments make a rhythm; of long ones two do.
FEWEST = {"weekly": 4, "four_weekly": 3, "monthly": 3, "two_monthly": 3, "quarterly": 2, "yearly": 2}


@dataclass(slots=True)
class TrueStream:
    """One contract and the rows that were paid on it.

    Attributes:
        subject: whose it is.
        kind: `income`, `fixed` or `other`; an `other` stream need not be found, and may be.
        cadence: its rhythm.
        odd: what is irregular about it, or empty.
        txs: keys of its rows.
        running: it goes on after the data end.
        next_on: the first day after its last row on which the contract asks a payment.
        next_ct: what is then paid.
    """

    subject: str
    kind: str
    cadence: str
    odd: str = ""
    txs: list[str] = field(default_factory=list)
    running: bool = True
    next_on: date = date.max
    next_ct: int = 0

    @property
    def enough(self) -> bool:
        """Whether there are enough payments to speak of a rhythm."""
        return len(self.txs) >= FEWEST[self.cadence]


@dataclass(slots=True)
class Histories:
    """Rows of many people, and what is true of them.

    Attributes:
        frame: the ledger frame.
        streams: every contract.
        extras: key of each holiday pay, thirteenth month and back-payment, with its category.
    """

    frame: pd.DataFrame
    streams: list[TrueStream]
    extras: dict[tuple[str, str], str]


def make_histories(subjects: int, seed: int = 1, noise: int = 12) -> Histories:
    """Write the lives of so many people, half of them over 12 months and half over 24."""
    rows: list[dict[str, Any]] = []
    streams: list[TrueStream] = []
    extras: dict[tuple[str, str], str] = {}
    for number in range(subjects):
        life = _Life(f"g{number:05}", random.Random(f"{seed} {number}"), 12 if number % 2 else 24)  # noqa: S311 - no secret
        life.live(noise)
        rows += life.rows
        streams += life.streams
        extras |= life.extras
    return Histories(frame_of(rows), streams, extras)


class _Life:
    """Writes the rows of one person."""

    def __init__(self, subject: str, chance: random.Random, months: int) -> None:
        self.subject, self.chance = subject, chance
        first = date(2024, 1, 1) + timedelta(days=chance.randrange(240))
        self.first, self.last = first, first + timedelta(days=months * 61 // 2)
        self.rows: list[dict[str, Any]] = []
        self.streams: list[TrueStream] = []
        self.extras: dict[tuple[str, str], str] = {}
        self._yearly: dict[tuple[str, str], list[str]] = {}

    def live(self, noise: int) -> None:
        """Take a main income, some more income, a household's contracts, and spend money."""
        chance = self.chance
        main = [contract for contract in INCOMES if contract.main]
        more = [contract for contract in INCOMES if not contract.main]
        for contract in [chance.choice(main), *chance.sample(more, chance.randrange(4))]:
            self._keep(contract)
        by_purpose: dict[str, list[Contract]] = {}
        for contract in COSTS:
            by_purpose.setdefault(contract.purpose, []).append(contract)
        for choices in by_purpose.values():
            contract = chance.choice(choices)
            if chance.random() < contract.share:
                self._keep(contract)
        for txs in self._yearly.values():
            self.streams.append(TrueStream(self.subject, "other", "yearly", txs=txs))
        self._spend(noise)

    def _keep(self, contract: Contract) -> None:
        """Pay on one contract, with what may go wrong."""
        due = list(self._dues(contract))
        inside = [at for at, (_, day) in enumerate(due) if self.first <= day <= self.last]
        if not inside:
            return
        odd = self._oddity(contract, len(inside))
        third = max(1, len(inside) // 3)
        begin = inside[0] + (third if odd == "starts" else 0)
        end = inside[-1] + 1 - (third if odd == "ends" else 0)
        middle = (begin + end) // 2
        amounts = list(self._amounts(contract, [nominal for nominal, _ in due]))
        days = [day for _, day in due]
        if odd == "double":
            days[middle] = self._in_the_same_month(days[middle - 1])
        stream = TrueStream(self.subject, contract.kind, contract.cadence, odd, running=odd != "ends")
        first = face = self._face(contract)
        changed = self._changed(contract, first, odd)
        for at in range(begin, end):
            if odd == "missed" and at == middle:
                continue
            face = changed if at >= middle else first
            words = contract.text(due[at][0], at)
            stream.txs.append(self._row(days[at], amounts[at], words, **face))
            if odd == "returned" and at == middle:
                stream.txs.append(self._returned(days[at], amounts[at], words, face))
        if end < len(due):
            stream.next_on, stream.next_ct = days[end], amounts[end]
        self.streams.append(stream)
        if contract.extras and end - begin >= 6:
            for words, category, day, cents in self._on_top(contract, due[begin:end], amounts[begin:end]):
                self._extra(words, category, day, cents, first if day < days[middle] else changed)

    def _oddity(self, contract: Contract, payments: int) -> str:
        odd = self.chance.choices(
            ["", "missed", "double", "renamed", "mandate", "returned", "starts", "ends"],
            [66, 5, 4, 5, 4, 4, 6, 6],
        )[0]
        if odd in {"missed", "double", "returned"} and (contract.cadence != "monthly" or payments < 12):
            return ""
        return "" if odd == "returned" and contract.way != "debit" else odd

    def _in_the_same_month(self, day: date) -> date:
        """Return a later day in the month of a day, or that day when the month is over."""
        later = _after(day + timedelta(days=3 + self.chance.randrange(12)))
        return later if later.month == day.month else day

    def _returned(self, day: date, cents: int, words: str, face: dict[str, str]) -> str:
        """Give back a debit for lack of money, and collect it again."""
        back = {"bank_code": "PMNT-RDDT-UPDD", "return_reason": "AM04"}
        self._row(_after(day + timedelta(days=2)), -cents, "", **face | back)
        return self._row(_after(day + timedelta(days=6)), cents, words, **face)

    def _dues(self, contract: Contract) -> Iterator[tuple[date, date]]:
        """Yield the day that the contract names and the day on which the bank books it, past the end too."""
        chance = self.chance
        until = self.last + timedelta(days=800)
        if contract.cadence in _STEP_DAYS:
            step = _STEP_DAYS[contract.cadence]
            day = self.first + timedelta(days=chance.randrange(step))
            while day.weekday() > 4:
                day += timedelta(days=1)
            while day < until:
                yield day, self._booked(contract, day)
                day += timedelta(days=step)
            return
        step = _STEP_MONTHS[contract.cadence]
        month = self.first.year * 12 + self.first.month - 1 - chance.randrange(step)
        of_month = chance.choice(contract.days)
        while True:
            day = _in_month(month, of_month)
            if day > until:
                return
            yield day, self._booked(contract, day)
            month += step

    def _booked(self, contract: Contract, day: date) -> date:
        if contract.by_hand:
            day += timedelta(days=self.chance.choice([-2, -1, 0, 0, 0, 0, 1, 2]))
        if contract.as_it_falls:
            return day
        return _before(day) if contract.early else _after(day)

    def _amounts(self, contract: Contract, days: list[date]) -> Iterator[int]:
        """Yield what each payment is: a raise once a year, and what varies from bill to bill."""
        chance = self.chance
        cents = chance.randrange(contract.low, contract.high)
        if contract.round_to:
            cents -= cents % contract.round_to
        year = (days[0].year, days[0].month >= contract.raised)
        for day in days:
            now = (day.year, day.month >= contract.raised)
            if contract.raised and now != year and now[1]:
                cents += cents * chance.randrange(15, 55) // 1000
            year = now
            vary = contract.varies * chance.gauss(0, 1) if contract.varies else 0
            size = max(cents // 4, round(cents * (1 + max(-2.2, min(2.2, vary)))))
            yield size if contract.kind == "income" else -size

    def _face(self, contract: Contract) -> dict[str, str]:
        """Say how the other side appears on the statement."""
        number = self.chance.randrange(10**9)
        face = {"counterparty_name": contract.name, "counterparty_iban": _iban(contract.name)}
        if contract.way == "debit":
            face |= {
                "creditor_id": f"NL{_digits(contract.name, 2)}ZZZ{_digits(contract.name, 8)}0000",
                "mandate_id": f"M{number}",
                "bank_code": "PMNT-RDDT-ESDD",
            }
        elif contract.way == "standing":
            face["bank_code"] = "PMNT-ICDT-STDO"
        else:
            face["bank_code"] = "PMNT-RCDT-ESCT" if contract.kind == "income" else "PMNT-ICDT-ESCT"
        return face

    def _changed(self, contract: Contract, face: dict[str, str], odd: str) -> dict[str, str]:
        """Change the name or the mandate, and leave who is paid."""
        if odd not in {"renamed", "mandate"}:
            return face
        if odd == "mandate" and "mandate_id" in face:
            return face | {"mandate_id": f"N{self.chance.randrange(10**9)}"}
        return face | {"counterparty_name": contract.later or f"{contract.name} Nederland"}

    def _on_top(
        self, contract: Contract, due: list[tuple[date, date]], amounts: list[int]
    ) -> Iterator[tuple[str, str, date, int]]:
        """Yield holiday money, a thirteenth month and a back-payment beside the wages."""
        chance = self.chance
        usual = sorted(amounts)[len(amounts) // 2]
        monthly = contract.cadence == "monthly"
        for nominal, day in due:
            words = contract.text(nominal, 0)
            if nominal.month == 5 and (monthly or nominal.day <= 7):
                apart = _after(day + timedelta(days=chance.choice([0, 0, 1, 3])))
                yield words, "inkomen.vakantiegeld", apart, usual * chance.randrange(62, 95) // 100
            if nominal.month == 12 and monthly and chance.random() < 0.4:
                apart = _before(day - timedelta(days=chance.choice([0, 4, 7])))
                yield words, "inkomen.eindejaarsuitkering", apart, usual * chance.randrange(50, 90) // 100
        quiet = [(nominal, day) for nominal, day in due if nominal.month not in {5, 6, 11, 12}]
        if monthly and quiet and chance.random() < 0.25:
            nominal, day = chance.choice(quiet)
            apart = _after(day + timedelta(days=chance.randrange(2, 9)))
            yield (
                contract.text(nominal, 0),
                "inkomen.nabetaling",
                apart,
                usual * chance.randrange(15, 45) // 100,
            )

    def _extra(self, words: str, category: str, day: date, cents: int, face: dict[str, str]) -> None:
        """Pay beside the wages; two in three say what it is, the others say what wages say."""
        if day > self.last:
            return
        said = self.chance.choice([_SAYS[category], _SAYS[category], words])
        tx = self._row(day, cents, said, **face)
        self.extras[self.subject, tx] = category
        self._yearly.setdefault((face["counterparty_iban"], category), []).append(tx)

    def _spend(self, noise: int) -> None:
        """Buy groceries on a fixed weekday, and all that comes as it comes."""
        chance = self.chance
        card = {"bank_code": "PMNT-CCRD-POSD"}
        shop, weekday = chance.choice(SHOPS), chance.randrange(7)
        days = (self.last - self.first).days + 1
        for at in range(days):
            day = self.first + timedelta(days=at)
            if day.weekday() == weekday and chance.random() < 0.93:
                self._row(
                    day,
                    -chance.randrange(3500, 9500),
                    f"BEA, Betaalpas {shop}",
                    counterparty_name=shop,
                    **card,
                )
        friends = chance.sample(PERSONS, 4)
        works = chance.random() < 0.15
        for _ in range(noise * days // 30):
            day = self.first + timedelta(days=chance.randrange(days))
            what = chance.random()
            if what < 0.45:
                name = chance.choice(SHOPS)
                self._row(day, -chance.randrange(150, 6000), f"BEA, {name}", counterparty_name=name, **card)
            elif what < 0.65:
                name = chance.choice(WEBSHOPS)
                cents = -chance.choice([chance.randrange(900, 12000), 1995, 2995, 4995])
                self._row(day, cents, "Bestelling", counterparty_name=name, bank_code="PMNT-ICDT-ESCT")
            elif what < 0.85:
                name = chance.choice(friends)
                cents = chance.choice([-1, -1, 1]) * chance.choice([500, 1000, 1250, 2000, 2500, 5000])
                face = {"counterparty_name": name, "counterparty_iban": _iban(name)}
                self._row(day, cents, chance.choice(["Etentje", "Bedankt!", ""]), **face)
            elif works:
                name = chance.choice(GIGS)
                self._row(day, chance.randrange(4000, 26000), "Uitbetaling ritten", counterparty_name=name)

    def _row(self, day: date, cents: int, text: str, **face: str) -> str:
        tx = f"x{len(self.rows):05}"
        self.rows.append(
            {
                "subject": self.subject,
                "account": "NL02SNBX0000000001",
                "tx": tx,
                "status": "booked",
                "booked_on": day,
                "amount_ct": cents,
                "currency": "EUR",
                "remittance": text,
            }
            | face
        )
        return tx


def _open(day: date) -> bool:
    return day.weekday() < 5 and day not in _SHUT


def _before(day: date) -> date:
    while not _open(day):
        day -= timedelta(days=1)
    return day


def _after(day: date) -> date:
    while not _open(day):
        day += timedelta(days=1)
    return day


def _in_month(month: int, of_month: int) -> date:
    first = date(month // 12, month % 12 + 1, 1)
    after = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return first + timedelta(days=min(of_month, (after - first).days) - 1)


def _digits(name: str, many: int) -> str:
    return str(random.Random(name).randrange(10 ** (many - 1), 10**many))  # noqa: S311 - no secret


def _iban(name: str) -> str:
    """Invent an account number with right check digits."""
    bank, number = "SNBX", _digits(name, 10)
    value = "".join(str(int(letter, 36)) for letter in f"{bank}{number}NL00")
    return f"NL{98 - int(value) % 97:02}{bank}{number}"
