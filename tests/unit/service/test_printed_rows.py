"""Figures and transactions as CSV: complete, exact, and harmless in a spreadsheet."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printed_material import PEOPLE, answered, paid, product, report
from psd2_affordability.core.money import Money
from psd2_affordability.service.printed.make import Wanted, report_of
from psd2_affordability.service.printed.spreadsheet import safe
from psd2_affordability.service.printed.uses import use_of


def rows_of(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(written.decode(), newline=""), strict=True))


def transactions_of(name: str, **changed: str) -> bytes:
    found = paid(name, **changed) if changed else answered(name)
    return report_of(product(), found, Wanted(use_of("person"), "csv", rows=True))


@pytest.mark.parametrize("name", PEOPLE)
def test_every_figure_of_the_room_comes_back_to_the_cent(name):
    room = answered(name).assessment.room
    [month] = [
        row
        for row in rows_of(report(name, "plan", "csv"))
        if row["code"] == "monthly" and row["part"] == "room"
    ]

    assert [Money.euros(month[each]) for each in ("low", "mid", "high")] == [
        room.monthly.low,
        room.monthly.mid,
        room.monthly.high,
    ]
    assert month["unit"] == "EUR/month"


def test_a_legal_figure_names_its_rule_and_article():
    rows = {
        row["code"]: row for row in rows_of(report("amina", "seizure", "csv")) if row["part"] == "seizure"
    }

    assert rows["protected"]["rule"] == "nl.beslagvrije_voet_maxima"
    assert rows["protected"]["article"] == "475a lid 5 Rv"
    assert rows["costs.step.2"]["mid"] == "260.68"
    assert rows["verdict"]["value"] == "no_yield"


def test_the_transactions_add_up_to_the_accounts():
    found = answered("karim").assessment
    moved = Money.total(Money.euros(row["amount"]) for row in rows_of(transactions_of("karim")))

    assert moved == Money.total(each.came_in - each.went_out for each in found.data_quality.accounts)


def test_a_transaction_names_the_reasons_that_rest_on_it():
    rows = rows_of(transactions_of("daan"))

    assert [row for row in rows if row["category"] == "schuld.incassobureau" and row["reasons"]]


def test_lines_end_as_the_standard_says_and_the_text_is_utf_8():
    written = report("amina", "person", "csv")

    assert written.count(b"\n") == written.count(b"\r\n")
    assert written.decode().splitlines()[0].startswith("part,code,value,low,mid,high,unit,rule,article")


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "+31", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", " =1"]
)
def test_no_payee_is_run_as_a_formula(name):
    written = transactions_of("amina", counterparty_name=name)

    for row in csv.reader(StringIO(written.decode(), newline="")):
        who = row[1]
        assert not who.lstrip().startswith(("=", "+", "-", "@", "\t")), who


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_text_that_is_made_safe_comes_back_as_it_was(said):
    line = StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow([safe(said), "end"])

    [[cell, _]] = csv.reader(StringIO(line.getvalue(), newline=""), strict=True)
    assert cell == safe(said)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert said == (cell.removeprefix("'") if safe(said) != said else cell)
