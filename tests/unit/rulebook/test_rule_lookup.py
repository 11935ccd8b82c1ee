"""A rule answers for its own days and refuses every other day with the fact."""

from datetime import date
from fractions import Fraction

import pytest

from psd2_affordability.core.errors import RuleNotInForce, UnknownName
from psd2_affordability.core.money import Money
from psd2_affordability.rulebook.load import load_rulebook
from psd2_affordability.rulebook.lookup import Rulebook, window
from psd2_affordability.rulebook.verify import stale
from rule_material import HEAD

FILE = (
    HEAD
    + """review_by = 2026-06-30

[quantity.norm]
unit = "EUR"
per  = "month"
by   = { type = ["single", "couple"] }
says = "The norm."

[quantity.share]
unit = "percent"
says = "The share."

[[version]]
in_force = 2024-01-01
status   = "enacted"
source   = { article = "1", grade = "law", read_in = "the text", retrieved = 2026-11-22 }
[version.value]
norm  = { single = 1.00, couple = 2.00 }
share = 13.73

[[version]]
in_force = 2025-01-01
ended    = 2025-06-30
status   = "enacted"
source   = { article = "1", grade = "law", read_in = "the text", retrieved = 2026-11-22 }
not_known = ["norm.couple"]
[version.value]
norm  = { single = 3.00 }
share = 14

[[version]]
in_force = 2026-01-01
status   = "announced"
source   = { article = "1", grade = "law", read_in = "the text", retrieved = 2026-11-22 }
not_known = ["share"]
[version.value]
norm  = { single = 5.00, couple = 6.00 }
"""
)


@pytest.fixture
def rules() -> Rulebook:
    return load_rulebook({"nl/law/proef.toml": FILE.encode()})


@pytest.mark.parametrize(
    ("on", "cents"),
    [
        (date(2024, 1, 1), 100),
        (date(2024, 12, 31), 100),
        (date(2025, 1, 1), 300),
        (date(2025, 6, 30), 300),
        (date(2026, 1, 1), 500),
        (date(2040, 1, 1), 500),
    ],
)
def test_the_first_and_the_last_day_belong_to_the_version(rules: Rulebook, on: date, cents: int) -> None:
    assert rules.on(on).money("nl.proef", "norm", "single") == Money(cents)


@pytest.mark.parametrize(
    ("on", "fact"),
    [
        (date(2023, 12, 31), "first in force on 2024-01-01"),
        (date(2025, 7, 1), "last in force until 2025-06-30 and again from 2026-01-01"),
        (date(2025, 12, 31), "last in force until 2025-06-30"),
    ],
)
def test_a_day_outside_the_window_is_refused_with_the_fact(rules: Rulebook, on: date, fact: str) -> None:
    with pytest.raises(RuleNotInForce, match=fact):
        rules.at("nl.proef", on)


def test_a_figure_that_we_could_not_read_is_refused_not_guessed(rules: Rulebook) -> None:
    with pytest.raises(RuleNotInForce, match=r"norm\.couple of nl\.proef for 2025-03-01 is not known"):
        rules.on(date(2025, 3, 1)).money("nl.proef", "norm", "couple")
    with pytest.raises(RuleNotInForce, match=r"share of nl\.proef"):
        rules.on(date(2026, 3, 1)).share("nl.proef", "share")


def test_a_percentage_becomes_the_exact_share(rules: Rulebook) -> None:
    assert rules.on(date(2024, 3, 1)).share("nl.proef", "share") == Fraction(1373, 10_000)


def test_only_the_rules_that_were_used_are_on_the_receipt(rules: Rulebook) -> None:
    day = rules.on(date(2026, 3, 1))
    assert day.used == ()

    day.money("nl.proef", "norm", "single")
    day.money("nl.proef", "norm", "couple")

    (use,) = day.used
    assert (use.id, use.in_force, use.status) == ("nl.proef", date(2026, 1, 1), "announced")
    assert use.sha256 == rules.instrument("nl.proef").sha256


def test_a_day_after_the_review_date_is_flagged_as_last_known(rules: Rulebook) -> None:
    flags = {}
    for on in (date(2026, 6, 30), date(2026, 7, 1)):
        day = rules.on(on)
        day.money("nl.proef", "norm", "single")
        flags[on] = day.used[0].review_passed

    assert flags == {date(2026, 6, 30): False, date(2026, 7, 1): True}
    assert stale(rules, date(2026, 6, 30)) == ()
    assert [rule.id for rule in stale(rules, date(2026, 7, 1))] == ["nl.proef"]


def test_an_unknown_rule_figure_or_key_names_the_ones_there_are(rules: Rulebook) -> None:
    day = rules.on(date(2024, 3, 1))

    with pytest.raises(UnknownName, match=r"nl\.proef"):
        day.money("nl.prof", "norm", "single")
    with pytest.raises(UnknownName, match="norm"):
        day.money("nl.proef", "norms", "single")
    with pytest.raises(UnknownName, match="single"):
        day.money("nl.proef", "norm", "singel")


def test_asking_a_share_as_money_is_a_fault_of_the_program(rules: Rulebook) -> None:
    day = rules.on(date(2024, 3, 1))

    with pytest.raises(TypeError, match="not an amount"):
        day.money("nl.proef", "share")
    with pytest.raises(TypeError, match="not a percentage"):
        day.share("nl.proef", "norm", "single")
    with pytest.raises(TypeError, match="not a figure by key"):
        day.money("nl.proef", "share", "single")


def test_a_window_ends_the_day_before_the_next_version(rules: Rulebook) -> None:
    rule = rules.instrument("nl.proef")

    assert [window(rule, version) for version in rule.versions] == [
        (date(2024, 1, 1), date(2024, 12, 31)),
        (date(2025, 1, 1), date(2025, 6, 30)),
        (date(2026, 1, 1), None),
    ]
