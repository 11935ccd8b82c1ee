"""Consents: who let us read what, at which bank, for which purpose, until when."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from time import sleep
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from psd2_affordability.core.errors import ConsentNotValid, StoreError, UnknownName
from psd2_affordability.store.audit import AuditLog
from psd2_affordability.store.cases import Cases
from psd2_affordability.store.database import Database
from psd2_affordability.store.schema import consents
from psd2_affordability.store.vault import Vault

PENDING = "pending"
VALID = "valid"
REJECTED = "rejected"
EXPIRED = "expired"
REVOKED = "revoked"

#: How long one may take to renew tokens before another may try, and how long that other waits.
_LEASE = timedelta(seconds=60)
_PAUSE = timedelta(milliseconds=50)
_LONGEST_WAIT = 2 * _LEASE // _PAUSE


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent.

    Attributes:
        id: our own key.
        subject: the case.
        bank: id of the bank.
        purpose: what the data may be used for, and nothing else.
        status: pending, valid, rejected, expired or revoked.
        created_at: when the journey began.
        valid_until: last day, as the bank says; None while pending.
        withdrawn_via: how it ended: `person`, `bank`, `operator`; empty while it stands.
        withdrawn_at: when.
        last_fetch_at: newest complete fetch, or None.
        journey: what the connector needs to go on at the bank, sealed on disk.
    """

    id: str
    subject: str
    bank: str
    purpose: str
    status: str
    created_at: datetime
    valid_until: date | None
    withdrawn_via: str
    withdrawn_at: datetime | None
    last_fetch_at: datetime | None
    journey: dict[str, Any] = field(repr=False)


