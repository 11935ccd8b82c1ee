"""Berlin Group NextGenPSD2 XS2A 1.3, account information with consent by redirect."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from psd2_affordability.connect.connections import Connections
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
from psd2_affordability.connect.reading import balance, day_or_none, each_page, objects, statement, text_at
from psd2_affordability.connect.result import BalanceRead
from psd2_affordability.connect.rows import text
from psd2_affordability.connect.strict_json import at
from psd2_affordability.connect.transport import Call
from psd2_affordability.core.errors import BankAnswerBroken
from psd2_affordability.core.iban import compact
from psd2_affordability.ledger.schema import BOOKED, PENDING

_BROKEN = "Nothing was taken over from this answer; report it to the bank"


class BerlinGroup:
    """A bank that speaks Berlin Group 1.3."""

    def __init__(self, connections: Connections) -> None:
        self.bank = connections.bank
        self._profile = self.bank.profile
        self._transport = connections.base

    def create_consent(self, request: ConsentRequest) -> ConsentStarted:
        """Create a consent in which the person chooses the accounts at the bank."""
        where = self._where("consent")
        come_back_to = with_state(request.redirect_uri, request.state)
        answer = self._transport.send(
            Call(
                "POST",
                self._url("consents"),
                where,
                headers=_present(request.psu_ip)
                | {
                    "TPP-Redirect-Preferred": "true",
                    "TPP-Redirect-URI": come_back_to,
                    "TPP-Nok-Redirect-URI": come_back_to,
                },
                body={
                    "access": {"accounts": [], "balances": [], "transactions": []},
                    "recurringIndicator": request.recurring,
                    "validUntil": request.valid_until.isoformat(),
                    "frequencyPerDay": request.frequency_per_day,
                    "combinedServiceIndicator": False,
                },
            )
        )
        page = text_at(answer, "_links.scaRedirect.href", where)
        return ConsentStarted(
            Grant(text_at(answer, "consentId", where)),
            sca_redirect=self._transport.base.page_for_person(page, where=where),
        )

    def authorise(self, access: Access, answer: Mapping[str, str]) -> None:
        """Take nothing along: the person approved at the bank, which knows."""

    def consent_status(self, access: Access) -> str:
        """Ask only for the status."""
        where = self._where("consent status")
        url = self._url("consent_status", consent=access.grant.consent_id)
        answer = self._transport.send(Call("GET", url, where, headers=_present(access.psu_ip)))
        return text_at(answer, "consentStatus", where)

    def read_consent(self, access: Access) -> ConsentState:
        """Read the consent; the bank may have shortened what was asked."""
        where = self._where("consent")
        url = self._url("consent", consent=access.grant.consent_id)
        answer = self._transport.send(Call("GET", url, where, headers=_present(access.psu_ip)))
        frequency = answer.get("frequencyPerDay")
        return ConsentState(
            status=text_at(answer, "consentStatus", where),
            valid_until=day_or_none(answer.get("validUntil")),
            frequency_per_day=frequency if type(frequency) is int else None,
        )

    def delete_consent(self, access: Access) -> None:
        """End the consent at the bank."""
        url = self._url("consent", consent=access.grant.consent_id)
        self._transport.send(Call("DELETE", url, self._where("consent")))

    def accounts(self, access: Access) -> tuple[AccountListed, ...]:
        """List the accounts that the person chose."""
        where = self._where("accounts")
        url = self._url("accounts")
        answer = self._transport.send(self._call(url, where, access, "", "accounts"))
        return tuple(
            AccountListed(
                resource_id=text_at(each, "resourceId", where),
                iban=compact(text(each.get("iban"))),
                currency=text(each.get("currency")) or "EUR",
            )
            for each in objects(answer.get("accounts"), where)
        )

    def balances(self, access: Access, account: AccountListed) -> tuple[BalanceRead, ...]:
        """Read the balances in euros; one that includes a credit limit is not the person's money."""
        where = self._where("balances")
        url = self._url("balances", account=account.resource_id)
        answer = self._transport.send(self._call(url, where, access, account.resource_id, "balances"))
        return tuple(
            balance(
                text_at(each, "balanceType", where),
                at(each, "balanceAmount.amount"),
                each.get("referenceDate"),
                where,
            )
            for each in objects(answer.get("balances"), where)
            if at(each, "balanceAmount.currency") == "EUR" and each.get("creditLimitIncluded") is not True
        )

    def transactions(self, access: Access, account: AccountListed, since: date) -> Statement:
        """Read every page from a day on; when a page fails, the pages before it are kept."""
        where = self._where("transactions")
        query = {"bookingStatus": self._profile.query["booking_status"], "dateFrom": since.isoformat()}
        path = self._url("transactions", account=account.resource_id)
        first = self._call(f"{path}?{urlencode(query)}", where, access, account.resource_id, "transactions")

        def following(page: Mapping[str, Any]) -> Call | None:
            href = text(at(page, self._profile.next_page))
            link = self._transport.base.link(href, where=where) if href else ""
            return Call("GET", link, where, headers=_under(access)) if link else None

        pages = each_page(first, self._transport.send, following, self._profile.max_pages)
        return statement(pages, lambda page: _entries(page, where), self._profile.rows, account.key, where)

    def _call(self, url: str, where: str, access: Access, account: str, endpoint: str) -> Call:
        headers = _under(access)
        return Call("GET", url, where, headers=headers, before=lambda: access.count(account, endpoint))

    def _url(self, path: str, **names: str) -> str:
        written = self._profile.paths[path]
        return self._transport.base.url(written.format(**{k: quote(v, safe="") for k, v in names.items()}))

    def _where(self, what: str) -> str:
        return f"{self.bank.id} {what}"


def _present(psu_ip: str) -> dict[str, str]:
    """Say that the person is there, if they are."""
    return {"PSU-IP-Address": psu_ip} if psu_ip else {}


def _under(access: Access) -> dict[str, str]:
    return {"Consent-ID": access.grant.consent_id} | _present(access.psu_ip)


def _entries(page: Mapping[str, Any], where: str) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Yield status, place and content of every entry on a page."""
    if not isinstance(page.get("transactions"), dict):
        raise BankAnswerBroken("the bank's answer has no transactions", where=where, do=_BROKEN)
    for status in (BOOKED, PENDING):
        for place, entry in enumerate(objects(at(page, f"transactions.{status}"), where), start=1):
            yield status, place, entry
