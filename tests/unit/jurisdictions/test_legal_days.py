"""Holidays, working days and the last day of a statutory term."""

from datetime import date, timedelta

import pytest

from law_material import book
from psd2_affordability.core.errors import UnknownName
from psd2_affordability.jurisdictions.nl.days import good_friday, holiday, last_day, sunday, working_day
from psd2_affordability.jurisdictions.nl.terms import TOPICS, find_terms

NOW = date(2026, 11, 22)


def test_2026_has_the_eight_recognised_holidays() -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]

    assert [(day.isoformat()[5:], holiday(day)) for day in days if holiday(day)] == [
        ("01-01", "Nieuwjaarsdag"),
        ("04-06", "tweede paasdag"),
        ("04-27", "Koningsdag"),
        ("05-05", "vijf mei"),
        ("05-14", "Hemelvaartsdag"),
        ("05-25", "tweede pinksterdag"),
        ("12-25", "eerste kerstdag"),
        ("12-26", "tweede kerstdag"),
    ]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 4, 26), "Koningsdag"),
        (date(2025, 4, 27), ""),
        (date(2013, 4, 30), "Koninginnedag"),
        (date(2024, 3, 31), ""),
    ],
)
def test_the_kings_birthday_moves_off_a_sunday_and_easter_day_itself_is_just_a_sunday(
    day: date, name: str
) -> None:
    assert holiday(day) == name


def test_a_working_day_is_no_weekend_and_no_holiday() -> None:
    assert working_day(date(2026, 4, 28))
    assert not working_day(date(2026, 4, 27))
    assert not working_day(date(2026, 11, 21))
    assert sunday(NOW)


def test_good_friday_is_a_holiday_for_terms_alone() -> None:
    assert good_friday(date(2026, 4, 3))
    assert not holiday(date(2026, 4, 3))
    assert last_day(date(2026, 3, 20), 2, "weeks") == date(2026, 4, 7)


@pytest.mark.parametrize(
    ("start", "count", "unit", "last"),
    [
        (date(2026, 11, 2), 14, "days", date(2026, 11, 16)),
        (date(2026, 11, 1), 14, "days", date(2026, 11, 16)),
        (date(2026, 12, 11), 14, "days", date(2026, 12, 28)),
        (date(2026, 11, 20), 3, "working days", date(2026, 11, 25)),
        (date(2026, 12, 24), 1, "working days", date(2026, 12, 28)),
        (date(2026, 11, 1), 12, "weeks", date(2027, 1, 25)),
        (date(2026, 11, 1), 13, "weeks", date(2027, 1, 31)),
        (date(2026, 8, 31), 3, "months", date(2026, 11, 30)),
        (date(2026, 8, 29), 6, "months", date(2027, 2, 28)),
        (date(2024, 2, 29), 2, "years", date(2026, 2, 28)),
    ],
)
def test_a_short_term_that_ends_on_a_free_day_runs_on_and_a_long_one_does_not(
    start: date, count: int, unit: str, last: date
) -> None:
    assert last_day(start, count, unit) == last


def test_every_term_names_its_article_and_its_last_day() -> None:
    answer = find_terms(book(), NOW, starts_on=date(2026, 11, 2))

    last = {term.code: term.last_on for term in answer.terms}
    assert answer.status == "ok"
    assert all(term.article and term.says and term.count > 0 for term in answer.terms)
    assert last["collection.reminder"] == date(2026, 11, 16)
    assert last["debt_help.first_talk_threat"] == date(2026, 11, 5)
    assert last["consent.renewal"] == date(2027, 5, 1)
    assert last["consent.unattended_calls"] is None


def test_a_topic_gives_its_own_terms() -> None:
    assert {code.partition(".")[0] for code in _codes("debt_help")} == {"debt_help"}
    assert {code for topic in TOPICS for code in _codes(topic)} == set(_codes(""))
    with pytest.raises(UnknownName, match="debt_help"):
        _codes("debt-help")


def test_a_term_whose_law_is_not_known_for_the_day_is_named_and_left_out() -> None:
    answer = find_terms(book(), date(2020, 12, 31))

    assert [term.code for term in answer.terms] == ["collection.reminder"]
    assert "nl.schuldhulpverlening is first in force on 2021-01-01" in " ".join(answer.missing)
    assert find_terms(book(), date(1990, 1, 1)).status == "unknown"


def _codes(topic: str) -> list[str]:
    return [term.code for term in find_terms(book(), NOW, topic=topic).terms]
