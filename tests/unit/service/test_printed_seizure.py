"""What the reports say of a seizure, of the allowances beside it, and of the ground to read them."""

from dataclasses import replace
from functools import cache

import pytest

from printed_material import PEOPLE, RECEIVERS, answered, product, report, seen, text
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.service.assess_case import Answered
from psd2_affordability.service.printed.make import Wanted, report_of
from psd2_affordability.service.printed.speech import texts
from psd2_affordability.service.printed.uses import use_of
from psd2_affordability.service.receivers.rounded import in_hundreds


@cache
def consented(name: str) -> Answered:
    found = answered(name)
    receipt = replace(found.assessment.receipt, consent="consent-1")
    return Answered(replace(found.assessment, receipt=receipt), found.understood)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_collector_sees_the_balance_in_hundreds_and_the_law_to_the_cent(name):
    found, exact = seen(name, "seizure").found.seizure, answered(name).assessment.seizure
    balance = exact.expected_balance

    if isinstance(balance, Unknown):
        return
    shown = found.expected_balance
    for about, precise in ((shown.p10, balance.p10), (shown.p50, balance.p50), (shown.p90, balance.p90)):
        assert about.cents % 100_00 == 0
        assert abs(about.cents - precise.cents) <= 50_00
    assert found.net.low.cents % 100_00 == found.net.high.cents % 100_00 == 0
    assert (found.protected, found.costs) == (exact.protected, exact.costs)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("form", ["pdf", "csv", "json"])
def test_no_sentence_tells_a_collector_the_balance_to_the_cent(name, form):
    exact = answered(name).assessment.seizure
    balance, limit = exact.expected_balance, exact.yields_above
    if isinstance(balance, Unknown):
        return
    secret = [balance.p10, balance.p50, balance.p90]
    if not isinstance(limit, Unknown) and balance.p50.cents:  # from zero it is as far as the law says itself
        secret += [limit - balance.p50, balance.p50 - limit]
    made = report(name, "seizure", form)
    said = text(made) if form == "pdf" else made.decode()

    for amount in secret:
        if amount.cents % 100_00:
            for spoken in (amount.spoken(), amount.spoken(language="nl"), str(amount)):
                assert spoken not in said, spoken


@pytest.mark.parametrize("name", PEOPLE)
def test_the_sentences_for_a_collector_say_about_how_much_in_both_languages(name):
    exact = answered(name).assessment.seizure
    telling = {"seizure.above_protected", "seizure.below_protected", "seizure.turns_above"}

    for reason in in_hundreds(exact).reasons:
        if reason.code in telling:
            assert "about " in reason.says
            assert "ongeveer " in reason.says_nl


def test_the_person_and_the_counsellor_see_the_balance_to_the_cent():
    balance = answered("daan").assessment.seizure.expected_balance

    assert balance.p50.cents % 100_00
    for use in ("person", "debt_help"):
        assert seen("daan", use).found.seizure.expected_balance == balance


def unclaimed() -> list[str]:
    return [
        name
        for name in PEOPLE
        if any(one.verdict == "unclaimed" for one in answered(name).assessment.allowances or ())
    ]


@pytest.mark.parametrize("use", ["debt_help", "person"])
def test_allowances_come_before_the_seizure_and_stand_in_the_first_table(use):
    assert unclaimed()
    for name in unclaimed():
        said = text(report(name, use))
        table = said[said.index(texts()["answers"][0]) :]
        seizing = "Seizing the bank account"

        assert "probably not claimed: " in table[: table.index(seizing)]
        after = said[said.index(seizing) + len(seizing) :]
        assert after.index("Allowances a month") < after.index(seizing)


def test_the_first_table_says_what_is_missing_a_month():
    [first, *_] = unclaimed()
    gaps = [
        one.gap
        for one in answered(first).assessment.allowances
        if one.verdict in {"unclaimed", "too_low"} and not isinstance(one.gap, Unknown)
    ]
    least = Money.total(gap.low for gap in gaps)

    said = text(report(first, "debt_help"))
    table = said[said.index(texts()["answers"][0]) :]
    assert least.spoken() in table[: table.index("Seizing the bank account")]


@pytest.mark.parametrize("name", PEOPLE)
def test_the_person_alone_reads_what_the_seizure_answer_means_for_them(name):
    means = texts()[f"seizure.means.{answered(name).assessment.seizure.verdict}"][0]

    assert means in text(report(name, "person"))
    assert means not in text(report(name, "debt_help"))
    assert means not in text(report(name, "seizure"))


@pytest.mark.parametrize("use", RECEIVERS)
def test_a_receiver_is_told_of_a_consent_only_where_the_receipt_names_one(use):
    with_consent = text(report_of(product(), consented("daan"), Wanted(use_of(use))))
    without = text(report(("daan"), use))

    assert "consented to this purpose alone" in with_consent
    assert "No consent of the person is known" not in with_consent
    assert "consented" not in without
    assert "must have a lawful ground" in without


@pytest.mark.parametrize("use", RECEIVERS)
def test_that_no_consent_is_known_is_said_in_dutch_too(use):
    assert "geen toestemming van de persoon bekend" in text(report("daan", use, language="nl"))
