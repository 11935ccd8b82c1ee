import os
import sqlite3
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from psd2_affordability.connect.result import Received
from psd2_affordability.core.errors import StoreError, UnknownName
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.schema import COLUMNS
from psd2_affordability.store.shapes import Kept
from psd2_affordability.store.store import Store
from store_material import ACCOUNT, KEY, NOW, entry, month, received


def keep(store: Store, data: Received, subject: str = "case-1") -> Kept:
    return store.ledger.keep(subject, data.transactions, data.accounts, at=NOW, source="file")


def rows_of(store: Store, subject: str = "case-1") -> pd.DataFrame:
    return store.ledger.load(subject, purpose="payment_plan", at=NOW).transactions


def test_what_is_kept_comes_back_the_same_in_every_column(store):
    data = received(
        [
            entry(
                date(2026, 5, 4),
                -4599,
                "factuur 12 \u202e \x00 <b>",
                counterparty_iban="NL13SNBX0000000001",
                creditor_id="NL00ZZZ123456780000",
                mandate_id="M-1",
                bank_code="PMNT/RDDT/ESDD",
                purpose_code="SUPP",
                return_reason="AM04",
                balance_after_ct=1234,
            ),
            entry(date(2026, 5, 5), 100, value_on=None),
        ]
    )

    keep(store, data)

    expected = data.transactions.assign(subject=pd.Series("case-1", index=[0, 1], dtype="str"))
    pd.testing.assert_frame_equal(expected, rows_of(store), check_like=True)
    assert list(COLUMNS) == list(rows_of(store).columns)


def test_importing_the_same_statement_twice_changes_nothing(store):
    data = received(month(), opening=100_000)

    first = keep(store, data)
    second = keep(store, data)

    assert first == Kept(accounts=1, new=len(data.transactions), same=0, pending=0)
    assert second == Kept(accounts=1, new=0, same=len(data.transactions), pending=0)
    assert len(rows_of(store)) == len(data.transactions)


def test_two_equal_coffees_on_one_day_stay_two(store):
    coffees = [entry(date(2026, 5, 4), -325, "koffie")] * 2

    keep(store, received(coffees))
    kept = keep(store, received(coffees))

    assert (kept.new, len(rows_of(store))) == (0, 2)


_LIFE = month()
_DAYS = sorted({row["booked_on"].date() for row in _LIFE})
_window = st.tuples(st.sampled_from(_DAYS), st.integers(0, len(_DAYS)))


@settings(max_examples=40, deadline=None)
@given(windows=st.lists(_window, max_size=5), order=st.randoms(use_true_random=False))
def test_windows_of_whole_days_in_any_order_and_overlap_give_the_same_rows(windows, order):
    """A statement cut into any windows that together cover it is the statement."""
    parts = [
        [row for row in _LIFE if start <= row["booked_on"].date() <= start + timedelta(days=length)]
        for start, length in windows
    ]
    seen = {id(row) for part in parts for row in part}
    covered = {row["booked_on"] for part in parts for row in part if id(row) in seen}
    parts.append([row for row in _LIFE if row["booked_on"] not in covered])
    for part in parts:
        order.shuffle(part)
    order.shuffle(parts)
    whole, pieces = Store("sqlite://", KEY), Store("sqlite://", KEY)

    keep(whole, received(_LIFE))
    for part in parts:
        keep(pieces, received(part))

    pd.testing.assert_frame_equal(rows_of(whole), rows_of(pieces))
    whole.close()
    pieces.close()


def test_pending_rows_are_replaced_and_a_booked_one_wins(store):
    booked = entry(date(2026, 5, 4), -325, "koffie")
    waiting = {**booked, "status": "pending"}

    keep(store, received([booked, waiting, {**waiting, "amount_ct": -999}]))
    after = keep(store, received([booked, booked]))

    rows = rows_of(store)
    assert (after.new, after.same, after.pending) == (1, 1, 0)
    assert rows["status"].tolist() == ["booked", "booked"]


def test_a_pending_twin_that_never_settles_leaves_no_second_booked_row(store):
    booked = entry(date(2026, 5, 4), -325, "koffie")
    earlier = {**booked, "status": "pending", "value_on": pd.Timestamp("2026-05-01")}

    keep(store, received([earlier, booked]))
    keep(store, received([booked]))

    assert len(rows_of(store)) == 1


def test_balances_that_add_up_over_all_kept_statements_prove_the_account(store):
    first = received(month(date(2026, 4, 1), 30), opening=50_000)
    closing = first.accounts[0].closing
    second = received(month(date(2026, 5, 1), 20), opening=closing.amount.cents)

    keep(store, second)
    keep(store, first)

    [account] = store.ledger.load("case-1", purpose="payment_plan", at=NOW).accounts
    assert account.proven is True
    assert (account.opening.amount, account.opening.on) == (Money(50_000), date(2026, 4, 1))
    assert account.closing.amount == second.accounts[0].closing.amount


def test_a_missing_statement_in_between_shows_as_not_proven(store):
    first = received(month(date(2026, 3, 1), 20), opening=50_000)
    third = received(month(date(2026, 5, 1), 20), opening=1)

    keep(store, first)
    keep(store, third)

    [account] = store.ledger.load("case-1", purpose="payment_plan", at=NOW).accounts
    assert account.proven is False


