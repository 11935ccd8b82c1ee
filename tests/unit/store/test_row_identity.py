"""Faults that banks are known to have: each row stays one row, twins stay two, no amount changes."""

from datetime import date, timedelta

import pandas as pd
import pytest

from psd2_affordability.core.money import Money
from psd2_affordability.ledger.balance_proof import Unreconciled
from psd2_affordability.ledger.merge import Window
from psd2_affordability.store.shapes import Kept
from store_material import ACCOUNT, NOW, entry, month, received

BANK = "nl.bank"
MAY = date(2026, 5, 1)
DAY = date(2026, 5, 4)
WHOLE = Window(MAY, date(2026, 5, 31))


def row(cents: int = -325, text: str = "koffie", day: date = DAY, **more: object) -> dict[str, object]:
    return entry(day, cents, text, **more)


def fetch(store, *rows, window: Window | None = WHOLE, source: str = BANK, **more) -> Kept:
    data = received(list(rows), **more)
    windows = {} if window is None else {ACCOUNT: window}
    return store.ledger.keep(
        "case-1", data.transactions, data.accounts, at=NOW, source=source, windows=windows
    )


def loaded(store, *banks: str) -> pd.DataFrame:
    data = store.ledger.load("case-1", purpose="debt_help", at=NOW, banks=banks or [BANK])
    return data.transactions


def said(store) -> list[tuple[int, str]]:
    return sorted(zip(loaded(store)["amount_ct"], loaded(store)["remittance"], strict=True))


def keys(store) -> set[str]:
    return set(loaded(store)["tx"])


def test_the_same_fetch_twice_changes_nothing(store):
    fetch(store, *month())
    before = loaded(store)

    again = fetch(store, *month())

    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    pd.testing.assert_frame_equal(before, loaded(store))


def test_the_order_in_which_a_bank_lists_rows_does_not_matter(store):
    fetch(store, *month())

    assert fetch(store, *reversed(month())).new == 0


def test_a_late_entry_that_shifts_all_positions_overwrites_nothing(store):
    """Positions are never believed, so the salary does not become a card payment."""
    salary, coffee = row(250_000, "salaris"), row()
    fetch(store, salary, coffee)

    late = fetch(store, row(-8500, "betaalautomaat"), salary, coffee)

    assert (late.new, late.gone) == (1, 0)
    assert said(store) == [(-8500, "betaalautomaat"), (-325, "koffie"), (250_000, "salaris")]


def test_a_number_that_a_bank_gives_to_different_rows_joins_none_of_them(store):
    fetch(store, row(-100, "appels", entry_reference="9998"), row(-200, "peren", entry_reference="9998"))
    after = fetch(
        store,
        row(-100, "appels", entry_reference="9998"),
        row(-200, "peren", entry_reference="9998"),
        row(-300, "druiven", entry_reference="9998"),
    )

    assert (after.new, after.gone) == (1, 0)
    assert said(store) == [(-300, "druiven"), (-200, "peren"), (-100, "appels")]


def test_a_number_that_is_used_again_later_leaves_the_first_row_alone(store):
    first = row(-100, "appels", entry_reference="9998")
    fetch(store, first)

    fetch(store, first, row(-700, "taart", day=DAY + timedelta(days=1), entry_reference="9998"))

    assert said(store) == [(-700, "taart"), (-100, "appels")]
    assert [version.superseded_by for version in store.ledger.versions("case-1")] == [None, None]


def test_rows_with_a_blank_number_are_all_kept(store):
    rows = [row(-100 - n, f"rij {n}", entry_reference=" ") for n in range(5)]

    assert (fetch(store, *rows).new, fetch(store, *rows).new) == (5, 0)


def test_a_number_that_changes_from_pending_to_booked_leaves_one_row(store):
    waiting = row(entry_reference="PEND-1", status="pending")
    fetch(store, waiting)
    fetch(store, row(entry_reference="BOOK-7"))

    assert loaded(store)["status"].tolist() == ["booked"]


