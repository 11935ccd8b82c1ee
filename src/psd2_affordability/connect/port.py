"""What every dialect can do for a journey, and the values that go in and out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from psd2_affordability.connect.registry import Bank
from psd2_affordability.connect.result import BalanceRead, Received, Rejected
from psd2_affordability.core.errors import AffordabilityError


def not_counted(_account: str, _endpoint: str) -> None:
    """Count nothing: the person is present, and such calls are free."""


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """What we ask the person to consent to: the accounts they choose at the bank, for so long.

    Attributes:
        redirect_uri: where the bank sends the person back to; carries the state.
        psu_ip: the person's address, since they are present.
        valid_until: last day asked for.
        frequency_per_day: unattended calls per account and endpoint a day.
        recurring: whether the bank may be asked again later.
    """

    redirect_uri: str
    psu_ip: str
    valid_until: date
    frequency_per_day: int
    recurring: bool = True


@dataclass(frozen=True, slots=True)
class ConsentStarted:
    """A consent that waits for the person's approval at `sca_redirect`."""

    consent_id: str
    sca_redirect: str


@dataclass(frozen=True, slots=True)
class ConsentState:
    """A consent as the bank has it now.

    Attributes:
        consent_id: the bank's number of it.
        status: as the bank says; banks may add statuses of their own.
        valid_until: last day, which may be earlier than was asked; None when not said.
        frequency_per_day: unattended calls a day; None when not said.
    """

    consent_id: str
    status: str
    valid_until: date | None = None
    frequency_per_day: int | None = None

    @property
    def usable(self) -> bool:
        """Whether data may be asked under it."""
        return self.status == "valid"


@dataclass(frozen=True, slots=True)
class Access:
    """Under which consent a call is made, and whether the person is there.

    Attributes:
        consent_id: the bank's number of the consent.
        psu_ip: the person's address while they are present, else empty; never made up.
        count: told account and endpoint before every call that counts against the day's number.
    """

    consent_id: str
    psu_ip: str = ""
    count: Callable[[str, str], None] = not_counted


@dataclass(frozen=True, slots=True)
class AccountListed:
    """One account that the person consented to; `resource_id` may change with every consent."""

    resource_id: str
    iban: str
    currency: str

    @property
    def key(self) -> str:
        """What the ledger calls the account: its IBAN, or the bank's number where there is none."""
        return self.iban or self.resource_id


@dataclass(frozen=True, slots=True)
class Statement:
    """The transactions of one account, as far as they arrived.

    Attributes:
        rows: ledger rows, the booked ones in the bank's order and then the pending ones.
        rejected: rows that could not be taken over, and why.
        problem: what stopped the reading before the last page; None when all pages arrived.
    """

    rows: tuple[Mapping[str, Any], ...]
    rejected: tuple[Rejected, ...] = ()
    problem: AffordabilityError | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one fetch brought in, and what it could not.

    Attributes:
        received: accounts and transactions that did arrive.
        problems: every step that failed; the others went on.
        complete: whether nothing failed, so that what is absent here is absent at the bank.
    """

    received: Received
    problems: tuple[AffordabilityError, ...]
    complete: bool


class BankPort(Protocol):
    """One bank, spoken to in its own dialect. Every method may raise a `BankError`."""

    @property
    def bank(self) -> Bank:
        """Which bank this is."""
        ...

    def create_consent(self, request: ConsentRequest) -> ConsentStarted:
        """Ask for a consent that the person then approves at the bank."""
        ...

    def consent_status(self, consent_id: str, psu_ip: str = "") -> str:
        """Ask only for the status."""
        ...

    def read_consent(self, consent_id: str, psu_ip: str = "") -> ConsentState:
        """Read the consent as the bank has it: status, last day, calls a day."""
        ...

    def delete_consent(self, consent_id: str) -> None:
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
