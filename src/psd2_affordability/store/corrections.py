"""What people corrected: never changed, only undone, so that every version stays visible."""

import builtins
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Table, and_, func, select

from psd2_affordability.categorise.corrections import Corrections, NarrowRule
from psd2_affordability.core.errors import UnknownName, UsageError
from psd2_affordability.store.audit import AuditLog
from psd2_affordability.store.cases import Cases
from psd2_affordability.store.database import Database
from psd2_affordability.store.schema import correction_rules, corrections
from psd2_affordability.store.vault import Seal

_DIGITS = 9
#: What is sealed of a rule.
_TOLD = ("by", "value", "incoming", "low_ct", "high_ct", "category", "asked")


@dataclass(frozen=True, slots=True)
class Correction:
    """One row, corrected by somebody.

    Attributes:
        id: our key of the correction.
        tx: key of the row.
        category: what the person says it is.
        reason: why.
        by: `person` or `worker`.
        decided: the category before.
        evidence: what that rested on.
        made_at: when.
        undone_at: when it was taken back, or replaced by a later one; None while it stands.
        purpose: for which the row was shown; empty when for none in particular.
    """

    id: str
    tx: str
    category: str
    reason: str = field(repr=False)
    by: str
    decided: str
    evidence: str
    made_at: datetime
    undone_at: datetime | None
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule that corrections led to.

    Attributes:
        id: our key of the rule.
        rule: what it does; without `since` while it is a proposal.
        rests_on: keys of the corrections.
        made_at: when it was proposed.
        accepted_at: when somebody accepted it; None before.
        ended_at: when it was taken back; None while it stands.
    """

    id: str
    rule: NarrowRule
    rests_on: tuple[str, ...]
    made_at: datetime
    accepted_at: datetime | None
    ended_at: datetime | None

    @property
    def state(self) -> Literal["proposed", "accepted", "ended"]:
        """How it stands."""
        return "ended" if self.ended_at else "accepted" if self.accepted_at else "proposed"


class KeptCorrections:
    """The corrections and rules of every case."""

    def __init__(self, database: Database, cases: Cases, log: AuditLog) -> None:
        self._database = database
        self._cases = cases
        self._log = log

    def add(self, subject: str, tx: str, told: Mapping[str, str], *, at: datetime) -> str:
        """Keep a correction and return its key; an earlier one of the same row is over.

        Args:
            subject: the case.
            tx: key of the row.
            told: `category`, `reason`, `by`, what was `decided` on which `evidence`, and for which
                `purpose` the row was shown.
            at: when.

        Raises:
            UnknownName: there is no such case.
        """
        with self._database.writing() as connection:
            seal = self._cases.known_seal(connection, subject, alone=True)
            number, key = _next(connection, corrections, subject)
            same = (corrections.c.subject == subject) & (corrections.c.tx == tx)
            connection.execute(
                corrections.update().where(same, corrections.c.undone_at.is_(None)).values(undone_at=at)
            )
            sealed = seal.close(json.dumps(dict(told)).encode(), key)
            line = {"subject": subject, "number": number, "tx": tx, "made_at": at, "sealed_json": sealed}
            connection.execute(corrections.insert().values(**line))
            self._log.add(connection, "correct", at=at, subject=subject, detail={"id": key, "by": told["by"]})
        return key

    def propose(self, subject: str, rule: NarrowRule, rests_on: Sequence[str], *, at: datetime) -> str:
        """Keep a rule that nobody has accepted yet, and return its key.

        Raises:
            UnknownName: there is no such case.
        """
        told = {name: getattr(rule, name) for name in _TOLD} | {"rests_on": list(rests_on)}
        with self._database.writing() as connection:
            seal = self._cases.known_seal(connection, subject, alone=True)
            number, key = _next(connection, correction_rules, subject)
            sealed = seal.close(json.dumps(told).encode(), key)
            line = {"subject": subject, "number": number, "made_at": at, "sealed_json": sealed}
            connection.execute(correction_rules.insert().values(**line))
            self._log.add(connection, "correct.propose", at=at, subject=subject, detail={"id": key})
        return key

    def accept(self, subject: str, rule: str, since: date, *, at: datetime) -> None:
        """Let a proposed rule hold from a day on.

        Raises:
            UnknownName: there is no such case or rule.
            UsageError: the rule was accepted or taken back before.
        """
        with self._database.writing() as connection:
            self._cases.known_seal(connection, subject, alone=True)
            here = _one(correction_rules, subject, rule)
            found = connection.execute(select(correction_rules).where(here)).first()
            if found is None:
                raise UnknownName(f"case {subject} has no rule '{rule}'", do="`corrections list` shows them")
            if found.accepted_at is not None or found.ended_at is not None:
                raise UsageError(
                    f"rule {rule} is no proposal any more", do="`corrections list` shows its state"
                )
            connection.execute(correction_rules.update().where(here).values(accepted_at=at, since=since))
            detail = {"id": rule, "since": since.isoformat()}
            self._log.add(connection, "correct.accept", at=at, subject=subject, detail=detail)

    def undo(self, subject: str, key: str, *, at: datetime) -> tuple[str, ...]:
        """Take back a correction with the rules that rest on it, or a rule; return the keys of what ended.

        Raises:
            UnknownName: there is no such case, or nothing of it stands under this key.
        """
        with self._database.writing() as connection:
            seal = self._cases.known_seal(connection, subject, alone=True)
            rules = [
                each.id
                for each in _rules(connection, subject, seal)
                if each.ended_at is None and key in (each.id, *each.rests_on)
            ]
            standing = _one(corrections, subject, key) & corrections.c.undone_at.is_(None)
            here = connection.execute(corrections.update().where(standing).values(undone_at=at)).rowcount
            if not here and not rules:
                raise UnknownName(
                    f"case {subject} has no correction or rule '{key}' that stands",
                    do="`corrections list` shows them",
                )
            for rule in rules:
                ended = correction_rules.update().where(_one(correction_rules, subject, rule))
                connection.execute(ended.values(ended_at=at))
            detail: dict[str, str | int] = {"id": key, "rules": len(rules)}
            self._log.add(connection, "correct.undo", at=at, subject=subject, detail=detail)
        return (*([key] if here else []), *rules)

    def list(self, subject: str) -> builtins.list[Correction]:
        """Return every correction of a case, undone ones among them, oldest first.

        Raises:
            UnknownName: there is no such case.
        """
        with self._database.reading() as connection:
            seal = self._cases.known_seal(connection, subject)
            rows = connection.execute(
                select(corrections).where(corrections.c.subject == subject).order_by(corrections.c.number)
            ).all()
        return [
            Correction(
                id=_key(corrections, row.number),
                tx=row.tx,
                made_at=row.made_at,
                undone_at=row.undone_at,
                **_opened(seal, row.sealed_json, _key(corrections, row.number)),
            )
            for row in rows
        ]

    def rules(self, subject: str) -> builtins.list[KeptRule]:
        """Return every rule of a case, proposed and ended ones among them, oldest first.

        Raises:
            UnknownName: there is no such case.
        """
        with self._database.reading() as connection:
            seal = self._cases.known_seal(connection, subject)
            return _rules(connection, subject, seal)

    def standing(self, subject: str, *, at: datetime | None = None) -> Corrections:
        """Return what holds now, or held at a moment: corrections that stand, and accepted rules.

        Raises:
            UnknownName: there is no such case.
        """
        rows = {
            each.tx: each.category for each in self.list(subject) if _held(each.made_at, each.undone_at, at)
        }
        rules = self.rules(subject)
        accepted = [
            each.rule for each in rules if each.accepted_at and _held(each.accepted_at, each.ended_at, at)
        ]
        return Corrections(rows, accepted)


def _held(since: datetime, until: datetime | None, at: datetime | None) -> bool:
    if at is None:
        return until is None
    return since <= at and (until is None or until > at)


#: First letter of the keys in each table; a number follows, counted in the case.
_LETTER = {corrections: "c", correction_rules: "r"}


def _key(table: Table, number: int) -> str:
    return f"{_LETTER[table]}{number}"


def _next(connection: Connection, table: Table, subject: str) -> tuple[int, str]:
    """Return the next number of a case, and the key of it; nobody else may add to the case meanwhile."""
    last = connection.scalar(select(func.max(table.c.number)).where(table.c.subject == subject)) or 0
    return last + 1, _key(table, last + 1)


def _one(table: Table, subject: str, key: str) -> ColumnElement[bool]:
    """Select what stands under a key; nothing for what is no key of this table."""
    number = key.removeprefix(_LETTER[table])
    known = (
        key.startswith(_LETTER[table]) and number.isascii() and number.isdigit() and len(number) <= _DIGITS
    )
    return and_(table.c.subject == subject, table.c.number == (int(number) if known else 0))


def _rules(connection: Connection, subject: str, seal: Seal) -> list[KeptRule]:
    rows = connection.execute(
        select(correction_rules)
        .where(correction_rules.c.subject == subject)
        .order_by(correction_rules.c.number)
    ).all()
    found = []
    for row in rows:
        key = _key(correction_rules, row.number)
        told = _opened(seal, row.sealed_json, key)
        rests_on = tuple(told.pop("rests_on"))
        rule = NarrowRule(**told, since=row.since)
        found.append(KeptRule(key, rule, rests_on, row.made_at, row.accepted_at, row.ended_at))
    return found


def _opened(seal: Seal, sealed: bytes, place: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(seal.open(sealed, place))
    return told
