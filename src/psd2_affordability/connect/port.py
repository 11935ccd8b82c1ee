"""What every dialect can do for a journey, and the values that go in and out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol, runtime_checkable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from psd2_affordability.connect.registry import Bank
from psd2_affordability.connect.result import BalanceRead, Received, Rejected
from psd2_affordability.core.errors import AffordabilityError


def not_counted(_account: str, _endpoint: str) -> None:
    """Count nothing: the person is present, and such calls are free."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What we hold of one consent; kept sealed, and never shown.

    Attributes:
        consent_id: the bank's number of it; empty where the bank has no such number.
        kept: what the dialect needs to go on, such as tokens or a session.
    """

    consent_id: str = field(default="", repr=False)
    kept: Mapping[str, str] = field(default_factory=dict, repr=False)

    def having(self, **more: str) -> "Grant":
        """Return the grant with some things added or renewed; what becomes empty is forgotten.

        >>> Grant("c-1", {"code": "x"}).having(code="", token="t").written()
        {'consent_id': 'c-1', 'token': 't'}
        """
        merged = {**self.kept, **more}
        return replace(self, kept={name: value for name, value in merged.items() if value})

    def written(self) -> dict[str, str]:
        """Write it down flat, to be sealed."""
        return {"consent_id": self.consent_id, **self.kept}

    @classmethod
    def read(cls, written: Mapping[str, str]) -> "Grant":
        """Read what was written."""
        kept = {name: value for name, value in written.items() if name != "consent_id"}
        return cls(written["consent_id"], kept)


#: Replaces tokens: given the grant and how to renew it, stores the new one and returns it.
Renew = Callable[[Grant, Callable[[Grant], Grant]], Grant]


def renewed_here(grant: Grant, make: Callable[[Grant], Grant]) -> Grant:
    """Renew without storing: for a journey that keeps the grant itself."""
    return make(grant)


class Access:
    """Under which grant a call is made, and whether the person is there.

    Args:
        grant: what we hold of the consent.
        psu_ip: the person's address while they are present, else empty; never made up.
        count: told account and endpoint before every call that counts against the day's number.
        renew: how a renewed grant is stored before it is used.

    Attributes:
        renewed_in_vain: a renewed grant was refused without a reason; renewing again will not help.
    """

    def __init__(
        self,
        grant: Grant,
        *,
        psu_ip: str = "",
        count: Callable[[str, str], None] = not_counted,
        renew: Renew = renewed_here,
    ) -> None:
        self.grant = grant
        self.psu_ip = psu_ip
        self.count = count
        self.renewed_in_vain = False
        self._renew = renew

    def renew(self, make: Callable[[Grant], Grant]) -> Grant:
        """Replace the grant by a renewed one; it is stored before it is used."""
        self.grant = self._renew(self.grant, make)
        return self.grant


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """What we ask the person to consent to: the accounts they choose at the bank, for so long.

    Attributes:
        redirect_uri: where the bank sends the person back to.
        state: unguessable; comes back with the person.
        psu_ip: the person's address, since they are present.
        valid_until: last day asked for.
        history_from: first day whose transactions are asked for.
        frequency_per_day: unattended calls per account and endpoint a day.
        recurring: whether the bank may be asked again later.
        options: what the person chose beforehand, such as their bank behind an aggregator (`aspsp`).
    """

    redirect_uri: str
    state: str = field(repr=False)
    psu_ip: str = field(repr=False)
    valid_until: date
    history_from: date
    frequency_per_day: int
    recurring: bool = True
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConsentStarted:
    """A consent that waits for the person's approval.

    Attributes:
        grant: what we hold of it until the person is back.
        sca_redirect: the page where the person approves; empty when the bank asks them in its own app.
    """

    grant: Grant
    sca_redirect: str = field(default="", repr=False)


def with_state(redirect_uri: str, state: str) -> str:
    """Add the state to the address to come back to, for a bank that gives back nothing of its own.

    >>> with_state("https://us.example/back?case=1", "s")
    'https://us.example/back?case=1&state=s'
    """
    parts = urlsplit(redirect_uri)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), ("state", state)])
    return urlunsplit(parts._replace(query=query))


@dataclass(frozen=True, slots=True)
class ConsentState:
    """A consent as the bank has it now.

    Attributes:
        status: `received`, `valid`, `partiallyAuthorised`, `rejected`, `revokedByPsu`, `expired` or
            `terminatedByTpp`, or a status of the bank's own, as it says.
        valid_until: last day, which may be earlier than was asked; None when not said.
        frequency_per_day: unattended calls a day; None when not said.
    """

    status: str
    valid_until: date | None = None
    frequency_per_day: int | None = None

    @property
    def usable(self) -> bool:
        """Whether data may be asked under it."""
        return self.status == "valid"


@dataclass(frozen=True, slots=True)
class AccountListed:
    """One account that the person consented to.

    Attributes:
        resource_id: how the bank's interface names it; may change with every consent.
        iban: or empty.
        currency: ISO 4217.
        lasting_id: a number of it that stays the same over consents, where there is one.
    """

    resource_id: str = field(repr=False)
    iban: str = field(repr=False)
    currency: str
    lasting_id: str = field(default="", repr=False)

    @property
    def key(self) -> str:
        """What the ledger calls the account: its IBAN, or the bank's number where there is none."""
        return self.iban or self.lasting_id or self.resource_id


