"""A block of rows of a table, read a column at a time into entries."""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import repeat

from psd2_affordability.connect.files.csv_cells import amounts, balances, days, signed
from psd2_affordability.connect.files.csv_table import Columns, Table
from psd2_affordability.connect.files.narrative import Narrative, read_narrative
from psd2_affordability.connect.files.statement import NO_BALANCE, NO_DAY, Entry
from psd2_affordability.connect.files.text import clean, iban_or_nothing
from psd2_affordability.connect.reference import believable
from psd2_affordability.core.iban import dutch_iban
from psd2_affordability.ledger.schema import BOOKED, PENDING

#: What Revolut says of a row; anything else, such as a reverted payment, was never booked.
_STATES = {"completed": BOOKED, "voltooid": BOOKED, "pending": PENDING, "in behandeling": PENDING}
_FEE = "Fee"

#: Makes an entry of its fields without a step in Python, for each of many rows.
_ENTRY = partial(tuple.__new__, Entry)

#: Card payments at some banks: the shop, a mark, and the town.
_SHOP = re.compile(r"(?:\[[^\]]{1,30}\])?\s*(\S[^>]{0,60}?)\s*>")
_RETURN_REASON = re.compile(r"\b[A-Z]{2}[0-9]{2}\b")


class NoBooking(ValueError):
    """The row tells of a payment that was never booked."""


def read_block(rows: Sequence[Sequence[str]], table: Table) -> tuple[list[str], list[Entry]]:
    """Read rows that have the table's width: the account of each, and the entry.

    Raises:
        NoBooking: some row was never booked.
        ValueError: some row cannot be read. With more than one row, which one is not said.
    """
    if not rows:
        return [], []
    columns = Columns(rows, table)
    statuses = _statuses(columns)
    cents = amounts(columns.needed("amount"), table.layout.mark)
    if (sides := columns.get("side")) is not None:
        cents = signed(cents, sides)
    names, ibans, creditors, mandates, texts, purposes, reasons = _said(columns)
    fields = (
        statuses,
        _booked(columns, statuses),
        _valued(columns),
        cents,
        _currencies(columns),
        names,
        ibans,
        creditors,
        mandates,
        texts,
        columns.words("code"),
        purposes,
        reasons,
        _balances(columns, cents),
        map(believable, columns.words("reference")),
    )
    found = list(map(_ENTRY, zip(*fields, strict=False)))
    accounts = _accounts(columns)
    if (fees := columns.get("fee")) is not None:
        return _with_fees(accounts, found, amounts(fees, table.layout.mark))
    return accounts, found


def _said(columns: Columns) -> tuple[Iterable[str], ...]:
    """What the rows say, a column for each field of a narrative."""
    told = columns.get("told")
    if told is None:
        return _in_columns(columns)
    return tuple(zip(*map(_told, told, columns.words("name"), _ibans(columns)), strict=True))


def _statuses(columns: Columns) -> Sequence[str]:
    column = columns.get("state")
    if column is None:
        return [BOOKED] * columns.rows
    known = {state: _STATES.get(state.strip().casefold(), "") for state in set(column)}
    for state, status in known.items():
        if not status:
            raise NoBooking(f"a payment in the state {clean(state)[:20]!r} was never booked")
    return [known[state] for state in column]


def _booked(columns: Columns, statuses: Sequence[str]) -> list[int]:
    """Booking days; where the bank gives none yet, the day on which the payment started."""
    first, second = columns.get("booked"), columns.get("started")
    booked = days(first or second or ())
    if first and second and NO_DAY in booked:
        started = days(second)
        booked = [day if day != NO_DAY else start for day, start in zip(booked, started, strict=True)]
    if any(day == NO_DAY and status == BOOKED for day, status in zip(booked, statuses, strict=True)):
        raise ValueError("the row has no booking day")
    return booked


def _valued(columns: Columns) -> Iterable[int]:
    column = columns.get("valued")
    return repeat(NO_DAY) if column is None else days(column)


