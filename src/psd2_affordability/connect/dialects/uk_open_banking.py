"""UK Open Banking account information 3.1 and 4.0, as banks in the EU speak it too."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from psd2_affordability.connect.approval import Approval
from psd2_affordability.connect.balance_types import ISO_20022
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.dialects.dialect import Dialect
from psd2_affordability.connect.port import (
    Access,
    AccountListed,
    ConsentRequest,
    ConsentStarted,
    ConsentState,
    Statement,
)
from psd2_affordability.connect.profile import RowRules
from psd2_affordability.connect.reading import (
    NO_BOOKING,
    Entry,
    balance,
    each_page,
    objects,
    statement,
    text_at,
)
from psd2_affordability.connect.refusals import ASK_ANEW
from psd2_affordability.connect.result import BalanceRead
from psd2_affordability.connect.rows import day, text
from psd2_affordability.connect.strict_json import at
from psd2_affordability.connect.transport import Call
from psd2_affordability.core.errors import BankError, BankRefused, ConnectorFileError, ConsentNotValid
from psd2_affordability.core.iban import compact, is_iban
from psd2_affordability.ledger.schema import BOOKED, PENDING

#: Statuses of a consent, of 3.1 and then of 4.0, in the words that every dialect uses.
_STATUSES = {
    "AwaitingAuthorisation": "received",
    "Authorised": "valid",
    "Rejected": "rejected",
    "Revoked": "revokedByPsu",
    "AWAU": "received",
    "AUTH": "valid",
    "RJCT": "rejected",
    "CANC": "revokedByPsu",
    "EXPD": "expired",
}
_BOOKINGS = {
    "Booked": BOOKED,
    "BOOK": BOOKED,
    "Pending": PENDING,
    "PDNG": PENDING,
    "Rejected": NO_BOOKING,
    "RJCT": NO_BOOKING,
    "INFO": NO_BOOKING,
    "FUTR": NO_BOOKING,
}
_NARROWING = {"ReadTransactionsCredits", "ReadTransactionsDebits"}
_TRANSACTIONS = {"ReadTransactionsBasic", "ReadTransactionsDetail"}


class UkOpenBanking(Dialect):
    """A bank that speaks UK Open Banking."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._rules = self._profile.rows
        self._zone = ZoneInfo(self._rules.time_zone)
        self._connections = connections

    @cached_property
    def _approval(self) -> Approval:
        return Approval(self._connections)

    def create_consent(self, request: ConsentRequest) -> ConsentStarted:
        """Create a consent, and a signed request that names it, for the person to approve."""
        where = self._where("consent")
        last_moment = datetime.combine(request.valid_until, time(23, 59, 59), self._zone)
        asked = {
            "Permissions": list(_permissions(self._profile.query["permissions"], self.bank.id)),
            "ExpirationDateTime": _written(last_moment),
            "TransactionFromDateTime": _written(self._start_of(request.history_from)),
        }
        call = Call(
            "POST",
            self._url("consents"),
            where,
            headers=self._headers(request.psu_ip),
            body={"Data": asked, "Risk": {}},
        )
        consent_id = text_at(self._as_ourselves(call), "Data.ConsentId", where)
        return self._approval.begin(request, consent_id=consent_id, bind_consent=True)

    def authorise(self, access: Access, answer: Mapping[str, str]) -> None:
        """Exchange the code that the person came back with for tokens."""
        self._approval.exchange(access, answer)

    def consent_status(self, access: Access) -> str:
        """Ask for the status."""
        return self.read_consent(access).status

    def read_consent(self, access: Access) -> ConsentState:
        """Read the consent; one whose time is over has expired, whatever the bank still calls it."""
        where = self._where("consent")
        url = self._url("consent", consent=access.grant.consent_id)
        answer = self._as_ourselves(Call("GET", url, where, headers=self._headers(access.psu_ip)))
        status = text_at(answer, "Data.Status", where)
        status = _STATUSES.get(status, status)
        end = _moment(at(answer, "Data.ExpirationDateTime"))
        if end is None:
            return ConsentState(status)
        if end <= self._connections.clock() and status == "valid":
            status = "expired"
        return ConsentState(status, (end - timedelta(seconds=1)).astimezone(self._zone).date())

    def delete_consent(self, access: Access) -> None:
        """End the consent at the bank."""
        url = self._url("consent", consent=access.grant.consent_id)
        self._as_ourselves(Call("DELETE", url, self._where("consent"), headers=self._headers(access.psu_ip)))

    def accounts(self, access: Access) -> tuple[AccountListed, ...]:
        """List the accounts in money; pockets of crypto coins or metal are none."""
        where = self._where("accounts")
        listed = (
            each
            for page in self._pages(access, self._url("accounts"), where, "", "accounts")
            for each in objects(at(page, "Data.Account"), where)
        )
        not_money = self._profile.query["not_money"].split()
        return tuple(
            AccountListed(text_at(each, "AccountId", where), self._iban(each), text(each.get("Currency")))
            for each in listed
            if text(each.get("Currency")) not in not_money
        )

    def balances(self, access: Access, account: AccountListed) -> tuple[BalanceRead, ...]:
        """Read the balances in euros; one that includes a credit line is not the person's money."""
        where = self._where("balances")
        url = self._url("balances", account=account.resource_id)
        pages = self._pages(access, url, where, account.resource_id, "balances")
        return tuple(each for page in pages for each in balances(page, where, self._rules))

    def transactions(self, access: Access, account: AccountListed, since: date) -> Statement:
        """Read every page from a day on; when a page fails, the pages before it are kept."""
        where = self._where("transactions")
        url = self._url("transactions", account=account.resource_id)
        query = urlencode({"fromBookingDateTime": _written(self._start_of(since))})
        firsts: list[date] = []

        def pages() -> Iterator[Mapping[str, Any]]:
            for page in self._pages(access, f"{url}?{query}", where, account.resource_id, "transactions"):
                first = day(at(page, "Meta.FirstAvailableDateTime"), self._rules)
                firsts.extend([first] if first else [])
                yield page

        read = statement(pages(), lambda page: entries(page, where), self._rules, account.key, where)
        return replace(read, given_from=max(firsts)) if firsts else read

    def _pages(
        self, access: Access, url: str, where: str, account: str, endpoint: str
    ) -> Iterator[Mapping[str, Any]]:
        headers = self._headers(access.psu_ip)
        first = Call("GET", url, where, headers, before=lambda: access.count(account, endpoint))

        def following(page: Mapping[str, Any]) -> Call | None:
            href = text(at(page, self._profile.next_page))
            return Call("GET", self._transport.base.link(href, where=where), where, headers) if href else None

        with self._asking_after_the_consent(access):
            yield from each_page(
                first, lambda call: self._approval.send(access, call), following, self._profile.max_pages
            )

    @contextmanager
    def _asking_after_the_consent(self, access: Access) -> Iterator[None]:
        """Find out whether a refusal means that the consent has ended: the standard answers both alike."""
        try:
            yield
        except BankRefused as refused:
            if type(refused) is not BankRefused:
                raise
            try:
                consent = self.read_consent(access)
            except BankError:
                raise refused from None
            if consent.usable:
                raise
            raise ConsentNotValid(
                "the consent is no longer valid", where=refused.where, do=ASK_ANEW
            ) from None

    def _as_ourselves(self, call: Call) -> dict[str, Any]:
        scope = " ".join(each for each in self.bank.consent.scope.split() if each != "openid")
        return self._approval.send_as_ourselves(call, scope=scope)

    def _iban(self, account: Mapping[str, Any]) -> str:
        """Return the IBAN; of several, one of the bank's own country, then the first by name."""
        listed = account.get("Account")
        numbers = {
            compact(text(each.get("Identification")))
            for each in (listed if isinstance(listed, list) else [])
            if isinstance(each, dict) and text(each.get("SchemeName")).endswith("IBAN")
        }
        home = self.bank.country.upper()
        known = sorted(filter(is_iban, numbers), key=lambda iban: (not iban.startswith(home), iban))
        return known[0] if known else ""

    def _headers(self, psu_ip: str) -> dict[str, str]:
        """Say which bank is meant where it wants to be told, and that the person is there, if they are."""
        said = {
            "x-fapi-financial-id": self._profile.query["financial_id"],
            "x-fapi-customer-ip-address": psu_ip,
        }
        return {name: value for name, value in said.items() if value}

    def _start_of(self, on: date) -> datetime:
        return datetime.combine(on, time.min, self._zone)


