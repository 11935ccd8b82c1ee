"""De Volksbank (SNS, ASN, RegioBank): near Berlin Group, with consent by OAuth and a narrow choice of fields.

This is its consent interface version 1, which only creates a consent. A consent is then known by its
tokens: as long as these can be renewed it stands.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from psd2_affordability.connect.approval import Approval, server_of
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.dialects.berlin_group.accounts import accounts_of, balances_of
from psd2_affordability.connect.dialects.berlin_group.consents import WAITING, consent_body
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
from psd2_affordability.connect.reading import each_page, statement, text_at
from psd2_affordability.connect.result import BalanceRead
from psd2_affordability.connect.transport import Call

_CHOSEN_AT_BANK = "chosen_at_bank"
_JSON = {"Content-Type": "application/json"}


class Volksbank(EndedByPersonAlone):
    """One of the brands of de Volksbank."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._client_id = connections.credentials.needed("client_id", self.bank.id)
        self._approval = Approval(connections, server=server_of(connections))

    def create_consent(self, request: ConsentRequest) -> ConsentStarted:
        """Create a consent, whose accounts the person chooses at the bank, and prepare the page for it."""
        where = self._where("consent")
        answer = self._transport.send(
            Call(
                "POST",
                self._url("consents"),
                where,
                headers={"Authorization": self._client_id},
                body=consent_body(request, _CHOSEN_AT_BANK),
            )
        )
        consent_id = text_at(answer, "consentId", where)
        return self._approval.begin(request, consent_id=consent_id, more={"consentId": consent_id})

    def authorise(self, access: Access, answer: Mapping[str, str]) -> None:
        """Exchange the code for tokens."""
        self._approval.exchange(access, answer)

    def consent_status(self, access: Access) -> str:
        """Tell whether the person has approved; the bank has no call for it."""
        return "valid" if "access_token" in access.grant.kept else WAITING

    def read_consent(self, access: Access) -> ConsentState:
        """Tell how the consent stands, as far as we know; the bank has no call for it."""
        return ConsentState(self.consent_status(access))

    def accounts(self, access: Access) -> tuple[AccountListed, ...]:
        """List the accounts that the person chose."""
        where = self._where("accounts")
        answer = self._approval.send(access, self._call(access, self._url("accounts"), where, "", "accounts"))
        return accounts_of(answer, where)

    def balances(self, access: Access, account: AccountListed) -> tuple[BalanceRead, ...]:
        """Read what is available; a booked balance the bank does not give."""
        where = self._where("balances")
        url = self._url("balances", account=account.resource_id)
        answer = self._approval.send(access, self._call(access, url, where, account.resource_id, "balances"))
        return balances_of(answer.get("balances"), account, where)

    def transactions(self, access: Access, account: AccountListed, since: date) -> Statement:
        """Read every page of booked entries from a day on."""
        where = self._where("transactions")
        query = {
            "bookingStatus": "booked",
            "limit": str(self._profile.page_size),
            "dateFrom": since.isoformat(),
        }
        url = f"{self._url('transactions', account=account.resource_id)}?{urlencode(query)}"

        def following(page: Mapping[str, Any]) -> Call | None:
            link = link_at(page, self._profile.next_page)
            if not link:
                return None
            return Call(
                "GET", after(url, link, self._transport.base, where=where), where, headers=self._under(access)
            )

        first = self._call(access, url, where, account.resource_id, "transactions")
        pages = each_page(
            first, lambda call: self._approval.send(access, call), following, self._profile.max_pages
        )
        told = statement(pages, lambda page: entries_of(page, where), self._profile.rows, account.key, where)
        return in_its_currency(told, account)

    def _under(self, access: Access) -> dict[str, str]:
        return _JSON | {"Consent-ID": access.grant.consent_id}

    def _call(self, access: Access, url: str, where: str, account: str, endpoint: str) -> Call:
        return Call(
            "GET", url, where, headers=self._under(access), before=lambda: access.count(account, endpoint)
        )
