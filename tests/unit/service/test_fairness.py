"""The measurement over groups: what is true was drawn first, and every count can be made again by hand."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from psd2_affordability.cli.fairness import _known
from psd2_affordability.sandbox.ledger_view import banked_ledger
from psd2_affordability.sandbox.lives import FIRST_DAY, LAST_DAY
from psd2_affordability.sandbox.population import population
from psd2_affordability.sandbox.population_draw import WORK
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.fairness import FairnessReport, fairness_of, true_room
from psd2_affordability.service.fairness_document import document

PEOPLE = 48
WIRED = product()


@pytest.fixture(scope="module")
def drawn():
    return list(population(7, PEOPLE))


@pytest.fixture(scope="module")
def report(drawn) -> FairnessReport:
    frame = banked_ledger(each.banked for each in drawn)
    return fairness_of(WIRED, frame, [_known(each) for each in drawn], LAST_DAY)


def test_the_same_seed_draws_the_same_people_and_another_seed_draws_others(drawn):
    assert list(population(7, PEOPLE)) == drawn
    assert [each.truth for each in population(8, PEOPLE)] != [each.truth for each in drawn]


def test_every_kind_of_work_is_drawn_as_often(drawn):
    assert Counter(each.groups["work"] for each in drawn) == dict.fromkeys(WORK, PEOPLE // len(WORK))


def test_twins_have_the_same_money_on_the_same_days_and_other_names(drawn):
    by_subject = {each.subject: each for each in drawn}
    for one in drawn:
        other = by_subject[one.twin]
        moved, moved_too = (
            [(entry.booked_on, entry.amount_ct) for entry in each.banked.accounts[0].entries]
            for each in (one, other)
        )

        assert moved == moved_too
        assert one.truth == other.truth
        assert one.banked.display_name != other.banked.display_name


def test_what_is_true_of_income_is_what_the_accounts_receive_in_a_usual_month(drawn):
    """But for turnover, of which tax was never income, and a quarter's edge of what comes now and then."""
    for one in drawn:
        if one.groups["work"] == "self-employed":
            continue
        came_in = sum(
            entry.amount_ct
            for entry in one.banked.accounts[0].entries
            if entry.amount_ct > 0 and not entry.return_reason
        )
        months = Fraction((LAST_DAY - FIRST_DAY).days, 365) * 12

        assert abs(came_in / months - one.truth.income_ct) < one.truth.income_ct / 10


def test_nobody_has_more_true_room_than_the_law_leaves(drawn):
    for one in map(_known, drawn):
        assert true_room(WIRED, one, LAST_DAY) <= one.counted


def test_everybody_stands_in_one_group_of_names_and_one_of_each_pair_in_the_others(report):
    for kind, people in (("names", PEOPLE), ("work", PEOPLE // 2), ("age", PEOPLE // 2)):
        assert sum(one.people for one in report.groups if one.kind == kind) == people


def test_who_can_bear_it_is_either_within_norms_or_sent_to_a_person(report):
    for one in report.groups:
        assert one.within.n == one.referred.n
        assert one.within.count + one.referred.count == one.within.n
        assert one.within.n + one.passed.n == one.people


def test_no_other_name_gives_another_answer(report):
    assert (report.twins.count, report.twins.n) == (0, PEOPLE // 2)


def test_a_group_below_four_fifths_of_the_best_is_flagged_and_no_other(report):
    for kind in {one.kind for one in report.groups}:
        groups = [one for one in report.groups if one.kind == kind]
        for name in ("within", "planned", "close"):
            shares = {
                one.group: Fraction(getattr(one, name).count, getattr(one, name).n)
                for one in groups
                if getattr(one, name).n
            }
            low = {group for group, share in shares.items() if share < Fraction(4, 5) * max(shares.values())}
            assert {one.group for one in groups if name in one.flags} == low


def test_a_measurement_shows_it_when_names_do_matter(drawn):
    """The twins differ as soon as one of them is told of worse: the comparison can fail."""
    known = [_known(each) for each in drawn[:12]]
    frame = banked_ledger(each.banked for each in drawn[:12])
    stated = known[0].balances[0].amount
    poorer = [
        replace(one, balances=(replace(one.balances[0], amount=-abs(stated) - stated),))
        if one.subject.endswith("b")
        else one
        for one in known
    ]

    assert fairness_of(WIRED, frame, poorer, LAST_DAY).twins.count > 0


def test_the_document_says_what_it_does_not_prove(report):
    text = document(report, 7)

    assert f"invented population of {PEOPLE} people" in text
    assert "No flag is no proof of fairness" in text
    assert text.count("| self-employed |") == 2
