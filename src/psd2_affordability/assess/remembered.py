"""National rules that remember what they were asked: many households ask the same."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from psd2_affordability.assess.household import Household
from psd2_affordability.assess.ports import CreditLaw, LastDay, NationalRules, SeenMeans
from psd2_affordability.core.answer import Interval, LegalAnswer, RuleUse, Unknown, merge_rules
from psd2_affordability.core.money import Money

#: So many households are known by the object itself, kept so that it stays itself: more than are
#: answered about together.
_OF_LATE = 100
#: So many sets of rules that answers rest on together are kept: many more than a portfolio has.
_TOGETHER = 1_000

_Question = TypeVar("_Question", bound=Hashable)
_Answer = TypeVar("_Answer")


class Remembered:
    """Answers as the rules beneath do; lives as long as one run.

    Each question is asked of them once, but for the two norms whose amounts somebody supplies: those are
    passed on as they come.
    """

    def __init__(self, rules: NationalRules) -> None:
        self.country = rules.country
        self._rules = rules
        self._answers: dict[Hashable, LegalAnswer] = {}
        self._allowances: dict[tuple[int, SeenMeans, date], tuple[LegalAnswer, ...]] = {}
        self._last_days: dict[tuple[int, date], LastDay] = {}
        self._credit_laws: dict[date, CreditLaw] = {}
        self._numbers: dict[Household, int] = {}
        self._of_late: dict[int, tuple[Household, int]] = {}
        self._together: dict[frozenset[int], tuple[tuple[RuleUse, ...], dict[int, RuleUse]]] = {}

    def _number(self, household: Household) -> int:
        """Return a number that stands for a household; several questions about it come close together."""
        known = self._of_late.get(id(household))
        if known is None:
            if len(self._of_late) == _OF_LATE:
                self._of_late.clear()
            number = self._numbers.setdefault(household, len(self._numbers))
            known = self._of_late[id(household)] = household, number
        return known[1]

    def together(self, uses: Iterable[Sequence[RuleUse]]) -> tuple[RuleUse, ...]:
        """Join the rules of several answers, as `merge_rules` does; the same few come together each time."""
        found = {id(use): use for rules in uses for use in rules}
        known = self._together.get(these := frozenset(found))
        if known is None:
            if len(self._together) == _TOGETHER:
                self._together.clear()
            # kept with the rules themselves, so that each stays known by the object itself
            known = self._together[these] = merge_rules(list(found.values())), found
        return known[0]

    def protected_income(
        self, household: Household, net_income_month: Interval | Unknown, on: date
    ) -> LegalAnswer:
        """Return the part of the monthly income that no creditor may take."""
        net: Hashable = net_income_month
        if isinstance(net_income_month, Interval):
            net = net_income_month.low.cents, net_income_month.high.cents
        return _once(
            self._answers,
            ("income", self._number(household), net, on),
            lambda: self._rules.protected_income(household, net_income_month, on),
        )

    def plan_floor(self, household: Household, protected: LegalAnswer, on: date) -> LegalAnswer | None:
        """Return what a payment plan must leave a month."""
        return self._rules.plan_floor(household, protected, on)

    def protected_balance(self, household: Household, on: date) -> LegalAnswer:
        """Return the part of a bank balance that a seizure must leave."""
        return _once(
            self._answers,
            ("balance", self._number(household), on),
            lambda: self._rules.protected_balance(household, on),
        )

    def seizure_costs(self, on: date, *, title_served: bool) -> LegalAnswer:
        """Return what a bank-account seizure costs at least."""
        return _once(
            self._answers,
            ("costs", on, title_served),
            lambda: self._rules.seizure_costs(on, title_served=title_served),
        )

    def social_minimum(self, household: Household, on: date) -> LegalAnswer:
        """Return the social-assistance norm a month."""
        return _once(
            self._answers,
            ("minimum", self._number(household), on),
            lambda: self._rules.social_minimum(household, on),
        )

    def collection_costs(self, claim: Money, on: date) -> LegalAnswer:
        """Return the most that may be asked for collection out of court."""
        return _once(
            self._answers, ("collection", claim, on), lambda: self._rules.collection_costs(claim, on)
        )

    def allowances(self, household: Household, seen: SeenMeans, on: date) -> tuple[LegalAnswer, ...]:
        """Return every allowance that the household may have."""
        question = (self._number(household), seen, on)
        return _once(self._allowances, question, lambda: self._rules.allowances(household, seen, on))

    def family_allowance(self, household: Household, on: date) -> LegalAnswer:
        """Return the allowance for children that does not depend on income."""
        return _once(
            self._answers,
            ("family", self._number(household), on),
            lambda: self._rules.family_allowance(household, on),
        )

    def spared_recovery(self, on: date) -> LegalAnswer:
        """Return up to which difference over a year an allowance is not asked back."""
        return _once(self._answers, ("spared", on), lambda: self._rules.spared_recovery(on))

    def last_day_to_claim(self, year: int, on: date) -> LastDay:
        """Return until when an income-dependent allowance of a year can still be asked for."""
        return _once(self._last_days, (year, on), lambda: self._rules.last_day_to_claim(year, on))

    def lending_norm(self, household: Household, net_income_month: Money, on: date) -> LegalAnswer | None:
        """Return what of an income credit may not touch a month."""
        return self._rules.lending_norm(household, net_income_month, on)

    def credit_law(self, on: date) -> CreditLaw:
        """Return which law a check before new credit is made under."""
        return _once(self._credit_laws, on, lambda: self._rules.credit_law(on))


def _once(known: dict[_Question, _Answer], question: _Question, answer: Callable[[], _Answer]) -> _Answer:
    found = known.get(question)
    if found is None:
        found = known[question] = answer()
    return found
