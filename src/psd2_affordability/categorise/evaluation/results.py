"""What an evaluation says. Frozen values; the service turns them into JSON and tables."""

from dataclasses import dataclass
from decimal import Decimal

from psd2_affordability.categorise.evaluation.rates import Rate
from psd2_affordability.core.money import Money


@dataclass(frozen=True, slots=True)
class Score:
    """How much is answered, and how much of that is right.

    Attributes:
        coverage: rows with an answer, of all rows.
        accuracy: right answers, of the rows with one.
        right: right answers, of all rows.
    """

    coverage: Rate
    accuracy: Rate
    right: Rate


@dataclass(frozen=True, slots=True)
class ClassScore:
    """How well one label, or one group of them, is recognised.

    Attributes:
        name: the label, or the group.
        precision: of the rows said to be it, those that are.
        recall: of the rows that are it, those said to be; without an answer counts as missed.
        f1: harmonic mean of both; None when nothing is and nothing is said to be.
    """

    name: str
    precision: Rate
    recall: Rate
    f1: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Confusion:
    """A mistake that would change what a person is told.

    Attributes:
        code: stable name.
        says: the mistake in one sentence.
        of_class: as a share of the rows where it can be made.
        of_all: as a share of all rows.
    """

    code: str
    says: str
    of_class: Rate
    of_all: Rate


@dataclass(frozen=True, slots=True)
class Euros:
    """The same weighed by euros, whatever the sign.

    Attributes:
        answered: of the rows with an answer.
        wrong: of those answered wrongly.
        left_open: of the rows without an answer.
        wrong_share: wrong of answered.
        open_share: left open of all.
    """

    answered: Money
    wrong: Money
    left_open: Money
    wrong_share: Decimal | None = None
    open_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """What is left when answers below a confidence are taken back.

    Attributes:
        at_least: confidence in percent.
        coverage: rows answered with at least that.
        accuracy: right ones among them.
    """

    at_least: int
    coverage: Rate
    accuracy: Rate


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about one confidence.

    Attributes:
        low: lowest confidence in percent.
        high: highest.
        sure: mean confidence, as a share.
        right: the share that is right.
    """

    low: int
    high: int
    sure: Decimal
    right: Rate


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether confidence is what it says.

    Attributes:
        error: mean distance of confidence and accuracy over the bins, weighed by rows (ECE).
        bins: the bins that hold rows.
    """

    error: Decimal | None
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Peer:
    """One way of answering, beside the others.

    Attributes:
        name: which.
        says: how it answers, and what it learnt from.
        score: coverage and accuracy.
        macro_f1: mean of the labels' F1; one without any right answer counts as 0.
        income_from_none: what is said to be income and is not.
    """

    name: str
    says: str
    score: Score
    macro_f1: Decimal | None
    income_from_none: Rate


@dataclass(frozen=True, slots=True)
class Unseen:
    """What still lands right when part of the known payees is hidden.

    Attributes:
        share: share of the payees that is hidden.
        seed: decides which.
        hidden: number of payees hidden.
        known: number of payees known.
        rows_seen: rows whose payee is still known, or was never.
        rows_unseen: rows whose payee was hidden.
        rows_unseen_before: the same rows with the whole knowledge.
        income_from_none: over all rows: what is said to be income and is not.
    """

    share: Decimal
    seed: int
    hidden: int
    known: int
    rows_seen: Score
    rows_unseen: Score
    rows_unseen_before: Score
    income_from_none: Rate


@dataclass(frozen=True, slots=True)
class Mistake:
    """One row that is answered wrongly."""

    subject: str
    tx: str
    label: str
    category: str
    payee: str
    amount: Money
    confidence: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that one labelled file says of the categoriser.

    Attributes:
        rows: rows judged.
        left_out: rows without a label, or with one that is left out; they were read all the same.
        subjects: how many people's rows.
        score: coverage and accuracy.
        once: the same with every payee of a subject counted once, as rows come back in rhythms.
        wider: of the wrong answers, those that name the broader category that the label is part of.
        unknowable: of the rows labelled `onbekend`, those left open.
        macro_f1: mean F1 of the labels that occur.
        labels: every label that occurs or is said.
        costly: the kinds where a mistake costs most, each income and each debt signal by itself.
        confusions: the mistakes that cost most.
        euros: the same by euros.
        curve: coverage and accuracy at rising confidence.
        calibration: whether confidence is what it says.
        peers: the categoriser and simpler ways, the categoriser first.
        unseen: with part of the payees hidden; None when not asked.
        mistakes: the worst, when asked.
    """

    rows: int
    left_out: int
    subjects: int
    score: Score
    once: Score
    wider: Rate
    unknowable: Rate
    macro_f1: Decimal | None
    labels: tuple[ClassScore, ...]
    costly: tuple[ClassScore, ...]
    confusions: tuple[Confusion, ...]
    euros: Euros
    curve: tuple[Point, ...]
    calibration: Calibration
    peers: tuple[Peer, ...]
    unseen: Unseen | None = None
    mistakes: tuple[Mistake, ...] = ()
