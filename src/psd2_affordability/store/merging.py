"""Takes one answer of one source on one account over into the rows that are kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, and_, bindparam, select

from psd2_affordability.ledger.merge import Decisions, Known, Row, Window, decide, telling
from psd2_affordability.ledger.schema import BOOKED, TEXT_MARK
from psd2_affordability.store.database import in_batches
from psd2_affordability.store.rows import MASKED, SEALED, sealed_rows
from psd2_affordability.store.schema import transactions as table
from psd2_affordability.store.sources import named, owner, written
from psd2_affordability.store.visit import Place

#: Days around an answer in which a row may be that was booked on another day before.
_AROUND = timedelta(days=3)
_EPOCH = date(1970, 1, 1).toordinal()
_NO_DAY = int(np.datetime64("NaT").astype("int64"))
_NAMES = ("counterparty_name", "counterparty_iban")
_NUMBERS = ("booked_on", "value_on", "amount_ct", "currency", "balance_after_ct")
#: What of a row may be told anew; amount and currency never.
_REWRITTEN = (
    "booked_on",
    "value_on",
    "balance_after_ct",
    "sealed_text",
    "said",
    "numbered",
)


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of the booked rows of one account.

    Attributes:
        new: rows that were not there.
        same: rows that were.
        changed: of these, how many say something else now, or came back.
        gone: rows that nobody gives any more.
    """

    new: pd.DataFrame
    same: int = 0
    changed: int = 0
    gone: int = 0


class _Kept(NamedTuple):
    tx: str
    said: str
    sources: str
    live: bool
    numbered: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """Booked rows of one answer on one account, held against those that are kept.

    Attributes:
        place: where they go.
        rows: as they came, with the keys that `ledger.identity` gives them.
        window: the days that the answer speaks of, when it is known.
        kept: what is kept around those days.
        same: place among the rows -> the kept row that says the very same.
        settled: all of them are kept, and there is nothing to note.
    """

    place: Place
    rows: pd.DataFrame
    window: Window | None
    kept: Sequence[_Kept] = ()
    same: Mapping[int, _Kept] = field(default_factory=dict)
    settled: bool = False

    @property
    def unknown(self) -> list[int]:
        """Rows that are not kept word for word."""
        return [] if self.settled else [at for at in range(len(self.rows)) if at not in self.same]

    @property
    def open(self) -> list[int]:
        """Rows of which more than their key may be compared or written; only these need be masked."""
        if self.settled:
            return []
        numbers = self.rows["entry_reference"].tolist()
        known = {at for at, kept in self.same.items() if kept.numbered or not numbers[at]}
        return [at for at in range(len(self.rows)) if at not in known]


def held_against(place: Place, rows: pd.DataFrame, window: Window | None) -> Arrival:
    """Find the booked rows of an answer that are kept word for word, by their keys alone.

    Args:
        place: where they go.
        rows: with the keys that `ledger.identity` gives them.
        window: the days that the answer speaks of, when it is known.
    """
    says = rows["tx"].tolist()
    if rows.empty or (_is_part(window) and _settled(place, rows).issuperset(says)):
        return Arrival(place, rows, window, settled=True)
    kept = _kept(place, *_span(rows, window))
    found = {each.said: each for each in kept if not each.live}
    found |= {each.said: each for each in kept if each.live}
    same = {at: found[said] for at, said in enumerate(says) if said in found}
    return Arrival(place, rows, window, kept, same)


def take_over(arrival: Arrival, told: pd.DataFrame) -> Merged:
    """Merge an answer; one without any booked row tells nothing of those that are kept.

    Args:
        arrival: the answer, held against what is kept.
        told: its open rows as they may be kept.
    """
    if arrival.settled:
        return Merged(told, same=len(arrival.rows))
    place, window, same, unknown = arrival.place, arrival.window, dict(arrival.same), arrival.unknown
    coming = _Coming(arrival.rows, told, {at: number for number, at in enumerate(arrival.open)})
    if not unknown and _is_part(window):
        return _apply(place, coming, same, Decisions({}, (), {}, ()), {})
    matched = {each.tx for each in same.values()}
    others = {each.tx: each for each in arrival.kept if each.tx not in matched}
    if not others:
        return _apply(place, coming, same, Decisions({}, tuple(unknown), {}, ()), others)
    decided = decide(list(_known(place, others)), coming.fetched(unknown), window)
    same |= {unknown[at]: others[tx] for at, tx in decided.same.items()}
    placed = Decisions(
        same={},
        new=tuple(unknown[at] for at in decided.new),
        superseded={tx: unknown[at] for tx, at in decided.superseded.items()},
        vanished=decided.vanished,
    )
    return _apply(place, coming, same, placed, others)


