"""What every dialect does with an answer: look things up, follow pages, and say what is missing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from psd2_affordability.connect.port import Statement
from psd2_affordability.connect.profile import RowRules
from psd2_affordability.connect.result import BalanceRead, Rejected
from psd2_affordability.connect.rows import ledger_row, text
from psd2_affordability.connect.strict_json import at, cents
from psd2_affordability.connect.transport import Call
from psd2_affordability.core.dates import iso_day
from psd2_affordability.core.errors import BankAnswerBroken, BankError
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.schema import BOOKED, PENDING

_NEITHER = "the bank calls it neither booked nor pending"
_BROKEN = "Nothing was taken over from this answer; report it to the bank"

#: The status of an entry that moves no money, as the bank says itself: planned, held, refused, cancelled.
NO_BOOKING = "no booking"

#: One entry of a page: booked, pending or neither, its place there, and what it says.
Entry = tuple[str, int, Mapping[str, Any]]


def text_at(tree: Mapping[str, Any], dotted: str, where: str) -> str:
    """Return a text that must be there.

    Raises:
        BankAnswerBroken: it is not.
    """
    found = text(at(tree, dotted))
    if not found:
        raise BankAnswerBroken(f"the bank's answer lacks '{dotted}'", where=where, do=_BROKEN)
    return found


def objects(values: object, where: str) -> list[dict[str, Any]]:
    """Return a list of JSON objects; what is absent is an empty list.

    Raises:
        BankAnswerBroken: it is something else.
    """
    if values is None:
        return []
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise BankAnswerBroken(
            "the bank's answer has another shape than its standard", where=where, do=_BROKEN
        )
    return values


def day_or_none(value: object) -> date | None:
    """Return an ISO day, or None for anything else."""
    try:
        return iso_day(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def balance(kind: str, amount: object, on: object, where: str, *, sign: int = 1) -> BalanceRead:
    """Return one balance in euros.

    Raises:
        BankAnswerBroken: its amount is not a plain decimal number.
    """
    try:
        return BalanceRead(type=kind, amount=Money(sign * cents(amount)), on=day_or_none(on))
    except ValueError as error:
        raise BankAnswerBroken(f"a balance cannot be read: {error}", where=where, do=_BROKEN) from None


def each_page(
    first: Call,
    send: Callable[[Call], Mapping[str, Any]],
    following: Callable[[Mapping[str, Any]], Call | None],
    most: int,
) -> Iterator[Mapping[str, Any]]:
    """Yield the bank's pages, empty ones too, to the end or to a loop.

    Args:
        first: the call for the first page.
        send: how a call is made.
        following: the call for the page after this one; None after the last.
        most: more pages than any honest account has.

    Raises:
        BankAnswerBroken: the pages go round in a circle or do not end.
    """
    call, seen = first, {first.url}
    for _ in range(most):
        page = send(call)
        yield page
        after = following(page)
        if after is None:
            return
        if after.url in seen:
            raise _endless("the bank's pages go round in a circle", first.where)
        seen.add(after.url)
        call = after
    raise _endless(f"the bank's pages do not end after {most}", first.where)


def statement(
    pages: Iterator[Mapping[str, Any]],
    entries: Callable[[Mapping[str, Any]], Iterable[Entry]],
    rules: RowRules,
    account: str,
    where: str,
) -> Statement:
    """Read every page into ledger rows; when a page fails, the pages before it are kept.

    Args:
        pages: of one account.
        entries: what stands on one page.
        rules: how an entry becomes a row.
        account: the key of the account in the ledger.
        where: what is being read, for people.
    """
    rows: dict[str, list[dict[str, Any]]] = {BOOKED: [], PENDING: []}
    rejected: list[Rejected] = []
    problem: BankError | None = None
    try:
        for number, page in enumerate(pages, start=1):
            for status, place, entry in entries(page):
                if status not in rows:
                    at_place = f"{where}, page {number}, entry {place}"
                    rejected.append(Rejected(at_place, _NEITHER, lost=status != NO_BOOKING))
                    continue
                try:
                    rows[status].append(ledger_row(entry, rules, account, status))
                except ValueError as error:
                    rejected.append(Rejected(f"{where}, page {number}, {status} {place}", str(error)))
    except BankError as stopped:
        problem = stopped
    return Statement((*rows[BOOKED], *rows[PENDING]), tuple(rejected), problem)


def _endless(what: str, where: str) -> BankAnswerBroken:
    return BankAnswerBroken(what, where=where, do="The pages read so far are kept; report it to the bank")
