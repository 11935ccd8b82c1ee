"""CSV and TAB exports: rows into statements, one for each account and currency in the file."""

import csv
from collections.abc import Sequence

from psd2_affordability.connect.files import balance_chain
from psd2_affordability.connect.files.csv_block import NoBooking, read_block
from psd2_affordability.connect.files.csv_table import Table, find_table
from psd2_affordability.connect.files.statement import Parsed, Statement
from psd2_affordability.connect.files.text import decoded
from psd2_affordability.connect.result import Rejected
from psd2_affordability.core.errors import BrokenFile

_AGAIN = "Export it from the bank again"


def read_csv(name: str, content: bytes) -> Parsed:
    """Read a CSV or TAB export; a row that cannot be read is rejected with its line number.

    Raises:
        BrokenFile: a cell never ends.
    """
    text = decoded(content)
    try:
        table = find_table(text)
        rows = table.rows(text) if table else []
    except csv.Error as error:
        raise BrokenFile("a cell of the table never ends", where=name, do=_AGAIN) from error
    if table is None:
        raise BrokenFile("the table has lost its columns", where=name, do=_AGAIN)
    reader = _Reader(name, table)
    reader.take_all(rows)
    if reader.refused:
        lines = table.lines(text)
        reader.parsed.rejected += [
            Rejected(f"{name}, line {lines[at]}", why, lost) for at, why, lost in sorted(reader.refused)
        ]
    return reader.finish()


class _Reader:
    """Builds statements from blocks of rows; a row's place is counted after the headings."""

    def __init__(self, name: str, table: Table) -> None:
        self.parsed = Parsed()
        self.refused: list[tuple[int, str, bool]] = []
        self._name = name
        self._table = table
        self._headings = list(table.headings)
        self._statements: dict[tuple[str, str], Statement] = {}

    def take_all(self, rows: list[list[str]]) -> None:
        """Take every row."""
        width = self._table.width
        if all(len(row) == width for row in rows) and self._headings not in rows:
            self._take(rows, range(len(rows)))
        else:
            self._take(*self._fitting(rows))

    def finish(self) -> Parsed:
        """Close every statement with the balances its rows state."""
        unread = sum(lost for _, _, lost in self.refused)
        for statement in self._statements.values():
            statement.unread = unread
            balance_chain.close(statement)
            self.parsed.statements.append(statement)
        return self.parsed

    def _fitting(self, rows: list[list[str]]) -> tuple[list[list[str]], list[int]]:
        """Rows of the right width, and their places; empty ones and repeated headings are none."""
        width, spill = self._table.width, self._table.layout.spill
        fitting: list[list[str]] = []
        places: list[int] = []
        for at, row in enumerate(rows):
            if not any(map(str.strip, row)) or row == self._headings:
                continue
            fitted = _fitted(row, width, spill)
            if len(fitted) == width:
                fitting.append(fitted)
                places.append(at)
            else:
                self.refused.append((at, f"the row has {len(row)} columns instead of {width}", True))
        return fitting, places

    def _take(self, rows: Sequence[Sequence[str]], places: Sequence[int]) -> None:
        """Read a block at once; of one that fails each half, down to the rows that are wrong."""
        try:
            accounts, entries = read_block(rows, self._table)
        except ValueError as error:
            if len(rows) == 1:
                self.refused.append((places[0], str(error), not isinstance(error, NoBooking)))
                return
            middle = len(rows) // 2
            self._take(rows[:middle], places[:middle])
            self._take(rows[middle:], places[middle:])
            return
        if len({*accounts}) == 1 == len({entry.currency for entry in entries}):
            self._statement(accounts[0], entries[0].currency).entries += entries
            return
        for account, entry in zip(accounts, entries, strict=True):
            self._statement(account, entry.currency).entries.append(entry)

    def _statement(self, account: str, currency: str) -> Statement:
        statement = self._statements.get((account, currency))
        if statement is None:
            statement = Statement(file=self._name, account=account, currency=currency)
            self._statements[account, currency] = statement
        return statement


def _fitted(row: list[str], width: int, spill: int) -> list[str]:
    """Cut empty cells off a row that is too wide, and put text together that its separators tore apart."""
    while len(row) > width and not row[-1].strip():
        row = row[:-1]
    surplus = len(row) - width
    if surplus > 0 and spill >= 0:
        row = [*row[:spill], ",".join(row[spill : spill + surplus + 1]), *row[spill + surplus + 1 :]]
    return row
