"""Simpler ways of answering, to hold the categoriser against."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from psd2_affordability.categorise.codes import look_up
from psd2_affordability.categorise.evaluation.judged import (
    Answers,
    Truth,
    answers_in_categories,
    answers_in_labels,
)
from psd2_affordability.categorise.evaluation.linear import learnt_from_others
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.strict import Shape, only_keys, rows
from psd2_affordability.categorise.taxonomy import Leaf
from psd2_affordability.core.errors import RuleFileError
from psd2_affordability.core.toml_table import parse_toml

_KEYWORD = Shape(must={"category": str, "words": list})


class Baseline(NamedTuple):
    """One way of answering.

    Attributes:
        name: which.
        says: how it answers, and what it learnt from.
        answers: its answers.
    """

    name: str
    says: str
    answers: Answers


def read_keywords(content: bytes, where: str, taxonomy: Mapping[str, Leaf]) -> tuple[tuple[str, str], ...]:
    """Read the flat list of words, each with its category, in order.

    Raises:
        RuleFileError: an unknown key or category, or a word that is not in lower case or listed twice.
    """
    told = parse_toml(content, where, RuleFileError)
    only_keys(where, told, {"keyword"})
    found: dict[str, str] = {}
    for row in rows(where, told, "keyword", _KEYWORD):
        if row["category"] not in taxonomy:
            raise RuleFileError(f"the category '{row['category']}' is not in the taxonomy", where=where)
        for word in row["words"]:
            if word != word.lower() or word in found:
                raise RuleFileError(f"'{word}' is not in lower case, or is listed twice", where=where)
            found[word] = row["category"]
    return tuple(found.items())


def baselines(
    frame: pd.DataFrame, truth: Truth, knowledge: Knowledge, keywords: Sequence[tuple[str, str]]
) -> list[Baseline]:
    """Let every simpler way answer the rows of a frame; the rows are those of the truth, in its order."""
    incoming = frame["amount_ct"].to_numpy() > 0
    found = [
        Baseline(
            "majority label",
            "the most frequent label of this very file",
            answers_in_labels(_most_frequent(truth, np.zeros(len(frame), dtype=np.int64)), truth.labels),
        ),
        Baseline(
            "direction only",
            "the most frequent label of this very file, for money in and for money out",
            answers_in_labels(_most_frequent(truth, incoming.astype(np.int64)), truth.labels),
        ),
        Baseline(
            "flat keyword list",
            f"the first of {len(keywords)} Dutch words found in name or description",
            answers_in_categories(_by_keyword(frame, keywords)),
        ),
        Baseline(
            "bank code only",
            "what the bank's transaction code says by itself",
            answers_in_categories(_by_code(frame, knowledge, incoming.tolist())),
        ),
    ]
    if len(frame["subject"].unique()) > 1:
        found.append(
            Baseline(
                "linear model",
                "ridge on hashed words and letters, for each subject learnt from the other subjects",
                answers_in_labels(learnt_from_others(frame, truth), truth.labels),
            )
        )
    return found


def _most_frequent(truth: Truth, group: np.ndarray) -> np.ndarray:
    """Return for each row the most frequent label of its group, the first of equals."""
    number = np.zeros(len(group), dtype=np.int64)
    for one in np.unique(group):
        inside = group == one
        number[inside] = np.bincount(truth.label[inside]).argmax()
    return number


def _by_keyword(frame: pd.DataFrame, keywords: Sequence[tuple[str, str]]) -> list[str]:
    texts = (frame["counterparty_name"] + " " + frame["remittance"]).str.lower().tolist()
    known = {text: _first(text, keywords) for text in set(texts)}
    return [known[text] for text in texts]


def _first(text: str, keywords: Sequence[tuple[str, str]]) -> str:
    return next((category for word, category in keywords if word in text), "")


def _by_code(frame: pd.DataFrame, knowledge: Knowledge, incoming: Sequence[bool]) -> list[str]:
    codes = frame["bank_code"].tolist()
    meanings = {code: look_up(knowledge.bank_codes, code) for code in set(codes)}
    return [
        meanings[code].incoming if credit else meanings[code].outgoing
        for code, credit in zip(codes, incoming, strict=True)
    ]
