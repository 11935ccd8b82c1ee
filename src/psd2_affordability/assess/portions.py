"""The rows and streams of some subjects at a time: arrays that stay in the cache, in memory used again."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.assess.rhythm import PER_YEAR
from psd2_affordability.categorise.engine import Understood
from psd2_affordability.ledger.arrays import Flags, Hashes, Ints, days_of
from psd2_affordability.ledger.columns import Columns, Part

#: So many subjects at once: enough to share each pass, few enough for the cache.
_AT_ONCE = 256


class Streams(NamedTuple):
    """Streams with a rhythm, sorted by subject and then by name.

    Attributes:
        subject: of each stream its number.
        named: which of the texts of the rows' column `stream` is its name.
        rows: where it stands in the table of streams.
        figures: how often a year, its period, and the days expected next and seen last.
        columns: of that table.
    """

    subject: Ints
    named: npt.NDArray[np.int32]
    rows: Ints
    figures: Ints
    columns: Columns

    @classmethod
    def of(cls, columns: Columns, keys: Sequence[str], place: Mapping[str, int]) -> "Streams":
        """Find those streams among the keys that rows have, of subjects whose numbers are given."""
        streams = columns.frame
        code, names = columns.coded("subject")
        subject = np.array([place.get(name, -1) for name in names], np.int64)[code]
        named = pc.index_in(columns.texts("stream"), value_set=pa.array(keys, pa.large_string()))
        named = pc.fill_null(named, -1).to_numpy()
        cadence, cadences = columns.coded("cadence")
        a_year = np.array([PER_YEAR.get(name, 0) for name in cadences], np.int64)[cadence]
        rows = np.flatnonzero((a_year > 0) & (subject >= 0) & (named >= 0))
        sorting = pa.table({"subject": subject[rows], "name": columns.texts("stream").take(pa.array(rows))})
        order = pc.sort_indices(sorting, [("subject", "ascending"), ("name", "ascending")])
        rows = rows[order.to_numpy().view(np.int64)]
        period = np.maximum(streams["period_days"].to_numpy(), 1)
        days = [days_of(streams[name].to_numpy()) for name in ("next_on", "last_on")]
        figures = np.stack([a_year, period, *days])[:, rows]
        return cls(subject[rows], named[rows], rows, figures, columns)

    def some(self, chosen: slice | Flags) -> "Streams":
        """Some of the streams."""
        subject, named, rows, figures, columns = self
        return Streams(subject[chosen], named[chosen], rows[chosen], figures[:, chosen], columns)

    def among(self, first: int, last: int) -> "Streams":
        """Those of a run of subjects, whose numbers then begin at nought."""
        start, end = np.searchsorted(self.subject, (first, last)).tolist()
        its = self.some(slice(start, end))
        return its._replace(subject=its.subject - first)


class Portion(NamedTuple):
    """Some subjects, in the order of their names.

    Attributes:
        subjects: their names; a subject's number is its place here.
        subject: the number of each row's subject; rows of one subject stand together, in that order.
        columns: of the rows.
        hashes: of their keys.
        streams: those with a rhythm.
    """

    subjects: Sequence[str]
    subject: Ints
    columns: Columns
    hashes: Hashes
    streams: Streams


def portions(understood: Understood, told: Collection[str], hashes: Hashes) -> Iterator[Portion]:
    """Cut the rows into portions of subjects; `told` are those of whom something else is known.

    Args:
        understood: any number of subjects.
        told: subjects that may have no rows.
        hashes: of the rows' keys.
    """
    columns = understood.columns
    code, names = columns.coded("subject")
    subjects = sorted({*names, *told})
    place = {name: at for at, name in enumerate(subjects)}
    subject = np.array([place[name] for name in names], np.int64)[code]
    order = None if (subject[1:] >= subject[:-1]).all() else np.argsort(subject, kind="stable")
    if order is not None:
        subject = subject[order]
    streams = Streams.of(understood.stream_columns, columns.coded("stream")[1], place)
    for first in range(0, len(subjects), _AT_ONCE):
        last = min(first + _AT_ONCE, len(subjects))
        start, end = np.searchsorted(subject, (first, last)).tolist()
        its = slice(start, end)
        rows = its if order is None else order[its]
        part = Part(columns, rows)
        yield Portion(
            subjects[first:last], subject[its] - first, part, hashes[rows], streams.among(first, last)
        )
