"""Statement files in, accounts and ledger rows out: each format is read, and all files are merged."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from psd2_affordability.connect.files.archive import is_archive, members
from psd2_affordability.connect.files.camt import read_camt
from psd2_affordability.connect.files.csv_read import read_csv
from psd2_affordability.connect.files.mt940 import read_mt940
from psd2_affordability.connect.files.overlap import without_overlap
from psd2_affordability.connect.files.proof import prove
from psd2_affordability.connect.files.recognise import READABLE, looks_saved, recognise
from psd2_affordability.connect.files.statement import NO_BALANCE, Entry, Parsed, Statement
from psd2_affordability.connect.files.text import cleaned
from psd2_affordability.connect.result import Received, Rejected
from psd2_affordability.core.errors import BrokenFile, UnknownFormat
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.masking_references import without_numbers
from psd2_affordability.ledger.schema import COLUMNS, TEXT, validated

#: Reads a file that looks like the answer of a bank.
ReadSaved = Callable[[str, bytes], Parsed]

_READERS = {"camt": read_camt, "mt940": read_mt940, "csv": read_csv}

#: Ledger columns in the order of the fields of an entry.
_ENTRY_COLUMNS = (
    "status",
    "booked_on",
    "value_on",
    "amount_ct",
    "currency",
    "counterparty_name",
    "counterparty_iban",
    "creditor_id",
    "mandate_id",
    "remittance",
    "bank_code",
    "purpose_code",
    "return_reason",
    "balance_after_ct",
    "entry_reference",
)


@contextmanager
def collecting_later() -> Iterator[None]:
    """Hold the garbage collector back: rows make no cycles, and it would walk all of them time and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def read_files(files: Iterable[tuple[str, bytes]]) -> Received:
    """Read statement files, each a name and its content, and merge them.

    Raises:
        UnknownFormat: a file is no statement in a format that we read.
        BrokenFile: a file is cut off, damaged or hostile.
    """
    return merge(parse(name, content) for name, content in files)


@collecting_later()
def parse(name: str, content: bytes, saved: ReadSaved | None = None) -> Parsed:
    """Read one statement file, or an archive of them.

    Args:
        name: of the file.
        content: of the file.
        saved: reads the saved answers of a bank; without it JSON is no statement.

    Raises:
        UnknownFormat: it is no statement in a format that we read, or an archive that holds none.
        BrokenFile: it is cut off, damaged or hostile.
    """
    return (_parse_archive if is_archive(content) else _parse_one)(name, content, saved)


def _parse_one(name: str, content: bytes, saved: ReadSaved | None) -> Parsed:
    if saved is not None and looks_saved(content):
        return saved(name, content)
    return _READERS[recognise(name, content)](name, content)


def _parse_archive(name: str, content: bytes, saved: ReadSaved | None) -> Parsed:
    """Read every statement in an archive; what is none is listed and does not stop the others."""
    together = Parsed()
    advice: list[str] = []
    found = 0
    for member, inside in members(name, content):
        try:
            one = _parse_one(member, inside, saved)
        except UnknownFormat as error:
            if member == name:
                raise
            together.rejected.append(Rejected(error.where, error.what, lost=False))
            advice.append(error.do)
            continue
        except BrokenFile as error:
            if member == name:
                raise
            together.rejected.append(Rejected(error.where, error.what))
            continue
        found += 1
        together.statements += one.statements
        together.rejected += one.rejected
    if not found:
        do = next(iter(advice), READABLE)
        raise UnknownFormat("the archive holds no statement that can be read", where=name, do=do)
    return together


@collecting_later()
def merge(parsed: Iterable[Parsed]) -> Received:
    """Put the statements of several files together: nothing twice, everything proven where it can be."""
    statements: list[Statement] = []
    rejected: list[Rejected] = []
    for each in parsed:
        statements += each.statements
        rejected += each.rejected
    statements, repeats = _each_once(statements)
    kept, overlaps = without_overlap(statements)
    return Received(
        accounts=prove(statements, kept),
        transactions=_frame(statements, kept),
        rejected=(*rejected, *repeats, *overlaps),
    )


def _each_once(statements: Sequence[Statement]) -> tuple[list[Statement], list[Rejected]]:
    """Leave out a statement that is there already, entry for entry."""
    known: dict[Any, list[Statement]] = {}
    once: list[Statement] = []
    repeats: list[Rejected] = []
    for one in statements:
        same = known.setdefault((one.account, one.currency, one.number, one.opening, one.closing), [])
        twin = next((each for each in same if _says_the_same(each, one)), None)
        if twin is None:
            same.append(one)
            once.append(one)
        elif one.entries:
            label = f"statement {one.number or 'without number'} of account {one.account}"
            repeats.append(Rejected(one.file, f"{label} is in {twin.file} too; counted once", lost=False))
    return once, repeats


def _says_the_same(one: Statement, other: Statement) -> bool:
    if one.page_of and one.page_of == other.page_of:  # one coffee on each of two pages is two
        return one.entries == other.entries and all(entry.entry_reference for entry in one.entries)
    return len(one.entries) == len(other.entries) and all(
        mine.without_evidence() == yours.without_evidence()
        for mine, yours in zip(one.entries, other.entries, strict=True)
    )


def _frame(statements: Sequence[Statement], kept: Sequence[Sequence[Entry]]) -> pd.DataFrame:
    """Build the ledger frame column by column."""
    entries = [entry for each in kept for entry in each]
    if entries:
        columns: dict[str, Any] = dict(zip(_ENTRY_COLUMNS, zip(*entries, strict=True), strict=True))
    else:
        columns = dict.fromkeys(_ENTRY_COLUMNS, ())
    accounts = np.array([statement.account for statement in statements], dtype=object)
    columns["account"] = np.repeat(accounts, [len(each) for each in kept])
    built = {name: _column(columns.get(name), dtype, len(entries)) for name, dtype in COLUMNS.items()}
    return validated(with_keys(without_numbers(pd.DataFrame(built))))


def _column(values: Any, dtype: str, rows: int) -> pd.Series:
    if values is None:
        return pd.Series("" if dtype == TEXT else pd.NA, index=range(rows), dtype=dtype)
    if dtype.startswith("datetime64"):
        days = np.array(values, dtype="int64").astype("datetime64[D]")
        return pd.Series(days.astype(dtype))
    if dtype == "Int64":
        numbers = np.array(values, dtype="int64")
        return pd.Series(pd.arrays.IntegerArray(numbers, numbers == NO_BALANCE))
    if dtype == TEXT:
        return pd.Series(pd.array(pa.array(cleaned(values), pa.large_string()), dtype=TEXT))
    return pd.Series(values, dtype=dtype)
