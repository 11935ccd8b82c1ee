"""Child benefit of another country beside Dutch ones: one pays first (art. 68 Regulation 883/2004)."""

from datetime import date

from allowance_builders import (
    BENEFIT,
    BUDGET,
    PARENT,
    QUARTERS,
    a_month,
    answered,
    asked,
    codes,
    found,
    household,
    life,
)
from assess_builders import Life, euros

from psd2_affordability.core.answer import Interval, Range
from psd2_affordability.core.money import ZERO

ABROAD = "inkomen.kinderbijslag_buitenland"
KNOWN = household(PARENT, "25000", children=(date(2018, 5, 5),))


def lived(ended: int = 0) -> Life:
    return life(rent=None).monthly(ABROAD, 259, day=12, ended=ended)


class TestBenefitOfAnotherCountry:
    def test_nothing_is_called_unclaimed_before_it_is_asked_which_country_pays_first(self) -> None:
        # for a child of eight 362.35 a quarter is 120.78 a month
        told = found(lived(), KNOWN)

        for code in ("kinderbijslag", "kindgebonden_budget"):
            assert told[code].verdict == "unknown"
            assert codes(told[code])[0] == "allowance.paid_abroad"
            assert asked(told[code])[0] == "ask.benefit_abroad"
        assert told["kinderbijslag"].gap == a_month("0", "120.78")

    def test_a_supplement_of_the_svb_is_not_called_too_low(self) -> None:
        benefit = found(lived().series(BENEFIT, "120", QUARTERS, "quarterly", 91), KNOWN)["kinderbijslag"]

        assert benefit.verdict == "unknown"
        assert isinstance(benefit.gap, Interval)
        assert benefit.gap.low == ZERO

    def test_both_in_full_may_have_to_be_paid_back(self) -> None:
        # 120.78 a month for twelve months
        benefit = found(lived().series(BENEFIT, "362.35", QUARTERS, "quarterly", 91), KNOWN)["kinderbijslag"]

        assert benefit.verdict == "unknown"
        assert benefit.clawback_risk == a_month("0", "1449.36")

    def test_a_child_budget_that_arrives_was_granted_here(self) -> None:
        told = found(lived().monthly(BUDGET, 499, day=20), KNOWN)

        assert told["kindgebonden_budget"].verdict == "in_line"

    def test_one_that_stopped_months_ago_says_nothing_about_now(self) -> None:
        assert found(lived(ended=4), KNOWN)["kinderbijslag"].verdict == "unclaimed"

    def test_it_is_income_to_live_on_but_none_that_the_law_protects_a_share_of(self) -> None:
        income = answered(lived(), KNOWN, "income").income

        assert income is not None
        assert isinstance(income.monthly, Range)
        assert isinstance(income.for_protection, Range)
        assert income.monthly.mid == euros(1959)
        assert income.for_protection.mid == euros(1700)
