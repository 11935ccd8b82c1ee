"""A bank's answer that somebody saved as a file: read by the same rules as one that just came in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import PurePath
from typing import Any

from psd2_affordability.connect.files import balance_chain
from psd2_affordability.connect.files.read import collecting_later
from psd2_affordability.connect.files.statement import (
    NO_BALANCE,
    NO_DAY,
    Entry,
    Parsed,
    Statement,
    day_number,
)
from psd2_affordability.connect.port import AccountListed
from psd2_affordability.connect.profile import Profile
from psd2_affordability.connect.reading import Entry as Told
from psd2_affordability.connect.reading import statement
from psd2_affordability.connect.registry import Bank
from psd2_affordability.connect.result import BalanceRead
from psd2_affordability.connect.rows import first_at, text
from psd2_affordability.connect.strict_json import at, read_object
from psd2_affordability.core.errors import BankAnswerBroken, BrokenFile, UnknownFormat
from psd2_affordability.core.iban import compact

#: Where answers name the account that they are of, whatever the standard.
_ACCOUNT = ("account.iban", "account.bban", "accountNumber", "cardAccount.iban", "cardAccount.maskedPan")
#: Where single entries do, for a standard whose answers do not.
_ACCOUNT_OF_ENTRY = ("alias.iban", "AccountId")
_NUMBER = re.compile(r"[-_. ]*(?:page|pagina|p)?[-_. ]*[0-9]{1,4}$", re.IGNORECASE)
_PAGE = re.compile(r"(?:(?<![a-z])p|page|pagina)[-_. ]*[0-9]{1,4}$", re.IGNORECASE)
_BARE_LIST = "transactions"


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the answers of a standard have what we read; one such place tells what an answer is."""

    transactions: tuple[str, ...]
    balances: tuple[str, ...]
    accounts: tuple[str, ...]


_BERLIN = _Places(("transactions", "cardTransactions"), ("balances",), ("accounts", "cardAccounts"))
_UK = _Places(("Data.Transaction",), ("Data.Balance",), ("Data.Account",))
_ABN = _Places(("transactions",), ("balanceType",), ("iban", "accountHolderName"))
_BUNQ = _Places(("Response",), ("Response",), ("Response",))
_BERLIN_FAMILY = ("berlin_group", "rabobank", "volksbank")
_PLACES = {"abn_amro": _ABN, "bunq": _BUNQ, "uk_open_banking": _UK}


@collecting_later()
def read_saved(name: str, content: bytes, bank: Bank) -> Parsed:
    """Read one saved answer: transactions, balances or accounts.

    Args:
        name: of the file; where the answer names no account, the file's name stands for it.
        content: of the file. A recorded exchange with the answer inside is taken too.
        bank: whose answer it is.

    Raises:
        BrokenFile: cut off or not the JSON it should be.
        UnknownFormat: nothing in it that this bank's standard calls transactions, balances or accounts.
    """
    where = f"{bank.id} answer"
    try:
        answer = _unwrapped(_document(content, where), where)
        kinds = _kinds(answer, bank.profile)
        told = list(_entries(answer, bank.profile, where)) if "transactions" in kinds else []
        balances = list(_balances(answer, bank.profile, where)) if "balances" in kinds else []
        rows = statement(iter([answer]), lambda _: told, bank.profile.rows, "", where)
    except BankAnswerBroken as error:
        raise BrokenFile(error.what, where=name, do="Save the whole answer as the bank gave it") from None
    if not kinds:
        raise UnknownFormat(
            f"this holds no transactions, balances or accounts as {bank.name} writes them",
            where=name,
            do="Check the bank given with --bank",
        )
    rejected = [replace(one, where=f"{name}, {one.where.rpartition(', ')[2]}") for one in rows.rejected]
    if not told and not balances:
        return Parsed(rejected=rejected)
    entries = [_entry(row) for row in rows.rows]
    read = Statement(
        file=name,
        account=_account_of(answer, told) or _NUMBER.sub("", PurePath(name).stem),
        currency=entries[0].currency if entries else "EUR",
        balances=balances,
        entries=entries,
        unread=sum(one.lost for one in rejected),
        page_of=_page_of(name),
    )
    balance_chain.close(read)
    read.balances = balances or read.balances
    return Parsed([read], rejected)


