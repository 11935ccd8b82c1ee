"""Corrections by people: what they change, what they leave alone, and how they are taken back."""

import json
from datetime import date

import pytest

from masking_material import CANARY, life, party
from psd2_affordability.core.errors import ConsentNotValid, UnknownName, UsageError
from psd2_affordability.service.assess_case import Question, assess_kept
from psd2_affordability.service.corrections import Said, accept_rule, correct, history, undo
from psd2_affordability.service.keep import keep_received
from psd2_affordability.service.shown_rows import shown_rows
from psd2_affordability.service.wire import to_json
from store_material import NOW, received

CASE = "case-1"
ON = date(2026, 6, 1)
TODAY = NOW.date()
POCKET_MONEY = -4_500
UNTOUCHED = ["amount_ct", "booked_on", "category", "group", "evidence", "confidence", "pair", "channel"]


@pytest.fixture
def wired(wired):
    keep_received(wired, CASE, life(months=4), source="file")
    return wired


def answered(wired):
    return assess_kept(wired, CASE, "debt_help", Question(on=ON))


def frame(wired):
    return answered(wired).understood.frame.set_index("tx")


def keys(wired, cents: int) -> list[str]:
    found = frame(wired)
    return found[found["amount_ct"] == cents].sort_values("booked_on").index.tolist()


def said(wired, tx: str, category: str = "kinderen.alimentatie", **more):
    told = Said(category, **{"reason": "zie de beschikking", "by": "worker", **more})
    return correct(wired, CASE, tx, told, purpose="debt_help")


def test_a_corrected_row_is_what_the_person_says_and_shows_what_was_decided(wired):
    tx = keys(wired, POCKET_MONEY)[0]

    done = said(wired, tx)

    row = frame(wired).loc[tx]
    assert (row["category"], row["evidence"], row["confidence"]) == ("kinderen.alimentatie", "human", 100)
    assert row["corrected_from"] == done.decided == "huishouden.particulier"


def test_a_correction_leaves_amounts_and_all_other_rows_as_they_were(wired):
    before = frame(wired)[UNTOUCHED]
    tx = keys(wired, 184_000)[1]

    said(wired, tx, "storno.terugbetaling")

    after = frame(wired)[UNTOUCHED]
    assert after.drop(index=tx).equals(before.drop(index=tx))
    assert after.loc[tx, "amount_ct"] == before.loc[tx, "amount_ct"]


@pytest.mark.parametrize("rule", [False, True])
def test_undoing_gives_the_same_answer_to_the_byte(wired, rule):
    before = to_json(answered(wired).assessment)
    done = said(wired, keys(wired, POCKET_MONEY)[0], rule=rule)
    if rule:
        accept_rule(wired, CASE, done.proposal.id, date(2026, 1, 1), purpose="debt_help")
    assert to_json(answered(wired).assessment) != before

    undo(wired, CASE, done.id, purpose="debt_help")

    assert to_json(answered(wired).assessment) == before


def test_the_same_corrections_give_the_same_answer_every_time(wired):
    said(wired, keys(wired, POCKET_MONEY)[0])

    assert to_json(answered(wired).assessment) == to_json(answered(wired).assessment)


def test_the_receipt_says_how_many_corrections_there_were_and_which_they_were(wired):
    one, other = keys(wired, POCKET_MONEY)[:2]
    assert "corrections" not in json.loads(to_json(answered(wired).assessment))["receipt"]
    said(wired, one)
    first = answered(wired).assessment.receipt.corrections
    said(wired, other, "huishouden.winkel")
    second = answered(wired).assessment.receipt.corrections

    assert (first.rows, first.rules) == (1, 0)
    assert (second.rows, second.rules) == (2, 0)
    assert first.sha256 != second.sha256


def test_answers_are_computed_with_corrected_categories(wired):
    before = answered(wired).assessment.income
    for tx in keys(wired, 2_000):
        said(wired, tx, "inkomen.alimentatie")

    after = answered(wired).assessment.income

    assert after.monthly != before.monthly