def test_cases_do_not_see_each_other(store):
    keep(store, received([entry(date(2026, 5, 4), -100)]), "one")
    keep(store, received([entry(date(2026, 5, 4), -100)]), "two")

    store.cases.erase("one", at=NOW)

    assert [case.subject for case in store.cases.list()] == ["two"]
    assert len(rows_of(store, "two")) == 1
    with pytest.raises(UnknownName, match="no case is called 'one'"):
        rows_of(store, "one")


def test_names_numbers_and_descriptions_are_nowhere_in_the_files(file_store, tmp_path):
    row = entry(
        date(2026, 5, 4),
        -100,
        "geheime omschrijving",
        counterparty_iban="NL13SNBX0000000001",
        creditor_id="NL00ZZZ123456780000",
        mandate_id="MANDAAT-77",
    )
    keep(file_store, received([row]))
    file_store.cases.keep_household("case-1", 'type = "single"', at=NOW)
    file_store.consents.begin(
        "case-1", "sandbox.x", "payment_plan", "state-text", {"consent_id": "at-the-bank-1"}, at=NOW
    )
    file_store.assessments.keep("case-1", NOW.date(), "payment_plan", '{"answer": "zeven"}', "{}", at=NOW)

    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    secrets = [ACCOUNT, row["remittance"], row["counterparty_name"], row["counterparty_iban"]]
    secrets += [
        row["creditor_id"],
        row["mandate_id"],
        'type = "single"',
        "state-text",
        "at-the-bank-1",
        "zeven",
    ]
    assert [secret for secret in secrets if secret.encode() in on_disk] == []


def test_only_the_owner_can_read_the_files(file_store, tmp_path):
    keep(file_store, received([entry(date(2026, 5, 4), -100)]))

    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_another_key_is_refused_with_a_clear_line(file_store, tmp_path):
    file_store.close()

    with pytest.raises(StoreError, match=r"made with another key.*PSD2_AFFORDABILITY_KEY"):
        Store(f"sqlite:///{tmp_path / 'cases.db'}", bytes(32))


def test_a_changed_sealed_row_does_not_open(file_store, tmp_path):
    keep(file_store, received([entry(date(2026, 5, 4), -100)]))
    with sqlite3.connect(tmp_path / "cases.db") as raw:
        raw.execute("update transactions set sealed_text = zeroblob(60)")
    raw.close()

    with pytest.raises(StoreError, match="does not open"):
        rows_of(file_store)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"this is a letter, not a database" * 200, "not a database"), (None, "belongs to something else")],
)
def test_a_file_that_is_not_our_store_is_refused_and_left_alone(tmp_path, content, says):
    path = tmp_path / "other.db"
    if content is None:
        with sqlite3.connect(path) as raw:
            raw.execute("create table recipes (name text)")
        raw.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()

    with pytest.raises(StoreError, match=says):
        Store(f"sqlite:///{path}", KEY)

    assert before == path.read_bytes()


def test_an_address_nobody_can_use_is_refused():
    with pytest.raises(StoreError, match="not one we can use"):
        Store("carrier-pigeon://roof", KEY)


def test_a_killed_import_leaves_all_or_nothing(tmp_path):
    """A process that dies in the middle of keeping leaves a whole store behind."""
    script = (
        "import os, sys; sys.path[:0] = sys.argv[2:]\n"
        "from store_material import *; from psd2_affordability.store.store import Store\n"
        "import psd2_affordability.store.merging as t\n"
        "store = Store('sqlite:///' + sys.argv[1], KEY); data = received(month())\n"
        "real = t._insert\n"
        "def dying(*args, **more):\n"
        "    real(*args, **more); os._exit(9)\n"
        "t._insert = dying\n"
        "store.ledger.keep('case-1', data.transactions, data.accounts, at=NOW, source='file')\n"
    )
    path = tmp_path / "cases.db"
    tests = str(Path(__file__).parents[2])

    died = subprocess.run([sys.executable, "-c", script, str(path), tests], env=os.environ, check=False)

    assert died.returncode == 9
    store = Store(f"sqlite:///{path}", KEY)
    assert store.cases.list() == []
    assert keep(store, received(month())).new == len(month())
    store.close()


def test_who_misses_a_case_or_a_consent_is_not_told_those_of_others(store):
    keep(store, received(month()), subject="case-17")
    consent = store.consents.begin("case-17", "bank.a", "debt_help", "state", {}, at=NOW)

    with pytest.raises(UnknownName) as missed:
        rows_of(store, subject="case-18")
    assert "case-17" not in str(missed.value)
    with pytest.raises(UnknownName) as missed:
        store.consents.show("c0")
    assert consent not in str(missed.value)


def test_a_missing_driver_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(StoreError, match=r"driver .* not installed.*psd2-affordability\[postgres\]"):
        Store("postgresql://someone@127.0.0.1:1/nothing", KEY)


def test_a_server_that_does_not_answer_is_said_without_the_password():
    with pytest.raises(StoreError, match="the database does not work") as refused:
        Store("postgresql://someone:hush@127.0.0.1:1/nothing", KEY)

    assert "hush" not in str(refused.value)


def test_codes_of_any_length_and_signs_are_kept(store):
    odd = entry(date(2026, 5, 4), -100, bank_code="AB\x00C", purpose_code="x" * 500)

    keep(store, received([odd]))

    [row] = rows_of(store).to_dict("records")
    assert (row["bank_code"], len(row["purpose_code"])) == ("AB\x00C", 500)


def test_a_store_of_another_layout_is_refused_with_what_to_do(store, database_url):
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("update about set value = '2' where name = 'version'"))
    engine.dispose()

    with pytest.raises(StoreError, match=r"layout 2.*begin an empty store"):
        Store(database_url, KEY)
