"""Norms whose amounts the user supplies: refused without them, computed with them, never below the bvv."""

import re
from datetime import date

import pytest

from law_material import TYPES, book, bounds, euros, exact, household, law, protected, refusal
from psd2_affordability._data import data_files
from psd2_affordability.assess.household import Household, HouseholdType, Housing
from psd2_affordability.core.answer import LegalAnswer
from psd2_affordability.core.errors import ParametersError, UnknownName, UsageError
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl.norm_answers import Asked, leennorm, nibud_budget, nvvk_plan, vtlb
from psd2_affordability.jurisdictions.nl.parameters import AMOUNTS, Parameters, read_parameters
from psd2_affordability.jurisdictions.nl.supplied_norms import Own
from psd2_affordability.service.law import LawInputs, answer_law, corrections_of
from psd2_affordability.service.law_view import law_json

NOW = date(2026, 11, 22)
SINGLE, PARENT, COUPLE, FAMILY = TYPES
TEMPLATES = {
    path.rpartition("/")[2].partition(".")[0]: content
    for path, content in data_files("rules").items()
    if path.endswith(".template.toml")
}


def filled(kind: str, **amounts: str) -> Parameters:
    """A template with every key switched on, each amount zero but those given by name."""
    text = TEMPLATES[kind].decode().replace("#: ", "")
    text = re.sub(r"^until .*$", "until = 2026-12-31", text, flags=re.MULTILINE)
    for name, amount in amounts.items():
        lines = text.splitlines()
        (at,) = [n for n, line in enumerate(lines) if re.match(rf"{name}\s*=", line)]
        lines[at] = re.sub(r"= 0(\.00)?\b", f"= {amount}", lines[at])
        text = "\n".join(lines)
    return read_parameters(text.encode(), "mine.toml")


VTLB = filled("vtlb", reserve="50.00", work="40.00", own_risk="32.08", pgl="10.00")
LEENNORM = filled(
    "leennorm", base_rent="1000.00", base_owner="1100.00", minimum_income="1500.00", cap="1300.00", share="25"
)


def plan(net: str, debt: str | None = None, **more: bool) -> LegalAnswer:
    asked = Asked(
        household(SINGLE, euros("20000")),
        euros(net),
        parameters=VTLB,
        own=Own(0),
        debt=None if debt is None else euros(debt),
        **more,
    )
    return nvvk_plan(law(), NOW, asked)


def test_there_is_a_template_for_each_norm() -> None:
    assert set(TEMPLATES) == set(AMOUNTS)


@pytest.mark.parametrize("kind", sorted(AMOUNTS))
def test_a_template_as_shipped_is_empty_and_refused_and_loads_when_switched_on(kind: str) -> None:
    with pytest.raises(ParametersError, match="'source' is missing"):
        read_parameters(TEMPLATES[kind], "as shipped")
    assert not set(filled(kind).amounts.values()) - {Money(0)}


@pytest.mark.parametrize("question", ["vtlb", "leennorm", "nibud-budget", "nvvk-plan"])
def test_without_the_users_amounts_there_is_no_answer_but_what_to_supply(question: str) -> None:
    inputs = LawInputs(household=household(SINGLE, euros("20000")), net_income_month=euros("1800"))

    shape = law_json(answer_law(book(), question, NOW, inputs))

    assert shape["status"] == "unknown"
    assert "template.toml" in str(shape["reason"])
    assert "--parameters" in str(shape["questions"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("reserve", "reserved"), "'amount.reserve' is missing. Is 'reserved' meant for it?"),
        (("50.00", "fifty"), "is not a TOML file"),
        (("50.00", "-50.00"), "is -50.00, below zero"),
        (("50.00", "50.001"), "at most two decimals"),
        (("until = 2026-12-31", "until = 2026-06-30"), "'until' is 2026-06-30, before 2026-07-01"),
        (('kind = "vtlb"', 'kind = "vtbl"'), "no norm is called 'vtbl'"),
    ],
)
def test_a_file_that_is_not_as_its_template_is_refused_in_one_line(
    change: tuple[str, str], words: str
) -> None:
    text = TEMPLATES["vtlb"].decode().replace("#: ", "").replace("single = 0.00", "single = 50.00")
    text = re.sub(r"^until .*$", "until = 2026-12-31", text, flags=re.MULTILINE)

    with pytest.raises(ParametersError) as raised:
        read_parameters(text.replace(*change).encode(), "mine.toml")

    assert words in str(raised.value)
    assert str(raised.value).startswith("mine.toml: ")
    assert raised.value.exit_status == 3


def test_amounts_of_another_half_year_or_norm_are_refused() -> None:
    asked = Asked(household(SINGLE, euros("20000")), euros("1800"), parameters=VTLB)

    assert "hold from 2026-07-01 to 2026-12-31" in refusal(vtlb(law(), date(2026, 6, 30), asked))
    assert "'leennorm' is asked for" in refusal(leennorm(NOW, asked))


def test_the_vtlb_is_the_bvv_with_the_nominal_amounts_and_corrections() -> None:
    own = Own(1, (("travel", euros("45.50")), ("childcare", euros("100"))))

    answer = vtlb(
        law(), NOW, Asked(household(SINGLE, euros("20000")), euros("1800"), parameters=VTLB, own=own)
    )

    assert exact(answer) == euros("1348.49") + euros("132.08") + euros("145.50")
    assert answer.rules[-1].id == "supplied.vtlb"
    assert "475da tot en met 475dc Rv" in [step.article for step in answer.steps]


def test_a_couple_has_the_own_risk_twice_and_the_work_allowance_for_each() -> None:
    asked = Asked(household(COUPLE, euros("20000")), euros("2600"), Money(0), VTLB, Own(2))

    answer = vtlb(law(), NOW, asked)

    bvv = exact(protected(COUPLE, NOW, taxable=euros("20000"), net=euros("2600")))
    assert exact(answer) == bvv + euros("60") + euros("64.16") + euros("80")


