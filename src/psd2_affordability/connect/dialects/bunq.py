"""bunq's own interface: OAuth gives a key for one person, a key opens a session, a session reads."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.dialects.dialect import EndedByPersonAlone
from psd2_affordability.connect.keys import Algorithm
from psd2_affordability.connect.port import (
    Access,
    AccountListed,
    ConsentRequest,
    ConsentStarted,
    ConsentState,
    Grant,
    Statement,
)
from psd2_affordability.connect.reading import Entry, balance, each_page, objects, statement, text_at
from psd2_affordability.connect.refusals import ASK_ANEW
from psd2_affordability.connect.result import BalanceRead
from psd2_affordability.connect.rows import day, text
from psd2_affordability.connect.signing.message import OutgoingMessage
from psd2_affordability.connect.strict_json import at
from psd2_affordability.connect.transport import Call
from psd2_affordability.core.errors import BankAnswerBroken, ConsentNotValid, UsageError
from psd2_affordability.core.iban import compact
from psd2_affordability.ledger.schema import BOOKED

_TOKEN = "X-Bunq-Client-Authentication"  # noqa: S105 - the name of a header, not a secret
_SIGNATURE = "X-Bunq-Client-Signature"
_ACCOUNT = "MonetaryAccount"
#: An account that the person has at another bank, and shows in bunq's app.
_ELSEWHERE = "MonetaryAccountExternal"
_SESSION_SECONDS = 3600  # when the bank does not say how long it lasts
_EARLY = timedelta(seconds=60)


class BunqSigner:
    """Signs the body of the call that opens a session, with the key of our installation."""

    def __init__(self, connections: Connections) -> None:
        self._key = connections.credentials.token_key
        self._bank = connections.bank.id

    def headers(self, message: OutgoingMessage) -> Mapping[str, str]:
        """Return the signature over the body; a call without one needs none."""
        if not message.body:
            return {}
        if self._key is None:
            raise UsageError(
                f"no token_key is set for {self._bank}", do="Set the key of the installation there"
            )
        return {_SIGNATURE: b64encode(self._key.sign(message.body, Algorithm.RSA_SHA256)).decode()}


class Bunq(EndedByPersonAlone):
    """bunq, spoken to as it wants."""

    def __init__(self, connections: Connections) -> None:
        connections.wrap_signer(lambda _usual: BunqSigner(connections))
        super().__init__(connections)
        self._connections = connections
        self._us = connections.credentials

    def create_consent(self, request: ConsentRequest) -> ConsentStarted:
        """Prepare the page where the person approves."""
        where = self._where("consent")
        asked = {
            "response_type": "code",
            "client_id": self._us.needed("client_id", self.bank.id),
            "redirect_uri": request.redirect_uri,
            "state": request.state,
        }
        page = f"{self._connections.address('authorise')}?{urlencode(asked)}"
        kept = {"redirect_uri": request.redirect_uri}
        return ConsentStarted(Grant(kept=kept), self._transport.base.page_for_person(page, where=where))

    def authorise(self, access: Access, answer: Mapping[str, str]) -> None:
        """Exchange the code for the person's key, and open the first session with it.

        Raises:
            ConsentNotValid: the person did not approve.
        """
        where = self._where("consent")
        if "error" in answer or not answer.get("code"):
            raise ConsentNotValid("the person did not approve the consent", where=where, do=ASK_ANEW)
        asked = {
            "grant_type": "authorization_code",
            "code": answer["code"],
            "redirect_uri": access.grant.kept["redirect_uri"],
            "client_id": self._us.needed("client_id", self.bank.id),
            "client_secret": self._us.needed("client_secret", self.bank.id),
        }
        url = f"{self._connections.address('token')}?{urlencode(asked)}"
        key = text_at(self._connections.at("token").send(Call("POST", url, where)), "access_token", where)
        access.renew(lambda grant: self._in_session(grant.having(api_key=key, redirect_uri="")))

    def consent_status(self, access: Access) -> str:
        """Tell whether a session can still be opened."""
        return self.read_consent(access).status

    def read_consent(self, access: Access) -> ConsentState:
        """Ask for the accounts; the bank has no call that describes a consent."""
        if "api_key" not in access.grant.kept:
            return ConsentState("received")
        try:
            self.accounts(access)
        except ConsentNotValid:
            return ConsentState("expired")
        return ConsentState("valid")

    def accounts(self, access: Access) -> tuple[AccountListed, ...]:
        """List the accounts that are open: a joint one, a card and every pot is one of its own."""
        where = self._where("accounts")
        url = f"{self._in_place('accounts', access)}?{urlencode({'count': self._profile.page_size})}"
        answer = self._ask(access, Call("GET", url, where, before=lambda: access.count("", "accounts")))
        return tuple(listed(answer, where))

    def balances(self, access: Access, account: AccountListed) -> tuple[BalanceRead, ...]:
        """Read the balance that stands in the description of the account."""
        where = self._where("balances")
        url = self._in_place("balances", access, account=account.resource_id)
        call = Call("GET", url, where, before=lambda: access.count(account.resource_id, "balances"))
        return balances(self._ask(access, call), where)

    def transactions(self, access: Access, account: AccountListed, since: date) -> Statement:
        """Read page after page, newest first, until one reaches back to the day."""
        where = self._where("transactions")
        path = self._in_place("transactions", access, account=account.resource_id)
        rules = self._profile.rows

        def booked(entry: Mapping[str, Any]) -> date | None:
            return day(entry.get("created"), rules)

        def following(page: Mapping[str, Any]) -> Call | None:
            href = text(at(page, self._profile.next_page))
            days = [on for *_, entry in entries(page, where) if (on := booked(entry))]
            if not href or (days and min(days) < since):
                return None
            return Call("GET", self._transport.base.link(href, where=where), where)

        def since_then(page: Mapping[str, Any]) -> Iterator[Entry]:
            for entry in entries(page, where):
                on = booked(entry[2])
                if on is None or on >= since:
                    yield entry

        first = Call(
            "GET",
            f"{path}?{urlencode({'count': self._profile.page_size})}",
            where,
            before=lambda: access.count(account.resource_id, "transactions"),
        )
        pages = each_page(first, lambda call: self._ask(access, call), following, self._profile.max_pages)
        return statement(pages, since_then, rules, account.key, where)

    def _ask(self, access: Access, call: Call) -> dict[str, Any]:
        """Ask in a session; one that has ended is opened again, once."""
        if self._over(access.grant):
            access.renew(self._in_session)
        answer = self._transport.exchange(self._with_session(access, call))
        if answer.status == 401:
            before = access.grant.kept.get("session", "")
            access.renew(lambda grant: self._in_session(grant, not_this=before))
            answer = self._transport.exchange(self._with_session(access, call))
        if answer.status == 401:
            raise ConsentNotValid("the bank no longer accepts the consent", where=call.where, do=ASK_ANEW)
        return self._transport.accepted(call, answer)

    def _with_session(self, access: Access, call: Call) -> Call:
        return replace(call, headers={_TOKEN: access.grant.kept["session"]})

    def _over(self, grant: Grant) -> bool:
        ends = grant.kept.get("session_until", "")
        return not ends or self._connections.clock() >= datetime.fromisoformat(ends)

    def _in_session(self, grant: Grant, not_this: str = "") -> Grant:
        """Open a session with the person's key, unless somebody else just did."""
        if not self._over(grant) and grant.kept.get("session", "") != not_this:
            return grant
        where = self._where("session")
        call = Call(
            "POST",
            self._url("session"),
            where,
            headers={_TOKEN: self._us.needed("installation_token", self.bank.id)},
            body={"secret": grant.kept["api_key"]},
        )
        answer = self._transport.exchange(call)
        if answer.status in (400, 401, 403):
            raise ConsentNotValid("the bank no longer accepts the consent", where=where, do=ASK_ANEW)
        opened = _by_kind(self._transport.accepted(call, answer), where)
        token, user = opened.get("Token", {}), opened.get("UserApiKey", {})
        seconds = at(user, "granted_by_user.UserPerson.session_timeout")
        lasts = timedelta(
            seconds=seconds if type(seconds) is int and 0 < seconds < 10**8 else _SESSION_SECONDS
        )
        return grant.having(
            session=text_at(token, "token", where),
            user=text_at(user, "id", where),
            session_until=(self._connections.clock() + lasts - _EARLY).isoformat(),
        )

    def _in_place(self, path: str, access: Access, **names: str) -> str:
        if self._over(access.grant):
            access.renew(self._in_session)
        return self._url(path, user=access.grant.kept["user"], **names)


