"""What the sandbox aggregator remembers besides the bank's consents: sessions, codes and page keys."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex, token_urlsafe
from uuid import uuid4

from psd2_affordability.sandbox.bank.state import LONGEST_DAYS, Clock, Consent, Refused, SandboxBank
from psd2_affordability.sandbox.model import BankedPerson

_STATUSES = {
    "received": "PENDING_AUTHORIZATION",
    "valid": "AUTHORIZED",
    "rejected": "CANCELLED",
    "expired": "EXPIRED",
    "revokedByPsu": "REVOKED",
    "terminatedByTpp": "CLOSED",
}
_OVER = {
    "EXPIRED": (401, "EXPIRED_SESSION", "Session is expired"),
    "REVOKED": (401, "REVOKED_SESSION", "Session is revoked"),
    "CLOSED": (401, "CLOSED_SESSION", "Session is closed"),
}
_KEY = re.compile(r"([0-9]{1,6})-([0-9a-f]{16})", re.ASCII)


@dataclass(slots=True)
class Session:
    """One session, from the request for it to its end.

    Attributes:
        consent: at the bank behind it.
        code: opens the session, once.
        valid_until: the moment it ends.
        created: when it was asked for.
        id: its number once it is open.
        holder: who approved, as the bank writes them.
    """

    consent: Consent
    code: str = field(repr=False)
    valid_until: datetime
    created: datetime
    id: str = ""
    holder: str = ""
    psu_id_hash: str = field(default_factory=lambda: token_hex(32))

    @property
    def status(self) -> str:
        """The status, in the aggregator's words."""
        return _STATUSES[self.consent.status]


class Sessions(SandboxBank):
    """The books of the bank behind the aggregator, with the aggregator's own beside them."""

    longest = timedelta(days=LONGEST_DAYS)

    def __init__(self, people: Mapping[str, BankedPerson], clock: Clock, page_size: int = 100) -> None:
        super().__init__(people, clock, page_size)
        self.now = clock
        self._sessions: list[Session] = []

    def start(self, valid_until: datetime, *, approved: Callable[[str], str], refused: str) -> Session:
        """Prepare a session until a moment that lies within what the bank allows."""
        now = self.now()
        if not now < valid_until <= now + self.longest:
            raise Refused(422, "WRONG_REQUEST_PARAMETERS", "valid_until is not within the allowed time")
        code = token_urlsafe(24)
        consent = self.create(valid_until.date(), 4, approved(code), refused, recurring=True)
        session = Session(consent, code, valid_until, now)
        self._sessions.append(session)
        return session

    def open(self, code: str) -> Session:
        """Open the session of a code; a code works once."""
        for session in self._sessions:
            if session.code == code and not session.id and self.consent(session.consent.id).status == "valid":
                session.id = str(uuid4())
                session.holder = self._holder(session.consent)
                return session
        raise Refused(422, "WRONG_AUTHORIZATION_CODE", "Wrong authorization code provided")

    def session(self, session_id: str) -> Session:
        """Return an open session, with its status as of now."""
        for session in self._sessions:
            if session.id and session.id == session_id:
                if self.now() >= session.valid_until and session.consent.status == "valid":
                    session.consent.status = "expired"
                self.consent(session.consent.id)
                return session
        raise Refused(404, "SESSION_DOES_NOT_EXIST", "No session found matching provided id")

    def of_account(self, uid: str) -> Session:
        """Return the session that an account belongs to, if data may be given in it."""
        for each in self._sessions:
            if each.id and uid in each.consent.accounts:
                session = self.session(each.id)
                if session.status in _OVER:
                    raise Refused(*_OVER[session.status])
                return session
        raise Refused(404, "ACCOUNT_DOES_NOT_EXIST", "No account found matching provided id")

    def key(self, page: int, uid: str, asked: Mapping[str, str]) -> str:
        """Make the key to a page; it fits the same question alone."""
        return f"{page}-{_fingerprint(uid, asked)}"

    def page(self, key: str, uid: str, asked: Mapping[str, str]) -> int | None:
        """Return which page a key opens; None without one."""
        if not key:
            return None
        if key.startswith("string"):
            return 0
        found = _KEY.fullmatch(key)
        if not found:
            raise Refused(422, "WRONG_CONTINUATION_KEY", "Wrong continuation key provided")
        if found[2] != _fingerprint(uid, asked):
            raise Refused(422, "WRONG_REQUEST_PARAMETERS", "the question is not the one the key came with")
        return int(found[1])

    def _holder(self, consent: Consent) -> str:
        approved = {account.iban for account in consent.accounts.values()}
        for person in self.people.values():
            if approved & {account.iban for account in person.accounts}:
                return person.display_name
        return ""


def _fingerprint(uid: str, asked: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps([uid, sorted(asked.items())]).encode()).hexdigest()[:16]