@pytest.mark.parametrize("kind", TYPES)
def test_the_vtlb_is_never_below_the_bvv(kind: HouseholdType) -> None:
    for net in ("0", "900", "1800", "5000"):
        asked = Asked(household(kind, euros("30000")), euros(net), parameters=VTLB, own=Own(0))
        bvv = exact(protected(kind, NOW, taxable=euros("30000"), net=euros(net)))
        assert exact(vtlb(law(), NOW, asked)) >= bvv


def test_when_it_is_not_known_who_works_the_vtlb_is_an_interval_with_the_question() -> None:
    answer = vtlb(law(), NOW, Asked(household(SINGLE, euros("20000")), euros("1800"), parameters=VTLB))

    assert bounds(answer) == ("1440.57", "1480.57")
    assert "How many adults of the household work?" in answer.ask


def test_a_correction_that_the_method_does_not_know_names_those_it_does() -> None:
    own = Own(0, (("holiday", euros("10")),))
    asked = Asked(household(SINGLE, euros("20000")), euros("1800"), parameters=VTLB, own=own)

    with pytest.raises(UnknownName, match="correction of the vtlb"):
        vtlb(law(), NOW, asked)


def test_a_correction_is_written_as_name_and_amount() -> None:
    assert corrections_of(["municipal-taxes=30"]) == (("municipal_taxes", euros("30")),)
    for wrong, why in (
        ("travel", "name=amount"),
        ("travel=", "name=amount"),
        ("travel=-1", "cannot be negative"),
        ("travel=a", "not an amount"),
    ):
        with pytest.raises(UsageError, match=why):
            corrections_of([wrong])


def test_without_a_household_type_there_is_no_vtlb_but_the_question() -> None:
    answer = vtlb(law(), NOW, Asked(Household(), euros("1800"), parameters=VTLB))

    assert "household type" in refusal(answer)


def test_a_settlement_pays_what_is_above_the_vtlb_for_eighteen_months() -> None:
    answer = plan("1800", "20000")

    assert exact(answer) == euros("1800") - euros("1440.57")
    assert euros("359.43") * 18 in [step.amount for step in answer.steps]
    assert "problematic, refer to debt help" in answer.steps[-1].says


def test_debts_that_can_be_repaid_in_three_years_are_not_problematic() -> None:
    at, over = plan("1800", "12939.48"), plan("1800", "12939.49")

    assert "an ordinary plan comes first" in at.steps[-1].says
    assert "problematic" in over.steps[-1].says


def test_a_settlement_never_offers_more_than_the_debt() -> None:
    assert plan("1800", "500").steps[-2].amount == euros("500")


def test_nothing_is_offered_only_when_no_capacity_is_foreseen_for_eighteen_months() -> None:
    asked, stated = plan("1300", "20000"), plan("1300", "20000", no_capacity_foreseen=True)

    assert "18 months" in refusal(asked)
    assert "--no-capacity-foreseen" in asked.ask[0]
    assert exact(stated) == Money(0)
    assert "settlement without payments" in stated.steps[-1].says


def test_capacity_that_is_there_is_offered_even_if_none_was_foreseen() -> None:
    assert exact(plan("1800", "20000", no_capacity_foreseen=True)) == euros("359.43")


def test_a_settlement_needs_the_income_and_asks_for_the_debt() -> None:
    without = nvvk_plan(law(), NOW, Asked(household(SINGLE, euros("20000")), parameters=VTLB, own=Own(0)))

    assert "net income" in refusal(without)
    assert "What is owed to all creditors together?" in plan("1800").ask


def test_before_the_vtlb_was_the_norm_there_is_no_settlement() -> None:
    early = read_parameters(
        TEMPLATES["vtlb"].decode().replace("#: ", "").replace("2026-07-01", "2024-01-01").encode(), "early"
    )
    asked = Asked(household(SINGLE, euros("20000")), euros("1800"), parameters=early, own=Own(0))

    assert "first in force on 2024-07-01" in refusal(nvvk_plan(law(), date(2024, 6, 30), asked))


@pytest.mark.parametrize(
    ("income", "norm"),
    [("0", "1000.00"), ("1500", "1000.00"), ("1500.02", "1000.01"), ("2300", "1200.00"), ("9000", "1300.00")],
)
def test_the_leennorm_grows_with_the_income_above_the_minimum_up_to_its_cap(income: str, norm: str) -> None:
    home = Household(type=SINGLE, housing=Housing(kind="rent"))

    assert str(exact(leennorm(NOW, Asked(home, euros(income), parameters=LEENNORM)))) == norm


def test_an_unknown_home_gives_the_leennorm_of_a_tenant_to_that_of_an_owner() -> None:
    answer = leennorm(NOW, Asked(Household(type=SINGLE), euros("1500"), parameters=LEENNORM))

    assert bounds(answer) == ("1000.00", "1100.00")
    assert "rented or owned" in answer.ask[0]
    assert "net income" in refusal(leennorm(NOW, Asked(Household(type=SINGLE), parameters=LEENNORM)))


def test_a_minimum_budget_is_the_sum_of_its_posts() -> None:
    budget = filled("nibud", rent="600.00", food="300.00")

    answer = nibud_budget(NOW, Asked(Household(type=FAMILY), parameters=budget))

    assert exact(nibud_budget(NOW, Asked(Household(type=SINGLE), parameters=budget))) == euros("900.00")
    assert len(answer.steps) == len(AMOUNTS["nibud"])
    assert "household type" in refusal(nibud_budget(NOW, Asked(Household(), parameters=budget)))
