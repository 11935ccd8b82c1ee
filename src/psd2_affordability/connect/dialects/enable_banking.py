"""Enable Banking: an aggregator in front of the person's own bank, spoken to with signed tokens."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from psd2_affordability.connect.balance_types import ISO_20022
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.dialects.behind import choose
from psd2_affordability.connect.dialects.dialect import Dialect
from psd2_affordability.connect.dialects.enable_banking_entry import tidied
from psd2_affordability.connect.dialects.enable_banking_session import (
    Aspsp,
    SessionAccount,
    read_accounts,
    read_aspsps,
    written,
)
from psd2_affordability.connect.oauth.jose import TokenSigner, signed
from psd2_affordability.connect.port import (
    Access,
    AccountListed,
    ConsentRequest,
    ConsentStarted,
    ConsentState,
    Grant,
    Statement,
)
from psd2_affordability.connect.reading import (
    NO_BOOKING,
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
from psd2_affordability.core.errors import BankAnswerBroken, ConsentNotValid, UsageError
from psd2_affordability.ledger.schema import BOOKED, PENDING

_BROKEN = "Nothing was taken over from this answer; report it to the bank"
_ISSUER = "enablebanking.com"
_TOKEN_LASTS = timedelta(hours=1)
_TOKEN_EARLY = timedelta(minutes=1)
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=179)
_STATUSES = {
    "AUTHORIZED": "valid",
    "PENDING_AUTHORIZATION": "received",
    "RETURNED_FROM_BANK": "received",
    "CANCELLED": "rejected",
    "INVALID": "rejected",
    "EXPIRED": "expired",
    "CLOSED": "terminatedByTpp",
    "REVOKED": "revokedByPsu",
}
#: Planned, held, refused and cancelled entries move no money; what has another status cannot be judged.
_ENTRIES = {"BOOK": BOOKED, "PDNG": PENDING} | dict.fromkeys(("SCHD", "HOLD", "RJCT", "CNCL"), NO_BOOKING)
_PSU_IP = "psu-ip-address"


class EnableBanking(Dialect):
    """The person's bank, by way of Enable Banking."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._credentials = connections.credentials
        self._clock = connections.clock
        self._token: tuple[str, datetime] | None = None

    def aspsps(self, country: str = "") -> tuple[Aspsp, ...]:
        """List the banks behind it in a country, for the person to choose from."""
        query = {
            "country": country or self._profile.query["country"],
            "psu_type": self._profile.query["psu_type"],
            "service": "AIS",
        }
        where = self._where("banks")
        answer = self._transport.send(self._call("GET", f"{self._url('aspsps')}?{urlencode(query)}", where))
        return read_aspsps(answer, where)

    def aspsp_names(self, country: str = "") -> tuple[str, ...]:
        """Name the banks behind it."""
        return tuple(each.name for each in self.aspsps(country))

    def create_consent(self, request: ConsentRequest) -> ConsentStarted:
        """Ask for a session at the bank that the person chose; the person chooses the accounts there."""
        named = request.options.get("aspsp") or self._credentials.more.get("aspsp", "")
        known = {each.name: each for each in self.aspsps(request.options.get("country", ""))}
        aspsp = choose(known, named, self.bank.id)
        where = self._where("consent")
        body = {
            "access": {
                "balances": True,
                "transactions": True,
                "valid_until": self._until(aspsp, request.valid_until).isoformat(),
            },
            "aspsp": {"name": aspsp.name, "country": aspsp.country},
            "state": request.state,
            "redirect_url": request.redirect_uri,
            "psu_type": self._profile.query["psu_type"],
        }
        answer = self._transport.send(self._call("POST", self._url("auth"), where, body=body))
        grant = Grant(text(answer.get("authorization_id"))).having(psu_headers=" ".join(aspsp.psu_headers))
        page = text_at(answer, "url", where)
        return ConsentStarted(grant, sca_redirect=self._transport.base.page_for_person(page, where=where))

    def authorise(self, access: Access, answer: Mapping[str, str]) -> None:
        """Turn the code that the person came back with into a session with its accounts."""
        where = self._where("session")
        code = answer.get("code", "")
        if "error" in answer or not code:
            raise ConsentNotValid("the person did not approve the consent", where=where, do=ASK_ANEW)
        opened = self._transport.send(self._call("POST", self._url("sessions"), where, body={"code": code}))
        session = text_at(opened, "session_id", where)
        accounts = written(read_accounts(opened, where))
        access.renew(lambda grant: grant.having(session=session, accounts=accounts))

    def consent_status(self, access: Access) -> str:
        """Ask only for the status."""
        return self.read_consent(access).status

    def read_consent(self, access: Access) -> ConsentState:
        """Read the session; there is none before the person has come back."""
        if not access.grant.kept.get("session"):
            return ConsentState("received")
        where = self._where("session")
        answer = self._transport.send(self._call("GET", self._session(access), where))
        status = text_at(answer, "status", where)
        return ConsentState(
            status=_STATUSES.get(status, status),
            valid_until=day_or_none(at(answer, "access.valid_until")),
        )

    def delete_consent(self, access: Access) -> None:
        """Close the session, and with it the consent at the bank where that is possible."""
        if access.grant.kept.get("session"):
            self._transport.send(
                self._call("DELETE", self._session(access), self._where("session"), headers=_present(access))
            )

    def accounts(self, access: Access) -> tuple[AccountListed, ...]:
        """List the accounts of the session, as they were told when it was opened: asking costs no call."""
        return tuple(each.listed() for each in _accounts(access))

    def balances(self, access: Access, account: AccountListed) -> tuple[BalanceRead, ...]:
        """Read the balances in euros."""
        where = self._where("balances")
        answer = self._transport.send(
            self._first(
                self._url("balances", account=account.resource_id), where, access, account, "balances"
            )
        )
        return balances(answer, where)

    def transactions(self, access: Access, account: AccountListed, since: date) -> Statement:
        """Read every page from a day on; further back than a later fetch goes, the longest there is."""
        where = self._where("transactions")
        query = {"date_from": since.isoformat()} | self._strategy(since) | self._only()
        path = self._url("transactions", account=account.resource_id)
        first = self._first(f"{path}?{urlencode(query)}", where, access, account, "transactions")

        def following(page: Mapping[str, Any]) -> Call | None:
            """Ask on with the very same questions, as the aggregator insists."""
            key = at(page, self._profile.next_page)
            if not isinstance(key, str) or not key:
                return None
            url = f"{path}?{urlencode(query | {'continuation_key': key})}"
            return self._call("GET", url, where, headers=_present(access))

        pages = each_page(first, self._transport.send, following, self._profile.max_pages)
        own = next((each for each in _accounts(access) if each.uid == account.resource_id), None)
        return statement(
            pages, lambda page: entries(page, where, own), self._profile.rows, account.key, where
        )

    def _strategy(self, since: date) -> dict[str, str]:
        earliest_refresh = self._clock().date() - timedelta(days=self.bank.history.refresh_days)
        return {"strategy": "longest"} if since < earliest_refresh else {}

    def _only(self) -> dict[str, str]:
        status = self._profile.query["transaction_status"]
        return {} if status == "any" else {"transaction_status": status}

    def _until(self, aspsp: Aspsp, asked: date) -> datetime:
        """Stay a day below what the bank allows: by the time it reads the request its limit has moved."""
        now = self._clock().replace(microsecond=0)
        longest = min(_LONGEST, aspsp.longest - min(_DAY, aspsp.longest / 10))
        return min(now + longest, datetime.combine(asked, now.timetz()))

    def _first(self, url: str, where: str, access: Access, account: AccountListed, endpoint: str) -> Call:
        """Make a call that counts against the day's number."""
        return self._call(
            "GET",
            url,
            where,
            headers=_present(access),
            before=lambda: access.count(account.resource_id, endpoint),
        )

    def _call(
        self, method: str, url: str, where: str, *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> Call:
        bearer = {"Authorization": f"Bearer {self._application_token()}"}
        return Call(method, url, where, headers={**bearer, **(headers or {})}, **more)

    def _application_token(self) -> str:
        """Return our own signed token, made anew shortly before the last one ends."""
        now = self._clock()
        if self._token is None or now >= self._token[1] - _TOKEN_EARLY:
            us, wire, ends = self._credentials, self.bank.wire, now + _TOKEN_LASTS
            if us.token_key is None:
                raise UsageError(
                    f"no token_key is set for {self.bank.id}",
                    do="Set it in the credentials file; see docs/connectors.md",
                )
            claims = {
                "iss": _ISSUER,
                "aud": wire.audience,
                "iat": int(now.timestamp()),
                "exp": int(ends.timestamp()),
            }
            kid = us.needed("token_key_id", self.bank.id)
            self._token = signed(claims, TokenSigner(us.token_key, wire.token_algorithm, kid)), ends
        return self._token[0]

    def _session(self, access: Access) -> str:
        return self._url("session", session=access.grant.kept["session"])


def entries(page: Mapping[str, Any], where: str, own: SessionAccount | None = None) -> Iterator[Entry]:
    """Yield what stands on a page of transactions.

    Args:
        page: as it was answered.
        where: what is being read, for people.
        own: the account it is of, where that is known.

    Raises:
        BankAnswerBroken: it is no page of transactions.
    """
    if "transactions" not in page:
        raise BankAnswerBroken("the bank's answer has no transactions", where=where, do=_BROKEN)
    for place, entry in enumerate(objects(page["transactions"], where), start=1):
        yield _ENTRIES.get(text(entry.get("status")), ""), place, tidied(entry, own)


def balances(answer: Mapping[str, Any], where: str) -> tuple[BalanceRead, ...]:
    """Read the balances in euros.

    Raises:
        BankAnswerBroken: one of them cannot be read.
    """
    return tuple(
        balance(
            ISO_20022.get(kind := text_at(each, "balance_type", where), kind),
            at(each, "balance_amount.amount"),
            each.get("reference_date"),
            where,
        )
        for each in objects(answer.get("balances"), where)
        if at(each, "balance_amount.currency") == "EUR"
    )


def _accounts(access: Access) -> tuple[SessionAccount, ...]:
    return SessionAccount.read(access.grant.kept.get("accounts", "[]"))


def _present(access: Access) -> dict[str, str]:
    """Say that the person is there, if they are and we know all that the bank wants to know of them.

    Some of the headers it wants is worse than none: the call would be refused.
    """
    wanted = access.grant.kept.get("psu_headers", "").lower().split()
    known = not set(wanted) - {_PSU_IP}
    return {"Psu-Ip-Address": access.psu_ip} if access.psu_ip and known else {}
