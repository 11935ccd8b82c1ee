"""Rabobank: Berlin Group's data behind plain OAuth, with the history in a scope of its own."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from psd2_affordability.connect.approval import Approval
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.dialects.berlin_group.accounts import accounts_of, balances_of
from psd2_affordability.connect.dialects.berlin_group.consents import WAITING, status_word
from psd2_affordability.connect.dialects.berlin_group.links import after, link_at
from psd2_affordability.connect.dialects.berlin_group.statements import entries_of, in_its_currency
from psd2_affordability.connect.dialects.dialect import EndedByPersonAlone
from psd2_affordability.connect.port import (
    Access,
    AccountListed,
    ConsentRequest,
    ConsentStarted,
    ConsentState,
    Statement,
)
from psd2_affordability.connect.reading import day_or_none, each_page, objects, statement
from psd2_affordability.connect.refusals import ASK_ANEW
from psd2_affordability.connect.result import BalanceRead
from psd2_affordability.connect.rows import text
from psd2_affordability.connect.transport import Call
from psd2_affordability.core.errors import BankError, BankRefused, ConsentNotValid

#: A scope that is used up by its first use, so that it says nothing of the consent.
_ONCE = "ais.transactions.read-history"
_CONSENT_NUMBER = "a:consentId "


class Rabobank(EndedByPersonAlone):
    """Rabobank, spoken to as it wants."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._approval = Approval(connections)
        self._us = {"X-IBM-Client-Id": connections.credentials.needed("client_id", self.bank.id)}

    def create_consent(self, request: ConsentRequest) -> ConsentStarted:
        """Prepare the page where the person chooses accounts; the history is asked along with the rest."""
        return self._approval.begin(request)

    def authorise(self, access: Access, answer: Mapping[str, str]) -> None:
        """Exchange the code for tokens, which come with the number of the consent."""
        self._approval.exchange(access, answer)
        told = access.grant.kept.get("token_metadata", "")
        number = told.removeprefix(_CONSENT_NUMBER) if told.startswith(_CONSENT_NUMBER) else ""
        access.renew(lambda grant: replace(grant, consent_id=number).having(token_metadata=""))

    def consent_status(self, access: Access) -> str:
        """Ask how the consent stands."""
        return self.read_consent(access).status

    def read_consent(self, access: Access) -> ConsentState:
        """Read the consent; without its number, the tokens alone say that the person approved."""
        if not access.grant.consent_id:
            return ConsentState("valid" if "access_token" in access.grant.kept else WAITING)
        where = self._where("consent")
        url = self._url("consent", consent=access.grant.consent_id)
        return state_of(self._transport.send(Call("GET", url, where, headers=self._us)), where)

    def accounts(self, access: Access) -> tuple[AccountListed, ...]:
        """List the accounts that the person chose."""
        where = self._where("accounts")
        call = self._call(access, self._url("accounts"), where, "", "accounts")
        return accounts_of(self._send(access, call), where)

    def balances(self, access: Access, account: AccountListed) -> tuple[BalanceRead, ...]:
        """Read the balances: here only what is expected, which proves no booking."""
        where = self._where("balances")
        url = self._url("balances", account=account.resource_id)
        call = self._call(access, url, where, account.resource_id, "balances")
        return balances_of(self._send(access, call).get("balances"), account, where)

    def transactions(self, access: Access, account: AccountListed, since: date) -> Statement:
        """Read every page of booked entries from the first moment of a day on."""
        where = self._where("transactions")
        midnight = datetime.combine(since, time(), ZoneInfo(self._profile.rows.time_zone))
        query = {
            "bookingStatus": "booked",
            "dateFrom": midnight.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        }
        url = f"{self._url('transactions', account=account.resource_id)}?{urlencode(query)}"

        def following(page: Mapping[str, Any]) -> Call | None:
            link = link_at(page, self._profile.next_page)
            whole = after(url, link, self._transport.base, where=where) if link else ""
            return Call("GET", whole, where, headers=self._headers(access)) if whole else None

        first = self._call(access, url, where, account.resource_id, "transactions")
        pages = each_page(first, lambda call: self._send(access, call), following, self._profile.max_pages)
        told = statement(pages, lambda page: entries_of(page, where), self._profile.rows, account.key, where)
        return in_its_currency(told, account)

    def _send(self, access: Access, call: Call) -> dict[str, Any]:
        """Send a call for data; the gateway refuses without a reason, so then ask for the consent."""
        try:
            return self._approval.send(access, call)
        except BankRefused as refused:
            if type(refused) is not BankRefused or self._stands(access):
                raise
        raise ConsentNotValid(
            "the consent is not valid at the bank: expired, revoked or ended", where=call.where, do=ASK_ANEW
        )

    def _stands(self, access: Access) -> bool:
        try:
            return self.read_consent(access).usable
        except BankError:
            return True  # not known: the refusal itself is then all there is to tell

    def _call(self, access: Access, url: str, where: str, account: str, endpoint: str) -> Call:
        headers = self._headers(access)
        return Call("GET", url, where, headers=headers, before=lambda: access.count(account, endpoint))

    def _headers(self, access: Access) -> dict[str, str]:
        return self._us | ({"PSU-IP-Address": access.psu_ip} if access.psu_ip else {})


def state_of(answer: Mapping[str, Any], where: str) -> ConsentState:
    """Read a consent: it stands as long as one lasting scope stands for one account.

    Raises:
        BankAnswerBroken: it has another shape.
    """
    access = answer.get("access")
    given = [
        (status_word(text(each.get("status"))), day_or_none(each.get("validUntil")))
        for scope, accounts in (access.items() if isinstance(access, dict) else ())
        if scope != _ONCE
        for each in objects(accounts, where)
    ]
    standing = [until for status, until in given if status == "valid"]
    if standing:
        return ConsentState("valid", min((until for until in standing if until), default=None))
    return ConsentState(next((status for status, _ in given if status), "expired"))
