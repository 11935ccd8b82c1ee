"""The table of streams, and the key of its stream for every row."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from psd2_affordability.categorise.cadence import IRREGULAR, Groups, quantiles_of
from psd2_affordability.categorise.decide import Decided
from psd2_affordability.categorise.due_days import next_day
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.rhythms import CADENCES
from psd2_affordability.categorise.streams import Found
from psd2_affordability.ledger.clean import decoded, text_column
from psd2_affordability.ledger.columns import Coded, Columns
from psd2_affordability.ledger.schema import DAY, TEXT

_CADENCE_NAMES, _DIRECTIONS = [*CADENCES, "irregular"], ["out", "in"]
_PERIOD_DAYS = np.array([7, 28, 30, 61, 91, 365, 0], dtype=np.int64)
_NO_DAY = np.iinfo(np.int64).min

_COLUMNS = {
    "subject": TEXT,
    "stream": TEXT,
    "category": TEXT,
    "payee": TEXT,
    "direction": TEXT,
    "cadence": TEXT,
    "period_days": "int64",
    "n": "int64",
    "first_on": DAY,
    "last_on": DAY,
    "amount_ct": "int64",
    "amount_low_ct": "int64",
    "amount_high_ct": "int64",
    "last_amount_ct": "int64",
    "next_on": DAY,
    "next_low_ct": "int64",
    "next_high_ct": "int64",
}
#: The next amount is expected where the last ones lay, and a part of their width beside it.
_LAST_ONES = 12
_BESIDE = 4


def stream_table(
    columns: Columns, payee: Coded, decided: Decided, knowledge: Knowledge, streams: Found
) -> tuple[Columns, Coded]:
    """Return one row per stream, and for each row of the frame the key of its stream or the empty text."""
    of_row = np.zeros(len(columns), dtype=np.int32)
    if not len(streams.rows):
        nothing = pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in _COLUMNS.items()})
        return Columns(nothing), (of_row, [""])
    of_row[streams.rows] = streams.groups.of_row + 1
    coded = _coded_columns(columns, payee, decided, knowledge, streams)
    numbers = _numbers(columns, decided, streams)
    keys = coded["stream"][1]
    order = _by_subject_and_age(coded["subject"], numbers["first_on"], keys)
    coded = {name: (code[order], words) for name, (code, words) in coded.items()}
    texts = {name: decoded(each) for name, each in coded.items()}
    told = {name: values[order] for name, values in numbers.items()}
    shown = {name: text_column(each) for name, each in texts.items()}
    table = pd.DataFrame(
        {name: shown[name] if name in shown else told[name] for name in _COLUMNS}, copy=False
    )
    at_hand = Columns(table)
    at_hand.extend(table, coded, texts)
    return at_hand, (of_row, ["", *keys])


def _by_subject_and_age(
    subject: Coded, first_on: npt.NDArray[np.datetime64], keys: Sequence[str]
) -> npt.NDArray[np.intp]:
    """Sort the streams of each subject by their first day, and then by key."""
    code, subjects = subject
    since = first_on.astype(np.int64).tolist()
    ranks = list(zip([subjects[who] for who in code.tolist()], since, keys, strict=True))
    return np.array(sorted(range(len(ranks)), key=ranks.__getitem__), dtype=np.intp)


def _coded_columns(
    columns: Columns, payee: Coded, decided: Decided, knowledge: Knowledge, streams: Found
) -> dict[str, Coded]:
    start, end = streams.groups.start, streams.groups.start + streams.groups.size - 1
    first, last = streams.rows[start], streams.rows[end]
    who, subjects = columns.coded("subject")
    incoming, codes = decided.incoming[first], list(knowledge.tables.codes)
    category = decided.category[last].astype(np.int32)
    named = [
        [subjects[at] for at in who[first].tolist()],
        [codes[at] for at in category.tolist()],
        np.where(streams.by_amount, columns.amount[first].astype("U"), "").tolist(),
    ]
    keys = _stream_keys(columns, first, decided, knowledge, named)
    return {
        "subject": (who[first], subjects),
        "stream": (np.arange(len(keys), dtype=np.int32), keys),
        "category": (category, codes),
        "payee": (payee[0][last], payee[1]),
        "direction": (incoming.astype(np.int32), _DIRECTIONS),
        "cadence": (streams.cadence.astype(np.int32), _CADENCE_NAMES),
    }


def _numbers(columns: Columns, decided: Decided, streams: Found) -> dict[str, npt.NDArray[Any]]:
    rows, groups, cadence = streams.rows, streams.groups, streams.cadence
    day, amount = columns.day[rows], columns.amount[rows]
    start, end = groups.start, groups.start + groups.size - 1
    expected = next_day(day, groups, cadence, decided.incoming[rows[start]])
    low, usual, high = quantiles_of(amount, groups, (1, 10), (1, 2), (9, 10))
    next_low, next_high = _next_amounts(amount, groups)
    return {
        "period_days": _PERIOD_DAYS[cadence],
        "n": groups.size,
        "first_on": _days(day[start]),
        "last_on": _days(day[end]),
        "amount_ct": usual,
        "amount_low_ct": low,
        "amount_high_ct": high,
        "last_amount_ct": amount[end],
        "next_on": _days(np.where(cadence == IRREGULAR, _NO_DAY, expected)),
        "next_low_ct": next_low,
        "next_high_ct": next_high,
    }


def _days(day: npt.NDArray[np.int64]) -> npt.NDArray[np.datetime64]:
    return day.astype("datetime64[D]").astype("datetime64[s]")


def _next_amounts(
    amount: npt.NDArray[np.int64], groups: Groups
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return between which amounts the next one is expected; after three equal ones, the same again."""
    last = groups.start + groups.size - 1
    start = np.maximum(groups.start, last + 1 - _LAST_ONES)
    bounds = np.stack([start, last + 1], axis=1).ravel()
    padded = np.append(amount, amount[-1:])
    low = np.minimum.reduceat(padded, bounds)[::2]
    high = np.maximum.reduceat(padded, bounds)[::2]
    beside = (high - low) // _BESIDE
    steady = groups.size >= 3
    for back in (1, 2):
        steady &= amount[np.maximum(last - back, groups.start)] == amount[last]
    return np.where(steady, amount[last], low - beside), np.where(steady, amount[last], high + beside)


def _stream_keys(
    columns: Columns,
    first: npt.NDArray[np.int64],
    decided: Decided,
    knowledge: Knowledge,
    named: Sequence[Sequence[str]],
) -> list[str]:
    """Name each stream after what groups it, so that it keeps its name when newer rows arrive.

    Where no name is printed several may be called the same: their first rows tell them apart.
    """
    entries, parties = knowledge.entries, decided.parties
    numbers = [columns.taken(name, first) for name in ("mandate_id", "counterparty_iban")]
    payees = [entries[entry].name if entry >= 0 else "" for entry in parties.entry[first].tolist()]
    names = [parties.shown[name] for name in parties.name[first].tolist()]
    sides = map(str, decided.incoming[first].tolist())
    told = list(zip(sides, payees, names, *numbers, *named, strict=True))
    keys = list(map(_key, told))
    if len(set(keys)) < len(keys):
        times, rows = Counter(keys), columns.taken("tx", first)
        keys = [
            key if times[key] == 1 else _key((*each, row))
            for key, each, row in zip(keys, told, rows, strict=True)
        ]
    return keys


def _key(told: Sequence[str]) -> str:
    return "s" + sha256("\x1f".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]
