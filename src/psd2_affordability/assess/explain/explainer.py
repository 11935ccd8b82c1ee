"""Finds the explanation of a figure by its path."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pandas as pd

from psd2_affordability.assess.explain.answers import Answers
from psd2_affordability.assess.explain.made import Explain, Made, made
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import CASH, OWN_ACCOUNT, UNKNOWN, UNKNOWN_IN
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.results import Assessment, CreditorSeen, StreamSeen
from psd2_affordability.assess.unexplained import nameless
from psd2_affordability.core.errors import UnknownName
from psd2_affordability.core.iban import masked
from psd2_affordability.core.money import Money
from psd2_affordability.core.paths import figures


def figures_of(found: Assessment) -> dict[str, Money | Decimal]:
    """Return every amount and share of an answer, by its path."""
    return {
        path: value for path, value in figures(found, (Money, Decimal)) if not path.startswith("receipt.")
    }


class Explainer:
    """Explains the figures of one answer.

    Args:
        found: the answer.
        facts: what the bookings say, as the answer saw them.
        rows: the bookings of the person, for sums by account.
        rules: the law.
    """

    def __init__(self, found: Assessment, facts: Facts, rows: pd.DataFrame, rules: NationalRules) -> None:
        self._found, self._facts = found, facts
        used = (rows["status"] == "booked") & (rows["currency"] == "EUR")
        self._rows = rows[used & (rows["booked_on"] <= pd.Timestamp(found.on))]
        #: Every figure that can be explained, by its path.
        self.figures = figures_of(found)
        self._answers = Answers(found, facts, rules)
        self._flows = self._answers.flows
        self._ways = [(re.compile(pattern), explain) for pattern, explain in self._by_path()]

    def explain(self, path: str) -> Made:
        """Say how a figure is made.

        Raises:
            UnknownName: the answer has no such figure.

        Example: `room.monthly.mid` is the least of what is left after costs and what lies above the
        protected income; each of these is a sum, down to the bookings and the articles.
        """
        if path not in self.figures:
            raise UnknownName.among("figure in this answer", path, list(self.figures))
        value = self.figures[path]
        for pattern, explain in self._ways:
            if match := pattern.fullmatch(path):
                return explain(value, match)
        raise UnknownName(f"nothing is known of how '{path}' is made")

    def _by_path(self) -> Iterator[tuple[str, Explain]]:
        yield from self._of_data()
        yield from self._of_income()
        yield from self._of_costs()
        yield from self._answers.ways()

    def _of_data(self) -> Iterator[tuple[str, Explain]]:
        facts = self._facts
        yield (
            r"data_quality\.unknown_share",
            lambda value, _: _share(
                "data_quality.unknown_share",
                value,
                *nameless(facts),
                (
                    "Money without a category, of all money that moved.",
                    "Geld zonder categorie, van al het geld.",
                ),
                [*facts.keys(UNKNOWN), *facts.keys(UNKNOWN_IN)],
            ),
        )
        yield (
            r"data_quality\.cash_share",
            lambda value, _: _share(
                "data_quality.cash_share",
                value,
                -facts.last_year.get(CASH, 0),
                facts.spent,
                ("Cash, of all money that went out.", "Contant geld, van al het geld dat eraf ging."),
                facts.keys(CASH),
            ),
        )
        yield (
            r"data_quality\.unseen_share",
            lambda value, _: made(
                "data_quality.unseen_share",
                value,
                "judged",
                (
                    "The larger part of two: what goes to accounts not shared, and usual costs not seen.",
                    "Het grootste van twee: geld naar rekeningen elders, en gewone kosten die ontbreken.",
                ),
                transactions=facts.keys(OWN_ACCOUNT),
            ),
        )
        yield r"data_quality\.accounts\[(.+)\]\.(came_in|went_out)", self._account_sum
        yield r"data_quality\.accounts\[(.+)\]\.(balance|share)", _told

    def _account_sum(self, value: Money | Decimal, match: re.Match[str]) -> Made:
        incoming = match[2] == "came_in"
        rows = self._rows[self._rows["account"].map(masked) == match[1]]
        amounts = rows["amount_ct"]
        keys = rows["tx"][amounts > 0 if incoming else amounts < 0].tolist()
        says = (
            ("All that was booked in on this account.", "Alles wat op deze rekening erbij kwam.")
            if incoming
            else ("All that was booked out of this account.", "Alles wat van deze rekening afging.")
        )
        return made(match[0], value, "bookings", says, transactions=keys)

    def _of_income(self) -> Iterator[tuple[str, Explain]]:
        flows, income = self._flows, self._flows.income
        yield (
            r"(income\.(?:monthly|for_protection))\.(low|mid|high)",
            lambda _, at: flows.monthly(at[1], at[2]),
        )
        yield (
            r"income\.by_kind\[(.+)\]\.monthly",
            lambda _, at: flows.income_kind(next(one for one in income.by_kind if one.category == at[1])),
        )
        yield r"income\.one_off", lambda _value, _: flows.one_off()
        yield r"((income|expenses)\.streams\[.+\])\.(monthly|last)", self._stream
        yield from self._answers.income_ways()

    def _of_costs(self) -> Iterator[tuple[str, Explain]]:
        flows, expenses = self._flows, self._flows.expenses
        for name in ("fixed", "debts", "reserve", "can_wait", "essential"):
            yield rf"expenses\.{name}", _call(getattr(flows, name))
        yield r"expenses\.flexible\.(low|mid|high)", lambda _, at: flows.flexible(at[1])
        yield r"expenses\.(cash|gambling|unexplained)", lambda _, at: flows.spread(at[1])
        yield (
            r"expenses\.by_kind\[(.+)\]\.monthly",
            lambda _, at: flows.cost_kind(next(one for one in expenses.by_kind if one.category == at[1])),
        )
        yield r"(expenses\.creditors\[.+\])\.(monthly|last)", self._creditor
        yield r"(expenses\.not_paid\[.+\])\.amount\.(low|high)", lambda _, at: flows.not_paid(at[1], at[2])
        yield r"expenses\.unsplit", self._answers.unsplit_costs

    def _stream(self, value: Money | Decimal, match: re.Match[str]) -> Made:
        one = self._flows.items[match[1]]
        if match[3] == "monthly":
            return self._flows.stream(f"{match[2]}.streams", one)
        return _last(match[0], value, one)

    def _creditor(self, value: Money | Decimal, match: re.Match[str]) -> Made:
        one = self._flows.items[match[1]]
        if match[2] == "last":
            return _last(match[0], value, one)
        says = (
            "What {payee} gets or is owed in a usual month; nothing when that has ended.",
            "Wat {payee} krijgt in een gewone maand, of nog moet krijgen. Als dat is gestopt, is het niets.",
        )
        return made(match[0], value, "series", says, transactions=one.transactions, payee=one.payee or "?")


def _last(path: str, value: Money | Decimal, one: StreamSeen | CreditorSeen) -> Made:
    says = ("The last payment of {payee}.", "De laatste betaling van {payee}.")
    return made(path, value, "bookings", says, transactions=one.transactions[-1:], payee=one.payee or "?")


def _call(explain: Callable[[], Made]) -> Explain:
    return lambda _value, _match: explain()


def _told(value: Money | Decimal, match: re.Match[str]) -> Made:
    says = ("As the bank or the user states it.", "Zoals de bank of de gebruiker het opgeeft.")
    return made(match[0], value, "told", says)


def _share(
    path: str, value: Money | Decimal, part: int, whole: int, says: tuple[str, str], keys: Any
) -> Made:
    terms = (
        made("", Money(part), "judged", ("This part.", "Dit deel."), transactions=keys),
        made("", Money(whole), "judged", ("All of it.", "Het geheel.")),
    )
    return made(path, value, "share", says, terms, transactions=keys)
