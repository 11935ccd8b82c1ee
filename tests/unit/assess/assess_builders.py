"""Invented lives in a few lines, and a country with ten lines of law, for the calculators' tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

import pandas as pd

from psd2_affordability._data import data_files
from psd2_affordability.assess.case import Case, KnownBalance
from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.assess.ports import CreditLaw, LastDay, SeenMeans
from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.run import assess
from psd2_affordability.categorise.engine import Understood
from psd2_affordability.categorise.knowledge import Knowledge, load_knowledge
from psd2_affordability.core.answer import Interval, LegalAnswer, RuleUse, Step, Unknown
from psd2_affordability.core.dates import add_months
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.schema import frame_of

ACCOUNT = "NL91ABNA0417164300"
ON = date(2026, 6, 30)
SINGLE = Household(type=HouseholdType.SINGLE)
_ADDED = ("category", "payee", "group", "channel", "evidence", "stream", "pair", "return_kind")
_RULE = (RuleUse("xx.rule", date(2026, 1, 1), "enacted", "0" * 64),)


def knowledge() -> Knowledge:
    return load_knowledge(data_files("rules"))


KNOWLEDGE = knowledge()


def euros(amount: str | int) -> Money:
    return Money.euros(amount)


@dataclass(frozen=True)
class TenLineLaw:
    """Protects 1,400 of the income, never more than 95%, and 2,000 on the account; a seizure costs 350."""

    floor: Interval | Unknown = field(default_factory=lambda: Interval.exactly(euros(1400)))
    balance: Interval | Unknown = field(default_factory=lambda: Interval.exactly(euros(2000)))
    norm: Interval | Unknown | None = None
    plan: Interval | Unknown | None = None
    country: str = "xx"

    def protected_income(
        self, household: Household, net_income_month: Interval | Unknown, on: date
    ) -> LegalAnswer:
        floor = self.floor
        if isinstance(floor, Interval) and isinstance(net_income_month, Interval):
            most = net_income_month.low.times(Fraction(95, 100))
            floor = Interval(min(floor.low, most), min(floor.high, most))
        return self._answer("protected-income", on, floor)

    def protected_balance(self, household: Household, on: date) -> LegalAnswer:
        return self._answer("protected-balance", on, self.balance)

    def seizure_costs(self, on: date, *, title_served: bool) -> LegalAnswer:
        return self._answer("seizure-costs", on, Interval.exactly(euros(350 if title_served else 486)))

    def social_minimum(self, household: Household, on: date) -> LegalAnswer:
        return self._answer("social-minimum", on, Interval.exactly(euros(1400)))

    def collection_costs(self, claim: Money, on: date) -> LegalAnswer:
        return self._answer("collection-costs", on, Interval.exactly(euros(40)))

    def allowances(self, household: Household, seen: SeenMeans, on: date) -> tuple[LegalAnswer, ...]:
        return ()

    def family_allowance(self, household: Household, on: date) -> LegalAnswer:
        return self._answer("family-allowance", on, Interval.exactly(euros(0)))

    def spared_recovery(self, on: date) -> LegalAnswer:
        return self._answer("spared-recovery", on, Interval.exactly(euros(100)))

    def last_day_to_claim(self, year: int, on: date) -> LastDay:
        return LastDay(date(year + 1, 12, 31), "art. 1", _RULE)

    def plan_floor(self, household: Household, protected: LegalAnswer, on: date) -> LegalAnswer | None:
        return None if self.plan is None else self._answer("plan-floor", on, self.plan)

    def lending_norm(self, household: Household, net_income_month: Money, on: date) -> LegalAnswer | None:
        return None if self.norm is None else self._answer("lending-norm", on, self.norm)

    def credit_law(self, on: date) -> CreditLaw:
        absent = Unknown("law.not_confirmed", "nothing is known of it")
        return CreditLaw(date(2026, 1, 1), absent, ceiling=euros(100_000), rules=_RULE)

    def _answer(self, question: str, on: date, value: Interval | Unknown) -> LegalAnswer:
        return LegalAnswer(question, on, value, "month", (Step("art. 1", "says so"),), _RULE)


class Life:
    """One invented person's bookings: what comes and goes, month after month, and once."""

    def __init__(self, subject: str = "eva", on: date = ON) -> None:
        self.subject, self.on = subject, on
        self.count = 0
        self.rows: list[dict[str, object]] = []
        self.streams: list[dict[str, object]] = []

    def book(self, category: str, amount: str | int, day: date, **more: object) -> str:
        """Book once; the amount is in signed euros."""
        tx = f"{self.subject}-{self.count:04d}"
        self.count += 1
        row = {
            "subject": self.subject,
            "account": ACCOUNT,
            "tx": tx,
            "status": "booked",
            "booked_on": pd.Timestamp(day),
            "amount_ct": euros(amount).cents,
            "currency": "EUR",
            "category": category,
            "payee": category.partition(".")[2],
        }
        self.rows.append(row | more)
        return tx

    def monthly(  # noqa: D417 - the rest says itself
        self,
        category: str,
        amount: str | int,
        *,
        day: int = 10,
        months: int = 12,
        ended: int = 0,
        payee: str = "",
        without: tuple[int, ...] = (),
    ) -> "Life":
        """Book every month on a day, with a rhythm.

        Args:
            months: how many months back it began.
            ended: how many months ago it stopped.
            without: months back that it did not come.
        """
        days = [
            add_months(self.on.replace(day=1), -back).replace(day=day)
            for back in range(months, ended - 1, -1)
            if back not in without
        ]
        return self.series(category, amount, [one for one in days if one <= self.on], "monthly", 30, payee)

    def every(
        self, category: str, amount: str | int, *, days: int, cadence: str, count: int, payee: str = ""
    ) -> "Life":
        """Book every so many days, up to some days before the end."""
        last = self.on - timedelta(days=3)
        series = [last - timedelta(days=days * back) for back in range(count - 1, -1, -1)]
        return self.series(category, amount, series, cadence, days, payee)

    def series(
        self, category: str, amount: str | int, days: list[date], cadence: str, period: int, payee: str = ""
    ) -> "Life":
        """Book on the given days, with a rhythm."""
        key = f"{category}#{len(self.streams)}"
        name = payee or category.partition(".")[2]
        for one in days:
            self.book(category, amount, one, stream=key, payee=name)
        cents = euros(amount).cents
        self.streams.append(
            {
                "subject": self.subject,
                "stream": key,
                "category": category,
                "payee": name,
                "direction": "in" if cents > 0 else "out",
                "cadence": cadence,
                "period_days": period,
                "n": len(days),
                "first_on": pd.Timestamp(days[0]),
                "last_on": pd.Timestamp(days[-1]),
                "amount_ct": cents,
                "amount_low_ct": cents,
                "amount_high_ct": cents,
                "last_amount_ct": cents,
                "next_on": pd.Timestamp(
                    add_months(days[-1], 1) if cadence == "monthly" else days[-1] + timedelta(days=period)
                ),
            }
        )
        return self

    def loose(self, category: str, amount: str | int, *, months: int = 12, day: int = 15) -> "Life":
        """Book every month without a rhythm."""
        for back in range(months, -1, -1):
            one = add_months(self.on.replace(day=1), -back).replace(day=day)
            if one <= self.on:
                self.book(category, amount, one)
        return self

    def usual(self, wage: str | int = 2200) -> "Life":
        """Wages, rent, energy, insurance, groceries and some fun."""
        return (
            self.monthly("inkomen.loon", wage, day=24, payee="Bakker BV")
            .monthly("wonen.huur", -700, day=1, payee="Woonstad")
            .monthly("wonen.energie", -120, day=5, payee="Stroom NV")
            .monthly("zorg.premie", -150, day=3, payee="Zorg NV")
            .loose("huishouden.boodschappen", -400)
            .loose("huishouden.horeca", -100, day=20)
        )


