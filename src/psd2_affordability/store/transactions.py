"""Keeps accounts, balances and transactions; the same data twice changes nothing.

A booked row is found again by what it says (`ledger.identity`), so windows may overlap and
come in any order, as long as a window holds whole days. Pending rows are a layer of their
own, replaced whenever their account comes in again.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import delete, select

from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import BOOKED, COLUMNS, DAY, PENDING, TEXT, validated
from psd2_affordability.store.accounts import FILE, Accounts
from psd2_affordability.store.audit import AuditLog
from psd2_affordability.store.cases import Cases
from psd2_affordability.store.database import Database, insert_new
from psd2_affordability.store.schema import transactions
from psd2_affordability.store.shapes import AccountLike, CaseData, Kept
from psd2_affordability.store.vault import Seal

#: Free text and numbers that name people: one sealed blob per row.
SEALED = (
    "counterparty_name",
    "counterparty_iban",
    "creditor_id",
    "mandate_id",
    "remittance",
    "entry_reference",
)
_PLAIN = tuple(name for name in COLUMNS if name not in (*SEALED, "subject", "account"))


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
    ) -> Kept:
        """Take over what one read or fetch brought in, all of it or nothing.

        Args:
            subject: the case.
            frame: rows of the ledger.
            accounts: the accounts that they are of.
            at: when.
            source: id of the bank that gave it, or `file`.
        """
        rows = _keyed(subject, frame)
        booked = rows[rows["status"] == BOOKED]
        pending = rows[rows["status"] == PENDING]
        with self._database.writing() as connection:
            seal = self._cases.opened(connection, subject, at=at)
            ids = self._accounts.keep(connection, subject, seal, booked, accounts, at=at, source=source)
            bare = set(rows["account"]) - set(ids)
            ids |= self._accounts.ensure(connection, subject, seal, bare, source=source)
            known = set(
                connection.scalars(select(transactions.c.tx).where(transactions.c.subject == subject))
            )
            fresh = booked[~booked["tx"].isin(known)]
            connection.execute(
                delete(transactions).where(
                    transactions.c.account_id.in_(list(ids.values())), transactions.c.status == PENDING
                )
            )
            for part in (fresh, pending):
                insert_new(connection, transactions, list(_rows(part, ids, seal)))
            kept = Kept(len(ids), len(fresh), len(booked) - len(fresh), len(pending))
            detail: dict[str, str | int] = {
                "source": source,
                "new": kept.new,
                "same": kept.same,
                "pending": kept.pending,
            }
            self._log.add(connection, "keep", at=at, subject=subject, detail=detail)
        return kept

    def load(
        self, subject: str, *, purpose: str, at: datetime, banks: Collection[str] = frozenset()
    ) -> CaseData:
        """Return rows and accounts of a case; that they were read, and why, is logged.

        Args:
            subject: the case.
            purpose: what they are read for.
            at: when.
            banks: whose data the person lets us read for it; what came in as a file is always read.

        Raises:
            UnknownName: there is no such case.
        """
        with self._database.writing() as connection:
            seal = self._cases.known_seal(connection, subject)
            sources = {FILE, *banks}
            names = self._accounts.names(connection, subject, seal, sources)
            table = connection.execute(
                select(transactions)
                .where(transactions.c.subject == subject, transactions.c.account_id.in_(sorted(names)))
                .order_by(transactions.c.booked_on, transactions.c.tx)
            ).all()
            frame = _frame(subject, [row._asdict() for row in table], names, seal)
            accounts = self._accounts.load(connection, subject, seal, frame, sources)
            self._log.add(
                connection, "read", at=at, subject=subject, purpose=purpose, detail={"rows": len(frame)}
            )
        return CaseData(frame, accounts)


def _keyed(subject: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Key the booked rows by themselves, so that a pending twin can never take a booked row's key."""
    rows = validated(frame).assign(subject=pd.Series(subject, index=frame.index, dtype=TEXT))
    rows["tx"] = pd.Series("", index=rows.index, dtype=TEXT)
    booked = with_keys(rows[rows["status"] == BOOKED])
    pending = with_keys(rows[rows["status"] == PENDING])
    pending = pending.assign(tx="p" + pending["tx"])
    return pd.concat([booked, pending])


def _rows(frame: pd.DataFrame, ids: Mapping[str, int], seal: Seal) -> Iterator[dict[str, Any]]:
    plain: dict[str, list[Any]] = {}
    for name in _PLAIN:
        values = frame[name]
        if COLUMNS[name] == DAY:
            plain[name] = [None if pd.isna(day) else day.date() for day in values]
        elif COLUMNS[name] == "Int64":
            plain[name] = [None if pd.isna(value) else int(value) for value in values]
        else:
            plain[name] = values.tolist()
    texts = zip(*(frame[name].tolist() for name in SEALED), strict=True)
    sealed = seal.close_rows(zip(plain["tx"], texts, strict=True))
    accounts = (ids[account] for account in frame["account"])
    subjects = frame["subject"].tolist()
    for at, (subject, account, blob) in enumerate(zip(subjects, accounts, sealed, strict=True)):
        row = {name: values[at] for name, values in plain.items()}
        yield {**row, "subject": subject, "account_id": account, "sealed_text": blob}


def _frame(
    subject: str, rows: Sequence[Mapping[str, Any]], names: Mapping[int, str], seal: Seal
) -> pd.DataFrame:
    texts = [seal.open_texts(row["sealed_text"], row["tx"]) for row in rows]
    columns: dict[str, pd.Series[Any]] = {}
    for name, dtype in COLUMNS.items():
        if name == "subject":
            values: list[Any] = [subject] * len(rows)
        elif name == "account":
            values = [names[row["account_id"]] for row in rows]
        elif name in SEALED:
            at = SEALED.index(name)
            values = [text[at] for text in texts]
        else:
            values = [row[name] for row in rows]
        columns[name] = pd.Series(values, dtype=dtype)
    return validated(pd.DataFrame(columns))