def test_a_number_that_comes_a_day_late_is_learnt_and_counts_from_then_on(store):
    fetch(store, row())
    fetch(store, row(entry_reference="R-100"))
    [tx] = keys(store)
    moved = row(text="heel andere woorden", day=DAY + timedelta(days=2), entry_reference="R-100")

    after = fetch(store, moved)

    assert (after.new, after.changed, keys(store)) == (0, 1, {tx})
    assert said(store) == [(-325, "heel andere woorden")]


def test_a_new_number_and_other_words_after_settlement_make_no_second_row(store):
    """A bank issues the number anew, and puts another word before the payee, when a payment settles."""
    fetch(store, row(counterparty_name="Reservering Bakker Jansen", entry_reference="A-1000"))
    [tx] = keys(store)

    after = fetch(store, row(counterparty_name="Betaling Bakker Jansen", entry_reference="B-2000"))

    assert (after.new, after.gone, keys(store)) == (0, 0, {tx})
    assert loaded(store)["counterparty_name"].tolist() == ["Betaling Bakker Jansen"]


def test_two_equal_coffees_stay_two_even_when_their_words_change(store):
    fetch(store, row(), row())
    before = keys(store)

    after = fetch(store, row(text="koffie verwerkt"), row(text="koffie verwerkt"))

    assert (after.new, after.gone) == (0, 0)
    assert (keys(store), len(before)) == (before, 2)


def test_a_second_coffee_that_comes_in_later_is_a_second_row(store):
    fetch(store, row(entry_reference="C-1001"))
    fetch(store, row(entry_reference="C-1001"), row(entry_reference="C-1002"))

    assert said(store) == [(-325, "koffie")] * 2


def test_numbers_that_are_new_at_every_fetch_change_no_count(store):
    for attempt in range(4):
        kept = fetch(store, *(line | {"entry_reference": f"{attempt}-{n}"} for n, line in enumerate(month())))
        assert kept.gone == 0

    assert len(loaded(store)) == len(month())


def test_a_positional_number_after_none_changes_no_count(store):
    fetch(store, *month())
    again = fetch(store, *(line | {"entry_reference": ""} for line in month()))

    assert (again.new, again.changed) == (0, 0)


@pytest.mark.parametrize("window", [None, WHOLE])
def test_an_amount_that_changes_under_its_number_is_a_new_version_and_no_change_in_place(store, window):
    kept_row = row(-400, "thee")
    fetch(store, row(250_000, "salaris", entry_reference="S-1000"), kept_row)
    [old] = loaded(store).loc[lambda frame: frame["amount_ct"] == 250_000, "tx"]

    fetch(store, row(-8500, "betaalautomaat", entry_reference="S-1000"), kept_row, window=window)

    [version] = [each for each in store.ledger.versions("case-1") if each.tx == old]
    if window:
        assert said(store) == [(-8500, "betaalautomaat"), (-400, "thee")]
        [successor] = loaded(store).loc[lambda frame: frame["amount_ct"] == -8500, "tx"]
        assert (version.superseded_by, version.valid_to) == (successor, NOW)
    else:
        assert len(loaded(store)) == 3, "a part of an answer ends nothing"
        assert version.valid_to is None


def test_a_row_that_vanishes_is_a_tombstone_and_comes_back_to_life(store):
    fetch(store, row(), row(-400, "thee"))
    before = keys(store)

    assert fetch(store, row(-400, "thee")).gone == 1
    assert said(store) == [(-400, "thee")]

    assert fetch(store, row(), row(-400, "thee")).new == 0
    assert keys(store) == before


@pytest.mark.parametrize(
    "window",
    [None, Window(MAY, date(2026, 5, 31), complete=False), Window(date(2026, 5, 6), date(2026, 5, 31))],
    ids=["no window", "part of it", "other days"],
)
def test_what_is_absent_from_a_part_of_an_answer_stays(store, window):
    fetch(store, row(), row(-400, "thee", day=date(2026, 5, 8)))

    assert fetch(store, row(-400, "thee", day=date(2026, 5, 8)), window=window).gone == 0
    assert len(loaded(store)) == 2


