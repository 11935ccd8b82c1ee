"""Lives of invented households whose income, costs and room are known, because they were written first.

Nothing here is shared with the product but the shape of a ledger frame: the calendar, the contracts, the
habits and the words on the statement are this module's own. A household is written by its contracts
(`household_lives`), which also say what is true of it on the day asked:

* **income**: what the contracts that run pay in a year, divided by twelve; holiday pay and a thirteenth
  month come once and are no part of it. Uneven income (hours that differ, turnover) has no truth beside
  what was earned: it is the average of the months that can be seen, turnover less its VAT and income tax.
* **costs**: what the contracts that run ask in a year, divided by twelve, yearly and quarterly bills
  included whether or not one fell in the months seen; and what the habits cost in an average month, which
  is known beforehand and not counted afterwards.
* **room**: as the product defines a usual month of it: the lower of two bounds and never below zero. What
  is left is income, allowances included, less all costs, of which the things that can wait count half
  (not at all after an income stopped). Above the floor is the income that counts for the protected income
  less the high end of that protected income; the law is asked for it with the true income.

Habits vary as people do: the sum of a week's groceries by 15 percent, of one outing or purchase by 40
percent (normal, cut off at two deviations), groceries on a fixed weekday and the rest so many times a
month on any day. No public figure of the spread within one household was found, so these are chosen. A
month of household spending then has a deviation of about 25 euros for one person and of 45 for a family,
and so leaves an error of 7 to 13 euros in twelve months, of 10 to 18 in six and of 15 to 26 in three that
no method can take away, whichever way it averages.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd

from psd2_affordability.assess.household import AccountShare, Household, HouseholdType, Housing, Person
from psd2_affordability.ledger.schema import frame_of

_MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_EASTER = ((2025, 4, 18), (2025, 4, 21), (2026, 4, 3), (2026, 4, 6))
_YEARLY_SHUT = ((1, 1), (5, 1), (12, 25), (12, 26))
_SHUT = {date(*day) for day in _EASTER}
_SHUT |= {date(year, month, day) for year in range(2023, 2028) for month, day in _YEARLY_SHUT}
_A_YEAR = {"weekly": 52, "four_weekly": 13, "monthly": 12, "two_monthly": 6, "quarterly": 4, "yearly": 1}
_WAYS = {
    "in": "PMNT/RCDT/ESCT",
    "debit": "PMNT/RDDT/ESDD",
    "transfer": "PMNT/ICDT/ESCT",
    "standing": "PMNT/ICDT/STDO",
    "card": "PMNT/CCRD/POSD",
    "atm": "PMNT/CCRD/CWDL",
}
#: What contracts and habits are for; the last ones are told apart by what the product may leave out.
INCOME, ALLOWANCE = "income", "allowance"
FIXED, RESERVE, DEBT, OPTIONAL, NOTHING = "fixed", "reserve", "debt", "optional", "nothing"
NEEDED, WAITS, CASH, STAKES = "needed", "waits", "cash", "stakes"
_BUDGET = (INCOME, ALLOWANCE, FIXED, RESERVE, DEBT, OPTIONAL, NEEDED, WAITS, CASH, STAKES)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a household in a usual month on the day asked, in cents.

    Attributes:
        parts: by what it is for.
        holiday: holiday pay of the last year.
        stopped: an income stopped less than half a year ago, so what can wait is not kept.
    """

    parts: dict[str, float]
    holiday: float
    stopped: bool = False

    @property
    def income(self) -> float:
        """All that comes in."""
        return self.parts[INCOME] + self.parts[ALLOWANCE]

    @property
    def counted(self) -> float:
        """The income that counts for the protected income."""
        return self.parts[INCOME]

    @property
    def waits(self) -> float:
        """Costs that are not needed to live and owed to nobody."""
        return self.parts[WAITS] + self.parts[OPTIONAL] + self.parts[STAKES]

    @property
    def left(self) -> float:
        """Income less costs, of which what can wait counts half."""
        costs = sum(self.parts[what] for what in _BUDGET[2:])
        return self.income - costs + self.waits * (1.0 if self.stopped else 0.5)


@dataclass(slots=True)
class Written:
    """One written household.

    Attributes:
        subject: its name.
        kind: which life it is.
        months: how many months can be seen.
        on: the day asked.
        household: what its people say of themselves.
        truth: what is true.
    """

    subject: str
    kind: str
    months: int
    on: date
    household: Household
    truth: Truth