@dataclass(frozen=True, slots=True)
class _Coming:
    """Rows of an answer: their keys and numbers as they came, and of the open ones what may be kept."""

    rows: pd.DataFrame
    told: pd.DataFrame
    number: Mapping[int, int]

    def at(self, places: Iterable[int]) -> pd.DataFrame:
        """Return open rows as they may be kept."""
        return self.told.iloc[[self.number[at] for at in places]]

    def fetched(self, places: Sequence[int]) -> list[Row]:
        """Return what open rows say; a number that came with several rows of the answer tells nothing."""
        tells = telling(self.rows["entry_reference"].tolist())
        return [
            row if tells[at] else row._replace(reference="")
            for at, row in zip(places, rows_of(self.at(places)), strict=True)
        ]


def _is_part(window: Window | None) -> bool:
    return window is None or not window.absent_is_gone


def _span(rows: pd.DataFrame, window: Window | None) -> tuple[date, date]:
    first, last = rows["booked_on"].min().date(), rows["booked_on"].max().date()
    if window is not None:
        first, last = min(first, window.since), max(last, window.until)
    return first - _AROUND, last + _AROUND


def _settled(place: Place, rows: pd.DataFrame) -> set[str]:
    """What rows say of which there is nothing to note when the source says it again."""
    settled = select(table.c.said).where(
        _booked_between(place, *_span(rows, None)),
        table.c.valid_to.is_(None),
        table.c.sources == place.source,
    )
    if (rows["entry_reference"] != "").any():
        settled = settled.where(table.c.numbered)
    return set(place.connection.scalars(settled).all())


def _booked_between(place: Place, first: date, last: date) -> ColumnElement[bool]:
    return and_(
        table.c.account_id == place.account_id,
        table.c.status == BOOKED,
        table.c.booked_on.between(first, last),
    )


def _kept(place: Place, first: date, last: date) -> list[_Kept]:
    columns = (table.c.tx, table.c.said, table.c.sources, table.c.valid_to.is_(None), table.c.numbered)
    rows = place.connection.execute(select(*columns).where(_booked_between(place, first, last))).all()
    return [_Kept._make(row) for row in rows]


