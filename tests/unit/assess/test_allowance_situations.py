"""Allowances left unclaimed, too low or too high, as a counsellor would state them: Dutch law of 2026."""

from datetime import date

from allowance_builders import (
    BENEFIT,
    CARE,
    COUPLE,
    JOINT,
    ON,
    PARENT,
    QUARTERS,
    RENT_ALLOWANCE,
    SINGLE,
    a_month,
    asked,
    codes,
    found,
    household,
    life,
)
from assess_builders import Life, euros


class TestUnclaimed:
    def test_a_low_wage_with_rent_and_no_allowance_leaves_both_unclaimed_the_larger_first(self) -> None:
        # 295.68 + 65% of 157.20 = 397.86; less 27% of (23,900 - 23,425) / 12 = 10.69: 387.17
        told = found(life(rent="-655.40"), household(SINGLE, "23900", rent="655.40"))

        assert list(told)[:2] == ["huurtoeslag", "zorgtoeslag"]
        assert told["huurtoeslag"].verdict == told["zorgtoeslag"].verdict == "unclaimed"
        assert told["huurtoeslag"].gap == a_month("387")
        assert told["zorgtoeslag"].gap == a_month("129")

    def test_it_says_probably_and_until_when_last_year_can_be_asked_for(self) -> None:
        care = found(life(), household(SINGLE, "20000", rent="620.10"))["zorgtoeslag"]

        assert "waarschijnlijk" in care.reasons[0].says_nl
        assert care.reasons[0].rule == "nl.zorgtoeslag"
        assert care.reasons[0].article.endswith("Wzt")
        (term,) = [one for one in care.reasons if one.code == "allowance.last_day_to_claim"]
        assert "zorgtoeslag over 2025" in term.says_nl
        assert "31 december 2026" in term.says_nl
        assert care.apply_at == "https://www.toeslagen.nl"

    def test_the_asset_test_is_asked_with_its_limit(self) -> None:
        care = found(life(), household(SINGLE, "20000", rent="620.10"))["zorgtoeslag"]

        (assets,) = [one.says for one in care.questions if one.says.code == "ask.assets"]
        assert "€ 146.011,00" in assets.says_nl

    def test_what_stopped_three_months_ago_is_unclaimed_and_says_when_it_last_came(self) -> None:
        lived = life().monthly(CARE, 129, day=20, ended=3)
        care = found(lived, household(SINGLE, "20000", rent="620.10"))["zorgtoeslag"]

        assert care.verdict == "unclaimed"
        (stopped,) = [one for one in care.reasons if one.code == "allowance.stopped"]
        assert "20 augustus 2026" in stopped.says_nl
        assert len(stopped.transactions) == 1

    def test_a_self_employed_owner_whose_profit_is_told_has_zorgtoeslag_but_no_huurtoeslag(self) -> None:
        # 1,550.45 - 13.73% of (33,800 - 29,736) = 992.46: 82 a month
        lived = Life(on=ON).loose("inkomen.zzp", 3500).monthly("zorg.premie", -158)
        told = found(lived, household(SINGLE, "33800", home="owner"))

        assert told["zorgtoeslag"].gap == a_month("82")
        assert told["huurtoeslag"].verdict == "none"

    def test_a_single_parent_with_child_benefit_alone_leaves_the_child_budget(self) -> None:
        # 2,580 + 3,416 = 5,996 a year: 499 a month
        lived = life().series(BENEFIT, "362.35", QUARTERS, "quarterly", 91)
        told = found(lived, household(PARENT, "25000", rent="620.10", children=(date(2018, 3, 1),)))

        assert told["kindgebonden_budget"].gap == a_month("499")
        assert told["kindgebonden_budget"].verdict == "unclaimed"
        assert told["kinderbijslag"].verdict == "in_line"

    def test_a_couple_that_gets_one_allowance_here_probably_leaves_the_other(self) -> None:
        # couple: 4,238 - 4.289% of 29,736 = 2,962.62, above 29,736 less 13.73%: at 30,000 2,926.38: 243
        lived = life().monthly(RENT_ALLOWANCE, 376, day=20)
        told = found(lived, household(COUPLE, "20000", "10000", rent="620.10"))

        assert told["zorgtoeslag"].verdict == "unclaimed"
        assert told["zorgtoeslag"].gap == a_month("243")

    def test_a_couple_without_any_is_asked_for_the_account_of_the_partner_first(self) -> None:
        told = found(life(), household(COUPLE, "20000", "10000", rent="620.10"))
        care = told["zorgtoeslag"]

        assert care.verdict == "unknown"
        assert care.questions[0].says.code == "ask.partner_account"
        assert care.questions[0].settles == euros(243)
        assert codes(care) == ["allowance.perhaps_to_partner"]


class TestTooLowAndTooHigh:
    def test_after_a_raise_the_old_allowance_is_too_high_with_a_years_clawback(self) -> None:
        # due at 36,100: 1,550.45 - 13.73% of 6,364 = 676.67: 56; (129 - 56) x 12 = 876
        care = found(life().monthly(CARE, 129, day=20), household(SINGLE, "36100"))["zorgtoeslag"]

        assert care.verdict == "too_high"
        assert care.clawback_risk == a_month("876")
        assert care.reasons[0].article == "26a Awir"
        assert "€ 876,00" in care.reasons[0].says_nl
        assert "ask.changed" in asked(care)
        assert len(care.reasons[0].transactions) == 1

    def test_after_a_job_was_lost_the_old_allowance_is_too_low(self) -> None:
        care = found(life().monthly(CARE, 56, day=20), household(SINGLE, "26400"))["zorgtoeslag"]

        assert care.verdict == "too_low"
        assert care.gap == a_month("73")
        assert asked(care) == ["ask.set_off"]

    def test_what_was_paid_back_is_shown_beside_an_allowance_that_is_too_low(self) -> None:
        lived = life().monthly(CARE, 56, day=20).monthly("schuld.toeslag_terug_zorg", -40, months=3)
        care = found(lived, household(SINGLE, "26400"))["zorgtoeslag"]

        (paid_back,) = [one for one in care.reasons if one.code == "allowance.paid_back"]
        assert "€ 160,00" in paid_back.says_nl
        assert len(paid_back.transactions) == 4

    def test_an_owner_with_huurtoeslag_has_no_right_to_it(self) -> None:
        lived = life(rent=None).monthly(RENT_ALLOWANCE, 200, day=20).monthly("wonen.hypotheek", -900)
        rent = found(lived, household(SINGLE, "30000", home=""))["huurtoeslag"]

        assert rent.verdict == "too_high"
        assert rent.clawback_risk == a_month("2400")

    def test_child_benefit_for_a_child_that_has_turned_eighteen_will_be_asked_back(self) -> None:
        # 426.29 a quarter is 142.10 a month, 1,705.20 a year in whole months
        lived = life().series(BENEFIT, "426.29", QUARTERS, "quarterly", 91)
        benefit = found(lived, household(SINGLE, "33700", children=(date(2008, 2, 9),)))["kinderbijslag"]

        assert benefit.verdict == "too_high"
        assert benefit.clawback_risk == a_month("1705.20")
        assert benefit.reasons[0].article.endswith("AKW")

    def test_one_payment_above_all_that_can_be_due_is_too_high(self) -> None:
        lived = life().monthly(JOINT, 700, day=20)
        told = found(lived, household(SINGLE, "20450", rent="620.10"))

        assert told["huurtoeslag"].verdict == "too_high"
        assert told["huurtoeslag"].clawback_risk == a_month("2364")
