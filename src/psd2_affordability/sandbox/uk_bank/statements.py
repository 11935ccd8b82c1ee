"""What the sandbox bank says of an account, in the words of UK Open Banking."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.model import BankedAccount, BankEntry
from psd2_affordability.sandbox.uk_bank.wording import WORDINGS, Version

_ZONE = ZoneInfo("Europe/Amsterdam")
#: Soon after midnight, so that in UTC it is the day before: what a client must not fall for.
_BOOKED_AT = time(0, 30)
_NARRATIVE, _NAME, _NUMBER = 500, 70, 40
_SUB_TYPES = {"CACC": "CurrentAccount", "SVGS": "Savings"}


def moment(of: datetime) -> str:
    """Write a moment as the standard does.

    >>> moment(datetime(2026, 7, 1, 12, tzinfo=UTC))
    '2026-07-01T12:00:00Z'
    """
    return f"{of.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def booked_at(on: date) -> datetime:
    """Return the moment at which the bank books what it books on a day."""
    return datetime.combine(on, _BOOKED_AT, _ZONE)


def end_of(on: date) -> datetime:
    """Return the last moment of a day at the bank."""
    return datetime.combine(on, time(23, 59, 59), _ZONE)


@dataclass(frozen=True, slots=True)
class Statements:
    """Tells of accounts in one version of the standard."""

    version: Version

    def account(self, number: str, account: BankedAccount, holder: str) -> dict[str, Any]:
        """Describe one account in a list of accounts."""
        named = {"Account": [_identified(account.iban, holder)]} if account.iban else {}
        kind = (
            {"AccountCategory": "Personal", "AccountTypeCode": account.kind}
            if self.version == "4.0"
            else {"AccountType": "Personal", "AccountSubType": _SUB_TYPES.get(account.kind, "CurrentAccount")}
        )
        told = {"AccountId": number, "Currency": account.currency, "Nickname": account.name}
        return told | kind | named

    def balances(self, number: str, account: BankedAccount, now: datetime) -> list[dict[str, Any]]:
        """State the booked balance, what is available, and that with a credit line beside it."""
        words, today = WORDINGS[self.version], now.astimezone(_ZONE).date()
        known = [entry for entry in account.entries if entry.booked_on <= today]
        booked = account.opening_ct + sum(entry.amount_ct for entry in known if entry.status == "booked")
        available = booked + sum(entry.amount_ct for entry in known if entry.status == "pending")
        line = {"Included": True, "Amount": {"Amount": "500.00", "Currency": account.currency}}
        told = ((words.closing, booked), (words.available, available), (words.available, available + 50_000))
        listed = [
            {"AccountId": number, "DateTime": moment(now), "Type": kind} | _amount(cents, account)
            for kind, cents in told
        ]
        return [*listed[:2], listed[2] | {"CreditLine": [line]}]

    def newest_first(
        self, number: str, account: BankedAccount, first: datetime, last: datetime
    ) -> list[dict[str, Any]]:
        """List the entries of a period: the pending ones, and the booked ones with the balance after each."""
        words = WORDINGS[self.version]
        oldest_first = sorted(account.entries, key=lambda entry: entry.booked_on)
        booked = [entry for entry in oldest_first if entry.status == "booked"]
        after = list(accumulate((entry.amount_ct for entry in booked), initial=account.opening_ct))[1:]
        told = [
            self._told(number, entry, account)
            | {"Status": words.booked, "Balance": _amount(cents, account) | {"Type": words.after}}
            for entry, cents in zip(booked, after, strict=True)
            if first <= booked_at(entry.booked_on) <= last
        ]
        waiting = [
            self._told(number, entry, account) | {"Status": words.pending}
            for entry in oldest_first
            if entry.status == "pending" and first <= booked_at(entry.booked_on) <= last
        ]
        return [*told, *waiting][::-1]

    def _told(self, number: str, entry: BankEntry, account: BankedAccount) -> dict[str, Any]:
        other, own = ("Creditor", "Debtor") if entry.amount_ct < 0 else ("Debtor", "Creditor")
        code = entry.bank_code.replace("/", "-").split("-")
        beside = {
            "CreditorId": entry.creditor_id,
            "MandateId": entry.mandate_id,
            "BankTransactionCode": "/".join(code),
            "ReturnReason": entry.return_reason,
        }
        said = {
            "TransactionId": entry.entry_reference[:_NUMBER],
            "ValueDateTime": moment(booked_at(entry.value_on)),
            "TransactionInformation": " ".join(entry.remittance.split())[:_NARRATIVE],
            "SupplementaryData": {name: value for name, value in beside.items() if value},
            f"{own}Account": _identified(account.iban, "") if account.iban else {},
        }
        if self.version == "4.0":
            said["PaymentPurposeCode"] = entry.purpose_code
            said["BankTransactionCode"] = {"Code": code[1], "SubCode": code[2]} if len(code) == 3 else {}
        if entry.counterparty_iban:
            said[f"{other}Account"] = _identified(entry.counterparty_iban, entry.counterparty_name)
        elif entry.counterparty_name:
            said["MerchantDetails"] = {"MerchantName": entry.counterparty_name[:_NAME]}
        return {
            "AccountId": number,
            "BookingDateTime": moment(booked_at(entry.booked_on)),
            **_amount(entry.amount_ct, account),
            **{name: value for name, value in said.items() if value},
        }


def _identified(iban: str, name: str) -> dict[str, str]:
    named = {"Name": name[:_NAME]} if name else {}
    return {"SchemeName": "UK.OBIE.IBAN", "Identification": iban} | named


def _amount(cents: int, account: BankedAccount) -> dict[str, Any]:
    """Write an amount without its sign, and the sign as a word."""
    return {
        "Amount": {"Amount": str(Money(abs(cents))), "Currency": account.currency},
        "CreditDebitIndicator": "Debit" if cents < 0 else "Credit",
    }
