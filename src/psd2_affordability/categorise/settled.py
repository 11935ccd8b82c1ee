"""What was decided of a row while its words were there, kept beside the row that lost them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.codes import CHANNELS
from psd2_affordability.categorise.evidence import EVIDENCE
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.ledger.columns import Columns
from psd2_affordability.ledger.schema import SETTLED

if TYPE_CHECKING:
    from psd2_affordability.categorise.decide import Decided

_RHYTHM_WANTED = "cadence"
_ENOUGH = "row"


class _Settled(NamedTuple):
    """One decision in numbers; a kind of party that is no longer known is -1."""

    category: int
    evidence: int
    sure: int
    channel: int
    kind: int
    wants_cadence: bool


def written(decided: "Decided", knowledge: Knowledge) -> list[str]:
    """Write what is decided of each row as one text, in words that outlast a change of the knowledge."""
    tables = knowledge.tables
    told = zip(
        decided.category.tolist(),
        decided.evidence.tolist(),
        decided.sure.tolist(),
        decided.channel.tolist(),
        decided.parties.kind.tolist(),
        decided.wants_cadence.tolist(),
        strict=True,
    )
    words: dict[tuple[int, int, int, int, int, bool], str] = {}
    lines = []
    for each in told:
        if each not in words:
            category, evidence, sure, channel, kind, cadence = each
            words[each] = (
                f"{tables.codes[category]} {EVIDENCE[evidence]} {sure} {CHANNELS[channel]} "
                f"{tables.kinds[kind]} {_RHYTHM_WANTED if cadence else _ENOUGH}"
            )
        lines.append(words[each])
    return lines


def apply_settled(decided: "Decided", columns: Columns, knowledge: Knowledge) -> None:
    """Let rows whose words are gone be what they were found to be; own accounts are seen anew each time.

    A category that the taxonomy no longer has is decided anew, from what the row still says.
    """
    if SETTLED not in columns.frame:
        return
    code, texts = columns.coded(SETTLED)
    read = [_read(text, knowledge) for text in texts]
    valid = np.array([each is not None for each in read], dtype=np.bool_)[code]
    rows = np.flatnonzero(valid & ~decided.own.own)
    if not len(rows):
        return
    each = _numbers(read)[code[rows]]
    decided.settle(rows, each[:, 0], each[:, 1], each[:, 2])
    decided.channel[rows] = each[:, 3]
    known = each[:, 4] >= 0
    decided.parties.kind[rows[known]] = each[known, 4]
    decided.wants_cadence[rows] = each[:, 5] > 0


def _numbers(read: Sequence[_Settled | None]) -> npt.NDArray[np.int64]:
    nothing = _Settled(-1, -1, 0, 0, -1, wants_cadence=False)
    return np.array([each or nothing for each in read], dtype=np.int64).reshape(len(read), -1)


def _read(text: str, knowledge: Knowledge) -> _Settled | None:
    """Read one decision; None where there is none, or where its words mean nothing any more."""
    words = text.split()
    if len(words) != len(_Settled._fields):
        return None
    category, evidence, sure, channel, kind, cadence = words
    tables = knowledge.tables
    if category not in tables.number or evidence not in EVIDENCE or channel not in CHANNELS:
        return None
    return _Settled(
        tables.number[category],
        EVIDENCE.index(evidence),
        int(sure),
        CHANNELS.index(channel),
        tables.kinds.index(kind) if kind in tables.kinds else -1,
        cadence == _RHYTHM_WANTED,
    )
