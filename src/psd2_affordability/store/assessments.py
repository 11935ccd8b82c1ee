"""Answers that were given, each with its receipt, so that they can be shown and computed again."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Connection, select

from psd2_affordability.store.audit import AuditLog
from psd2_affordability.store.cases import Cases
from psd2_affordability.store.database import Database
from psd2_affordability.store.schema import assessments, questions
from psd2_affordability.store.vault import Seal


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it was given.

    Attributes:
        on: the day asked.
        purpose: what for.
        made_at: when it was first given.
        sha256: of the answer's JSON.
        json: the answer.
        receipt: what it was computed with, as JSON.
        asked: what was asked, and what was known beside the transactions, as JSON; empty for an answer
            of before this was kept.
    """

    on: date
    purpose: str
    made_at: datetime
    sha256: str
    json: str
    receipt: str
    asked: str = ""


class Assessments:
    """Keeps answers; the same answer for the same purpose is kept once."""

    def __init__(self, database: Database, cases: Cases, log: AuditLog) -> None:
        self._database = database
        self._cases = cases
        self._log = log

    def keep(
        self, subject: str, on: date, purpose: str, json: str, receipt: str, *, at: datetime, asked: str = ""
    ) -> str:
        """Keep an answer and return its hash."""
        digest = sha256(json.encode()).hexdigest()
        with self._database.writing() as connection:
            seal = self._cases.opened(connection, subject, at=at)
            same = select(assessments.c.id).where(
                assessments.c.subject == subject,
                assessments.c.purpose == purpose,
                assessments.c.sha256 == digest,
            )
            if connection.scalar(same) is None:
                new = assessments.insert().values(
                    subject=subject,
                    on_day=on,
                    purpose=purpose,
                    made_at=at,
                    sha256=digest,
                    sealed_json=seal.close(json.encode(), digest),
                    sealed_receipt=seal.close(receipt.encode(), digest),
                )
                number = connection.execute(new.returning(assessments.c.id)).scalar_one()
                _ask(connection, seal, number, digest, asked)
                detail = {"sha256": digest, "on": on.isoformat()}
                self._log.add(connection, "assess", at=at, subject=subject, purpose=purpose, detail=detail)
        return digest

    def list(self, subject: str) -> list[Given]:
        """Return the answers given for a case, newest first.

        Raises:
            UnknownName: there is no such case.
        """
        with self._database.reading() as connection:
            seal = self._cases.known_seal(connection, subject)
            rows = connection.execute(
                select(assessments, questions.c.sealed_json.label("sealed_asked"))
                .outerjoin(questions)
                .where(assessments.c.subject == subject)
                .order_by(assessments.c.made_at.desc(), assessments.c.id.desc())
            ).all()
        return [
            Given(
                row.on_day,
                row.purpose,
                row.made_at,
                row.sha256,
                seal.open(row.sealed_json, row.sha256).decode(),
                seal.open(row.sealed_receipt, row.sha256).decode(),
                seal.open(row.sealed_asked, _asked(row.sha256)).decode() if row.sealed_asked else "",
            )
            for row in rows
        ]


def _ask(connection: Connection, seal: Seal, number: int, digest: str, asked: str) -> None:
    if asked:
        sealed = seal.close(asked.encode(), _asked(digest))
        connection.execute(questions.insert().values(assessment=number, sealed_json=sealed))


def _asked(digest: str) -> str:
    """Where the question of an answer is sealed, so that it opens nowhere else."""
    return f"{digest}.asked"