@dataclass(slots=True)
class Home:
    """Writes the bookings of one household, and adds up what is true of it."""

    subject: str
    on: date
    months: int
    chance: random.Random
    rows: list[dict[str, Any]] = field(default_factory=list)
    parts: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_BUDGET, 0.0))
    holiday: float = 0.0
    stopped: bool = False
    type: HouseholdType = HouseholdType.SINGLE
    born: int = 1980
    partner_born: int = 1982
    children: list[date] = field(default_factory=list)
    rent: int = 0
    housing: str = "rent"
    shares: list[AccountShare] = field(default_factory=list)
    weight: float = 1.0
    account: str = field(init=False)
    second: str = field(init=False)
    first: date = field(init=False)

    def __post_init__(self) -> None:
        self.account = iban(self.subject)
        self.second = iban(f"{self.subject} savings")
        self.first = back(self.on, self.months)

    def about(self, euros: float) -> int:
        """An amount in cents near to one in euros, each household its own."""
        return round(euros * 100 * self.chance.uniform(0.92, 1.08))

    def pays(
        self,
        what: str,
        name: str,
        words: str,
        cents: int,
        *,
        cadence: str = "monthly",
        day: int = 1,
        way: str = "",
        begins: date | None = None,
        ends: date | None = None,
        changes: tuple[date, int] | None = None,
        account: str = "",
        times: int = 0,
        varies: float = 0.0,
    ) -> None:
        """Pay, or receive, on one contract.

        Args:
            what: what it is for; income and allowances come in.
            name: the other side.
            words: the description.
            cents: the amount, without a sign.
            cadence: the rhythm.
            day: of the month; for weeks the weekday.
            way: how the money moves.
            begins: the contract's first day.
            ends: its last.
            changes: the day on which the amount changes, and the new amount.
            account: on which it is booked.
            times: how many months of the year a yearly sum is paid in, from February on.
            varies: deviation of each payment as a part of it; the truth is then what was paid.
        """
        incoming = what in {INCOME, ALLOWANCE}
        booked: list[int] = []
        for nominal in self._days(cadence, day, times):
            if nominal < (begins or date.min) or nominal > (ends or date.max):
                continue
            amount = changes[1] if changes and nominal >= changes[0] else cents
            if varies:
                amount = round(amount * (1 + _cut(self.chance.gauss(0, varies), 2 * varies)))
            on = early(nominal) if incoming else late(nominal)
            text = words.format(m=_MAANDEN[nominal.month - 1], y=nominal.year, n=nominal.isocalendar().week)
            if self.book(on, amount if incoming else -amount, name, text, way or "debit", account):
                booked.append(amount)
        if what == NOTHING or (ends and ends < self.on):
            return
        now = changes[1] if changes and changes[0] <= self.on else cents
        if varies:
            now = round(sum(booked) / max(1, len(booked)))
        a_year = times or _A_YEAR[cadence]
        self.parts[what] += now * a_year / 12 * self.weight

    def holiday_pay(self, name: str, cents: int, words: str = "Vakantiegeld {y}") -> None:
        """Get holiday pay each May."""
        for year in range(self.on.year - 1, self.on.year + 1):
            day = early(date(year, 5, 23))
            if self.book(day, cents, name, words.format(y=year), "in") and day > back(self.on, 12):
                self.holiday += cents

    def spends(
        self,
        what: str,
        names: tuple[str, ...],
        cents: int,
        times: float,
        *,
        spread: float = 0.4,
        weekday: int | None = None,
        way: str = "card",
        words: str = "BEA, Betaalpas {name}",
        account: str = "",
        step: int = 1,
    ) -> None:
        """Spend by habit: each week on a weekday, or so many times a month on any day."""
        chance = self.chance
        days = (self.on - self.first).days + 1
        if weekday is not None:
            dates = [one for at in range(days) if (one := self.first + timedelta(at)).weekday() == weekday]
            times = 365 / 12 / 7
        else:
            dates = list(self._any_days(times))
        for one in dates:
            amount = round(cents * (1 + _cut(chance.gauss(0, spread), 2 * spread)))
            name = chance.choice(names)
            amount = max(step, (amount + step // 2) // step * step)
            self.book(one, -amount, name, words.format(name=name), way, account)
        self.parts[what] += cents * times * self.weight

    def _any_days(self, times: float) -> Iterator[date]:
        """Yield so many days of each month; what is left of a whole number falls in some months."""
        at = self.first.replace(day=1)
        while at <= self.on:
            after = back(at, -1)
            count = int(times) + (self.chance.random() < times % 1)
            for day in self.chance.sample(range((after - at).days), count):
                if self.first <= at + timedelta(day) <= self.on:
                    yield at + timedelta(day)
            at = after

    def saves(self, cents: int) -> None:
        """Put money by on an own account each month; some of it comes back at times."""
        name, other = "Oranje Spaarrekening", self.second
        for nominal in self._days("monthly", 26, 0):
            self.book(nominal, -cents, name, "Naar spaarrekening", "transfer", other=other)
            if self.chance.random() < 0.25:
                self.book(nominal + timedelta(9), cents // 2, name, "Van spaarrekening", "in", other=other)

    def book(
        self, day: date, cents: int, name: str, text: str, way: str, account: str = "", other: str = ""
    ) -> bool:
        """Book when the day can be seen."""
        if not self.first <= day <= self.on or not cents:
            return False
        row: dict[str, Any] = {
            "subject": self.subject,
            "account": account or self.account,
            "tx": f"{self.subject}-{len(self.rows):04}",
            "status": "booked",
            "booked_on": pd.Timestamp(day),
            "value_on": pd.Timestamp(day),
            "amount_ct": cents,
            "currency": "EUR",
            "counterparty_name": name,
            "remittance": text,
            "bank_code": _WAYS[way],
        }
        if way not in {"card", "atm"}:
            row["counterparty_iban"] = other or iban(name)
        if way == "debit":
            row["creditor_id"] = f"NL{_digits(name, 2)}ZZZ{_digits(name, 8)}0000"
            row["mandate_id"] = _digits(name, 6)
        self.rows.append(row)
        return True

    def _days(self, cadence: str, day: int, times: int) -> Iterator[date]:
        """Yield the days that a contract names, long enough before and after what can be seen."""
        if cadence in {"weekly", "four_weekly"}:
            step = 7 if cadence == "weekly" else 28
            at = self.first - timedelta(days=60 - self.chance.randrange(step))
            at += timedelta(days=(day - at.weekday()) % 7)
            while at <= self.on:
                yield at
                at += timedelta(days=step)
            return
        step = 12 // _A_YEAR[cadence]
        anchor = self.chance.randrange(12)
        for month in range(self.first.year * 12 + self.first.month - 2, self.on.year * 12 + self.on.month):
            number = month % 12
            due = (number + 12 - 1) % 12 < times if times else (number - anchor) % step == 0
            if due:
                yield in_month(month // 12, number + 1, day)

    def written(self, kind: str) -> Written:
        """Close the books."""
        housing = Housing(self.housing, registered_address=True)
        people = [Person(date(self.born, 3, 9))]
        if self.type.has_partner:
            people.append(Person(date(self.partner_born, 8, 21)))
        household = Household(
            self.type, tuple(people), tuple(self.children), housing, accounts=tuple(self.shares)
        )
        return Written(self.subject, kind, self.months, self.on, household, self.truth())

    def truth(self) -> Truth:
        """What is true as far as it is written."""
        return Truth(self.parts, self.holiday, stopped=self.stopped)


def in_month(year: int, month: int, day: int) -> date:
    """Return a day of a month; a day that the month lacks is its last one."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), after - timedelta(days=1))


def back(day: date, months: int) -> date:
    """Return the day so many months before."""
    at = day.year * 12 + day.month - 1 - months
    return in_month(at // 12, at % 12 + 1, day.day)


def early(day: date) -> date:
    """The last day on which banks are open, up to a day."""
    while day.weekday() > 4 or day in _SHUT:
        day -= timedelta(days=1)
    return day


def late(day: date) -> date:
    """The first day on which banks are open, from a day on."""
    while day.weekday() > 4 or day in _SHUT:
        day += timedelta(days=1)
    return day


def iban(name: str) -> str:
    """Make an account number of a name, with valid check digits."""
    account = f"RABO{_digits(name, 10)}"
    digits = "".join(str(int(sign, 36)) for sign in f"{account}NL00")
    return f"NL{98 - int(digits) % 97:02}{account}"


def frame(homes: list[Home]) -> pd.DataFrame:
    """Return the rows of all homes as one ledger frame."""
    return frame_of(row for home in homes for row in home.rows)


def _cut(value: float, most: float) -> float:
    return max(-most, min(most, value))


def _digits(name: str, count: int) -> str:
    return f"{random.Random(name).randrange(10**count):0{count}}"  # noqa: S311 - no secret
