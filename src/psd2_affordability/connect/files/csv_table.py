"""A table in text: which layout it has, and its rows, whatever separates and quotes the cells."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from psd2_affordability.connect.files.csv_layouts import LAYOUTS, Layout

_SEPARATORS = (",", ";", "\t")
_HEAD = 16_384
_FIRST_ROWS = 12

#: Spaces to be cleaned up, in texts that stand between NULs, which no text holds.
_LOOSE = ("  ", "\0 ", " \0", "\n", "\t")


@dataclass(frozen=True, slots=True)
class Table:
    """How to read the table at hand.

    Attributes:
        layout: which export it is.
        places: what is read from which columns.
        width: how many columns a row has.
        headings: the row of headings as it stands there; empty when there is none.
        separator: between cells.
        wrapped: whether a whole row stands quoted inside one cell.
        skip: rows before the first with a transaction.
    """

    layout: Layout
    places: dict[str, tuple[int, ...]]
    width: int
    headings: tuple[str, ...]
    separator: str
    wrapped: bool
    skip: int

    def rows(self, text: str) -> list[list[str]]:
        """Every row after the headings.

        Raises:
            csv.Error: a cell is longer than any of a bank.
        """
        outer = csv.reader(StringIO(text), delimiter=self.separator)
        return list(_unwrapped(outer, self.separator) if self.wrapped else outer)[self.skip :]

    def lines(self, text: str) -> list[int]:
        """Number of the line on which each row of `rows` begins."""
        outer = csv.reader(StringIO(text), delimiter=self.separator)
        ends = [outer.line_num for _ in outer]
        return [1 + end for end in (0, *ends[:-1])][self.skip :]


def find_table(text: str) -> Table | None:
    """Find the layout that the first rows of a text have, or None."""
    head = text[:_HEAD]
    if len(text) > _HEAD:
        head = head[: head.rfind("\n") + 1]
    for separator in _SEPARATORS:
        for wrapped in (False, True):
            try:
                outer = csv.reader(StringIO(head), delimiter=separator)
                rows = list(_unwrapped(outer, separator) if wrapped else outer)[:_FIRST_ROWS]
            except csv.Error:
                continue
            for at, row in enumerate(rows):
                if table := _table(row, separator, wrapped, at):
                    return table
    return None


def _table(row: list[str], separator: str, wrapped: bool, at: int) -> Table | None:
    if len(row) < 2:
        return None
    headings = [cell.strip(" \"'").casefold() for cell in row]
    for layout in LAYOUTS:
        if layout.width:
            if places := layout.places_by_shape(row):
                width = layout.width if layout.spill >= 0 else len(row)
                return Table(layout, places, width, (), separator, wrapped, at)
        elif places := layout.places_by_heading(headings):
            return Table(layout, places, len(row), tuple(row), separator, wrapped, at + 1)
    return None


def _unwrapped(outer: Iterable[list[str]], separator: str) -> Iterator[list[str]]:
    """Rows of a table that was quoted once too often: each of its cells is a row of its own."""
    for row in outer:
        yield from csv.reader([row[0]], delimiter=separator) if row else [[]]


class Columns:
    """The columns of a block, by what is in them."""

    def __init__(self, rows: Sequence[Sequence[str]], table: Table) -> None:
        self.rows = len(rows)
        self.layout = table.layout
        self._places = table.places
        self._columns = tuple(zip(*rows, strict=True))

    def get(self, what: str) -> Sequence[str] | None:
        """A column, or several as one text each; None when the export has none."""
        places = self._places.get(what)
        if places is None:
            return None
        columns = [self._columns[at] for at in places]
        filled = [column for column in columns if any(column) and not "".join(column).isspace()]
        if len(filled) < 2:
            return filled[0] if filled else columns[0]
        return [" ".join(cells) for cells in zip(*filled, strict=True)]

    def needed(self, what: str) -> Sequence[str]:
        """A column that every export has."""
        return self.get(what) or ()

    def words(self, what: str) -> Sequence[str]:
        """A column of texts with single spaces; empty texts when the export has none."""
        column = self.get(what)
        return [""] * self.rows if column is None else single_spaced(column)


def single_spaced(column: Sequence[str]) -> Sequence[str]:
    """Write every space in a column as one; a column that needs nothing stays as it is."""
    joined = "\0".join(("", *column, ""))
    if not any(loose in joined for loose in _LOOSE):
        return column
    return [" ".join(text.split()) for text in column]
