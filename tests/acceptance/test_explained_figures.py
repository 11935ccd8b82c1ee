"""Every figure of every sandbox person leads to what it is made of, and what is a sum adds up to the cent."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import pytest

from norm_material import VTLB
from psd2_affordability._data import data_files
from psd2_affordability.assess.case import Case, KnownBalance
from psd2_affordability.assess.data_quality import share
from psd2_affordability.assess.explain import Explainer, Made
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.assess.reckoning import share_out
from psd2_affordability.assess.run import assess
from psd2_affordability.categorise.engine import Understood, understand
from psd2_affordability.core.errors import UnknownName
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.sandbox.ledger_view import closing_ct, ledger_of, own_ibans
from psd2_affordability.sandbox.people import SandboxPerson, load_people
from psd2_affordability.service.assess_case import Question
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.explaining import evidence, explainer
from psd2_affordability.service.supplied import supplied_text

PEOPLE = load_people(data_files("sandbox_fixtures"))
[ON] = {person.on for person in PEOPLE.values()}


def case(person: SandboxPerson) -> Case:
    balances = tuple(
        KnownBalance(account.iban, Money(closing_ct(account)), person.on, proven=True)
        for account in person.banked.accounts
    )
    return Case(
        person.household,
        balances,
        total_debt=person.total_debt or None,
        obligation=Obligation(Money.euros(75), 24),
        proposal=Money.euros(40),
    )


@cache
def understood() -> Understood:
    return understand(ledger_of(PEOPLE.values()), product().knowledge, own_ibans(PEOPLE.values()))


@cache
def explainers() -> dict[str, Explainer]:
    cases = {name: case(person) for name, person in PEOPLE.items()}
    found = assess(understood(), cases, product().law, product().knowledge, ON)
    return {
        name: explainer(product(), answer, understood(), cases[name], Question(on=ON))
        for name, answer in found.items()
    }


def amounts(name: str) -> dict[str, int]:
    frame = understood().frame
    mine = frame[frame["subject"] == name]
    return dict(zip(mine["tx"], mine["amount_ct"], strict=True))


def walk(made: Made) -> Iterator[Made]:
    yield made
    for term in made.terms:
        yield from walk(term)


def total(made: Made) -> Money:
    return Money.total(term.value for term in made.terms)


def holds(one: Made, booked: dict[str, int]) -> bool:
    """Whether the terms give the value, as they are said to."""
    match one.how:
        case "sum":
            return total(one) == one.value
        case "sum_above_zero":
            return max(ZERO, total(one)) == one.value
        case "least":
            return max(ZERO, min(term.value for term in one.terms)) == one.value
        case "minus":
            return one.value == -one.terms[0].value
        case "same":
            return one.value == one.terms[0].value
        case "average":
            return one.months == 0 or Money(share_out(max(0, total(one).cents), one.months)) == one.value
        case "share":
            return share(one.terms[0].value.cents, one.terms[1].value.cents) == one.value
        case "bookings":
            return abs(sum(booked[key] for key in one.says.transactions)) == abs(one.value.cents)
    return not [term for term in one.terms if term.value is not None] or one.how in {"law", "judged"}


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_every_figure_is_explained_and_what_is_a_sum_adds_up_to_the_cent(name):
    found, booked = explainers()[name], amounts(name)
    assert len(found.figures) > 100

    for path, value in found.figures.items():
        made = found.explain(path)
        assert made.path == path
        assert made.value == value, path
        for one in walk(made):
            assert holds(one, booked), (path, one)


@pytest.mark.parametrize("name", ["amina", "lotte"])
def test_the_room_above_a_vtlb_and_after_an_obligation_adds_up_too(name):
    vtlb = supplied_text(VTLB.replace("2026-06-30", "2026-12-31"))
    one, question = case(PEOPLE[name]), Question(on=ON, vtlb=vtlb)
    answer = assess(understood(), {name: one}, question.law(product()), product().knowledge, ON)[name]
    found, booked = explainer(product(), answer, understood(), one, question), amounts(name)

    for path, value in found.figures.items():
        made = found.explain(path)
        assert (made.path, made.value) == (path, value)
        assert all(holds(each, booked) for each in walk(made)), path
    assert "room.plan_floor.value.high" in {each.path for each in walk(found.explain("room.monthly.mid"))}


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_every_figure_leads_to_bookings_a_rule_a_statement_or_a_forecast(name):
    found, booked = explainers()[name], amounts(name)

    for path, value in found.figures.items():
        made = found.explain(path)
        keys = set(evidence(made))
        assert keys <= set(booked), path
        ends = [one for one in walk(made) if not one.terms]
        law = [one for one in walk(made) if one.says.article or one.says.rule]
        if value and made.how not in {"told", "foretold"} and not path.startswith("room.options"):
            assert keys or law or any(one.how in {"told", "foretold"} for one in ends), path


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_a_room_leads_to_its_bookings_and_to_the_article_of_the_protected_income(name):
    found = explainers()[name]
    if "room.monthly.mid" not in found.figures:
        pytest.skip("this person has no room that is known")

    made = found.explain("room.monthly.mid")

    assert len(set(evidence(made))) > 20
    articles = {one.says.article for one in walk(made)}
    seized = "Wages are being seized" in " ".join(one.says.says for one in walk(made))
    assert seized or any(article.startswith("475d") for article in articles)


def test_explanations_are_said_in_both_languages():
    made = explainers()["iris"].explain("room.monthly.mid")

    for one in walk(made):
        assert one.says.says
        assert one.says.says_nl
    assert made.says.says_nl == "Ruimte voor een regeling in een gewone maand."


def judged_as_waiting(name: str, figure: str) -> list[Made]:
    found = explainers()[name].explain(figure)
    return [one for one in walk(found) if one.how == "judged" and "can wait" in one.says.says]


def test_after_an_income_stopped_all_that_can_wait_is_left_out_of_a_usual_month_and_it_is_said_so():
    [usual], [good] = (judged_as_waiting("lotte", f"room.monthly.{end}") for end in ("mid", "high"))

    assert usual.value == usual.terms[0].value == good.value
    assert usual.says == good.says
    assert usual.says.says.endswith("an income stopped, so all of it in a usual month and in a good one.")
    assert "een inkomen stopte" in usual.says.says_nl


def test_while_no_income_stopped_half_of_what_can_wait_is_left_out_of_a_usual_month():
    [usual], [good] = (judged_as_waiting("iris", f"room.monthly.{end}") for end in ("mid", "high"))

    assert abs(2 * usual.value.cents - good.value.cents) <= 1
    assert "half of it in a usual one" in usual.says.says


def test_a_figure_that_is_not_in_the_answer_names_the_nearest():
    with pytest.raises(UnknownName, match=r"room\.monthly\.mid"):
        explainers()["iris"].explain("room.monthly.midd")


def test_shares_are_figures_too():
    made = explainers()["daan"].explain("data_quality.cash_share")
    assert isinstance(made.value, Decimal)
    assert made.how == "share"
