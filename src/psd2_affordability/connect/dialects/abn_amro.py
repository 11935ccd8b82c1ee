"""ABN AMRO's own interface: OAuth for one account, entries fifty at a time."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from psd2_affordability.connect.approval import Approval
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.dialects.dialect import EndedByPersonAlone, state_by_token
from psd2_affordability.connect.port import (
    Access,
    AccountListed,
    ConsentRequest,
    ConsentStarted,
    ConsentState,
    Statement,
)
from psd2_affordability.connect.reading import Entry, balance, each_page, objects, statement, text_at
from psd2_affordability.connect.result import BalanceRead
from psd2_affordability.connect.rows import text
from psd2_affordability.connect.strict_json import at
from psd2_affordability.connect.transport import Call
from psd2_affordability.core.iban import compact
from psd2_affordability.ledger.schema import BOOKED

_LOGIN = {"bank": "NLAA01", "flow": "code"}


class AbnAmro(EndedByPersonAlone):
    """ABN AMRO, spoken to as it wants."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._key = {"API-Key": connections.credentials.needed("api_key", self.bank.id)}
        self._approval = Approval(connections)

    def create_consent(self, request: ConsentRequest) -> ConsentStarted:
        """Prepare the page where the person chooses one account and approves."""
        return self._approval.begin(request, more=_LOGIN)

    def authorise(self, access: Access, answer: Mapping[str, str]) -> None:
        """Exchange the code for tokens."""
        self._approval.exchange(access, answer)

    def consent_status(self, access: Access) -> str:
        """Tell whether the token still opens anything."""
        return self.read_consent(access).status

    def read_consent(self, access: Access) -> ConsentState:
        """Ask what the token opens; the bank names no last day of a consent, only that of the token."""
        return state_by_token(access, lambda: self._info(access))

    def accounts(self, access: Access) -> tuple[AccountListed, ...]:
        """Name the one account that the person chose."""
        iban = compact(text_at(self._info(access), "iban", self._where("accounts")))
        return (AccountListed(resource_id=iban, iban=iban, currency="EUR"),)

    def balances(self, access: Access, account: AccountListed) -> tuple[BalanceRead, ...]:
        """Read the booked balance."""
        where = self._where("balances")
        call = self._call(
            access, self._url("balances", account=account.resource_id), where, account, "balances"
        )
        answer = self._approval.send(access, call)
        return balances(answer, where)

    def transactions(self, access: Access, account: AccountListed, since: date) -> Statement:
        """Read every page from a day on."""
        where = self._where("transactions")
        url = self._url("transactions", account=account.resource_id)
        query = {"bookDateFrom": since.isoformat()}

        def following(page: Mapping[str, Any]) -> Call | None:
            key = text(at(page, self._profile.next_page))
            more = urlencode(query | {"nextPageKey": key})
            return Call("GET", f"{url}?{more}", where, headers=self._key) if key else None

        first = self._call(access, f"{url}?{urlencode(query)}", where, account, "transactions")
        pages = each_page(
            first, lambda call: self._approval.send(access, call), following, self._profile.max_pages
        )
        return statement(pages, lambda page: entries(page, where), self._profile.rows, account.key, where)

    def _info(self, access: Access) -> dict[str, Any]:
        url = self._url("consent")
        return self._approval.send(access, Call("GET", url, self._where("consent"), headers=self._key))

    def _call(self, access: Access, url: str, where: str, account: AccountListed, endpoint: str) -> Call:
        return Call(
            "GET",
            url,
            where,
            headers=self._key,
            before=lambda: access.count(account.resource_id, endpoint),
        )


def entries(page: Mapping[str, Any], where: str) -> Iterator[Entry]:
    """Yield the entries of one page; all of them are booked."""
    for place, entry in enumerate(objects(page.get("transactions"), where), start=1):
        yield BOOKED, place, entry


def balances(answer: Mapping[str, Any], where: str) -> tuple[BalanceRead, ...]:
    """Read the one balance of an answer, if it is in euros."""
    if answer.get("currency") != "EUR":
        return ()
    return (balance(text_at(answer, "balanceType", where), answer.get("amount"), None, where),)
