"""What is kept word for word is not masked again, and nothing is kept in clear because of that."""

from datetime import date

import pytest

from masking_material import CANARY, SECRETS, UNION, life, party, rows
from psd2_affordability.categorise.privacy import mask
from psd2_affordability.ledger.merge import Window
from psd2_affordability.service.bootstrap import product
from store_material import ACCOUNT, NOW, entry, received

CASE = "case-1"
DAY = date(2026, 5, 4)
WHOLE = {ACCOUNT: Window(date(2026, 1, 1), NOW.date())}


@pytest.fixture(scope="module")
def knowledge():
    return product().knowledge


class Filter:
    """Masks as the product does, and counts what it is given."""

    def __init__(self, knowledge) -> None:
        self.knowledge = knowledge
        self.seen: list[int] = []

    def __call__(self, frame, mark, known):
        self.seen.append(len(frame))
        return mask(frame, self.knowledge, {CASE: {ACCOUNT, *known}}, mark)


@pytest.fixture
def masking(knowledge):
    return Filter(knowledge)


def keep(store, data, masking, *, source="nl.bank", windows=None, case=CASE):
    return store.ledger.keep(
        case, data.transactions, data.accounts, at=NOW, source=source, windows=windows, masking=masking
    )


def stored(store, case=CASE):
    return store.ledger.load(case, purpose="debt_help", at=NOW, banks={"nl.bank", "nl.other"}).transactions


def told(frame):
    """What rows say, without the hashes that hang from the key of their case."""
    names, texts = ["counterparty_name", "remittance"], ["booked_on", "amount_ct", "settled"]
    plain = frame[names].replace(r"-[0-9a-f]{8}\b", "", regex=True).join(frame[texts])
    return sorted(plain.itertuples(index=False, name=None))


@pytest.mark.parametrize("windows", [None, WHOLE], ids=["part", "whole"])
def test_rows_that_are_kept_word_for_word_are_not_masked_again(file_store, masking, windows):
    first = keep(file_store, life(), masking, windows=windows)
    before = stored(file_store)

    again = keep(file_store, life(), masking, windows=windows)

    assert masking.seen == [len(rows())]
    assert (first.persons > 0, again.persons, again.special, again.texts) == (True, 0, 0, 0)
    assert (again.new, again.same, again.changed, again.gone) == (0, len(rows()), 0, 0)
    assert stored(file_store).equals(before)


def test_of_a_longer_answer_only_what_is_new_is_masked_and_all_is_kept_as_if_it_came_at_once(
    file_store, masking
):
    keep(file_store, life(months=2), masking)
    keep(file_store, life(months=3), masking)
    keep(file_store, life(months=3), masking, case="at-once")

    assert masking.seen == [len(rows(months=2)), len(rows()) - len(rows(months=2)), len(rows())]
    assert told(stored(file_store)) == told(stored(file_store, "at-once"))


def test_pending_rows_are_masked_each_time_since_they_are_kept_anew(file_store, masking):
    waiting = party(DAY, -900, "J. Vlinderkamp", "", f"straks {CANARY}", status="pending")
    data = received([*rows(), waiting])

    keep(file_store, data, masking)
    keep(file_store, data, masking)

    assert masking.seen == [len(rows()) + 1, 1]
    assert CANARY not in stored(file_store).to_csv()


def test_a_bank_number_that_comes_later_is_masked_like_the_rest_of_its_row(file_store, masking):
    def dues(**more):
        return received([party(DAY, -1_795, "FNV", UNION, f"contributie {CANARY}", **more), entry(DAY, -100)])

    keep(file_store, dues(), masking)
    keep(file_store, dues(entry_reference=f"R-{CANARY}"), masking)

    kept = stored(file_store).set_index("amount_ct")
    assert masking.seen == [2, 1]
    assert kept.loc[-1_795, "entry_reference"] != ""
    assert [secret for secret in SECRETS if secret in kept.to_csv()] == []


def test_rows_that_went_came_back_or_came_from_another_bank_stay_masked(file_store, masking):
    less = received(rows()[2:])

    for source, data in (
        ("nl.bank", life()),
        ("nl.bank", less),
        ("nl.other", life()),
        ("nl.bank", life()),
        ("file", life()),
    ):
        keep(file_store, data, masking, source=source, windows=WHOLE)

    kept = stored(file_store)
    assert len(kept) == len(rows())
    assert [secret for secret in SECRETS if secret.lower() in kept.to_csv().lower()] == []