def _page_of(name: str) -> str:
    """Return which answer a file is a page of, by its name; empty when it is not called a page.

    >>> _page_of("saved/rows-page2.json"), _page_of("saved/rows-2026-01-02.json")
    ('saved/rows-', '')
    """
    path = PurePath(name)
    return str(path.with_name(_PAGE.sub("", path.stem) or "page")) if _PAGE.search(path.stem) else ""


def _document(content: bytes, where: str) -> dict[str, Any]:
    """Read the JSON; some answers are a bare list."""
    stripped = content.removeprefix(b"\xef\xbb\xbf").strip()
    if stripped.startswith(b"["):
        stripped = b'{"%s": %s}' % (_BARE_LIST.encode(), stripped)
    return read_object(stripped, where=where)


def _unwrapped(document: dict[str, Any], where: str) -> dict[str, Any]:
    """Take the answer out of a recorded exchange, if it is one."""
    response = document.get("response")
    if not isinstance(response, dict) or "request" not in document:
        return document
    inside = response.get("jsonBody", response.get("body"))
    if isinstance(inside, str):
        return read_object(inside.encode(), where=where)
    return inside if isinstance(inside, dict) else {}


def _kinds(answer: Mapping[str, Any], profile: Profile) -> frozenset[str]:
    """Tell what an answer holds."""
    if profile.dialect == "licensed_provider":
        given = profile.answers
        places = _Places((given["transactions"],), (given["balances"],), (given["accounts"],))
    else:
        places = _PLACES.get(profile.dialect, _BERLIN)
    return frozenset(
        kind
        for kind in ("transactions", "balances", "accounts")
        if any(at(answer, place) is not None for place in getattr(places, kind))
    )


def _entries(answer: Mapping[str, Any], profile: Profile, where: str) -> Iterable[Told]:
    if profile.dialect not in _BERLIN_FAMILY:
        more = (profile,) if profile.dialect == "licensed_provider" else ()
        found: Iterable[Told] = _module(profile).entries(answer, where, *more)
        return found
    from psd2_affordability.connect.dialects.berlin_group.statements import card_entries_of, entries_of

    if "cardTransactions" in answer:
        return card_entries_of(answer, where, debits_positive=False)
    return entries_of(answer, where)


def _balances(answer: Mapping[str, Any], profile: Profile, where: str) -> Iterable[BalanceRead]:
    if profile.dialect not in _BERLIN_FAMILY:
        more = {"licensed_provider": (profile,), "uk_open_banking": (profile.rows,)}
        found: Iterable[BalanceRead] = _module(profile).balances(
            answer, where, *more.get(profile.dialect, ())
        )
        return found
    from psd2_affordability.connect.dialects.berlin_group.accounts import balances_of

    return balances_of(answer.get("balances"), AccountListed("", "", "EUR"), where)


def _module(profile: Profile) -> Any:
    return import_module(f"psd2_affordability.connect.dialects.{profile.dialect}")


def _account_of(answer: Mapping[str, Any], told: Sequence[Told]) -> str:
    """Return the account that an answer is of; empty when it does not say."""
    named = text(first_at(answer, _ACCOUNT))
    for *_, entry in told[:1]:
        named = named or text(first_at(entry, _ACCOUNT_OF_ENTRY))
    return compact(named)


def _entry(row: Mapping[str, Any]) -> Entry:
    balance = row["balance_after_ct"]
    return Entry(
        status=row["status"],
        booked=_number(row["booked_on"]),
        valued=_number(row["value_on"]),
        cents=row["amount_ct"],
        currency=row["currency"],
        name=row["counterparty_name"],
        iban=row["counterparty_iban"],
        creditor_id=row["creditor_id"],
        mandate_id=row["mandate_id"],
        remittance=row["remittance"],
        bank_code=row["bank_code"],
        purpose_code=row["purpose_code"],
        return_reason=row["return_reason"],
        balance_after=NO_BALANCE if balance is None else balance,
        entry_reference=row["entry_reference"],
    )


def _number(day: date | None) -> int:
    return NO_DAY if day is None else day_number(day)