def _permissions(written: str, bank_id: str) -> tuple[str, ...]:
    """Read which permissions are asked; credits and debits say which transactions, and need them asked.

    Raises:
        ConnectorFileError: a combination that the standard does not have.

    >>> _permissions("ReadAccountsDetail ReadBalances", "nl.bank")
    ('ReadAccountsDetail', 'ReadBalances')
    """
    asked = tuple(written.split())
    if not asked or bool(_NARROWING & set(asked)) is not bool(_TRANSACTIONS & set(asked)):
        raise ConnectorFileError(
            "'query.permissions' is no combination that the standard has",
            where=bank_id,
            do="Give ReadTransactionsCredits or ReadTransactionsDebits with ReadTransactionsBasic or Detail",
        )
    return asked


def entries(page: Mapping[str, Any], where: str) -> Iterator[Entry]:
    """Yield status, place and content of every entry on a page."""
    for place, entry in enumerate(objects(at(page, "Data.Transaction"), where), start=1):
        yield _BOOKINGS.get(text(entry.get("Status")), ""), place, entry


def balances(page: Mapping[str, Any], where: str, rules: RowRules) -> Iterator[BalanceRead]:
    """Yield the balances in euros; one that includes a credit line is not the person's money.

    Raises:
        BankAnswerBroken: one of them cannot be read.
    """
    for each in objects(at(page, "Data.Balance"), where):
        if at(each, "Amount.Currency") == "EUR" and not _has_credit_line(each, where):
            kind = text_at(each, "Type", where)
            on = day(each.get("DateTime"), rules)
            yield balance(
                ISO_20022.get(kind, kind[:1].lower() + kind[1:]),
                at(each, "Amount.Amount"),
                on.isoformat() if on else None,
                where,
                sign=-1 if text(each.get("CreditDebitIndicator")) in rules.out_words else 1,
            )


def _has_credit_line(each: Mapping[str, Any], where: str) -> bool:
    return any(line.get("Included") is True for line in objects(each.get("CreditLine"), where))


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _moment(value: object) -> datetime | None:
    """Read a moment; one without a zone is in UTC, as the standard's moments are."""
    try:
        moment = datetime.fromisoformat(text(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
