"""The way of a consent: begin, complete when the person comes back, and refresh for as long as it lasts."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from psd2_affordability.connect.budget import CallBudget
from psd2_affordability.connect.connections import Clock
from psd2_affordability.connect.port import (
    Access,
    AccountListed,
    BankPort,
    ConsentRequest,
    ConsentState,
    Fetched,
    Grant,
    Renew,
    Statement,
    renewed_here,
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
    NotApprovedYet,
    UsageError,
)
from psd2_affordability.ledger.clean import cleaned
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import frame_of


@dataclass(frozen=True, slots=True)
class Begun:
    """A journey that waits for the person to come back from the bank.

    Attributes:
        grant: what we hold of the consent until then.
        state: unguessable; must come back with the person. A secret until then.
        redirect_url: where to send the person; empty when the bank asks them in its own app.
        valid_until: last day that was asked for.
    """

    grant: Grant
    state: str = field(repr=False)
    redirect_url: str = field(repr=False)
    valid_until: date


@dataclass(frozen=True, slots=True)
class Completed:
    """A consent that is valid, and everything the bank gave at once."""

    consent: ConsentState
    grant: Grant
    fetched: Fetched


def begin(
    port: BankPort,
    *,
    redirect_uri: str,
    psu_ip: str,
    clock: Clock,
    days: int | None = None,
    options: Mapping[str, str] | None = None,
) -> Begun:
    """Create a consent at the bank and say where to send the person.

    Args:
        port: the bank.
        redirect_uri: where the person is to come back; a state comes along.
        psu_ip: the person's network address.
        clock: the time at the bank.
        days: for how long; never longer than the bank allows.
        options: what the person chose beforehand, such as their bank behind an aggregator.

    Raises:
        BankError: the bank did not create a consent.
    """
    from authlib.common.security import generate_token

    rule, today = port.bank.consent, clock().date()
    longest = max(1, rule.max_days - 1)  # one day below the limit: some banks count the first day too
    if days is not None and days < 1:
        raise UsageError("a consent lasts one day at least", do=f"Give 1 to {longest} days")
    state = generate_token(43)
    valid_until = today + timedelta(days=min(days or longest, longest))
    started = port.create_consent(
        ConsentRequest(
            redirect_uri=redirect_uri,
            state=state,
            psu_ip=psu_ip,
            valid_until=valid_until,
            history_from=_first_day(port, today),
            frequency_per_day=rule.frequency_per_day,
            options=options or {},
        )
    )
    return Begun(started.grant, state, started.sca_redirect, valid_until)


def waits(port: BankPort, begun: Begun, *, psu_ip: str) -> bool:
    """Tell whether the person has yet to decide in the bank's app; for a journey without a redirect.

    Raises:
        BankError: the bank would not say.
    """
    return port.consent_status(Access(begun.grant, psu_ip=psu_ip)) in _WAITS


def not_approved_yet(bank_id: str, status: str = "received") -> NotApprovedYet:
    """Return the error for a person who is back before they decided."""
    return NotApprovedYet(
        _STANDING[status], where=f"{bank_id} consent", do="Approve it there, then come back"
    )


def complete(
    port: BankPort,
    begun: Begun,
    *,
    answer: Mapping[str, str],
    psu_ip: str,
    clock: Clock,
    renew: Renew = renewed_here,
) -> Completed:
    """Take the person back from the bank and fetch the whole history at once.

    Banks give the full history only in the first minutes after approval, so it is fetched here
    and now. The consent stands even when the fetch fails: see `Completed.fetched.problems`.

    Args:
        port: the bank.
        begun: the journey that waits.
        answer: what the person came back with; its `state` must be the journey's.
        psu_ip: the person's network address.
        clock: the time at the bank.
        renew: how tokens are stored before they are used.

    Raises:
        NotApprovedYet: the person has yet to decide in the bank's app; may be tried again.
        ConsentNotValid: another person's answer, or the consent was not approved.
        BankError: the bank would not say how the consent stands.
    """
    where = f"{port.bank.id} consent"
    if not hmac.compare_digest(begun.state.encode(), answer.get("state", "").encode()):
        raise ConsentNotValid(
            "the answer does not belong to this request for consent",
            where=where,
            do="Start the consent again",
        )
    access = Access(begun.grant, psu_ip=psu_ip, renew=renew)
    port.authorise(access, answer)
    consent = port.read_consent(access)
    if consent.status in _WAITS:
        raise not_approved_yet(port.bank.id, consent.status)
    if not consent.usable:
        raise ConsentNotValid(_not_usable(consent.status), where=where, do=ASK_ANEW)
    asked_at = clock()
    fallback = asked_at.date() - timedelta(days=port.bank.history.refresh_days)
    fetched = _fetch(port, access, _first_day(port, asked_at.date()), fallback)
    if _too_late(port, clock() - asked_at):
        fetched = replace(fetched, whole_since=_not_before(fallback, fetched.whole_since))
    return Completed(_not_beyond(begun.valid_until, consent), access.grant, fetched)


def _not_beyond(asked_until: date, consent: ConsentState) -> ConsentState:
    """Return the consent as the person gave it: a bank may shorten it, and nobody may lengthen it."""
    return replace(consent, valid_until=min(consent.valid_until or asked_until, asked_until))


def _too_late(port: BankPort, took: timedelta) -> bool:
    """Tell whether the bank may have cut its history short without a word, since the fetch took too long."""
    minutes = port.bank.history.first_minutes
    return bool(minutes) and took > timedelta(minutes=minutes)


def _not_before(first: date, whole_since: Mapping[str, date]) -> dict[str, date]:
    return {account: max(since, first) for account, since in whole_since.items()}


def _first_day(port: BankPort, on: date) -> date:
    return add_months(on, -port.bank.history.first_months)


def refresh(
    port: BankPort,
    grant: Grant,
    *,
    clock: Clock,
    budget: CallBudget,
    known_until: date | None = None,
    psu_ip: str = "",
    renew: Renew = renewed_here,
) -> Fetched:
    """Fetch what is new: from some days before the last whole fetch, never more than 89 days back.

    Args:
        port: the bank.
        grant: what we hold of the consent.
        clock: the time at the bank.
        budget: counts the calls when the person is not there.
        known_until: day of the last fetch under this consent that brought everything; None when none did.
        psu_ip: the person's address if, and only if, they are present now.
        renew: how tokens are stored before they are used.
    """
    on = clock().date()
    since = on - timedelta(days=port.bank.history.refresh_days)
    if known_until is not None:
        since = max(since, min(on, known_until) - timedelta(days=port.bank.history.overlap_days))
    if psu_ip:
        return _fetch(port, Access(grant, psu_ip=psu_ip, renew=renew), since, since)

    def count(account: str, endpoint: str) -> None:
        budget.spend(grant.consent_id, account, endpoint, clock())

    return _fetch(port, Access(grant, count=count, renew=renew), since, since)


def _fetch(port: BankPort, access: Access, since: date, fallback: date) -> Fetched:
    """Read every account, all transactions before any balance; a step that fails is noted, the others go on.

    The transactions come first because a bank may give its whole history for some minutes only.
    """
    gathered = _Gathered()
    try:
        listed = tuple(dict.fromkeys(port.accounts(access)))  # one that is listed twice has its rows once
    except BankError as problem:
        gathered.problems.append(problem)
        listed = ()
    statements: list[tuple[AccountListed, Statement]] = []
    for account in listed:
        statements.append((account, _statement(port, access, account, since, fallback, gathered)))
        if gathered.consent_is_over:
            break
    for account, statement in statements:
        gathered.add(port, account, statement, _balances(port, access, account, gathered))
    return gathered.fetched()


def _statement(
    port: BankPort, access: Access, account: AccountListed, since: date, fallback: date, gathered: "_Gathered"
) -> Statement:
    """Read the transactions; where the bank does not go back so far, from the fallback day on."""
    statement = port.transactions(access, account, since)
    if statement.problem:
        gathered.problems.append(statement.problem)
    if isinstance(statement.problem, HistoryRefused) and fallback > since:
        since, statement = fallback, port.transactions(access, account, fallback)
        if statement.problem:
            gathered.problems.append(statement.problem)
    if statement.whole:
        gathered.whole_since[account.key] = max(since, statement.given_from or since)
    return statement


def _balances(
    port: BankPort, access: Access, account: AccountListed, gathered: "_Gathered"
) -> tuple[BalanceRead, ...]:
    if gathered.consent_is_over:
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
        self.whole_since: dict[str, date] = {}
        self._accounts: list[AccountRead] = []
        self._rows: list[Any] = []
        self._rejected: list[Rejected] = []

    @property
    def consent_is_over(self) -> bool:
        """Whether the bank no longer accepts the consent, so that asking on is of no use."""
        return any(isinstance(problem, ConsentNotValid) for problem in self.problems)

    def add(
        self, port: BankPort, account: AccountListed, statement: Statement, balances: tuple[BalanceRead, ...]
    ) -> None:
        self._accounts.append(
            account_read(
                account,
                balances,
                frame_of(statement.rows),
                port.bank.profile.rows.closing_types,
                all_arrived=statement.whole,
            )
        )
        self._rows.extend(statement.rows)
        self._rejected.extend(statement.rejected)

    def fetched(self) -> Fetched:
        received = Received(
            tuple(self._accounts), cleaned(with_keys(frame_of(self._rows))), tuple(self._rejected)
        )
        return Fetched(received, tuple(self.problems), dict(self.whole_since))


_WAITS = ("received", "partiallyAuthorised")
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