def entries(page: Mapping[str, Any], where: str) -> Iterator[Entry]:
    """Yield the payments of one page; all of them are booked."""
    for place, each in enumerate(objects(page.get("Response"), where), start=1):
        if isinstance(payment := each.get("Payment"), dict):
            yield BOOKED, place, payment


def listed(answer: Mapping[str, Any], where: str) -> Iterator[AccountListed]:
    """Yield the accounts of an answer that are open."""
    for account in _accounts(answer, where):
        if account.get("status") in (None, "ACTIVE"):
            yield AccountListed(
                text_at(account, "id", where), _iban(account), text(account.get("currency")) or "EUR"
            )


def balances(answer: Mapping[str, Any], where: str) -> tuple[BalanceRead, ...]:
    """Read the balance of every account in an answer that is in euros."""
    return tuple(
        balance("balance", at(account, "balance.value"), None, where)
        for account in _accounts(answer, where)
        if at(account, "balance.currency") == "EUR"
    )


def _accounts(answer: Mapping[str, Any], where: str) -> Iterator[dict[str, Any]]:
    for each in objects(answer.get("Response"), where):
        for kind, one in each.items():
            if kind.startswith(_ACCOUNT) and not kind.startswith(_ELSEWHERE) and isinstance(one, dict):
                yield one


def _iban(account: Mapping[str, Any]) -> str:
    aliases = account.get("alias")
    named = aliases if isinstance(aliases, list) else []
    ibans = (one.get("value") for one in named if isinstance(one, dict) and one.get("type") == "IBAN")
    return compact(text(next(ibans, "")))


def _by_kind(answer: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Put the parts of an answer under the names of their kinds."""
    parts: dict[str, Any] = {}
    for each in objects(answer.get("Response"), where):
        parts |= {kind: one for kind, one in each.items() if isinstance(one, dict)}
    if not parts:
        raise BankAnswerBroken("the bank's answer is empty", where=where, do="Try again later")
    return parts
