"""The way of a consent: begin, complete when the person comes back, and refresh for as long as it lasts."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from psd2_affordability.connect.budget import CallBudget
from psd2_affordability.connect.port import (
    Access,
    AccountListed,
    BankPort,
    ConsentRequest,
    ConsentState,
    Fetched,
    Statement,
)
from psd2_affordability.connect.proof import account_read
from psd2_affordability.connect.refusals import ASK_ANEW
from psd2_affordability.connect.result import AccountRead, BalanceRead, Received, Rejected
from psd2_affordability.core.dates import add_months
from psd2_affordability.core.errors import (
    AffordabilityError,
    BankError,
    ConsentNotValid,
    HistoryRefused,
    UsageError,
)
from psd2_affordability.ledger.clean import cleaned
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import frame_of

#: Says what time it is where the bank is; with a time zone.
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Begun:
    """A journey that waits for the person to come back from the bank.

    Attributes:
        consent_id: the bank's number of the consent.
        state: unguessable; must come back with the person. A secret until then.
        redirect_url: where to send the person.
        valid_until: last day that was asked for.
    """

    consent_id: str
    state: str = field(repr=False)
    redirect_url: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Completed:
    """A consent that is valid, and everything the bank gave at once."""

    consent: ConsentState
    fetched: Fetched


def begin(port: BankPort, *, redirect_uri: str, psu_ip: str, clock: Clock, days: int | None = None) -> Begun:
    """Create a consent at the bank and say where to send the person.

    Args:
        port: the bank.
        redirect_uri: where the person is to come back; a state is added to it.
        psu_ip: the person's network address.
        clock: the time at the bank.
        days: for how long; never longer than the bank allows.

    Raises:
        BankError: the bank did not create a consent.
    """
    from authlib.common.security import generate_token

    bank = port.bank
    longest = max(1, bank.max_days - 1)  # one day below the limit: some banks count the first day too
    if days is not None and days < 1:
        raise UsageError("a consent lasts one day at least", do=f"Give 1 to {longest} days")
    state = generate_token(43)
    valid_until = clock().date() + timedelta(days=min(days or longest, longest))
    started = port.create_consent(
        ConsentRequest(
            redirect_uri=_with_state(redirect_uri, state),
            psu_ip=psu_ip,
            valid_until=valid_until,
            frequency_per_day=bank.frequency_per_day,
        )
    )
    return Begun(started.consent_id, state, started.sca_redirect, valid_until)


def complete(port: BankPort, begun: Begun, *, state: str, psu_ip: str, clock: Clock) -> Completed:
    """Take the person back from the bank and fetch the whole history at once.

    Banks give the full history only in the first minutes after approval, so it is fetched here
    and now. The consent stands even when the fetch fails: see `Completed.fetched.problems`.

    Raises:
        ConsentNotValid: another person's answer, or the consent was not approved.
        BankError: the bank would not say how the consent stands.
    """
    where = f"{port.bank.id} consent"
    if not hmac.compare_digest(begun.state.encode(), state.encode()):
        raise ConsentNotValid(
            "the answer does not belong to this request for consent",
            where=where,
            do="Start the consent again",
        )
    consent = port.read_consent(begun.consent_id, psu_ip)
    if not consent.usable:
        raise ConsentNotValid(_not_usable(consent.status), where=where, do=ASK_ANEW)
    on = clock().date()
    since = add_months(on, -port.bank.first_months)
    fallback = on - timedelta(days=port.bank.refresh_days)
    fetched = _fetch(port, Access(begun.consent_id, psu_ip), since, fallback)
    return Completed(consent, fetched)


def refresh(
    port: BankPort,
    consent_id: str,
    *,
    clock: Clock,
    budget: CallBudget,
    known_until: date | None = None,
    psu_ip: str = "",
) -> Fetched:
    """Fetch what is new: from some days before the last whole fetch, never more than 89 days back.

    Args:
        port: the bank.
        consent_id: the bank's number of the consent.
        clock: the time at the bank.
        budget: counts the calls when the person is not there.
        known_until: day of the last fetch under this consent that brought everything; None when none did.
        psu_ip: the person's address if, and only if, they are present now.
    """
    on = clock().date()
    since = on - timedelta(days=port.bank.refresh_days)
    if known_until is not None:
        since = max(since, min(on, known_until) - timedelta(days=port.bank.overlap_days))
    if psu_ip:
        return _fetch(port, Access(consent_id, psu_ip), since, since)

    def count(account: str, endpoint: str) -> None:
        budget.spend(consent_id, account, endpoint, clock())

    return _fetch(port, Access(consent_id, count=count), since, since)


def _fetch(port: BankPort, access: Access, since: date, fallback: date) -> Fetched:
    """Read every account; a step that fails is noted, and the others go on."""
    gathered = _Gathered()
    try:
        listed = port.accounts(access)
    except BankError as problem:
        gathered.problems.append(problem)
        listed = ()
    for account in listed:
        statement = _statement(port, access, account, since, fallback, gathered)
        balances = _balances(port, access, account, gathered)
        gathered.add(port, account, statement, balances)
        if any(isinstance(problem, ConsentNotValid) for problem in gathered.problems):
            break
    return gathered.fetched()


def _statement(
    port: BankPort, access: Access, account: AccountListed, since: date, fallback: date, gathered: "_Gathered"
) -> Statement:
    """Read the transactions; where the bank does not go back so far, from the fallback day on."""
    statement = port.transactions(access, account, since)
    if statement.problem:
        gathered.problems.append(statement.problem)
    if isinstance(statement.problem, HistoryRefused) and fallback > since:
        statement = port.transactions(access, account, fallback)
        if statement.problem:
            gathered.problems.append(statement.problem)
    return statement


def _balances(
    port: BankPort, access: Access, account: AccountListed, gathered: "_Gathered"
) -> tuple[BalanceRead, ...]:
    if any(isinstance(problem, ConsentNotValid) for problem in gathered.problems):
        return ()
    try:
        return port.balances(access, account)
    except BankError as problem:
        gathered.problems.append(problem)
        return ()


class _Gathered:
    """What a fetch has brought in so far."""

    def __init__(self) -> None:
        self.problems: list[AffordabilityError] = []
        self._accounts: list[AccountRead] = []
        self._rows: list[Any] = []
        self._rejected: list[Rejected] = []

    def add(
        self, port: BankPort, account: AccountListed, statement: Statement, balances: tuple[BalanceRead, ...]
    ) -> None:
        all_arrived = statement.problem is None and not statement.rejected
        self._accounts.append(
            account_read(
                account,
                balances,
                frame_of(statement.rows),
                port.bank.profile.closing_types,
                all_arrived=all_arrived,
            )
        )
        self._rows.extend(statement.rows)
        self._rejected.extend(statement.rejected)

    def fetched(self) -> Fetched:
        received = Received(
            tuple(self._accounts), cleaned(with_keys(frame_of(self._rows))), tuple(self._rejected)
        )
        return Fetched(received, tuple(self.problems), complete=not self.problems)


def _with_state(redirect_uri: str, state: str) -> str:
    parts = urlsplit(redirect_uri)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), ("state", state)])
    return urlunsplit(parts._replace(query=query))


_STANDING = {
    "received": "the person has not approved the consent at the bank yet",
    "partiallyAuthorised": "another holder of the account has to approve the consent too",
    "rejected": "the person did not approve the consent",
    "revokedByPsu": "the person withdrew the consent at the bank",
    "expired": "the consent has expired",
    "terminatedByTpp": "the consent was ended by us",
}


def _not_usable(status: str) -> str:
    return _STANDING.get(status, "the bank says that the consent is not valid, with a status of its own")
