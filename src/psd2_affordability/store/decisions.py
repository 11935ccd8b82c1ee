"""What people decided on an answer: added, never changed, each beside the answer that they saw."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from psd2_affordability.store.audit import AuditLog
from psd2_affordability.store.cases import Cases
from psd2_affordability.store.database import Database
from psd2_affordability.store.schema import decisions


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision of a person.

    Attributes:
        id: our key of the decision.
        on: the day that the answer was for.
        purpose: what the answer was given for.
        answer: hash of the answer that was looked at.
        outcome: what was decided.
        reason: why, in their words.
        by: who.
        advice: what the answer advised.
        made_at: when.
    """

    id: str
    on: date
    purpose: str
    answer: str
    outcome: str
    reason: str = field(repr=False)
    by: str = field(repr=False)
    advice: str
    made_at: datetime


class Decisions:
    """The decisions of every case; a later one stands beside an earlier one, and both stay."""

    def __init__(self, database: Database, cases: Cases, log: AuditLog) -> None:
        self._database = database
        self._cases = cases
        self._log = log

    def add(
        self, subject: str, on: date, purpose: str, answer: str, told: Mapping[str, str], *, at: datetime
    ) -> str:
        """Keep a decision and return its key.

        Args:
            subject: the case.
            on: the day that the answer was for.
            purpose: what the answer was given for.
            answer: hash of the answer, as it is kept.
            told: `outcome`, `reason`, `by` and the `advice` of the answer.
            at: when.

        Raises:
            UnknownName: there is no such case.
        """
        with self._database.writing() as connection:
            seal = self._cases.known_seal(connection, subject, alone=True)
            numbers = select(decisions.c.number).where(decisions.c.subject == subject)
            number = max(connection.scalars(numbers), default=0) + 1
            key = f"d{number}"
            connection.execute(
                decisions.insert().values(
                    subject=subject,
                    number=number,
                    on_day=on,
                    purpose=purpose,
                    answer_sha256=answer,
                    made_at=at,
                    sealed_json=seal.close(json.dumps(dict(told)).encode(), key),
                )
            )
            detail = {"id": key, "outcome": told["outcome"], "answer": answer, "on": on.isoformat()}
            self._log.add(connection, "decide", at=at, subject=subject, purpose=purpose, detail=detail)
        return key

    def list(self, subject: str) -> list[Decided]:
        """Return the decisions of a case, newest first.

        Raises:
            UnknownName: there is no such case.
        """
        query = select(decisions).where(decisions.c.subject == subject).order_by(decisions.c.number.desc())
        with self._database.reading() as connection:
            seal = self._cases.known_seal(connection, subject)
            rows = connection.execute(query).all()
        found = []
        for row in rows:
            key = f"d{row.number}"
            told = json.loads(seal.open(row.sealed_json, key))
            found.append(
                Decided(
                    id=key,
                    on=row.on_day,
                    purpose=row.purpose,
                    answer=row.answer_sha256,
                    outcome=told["outcome"],
                    reason=told["reason"],
                    by=told["by"],
                    advice=told["advice"],
                    made_at=row.made_at,
                )
            )
        return found
