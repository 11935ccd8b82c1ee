"""Cases: whose life this is, under which key, and what is known of the household."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from psd2_affordability.core.errors import UnknownName, UsageError
from psd2_affordability.store.audit import AuditLog
from psd2_affordability.store.database import Database, insert_new
from psd2_affordability.store.schema import accounts, cases, transactions
from psd2_affordability.store.vault import Seal, Vault, fresh_key

_LONGEST = 120
#: Whoever misses one case is not told the keys of other people's cases.
_ASK_THE_LIST = "The list of cases shows which there are"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in the list.

    Attributes:
        subject: the case key.
        opened_at: when it was opened.
        accounts: how many accounts are kept.
        transactions: how many booked rows are kept.
        last_on: newest booking day, or None.
    """

    subject: str
    opened_at: datetime
    accounts: int
    transactions: int
    last_on: date | None


class Cases:
    """Opens, lists and erases cases."""

    def __init__(self, database: Database, vault: Vault, log: AuditLog) -> None:
        self._database = database
        self._vault = vault
        self._log = log

    def open(self, subject: str, *, at: datetime) -> None:
        """Make the case if it is not there yet.

        Raises:
            UsageError: the key of the case is empty, too long or not plain text.
        """
        with self._database.writing() as connection:
            self.opened(connection, subject, at=at)

    def opened(self, connection: Connection, subject: str, *, at: datetime) -> Seal:
        """Return the seal of a case, making the case if needed; nobody else changes it meanwhile."""
        seal = self.seal(connection, subject, alone=True)
        if seal:
            return seal
        if not subject.strip() or len(subject) > _LONGEST or not subject.isprintable() or "/" in subject:
            raise UsageError(
                "a case needs a key of 1 to 120 printable characters without a slash",
                do="Use the number or short name of the file",
            )
        wrapped = self._vault.wrap(fresh_key(), subject)
        line = {"subject": subject, "sealed_key": wrapped, "opened_at": at}
        insert_new(connection, cases, [line])
        kept = connection.scalar(
            select(cases.c.sealed_key).where(cases.c.subject == subject).with_for_update()
        )
        if kept == wrapped:
            self._log.add(connection, "open", at=at, subject=subject)
        return self._vault.case_seal(kept or wrapped, subject)

    def seal(self, connection: Connection, subject: str, *, alone: bool = False) -> Seal | None:
        """Return the seal of a case, or None when there is no such case.

        Args:
            connection: inside a transaction.
            subject: the case.
            alone: nobody else may change the case until the transaction ends.
        """
        query = select(cases.c.sealed_key).where(cases.c.subject == subject)
        wrapped = connection.scalar(query.with_for_update() if alone else query)
        return self._vault.case_seal(wrapped, subject) if wrapped else None

    def known_seal(self, connection: Connection, subject: str, *, alone: bool = False) -> Seal:
        """Return the seal of a case.

        Raises:
            UnknownName: there is no such case.
        """
        seal = self.seal(connection, subject, alone=alone)
        if seal is None:
            raise UnknownName(f"no case is called '{subject}'", do=_ASK_THE_LIST)
        return seal

    def list(self) -> list[CaseLine]:
        """Return every case, by key."""
        booked = (
            select(
                transactions.c.subject,
                func.count().label("rows"),
                func.max(transactions.c.booked_on).label("last_on"),
            )
            .where(transactions.c.status == "booked", transactions.c.valid_to.is_(None))
            .group_by(transactions.c.subject)
            .subquery()
        )
        owned = (
            select(accounts.c.subject, func.count().label("accounts")).group_by(accounts.c.subject).subquery()
        )
        query = (
            select(cases.c.subject, cases.c.opened_at, owned.c.accounts, booked.c.rows, booked.c.last_on)
            .outerjoin(owned, owned.c.subject == cases.c.subject)
            .outerjoin(booked, booked.c.subject == cases.c.subject)
            .order_by(cases.c.subject)
        )
        with self._database.reading() as connection:
            return [
                CaseLine(row.subject, row.opened_at, row.accounts or 0, row.rows or 0, row.last_on)
                for row in connection.execute(query)
            ]

    def keep_household(self, subject: str, toml: str, *, at: datetime) -> None:
        """Keep the household file of a case, as it was written."""
        with self._database.writing() as connection:
            seal = self.opened(connection, subject, at=at)
            connection.execute(
                cases.update()
                .where(cases.c.subject == subject)
                .values(sealed_household=seal.close(toml.encode(), "household"))
            )
            self._log.add(connection, "household", at=at, subject=subject)

    def household(self, subject: str) -> str:
        """Return the household file of a case, or the empty text.

        Raises:
            UnknownName: there is no such case.
        """
        with self._database.reading() as connection:
            seal = self.known_seal(connection, subject)
            sealed = connection.scalar(select(cases.c.sealed_household).where(cases.c.subject == subject))
        return seal.open(sealed, "household").decode() if sealed else ""

    def erase(self, subject: str, *, at: datetime) -> None:
        """Remove everything of a case, its key first of all; the audit log keeps that it happened.

        Raises:
            UnknownName: there is no such case.
        """
        with self._database.writing() as connection:
            self.known_seal(connection, subject, alone=True)
            connection.execute(cases.delete().where(cases.c.subject == subject))
            self._log.add(connection, "erase", at=at, subject=subject)
