"""What a seizure of a bank account must leave and observe, beyond the protected amount itself."""

from datetime import date

from law_material import bounds, euros, exact, household, law
from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.core.answer import LegalAnswer
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl.bank_seizure import Seized

NOW = date(2026, 11, 22)
ALONE = household(HouseholdType.SINGLE)


def asked(seized: Seized, who: Household = ALONE) -> LegalAnswer:
    return law().bank_seizure(who, seized, NOW)


def amount(answer: LegalAnswer, article: str) -> Money | None:
    return next(step.amount for step in reversed(answer.steps) if step.article == article)


def test_protection_that_was_used_this_month_does_not_hold_twice() -> None:
    assert exact(asked(Seized(used_this_month=euros("500")))) == euros("1708.48")
    assert exact(asked(Seized(used_this_month=euros("9000")))) == euros("0")


def test_used_protection_narrows_an_unknown_household_too() -> None:
    assert bounds(asked(Seized(used_this_month=euros("2208.48")), Household())) == ("0.00", "971.20")


def test_a_legal_person_has_no_protection() -> None:
    answer = asked(Seized(balance=euros("100"), legal_person=True))

    assert exact(answer) == euros(0)
    assert amount(answer, "475a lid 5 Rv") == euros("100")


def test_a_joint_account_counts_whole() -> None:
    said = [step.says for step in asked(Seized(joint=True)).steps]

    assert any("joint account" in words for words in said)
    assert not any("joint account" in step.says for step in asked(Seized()).steps)


def test_savings_at_the_bank_count_and_later_credits_do_not() -> None:
    said = " ".join(step.says for step in asked(Seized()).steps)

    assert "savings too" in said
    assert "what comes in later does not" in said


def test_the_terms_of_service_and_declaration_are_named() -> None:
    said = {step.article: step.says for step in asked(Seized()).steps}

    assert "8 days" in said["475i lid 1 Rv"]
    assert "2 weeks" in said["476a Rv"]
    assert "at its source" in said["45 Awir"]


def test_the_standard_of_care_weighs_the_reach_against_the_costs() -> None:
    small = asked(Seized(balance=euros("2408.48"), title_served=True))
    large = asked(Seized(balance=euros("3208.48"), title_served=True))

    assert amount(small, "441 lid 3 en 702 Rv") == euros("-150.79")
    assert amount(large, "441 lid 3 en 702 Rv") == euros("649.21")


def test_asking_for_the_bank_first_costs_more() -> None:
    plain = law().seizure_costs(NOW, title_served=True)
    asked_first = law().seizure_costs(NOW, title_served=True, information_asked=True)

    assert exact(asked_first) - exact(plain) == euros("105.13")


def test_the_least_costs_of_a_seizure_are_known_for_every_year_since_2021() -> None:
    least = {
        year: str(exact(law().seizure_costs(date(year, 12, 31), title_served=True)))
        for year in range(2021, 2027)
    }

    assert least == {
        2021: "280.52",
        2022: "294.20",
        2023: "298.16",
        2024: "313.92",
        2025: "333.56",
        2026: "350.79",
    }


def test_vat_is_added_only_for_a_creditor_who_cannot_deduct_it() -> None:
    step = law().seizure_costs(NOW, title_served=True).steps[-1]

    assert step.amount == euros("424.46")
    assert "only if the creditor cannot deduct it" in step.says
