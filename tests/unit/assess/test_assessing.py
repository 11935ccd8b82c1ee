"""The whole assessment: many subjects at once, its receipt, and what always holds."""

from datetime import date, timedelta
from fractions import Fraction

import pandas as pd
import pytest
from assess_builders import (
    KNOWLEDGE,
    ON,
    SINGLE,
    Life,
    TenLineLaw,
    assessed,
    balance,
    euros,
    understood,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from psd2_affordability.assess import portions
from psd2_affordability.assess.case import Case
from psd2_affordability.assess.reckoning import at_share
from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.run import PARTS, assess
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.ledger.fingerprint import fingerprints

CASE = Case(household=SINGLE, balances=(balance(1200),), total_debt=euros(900), consent="consent-1")
CATEGORIES = (
    "inkomen.loon",
    "inkomen.toeslag_zorg",
    "inkomen.zzp",
    "belasting.btw",
    "wonen.huur",
    "huishouden.boodschappen",
    "huishouden.horeca",
    "schuld.lening",
    "schuld.incassobureau",
    "contant.opname",
    "gokken.inzet",
    "storno.teruggeboekt",
    "onbekend",
)


def lives_at_once(*lives: Life, seed: int | None = None) -> dict[str, Assessment]:
    cases = {life.subject: CASE for life in lives}
    return assess(understood(*lives, seed=seed), cases, TenLineLaw(), KNOWLEDGE, ON)


def test_many_subjects_at_once_get_the_same_answers_as_each_alone():
    lives = [Life("eva").usual(), Life("bob").usual(1500).loose("onbekend", -40), Life("cas")]

    together = lives_at_once(*lives)

    assert together == {life.subject: assessed(life, CASE) for life in lives}
    assert list(together) == ["bob", "cas", "eva"]


@pytest.mark.parametrize("seed", [None, 5])
def test_subjects_taken_in_portions_get_the_answers_of_all_at_once(
    seed: int | None, monkeypatch: pytest.MonkeyPatch
):
    lives = [
        Life("eva").usual(),
        Life("bob").usual(1500).loose("onbekend", -40),
        Life("cas"),
        Life("dot").usual(1900).loose("inkomen.belastingteruggave", 310),
        Life("fem").loose("huishouden.boodschappen", -52),
    ]
    whole = lives_at_once(*lives)
    monkeypatch.setattr(portions, "_AT_ONCE", 2)

    assert lives_at_once(*lives, seed=seed) == whole


def test_parts_that_are_not_asked_for_are_absent():
    told = assess(understood(Life().usual()), {"eva": CASE}, TenLineLaw(), KNOWLEDGE, ON, ("signals",))["eva"]

    assert told.signals == ()
    assert all(getattr(told, part) is None for part in PARTS if part != "signals")


def test_asking_one_part_gives_what_asking_all_gives():
    life = understood(Life().usual())
    whole = assess(life, {"eva": CASE}, TenLineLaw(), KNOWLEDGE, ON)["eva"]

    for part in PARTS:
        alone = assess(life, {"eva": CASE}, TenLineLaw(), KNOWLEDGE, ON, (part,))["eva"]
        assert getattr(alone, part) == getattr(whole, part)


def test_the_receipt_names_the_rules_the_data_and_the_consent():
    receipt = assessed(Life().usual(), CASE).receipt

    assert [rule.id for rule in receipt.rules] == ["xx.rule"]
    assert (receipt.consent, receipt.on, receipt.data.rows) == ("consent-1", ON, 78)
    assert receipt.knowledge_sha256 == KNOWLEDGE.sha256


def test_the_fingerprint_changes_with_every_value_and_not_with_the_order():
    frame = understood(Life("eva").usual(), Life("bob").usual()).frame
    changed = frame.copy()
    changed.loc[changed.index[3], "mandate_id"] = "x"
    shuffled = fingerprints(frame.sample(frac=1, random_state=4))

    assert fingerprints(frame) == shuffled
    assert fingerprints(frame)["eva"] != fingerprints(changed)["eva"]
    assert fingerprints(frame)["bob"] == fingerprints(changed)["bob"]


def test_a_subject_with_a_case_but_without_rows_gets_an_answer():
    told = assess(understood(Life().usual()), {"eva": CASE, "zoe": CASE}, TenLineLaw(), KNOWLEDGE, ON)

    assert told["zoe"].data_quality.transactions == 0


bookings = st.lists(
    st.tuples(st.sampled_from(CATEGORIES), st.integers(-90_000, 300_000), st.integers(0, 400)),
    max_size=60,
)


def life_of(rows: list[tuple[str, int, int]]) -> Life:
    life = Life()
    for category, cents, back in rows:
        amount = abs(cents) if category.startswith(("inkomen", "storno")) else -abs(cents)
        life.book(category, str(euros_of(amount)), ON - timedelta(days=back))
    return life


def euros_of(cents: int):
    from psd2_affordability.core.money import Money

    return Money(cents)


@settings(max_examples=60, deadline=None)
@given(bookings, st.integers(0, 1000))
def test_the_order_of_the_rows_changes_nothing(rows, seed):
    life = life_of(rows)

    assert lives_at_once(life, seed=seed) == lives_at_once(life)


@settings(max_examples=80, deadline=None)
@given(bookings)
def test_room_is_never_negative_and_never_above_what_the_law_leaves(rows):
    told = assessed(life_of(rows), CASE)
    room, counted = told.room.monthly, told.income.for_protection

    if isinstance(room, Range) and isinstance(counted, Range):
        floor = told.room.floor.value
        for part in ("low", "mid", "high"):
            month, income = getattr(room, part), getattr(counted, part)
            assert month >= euros(0)
            assert month <= max(euros(0), income - floor.low)
        assert room.low <= room.mid <= room.high
        for option in told.room.options:
            assert euros(0) < option.amount <= room.mid


@settings(max_examples=40, deadline=None)
@given(st.integers(1000, 4000), st.integers(0, 800))
def test_more_income_never_means_less_room(wage, more):
    less = assessed(Life().usual(wage), CASE).room.monthly
    richer = assessed(Life().usual(wage + more), CASE).room.monthly

    assert richer.low >= less.low
    assert richer.mid >= less.mid
    assert richer.high >= less.high


@settings(max_examples=60, deadline=None)
@given(bookings, st.integers(-100_000, 900_000))
def test_a_seizure_never_brings_more_than_the_balance(rows, cents):
    case = Case(household=SINGLE, balances=(balance(str(euros_of(cents))),))
    found = assessed(life_of(rows), case).seizure

    if isinstance(found.expected_proceeds, Unknown):
        assert found.expected_proceeds.code == "history.out_of_date"
        return
    assert found.expected_proceeds.high <= max(euros(0), found.expected_balance.p90)
    assert found.expected_proceeds.low <= found.expected_proceeds.high


@pytest.mark.parametrize("size", range(1, 8))
def test_a_share_of_a_series_is_a_value_that_is_in_it(size: int):
    series = [date(2026, 1, day).toordinal() for day in range(1, size + 1)]

    for part in range(1, 10):
        assert at_share(series, Fraction(part, 10)) in series


def test_a_frame_joined_from_pieces_has_the_fingerprints_of_the_pieces():
    eva, bob = understood(Life("eva").usual()).frame, understood(Life("bob").usual()).frame

    assert fingerprints(pd.concat([eva, bob])) == fingerprints(eva) | fingerprints(bob)
