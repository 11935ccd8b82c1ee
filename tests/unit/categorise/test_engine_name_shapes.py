"""Reading alike names once gives the same as reading each of them."""

import numpy as np
import pyarrow as pa
import pytest

from psd2_affordability.categorise import reading_names
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.reading_names import NamesRead, read_name, read_names

UNKNOWN = [
    "x",
    "ab",
    "abc",
    "Quux",
    "12",
    "7q2w1e",
    "be1ast",
    "Kraanvogel",
    "ümlaut",
    "*",
    "-",
    "\u0412est",
    "",
]
BETWEEN = [" ", "*", "  ", "/", ". "]


def invented(knowledge: Knowledge, count: int) -> list[str]:
    chance = np.random.default_rng(7)
    known = sorted({word for entry in knowledge.entries for form in entry.forms for word in form.split()})
    known += sorted(knowledge.name_words.first | knowledge.name_words.company | knowledge.name_words.title)

    def one_of(listed: list[str]) -> str:
        return listed[int(chance.integers(len(listed)))]

    names = {"", "\x00", "- ", "Hr"}
    while len(names) < count:
        words = [one_of(known if chance.random() < 0.6 else UNKNOWN) for _ in range(int(chance.integers(7)))]
        headless = "\x00" if chance.random() < 0.2 else ""
        names.add(headless + one_of(BETWEEN).join(words).title())
    return sorted(names)


def test_names_read_by_their_shape_say_what_they_say_one_by_one(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_names, "_FEW", 0)
    names = invented(knowledge, 12_000)
    together: NamesRead = read_names(pa.array(names, type=pa.large_string()), knowledge)
    for at, name in enumerate(names):
        alone = read_name(name, knowledge)
        told = (
            together.entry[at], together.counter[at], together.holder[at],
            together.shown[at], together.odd[at], together.lookalike[at],
        )  # fmt: skip
        assert told == tuple(alone)[:6], repr(name)
