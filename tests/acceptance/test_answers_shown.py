"""What an assessment knows is shown where people read it: in the terminal, and on the page of a case."""

from collections.abc import Iterator
from functools import cache

import pytest
from lxml import html
from rich.console import Console

from psd2_affordability._data import data_files
from psd2_affordability.assess.case import Case, KnownBalance
from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.run import assess
from psd2_affordability.categorise.engine import understand
from psd2_affordability.cli.report import Report
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.sandbox.ledger_view import closing_ct, ledger_of, own_ibans
from psd2_affordability.sandbox.people import load_people
from psd2_affordability.service.bootstrap import product
from running_product import Running, running
from visitor_material import Visitor, check_structure, words

PEOPLE = load_people(data_files("sandbox_fixtures"))


@cache
def answer_for(name: str, proposal: int | None = None) -> Assessment:
    wired, person = product(), PEOPLE[name]
    understood = understand(ledger_of([person]), wired.knowledge, own_ibans([person]))
    balances = tuple(
        KnownBalance(account.iban, Money(closing_ct(account)), person.on, proven=True)
        for account in person.banked.accounts
    )
    asked = None if proposal is None else Money.euros(proposal)
    case = Case(person.household, balances, total_debt=Money.euros(2_000), proposal=asked)
    return assess(understood, {name: case}, wired.law, wired.knowledge, person.on)[name]


def printed(assessment: Assessment, language: str = "en") -> str:
    console = Console(width=400, no_color=True)
    with console.capture() as captured:
        console.print(Report(assessment, {}, language).render())
    return captured.get()


def line_with(shown: str, *parts: str) -> str:
    [line] = [line for line in shown.splitlines() if all(part in line for part in parts)]
    return line


def test_the_terminal_answers_first_then_shows_the_figures() -> None:
    shown = printed(answer_for("olaf"))
    order = ("Room for a payment plan", "Credit check", "Seizing the bank account", "Income", "Costs")
    order += ("Allowances a month", "What the data show", "Receipt")

    places = [shown.index(f"─ {heading} ─") for heading in order]
    assert places == sorted(places)


def test_a_way_to_repay_says_how_much_how_long_from_when_and_how_sure() -> None:
    found = answer_for("jelle")
    [option, *_] = found.room.options

    line = line_with(printed(found), option.amount.spoken(), "sure", option.first_on.isoformat())
    assert f" {option.months} " in line
    assert f"{option.chance_holds:.0%}" in line
    assert f"{option.chance_if_careful:.0%}" in line
    assert option.lowest_balance.spoken() in line


def test_a_proposal_stands_below_the_ways_to_repay() -> None:
    found = answer_for("jelle", proposal=900)

    assert "€900.00" in line_with(printed(found), "proposed")
    assert "The proposal does not fit" in printed(found)


def test_the_lowest_balance_of_each_month_with_the_first_plan_is_told() -> None:
    found = answer_for("jelle")
    shown = printed(found)

    assert f"with a payment of {found.room.options[0].amount.spoken()}" in shown
    for lowest in found.room.ahead:
        assert line_with(shown, lowest.p10.spoken(), lowest.p50.spoken(), lowest.p90.spoken())


def test_the_next_three_months_tell_what_not_every_month_brings() -> None:
    [december, *_] = answer_for("jelle").income.forecast
    shown = printed(answer_for("jelle"), "nl")

    assert "Inkomen van de komende drie maanden" in shown
    line = line_with(shown, december.mid.spoken(language="nl"), december.extra.spoken(language="nl"))
    assert "2026-12" in line


def test_who_is_paid_for_a_debt_is_named_with_the_instalment() -> None:
    shown = printed(answer_for("olaf"))

    table = shown[shown.index("Who is paid for a debt or a loan") : shown.index("Costs with a rhythm")]
    assert "Flanderijn Gerechtsdeurwaarders" in table
    assert "€135.00" in table
    assert shown[shown.index("Costs with a rhythm") :].count("Flanderijn") == 0


def test_without_creditors_words_say_so() -> None:
    assert "No payment on a debt or a loan was seen in the last year." in printed(answer_for("jelle"))


def test_unpaid_tax_that_cannot_be_told_is_asked_for_in_words() -> None:
    assert "Is VAT due on the turnover" in line_with(
        printed(answer_for("sem")), "VAT that must still be paid"
    )


@pytest.mark.parametrize("name", ["olaf", "sem", "lotte"])
def test_no_reason_is_printed_twice(name: str) -> None:
    found = answer_for(name)
    shown = printed(found)

    for reason in (*found.income.reasons, *found.expenses.reasons, *found.credit_check.reasons):
        assert shown.count(reason.says) == 1, reason.says


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("shown"), {"olaf": PEOPLE["olaf"].banked}) as everything:
        yield everything


def case_page(served: Running, purpose: str) -> html.HtmlElement:
    visitor = Visitor(served)
    accounts = [account.iban for account in PEOPLE["olaf"].banked.accounts]
    subject = f"olaf-{purpose}"
    visitor.open(approve(visitor.to_the_bank(subject, purpose), "olaf", accounts))
    return visitor.open(f"/cases/{subject}?purpose={purpose}&debt=2000")


def section(page: html.HtmlElement, name: str) -> str:
    [found] = page.cssselect(f"section[aria-labelledby='{name}']")
    return words(found)


def test_the_counsellors_page_shows_plans_the_next_months_and_the_creditors(served: Running) -> None:
    page = case_page(served, "debt_help")

    check_structure(page)
    room = section(page, "room")
    assert "Lowest balance" in room
    assert "Chance when careful" in room
    assert "The lowest balance of each month, with a payment of" in room
    assert "Income of the next three months" in section(page, "income")
    assert "August 2026" in section(page, "income")
    assert "Flanderijn Gerechtsdeurwaarders" in section(page, "expenses").split("Regular costs")[0]


def test_a_collectors_page_shows_plans_but_no_names_of_others_and_no_way_of_living(served: Running) -> None:
    page = case_page(served, "payment_plan")

    room, costs = section(page, "room"), section(page, "expenses")
    assert "Chance that it holds" in room
    assert "Chance when careful" not in room
    assert "Lowest balance" not in room
    assert "Who is paid for a debt or a loan" not in costs
    assert "things that can wait" not in costs
