"""Every shipped rule file is complete, sourced and gapless, and its first day is a real border."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from law_material import book, law
from psd2_affordability.core.errors import RuleNotInForce
from psd2_affordability.core.money import Money
from psd2_affordability.rulebook.load import load_instrument
from psd2_affordability.rulebook.model import Grade, Instrument
from psd2_affordability.rulebook.verify import stale

RULES = list(book().instruments.values())
each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
WRITTEN_ON = date(2026, 11, 22)

# The published maxima of art. 475da lid 1 Rv, written down a second time, apart from the rule file.
MAXIMA = """
2021-01-01 1661.40 1779.52 2199.34 2317.45
2021-07-01 1664.51 1782.62 2203.77 2321.89
2022-01-01 1691.66 1814.73 2236.89 2262.98
2022-07-01 1701.27 1822.06 2250.62 2274.43
2023-01-01 1872.81 2015.84 2470.03 2509.97
2023-07-01 1892.73 2031.34 2498.47 2533.99
2024-01-01 1996.21 2162.60 2631.49 2747.09
2024-07-01 2019.60 2181.31 2664.91 2775.82
2025-01-01 2071.24 2242.24 2739.03 2855.96
2025-07-01 2093.67 2264.67 2771.07 2888.00
2026-01-01 2191.42 2526.69 2881.41 3155.31
2026-07-01 2208.48 2543.75 2905.79 3179.68
"""
KINDS = ("single", "single_parent", "couple", "couple_with_children")
PUBLISHED = [
    (date.fromisoformat(row.split()[0]), kind, amount)
    for row in MAXIMA.strip().splitlines()
    for kind, amount in zip(KINDS, row.split()[1:], strict=True)
]


@each_rule
def test_the_rule_carries_worked_examples(rule: Instrument) -> None:
    assert rule.examples


@each_rule
def test_every_figure_says_what_it_means_in_a_sentence(rule: Instrument) -> None:
    assert rule.says.endswith(".")
    assert all(quantity.says.endswith(".") for quantity in rule.quantities.values())


@each_rule
def test_every_version_says_where_it_was_read_and_not_in_the_future(rule: Instrument) -> None:
    for version in rule.versions:
        assert version.source.article
        assert version.source.url or version.source.published or version.source.read_in
        assert version.source.retrieved <= WRITTEN_ON


@each_rule
def test_a_version_graded_as_law_names_the_official_text(rule: Instrument) -> None:
    official = re.compile(r"https://(wetten\.overheid\.nl|zoek\.officielebekendmakingen\.nl)/")
    for version in rule.versions:
        if version.source.grade is Grade.LAW:
            text = version.source.url or version.source.published or version.source.read_in
            assert official.match(text) or version.source.published or "corpus" in text, version.in_force


@each_rule
def test_the_day_before_the_first_version_is_refused(rule: Instrument) -> None:
    before = rule.versions[0].in_force - timedelta(days=1)

    with pytest.raises(RuleNotInForce, match="first in force on"):
        book().at(rule.id, before)


@each_rule
def test_the_day_before_a_version_gives_other_figures(rule: Instrument) -> None:
    for earlier, later in zip(rule.versions, rule.versions[1:], strict=False):
        before = book().at(rule.id, later.in_force - timedelta(days=1))
        assert before is earlier
        assert (before.values, before.not_known) != (later.values, later.not_known), later.in_force


def test_no_shipped_rule_is_past_its_review_date() -> None:
    assert stale(book(), WRITTEN_ON) == ()


def test_all_48_published_maxima_are_there() -> None:
    assert len(PUBLISHED) == 48


@pytest.mark.parametrize(("since", "kind", "amount"), PUBLISHED)
def test_the_published_maximum_holds_from_its_first_day(since: date, kind: str, amount: str) -> None:
    found = book().on(since).money("nl.beslagvrije_voet_maxima", "maximum", kind)

    assert found == Money.euros(amount)


def test_the_annotated_example_of_the_readme_loads() -> None:
    readme = Path(__file__).resolve().parents[2] / "rules" / "README.md"
    (block,) = re.findall(r"```toml\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)

    rule = load_instrument("nl/law/voorbeeldnorm.toml", block.encode())

    assert [example.says for example in rule.examples][-1] == "The costs on a claim"


def test_the_law_covers_the_day_it_was_written() -> None:
    assert law().seizure_costs(WRITTEN_ON, title_served=True).status == "ok"