def test_a_bank_that_selects_by_value_day_ends_no_row_at_the_edge(store):
    early = row(day=date(2026, 5, 6), value_on=pd.Timestamp("2026-05-03"))
    later = row(-400, "thee", day=date(2026, 5, 8))
    fetch(store, early, later)

    assert fetch(store, later, window=Window(date(2026, 5, 5), date(2026, 5, 31))).gone == 0


def test_an_answer_without_any_row_ends_nothing(store):
    """A bank that answers with nothing is out of order more often than it forgot a life."""
    fetch(store, *month())

    assert fetch(store).gone == 0
    assert len(loaded(store)) == len(month())


def test_windows_that_overlap_or_split_give_the_same_rows(store):
    rows = month()

    def part(first: int, last: int) -> None:
        window = Window(date(2026, 5, first), date(2026, 5, last))
        inside = [line for line in rows if window.since <= line["booked_on"].date() <= window.until]
        fetch(store, *inside, window=window)

    for first, last in [(1, 10), (8, 20), (1, 31), (11, 12)]:
        part(first, last)

    assert len(loaded(store)) == len(rows)


def test_a_file_and_the_bank_give_one_row_between_them(store):
    """A statement file words the same entry in another way."""
    fetch(store, row(-1250, "Factuur 99", counterparty_name="Energie BV", entry_reference="E-5000"))
    in_file = row(-1250, "SEPA INCASSO /NAME/ENERGIE BV/REMI/FACTUUR 99", counterparty_name="")

    kept = fetch(store, in_file, source="file")
    again = fetch(store, in_file, source="file")
    synced = fetch(store, row(-1250, "Factuur 99", counterparty_name="Energie BV", entry_reference="E-5000"))

    assert (kept.new, again.new, again.changed, synced.new, synced.changed) == (0, 0, 0, 0, 0)
    assert len(loaded(store)) == 1
    [version] = store.ledger.versions("case-1")
    assert version.sources == {"file", BANK}
    assert len(loaded(store, "another.bank")) == 1, "what the file gave stays open without the bank"


def test_a_row_that_only_the_bank_stops_giving_stays_while_a_file_gives_it(store):
    fetch(store, row(), row(-400, "thee"))
    fetch(store, row(), source="file", window=None)

    assert fetch(store, row(-400, "thee")).gone == 0
    assert len(loaded(store)) == 2
    assert len(loaded(store, "another.bank")) == 1


def test_what_a_file_has_as_booked_settles_what_the_bank_announced(store):
    fetch(store, row(status="pending"), row(-999, "anders", status="pending"))

    fetch(store, row(day=DAY + timedelta(days=1)), source="file", window=None)

    statuses = loaded(store).groupby("status")["amount_ct"].agg(list).to_dict()
    assert statuses == {"booked": [-325], "pending": [-999]}


def test_pending_rows_of_one_source_are_not_replaced_by_another(store):
    waiting = row(-999, "anders", status="pending")
    fetch(store, waiting)
    fetch(store, waiting, source="file", window=None)
    assert len(loaded(store)) == 1

    fetch(store)

    assert len(loaded(store, "another.bank")) == 1, "the file still announces it"


def test_a_row_doubled_by_its_bank_shows_in_the_balances(store):
    """Nothing tells a doubled row from a true twin but the balance: it is kept, and said."""
    fetch(store, row(), opening=10_000)
    data = received([row(), row()])
    account = received([row()], opening=10_000).accounts[0]

    store.ledger.keep("case-1", data.transactions, [account], at=NOW, source=BANK, windows={ACCOUNT: WHOLE})

    [kept] = store.ledger.load("case-1", purpose="debt_help", at=NOW, banks=[BANK]).accounts
    assert kept.proven is False
    assert kept.unreconciled == (Unreconciled(date(2026, 5, 3), DAY, Money(325)),)


def test_a_key_once_given_is_never_given_to_another_row(store):
    fetch(store, row(text="koffie"))
    [tx] = keys(store)
    fetch(store, row(text="koffie verwerkt"))

    fetch(store, row(text="koffie verwerkt"), row(text="koffie"))

    assert tx in keys(store)
    assert said(store) == [(-325, "koffie"), (-325, "koffie verwerkt")]
    assert fetch(store, row(text="koffie verwerkt"), row(text="koffie")).new == 0