def test_a_rule_that_was_asked_for_does_nothing_before_it_is_accepted(wired):
    before = frame(wired)[UNTOUCHED]
    first = keys(wired, POCKET_MONEY)[0]

    done = said(wired, first, rule=True)

    assert done.proposal.state == "proposed"
    assert "in this case only" in done.proposal.says
    assert "36.00 to 54.00" in done.proposal.says
    assert CANARY not in done.proposal.says
    assert frame(wired)[UNTOUCHED].drop(index=first).equals(before.drop(index=first))


def test_the_same_correction_twice_proposes_a_rule_by_itself(wired):
    one, two = keys(wired, POCKET_MONEY)[:2]

    assert said(wired, one).proposal is None
    assert said(wired, two).proposal.state == "proposed"


def test_other_corrections_of_a_payee_or_in_the_other_direction_propose_nothing(wired):
    said(wired, keys(wired, POCKET_MONEY)[0])

    assert said(wired, keys(wired, POCKET_MONEY)[1], "huishouden.winkel").proposal is None
    assert said(wired, keys(wired, 2_000)[0], "inkomen.alimentatie").proposal is None


def test_an_accepted_rule_holds_from_today_on_unless_somebody_names_an_earlier_day(wired):
    rule = said(wired, keys(wired, POCKET_MONEY)[0], rule=True).proposal.id

    accept_rule(wired, CASE, rule, purpose="debt_help")

    assert set(frame(wired)["evidence"]) >= {"human"}
    assert "learnt" not in set(frame(wired)["evidence"])
    later = party(TODAY, POCKET_MONEY, "Mw A Zonnewijk", "NL98INGB0009988771", "nieuw")
    keep_received(wired, CASE, received([later]), source="file")
    row = frame(wired).loc[keys(wired, POCKET_MONEY)[-1]]
    assert (row["category"], row["evidence"]) == ("kinderen.alimentatie", "learnt")


def test_a_rule_reaches_back_only_as_far_as_was_asked(wired):
    rule = said(wired, keys(wired, POCKET_MONEY)[0], rule=True).proposal.id

    accept_rule(wired, CASE, rule, date(2026, 4, 15), purpose="debt_help")

    rows = frame(wired)
    learnt = rows[rows["evidence"] == "learnt"]
    assert len(learnt) == 4
    assert (learnt["booked_on"] >= "2026-04-15").all()
    assert set(learnt["amount_ct"]) == {POCKET_MONEY}


def test_what_a_person_said_of_a_row_goes_before_a_rule(wired):
    first, second = keys(wired, POCKET_MONEY)[:2]
    rule = said(wired, first, rule=True).proposal.id
    accept_rule(wired, CASE, rule, date(2026, 1, 1), purpose="debt_help")

    said(wired, second, "huishouden.winkel", by="person")

    row = frame(wired).loc[second]
    assert (row["category"], row["evidence"]) == ("huishouden.winkel", "human")
    assert row["corrected_from"] == "huishouden.particulier"


def test_a_rule_that_was_asked_for_goes_before_one_that_was_learnt(wired):
    rows = keys(wired, POCKET_MONEY)
    said(wired, rows[0], "huishouden.winkel")
    learnt = said(wired, rows[1], "huishouden.winkel").proposal.id
    asked = said(wired, rows[2], rule=True).proposal.id
    for rule in (learnt, asked):
        accept_rule(wired, CASE, rule, date(2026, 1, 1), purpose="debt_help")

    assert frame(wired).loc[rows[-1], "category"] == "kinderen.alimentatie"


def test_a_later_correction_of_a_row_replaces_the_earlier_one_and_both_stay_visible(wired):
    tx = keys(wired, POCKET_MONEY)[0]
    said(wired, tx)
    said(wired, tx, "huishouden.winkel", by="person", reason="het was een winkel")

    first, second = history(wired, CASE, "debt_help")["corrections"]

    assert (first["category"], second["category"]) == ("kinderen.alimentatie", "huishouden.winkel")
    assert first["undone_at"] is not None
    assert second["undone_at"] is None
    assert (second["by"], second["reason"]) == ("person", "het was een winkel")


