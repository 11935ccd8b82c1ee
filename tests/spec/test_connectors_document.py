"""The page for users of connectors says what the bank files say."""

import re
from pathlib import Path

from psd2_affordability._data import data_files
from psd2_affordability.connect.open import DIALECTS
from psd2_affordability.connect.profile import PATHS
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.service.banks_table import banks_table, notes_list

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "connectors.md").read_text(encoding="utf-8")
AGAIN = "write it again with: psd2-affordability banks list --markdown"


def test_the_page_holds_the_table_and_the_notes_of_every_bank():
    banks = load_banks(data_files("connectors"))

    assert banks_table(banks) in PAGE, AGAIN
    assert notes_list(banks) in PAGE, AGAIN


def test_the_example_of_a_new_bank_loads_as_it_stands():
    example = re.search(r"```toml\n(id .*?)```", PAGE, re.DOTALL)
    files = data_files("connectors") | {"nl/voorbeeld.toml": example[1].encode()}

    bank = load_banks(files).bank("nl.voorbeeld")

    assert (bank.history.first_minutes, bank.profile.rows.fields["entry_reference"]) == (15, ())


def test_the_banks_that_dutch_users_name_are_all_there_and_each_says_where_that_is_written():
    banks = load_banks(data_files("connectors"))
    dutch = ["abn_amro", "ing", "rabobank", "sns", "asn", "regiobank", "bunq", "knab", "triodos"]
    wanted = [*dutch, "n26", "revolut"]

    known = {bank.id for bank in banks}
    assert {f"nl.{name}" for name in wanted} <= known
    assert {"eu.enable_banking", "eu.gocardless", "eu.licensed_provider"} <= known
    assert all(bank.sources for bank in banks)
    assert all(bank.notes for bank in banks if not bank.id.startswith("sandbox."))


def test_every_dialect_that_a_profile_may_name_is_built_and_none_is_left_over():
    banks = load_banks(data_files("connectors"))

    assert set(DIALECTS) == set(PATHS) == {bank.profile.dialect for bank in banks}
