"""The labelled sets are whole, the sealed one unchanged, and nobody real is in them."""

import csv
import re
import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from psd2_affordability._data import data_files
from psd2_affordability.categorise.knowledge import load_knowledge
from psd2_affordability.core.iban import is_iban

FOLDER = Path(__file__).resolve().parents[1] / "labelled"
COLUMNS = [
    *("subject", "account", "tx", "status", "booked_on", "value_on", "amount", "currency"),
    *("counterparty_name", "counterparty_iban", "creditor_id", "mandate_id", "remittance"),
    *("bank_code", "purpose_code", "return_reason", "balance_after", "entry_reference", "label"),
]
PUBLIC_ACCOUNT = "NL86INGB0002445588"  # the tax office's own
DUTCH = re.compile(r"NL\d{2}[A-Z]{4}(\d{10})")


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SETS = {name: rows_of(name) for name in ("sealed", "sealed_2", "dev", "dev_2")}
SEALED = ("sealed", "sealed_2")
ALL = [row for rows in SETS.values() for row in rows]
each_set = pytest.mark.parametrize("name", SETS)


def ibans(row: dict[str, str]) -> set[str]:
    written = {row["account"], row["counterparty_iban"]} - {""}
    return written | {found.group() for found in DUTCH.finditer(row["remittance"])}


def passes_the_eleven_test(number: str) -> bool:
    return sum(int(digit) * weight for digit, weight in zip(number, range(10, 0, -1), strict=True)) % 11 == 0


@pytest.mark.parametrize("name", SEALED)
def test_a_sealed_set_is_the_one_whose_hash_was_written_down(name: str) -> None:
    written, file_name = (FOLDER / f"{name}.sha256").read_text(encoding="utf-8").split()
    assert file_name == f"{name}.csv"
    assert sha256((FOLDER / file_name).read_bytes()).hexdigest() == written


@each_set
def test_a_set_has_the_columns_of_the_ledger_and_a_label(name: str) -> None:
    assert all(list(row) == COLUMNS for row in SETS[name])


@each_set
def test_every_label_is_in_the_taxonomy(name: str) -> None:
    known = set(load_knowledge(data_files("rules")).taxonomy)
    assert {row["label"] for row in SETS[name]} <= known


@each_set
def test_every_line_is_a_readable_payment(name: str) -> None:
    for row in SETS[name]:
        assert re.fullmatch(r"-?\d+\.\d\d", row["amount"]), row["tx"]
        assert Decimal(row["amount"]), row["tx"]
        assert row["currency"] == "EUR", row["tx"]
        assert row["status"] in {"booked", "pending"}, row["tx"]
        assert date.fromisoformat(row["booked_on"]) <= date(2026, 11, 22), row["tx"]
        assert row["counterparty_name"] or row["remittance"], row["tx"]


@each_set
def test_every_account_number_has_right_check_digits(name: str) -> None:
    assert not [iban for row in SETS[name] for iban in ibans(row) if not is_iban(iban)]


def test_no_dutch_account_number_can_be_somebodys_but_the_tax_offices() -> None:
    invented = {iban for row in ALL for iban in ibans(row)} - {PUBLIC_ACCOUNT}
    dutch = [found.group(1) for iban in invented if (found := DUTCH.fullmatch(iban))]
    assert dutch
    assert not [number for number in dutch if passes_the_eleven_test(number)]


@each_set
def test_every_subject_has_lines_enough_to_show_a_rhythm(name: str) -> None:
    assert min(Counter(row["subject"] for row in SETS[name]).values()) >= 20


def test_no_two_lines_share_a_key() -> None:
    assert len({row["tx"] for row in ALL}) == len(ALL)


def test_no_set_shares_a_subject_or_an_own_account_with_another() -> None:
    seen = [{one for row in rows for one in (row["subject"], row["account"])} for rows in SETS.values()]
    assert len(set().union(*seen)) == sum(map(len, seen))


def test_the_first_sealed_set_is_large_and_hard_enough_to_measure_with() -> None:
    hard = {row["tx"] for row in rows_of("hard")}
    assert hard <= {row["tx"] for row in ALL}
    assert len(SETS["sealed"]) >= 900
    assert len(hard & {row["tx"] for row in SETS["sealed"]}) >= 120


def test_every_look_says_when_why_and_by_whom() -> None:
    looks = tomllib.loads((FOLDER / "looks.toml").read_text(encoding="utf-8"))["look"]
    assert all(isinstance(look["on"], date) and look["why"] and look["by"] for look in looks)


def test_the_readme_counts_every_label_as_it_is() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_.]+)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    counted = {label: tuple(map(int, numbers)) for label, *numbers in rows}
    each = [Counter(row["label"] for row in lines) for lines in SETS.values()]
    assert counted == {label: tuple(one[label] for one in each) for label in set().union(*each)}
