"""One labelled file, judged whole: the categoriser, simpler ways beside it, and payees hidden from it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pandas as pd

from psd2_affordability.categorise.decide import decide
from psd2_affordability.categorise.engine import understand
from psd2_affordability.categorise.evaluation.baselines import Baseline, baselines
from psd2_affordability.categorise.evaluation.costly import (
    costly_confusions,
    costly_mistakes,
    costly_scores,
    income_from_none,
)
from psd2_affordability.categorise.evaluation.hiding import chosen, hide
from psd2_affordability.categorise.evaluation.judged import (
    Answers,
    Judged,
    Mask,
    Truth,
    answers_in_categories,
    truth_of,
)
from psd2_affordability.categorise.evaluation.labels import LabelSet
from psd2_affordability.categorise.evaluation.measures import (
    calibration,
    curve,
    euros,
    label_scores,
    macro_f1,
    score,
    worst,
)
from psd2_affordability.categorise.evaluation.rates import rate
from psd2_affordability.categorise.evaluation.results import Evaluation, Mistake, Peer, Unseen
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.clean import fold
from psd2_affordability.ledger.columns import Columns

OURS = "this categoriser"


@dataclass(frozen=True, slots=True)
class Labelled:
    """Rows with the labels that people gave them.

    Attributes:
        frame: the ledger frame; every row has its key.
        label: one for each row; empty where nobody gave one.
        labels: what the labels mean.
        own_ibans: for each subject, account numbers known to be its own besides those in the frame.
    """

    frame: pd.DataFrame
    label: Sequence[str]
    labels: LabelSet
    own_ibans: Mapping[str, Collection[str]] = field(default_factory=dict)

    def in_order(self) -> "Labelled":
        """Sort by subject and key, so that the order of the rows does not matter."""
        order = (
            self.frame.assign(_at=np.arange(len(self.frame))).sort_values(["subject", "tx"])["_at"].tolist()
        )
        frame = self.frame.iloc[order].reset_index(drop=True)
        return Labelled(frame, [self.label[at] for at in order], self.labels, self.own_ibans)

    @property
    def judged(self) -> Mask:
        """Rows with a label that counts; the others are read along, as context."""
        return np.array([label in self.labels.means for label in self.label], dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an evaluation does besides.

    Attributes:
        keywords: the flat keyword list, each word with its category.
        unseen: share of the payees to hide in the second run; 0 for none.
        seed: decides which.
        worst: how many mistakes to show.
    """

    keywords: Sequence[tuple[str, str]]
    unseen: Decimal = Decimal("0.2")
    seed: int = 1
    worst: int = 0


def evaluate(labelled: Labelled, knowledge: Knowledge, asked: Asked) -> Evaluation:
    """Categorise a labelled file and hold the answers against the labels."""
    labelled = labelled.in_order()
    rows = labelled.judged
    understood = understand(labelled.frame, knowledge, labelled.own_ibans).frame[rows]
    given = [label for label, counts in zip(labelled.label, rows.tolist(), strict=True) if counts]
    truth = truth_of(given, labelled.labels, understood["amount_ct"].to_numpy())
    judged = Judged(truth, _answers(understood, knowledge))
    taxonomy = knowledge.taxonomy
    peers = [
        Baseline(OURS, "structure, payees, texts and rhythms; no labels", judged.answers),
        *baselines(labelled.frame[rows], truth, knowledge, asked.keywords),
    ]
    costly = [found.made for found in costly_mistakes(judged, taxonomy)]
    return Evaluation(
        rows=len(judged),
        left_out=len(labelled.frame) - len(judged),
        subjects=understood["subject"].nunique(),
        score=score(judged),
        once=score(judged, _first_of_each_payee(understood, truth)),
        wider=rate(int((judged.wrong & _wider(judged, knowledge)).sum()), int(judged.wrong.sum())),
        unknowable=rate(int((truth.unknowable & ~judged.covered).sum()), int(truth.unknowable.sum())),
        macro_f1=macro_f1(judged),
        labels=label_scores(judged),
        costly=costly_scores(judged, taxonomy),
        confusions=costly_confusions(judged, taxonomy),
        euros=euros(judged),
        curve=curve(judged),
        calibration=calibration(judged),
        peers=tuple(_peer(peer, judged, knowledge) for peer in peers),
        unseen=_unseen(labelled, judged, knowledge, asked) if asked.unseen else None,
        mistakes=tuple(_mistake(understood, given, at) for at in worst(judged, costly, asked.worst)),
    )


def _first_of_each_payee(understood: pd.DataFrame, truth: Truth) -> Mask:
    """Mark the first row of everything that one subject's payee stands for."""
    name = understood["counterparty_name"].where(
        understood["counterparty_name"] != "", understood["remittance"]
    )
    words = {text: "".join(letter for letter in fold(text) if not letter.isdigit()) for text in name.unique()}
    same = pd.DataFrame({"subject": understood["subject"], "name": name.map(words), "label": truth.label})
    return ~same.duplicated().to_numpy()


def _wider(judged: Judged, knowledge: Knowledge) -> Mask:
    """Mark the answers that are the broader category of what the label names."""
    broader = [
        {knowledge.taxonomy[code].part_of for code in names} - {""}
        for names in judged.truth.labels.names.values()
    ]
    found = np.zeros(len(judged), dtype=np.bool_)
    for at in set(judged.truth.label.tolist()):
        if broader[at]:
            found |= (judged.truth.label == at) & judged.says(broader[at])
    return found


def _peer(peer: Baseline, ours: Judged, knowledge: Knowledge) -> Peer:
    judged = Judged(ours.truth, peer.answers)
    return Peer(
        peer.name, peer.says, score(judged), macro_f1(judged), income_from_none(judged, knowledge.taxonomy)
    )


def _unseen(labelled: Labelled, before: Judged, knowledge: Knowledge, asked: Asked) -> Unseen:
    """Hide payees and judge again, the rows that named a hidden one apart."""
    hidden = chosen(knowledge, asked.unseen, asked.seed)
    entry = decide(Columns(labelled.frame), knowledge, labelled.own_ibans).parties.entry[labelled.judged]
    named = np.isin(entry, list(hidden))
    again = understand(labelled.frame, hide(knowledge, hidden), labelled.own_ibans).frame[labelled.judged]
    judged = Judged(before.truth, _answers(again, knowledge))
    return Unseen(
        share=asked.unseen,
        seed=asked.seed,
        hidden=len(hidden),
        known=sum(bool(each.name) for each in knowledge.entries),
        rows_seen=score(judged, ~named),
        rows_unseen=score(judged, named),
        rows_unseen_before=score(before, named),
        income_from_none=income_from_none(judged, knowledge.taxonomy),
    )


def _answers(understood: pd.DataFrame, knowledge: Knowledge) -> Answers:
    """Take the categories as answers; one that only says how was paid is none."""
    told = ["" if knowledge.taxonomy[code].open else code for code in understood["category"].tolist()]
    return answers_in_categories(told, understood["confidence"].to_numpy())


def _mistake(understood: pd.DataFrame, given: Sequence[str], at: int) -> Mistake:
    row = understood.iloc[at]
    return Mistake(
        subject=row["subject"],
        tx=row["tx"],
        label=given[at],
        category=row["category"],
        payee=row["payee"],
        amount=Money(int(row["amount_ct"])),
        confidence=int(row["confidence"]),
        evidence=row["evidence"],
    )
