"""The audit log: what was done with whose data and why, as a chain that shows every change.

It holds no personal data: a case appears as a keyed mark, so that erasing the case leaves
the chain whole.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from psd2_affordability.core.errors import StoreError
from psd2_affordability.store.database import Database, one_at_a_time
from psd2_affordability.store.schema import audit
from psd2_affordability.store.vault import Vault

_START = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    Attributes:
        id: counts from 1 without gaps.
        at: when.
        action: what was done, such as `read`, `keep`, `consent.revoked`, `erase`.
        subject_mark: whose data, as a mark that only this store's key can make; empty when nobody's.
        purpose: what for.
        detail: counts and codes, as JSON.
        sha256: over this line and the one before it.
    """

    id: int
    at: datetime
    action: str
    subject_mark: str
    purpose: str
    detail: str
    sha256: str


class AuditLog:
    """Adds lines, and proves that none was changed, removed or moved."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def add(
        self,
        connection: Connection,
        action: str,
        *,
        at: datetime,
        subject: str = "",
        purpose: str = "",
        detail: Mapping[str, str | int] | None = None,
    ) -> None:
        """Write a line in the transaction of the deed itself: both happen, or neither."""
        one_at_a_time(connection, "audit")
        last = connection.execute(
            select(audit.c.id, audit.c.sha256).order_by(audit.c.id.desc()).limit(1)
        ).first()
        previous = last.sha256 if last else _START
        line = {
            "id": last.id + 1 if last else 1,
            "at": at,
            "action": action,
            "subject_mark": self.mark(subject),
            "purpose": purpose,
            "detail": json.dumps(dict(detail or {}), sort_keys=True),
        }
        connection.execute(audit.insert().values(**line, previous=previous, sha256=_hash(previous, line)))

    def mark(self, subject: str) -> str:
        """Return the mark that stands for a case in the log."""
        return self._vault.mark("subject", subject).hex()[:32] if subject else ""

    def entries(self, subject: str = "") -> list[Entry]:
        """Return the lines, of one case or of all, oldest first."""
        query = select(audit).order_by(audit.c.id)
        if subject:
            query = query.where(audit.c.subject_mark == self.mark(subject))
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return [Entry(**{name: row[name] for name in Entry.__dataclass_fields__}) for row in rows]

    def verify(self) -> int:
        """Walk the whole chain and return how many lines it has.

        Raises:
            StoreError: a line was changed, removed or moved; it names the first one.
        """
        previous = _START
        count = 0
        with self._database.reading() as connection:
            for row in connection.execute(select(audit).order_by(audit.c.id)).mappings():
                count += 1
                whole = row["id"] == count and row["previous"] == previous
                if not whole or row["sha256"] != _hash(previous, dict(row)):
                    raise StoreError(
                        f"the audit log was changed at line {count}",
                        do="Compare it with a backup from before the change",
                    )
                previous = row["sha256"]
        return count


def _hash(previous: str, line: Mapping[str, object]) -> str:
    at = line["at"]
    moment = at.astimezone(UTC).isoformat() if isinstance(at, datetime) else ""
    fields = [line[name] for name in ("id", "action", "subject_mark", "purpose", "detail")]
    return hashlib.sha256(json.dumps([previous, moment, *fields]).encode()).hexdigest()
