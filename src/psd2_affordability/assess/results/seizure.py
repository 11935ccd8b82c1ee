"""What a seizure of the bank account would bring."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from psd2_affordability.assess.results.counterfactuals import Turn
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.core.when_read import LaidOutWhenRead


@dataclass(frozen=True, slots=True)
class ExpectedBalance:
    """The balance to expect: low, middle and high (10, 50 and 90 in a hundred days)."""

    p10: Money
    p50: Money
    p90: Money


@dataclass(frozen=True, slots=True)
class DayBalance:
    """The balance to expect at the end of a day: low, middle and high (10, 50 and 90 of 100 futures)."""

    on: date
    p10: Money
    p50: Money
    p90: Money


SeizureVerdict = Literal["no_yield", "costs_exceed", "yields", "unknown"]


CheaperRoute = Literal["", "payment_plan", "wage_seizure", "wait", "write_off"]


@dataclass(frozen=True, slots=True)
class Seizure(LaidOutWhenRead):
    """Whether seizing the bank account would yield more than it costs.

    Attributes:
        verdict: no_yield, costs_exceed, yields, or unknown; never yields in a debt scheme, nor where only
            money that is owed for a home, energy or care makes it yield.
        protected: what the seizure must leave, with its steps.
        expected_balance: the balance to expect over the coming weeks, or Unknown.
        expected_proceeds: balance above the protected amount, at most the claim, lowest and highest, or
            Unknown.
        costs: the tariff, with its steps.
        net: proceeds less costs at the middle balance, or Unknown.
        cheaper_route: payment_plan, wage_seizure, wait or write_off; wait in a debt scheme, or where
            somebody manages the money; payment_plan or wait where the balance is owed elsewhere; else empty
            when nothing is known, and when it yields and no plan pays the claim within a year.
        reasons: in order of weight.
        forecast: the balance to expect on each of the next 42 days; empty when it cannot be told.
        yields_above: the balance from which a seizure would bring more than it costs, or Unknown, as when
            the claim is no more than the costs.
        questions: what to ask to be surer.
        turns: how much more or less on the account would turn the verdict.
    """

    verdict: SeizureVerdict
    protected: LegalAnswer
    expected_balance: ExpectedBalance | Unknown
    expected_proceeds: Interval | Unknown
    costs: LegalAnswer
    net: Interval | Unknown
    cheaper_route: CheaperRoute
    reasons: tuple[Reason, ...]
    forecast: tuple[DayBalance, ...]
    yields_above: Money | Unknown
    questions: tuple[Reason, ...]
    turns: tuple[Turn, ...] = ()
