"""The accounts of a case: found by a keyed mark, their numbers sealed, their balances kept by day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, RowMapping, select

from psd2_affordability.core.money import Money
from psd2_affordability.ledger.schema import BOOKED
from psd2_affordability.store.database import insert_new
from psd2_affordability.store.schema import accounts, balances
from psd2_affordability.store.shapes import AccountKept, AccountLike, BalanceKept
from psd2_affordability.store.vault import Seal, Vault

_PLACE = "account"
#: Came from somebody's hand, not from a bank under a consent.
FILE = "file"


class Accounts:
    """Keeps accounts inside the transactions that the ledger begins."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def keep(
        self,
        connection: Connection,
        subject: str,
        seal: Seal,
        booked: pd.DataFrame,
        read: Sequence[AccountLike],
        *,
        at: datetime,
        source: str,
    ) -> dict[str, int]:
        """Take over accounts and their balances; return the id of each account key."""
        ids = {}
        for each in read:
            names = [each.account, each.iban, each.resource_id]
            ids[each.account] = self._named(connection, subject, seal, names, each.currency, source)
            span = _span(booked.loc[booked["account"] == each.account, "booked_on"], each)
            if span:
                self._widen(connection, ids[each.account], each, *span)
            rows = {
                (balance.type, balance.on or at.date()): balance.amount.cents for balance in each.balances
            }
            lines = [
                {"account_id": ids[each.account], "type": kind, "on_day": day, "amount_ct": cents}
                for (kind, day), cents in rows.items()
            ]
            insert_new(connection, balances, lines, update=["amount_ct"])
        return ids

    def ensure(
        self, connection: Connection, subject: str, seal: Seal, keys: Collection[str], *, source: str
    ) -> dict[str, int]:
        """Make accounts that are known only from rows."""
        return {
            key: self._named(connection, subject, seal, [key, key, ""], "EUR", source) for key in sorted(keys)
        }

    def names(
        self, connection: Connection, subject: str, seal: Seal, sources: Collection[str]
    ) -> dict[int, str]:
        """Return the account key of each id that came from one of the sources."""
        found = select(accounts.c.id, accounts.c.sealed_names).where(_from(subject, sources))
        rows = connection.execute(found)
        return {row.id: seal.open_texts(row.sealed_names, _PLACE)[0] for row in rows}

    def load(
        self,
        connection: Connection,
        subject: str,
        seal: Seal,
        frame: pd.DataFrame,
        sources: Collection[str],
    ) -> tuple[AccountKept, ...]:
        """Return the accounts of a case that came from the sources, each checked against its kept rows."""
        stated: dict[int, list[BalanceKept]] = {}
        owned = select(balances).join(accounts).where(_from(subject, sources))
        for row in connection.execute(owned.order_by(balances.c.on_day.desc(), balances.c.type)):
            stated.setdefault(row.account_id, []).append(
                BalanceKept(row.type, Money(row.amount_ct), row.on_day)
            )
        rows = connection.execute(select(accounts).where(_from(subject, sources)).order_by(accounts.c.id))
        return tuple(_loaded(row, seal, stated.get(row["id"], []), frame) for row in rows.mappings())

    def _named(
        self,
        connection: Connection,
        subject: str,
        seal: Seal,
        names: Sequence[str],
        currency: str,
        source: str,
    ) -> int:
        """Find or make an account; one that a bank brought in stays that bank's, whatever a file adds."""
        mark = self._vault.mark("account", subject, names[0])
        here = (accounts.c.subject == subject) & (accounts.c.mark == mark)
        found = connection.scalar(select(accounts.c.id).where(here))
        values: dict[str, Any] = {"sealed_names": seal.close_texts(names, _PLACE), "currency": currency}
        if found is None:
            new = accounts.insert().values(subject=subject, mark=mark, source=source, **values)
            return int(connection.execute(new.returning(accounts.c.id)).scalar_one())
        if source != FILE:
            connection.execute(accounts.update().where(here).values(source=source))
        if names[2]:
            connection.execute(accounts.update().where(here).values(**values))
        return int(found)

    def _widen(
        self, connection: Connection, account_id: int, each: AccountLike, first: date, last: date
    ) -> None:
        """Remember the earliest opening and the latest closing balance."""
        here = accounts.c.id == account_id
        row = connection.execute(select(accounts).where(here)).mappings().one()
        values: dict[str, Any] = {}
        if each.opening and (row["opening_on"] is None or first <= row["opening_on"]):
            values |= {"opening_ct": each.opening.amount.cents, "opening_on": first}
        if each.closing and (row["closing_on"] is None or last >= row["closing_on"]):
            values |= {"closing_ct": each.closing.amount.cents, "closing_on": last}
        if values:
            connection.execute(accounts.update().where(here).values(**values))


def _from(subject: str, sources: Collection[str]) -> ColumnElement[bool]:
    return (accounts.c.subject == subject) & accounts.c.source.in_(sorted(sources))


def _span(booked_on: "pd.Series[pd.Timestamp]", each: AccountLike) -> tuple[date, date] | None:
    """First and last day that rows, or else balances, speak of."""
    days = [*booked_on.dt.date] or [balance.on for balance in each.balances if balance.on]
    return (min(days), max(days)) if days else None


def _loaded(row: RowMapping, seal: Seal, stated: Sequence[BalanceKept], frame: pd.DataFrame) -> AccountKept:
    account, iban, resource_id = seal.open_texts(row["sealed_names"], _PLACE)
    opening = _edge(row["opening_ct"], row["opening_on"], "openingBooked")
    closing = _edge(row["closing_ct"], row["closing_on"], "closingBooked")
    return AccountKept(
        account=account,
        iban=iban,
        currency=row["currency"],
        resource_id=resource_id,
        balances=tuple(stated),
        opening=opening,
        closing=closing,
        proven=_proven(frame, account, opening, closing),
    )


def _edge(cents: int | None, on: date | None, kind: str) -> BalanceKept | None:
    return None if cents is None or on is None else BalanceKept(kind, Money(cents), on)


def _proven(
    frame: pd.DataFrame, account: str, opening: BalanceKept | None, closing: BalanceKept | None
) -> bool | None:
    """Check that the earliest opening, every row between and the latest closing agree."""
    if opening is None or closing is None:
        return None
    days = frame["booked_on"]
    between = (days >= pd.Timestamp(opening.on)) & (days <= pd.Timestamp(closing.on))
    rows = frame.loc[(frame["account"] == account) & (frame["status"] == BOOKED) & between, "amount_ct"]
    return opening.amount + Money(int(rows.sum())) == closing.amount
