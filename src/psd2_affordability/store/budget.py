"""Calls to banks, counted on disk before they are made, so that not even a crash can overspend."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from psd2_affordability.store.database import Database, insert_new, one_at_a_time
from psd2_affordability.store.schema import calls, cool_downs
from psd2_affordability.store.vault import Vault

WINDOW = timedelta(hours=24)


class Calls:
    """The rolling 24-hour count per consent, account and endpoint; accounts appear as marks."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def spend(
        self, consent: str, account: str, endpoint: str, *, limit: int, attended: bool, at: datetime
    ) -> datetime | None:
        """Count one call, and return None when it may be made; else from when it may.

        A call with the person present is remembered, but takes nothing from the budget. While the
        bank wants to be left alone, no call may be made.
        """
        mark = self._vault.mark("calls", account).hex()
        here = (calls.c.consent == consent) & (calls.c.account == mark) & (calls.c.endpoint == endpoint)
        line = {"consent": consent, "account": mark, "endpoint": endpoint, "at": at, "attended": attended}
        with self._database.writing() as connection:
            one_at_a_time(connection, f"calls {consent}")
            until = _until(connection, consent)
            if until is not None and until > at:
                return until
            connection.execute(delete(calls).where(here, calls.c.at <= at - WINDOW))
            if not attended:
                spent = connection.scalars(
                    select(calls.c.at).where(here, calls.c.attended.is_(False)).order_by(calls.c.at)
                ).all()
                if len(spent) >= limit:
                    oldest: datetime = spent[len(spent) - limit]
                    return oldest + WINDOW
            connection.execute(calls.insert().values(**line))
        return None

    def cool_down(self, consent: str, until: datetime) -> None:
        """Leave the bank alone under a consent until a moment: it said so. A longer wait stays."""
        with self._database.writing() as connection:
            one_at_a_time(connection, f"calls {consent}")
            known = _until(connection, consent)
            if known is None or known < until:
                line = {"consent": consent, "until": until}
                insert_new(connection, cool_downs, [line], update=["until"])


def _until(connection: Connection, consent: str) -> datetime | None:
    return connection.scalar(select(cool_downs.c.until).where(cool_downs.c.consent == consent))
