"""The rules as people and programs see them."""

from datetime import date
from typing import Any

import pytest

from law_material import book
from psd2_affordability.core.errors import RuleNotInForce, UnknownName, UsageError
from psd2_affordability.service.rules_view import (
    list_rules,
    parse_where,
    show_rule,
    stale_rules,
    verify_rules,
)


def show(rule: str, on: date | None = None, **where: str) -> dict[str, Any]:
    return show_rule(book(), rule, on, where)


def test_the_list_names_every_rule_with_its_grade_and_review_date() -> None:
    rows = list_rules(book())

    assert [row["id"] for row in rows] == list(book().instruments)
    assert {"grade", "review_by", "first_in_force"} <= set(rows[0])


def test_the_list_of_a_day_leaves_out_rules_that_give_nothing_for_it() -> None:
    ids = [row["id"] for row in list_rules(book(), date(2025, 12, 31))]

    assert "nl.huurtoeslag_tot_2025" in ids
    assert "nl.huurtoeslag" not in ids


def test_one_figure_on_one_day_comes_with_its_source() -> None:
    (version,) = show("nl.bijstandsnorm", date(2026, 11, 22), type="single")["versions"]

    assert version["values"] == [
        {"name": "norm", "unit": "EUR", "per": "month", "by": {"type": "single"}, "value": "1419.46"}
    ]
    assert version["source"]["grade"] == "official"
    assert (version["in_force"], version["until"]) == ("2026-07-01", None)


def test_without_a_day_every_version_is_shown_with_its_window() -> None:
    versions = show("nl.beslagvrije_voet_maxima")["versions"]

    assert len(versions) == 12
    assert (versions[0]["in_force"], versions[0]["until"]) == ("2021-01-01", "2021-06-30")


def test_percentages_are_shown_as_printed() -> None:
    (version,) = show("nl.zorgtoeslag", date(2026, 11, 22))["versions"]

    assert "13.730" in [figure["value"] for figure in version["values"]]


def test_a_scale_is_shown_bracket_by_bracket() -> None:
    (version,) = show("nl.incassokosten")["versions"]
    (scale,) = [figure for figure in version["values"] if figure["name"] == "scale"]

    assert scale["value"][0] == {"up_to": "2500.00", "rate": "15"}
    assert scale["value"][-1] == {"up_to": None, "rate": "0.5"}


def test_a_day_outside_the_rule_is_refused_with_the_fact() -> None:
    with pytest.raises(RuleNotInForce, match="first in force on 2021-01-01"):
        show("nl.beslagvrije_voet_maxima", date(2020, 12, 31))


def test_an_unknown_rule_dimension_or_key_names_the_ones_there_are() -> None:
    with pytest.raises(UnknownName, match=r"nl\.bijstandsnorm"):
        show("nl.bijstandnorm")
    with pytest.raises(UnknownName, match="type"):
        show("nl.bijstandsnorm", household="single")
    with pytest.raises(UnknownName, match="single"):
        show("nl.bijstandsnorm", type="singel")


@pytest.mark.parametrize("text", ["type", "=single", "type="])
def test_a_condition_is_written_as_key_and_value(text: str) -> None:
    with pytest.raises(UsageError, match="key=value"):
        parse_where([text])


def test_every_worked_example_holds() -> None:
    results = verify_rules(book())

    assert [result for result in results if not result.passed] == []
    assert {result.rule for result in results} == set(book().instruments)


def test_the_half_year_figures_are_the_first_to_be_overdue() -> None:
    assert stale_rules(book(), date(2026, 12, 31)) == []
    assert "nl.beslagvrije_voet_maxima" in [row["id"] for row in stale_rules(book(), date(2027, 1, 1))]
