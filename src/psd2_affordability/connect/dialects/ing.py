"""ING's own form of NextGenPSD2: signed calls, a token for ourselves, then one for the person."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from psd2_affordability.connect.approval import Approval
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.dialects.berlin_group.accounts import balances_of
from psd2_affordability.connect.dialects.dialect import EndedByPersonAlone, state_by_token
from psd2_affordability.connect.dialects.ing_signing import IngSigner
from psd2_affordability.connect.oauth.server import AuthorisationServer
from psd2_affordability.connect.port import (
    Access,
    AccountListed,
    ConsentRequest,
    ConsentStarted,
    ConsentState,
    Statement,
)
from psd2_affordability.connect.reading import (
    Entry,
    each_page,
    objects,
    statement,
    text_at,
)
from psd2_affordability.connect.result import BalanceRead
from psd2_affordability.connect.rows import text
from psd2_affordability.connect.strict_json import at
from psd2_affordability.connect.transport import Call
from psd2_affordability.core.iban import compact
from psd2_affordability.ledger.schema import BOOKED, PENDING

#: A card account has no IBAN; we mark its number, since it is asked for at another path.
_CARD = "card:"
#: ING names its token for a person by a word of its own.
_TOKEN_TYPES = ("bearer", "access")
_LISTS = ("transactions", "cardTransactions")


class Ing(EndedByPersonAlone):
    """ING, spoken to as it wants."""

    def __init__(self, connections: Connections) -> None:
        login = connections.bank.base_url.rstrip("/") + connections.bank.profile.paths["login"]
        places = (connections.address("token"), login)
        connections.wrap_signer(lambda usual: IngSigner.around(usual, connections.credentials, places))
        super().__init__(connections)
        self._connections = connections
        self._ourselves = Approval(connections, server=self._server())

    def create_consent(self, request: ConsentRequest) -> ConsentStarted:
        """Ask the bank for its login page, and prepare the way there."""
        where = self._where("consent")
        query = urlencode(
            {
                "scope": self.bank.consent.scope,
                "country_code": self.bank.country,
                "redirect_uri": request.redirect_uri,
            },
            quote_via=quote,
        )
        url = f"{self._url('login')}?{query}"
        answer = self._ourselves.send_as_ourselves(Call("GET", url, where))
        page = self._transport.base.page_for_person(text_at(answer, "location", where), where=where)
        return Approval(self._connections, server=self._server(page)).begin(request)

    def authorise(self, access: Access, answer: Mapping[str, str]) -> None:
        """Exchange the code for tokens; the bank wants our own token beside it."""
        self._for_person().exchange(access, answer)

    def consent_status(self, access: Access) -> str:
        """Tell whether the token still opens anything."""
        return self.read_consent(access).status

    def read_consent(self, access: Access) -> ConsentState:
        """Ask for the accounts; the bank has no call that describes a consent."""
        return state_by_token(
            access, lambda: self.accounts(Access(access.grant, psu_ip=access.psu_ip, count=access.count))
        )

    def accounts(self, access: Access) -> tuple[AccountListed, ...]:
        """List the accounts, cards too."""
        where = self._where("accounts")
        url = self._url("accounts")
        answer = self._ask(access, Call("GET", url, where, before=lambda: access.count("", "accounts")))
        return tuple(listed(answer, where))

    def balances(self, access: Access, account: AccountListed) -> tuple[BalanceRead, ...]:
        """Read the balances in euros."""
        where = self._where("balances")
        url = self._url("balances", account=_number(account))
        count = partial(access.count, account.resource_id, "balances")
        return balances(self._ask(access, Call("GET", url, where, before=count)), where)

    def transactions(self, access: Access, account: AccountListed, since: date) -> Statement:
        """Read every page from a day on, booked and pending."""
        where = self._where("transactions")
        card = account.resource_id.startswith(_CARD)
        path = self._url("card_transactions" if card else "transactions", account=_number(account))
        size = {} if card else {"currency": account.currency, "limit": str(self._profile.page_size)}
        query = urlencode({"dateFrom": since.isoformat(), **size})

        def following(page: Mapping[str, Any]) -> Call | None:
            href = next(
                (text(at(page, f"{name}.{self._profile.next_page}")) for name in _LISTS if name in page), ""
            )
            return Call("GET", self._transport.base.link(href, where=where), where) if href else None

        count = partial(access.count, account.resource_id, "transactions")
        first = Call("GET", f"{path}?{query}", where, before=count)
        pages = each_page(first, lambda call: self._ask(access, call), following, self._profile.max_pages)
        return statement(pages, lambda page: entries(page, where), self._profile.rows, account.key, where)

    def _server(self, page: str = "") -> AuthorisationServer:
        token = self._connections.address("token")
        return AuthorisationServer(issuer=token, authorisation_endpoint=page or token, token_endpoint=token)

    def _for_person(self) -> Approval:
        """Our way to tokens of a person, for which the bank wants our own token along."""
        own = {"Authorization": f"Bearer {self._ourselves.own_token()}"}
        return Approval(self._connections, server=self._server(), headers=own, token_types=_TOKEN_TYPES)

    def _ask(self, access: Access, call: Call) -> dict[str, Any]:
        return self._for_person().send(access, call)


def _number(account: AccountListed) -> str:
    return account.resource_id.removeprefix(_CARD)


def entries(page: Mapping[str, Any], where: str) -> Iterator[Entry]:
    """Yield the entries of one page, of an account or of a card."""
    for name in _LISTS:
        for status in (BOOKED, PENDING):
            for place, entry in enumerate(objects(at(page, f"{name}.{status}"), where), start=1):
                yield status, place, entry


def listed(answer: Mapping[str, Any], where: str) -> Iterator[AccountListed]:
    """Yield the accounts of an answer."""
    for each in objects(answer.get("accounts"), where):
        number, iban = text_at(each, "resourceId", where), compact(text(each.get("iban")))
        card = not iban and bool(each.get("maskedPan"))
        yield AccountListed(f"{_CARD}{number}" if card else number, iban, text(each.get("currency")) or "EUR")


def balances(answer: Mapping[str, Any], where: str) -> tuple[BalanceRead, ...]:
    """Read the balances of an answer that are in euros."""
    return balances_of(answer.get("balances"), AccountListed("", "", "EUR"), where)
