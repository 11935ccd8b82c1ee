"""The columns of one ledger frame as arrays, each made once, when first asked for."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from psd2_affordability.ledger.arrays import days_of, letter_bounds, some_of
from psd2_affordability.ledger.clean import encoded, texts_of
from psd2_affordability.ledger.schema import BOOKED

#: A code for each row, and the distinct texts that the codes stand for.
Coded = tuple[npt.NDArray[np.int32], list[str]]


class Texts:
    """Texts side by side, each of them made only when it is looked at."""

    __slots__ = ("_begins", "_ends", "_letters")

    def __init__(self, texts: pa.Array) -> None:
        bounds, content = letter_bounds(texts), texts.buffers()[2]
        first, size = int(bounds[0]), int(bounds[-1] - bounds[0])
        content = memoryview(content)[first : first + size] if size else b""
        # of plain letters, as in keys of our own, each is one byte
        letters = str(content, "utf-8")
        self._letters = letters if len(letters) == size else bytes(content)
        bounds = bounds - first
        self._begins, self._ends = bounds[:-1], bounds[1:]

    def placed(self, rows: npt.NDArray[np.intp]) -> "Texts":
        """Return some of the texts, in the order of these rows."""
        placed = object.__new__(Texts)
        placed._letters, placed._begins, placed._ends = self._letters, self._begins[rows], self._ends[rows]
        return placed

    def between(self, start: int, end: int) -> list[str]:
        """Return a stretch of the texts."""
        letters = self._letters
        cuts = zip(self._begins[start:end].tolist(), self._ends[start:end].tolist(), strict=True)
        if isinstance(letters, str):
            return [letters[begin:after] for begin, after in cuts]
        return [letters[begin:after].decode() for begin, after in cuts]


class Columns:
    """Reads a frame column by column; nothing is written back."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self._texts: dict[str, pa.Array] = {}
        self._coded: dict[str, Coded] = {}
        self._blank: dict[str, npt.NDArray[np.bool_]] = {}

    def __len__(self) -> int:
        return len(self.frame)

    def extend(self, frame: pd.DataFrame, coded: Mapping[str, Coded], texts: Mapping[str, pa.Array]) -> None:
        """Read on in a frame that has more columns beside these, some of which have been read already."""
        self.frame = frame
        self._coded.update(coded)
        self._texts.update(texts)

    def coded(self, name: str) -> Coded:
        """Return a code for each row and the distinct texts that the codes stand for."""
        if name not in self._coded:
            self._coded[name] = encoded(self.texts(name))
        return self._coded[name]

    def blank(self, name: str) -> npt.NDArray[np.bool_]:
        """Tell for each row whether the text is absent."""
        if name not in self._blank:
            bounds = letter_bounds(self.texts(name))
            self._blank[name] = bounds[1:] == bounds[:-1]
            self._blank[name].flags.writeable = False
        return self._blank[name]

    def equal(self, name: str, text: str) -> npt.NDArray[np.bool_]:
        """Tell for each row whether it has this text."""
        code, values = self.coded(name)
        same: npt.NDArray[np.bool_] = code == (values.index(text) if text in values else -1)
        return same

    def texts(self, name: str) -> pa.Array:
        """Return a column of text, uncoded; for columns where nearly every row differs."""
        if name not in self._texts:
            self._texts[name] = texts_of(self._column(name))
        return self._texts[name]

    def side_by_side(self, name: str) -> Texts:
        """Return a column of text of which few are going to be looked at."""
        return Texts(self.texts(name))

    def taken(self, name: str, rows: npt.NDArray[np.intp]) -> list[str]:
        """Return the texts of some rows."""
        taken: list[str] = self.texts(name).take(pa.array(rows)).to_pylist()
        return taken

    def _column(self, name: str) -> pd.Series:
        given = self._given
        return given[name] if name in given else self.frame[name]

    @cached_property
    def _given(self) -> Mapping[str, pd.Series]:
        """The columns as they stood: one after another, each takes a part of the time that it takes alone."""
        return {str(name): column for name, column in self.frame.items()}

    @cached_property
    def amount(self) -> npt.NDArray[np.int64]:
        """Signed whole cents."""
        return self._column("amount_ct").to_numpy()

    @cached_property
    def day(self) -> npt.NDArray[np.int64]:
        """Booking day, counted from 1970; the lowest number for a row without one."""
        return days_of(self._column("booked_on").to_numpy())

    @cached_property
    def booked(self) -> npt.NDArray[np.bool_]:
        """Rows that are not pending."""
        return self.equal("status", BOOKED)

    @cached_property
    def wordless(self) -> npt.NDArray[np.bool_]:
        """Rows without a description."""
        return self.blank("remittance")


class Part(Columns):
    """Some of the rows, read through the columns of all: what was coded once is not coded again."""

    def __init__(self, whole: Columns, rows: slice | npt.NDArray[np.intp]) -> None:
        super().__init__(whole.frame)
        self._whole, self._rows = whole, rows

    def __len__(self) -> int:
        return len(self.amount)

    def coded(self, name: str) -> Coded:
        """Return a code for each row; the distinct texts are those of all rows."""
        if name not in self._coded:
            code, values = self._whole.coded(name)
            self._coded[name] = code[self._rows], values
        return self._coded[name]

    def blank(self, name: str) -> npt.NDArray[np.bool_]:
        """Tell for each row whether the text is absent."""
        blank: npt.NDArray[np.bool_] = self._whole.blank(name)[self._rows]
        return blank

    def texts(self, name: str) -> pa.Array:
        """Return a column of text, uncoded."""
        if name not in self._texts:
            self._texts[name] = some_of(self._whole.texts(name), self._rows)
        return self._texts[name]

    @cached_property
    def amount(self) -> npt.NDArray[np.int64]:
        """Signed whole cents."""
        return self._whole.amount[self._rows]

    @cached_property
    def day(self) -> npt.NDArray[np.int64]:
        """Booking day, counted from 1970; the lowest number for a row without one."""
        return self._whole.day[self._rows]
