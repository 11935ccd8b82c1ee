"""Keeps accounts, balances and transactions; the same data twice changes nothing.

A booked row is found again by evidence (`ledger.merge`), so windows may overlap and come in
any order. A row that its bank no longer gives stays as a tombstone, which nobody loads.
Pending rows are a layer of their own, replaced whenever their account comes in again.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy import Row as SqlRow

from psd2_affordability.categorise.privacy import Mark, Masked
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.merge import Window, settled
from psd2_affordability.ledger.schema import BOOKED, PENDING, SETTLED, TEXT, TEXT_MARK, validated
from psd2_affordability.store.accounts import Accounts
from psd2_affordability.store.audit import AuditLog
from psd2_affordability.store.cases import Cases
from psd2_affordability.store.database import Database
from psd2_affordability.store.merging import held_against, rows_of, take_over
from psd2_affordability.store.rows import opened_frame, sealed_rows
from psd2_affordability.store.schema import transactions
from psd2_affordability.store.shapes import AccountLike, CaseData, Kept
from psd2_affordability.store.sources import FILE, named, written
from psd2_affordability.store.vault import Seal
from psd2_affordability.store.visit import Place, Visit

#: Masks rows with the marks of their case before anything of them is kept or compared; also given the
#: accounts of the case that are known already.
Masking = Callable[[pd.DataFrame, Mark, Collection[str]], Masked]


@dataclass(frozen=True, slots=True)
class Version:
    """How long a booked row was given, and what came in its place.

    Attributes:
        tx: our key.
        sources: who gives it, or gave it last.
        valid_from: when it first came in.
        valid_to: when nobody gave it any more; None while somebody does.
        superseded_by: key of the row that came under its number with another amount, or None.
    """

    tx: str
    sources: frozenset[str]
    valid_from: datetime
    valid_to: datetime | None
    superseded_by: str | None


class Ledger:
    """The transactions of every case."""

    def __init__(self, database: Database, cases: Cases, accounts: Accounts, log: AuditLog) -> None:
        self._database = database
        self._cases = cases
        self._accounts = accounts
        self._log = log

    def keep(
        self,
        subject: str,
        frame: pd.DataFrame,
        accounts: Sequence[AccountLike],
        *,
        at: datetime,
        source: str,
        windows: Mapping[str, Window] | None = None,
        masking: Masking | None = None,
    ) -> Kept:
        """Take over what one read or fetch brought in, all of it or nothing.

        Args:
            subject: the case.
            frame: rows of the ledger.
            accounts: the accounts that they are of.
            at: when.
            source: id of the bank that gave it, or `file`.
            windows: account key to the days that the answer speaks of; an account that is missing here
                came in part. None when nobody knows.
            masking: masks what is not kept word for word; keys still tell apart what rows said before.
        """
        rows = _keyed(subject, frame)
        with self._database.writing() as connection:
            seal = self._cases.opened(connection, subject, at=at)
            known = self._accounts.ibans(connection, subject, seal)
            if masking is not None:
                rows = _rekeyed(rows, seal)
            booked = rows[rows["status"] == BOOKED]
            pending = rows[rows["status"] == PENDING]
            visit = Visit(connection, seal, subject, source, at)
            ids = self._accounts.keep(visit, booked, accounts, windows)
            ids |= self._accounts.ensure(visit, set(rows["account"]) - set(ids))
            arrivals = [
                held_against(
                    visit.to(number), booked[booked["account"] == account], (windows or {}).get(account)
                )
                for account, number in ids.items()
            ]
            open_rows = [each.rows.iloc[each.open] for each in arrivals]
            masked = _masked([*open_rows, pending], masking, seal.mark, known)
            *told, pending = _parted(masked.frame, [len(each) for each in (*open_rows, pending)])
            merged = [take_over(each, part) for each, part in zip(arrivals, told, strict=True)]
            for (account, number), each in zip(ids.items(), merged, strict=True):
                _replace_pending(visit.to(number), pending[pending["account"] == account], each.new)
            kept = Kept(
                accounts=len(ids),
                new=sum(len(each.new) for each in merged),
                same=sum(each.same for each in merged),
                pending=len(pending),
                changed=sum(each.changed for each in merged),
                gone=sum(each.gone for each in merged),
                persons=masked.persons,
                special=masked.special,
                texts=masked.texts,
            )
            self._log.add(connection, "keep", at=at, subject=subject, detail=_detail(source, kept))
        return kept

    def load(
        self,
        subject: str,
        *,
        purpose: str,
        at: datetime,
        banks: Collection[str] = frozenset(),
        known_at: datetime | None = None,
    ) -> CaseData:
        """Return rows and accounts of a case; that they were read, and why, is logged.

        Args:
            subject: the case.
            purpose: what they are read for.
            at: when.
            banks: whose data the person lets us read for it; what came in as a file is always read.
            known_at: only rows that were there at that moment, with those that ended since; a row that
                was told anew since says what it says now. None for those of now.

        Raises:
            UnknownName: there is no such case.
        """
        with self._database.writing() as connection:
            seal = self._cases.known_seal(connection, subject, alone=True)
            allowed = {FILE, *banks}
            names = self._accounts.names(connection, subject, seal, allowed)
            live = (transactions.c.subject == subject) & _there(known_at)
            given = connection.scalars(select(transactions.c.sources).where(live).distinct())
            open_to_us = [sources for sources in given if not allowed.isdisjoint(named(sources))]
            table = connection.execute(
                select(transactions)
                .where(live, transactions.c.sources.in_(open_to_us))
                .order_by(transactions.c.booked_on, transactions.c.tx)
            ).all()
            frame = opened_frame(subject, [row._asdict() for row in table], names, seal)
            accounts = self._accounts.load(connection, subject, seal, frame, allowed)
            self._log.add(
                connection, "read", at=at, subject=subject, purpose=purpose, detail={"rows": len(frame)}
            )
        return CaseData(_as_told(frame), accounts, seal.mark)

    def versions(self, subject: str) -> list[Version]:
        """Return what became of every booked row of a case, tombstones among them, without its content.

        Raises:
            UnknownName: there is no such case.
        """
        names = ("tx", "sources", "valid_from", "valid_to", "superseded_by")
        with self._database.reading() as connection:
            self._cases.known_seal(connection, subject)
            rows = connection.execute(
                select(*(transactions.c[name] for name in names))
                .where(transactions.c.subject == subject, transactions.c.status == BOOKED)
                .order_by(transactions.c.booked_on, transactions.c.tx)
            ).all()
        return [Version(row.tx, named(row.sources), *row[2:]) for row in rows]


def _there(known_at: datetime | None) -> ColumnElement[bool]:
    """Select the rows that somebody gives now, or gave at a moment."""
    ended = transactions.c.valid_to
    if known_at is None:
        return ended.is_(None)
    return (transactions.c.valid_from <= known_at) & (ended.is_(None) | (ended > known_at))


def _detail(source: str, kept: Kept) -> dict[str, str | int]:
    names = ("new", "same", "pending", "changed", "gone", "persons", "special", "texts")
    counts = {name: getattr(kept, name) for name in names}
    return {"source": source, **counts}


def _keyed(subject: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Key the booked rows by themselves, so that a pending twin can never take a booked row's key."""
    rows = validated(frame).assign(subject=pd.Series(subject, index=frame.index, dtype=TEXT))
    rows["tx"] = pd.Series("", index=rows.index, dtype=TEXT)
    booked = with_keys(rows[rows["status"] == BOOKED])
    pending = with_keys(rows[rows["status"] == PENDING])
    pending = pending.assign(tx="p" + pending["tx"])
    return pd.concat([booked, pending])


