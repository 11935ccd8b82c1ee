"""What a collector may ask, when contact may be made, and what a claim must say."""

from datetime import date, datetime

import pytest

from law_material import book, euros, exact, law, refusal
from psd2_affordability.core.answer import LegalAnswer
from psd2_affordability.core.errors import UnknownName, UsageError
from psd2_affordability.jurisdictions.nl.collection_duties import DESCRIPTION, WITH_VAT
from psd2_affordability.service.law_duties import (
    checks_json,
    claim_described,
    contact_allowed,
    local_moment,
    terms_json,
    terms_of_law,
)

NOW = date(2026, 11, 22)
EVERYTHING = [field for field, _, _ in DESCRIPTION]


def costs(*principals: str, on: date = NOW, **facts: bool | date) -> LegalAnswer:
    first, *further = map(euros, principals)
    return law().collection_costs(first, on, further=tuple(further), **facts)  # type: ignore[arg-type] # facts by name


def test_the_principals_of_several_claims_are_added_up_in_one_reminder() -> None:
    together = costs("100", "150", "16.67")

    assert exact(together) == euros("40.00")
    assert together.steps[0].article == "6:96 lid 7 BW"
    assert together.steps[0].amount == euros("266.67")
    assert exact(costs("2500", "2500")) == euros("625.00")


def test_added_up_is_never_more_than_apart() -> None:
    apart = sum(exact(costs(claim)).cents for claim in ("1200", "2000", "90"))

    assert exact(costs("1200", "2000", "90")).cents <= apart


@pytest.mark.parametrize(
    ("on", "owed"),
    [(date(2026, 11, 2), "0.00"), (date(2026, 11, 16), "0.00"), (date(2026, 11, 17), "150.00")],
)
def test_a_consumer_owes_nothing_until_the_reminder_has_gone_unanswered(on: date, owed: str) -> None:
    answer = costs("1000", on=on, reminded_on=date(2026, 11, 2))

    assert str(exact(answer)) == owed
    assert "17 November 2026" in " ".join(step.says for step in answer.steps)


def test_a_reminder_of_a_later_day_is_refused() -> None:
    assert "lies after" in refusal(costs("1000", reminded_on=date(2026, 11, 23)))


def test_a_business_needs_no_reminder_and_owes_at_least_the_minimum() -> None:
    answer = costs("50", business=True)

    assert exact(answer) == euros("40.00")
    assert "6:96 lid 4 BW" in [step.article for step in answer.steps]
    assert "6:96 lid 6 BW" not in [step.article for step in answer.steps]


def test_small_instalments_of_one_contract_have_a_fee_that_we_do_not_know() -> None:
    assert "art. 2a Bik" in refusal(costs("50", "50", instalments=True))
    assert exact(costs("50", "50", on=date(2024, 9, 30), instalments=True)) == euros("40.00")
    assert exact(costs("500", "500", instalments=True)) == euros("150.00")


def test_one_claim_of_nothing_spoils_the_sum() -> None:
    assert "no collection costs" in refusal(costs("50", "0"))


@pytest.mark.parametrize(
    ("at", "status", "broken"),
    [
        ("2026-11-23T06:59", "finding", ["contact.hours"]),
        ("2026-11-23T07:00", "ok", []),
        ("2026-11-23T19:59:59", "ok", []),
        ("2026-11-23T20:00", "finding", ["contact.hours"]),
        ("2026-11-22T12:00", "finding", ["contact.sunday"]),
        ("2026-11-21T12:00", "ok", []),
        ("2026-12-25T12:00", "finding", ["contact.holiday"]),
        ("2026-05-05T12:00", "finding", ["contact.holiday"]),
        ("2027-12-26T21:00", "finding", ["contact.hours", "contact.sunday", "contact.holiday"]),
        ("2026-04-03T12:00", "unknown", []),
        ("2024-03-31T12:00", "unknown", []),
    ],
)
def test_contact_keeps_the_quiet_hours_sundays_and_holidays(at: str, status: str, broken: list[str]) -> None:
    answer = contact_allowed(book(), datetime.fromisoformat(at))

    assert answer.status == status
    assert [check.code for check in answer.checks if check.holds is False] == broken


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ("2026-11-23T05:00", "2026-11-23 07:00"),
        ("2026-11-23T22:15", "2026-11-24 07:00"),
        ("2026-11-21T20:00", "2026-11-23 07:00"),
        ("2026-12-24T21:00", "2026-12-28 07:00"),
        ("2026-04-02T21:00", "2026-04-04 07:00"),
    ],
)
def test_a_moment_that_is_not_allowed_says_when_to_try(at: str, then: str) -> None:
    answer = contact_allowed(book(), datetime.fromisoformat(at))

    assert f"wait until {then}" in str(checks_json(answer)["reason"])


def test_before_the_decree_nothing_is_said_of_contact() -> None:
    answer = contact_allowed(book(), datetime.fromisoformat("2024-03-31T12:00"))

    assert checks_json(answer)["reason"] == (
        "nothing is known for 2024-03-31: nl.incassodienstverlening is first in force on 2024-04-01"
    )


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-11-22", "2026-11-22T19:30+01:00"])
def test_a_moment_is_dutch_local_time_and_nothing_else(text: str) -> None:
    with pytest.raises(UsageError, match="local time"):
        local_moment(text)


def test_a_description_with_every_field_is_complete() -> None:
    assert claim_described(book(), NOW, EVERYTHING).status == "ok"
    assert checks_json(claim_described(book(), NOW, EVERYTHING))["reason"] == ""


@pytest.mark.parametrize("field", EVERYTHING)
def test_each_missing_field_is_found_with_its_article(field: str) -> None:
    answer = claim_described(book(), NOW, [given for given in EVERYTHING if given != field])

    [broken] = [check for check in answer.checks if not check.holds]
    assert (answer.status, broken.code) == ("finding", f"claim.{field}")
    assert broken.article.endswith(("Bki", "Wki"))


def test_vat_is_specified_only_when_it_is_asked_for() -> None:
    assert claim_described(book(), NOW, EVERYTHING, vat=True).status == "finding"
    with_vat = [*EVERYTHING, *(field for field, _, _ in WITH_VAT)]
    assert claim_described(book(), NOW, with_vat, vat=True).status == "ok"


def test_a_field_that_nobody_asks_for_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="principal"):
        claim_described(book(), NOW, ["principle"])


def test_before_the_decree_nothing_is_asked_of_a_description() -> None:
    assert claim_described(book(), date(2024, 3, 31), EVERYTHING).status == "unknown"


def test_the_terms_have_a_published_shape() -> None:
    shape = terms_json(terms_of_law(book(), NOW, starts_on=date(2026, 11, 2), topic="collection"))

    assert list(shape) == ["question", "on", "starts_on", "status", "terms", "reason", "receipt"]
    assert isinstance(shape["terms"], list)
    assert shape["terms"][0] == {
        "code": "collection.reminder",
        "article": "6:96 lid 6 BW",
        "says": "a consumer can pay without costs, from the day after the reminder",
        "count": 14,
        "unit": "days",
        "last_on": "2026-11-16",
    }