class Consents:
    """The register of consents; it keeps withdrawn ones as proof until the case is erased."""

    def __init__(self, database: Database, vault: Vault, cases: Cases, log: AuditLog) -> None:
        self._database = database
        self._vault = vault
        self._cases = cases
        self._log = log

    def begin(
        self, subject: str, bank: str, purpose: str, state: str, journey: dict[str, Any], *, at: datetime
    ) -> str:
        """Keep a consent that waits for the person at the bank; return its id."""
        consent_id = f"c{secrets.token_hex(8)}"
        with self._database.writing() as connection:
            seal = self._cases.opened(connection, subject, at=at)
            connection.execute(
                consents.insert().values(
                    id=consent_id,
                    subject=subject,
                    bank=bank,
                    purpose=purpose,
                    status=PENDING,
                    created_at=at,
                    state_mark=self._vault.mark("state", state),
                    sealed_journey=seal.close(json.dumps(journey).encode(), consent_id),
                )
            )
            self._note(connection, "begun", subject, purpose, consent_id, at)
        return consent_id

    def waiting(self, state: str) -> Consent:
        """Return the pending consent that a bank's callback belongs to.

        Raises:
            ConsentNotValid: no journey waits with this state: never begun, or finished already.
        """
        with self._database.reading() as connection:
            return self._consent(connection, self._waiting(connection, state))

    def claim(self, state: str) -> Consent:
        """Return the pending consent of a callback to whoever comes first; to nobody else it waits any more.

        A bank takes its code once and may end the consent when it comes again.

        Raises:
            ConsentNotValid: no journey waits with this state, or somebody else has claimed it.
        """
        with self._database.writing() as connection:
            row = self._waiting(connection, state, alone=True)
            connection.execute(consents.update().where(consents.c.id == row["id"]).values(state_mark=None))
            return self._consent(connection, row)

    def give_back(self, consent_id: str, state: str) -> None:
        """Let a claimed consent wait again, if it is pending still: what the bank said ended nothing."""
        here = (consents.c.id == consent_id) & (consents.c.status == PENDING)
        with self._database.writing() as connection:
            mark = self._vault.mark("state", state)
            connection.execute(consents.update().where(here).values(state_mark=mark))

    def is_claimed(self, consent_id: str) -> bool:
        """Tell whether the person came back for this consent and the bank is being asked.

        Raises:
            UnknownName: there is no such consent.
        """
        with self._database.reading() as connection:
            row = self._row(connection, consent_id)
        return row["status"] == PENDING and row["state_mark"] is None

    def grant(
        self, consent_id: str, valid_until: date | None, journey: dict[str, Any], *, at: datetime
    ) -> None:
        """Mark a pending consent as given; its state can not be used a second time.

        Raises:
            ConsentNotValid: it waits no longer: it was given, refused or withdrawn meanwhile.
        """
        values = {"status": VALID, "valid_until": valid_until, "state_mark": None}
        self._change(consent_id, "granted", at, values, journey, only=(PENDING,))

    def reject(self, consent_id: str, *, at: datetime) -> None:
        """Mark a pending consent as not given.

        Raises:
            ConsentNotValid: it waits no longer.
        """
        values = {"status": REJECTED, "state_mark": None, "withdrawn_at": at, "withdrawn_via": "person"}
        self._change(consent_id, "rejected", at, values, only=(PENDING,))

    def fetched(self, consent_id: str, *, at: datetime) -> None:
        """Remember that a complete fetch was done.

        Raises:
            ConsentNotValid: it was withdrawn or ended meanwhile.
        """
        self._change(consent_id, "fetched", at, {"last_fetch_at": at}, only=(VALID,))

    def expire(self, consent_id: str, *, at: datetime) -> None:
        """Mark a consent as ended by the bank or by time.

        Raises:
            ConsentNotValid: it was withdrawn or ended meanwhile.
        """
        values = {"status": EXPIRED, "withdrawn_at": at, "withdrawn_via": "bank"}
        self._change(consent_id, "expired", at, values, only=(PENDING, VALID))

    def revoke(self, consent_id: str, *, via: str, at: datetime) -> None:
        """Mark a consent as withdrawn; nothing may be fetched with it any more."""
        self._change(consent_id, "revoked", at, {"status": REVOKED, "withdrawn_at": at, "withdrawn_via": via})

    def renewing(
        self,
        consent_id: str,
        make: Callable[[Mapping[str, str]], Mapping[str, str]],
        *,
        at: datetime,
        seen: Mapping[str, str] | None = None,
    ) -> dict[str, str]:
        """Let one alone renew the tokens of a consent, and everybody have what that brought.

        A bank may accept a refresh token once and end the consent when it comes again. So whoever
        is first renews; the result is stored before it is returned; the others wait for it. No
        transaction is open meanwhile.

        Args:
            consent_id: our key of the consent.
            make: given the journey as it is kept, returns it with new tokens.
            at: when.
            seen: the journey that turned out to be too old; one that was stored since is returned as it is.

        Raises:
            UnknownName: there is no such consent.
            StoreError: somebody else has been renewing it for too long.
        """
        for waited in range(_LONGEST_WAIT):
            before = self.show(consent_id).journey
            held = self._lease(consent_id, at + waited * _PAUSE)
            if held is not None:
                return self._renewed(consent_id, held, before if seen is None else seen, make, at)
            seen = before if seen is None else seen
            sleep(_PAUSE.total_seconds())
        raise StoreError(
            f"somebody else is renewing the access of consent {consent_id}", do="Try again later"
        )

    def _renewed(
        self,
        consent_id: str,
        held: datetime,
        seen: Mapping[str, str],
        make: Callable[[Mapping[str, str]], Mapping[str, str]],
        at: datetime,
    ) -> dict[str, str]:
        """Renew under a lease, unless what is kept is newer than what was seen, before or after."""
        try:
            kept = self.show(consent_id).journey
            journey = dict(make(kept)) if kept == seen else kept
            with self._database.writing() as connection:
                row = self._row(connection, consent_id, alone=True)
                kept_now = self._consent(connection, row).journey
                if kept_now == kept != journey:
                    self._write(connection, row, "renewed", at, {}, journey)
                    return journey
            return kept_now
        finally:
            self._release(consent_id, held)

    def _lease(self, consent_id: str, now: datetime) -> datetime | None:
        """Take the right to renew, and return until when it is ours; None when somebody else has it."""
        until = now + _LEASE
        free = consents.c.renewing_until.is_(None) | (consents.c.renewing_until <= now)
        lease = consents.update().where(consents.c.id == consent_id, free).values(renewing_until=until)
        with self._database.writing() as connection:
            return until if connection.execute(lease).rowcount else None

    def _release(self, consent_id: str, held: datetime) -> None:
        mine = (consents.c.id == consent_id) & (consents.c.renewing_until == held)
        with self._database.writing() as connection:
            connection.execute(consents.update().where(mine).values(renewing_until=None))

    def show(self, consent_id: str) -> Consent:
        """Return one consent.

        Raises:
            UnknownName: there is no such consent.
        """
        with self._database.reading() as connection:
            return self._consent(connection, self._row(connection, consent_id))

    def list(self, subject: str = "") -> list[Consent]:
        """Return the consents, of one case or all, newest first."""
        query = select(consents).order_by(consents.c.created_at.desc(), consents.c.id)
        if subject:
            query = query.where(consents.c.subject == subject)
        with self._database.reading() as connection:
            return [self._consent(connection, row) for row in connection.execute(query).mappings().all()]

    def _waiting(self, connection: Connection, state: str, *, alone: bool = False) -> RowMapping:
        mark = self._vault.mark("state", state)
        query = select(consents).where(consents.c.state_mark == mark)
        row = connection.execute(query.with_for_update() if alone else query).mappings().first()
        if row is None or row["status"] != PENDING:
            raise ConsentNotValid(
                "no consent waits for this answer of the bank",
                do="Start again from the beginning",
            )
        return row

    def _row(self, connection: Connection, consent_id: str, *, alone: bool = False) -> RowMapping:
        query = select(consents).where(consents.c.id == consent_id)
        row = connection.execute(query.with_for_update() if alone else query).mappings().first()
        if row is None:
            raise UnknownName(
                f"no consent is called '{consent_id}'", do="The list of consents shows which there are"
            )
        return row

    def _change(
        self,
        consent_id: str,
        what: str,
        at: datetime,
        values: dict[str, Any],
        journey: dict[str, Any] | None = None,
        only: tuple[str, ...] = (),
    ) -> None:
        with self._database.writing() as connection:
            row = self._row(connection, consent_id, alone=True)
            if only and row["status"] not in only:
                raise ConsentNotValid(
                    f"consent {consent_id} is {row['status']} since a moment ago",
                    do="Ask the person for a new consent",
                )
            self._write(connection, row, what, at, values, journey)

    def _write(
        self,
        connection: Connection,
        row: RowMapping,
        what: str,
        at: datetime,
        values: dict[str, Any],
        journey: dict[str, Any] | None,
    ) -> None:
        if journey is not None:
            seal = self._cases.known_seal(connection, row["subject"])
            values["sealed_journey"] = seal.close(json.dumps(journey).encode(), row["id"])
        if values:
            connection.execute(consents.update().where(consents.c.id == row["id"]).values(**values))
        self._note(connection, what, row["subject"], row["purpose"], row["id"], at)

    def _consent(self, connection: Connection, row: RowMapping) -> Consent:
        seal = self._cases.known_seal(connection, row["subject"])
        plain = {name: row[name] for name in Consent.__dataclass_fields__ if name != "journey"}
        return Consent(**plain, journey=json.loads(seal.open(row["sealed_journey"], row["id"])))

    def _note(
        self, connection: Connection, what: str, subject: str, purpose: str, consent_id: str, at: datetime
    ) -> None:
        self._log.add(
            connection,
            f"consent.{what}",
            at=at,
            subject=subject,
            purpose=purpose,
            detail={"consent": consent_id},
        )
