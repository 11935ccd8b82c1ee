"""A labelled file judged whole, and payees hidden from the knowledge."""

from decimal import Decimal

import numpy as np
import pytest

from psd2_affordability.categorise.engine import understand
from psd2_affordability.categorise.evaluation.hiding import chosen, without
from psd2_affordability.categorise.evaluation.labels import own_labels
from psd2_affordability.categorise.evaluation.run import Asked, Labelled, evaluate
from psd2_affordability.core.errors import UsageError
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import frame_of

KEYWORDS = (("huur", "wonen.huur"),)


def life(monthly, subject):
    told = [
        (
            row
            | {
                "subject": subject,
                "account": f"account of {subject}",
                "amount_ct": cents,
                "counterparty_name": name,
            },
            label,
        )
        for name, cents, label in (
            ("Gemeente Utrecht", 134849, "inkomen.uitkering_bijstand"),
            ("Woonstichting De Haven", -62010, "wonen.huur"),
            ("Albert Heijn 1042", -4250, "huishouden.boodschappen"),
            ("Holland Casino", -5000, "gokken.inzet"),
            ("Xyzzy Zaken", -1000, "huishouden.winkel"),
            ("Zonder Etiket", -100, ""),
        )
        for row in monthly(4, remittance="Uitkering Participatiewet" if cents > 0 else "")
    ]
    return [(row | {"status": "booked", "currency": "EUR"}, label) for row, label in told]


@pytest.fixture
def labelled(knowledge, monthly):
    def of(rows):
        told, labels = zip(*rows, strict=True)
        return Labelled(with_keys(frame_of(told)), labels, own_labels(knowledge.taxonomy))

    return of


@pytest.fixture
def lives(monthly):
    return life(monthly, "a") + life(monthly, "b")


def test_every_labelled_row_is_judged_and_the_others_are_read_along(labelled, lives, knowledge):
    found = evaluate(labelled(lives), knowledge, Asked(KEYWORDS))

    assert (found.rows, found.left_out, found.subjects) == (40, 8, 2)
    assert found.score.coverage.n == 40
    assert found.peers[0].score == found.score
    assert [peer.name for peer in found.peers][1:] == [
        "majority label",
        "direction only",
        "flat keyword list",
        "bank code only",
        "linear model",
    ]


def test_a_payee_that_comes_back_counts_once_beside_every_row(labelled, lives, knowledge):
    found = evaluate(labelled(lives), knowledge, Asked(KEYWORDS))

    assert found.once.coverage.n == 10


def test_an_answer_one_step_too_wide_is_wrong_but_told_apart(labelled, lives, knowledge):
    row = lives[0][0] | {"counterparty_name": "Gerechtsdeurwaarder Jansen", "remittance": "", "amount_ct": -1}
    found = evaluate(labelled([*lives, (row, "schuld.loonbeslag_afdracht")]), knowledge, Asked(KEYWORDS))

    assert found.wider.count == 1
    assert found.wider.n == found.score.accuracy.n - found.score.accuracy.count


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_the_rows_changes_nothing(labelled, lives, knowledge, seed):
    shuffled = [lives[at] for at in np.random.default_rng(seed).permutation(len(lives))]
    asked = Asked(KEYWORDS, worst=10)

    assert evaluate(labelled(shuffled), knowledge, asked) == evaluate(labelled(lives), knowledge, asked)


def test_mistakes_are_shown_only_when_asked(labelled, lives, knowledge):
    wrong = [(row, "wonen.huur" if label == "gokken.inzet" else label) for row, label in lives]

    assert evaluate(labelled(wrong), knowledge, Asked(KEYWORDS)).mistakes == ()
    worst = evaluate(labelled(wrong), knowledge, Asked(KEYWORDS, worst=8)).mistakes
    assert {(one.label, one.category) for one in worst} == {("wonen.huur", "gokken.inzet")}


def test_rows_of_hidden_payees_are_told_apart_from_all_others(labelled, lives, knowledge):
    found = evaluate(labelled(lives), knowledge, Asked(KEYWORDS, unseen=Decimal(1))).unseen

    assert found.hidden == found.known
    assert found.rows_seen.coverage.n + found.rows_unseen.coverage.n == 40
    # shops and casinos are known by name alone; what the name's own words tell is not hidden
    assert found.rows_unseen.coverage.n >= 16
    assert found.rows_unseen_before.right.count > found.rows_unseen.right.count
    assert evaluate(labelled(lives), knowledge, Asked(KEYWORDS, unseen=Decimal(0))).unseen is None


def test_a_hidden_payee_is_not_found_by_any_of_its_keys(knowledge):
    blind = without(knowledge, Decimal(1), 1)
    row = {
        "subject": "a",
        "account": "1",
        "tx": "t",
        "status": "pending",
        "currency": "EUR",
        "amount_ct": -5000,
    }
    for keys in (
        {"counterparty_name": "Vitens"},
        *({"counterparty_iban": iban} for iban in list(knowledge.ibans)[:3]),
        *({"creditor_id": creditor} for creditor in list(knowledge.creditors)[:3]),
    ):
        frame = frame_of([row | keys])
        assert understand(frame, knowledge, {}).frame["category"][0] != "onbekend", keys
        assert understand(frame, blind, {}).frame["category"][0] == "onbekend", keys


def test_the_same_seed_hides_the_same_payees_and_another_one_others(knowledge):
    fifth = chosen(knowledge, Decimal("0.2"), 1)
    payees = [at for at, entry in enumerate(knowledge.entries) if entry.name]

    assert len(fifth) == len(payees) // 5
    assert fifth <= set(payees)
    assert fifth == chosen(knowledge, Decimal("0.2"), 1)
    assert fifth != chosen(knowledge, Decimal("0.2"), 2)
    assert fifth < chosen(knowledge, Decimal("0.3"), 1)


def test_more_than_everything_cannot_be_hidden(knowledge):
    with pytest.raises(UsageError, match="from 0 to 1"):
        without(knowledge, Decimal("1.1"), 1)
