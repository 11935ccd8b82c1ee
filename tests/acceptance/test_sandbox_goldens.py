"""What the whole chain says of the sandbox people, held against what a professional would say."""

from functools import cache

import pandas as pd
import pytest

from psd2_affordability._data import data_files
from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.run import Case, KnownBalance, assess
from psd2_affordability.categorise.engine import Understood, understand
from psd2_affordability.core.answer import Range
from psd2_affordability.core.iban import masked
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.ledger_view import closing_ct, ledger_of, own_ibans
from psd2_affordability.sandbox.people import SandboxPerson, load_people
from psd2_affordability.service.bootstrap import product
from truth_material import with_truth

PEOPLE = load_people(data_files("sandbox_fixtures"))
#: Mistaking one of these for something else changes a decision.
COSTLY = (
    "inkomen.loon",
    "inkomen.uitkering_bijstand",
    "inkomen.uitkering_ww",
    "inkomen.aow",
    "wonen.huur",
    "wonen.hypotheek",
    "schuld.achteraf_betalen",
    "schuld.incassobureau",
    "gokken.inzet",
    "krediet.opgenomen",
    "storno.teruggeboekt",
)
#: Pairs that are both true: savings are an own account, one bill holds both taxes, a bailiff runs the plan.
SAME = {
    "intern.sparen": "intern.eigen_rekening",
    "wonen.waterschap": "wonen.gemeente",
    "schuld.betalingsregeling": "schuld.deurwaarder",
}


@cache
def understood() -> Understood:
    return understand(ledger_of(PEOPLE.values()), product().knowledge, own_ibans(PEOPLE.values()))


@cache
def assessments() -> dict[str, Assessment]:
    wired = product()
    (on,) = {person.on for person in PEOPLE.values()}
    return assess(
        understood(), {name: case(one) for name, one in PEOPLE.items()}, wired.law, wired.knowledge, on
    )


def case(person: SandboxPerson) -> Case:
    balances = tuple(
        KnownBalance(account.iban, Money(closing_ct(account)), person.on, proven=True)
        for account in person.banked.accounts
    )
    return Case(person.household, balances, total_debt=person.total_debt or None)


def each_person(test):
    return pytest.mark.parametrize("person", PEOPLE.values(), ids=list(PEOPLE))(test)


def within(amount: Money, bounds: tuple[int, int]) -> bool:
    low, high = bounds
    return low <= amount.cents <= high


@each_person
def test_the_usual_month_of_income_is_what_the_life_says(person: SandboxPerson):
    income = assessments()[person.name].income

    assert isinstance(income.monthly, Range)
    assert within(income.monthly.mid, person.expected.income), income.monthly.mid


@each_person
def test_every_kind_of_income_is_found_at_about_its_amount(person: SandboxPerson):
    found = {one.category: one.monthly.cents for one in assessments()[person.name].income.by_kind}

    for category, cents in person.expected.income_kinds.items():
        assert abs(found.get(category, 0) - cents) <= cents * 5 // 100, (category, found)


@each_person
def test_the_fixed_costs_are_what_the_life_says(person: SandboxPerson):
    fixed = assessments()[person.name].expenses.fixed

    assert isinstance(fixed, Money)
    assert within(fixed, person.expected.fixed), fixed


@each_person
def test_the_room_is_one_that_a_professional_would_accept(person: SandboxPerson):
    room = assessments()[person.name].room

    assert isinstance(room.monthly, Range)
    assert within(room.monthly.mid, person.expected.room), room.monthly
    assert room.advice in person.expected.advice, room.monthly


@each_person
def test_the_seizure_verdict_is_that_of_a_professional(person: SandboxPerson):
    seizure = assessments()[person.name].seizure

    assert seizure.verdict == person.expected.verdict, seizure.expected_balance


@each_person
def test_the_credit_check_refers_whom_a_professional_would_refer_and_says_why(person: SandboxPerson):
    check = assessments()[person.name].credit_check

    assert check.outcome in person.expected.outcomes, [(one.code, one.level) for one in check.indicators]
    weighed = {one.code for one in check.indicators if one.level in {"watch", "concern"}}
    assert set(person.expected.because) <= weighed


@each_person
def test_every_sign_of_new_debt_shows_in_its_month_and_no_other_does(person: SandboxPerson):
    shown: dict[str, set[str]] = {}
    for signal in assessments()[person.name].signals:
        shown.setdefault(signal.code, set()).add(f"{signal.first_on:%Y-%m}")

    for code, months in person.expected.signals.items():
        assert shown.get(code, set()) & set(months), (code, shown)
    assert not set(shown) & set(person.expected.no_signals), shown


@each_person
def test_an_account_that_is_not_shared_is_noticed(person: SandboxPerson):
    quality = assessments()[person.name].data_quality

    for iban in person.not_shared:
        assert masked(iban) in quality.missing_accounts
    assert bool(quality.missing_accounts) == person.expected.missing_account


def test_nearly_every_row_gets_a_category_and_most_categories_are_true():
    scored = _scored()
    known = scored[scored["category"] != "onbekend"]

    assert len(known) / len(scored) >= 0.95
    assert (known["category"] == known["truth"]).mean() >= 0.90


def test_nearly_every_euro_lands_in_its_group_so_that_the_sums_are_right():
    scored = _scored()
    group = {leaf.code: leaf.group for leaf in product().knowledge.taxonomy.values()}
    money = scored["amount_ct"].abs()

    right = scored["category"].map(group) == scored["truth"].map(group)
    assert money[right].sum() / money.sum() >= 0.97


@pytest.mark.parametrize("category", COSTLY)
def test_a_category_that_decides_is_found_and_not_given_to_others(category: str):
    scored = _scored()
    true, said = scored["truth"] == category, scored["category"] == category

    assert (true & said).sum() / true.sum() >= 0.95, scored.loc[true & ~said, "category"].value_counts()
    assert (true & said).sum() / said.sum() >= 0.95, scored.loc[said & ~true, "truth"].value_counts()


def _scored() -> pd.DataFrame:
    """The understood rows with what they truly are; categories that say the same of a row count as one."""
    frame = understood().frame
    truth = with_truth(PEOPLE.values())["truth"]
    return frame.assign(category=frame["category"].replace(SAME), truth=truth.replace(SAME))
