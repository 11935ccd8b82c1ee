"""GoCardless Bank Account Data: an aggregator that gives the rows of Berlin Group behind steps of its own."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.dialects.behind import choose
from psd2_affordability.connect.dialects.berlin_group.accounts import balances_of
from psd2_affordability.connect.dialects.berlin_group.statements import entries_of
from psd2_affordability.connect.dialects.dialect import Dialect
from psd2_affordability.connect.port import (
    Access,
    AccountListed,
    ConsentRequest,
    ConsentStarted,
    ConsentState,
    Grant,
    Statement,
    with_state,
)
from psd2_affordability.connect.reading import (
    day_or_none,
    each_page,
    objects,
    statement,
    text_at,
)
from psd2_affordability.connect.refusals import ASK_ANEW
from psd2_affordability.connect.result import BalanceRead
from psd2_affordability.connect.rows import text
from psd2_affordability.connect.strict_json import at
from psd2_affordability.connect.transport import Call
from psd2_affordability.core.errors import BankAnswerBroken, ConsentNotValid
from psd2_affordability.core.iban import compact

_BROKEN = "Nothing was taken over from this answer; report it to the bank"
_EARLY = timedelta(minutes=1)
#: What an agreement gives when the bank's own numbers are not told.
_USUAL_DAYS = 90
_SCOPE = ("balances", "details", "transactions")
_STATUSES = {
    "CR": "received",
    "GC": "received",
    "UA": "received",
    "SA": "received",
    "GA": "received",
    "LN": "valid",
    "RJ": "rejected",
    "EX": "expired",
}


@dataclass(frozen=True, slots=True)
class _Institution:
    """One bank behind it: how far back it goes and how long it gives access, in days."""

    id: str
    history_days: int
    access_days: int


@dataclass(frozen=True, slots=True)
class _Tokens:
    """Our own access, of no person."""

    access: str = field(repr=False)
    ends: datetime
    refresh: str = field(repr=False)
    refresh_ends: datetime


class GoCardless(Dialect):
    """The person's bank, by way of GoCardless Bank Account Data."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._credentials = connections.credentials
        self._clock = connections.clock
        self._tokens: _Tokens | None = None

    def aspsp_names(self, country: str = "") -> tuple[str, ...]:
        """Name the banks behind it."""
        return tuple(self._institutions(country or self._profile.query["country"])[0])

    def create_consent(self, request: ConsentRequest) -> ConsentStarted:
        """Make an agreement on what is given for how long, and a page where the person links their bank."""
        where = self._where("consent")
        named = request.options.get("aspsp") or self._credentials.more.get("aspsp", "")
        country = request.options.get("country") or self._profile.query["country"]
        by_name, by_id = self._institutions(country)
        chosen = by_id.get(named) or choose(by_name, named, self.bank.id)
        today = self._clock().date()
        terms = {
            "institution_id": chosen.id,
            "max_historical_days": min((today - request.history_from).days, chosen.history_days),
            "access_valid_for_days": min((request.valid_until - today).days, chosen.access_days),
            "access_scope": list(_SCOPE),
        }
        agreement = text_at(self._send("POST", self._url("agreements"), where, body=terms), "id", where)
        asked = {
            "redirect": with_state(request.redirect_uri, request.state),
            "institution_id": chosen.id,
            "agreement": agreement,
            "reference": request.state,
        }
        answer = self._send("POST", self._url("requisitions"), where, body=asked)
        page = self._transport.base.page_for_person(text_at(answer, "link", where), where=where)
        return ConsentStarted(Grant(text_at(answer, "id", where)).having(agreement=agreement), page)

    def authorise(self, access: Access, answer: Mapping[str, str]) -> None:
        """Take nothing along, unless the person came back with an error."""
        del access
        if "error" in answer:
            raise ConsentNotValid(
                "the person did not approve the consent", where=self._where("consent"), do=ASK_ANEW
            )

    def consent_status(self, access: Access) -> str:
        """Ask only for the status."""
        return self._status(self._requisition(access))

    def read_consent(self, access: Access) -> ConsentState:
        """Read the requisition, and from the agreement until when it holds."""
        status = self._status(self._requisition(access))
        where = self._where("agreement")
        url = self._url("agreement", agreement=access.grant.kept["agreement"])
        terms = self._send("GET", url, where)
        accepted, days = day_or_none(terms.get("accepted")), terms.get("access_valid_for_days")
        until = accepted + timedelta(days=days) if accepted and type(days) is int else None
        return ConsentState(status, until)

    def delete_consent(self, access: Access) -> None:
        """End the requisition, and with it the access to its accounts."""
        url = self._url("requisition", requisition=access.grant.consent_id)
        self._send("DELETE", url, self._where("consent"))

    def accounts(self, access: Access) -> tuple[AccountListed, ...]:
        """List the accounts that were linked; asking for their IBANs costs no call of the day's number."""
        where = self._where("accounts")
        linked = self._requisition(access).get("accounts")
        if not isinstance(linked, list) or not all(isinstance(each, str) and each for each in linked):
            raise BankAnswerBroken("the bank's answer has no list of accounts", where=where, do=_BROKEN)
        ibans = {
            each: compact(text(self._send("GET", self._url("account", account=each), where).get("iban")))
            for each in linked
        }
        shared = Counter(ibans.values())
        return tuple(
            AccountListed(each, iban, "EUR")
            if shared[iban] == 1
            else self._one_of_several(access, each, iban)
            for each, iban in ibans.items()
        )

    def balances(self, access: Access, account: AccountListed) -> tuple[BalanceRead, ...]:
        """Read the balances in euros."""
        where = self._where("balances")
        url = self._url("balances", account=account.resource_id)
        answer = self._transport.send(self._counted(url, where, access, account.resource_id, "balances"))
        return balances(answer, where)

    def transactions(self, access: Access, account: AccountListed, since: date) -> Statement:
        """Read the transactions from a day on; they come on one page."""
        where = self._where("transactions")
        path = self._url("transactions", account=account.resource_id)
        url = f"{path}?{urlencode({'date_from': since.isoformat()})}"
        first = self._counted(url, where, access, account.resource_id, "transactions")

        def following(page: Mapping[str, Any]) -> Call | None:
            href = text(at(page, self._profile.next_page))
            return self._call("GET", self._transport.base.link(href, where=where), where) if href else None

        pages = each_page(first, self._transport.send, following, self._profile.max_pages)
        return statement(pages, lambda page: entries(page, where), self._profile.rows, account.key, where)

    def _one_of_several(self, access: Access, account: str, iban: str) -> AccountListed:
        """Tell accounts apart that share an IBAN, or have none: by their currency, which costs a call."""
        where = self._where("account details")
        details = self._transport.send(
            self._counted(self._url("details", account=account), where, access, account, "details")
        )
        currency = text(at(details, "account.currency")) or "EUR"
        if currency == "EUR":
            return AccountListed(account, iban, currency)
        return AccountListed(account, "", currency, lasting_id=f"{iban} {currency}" if iban else "")

    def _institutions(self, country: str) -> tuple[dict[str, _Institution], dict[str, _Institution]]:
        """List the banks of a country, by name and by id."""
        where = self._where("banks")
        url = f"{self._url('institutions')}?{urlencode({'country': country.lower()})}"
        answer = self._send("GET", url, where, list_as="institutions")
        by_name: dict[str, _Institution] = {}
        by_id: dict[str, _Institution] = {}
        for each in objects(answer.get("institutions"), where):
            bank = _Institution(
                text_at(each, "id", where),
                _days(each.get("transaction_total_days")),
                _days(each.get("max_access_valid_for_days")),
            )
            by_name[text(each.get("name")) or bank.id] = by_id[bank.id] = bank
        return by_name, by_id

    def _requisition(self, access: Access) -> dict[str, Any]:
        url = self._url("requisition", requisition=access.grant.consent_id)
        return self._send("GET", url, self._where("consent"))

    def _status(self, requisition: Mapping[str, Any]) -> str:
        status = text_at(requisition, "status", self._where("consent"))
        return _STATUSES.get(status, status)

    def _send(self, method: str, url: str, where: str, **more: Any) -> dict[str, Any]:
        return self._transport.send(self._call(method, url, where, **more))

    def _counted(self, url: str, where: str, access: Access, account: str, endpoint: str) -> Call:
        return self._call("GET", url, where, before=lambda: access.count(account, endpoint))

    def _call(self, method: str, url: str, where: str, **more: Any) -> Call:
        return Call(method, url, where, headers={"Authorization": f"Bearer {self._access()}"}, **more)

    def _access(self) -> str:
        """Return our access token, renewed shortly before it ends."""
        now, held = self._clock(), self._tokens
        if held is None or now >= held.ends - _EARLY:
            held = self._tokens = self._renewed(held, now)
        return held.access

    def _renewed(self, held: _Tokens | None, now: datetime) -> _Tokens:
        if held is not None and held.refresh and now < held.refresh_ends - _EARLY:
            return self._ask_tokens("renew_token", {"refresh": held.refresh}, held)
        us = self._credentials
        secret = {
            "secret_id": us.needed("client_id", self.bank.id),
            "secret_key": us.needed("client_secret", self.bank.id),
        }
        return self._ask_tokens("new_token", secret, None)

    def _ask_tokens(self, path: str, body: Mapping[str, str], before: _Tokens | None) -> _Tokens:
        where, now = self._where("token"), self._clock()
        answer = self._transport.send(Call("POST", self._url(path), where, body=body))
        refresh = text(answer.get("refresh"))
        return _Tokens(
            text_at(answer, "access", where),
            now + _seconds(answer.get("access_expires")),
            refresh or (before.refresh if before else ""),
            now + _seconds(answer.get("refresh_expires")) if refresh or not before else before.refresh_ends,
        )


#: What stands on a page of transactions: the rows are those of Berlin Group.
entries = entries_of


def balances(answer: Mapping[str, Any], where: str) -> tuple[BalanceRead, ...]:
    """Read the balances in euros.

    Raises:
        BankAnswerBroken: one of them cannot be read.
    """
    return balances_of(answer.get("balances"), AccountListed("", "", "EUR"), where)


def _days(value: object) -> int:
    """Read a number of days, which may be written as a text."""
    written = text(value)
    return int(written) if written.isascii() and written.isdigit() and 0 < len(written) < 5 else _USUAL_DAYS


def _seconds(value: object) -> timedelta:
    return timedelta(seconds=value) if type(value) is int and 0 < value < 10**9 else timedelta()
