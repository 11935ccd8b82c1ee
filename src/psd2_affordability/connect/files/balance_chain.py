"""The chain of balances: each row's balance after is the one before it plus its amount."""

from collections.abc import Iterable, Sequence

from psd2_affordability.connect.files.statement import NO_BALANCE, Entry, Statement, to_date
from psd2_affordability.connect.result import BalanceRead
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.schema import BOOKED


def close(statement: Statement) -> None:
    """Take opening and closing balance from the balances that the rows state, if they state any.

    Exports list the oldest first or the newest first, and some sort by another day than they book
    by: the order that the balances bear out is the right one. Where none is borne out, the
    statement gets a fault.
    """
    booked = [entry for entry in statement.entries if entry.status == BOOKED]
    if all(entry.balance_after == NO_BALANCE for entry in booked):
        return
    order, breaks = _best_order(booked)
    statement.opening = BalanceRead("openingBooked", _before(order), to_date(order[0].booked))
    statement.closing = BalanceRead("closingBooked", _after(order), to_date(order[-1].booked))
    statement.balances = [statement.opening, statement.closing]
    if breaks:
        first = to_date(order[breaks[0]].booked)
        statement.fault = (
            f"the balance after a row does not follow from the row before it in {len(breaks)} places, "
            f"first on {first}: rows may be missing"
        )


def _best_order(booked: Sequence[Entry]) -> tuple[Sequence[Entry], list[int]]:
    """The order with the fewest breaks, and where these are."""
    best: tuple[Sequence[Entry], list[int]] | None = None
    for order in _orders(booked):
        breaks = _breaks(order)
        if not breaks:
            return order, breaks
        if best is None or len(breaks) < len(best[1]):
            best = order, breaks
    return best or (booked, [])


def _orders(booked: Sequence[Entry]) -> Iterable[Sequence[Entry]]:
    turned = booked[::-1]
    ways = (booked, turned) if booked[0].booked <= booked[-1].booked else (turned, booked)
    yield from ways
    for way in ways:
        yield sorted(way, key=_by_day)


def _by_day(entry: Entry) -> int:
    return entry.booked


def _breaks(order: Sequence[Entry]) -> list[int]:
    """Places where the balance stated is not the one reached."""
    breaks: list[int] = []
    reached: int | None = None
    for at, entry in enumerate(order):
        if reached is not None:
            reached += entry.cents
        if entry.balance_after != NO_BALANCE:
            if reached is not None and reached != entry.balance_after:
                breaks.append(at)
            reached = entry.balance_after
    return breaks


def _before(order: Sequence[Entry]) -> Money:
    """Balance before the first row: from the first one stated, back over the rows up to it."""
    moved = 0
    for entry in order:
        moved += entry.cents
        if entry.balance_after != NO_BALANCE:
            return Money(entry.balance_after - moved)
    return Money(0)


def _after(order: Sequence[Entry]) -> Money:
    """Balance after the last row: from the last one stated, on over the rows behind it."""
    moved = 0
    for entry in reversed(order):
        if entry.balance_after != NO_BALANCE:
            return Money(entry.balance_after + moved)
        moved += entry.cents
    return Money(0)