def understood(*lives: Life, seed: int | None = None) -> Understood:
    """Join lives into what the categoriser would hand over; a seed shuffles the rows."""
    rows = [row for life in lives for row in life.rows]
    frame = frame_of(rows)
    for column in _ADDED:
        frame[column] = pd.Series([row.get(column, "") for row in rows], dtype="str")
    frame["confidence"] = pd.Series([90] * len(rows), dtype="int8")
    if seed is not None:
        frame = frame.sample(frac=1, random_state=seed)
    return Understood(frame=frame, streams=_streams([one for life in lives for one in life.streams]))


def _streams(rows: list[Mapping[str, object]]) -> pd.DataFrame:
    days, texts = ("first_on", "last_on", "next_on"), ("subject", "stream", "category", "payee", "direction")
    columns = (*texts, "cadence", "period_days", "n", *days, "amount_ct", "amount_low_ct", "amount_high_ct")
    table = {
        name: pd.Series(
            [row[name] for row in rows],
            dtype="datetime64[s]" if name in days else "str" if name in (*texts, "cadence") else "int64",
        )
        for name in (*columns, "last_amount_ct")
    }
    return pd.DataFrame(table)


def balance(amount: str | int, on: date = ON, proven: bool | None = True) -> KnownBalance:
    return KnownBalance(ACCOUNT, euros(amount), on, proven)


def assessed(life: Life, case: Case | None = None, law: TenLineLaw | None = None) -> Assessment:
    """Assess one life on its day; a single person's household when no case is given."""
    known = case or Case(household=SINGLE)
    answers = assess(understood(life), {life.subject: known}, law or TenLineLaw(), KNOWLEDGE, life.on)
    return answers[life.subject]