def _currencies(columns: Columns) -> Iterable[str]:
    if columns.get("currency") is None:
        return repeat("EUR")
    return [text.upper() or "EUR" for text in columns.words("currency")]


def _balances(columns: Columns, cents: Sequence[int]) -> Iterable[int]:
    """Balances after each row; some banks state the one before it instead."""
    mark = columns.layout.mark
    if (after := columns.get("balance")) is not None:
        return balances(after, mark)
    if (before := columns.get("balance_before")) is not None:
        return [
            balance + amount if balance != NO_BALANCE else NO_BALANCE
            for balance, amount in zip(balances(before, mark), cents, strict=True)
        ]
    return repeat(NO_BALANCE)


def _accounts(columns: Columns) -> list[str]:
    """The account of each row: its IBAN, the bank's own number, or the name of the product."""
    label = columns.layout.account
    column = columns.words("product" if label else "account")
    known = {
        text: f"{label} {clean(text)}".strip() if label else _account(text, columns.layout.bank_code)
        for text in set(column)
    }
    return [known[text] for text in column]


def _account(text: str, bank_code: str) -> str:
    account = iban_or_nothing(text) or clean(text)
    if bank_code and account.isdecimal():
        return dutch_iban(bank_code, account)
    if not account:
        raise ValueError("the row names no account")
    return account


def _ibans(columns: Columns) -> list[str]:
    """IBANs of the other side; some banks write a BIC before it."""
    column = columns.words("iban")
    known = {text: iban_or_nothing(text) or iban_or_nothing(text.rpartition(" ")[2]) for text in set(column)}
    return [known[text] for text in column]


def _told(text: str, name: str, iban: str) -> Narrative:
    """What a bank packs into one text, as it does in MT940; columns of their own count for more."""
    told = read_narrative(text)
    remittance = told.remittance or " ".join(text.split())
    return told._replace(name=name or told.name, iban=iban or told.iban, remittance=remittance)


def _in_columns(columns: Columns) -> tuple[Iterable[str], ...]:
    """What stands in columns of its own."""
    texts = columns.words("text")
    if columns.layout.spill >= 0:
        texts = [_unquoted(text) for text in texts]
    structured = columns.get("structured")
    if structured is not None and any(structured):
        texts = [_joined(text, extra) for text, extra in zip(texts, structured, strict=True)]
    names = columns.words("name")
    if not all(names):
        names = [name or _shop(text) for name, text in zip(names, texts, strict=True)]
    reasons = columns.get("reason")
    return (
        names,
        _ibans(columns),
        columns.words("creditor_id"),
        columns.words("mandate_id"),
        texts,
        repeat(""),
        map(_reason, reasons) if reasons is not None and any(reasons) else repeat(""),
    )


def _unquoted(text: str) -> str:
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] == "'" else text


def _joined(text: str, extra: str) -> str:
    extra = _unquoted(" ".join(extra.split()))
    return text if extra in text else f"{text} {extra}".strip()


def _shop(text: str) -> str:
    found = _SHOP.match(text)
    return found[1] if found else ""


def _reason(text: str) -> str:
    found = _RETURN_REASON.search(text)
    return found[0] if found else ""


def _with_fees(
    accounts: Sequence[str], entries: Sequence[Entry], fees: Sequence[int]
) -> tuple[list[str], list[Entry]]:
    """Give a fee, which the bank takes off besides the amount, a row of its own."""
    owners: list[str] = []
    found: list[Entry] = []
    for account, entry, fee in zip(accounts, entries, fees, strict=True):
        owners.append(account)
        if not fee:
            found.append(entry)
            continue
        after = entry.balance_after
        charge = entry._replace(
            cents=-fee, name="", remittance=f"{_FEE}: {entry.name}", bank_code=_FEE, entry_reference=""
        )
        owners.append(account)
        found += [entry._replace(balance_after=after + fee if after != NO_BALANCE else after), charge]
    return owners, found
