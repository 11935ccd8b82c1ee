"""The accounts of a case: found by a keyed mark, their numbers sealed, their balances kept by day."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Row, delete, select

from psd2_affordability.core.money import Money
from psd2_affordability.ledger.balance_proof import unreconciled
from psd2_affordability.ledger.merge import Window
from psd2_affordability.ledger.schema import BOOKED
from psd2_affordability.store.database import insert_new
from psd2_affordability.store.rows import storable
from psd2_affordability.store.schema import accounts, anchors, balances
from psd2_affordability.store.shapes import AccountKept, AccountLike, BalanceKept
from psd2_affordability.store.sources import named, written
from psd2_affordability.store.vault import Seal, Vault
from psd2_affordability.store.visit import Place, Visit

_PLACE = "account"
_DAY = timedelta(days=1)


class Accounts:
    """Keeps accounts inside the transactions that the ledger begins."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def keep(
        self,
        visit: Visit,
        booked: pd.DataFrame,
        read: Sequence[AccountLike],
        windows: Mapping[str, Window] | None,
    ) -> dict[str, int]:
        """Take over accounts and their balances; return the id of each account key."""
        ids = {}
        for each in read:
            names = [each.account, each.iban, each.resource_id]
            account_id = self._named(visit, names, each.currency)
            ids[each.account] = account_id
            rows = {
                (*storable([balance.type]), balance.on or visit.at.date()): balance.amount.cents
                for balance in each.balances
            }
            here = {"account_id": account_id, "source": visit.source}
            lines = [
                {**here, "type": kind, "on_day": day, "amount_ct": cents}
                for (kind, day), cents in rows.items()
            ]
            insert_new(visit.connection, balances, lines, update=["amount_ct"])
            if windows is None or each.account in windows:
                days = booked.loc[booked["account"] == each.account, "booked_on"]
                _anchor(visit.to(account_id), _points(days, each), (windows or {}).get(each.account))
        return ids

    def ensure(self, visit: Visit, keys: Collection[str]) -> dict[str, int]:
        """Make accounts that are known only from rows."""
        return {key: self._named(visit, [key, key, ""], "EUR") for key in sorted(keys)}

    def names(
        self, connection: Connection, subject: str, seal: Seal, sources: Collection[str]
    ) -> dict[int, str]:
        """Return the account key of each id that one of the sources gave."""
        return {
            row.id: seal.open_texts(row.sealed_names, _PLACE)[0]
            for row in _given(connection, subject, sources)
        }

    def ibans(self, connection: Connection, subject: str, seal: Seal) -> frozenset[str]:
        """Return the numbers of all accounts of a case, whoever gave them."""
        sealed = connection.scalars(select(accounts.c.sealed_names).where(accounts.c.subject == subject))
        names = [seal.open_texts(each, _PLACE)[:2] for each in sealed]
        return frozenset(name for pair in names for name in pair if name)

    def load(
        self,
        connection: Connection,
        subject: str,
        seal: Seal,
        frame: pd.DataFrame,
        sources: Collection[str],
    ) -> tuple[AccountKept, ...]:
        """Return the accounts of a case that the sources gave, each checked against its kept rows."""
        stated: dict[int, list[BalanceKept]] = {}
        owned = select(balances).join(accounts).where(_from(balances.c.source, subject, sources))
        for row in connection.execute(owned.order_by(balances.c.on_day.desc(), balances.c.type)):
            stated.setdefault(row.account_id, []).append(
                BalanceKept(row.type, Money(row.amount_ct), row.on_day)
            )
        points: dict[int, list[tuple[date, int]]] = {}
        owned = select(anchors).join(accounts).where(_from(anchors.c.source, subject, sources))
        for row in connection.execute(owned.order_by(anchors.c.after_day, anchors.c.source)):
            points.setdefault(row.account_id, []).append((row.after_day, row.amount_ct))
        booked = frame[frame["status"] == BOOKED]
        return tuple(
            _loaded(row, seal, stated.get(row.id, []), points.get(row.id, []), booked)
            for row in _given(connection, subject, sources)
        )

    def _named(self, visit: Visit, names: Sequence[str], currency: str) -> int:
        """Find or make an account, and note who gives it."""
        mark = self._vault.mark("account", visit.subject, names[0])
        found = visit.connection.execute(
            select(accounts.c.id, accounts.c.sources).where(
                accounts.c.subject == visit.subject, accounts.c.mark == mark
            )
        ).first()
        sealed = {"sealed_names": visit.seal.close_texts(names, _PLACE), "currency": storable([currency])[0]}
        if found is None:
            new = accounts.insert().values(subject=visit.subject, mark=mark, sources=visit.source, **sealed)
            return int(visit.connection.execute(new.returning(accounts.c.id)).scalar_one())
        here = accounts.update().where(accounts.c.id == found.id)
        if visit.source not in named(found.sources):
            visit.connection.execute(here.values(sources=written({*named(found.sources), visit.source})))
        if names[2]:
            visit.connection.execute(here.values(**sealed))
        return int(found.id)


def _given(connection: Connection, subject: str, sources: Collection[str]) -> list[Row[tuple[object, ...]]]:
    rows = connection.execute(select(accounts).where(accounts.c.subject == subject).order_by(accounts.c.id))
    return [row for row in rows if not named(row.sources).isdisjoint(sources)]


def _from(source: ColumnElement[str], subject: str, sources: Collection[str]) -> ColumnElement[bool]:
    return (accounts.c.subject == subject) & source.in_(sorted(sources))


def _points(booked_on: "pd.Series[pd.Timestamp]", each: AccountLike) -> dict[date, int]:
    """Balances at the end of a day: before the first row, or balance, that was given, and after the last."""
    days = [*booked_on.dt.date] or [balance.on for balance in each.balances if balance.on]
    points = {}
    if days and each.opening:
        points[min(days) - _DAY] = each.opening.amount.cents
    if days and each.closing:
        points[max(days)] = each.closing.amount.cents
    return points


def _anchor(place: Place, points: Mapping[date, int], window: Window | None) -> None:
    """Keep balances; what the source said of the same days before no longer counts."""
    if points and window is not None and window.absent_is_gone:
        mine = (anchors.c.account_id == place.account_id) & (anchors.c.source == place.source)
        of_window = anchors.c.after_day.between(window.since, max(window.until, *points))
        place.connection.execute(delete(anchors).where(mine, of_window))
    lines = [
        {"account_id": place.account_id, "source": place.source, "after_day": day, "amount_ct": cents}
        for day, cents in points.items()
    ]
    insert_new(place.connection, anchors, lines, update=["amount_ct"])


def _loaded(
    row: Row[tuple[object, ...]],
    seal: Seal,
    stated: Sequence[BalanceKept],
    points: Sequence[tuple[date, int]],
    booked: pd.DataFrame,
) -> AccountKept:
    account, iban, resource_id = seal.open_texts(row.sealed_names, _PLACE)
    rows = booked[(booked["account"] == account) & (booked["currency"] == row.currency)]
    gaps = unreconciled(rows, points)
    opening = closing = None
    if len(points) > 1:
        opening = BalanceKept("openingBooked", Money(points[0][1]), points[0][0] + _DAY)
    if points:
        closing = BalanceKept("closingBooked", Money(points[-1][1]), points[-1][0])
    return AccountKept(
        account=account,
        iban=iban,
        currency=row.currency,
        resource_id=resource_id,
        balances=tuple(stated),
        opening=opening,
        closing=closing,
        proven=None if gaps is None else not gaps,
        unreconciled=gaps or (),
    )