def _known(place: Place, others: Mapping[str, _Kept]) -> Iterator[Known]:
    """Open the rows that did not say exactly the same."""
    columns = [table.c[name] for name in (*_NUMBERS, "tx", "sealed_text")]
    for keys in in_batches(list(others)):
        query = select(*columns).where(table.c.subject == place.subject, table.c.tx.in_(keys))
        for row in place.connection.execute(query.order_by(table.c.tx)):
            kept = others[row.tx]
            opened = place.seal.open_texts(row.sealed_text, row.tx)
            texts = dict(zip((*SEALED, *MASKED), opened, strict=True))
            sources = named(kept.sources)
            yield Known(
                tx=row.tx,
                row=Row(
                    row.booked_on.toordinal() - _EPOCH,
                    None if row.value_on is None else row.value_on.toordinal() - _EPOCH,
                    row.amount_ct,
                    row.currency,
                    texts["counterparty_name"],
                    texts["counterparty_iban"],
                    texts[TEXT_MARK] or texts["remittance"],
                    row.balance_after_ct,
                    texts["entry_reference"],
                ),
                live=kept.live,
                vouched=place.source in sources,
                own_words=owner(sources) == place.source,
            )


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Return what the rows of a frame say; a pending row without a day counts as of its value day.

    The mark of a description that is gone stands in its place.
    """
    balances = [None if balance is pd.NA else balance for balance in frame["balance_after_ct"].tolist()]
    days = frame["booked_on"].fillna(frame["value_on"]).to_numpy().astype("datetime64[D]").astype("int64")
    value_days = frame["value_on"].to_numpy().astype("datetime64[D]").astype("int64")
    texts = frame["remittance"]
    if TEXT_MARK in frame:
        texts = frame[TEXT_MARK].where(frame[TEXT_MARK] != "", texts)
    told = zip(
        days.tolist(),
        [None if day == _NO_DAY else day for day in value_days.tolist()],
        *(frame[name].tolist() for name in ("amount_ct", "currency", *_NAMES)),
        texts.tolist(),
        balances,
        frame["entry_reference"].tolist(),
        strict=True,
    )
    return [Row(*row) for row in told]


def _apply(
    place: Place,
    coming: _Coming,
    same: Mapping[int, _Kept],
    decided: Decisions,
    others: Mapping[str, _Kept],
) -> Merged:
    new = coming.at(decided.new)
    keys = _free_keys(place, new["tx"].tolist(), known=bool(same or others))
    _insert(place, new, keys)
    changed = _confirm(place, coming, same)
    successor = {tx: keys[decided.new.index(at)] for tx, at in decided.superseded.items()}
    gone = _end(place, [others[tx] for tx in (*decided.superseded, *decided.vanished)], successor)
    return Merged(new, len(same), changed, gone)


def _free_keys(place: Place, wanted: Sequence[str], *, known: bool) -> list[str]:
    """Return a key for each new row; one that an older row was given for its first words is not free."""
    taken: set[str] = set()
    for keys in in_batches(wanted) if known else ():
        query = select(table.c.tx).where(table.c.subject == place.subject, table.c.tx.in_(keys))
        taken |= set(place.connection.scalars(query))
    return [f"{key}.{place.at:%Y%m%d%H%M%S%f}" if key in taken else key for key in wanted]


def _insert(place: Place, rows: pd.DataFrame, keys: Sequence[str]) -> None:
    for batch in in_batches(sealed_rows(rows, place, keys)):
        place.connection.execute(table.insert(), batch)


def _confirm(place: Place, coming: _Coming, same: Mapping[int, _Kept]) -> int:
    """Note that the source gives these rows, and take its words over where its words count."""
    says, numbers = coming.rows["tx"].tolist(), coming.rows["entry_reference"].tolist()
    seen: list[dict[str, Any]] = []
    reworded: dict[int, str] = {}
    for at, kept in same.items():
        if kept.live and kept.sources == place.source:
            sources = kept.sources
        else:
            sources = written({*(named(kept.sources) if kept.live else ()), place.source})
        own = sources == place.source or owner(named(sources)) == place.source
        if own and (kept.said != says[at] or (numbers[at] and not kept.numbered)):
            reworded[at] = kept.tx
        if not kept.live or sources != kept.sources:
            seen.append({"key": kept.tx, "sources": sources})
    _update(place, seen, ("sources",), {"valid_to": None, "superseded_by": None})
    told = sealed_rows(coming.at(reworded), place, list(reworded.values()))
    lines = [{"key": row["tx"], **{name: row[name] for name in _REWRITTEN}} for row in told]
    _update(place, lines, _REWRITTEN, {})
    return len({line["key"] for line in (*seen, *lines)})


def _end(place: Place, gone: Iterable[_Kept], successor: Mapping[str, str]) -> int:
    """Take the source's word off rows; one that nobody gives becomes a tombstone."""
    fewer, ended = [], []
    for kept in gone:
        left = named(kept.sources) - {place.source}
        if left:
            fewer.append({"key": kept.tx, "sources": written(left)})
        else:
            ended.append({"key": kept.tx, "superseded_by": successor.get(kept.tx)})
    _update(place, fewer, ("sources",), {})
    _update(place, ended, ("superseded_by",), {"valid_to": place.at})
    return len(ended)


def _update(
    place: Place, lines: Sequence[Mapping[str, Any]], columns: Iterable[str], constant: Mapping[str, Any]
) -> None:
    statement = (
        table.update()
        .where(table.c.subject == place.subject, table.c.tx == bindparam("key"))
        .values(**{name: bindparam(f"{name}") for name in columns}, **constant)
    )
    for batch in in_batches(lines):
        place.connection.execute(statement, [dict(line) for line in batch])