def _rekeyed(rows: pd.DataFrame, seal: Seal) -> pd.DataFrame:
    """Key rows by what they say under the case's own key, so that a key does not give away a masked name."""
    keys = [f"{tx[0]}{seal.mark('tx', tx)[:16]}" for tx in rows["tx"].tolist()]
    return rows.assign(tx=pd.Series(keys, index=rows.index, dtype=TEXT))


def _masked(
    parts: Sequence[pd.DataFrame], masking: Masking | None, mark: Mark, known: Collection[str]
) -> Masked:
    """Mask all at once what may be compared or written; what is kept word for word was masked before."""
    rows = pd.concat(parts)
    return Masked(rows, 0, 0, 0) if masking is None or rows.empty else masking(rows, mark, known)


def _parted(frame: pd.DataFrame, lengths: Sequence[int]) -> Iterator[pd.DataFrame]:
    ends = list(accumulate(lengths))
    return (frame.iloc[end - length : end] for end, length in zip(ends, lengths, strict=True))


def _as_told(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out what only matching needs, and the column of settled rows where there are none."""
    masked = bool((frame[SETTLED] != "").any())
    return frame.drop(columns=[TEXT_MARK] if masked else [TEXT_MARK, SETTLED])


def _replace_pending(place: Place, rows: pd.DataFrame, new: pd.DataFrame) -> None:
    """Put the pending rows of a source in the place of those it gave before."""
    connection, layer = place.connection, transactions
    here = (layer.c.account_id == place.account_id) & (layer.c.status == PENDING)
    connection.execute(delete(layer).where(here, layer.c.sources == place.source))
    of_others = connection.execute(select(layer).where(here)).all()
    done = set(_settled(of_others, place.seal, new))
    connection.execute(delete(layer).where(here, layer.c.tx.in_(done)))
    left = {row.tx: named(row.sources) for row in of_others if row.tx not in done}
    given = rows["tx"].tolist()
    for tx, sources in left.items():
        now = sources | {place.source} if tx in given else sources - {place.source}
        if now != sources:
            mine = layer.update().where(layer.c.subject == place.subject, layer.c.tx == tx)
            connection.execute(mine.values(sources=written(now)))
    fresh = rows[~rows["tx"].isin(left)]
    lines = sealed_rows(fresh, place, fresh["tx"].tolist())
    if lines:
        connection.execute(layer.insert(), lines)


def _settled(pending: Sequence[SqlRow[Any]], seal: Seal, new: pd.DataFrame) -> list[str]:
    """Keys of pending rows that another source has as booked now."""
    if not pending or new.empty:
        return []
    frame = opened_frame("", [row._asdict() for row in pending], _NAMELESS, seal)
    return settled(dict(zip(frame["tx"], rows_of(frame), strict=True)), rows_of(new))


_NAMELESS: Mapping[int, str] = defaultdict(str)
