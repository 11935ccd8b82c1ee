"""A licensed provider of account information, whose JSON interface is described whole in its file."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from psd2_affordability.connect.approval import Approval
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.dialects.dialect import Dialect
from psd2_affordability.connect.oauth.server import AuthorisationServer
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
from psd2_affordability.connect.profile import Profile
from psd2_affordability.connect.reading import (
    Entry,
    balance,
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
from psd2_affordability.core.errors import BankAnswerBroken, ConnectorFileError, ConsentNotValid
from psd2_affordability.core.iban import compact
from psd2_affordability.ledger.schema import BOOKED, PENDING

#: What the file calls the words of a status, and what they mean to us.
_STATUSES = {
    "words_waiting": "received",
    "words_valid": "valid",
    "words_refused": "rejected",
    "words_ended": "expired",
}
#: The name that a bare JSON list is put under.
_LIST = "list"


class LicensedProvider(Dialect):
    """A provider that holds the licence, and gives what it fetched with the person's consent."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._query = self._profile.query
        self._answers = self._profile.answers
        self._connections = connections

    def create_consent(self, request: ConsentRequest) -> ConsentStarted:
        """Have the provider begin a consent, or send the person to its own page where it begins."""
        where = self._where("consent")
        named = {
            self._query["redirect_name"]: request.redirect_uri,
            self._query["state_name"]: request.state,
            self._query["until_name"]: request.valid_until.isoformat(),
        }
        if not self._query["state_name"]:
            named[self._query["redirect_name"]] = with_state(request.redirect_uri, request.state)
        named = {name: value for name, value in named.items() if name}
        match self._query["begin"]:
            case "page":
                page = _with_query(self._connections.address("login"), named)
                return ConsentStarted(Grant(), self._transport.base.page_for_person(page, where=where))
            case "call":
                call = self._call("POST", self._url("start"), where, psu_ip=request.psu_ip, body=named)
                answer = self._transport.send(call)
                page = text_at(answer, self._answers["page"], where)
                return ConsentStarted(
                    Grant(text_at(answer, self._answers["consent"], where)),
                    self._transport.base.page_for_person(page, where=where),
                )
        raise self._fault("query.begin", "is neither 'call' nor 'page'")

    def authorise(self, access: Access, answer: Mapping[str, str]) -> None:
        """Take along the number of the consent, where the person comes back with it."""
        number = answer.get(self._answers["came_back_with"], "")
        if "error" in answer or not (number or access.grant.consent_id):
            raise ConsentNotValid(
                "the person did not approve the consent", where=self._where("consent"), do=ASK_ANEW
            )
        if number and not access.grant.consent_id:
            access.renew(lambda grant: grant.having(consent=number))

    def consent_status(self, access: Access) -> str:
        """Ask only for the status."""
        return self.read_consent(access).status

    def read_consent(self, access: Access) -> ConsentState:
        """Read the consent; a provider that cannot be asked is believed until it refuses a call."""
        if not _number(access):
            return ConsentState("received")
        if self._query["status"] == "not_asked":
            return ConsentState("valid")
        where = self._where("consent")
        answer = self._transport.send(self._call("GET", self._under("status", access), where))
        word = text_at(answer, self._answers["status"], where)
        known = {each: status for name, status in _STATUSES.items() for each in self._query[name].split()}
        until = day_or_none(at(answer, self._answers["valid_until"]))
        return ConsentState(known.get(word, word), until)

    def delete_consent(self, access: Access) -> None:
        """End the consent, where the provider lets us."""
        if self._query["end"] == "asked" and _number(access):
            self._transport.send(self._call("DELETE", self._under("end", access), self._where("consent")))

    def accounts(self, access: Access) -> tuple[AccountListed, ...]:
        """List the accounts that the person shares."""
        where = self._where("accounts")
        call = self._counted(self._under("accounts", access), where, access, "", "accounts")
        answer = self._transport.send(call)
        return tuple(
            AccountListed(
                resource_id=text_at(each, self._answers["account_id"], where),
                iban=compact(text(at(each, self._answers["account_iban"]))),
                currency=text(at(each, self._answers["account_currency"])) or "EUR",
                lasting_id=text(at(each, self._answers["account_lasting_id"])),
            )
            for each in _listed(answer, self._answers["accounts"], where)
        )

    def balances(self, access: Access, account: AccountListed) -> tuple[BalanceRead, ...]:
        """Read the balances in euros."""
        where = self._where("balances")
        url = self._under("balances", access, account=account.resource_id)
        call = self._counted(url, where, access, account.resource_id, "balances")
        return balances(self._transport.send(call), where, self._profile)

    def transactions(self, access: Access, account: AccountListed, since: date) -> Statement:
        """Read every page from a day on, by link or by the key to the next page."""
        where = self._where("transactions")
        path = self._under("transactions", access, account=account.resource_id)
        asked = {self._query["since_name"]: since.isoformat()}
        if self._query["size_name"] and self._profile.page_size:
            asked[self._query["size_name"]] = str(self._profile.page_size)
        first = self._counted(_with_query(path, asked), where, access, account.resource_id, "transactions")

        def following(page: Mapping[str, Any]) -> Call | None:
            told = at(page, self._profile.next_page)
            if not isinstance(told, str) or not told:
                return None
            key_name = self._query["key_name"]
            url = (
                _with_query(path, asked | {key_name: told})
                if key_name
                else self._transport.base.link(told, where=where)
            )
            return self._call("GET", url, where, psu_ip=access.psu_ip)

        pages = each_page(first, self._transport.send, following, self._profile.max_pages)
        return statement(
            pages,
            lambda page: entries(page, where, self._profile),
            self._profile.rows,
            account.key,
            where,
        )

    def _counted(self, url: str, where: str, access: Access, account: str, endpoint: str) -> Call:
        return self._call(
            "GET", url, where, psu_ip=access.psu_ip, before=lambda: access.count(account, endpoint)
        )

    def _call(self, method: str, url: str, where: str, *, psu_ip: str = "", **more: Any) -> Call:
        present = self._query["person_header"]
        headers = self._proof() | ({present: psu_ip} if present and psu_ip else {})
        return Call(method, url, where, headers=headers, list_as=_LIST if method == "GET" else "", **more)

    def _proof(self) -> dict[str, str]:
        """Say who we are, as this provider wants it."""
        us, header = self._connections.credentials, self._query["access_header"]
        match self._query["access"]:
            case "key":
                return {header: us.needed("api_key", self.bank.id)}
            case "bearer":
                return {header: f"Bearer {us.needed('api_key', self.bank.id)}"}
            case "client_credentials":
                return {header: f"Bearer {self._approval.own_token()}"}
        raise self._fault("query.access", "is none of 'key', 'bearer' and 'client_credentials'")

    @cached_property
    def _approval(self) -> Approval:
        """Our way to tokens of our own; a person never gets to see this server."""
        token = self._connections.address("token")
        server = AuthorisationServer(issuer=token, authorisation_endpoint="", token_endpoint=token)
        return Approval(self._connections, server=server)

    def _under(self, path: str, access: Access, **names: str) -> str:
        return self._url(path, consent=_number(access), **names)

    def _fault(self, key: str, what: str) -> ConnectorFileError:
        return ConnectorFileError(f"'{key}' {what}", where=f"the file of {self.bank.id}")


