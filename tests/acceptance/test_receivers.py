"""A collector or credit checker finds no balance, payee or transaction: on a page, in JSON, in a terminal."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest
import requests
from lxml import html
from rich.console import Console

from printed_material import PEOPLE, answered, product
from psd2_affordability.cli.report import Report
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.service.purposes import PURPOSES, purpose
from psd2_affordability.service.receipts import receipt_number
from psd2_affordability.service.receivers.seen import LEFT_OUT, seen_for
from psd2_affordability.service.receivers.shown import Shown
from psd2_affordability.service.reproduce import reproduce
from psd2_affordability.service.schema import published_schemas
from running_product import Running, running
from visitor_material import Visitor, check_structure, words

RECEIVING = ("payment_plan", "credit_check", "seizure_check")
SCHEMA = json.loads(published_schemas()["assessment.schema.json"])
#: Payees that are words of the language too.
ORDINARY = {"particulier", "eigen rekening", "bol", "ING", "NS", "Action", "Plus", "Spar", "bank", "Shell"}
CHOSEN = ("olaf", "jelle", "karim", "iris", "lotte")


@cache
def shown(name: str, code: str) -> Shown:
    found = answered(name)
    seen = seen_for(purpose(code), found.assessment, product().knowledge.taxonomy)
    return Shown(purpose(code), seen)


def printed(name: str, code: str, language: str) -> str:
    leaves = product().knowledge.taxonomy.values()
    names = {leaf.code: leaf.nl if language == "nl" else leaf.en for leaf in leaves}
    console = Console(width=400, no_color=True)
    with console.capture() as captured:
        console.print(Report(shown(name, code).found, names, language, named=purpose(code).names).render())
    return captured.get()


def said_by(name: str, code: str) -> dict[str, str]:
    return {
        "json": shown(name, code).json(),
        "terminal": printed(name, code, "en"),
        "terminal in Dutch": printed(name, code, "nl"),
    }


def balances_of(name: str) -> set[Money]:
    """Every amount that tells what lies on an account, now or on a day to come."""
    found = answered(name).assessment
    secret = [each.balance for each in found.data_quality.accounts]
    secret += [each.lowest_balance for each in found.room.options]
    for each in (*found.seizure.forecast, *found.room.ahead, found.seizure.expected_balance):
        secret += [] if isinstance(each, Unknown) else [each.p10, each.p50, each.p90]
    return {each for each in secret if isinstance(each, Money) and each.cents % 100}


def incomes_of(name: str) -> set[Money]:
    """Every amount that tells what comes in a month, now or before; whole tens may be told."""
    income = answered(name).assessment.income
    ranges = [each for each in (income.monthly, income.for_protection) if not isinstance(each, Unknown)]
    amounts = [bound for each in ranges for bound in (each.low, each.mid, each.high)]
    amounts += [each.monthly for each in income.by_kind]
    amounts += [] if income.shock is None else [income.shock.now, income.shock.before]
    return {each for each in amounts if each.cents % 10_00}


def written(amount: Money) -> tuple[str, ...]:
    return amount.spoken(), amount.spoken(language="nl"), str(amount)


@pytest.mark.parametrize("name", CHOSEN)
@pytest.mark.parametrize("code", RECEIVING)
def test_a_receiver_finds_no_balance_to_the_cent(name: str, code: str) -> None:
    for where, said in said_by(name, code).items():
        amounts = set(re.findall(r"-?€?\s?[0-9][0-9.,]*", said))
        for balance in balances_of(name):
            assert not {each for each in written(balance) if each in amounts}, where


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("code", RECEIVING)
def test_a_receiver_finds_no_payee_no_account_and_no_key_of_a_transaction(name: str, code: str) -> None:
    frame = answered(name).understood.frame
    frame = frame[frame["subject"] == name]
    payees = {each for each in {*frame["payee"], *frame["counterparty_name"]} if len(each) > 3} - ORDINARY
    ibans = {*frame["account"], *frame["counterparty_iban"]} - {""}

    for where, said in said_by(name, code).items():
        assert not {each for each in payees if each in said}, where
        assert not {each for each in ibans if each in said or each[:8] in said}, where
        assert not {each for each in frame["tx"] if each in said}, where
        assert "••" not in said, where


@pytest.mark.parametrize("name", CHOSEN)
@pytest.mark.parametrize("code", RECEIVING)
def test_a_receiver_finds_no_kind_of_the_taxonomy(name: str, code: str) -> None:
    codes = {each for each in product().knowledge.taxonomy if "." in each}

    for where, said in said_by(name, code).items():
        assert not {each for each in codes if each in said}, where


@pytest.mark.parametrize("code", RECEIVING)
def test_what_a_receiver_does_not_see_is_absent_and_the_rest_is_as_the_schema_says(code: str) -> None:
    told = json.loads(shown("olaf", code).json())

    jsonschema.validate(told, SCHEMA)
    assert {"accounts", "missing_accounts", "cash_share"}.isdisjoint(told["data_quality"])
    for part, kind in (("income", "Income"), ("expenses", "Expenses"), ("seizure", "Seizure")):
        left_out = next(names for each, names in LEFT_OUT.items() if each.__name__ == kind)
        assert left_out.isdisjoint(told.get(part, {}))
    for option in told.get("room", {}).get("options", []):
        assert {"chance_if_careful", "lowest_balance"}.isdisjoint(option)


def test_income_and_costs_are_told_in_whole_tens_and_the_room_to_the_cent() -> None:
    found, exact = shown("olaf", "payment_plan").found, answered("olaf").assessment

    assert found.room.monthly == exact.room.monthly
    for about, precise in (
        (found.income.monthly.mid, exact.income.monthly.mid),
        (found.expenses.fixed, exact.expenses.fixed),
        (found.expenses.debts, exact.expenses.debts),
    ):
        assert about.cents % 10_00 == 0
        assert abs(about.cents - precise.cents) <= 5_00


def test_a_reason_says_how_many_transactions_show_it_but_not_which() -> None:
    told = [each for each in shown("ravi", "credit_check").found.credit_check.reasons if each.transactions]

    exact = {each.code: each.transactions for each in answered("ravi").assessment.credit_check.reasons}
    assert told
    for reason in told:
        assert len(reason.transactions) == len(exact[reason.code])
        assert all(each.isdigit() for each in reason.transactions)


def test_a_transaction_that_shows_two_reasons_counts_once() -> None:
    for name in PEOPLE:
        found, exact = shown(name, "payment_plan").found, answered(name).assessment
        told = {each.code for each in found.room.reasons}
        keys = {tx for each in exact.room.reasons if each.code in told for tx in each.transactions}
        assert len({tx for each in found.room.reasons for tx in each.transactions}) == len(keys)


@pytest.mark.parametrize("code", ["debt_help", "monitoring"])
def test_the_person_and_who_helps_them_see_the_answer_as_it_is(code: str) -> None:
    exact = answered("olaf").assessment
    found = shown("olaf", code).found

    assert found.data_quality == exact.data_quality
    assert found.signals == exact.signals
    assert (found == exact) is (code == "debt_help")


def test_every_purpose_is_either_one_that_names_or_one_of_a_receiver() -> None:
    assert {code for code, each in PURPOSES.items() if not each.names} == set(RECEIVING)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("receivers"), {"olaf": PEOPLE["olaf"].banked}) as everything:
        yield everything


def open_case(served: Running, subject: str, code: str) -> html.HtmlElement:
    visitor = Visitor(served)
    accounts = [account.iban for account in PEOPLE["olaf"].banked.accounts]
    visitor.open(approve(visitor.to_the_bank(subject, code), "olaf", accounts))
    page = visitor.open(f"/cases/{subject}?purpose={code}&debt=2000")
    check_structure(page)
    return page


def asked(served: Running, subject: str, code: str) -> requests.Response:
    url = f"{served.url}/api/cases/{subject}/assessment"
    return requests.get(url, params={"purpose": code, "total_debt": "2000.00"}, timeout=60)


def frame_of(served: Running, subject: str) -> Any:
    return served.product.store.ledger.load(
        subject, purpose="debt_help", at=served.product.clock.now()
    ).transactions


@pytest.mark.parametrize("code", RECEIVING)
def test_the_page_and_the_json_of_a_kept_case_name_nobody_and_show_no_account(
    served: Running, code: str
) -> None:
    page = open_case(served, f"olaf-{code}", code)
    kept = frame_of(served, f"olaf-{code}")
    names = {each for each in kept["counterparty_name"] if len(each) > 3} - ORDINARY
    source = html.tostring(page, encoding="unicode")
    answer = asked(served, f"olaf-{code}", code)

    for said in (source, answer.text):
        assert not {each for each in names if each in said}
        assert not {each for each in kept["tx"] if each in said}
        assert not {each for each in {*kept["account"]} if each in said}
    assert not page.cssselect("table.rows")
    assert "Accounts" not in words(page)
    assert "Correct this" not in words(page)


def test_the_receipt_of_a_collector_is_enough_for_the_counsellor_to_make_the_answer_again(
    served: Running,
) -> None:
    page = open_case(served, "again", "payment_plan")
    answer = asked(served, "again", "payment_plan")
    [receipt] = page.cssselect("section[aria-labelledby='receipt']")
    found = reproduce(served.product, "again", answer.headers["ETag"].strip('"'))
    number = re.search(r"([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})", words(receipt))

    assert found.identical
    assert number is not None
    by_number = reproduce(served.product, "again", number[1])
    assert by_number.identical
    assert by_number.purpose == "payment_plan"
    assert receipt_number(answered("olaf").assessment.receipt) != number[1]
