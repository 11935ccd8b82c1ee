"""What an employer or a benefits office pays beside the usual: holiday pay, a thirteenth month, arrears."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from psd2_affordability.categorise.cadence import differs
from psd2_affordability.categorise.decide import Decided
from psd2_affordability.categorise.due_days import beats_of
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.rhythms import CADENCES
from psd2_affordability.categorise.streams import Found
from psd2_affordability.categorise.tables import one_of
from psd2_affordability.ledger.columns import Columns

_PAID = ("inkomen.loon", "inkomen.uitkering_")
_RHYTHMS = [CADENCES.index("monthly"), CADENCES.index("four_weekly")]
_EPOCH = date(1970, 1, 1).toordinal()


class _Kind(NamedTuple):
    """An extra: in which months it comes, how large it is in hundredths of the usual, how sure that is."""

    category: str
    months: frozenset[int]
    least: int
    most: int
    sure: int


#: The first that fits. The law has holiday pay come by June; the thirteenth month closes a year.
_KINDS = (
    _Kind("inkomen.vakantiegeld", frozenset({5, 6}), 30, 150, 65),
    _Kind("inkomen.eindejaarsuitkering", frozenset({11, 12}), 20, 150, 60),
    _Kind("inkomen.nabetaling", frozenset(range(1, 13)), 0, 100, 55),
)
#: A payment that differs less than this from the usual, next to a beat without one, came early or late.
_LIKE_USUAL = 15


class _Pay(NamedTuple):
    """One payment of a stream."""

    row: int
    day: int
    cents: int
    beat: int


def take_out_extras(columns: Columns, decided: Decided, found: Found, knowledge: Knowledge) -> Found:
    """Recognise payments beside the regular ones of wages and benefits, and leave them out of the stream.

    A second payment within one beat is an extra, unless it is the payment of a beat beside it that
    has none. What says in words what it is has been recognised before.
    """
    codes = knowledge.tables.codes
    paid = np.array([code.startswith(_PAID) for code in codes])
    first = found.rows[found.groups.start]
    wanted = decided.incoming[first] & paid[decided.category[first]] & one_of(found.cadence, _RHYTHMS)
    if not wanted.any():
        return found
    number = knowledge.tables.number
    extra = np.zeros(len(found.rows), dtype=np.bool_)
    for start, pays in _with_doubles(columns, found, wanted):
        for at, kind in _extras(pays):
            extra[start + at] = True
            decided.settle(np.array([pays[at].row]), number[kind.category], Evidence.RECURRENCE, kind.sure)
    return found.without(extra)


def _with_doubles(
    columns: Columns, found: Found, wanted: npt.NDArray[np.bool_]
) -> Iterator[tuple[int, list[_Pay]]]:
    """Yield the wanted streams that have two payments in one beat, and where they start."""
    groups, day = found.groups, columns.day[found.rows]
    beat = beats_of(day, groups, found.cadence)
    double = ~differs(beat)
    double[groups.start] = False
    some = np.logical_or.reduceat(double, groups.start) & wanted
    for start, size in zip(groups.start[some].tolist(), groups.size[some].tolist(), strict=True):
        rows = found.rows[start : start + size]
        told = (rows, columns.day[rows], columns.amount[rows], beat[start : start + size])
        yield start, [_Pay(*each) for each in zip(*(column.tolist() for column in told), strict=True)]


def _extras(pays: list[_Pay]) -> Iterator[tuple[int, _Kind]]:
    """Yield the positions of payments beside the regular ones, with what they are."""
    amounts = sorted(pay.cents for pay in pays)
    usual = amounts[(len(amounts) - 1) // 2]
    beats: dict[int, list[int]] = {}
    for at, pay in enumerate(pays):
        beats.setdefault(pay.beat, []).append(at)
    first, last = pays[0].beat, pays[-1].beat
    for beat, members in beats.items():
        beside = [near for near in (beat - 1, beat + 1) if first <= near <= last and near not in beats]
        regular = min(members, key=lambda at: (abs(pays[at].cents - usual), pays[at].day, pays[at].row))
        for at in members:
            cents = pays[at].cents
            moved = beside and abs(cents - usual) * 100 <= usual * _LIKE_USUAL
            if at == regular or moved:
                continue
            month = date.fromordinal(pays[at].day + _EPOCH).month
            for kind in _KINDS:
                if month in kind.months and kind.least * usual <= cents * 100 <= kind.most * usual:
                    yield at, kind
                    break