def entries(page: Mapping[str, Any], where: str, profile: Profile) -> Iterator[Entry]:
    """Yield what stands on a page of transactions; where no status is told, every entry is booked.

    Raises:
        BankAnswerBroken: it is no page of transactions.
    """
    place_of_status = profile.answers["row_status"]
    words = dict.fromkeys(profile.query["words_booked"].split(), BOOKED)
    words |= dict.fromkeys(profile.query["words_pending"].split(), PENDING)
    for place, entry in enumerate(_listed(page, profile.answers["transactions"], where), start=1):
        status = words.get(text(at(entry, place_of_status)), "") if place_of_status else BOOKED
        yield status, place, entry


def balances(answer: Mapping[str, Any], where: str, profile: Profile) -> tuple[BalanceRead, ...]:
    """Read the balances in euros; one whose type is not told is the booked one.

    Raises:
        BankAnswerBroken: one of them cannot be read.
    """
    places, booked = profile.answers, profile.query["words_booked_balance"].split()
    read = []
    for each in _listed(answer, places["balances"], where):
        if (text(at(each, places["balance_currency"])) or "EUR") == "EUR":
            told = text(at(each, places["balance_type"]))
            kind = "closingBooked" if not told or told in booked else told
            read.append(
                balance(kind, at(each, places["balance_amount"]), at(each, places["balance_on"]), where)
            )
    return tuple(read)


def _listed(answer: Mapping[str, Any], place: str, where: str) -> list[dict[str, Any]]:
    """Return the list that the file says is there: a wrong place must not look like an empty account."""
    found = at(answer, place)
    if found is None:
        raise BankAnswerBroken(
            f"the bank's answer has no list '{place}'",
            where=where,
            do="Compare the answers in the provider's file with its documents",
        )
    return objects(found, where)


def _number(access: Access) -> str:
    """Return the number of the consent, which the person may have brought along."""
    return access.grant.consent_id or access.grant.kept.get("consent", "")


def _with_query(url: str, more: Mapping[str, str]) -> str:
    parts = urlsplit(url)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *more.items()])
    return urlunsplit(parts._replace(query=query))
