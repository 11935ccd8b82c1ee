"""A bank that speaks Berlin Group 1.3."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.dialects.berlin_group.accounts import (
    CardListed,
    accounts_of,
    balances_of,
    cards_of,
)
from psd2_affordability.connect.dialects.berlin_group.consents import (
    ASKED,
    WAITING,
    consent_body,
    read_back,
    state_of,
    status_of,
    written,
)
from psd2_affordability.connect.dialects.berlin_group.links import after, link_at
from psd2_affordability.connect.dialects.berlin_group.login import Logins
from psd2_affordability.connect.dialects.berlin_group.statements import (
    card_entries_of,
    entries_of,
    in_its_currency,
)
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
from psd2_affordability.connect.reading import Entry, each_page, objects, statement, text_at
from psd2_affordability.connect.result import BalanceRead
from psd2_affordability.connect.rows import text
from psd2_affordability.connect.transport import Call
from psd2_affordability.core.errors import NotOffered

_OAUTH = ("oauth", "oauth_first")
_BOTH, _ONLY_BOOKED = "both", "booked"


class BerlinGroup(Dialect):
    """A bank that speaks Berlin Group 1.3, by redirect, OAuth or in the bank's own app."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._query = self._profile.query
        self._approach = self.bank.consent.approach
        self._sleep = connections.sleep
        self._logins = Logins(connections)
        self._booking_status = self._query["booking_status"]
        self._told: dict[str, tuple[BalanceRead, ...]] = {}

    def create_consent(self, request: ConsentRequest) -> ConsentStarted:
        """Ask for a consent; where a login goes before it, prepare that first."""
        if self._approach == "oauth_first":
            started = self._logins.at("").begin(request)
            page = started.sca_redirect
            if self._query.get("login_page") == "asked":
                page = self._logins.page(page)
            return ConsentStarted(started.grant.having(**written(request)), page)
        answer, in_app = self._created(Access(Grant(), psu_ip=request.psu_ip), request)
        where = self._where("consent")
        consent_id = text_at(answer, "consentId", where)
        if self._approach == "oauth":
            link = link_at(answer, "_links.scaOAuth")
            scope = (self.bank.consent.scope or "AIS:{consent}").replace("{consent}", consent_id)
            started = self._logins.at(link).begin(request, consent_id=consent_id, scope=scope)
            return replace(started, grant=started.grant.having(metadata=link))
        page = link_at(answer, "_links.scaRedirect")
        if not page and in_app:
            return ConsentStarted(Grant(consent_id, {"in_app": "yes"}))
        page = page or text_at(answer, "_links.scaRedirect", where)
        return ConsentStarted(
            Grant(consent_id), sca_redirect=self._transport.base.page_for_person(page, where=where)
        )

    def authorise(self, access: Access, answer: Mapping[str, str]) -> None:
        """Take what the person came back with; wait for them where they approve in the bank's app.

        It may be called again when the person was too slow: what was done is not done twice.
        """
        if self._approach in _OAUTH and "access_token" not in access.grant.kept:
            self._logins.of(access.grant).exchange(access, answer)
        if self._approach == "oauth_first" and not access.grant.consent_id:
            self._ask_after_login(access)
        if access.grant.kept.get("in_app"):
            self._wait_for_app(access)

    def consent_status(self, access: Access) -> str:
        """Ask only for the status."""
        if not access.grant.consent_id:
            return WAITING
        where = self._where("consent status")
        url = self._url("consent_status", consent=access.grant.consent_id)
        call = Call("GET", url, where, headers=_present(access.psu_ip))
        return status_of(self._send_on_consent(access, call), where)

    def read_consent(self, access: Access) -> ConsentState:
        """Read the consent; the bank may have shortened what was asked."""
        where = self._where("consent")
        url = self._url("consent", consent=access.grant.consent_id)
        call = Call("GET", url, where, headers=_present(access.psu_ip))
        return state_of(self._send_on_consent(access, call), where)

    def delete_consent(self, access: Access) -> None:
        """End the consent at the bank."""
        url = self._url("consent", consent=access.grant.consent_id)
        self._send_on_consent(access, Call("DELETE", url, self._where("consent")))

    def accounts(self, access: Access) -> tuple[AccountListed, ...]:
        """List the accounts that the person chose, and the card accounts of a bank that lists them apart."""
        with_balances = self._query.get("with_balance") == "accounts"
        where = self._where("accounts")
        url = self._url("accounts") + ("?withBalance=true" if with_balances else "")
        answer = self._send(access, self._call(url, where, access, "", "accounts"))
        listed = accounts_of(answer, where)
        told = {text(each.get("resourceId")): each for each in objects(answer.get("accounts"), where)}
        for account in listed if with_balances else ():
            if "balances" in told[account.resource_id]:
                balances = balances_of(told[account.resource_id]["balances"], account, where)
                self._told[account.resource_id] = balances
        return (*listed, *self._cards(access)) if self._query.get("card_accounts") == "listed" else listed

    def balances(self, access: Access, account: AccountListed) -> tuple[BalanceRead, ...]:
        """Read the balances in euros, unless they came along with the account."""
        if account.resource_id in self._told:
            return self._told.pop(account.resource_id)
        where = self._where("balances")
        path = "card_balances" if isinstance(account, CardListed) else "balances"
        call = self._call(
            self._url(path, account=account.resource_id), where, access, account.resource_id, path
        )
        return balances_of(self._send(access, call).get("balances"), account, where)

    def transactions(self, access: Access, account: AccountListed, since: date) -> Statement:
        """Read every page from a day on; a bank that gives only what is booked is asked for that."""
        told = self._statement(access, account, since)
        refused = isinstance(told.problem, NotOffered) and not told.rows
        if refused and self._booking_status == _BOTH:
            self._booking_status = _ONLY_BOOKED
            told = self._statement(access, account, since)
        return in_its_currency(told, account)

    def _statement(self, access: Access, account: AccountListed, since: date) -> Statement:
        where = self._where("transactions")
        is_card = isinstance(account, CardListed)
        path = "card_transactions" if is_card else "transactions"
        next_page = self._query["next_of_cards"] if is_card else self._profile.next_page
        query = {"bookingStatus": self._booking_status, "dateFrom": since.isoformat()}
        url = f"{self._url(path, account=account.resource_id)}?{urlencode(query)}"

        def following(page: Mapping[str, Any]) -> Call | None:
            link = link_at(page, next_page)
            if not link:
                return None
            return Call(
                "GET", after(url, link, self._transport.base, where=where), where, headers=_under(access)
            )

        def entries(page: Mapping[str, Any]) -> Iterator[Entry]:
            if isinstance(account, CardListed):
                return card_entries_of(page, where, debits_positive=account.debits_positive)
            return entries_of(page, where)

        first = self._call(url, where, access, account.resource_id, path)
        pages = each_page(first, lambda call: self._send(access, call), following, self._profile.max_pages)
        return statement(pages, entries, self._profile.rows, account.key, where)

    def _cards(self, access: Access) -> tuple[CardListed, ...]:
        where = self._where("card accounts")
        call = self._call(self._url("card_accounts"), where, access, "", "card_accounts")
        try:
            return cards_of(self._send(access, call), where)
        except NotOffered:
            return ()

    def _created(self, access: Access, request: ConsentRequest) -> tuple[dict[str, Any], bool]:
        """Create a consent; also tell whether the bank asks the person in its own app."""
        call = Call(
            "POST",
            self._url("consents"),
            self._where("consent"),
            headers=_present(request.psu_ip) | self._way_back(request),
            body=consent_body(request, self._query["access"]),
        )
        if self._approach in _OAUTH:
            return self._send_on_consent(access, call), self._approach == "oauth_first"
        got = self._transport.exchange(call)
        answer = self._transport.accepted(call, got)
        said = got.headers.get("ASPSP-SCA-Approach", "")
        return answer, said.upper() == "DECOUPLED" or self._approach == "decoupled"

    def _way_back(self, request: ConsentRequest) -> dict[str, str]:
        """Say where the person is to come back, and whether they are to leave us at all."""
        if self._approach == "oauth_first":
            return {}
        if self._approach == "decoupled":
            return {"TPP-Redirect-Preferred": "false"}
        by_link = self._approach == "redirect"
        back = with_state(request.redirect_uri, request.state) if by_link else request.redirect_uri
        return {"TPP-Redirect-Preferred": "true", "TPP-Redirect-URI": back, "TPP-Nok-Redirect-URI": back}

    def _ask_after_login(self, access: Access) -> None:
        request = read_back(access.grant.kept, access.psu_ip)
        answer, _ = self._created(access, request)
        consent_id = text_at(answer, "consentId", self._where("consent"))
        access.renew(lambda grant: replace(grant, consent_id=consent_id).having(in_app="yes", **ASKED))

    def _wait_for_app(self, access: Access) -> None:
        """Ask once a second whether the person has decided, for a while; who waits for us may try again."""
        for _ in range(int(self._query["app_seconds"])):
            if self.consent_status(access) != WAITING:
                break
            self._sleep(1.0)
        else:
            return
        access.renew(lambda grant: grant.having(in_app=""))

    def _send(self, access: Access, call: Call) -> dict[str, Any]:
        """Send a call for data, under the person's token where there is one."""
        if "access_token" in access.grant.kept:
            return self._logins.of(access.grant).send(access, call)
        return self._transport.send(call)

    def _send_on_consent(self, access: Access, call: Call) -> dict[str, Any]:
        """Send a call about a consent, under a token of our own where the bank wants that."""
        scope = self._query.get("own_scope", "")
        if scope:
            return self._logins.at("").send_as_ourselves(call, scope=scope)
        return self._send(access, call)

    def _call(self, url: str, where: str, access: Access, account: str, endpoint: str) -> Call:
        headers = _under(access)
        return Call("GET", url, where, headers=headers, before=lambda: access.count(account, endpoint))


def _present(psu_ip: str) -> dict[str, str]:
    """Say that the person is there, if they are."""
    return {"PSU-IP-Address": psu_ip} if psu_ip else {}


def _under(access: Access) -> dict[str, str]:
    return {"Consent-ID": access.grant.consent_id} | _present(access.psu_ip)
