"""Answers beside labels: which rows are answered, and which answers are right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.evaluation.labels import LabelSet
from psd2_affordability.categorise.taxonomy import UNKNOWN

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

#: No answer, and an answer that no label expresses.
NONE = -1


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody says of each row.

    Attributes:
        word: number of the answer in `words`; `NONE` where none is given.
        words: the answers there are.
        means: the categories that each answer names; a category names itself.
        sure: confidence in percent.
    """

    word: Codes
    words: tuple[str, ...]
    means: tuple[frozenset[str], ...]
    sure: Codes


def answers_in_categories(categories: Sequence[str], sure: npt.ArrayLike | None = None) -> Answers:
    """Take categories as answers; `onbekend` and the empty text are none."""
    words = tuple(sorted(set(categories) - {UNKNOWN, ""}))
    number = {word: at for at, word in enumerate(words)}
    word = np.array([number.get(category, NONE) for category in categories], dtype=np.int64)
    certain = np.full(len(word), 100) if sure is None else np.asarray(sure)
    return Answers(word, words, tuple(frozenset({word}) for word in words), certain.astype(np.int64))


def answers_in_labels(word: npt.ArrayLike, labels: LabelSet) -> Answers:
    """Take numbers of labels as answers; to say `onbekend` is to give none."""
    unknown = np.array([means == {UNKNOWN} for means in labels.means.values()])
    numbers = np.asarray(word, dtype=np.int64)
    numbers = np.where((numbers >= 0) & unknown[numbers], NONE, numbers)
    named = tuple(map(frozenset, labels.names.values()))
    return Answers(numbers, tuple(labels.names), named, np.full(len(numbers), 100))


@dataclass(frozen=True)
class Truth:
    """What is true of each row that is judged.

    Attributes:
        label: number of the label, in the order of the label set.
        labels: what the labels mean.
        cents: signed amounts.
    """

    label: Codes
    labels: LabelSet
    cents: Codes

    @cached_property
    def means(self) -> tuple[frozenset[str], ...]:
        """The categories that each label allows."""
        return tuple(self.labels.means.values())

    @cached_property
    def unknowable(self) -> Mask:
        """Rows of which nothing can be said: to give no answer is right."""
        return np.array([means == {UNKNOWN} for means in self.means])[self.label]

    def within(self, categories: Iterable[str]) -> Mask:
        """Rows whose label names nothing else than some of these categories."""
        wanted = frozenset(categories)
        return np.array([wanted.issuperset(names) for names in self.labels.names.values()])[self.label]

    def touching(self, categories: Iterable[str]) -> Mask:
        """Rows whose label allows at least one of these categories."""
        wanted = frozenset(categories)
        return np.array([bool(means & wanted) for means in self.means])[self.label]


def truth_of(labels: Sequence[str], label_set: LabelSet, cents: npt.ArrayLike) -> Truth:
    """Number the labels of the rows that are judged."""
    number: Mapping[str, int] = {label: at for at, label in enumerate(label_set.means)}
    coded = np.array([number[label] for label in labels], dtype=np.int64)
    return Truth(coded, label_set, np.asarray(cents, dtype=np.int64))


@dataclass(frozen=True)
class Judged:
    """Answers and truth side by side."""

    truth: Truth
    answers: Answers

    def __len__(self) -> int:
        return len(self.truth.label)

    @cached_property
    def covered(self) -> Mask:
        """Rows with an answer."""
        answered: Mask = self.answers.word != NONE
        return answered

    @cached_property
    def right(self) -> Mask:
        """Rows whose answer the label allows."""
        if not self.answers.words:
            return np.zeros(len(self), dtype=np.bool_)
        allowed = np.array([[word <= label for word in self.answers.means] for label in self.truth.means])
        found: Mask = self.covered & allowed[self.truth.label, self.answers.word]
        return found

    @cached_property
    def wrong(self) -> Mask:
        """Rows with an answer that the label does not allow."""
        return self.covered & ~self.right

    @cached_property
    def told(self) -> Codes:
        """The answer as a label: the row's own where it is right, else the narrowest that would allow it."""
        if not self.answers.words:
            return np.full(len(self), NONE, dtype=np.int64)
        narrow = sorted(range(len(self.truth.means)), key=lambda at: len(self.truth.means[at]))
        as_label = [
            next((at for at in narrow if word <= self.truth.means[at]), NONE) for word in self.answers.means
        ]
        translated = np.where(self.covered, np.array(as_label)[self.answers.word], NONE)
        return np.where(self.right, self.truth.label, translated)

    def says(self, categories: Iterable[str]) -> Mask:
        """Rows that are said to be one of these categories."""
        wanted = frozenset(categories)
        if not self.answers.words:
            return np.zeros(len(self), dtype=np.bool_)
        meant = np.array([means <= wanted for means in self.answers.means])
        found: Mask = self.covered & meant[self.answers.word]
        return found
