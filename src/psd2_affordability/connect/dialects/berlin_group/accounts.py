"""Accounts, card accounts and balances in the words of the standard."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psd2_affordability.connect.port import AccountListed
from psd2_affordability.connect.reading import balance, objects, text_at
from psd2_affordability.connect.result import BalanceRead
from psd2_affordability.connect.rows import text
from psd2_affordability.connect.strict_json import at
from psd2_affordability.core.iban import compact

EURO = "EUR"
#: Said of an account that holds several currencies; of it, we take the euros.
_SEVERAL = ("", "XXX")


@dataclass(frozen=True, slots=True)
class CardListed(AccountListed):
    """An account of a card; what is spent on it may be written without a minus.

    Attributes:
        debits_positive: whether the bank writes debits, and what is owed, as positive amounts.
    """

    debits_positive: bool = False


def accounts_of(answer: Mapping[str, Any], where: str) -> tuple[AccountListed, ...]:
    """List the accounts that are open; one in another currency does not share the key of its IBAN.

    Raises:
        BankAnswerBroken: it is no list of accounts.
    """
    return tuple(_account(each, where) for each in objects(answer.get("accounts"), where) if _is_open(each))


def cards_of(answer: Mapping[str, Any], where: str) -> tuple[CardListed, ...]:
    """List the card accounts that are open.

    Raises:
        BankAnswerBroken: it is no list of card accounts.
    """
    return tuple(
        CardListed(
            resource_id=text_at(each, "resourceId", where),
            iban="",
            currency=text(each.get("currency")) or EURO,
            lasting_id=text(each.get("maskedPan")),
            debits_positive=each.get("debitAccounting") is True,
        )
        for each in objects(answer.get("cardAccounts"), where)
        if _is_open(each)
    )


def balances_of(balances: object, account: AccountListed, where: str) -> tuple[BalanceRead, ...]:
    """Read the balances in euros; one that includes a credit limit is not the person's money.

    Raises:
        BankAnswerBroken: one of them cannot be read.
    """
    sign = -1 if isinstance(account, CardListed) and account.debits_positive else 1
    return tuple(
        balance(
            text_at(each, "balanceType", where),
            at(each, "balanceAmount.amount"),
            each.get("referenceDate"),
            where,
            sign=sign,
        )
        for each in objects(balances, where)
        if at(each, "balanceAmount.currency") == EURO and each.get("creditLimitIncluded") is not True
    )


def _account(each: Mapping[str, Any], where: str) -> AccountListed:
    iban, said = compact(text(each.get("iban"))), text(each.get("currency"))
    currency = EURO if said in _SEVERAL else said
    number = iban or compact(text(each.get("bban")))
    in_euros = currency == EURO
    return AccountListed(
        resource_id=text_at(each, "resourceId", where),
        iban=iban if in_euros else "",
        currency=currency,
        lasting_id=number if in_euros or not number else f"{number} {currency}",
    )


def _is_open(each: Mapping[str, Any]) -> bool:
    return text(each.get("status")) != "deleted"