def test_undoing_a_correction_ends_the_rules_that_rest_on_it(wired):
    done = said(wired, keys(wired, POCKET_MONEY)[0], rule=True)
    accept_rule(wired, CASE, done.proposal.id, date(2026, 1, 1), purpose="debt_help")

    assert undo(wired, CASE, done.id, purpose="debt_help") == (done.id, done.proposal.id)
    assert [each.state for each in history(wired, CASE, "debt_help")["rules"]] == ["ended"]


def test_a_rule_is_accepted_once_and_nothing_is_undone_twice(wired):
    done = said(wired, keys(wired, POCKET_MONEY)[0], rule=True)
    accept_rule(wired, CASE, done.proposal.id, purpose="debt_help")

    with pytest.raises(UsageError, match="no proposal any more"):
        accept_rule(wired, CASE, done.proposal.id, purpose="debt_help")
    undo(wired, CASE, done.id, purpose="debt_help")
    with pytest.raises(UnknownName, match="that stands"):
        undo(wired, CASE, done.id, purpose="debt_help")


def test_a_rule_of_one_case_is_unknown_in_another(wired):
    done = said(wired, keys(wired, POCKET_MONEY)[0], rule=True)
    keep_received(wired, "case-2", life(), source="file")

    with pytest.raises(UnknownName):
        accept_rule(wired, "case-2", done.proposal.id, purpose="debt_help")
    with pytest.raises(UnknownName):
        undo(wired, "case-2", done.id, purpose="debt_help")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"category": "wonen.kasteel"}, "wonen.kasteel"),
        ({"reason": "  "}, "needs a reason"),
        ({"reason": "een\nregel te veel"}, "on one line"),
        ({"by": "robot"}, "robot"),
        ({"category": "inkomen.loon"}, "went out"),
    ],
)
def test_a_correction_without_sense_is_refused(wired, wrong, says):
    with pytest.raises(UsageError, match=says):
        said(wired, keys(wired, POCKET_MONEY)[0], **wrong)


def test_a_row_that_is_not_there_cannot_be_corrected(wired):
    with pytest.raises(UnknownName, match="no transaction"):
        said(wired, "t0000000000000000")


def test_reasons_and_categories_are_sealed_and_the_log_tells_neither(wired, tmp_path):
    said(wired, keys(wired, POCKET_MONEY)[0], reason=f"volgens {CANARY}", rule=True)

    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    log = [each for each in wired.store.audit.entries() if each.action.startswith("correct")]

    assert CANARY.encode() not in files
    assert b"kinderen.alimentatie" not in files
    assert [each.action for each in log] == ["correct", "correct.propose"]
    assert "alimentatie" not in "".join(each.detail for each in log)
    assert wired.store.audit.verify()


def test_erasing_a_case_takes_its_corrections_along(wired):
    said(wired, keys(wired, POCKET_MONEY)[0], rule=True)

    wired.store.cases.erase(CASE, at=NOW)
    keep_received(wired, CASE, life(), source="file")

    assert history(wired, CASE, "debt_help") == {"corrections": [], "rules": []}


def test_each_transaction_of_a_case_is_found_with_the_key_that_a_correction_takes(wired):
    rows = shown_rows(wired, CASE, "debt_help")
    [first, *_] = [row.tx for row in rows if row.amount.cents == POCKET_MONEY]

    said(wired, first)

    assert len(rows) == len(frame(wired))
    assert [row.on for row in rows] == sorted(row.on for row in rows)
    found = shown_rows(wired, CASE, "debt_help", "KINDEREN.ALIM")
    assert [(row.tx, row.decided) for row in found] == [(first, "huishouden.particulier")]


def test_a_purpose_lists_no_transaction_that_its_answers_do_not_show(wired):
    pointed = {tx for each in answered(wired).assessment.signals or () for tx in each.transactions}

    assert {row.tx for row in shown_rows(wired, CASE, "monitoring")} <= pointed
    for receiver in ("payment_plan", "credit_check", "seizure_check"):
        with pytest.raises(ConsentNotValid, match="not shown"):
            shown_rows(wired, CASE, receiver)