@dataclass(frozen=True, slots=True)
class Statement:
    """The transactions of one account, as far as they arrived.

    Attributes:
        rows: ledger rows, the booked ones in the bank's order and then the pending ones.
        rejected: rows that could not be taken over, and why.
        problem: what stopped the reading before the last page; None when all pages arrived.
        given_from: first day that the bank says it gives at all; None when it does not say.
    """

    rows: tuple[Mapping[str, Any], ...] = field(repr=False)
    rejected: tuple[Rejected, ...] = ()
    problem: AffordabilityError | None = None
    given_from: date | None = None

    @property
    def whole(self) -> bool:
        """Whether every page arrived and every booking on it could be taken over."""
        return self.problem is None and not any(each.lost for each in self.rejected)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one fetch brought in, and what it could not.

    Attributes:
        received: accounts and transactions that did arrive.
        problems: every step that failed; the others went on.
        whole_since: account key to the day from which every page of it arrived, so that what is absent
            here since then is absent at the bank.
    """

    received: Received
    problems: tuple[AffordabilityError, ...]
    whole_since: Mapping[str, date]

    @property
    def complete(self) -> bool:
        """Whether nothing failed."""
        return not self.problems


class BankPort(Protocol):
    """One bank, spoken to in its own dialect. Every method may raise a `BankError`."""

    @property
    def bank(self) -> Bank:
        """Which bank this is."""
        ...

    def create_consent(self, request: ConsentRequest) -> ConsentStarted:
        """Ask for a consent that the person then approves at the bank."""
        ...

    def authorise(self, access: Access, answer: Mapping[str, str]) -> None:
        """Take what the person came back with, such as a code; renews the grant where it brings tokens.

        Raises:
            ConsentNotValid: the person did not approve, or the answer is not the one we wait for.
        """
        ...

    def consent_status(self, access: Access) -> str:
        """Ask only for the status, in the words of `ConsentState`."""
        ...

    def read_consent(self, access: Access) -> ConsentState:
        """Read the consent as the bank has it: status, last day, calls a day."""
        ...

    def delete_consent(self, access: Access) -> None:
        """End the consent."""
        ...

    def accounts(self, access: Access) -> tuple[AccountListed, ...]:
        """List the accounts that the person consented to."""
        ...

    def balances(self, access: Access, account: AccountListed) -> tuple[BalanceRead, ...]:
        """Read the balances of one account."""
        ...

    def transactions(self, access: Access, account: AccountListed, since: date) -> Statement:
        """Read the transactions of one account from a day on; keeps the pages that did arrive."""
        ...


@runtime_checkable
class Aggregator(Protocol):
    """What is asked of an interface with many banks behind it, besides what every bank can do."""

    def aspsp_names(self, country: str) -> tuple[str, ...]:
        """Name the banks behind it; in its usual country when none is given."""
        ...
