"""The proof of an account: opening balance plus booked rows is closing balance, or what is wrong."""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from psd2_affordability.connect.files.statement import Entry, Statement, booked_cents
from psd2_affordability.connect.files.text import iban_or_nothing
from psd2_affordability.connect.result import AccountRead, BalanceRead
from psd2_affordability.core.money import Money


def prove(statements: Sequence[Statement], kept: Sequence[Sequence[Entry]]) -> tuple[AccountRead, ...]:
    """Describe every account of the statements, each with its proof.

    Args:
        statements: of all files, in order.
        kept: the entries of each statement that are in the ledger.
    """
    places: dict[tuple[str, str], list[int]] = {}
    for at, statement in enumerate(statements):
        places.setdefault((statement.account, statement.currency), []).append(at)
    return tuple(
        _account([statements[at] for at in inside], [kept[at] for at in inside]) for inside in places.values()
    )


def _account(statements: Sequence[Statement], kept: Sequence[Sequence[Entry]]) -> AccountRead:
    first = statements[0]
    runs = _runs(statements)
    opening = _opening(runs)
    moved = Money(sum(booked_cents(entries, first.currency) for entries in kept))
    closing = _closing(runs, opening.amount + moved if opening else None)
    whole = all(run[0].opening and run[-1].closing for run in runs if any(each.entries for each in run))
    proven, why_not = _verdict(statements, opening, closing, moved, whole=whole)
    return AccountRead(
        account=first.account,
        iban=iban_or_nothing(first.account),
        currency=first.currency,
        balances=tuple(dict.fromkeys(balance for each in statements for balance in each.balances)),
        opening=opening,
        closing=closing,
        proven=proven,
        why_not=why_not,
    )


def _verdict(
    statements: Sequence[Statement],
    opening: BalanceRead | None,
    closing: BalanceRead | None,
    moved: Money,
    *,
    whole: bool,
) -> tuple[bool | None, str]:
    for statement in statements:
        start, end = statement.opening, statement.closing
        added = _fault(start.amount, statement.moved, end.amount) if start and end else ""
        if fault := statement.fault or added:
            which = f"{PurePath(statement.file).name}, statement {statement.number or 'without number'}"
            unread = f"; {statement.unread} of its rows could not be read" if statement.unread else ""
            return False, f"{which}: {fault}{unread}"
    if opening is None or closing is None:
        return None, _unstated(opening, closing)
    if not whole:
        return None, "one of its files states no opening and closing balance"
    if fault := _fault(opening.amount, moved, closing.amount):
        return False, f"taken together, {fault}: a statement in between may be missing"
    return True, ""


def _unstated(opening: BalanceRead | None, closing: BalanceRead | None) -> str:
    kinds = ["opening"] * (opening is None) + ["closing"] * (closing is None)
    return f"no {' or '.join(kinds)} balance is stated, so nothing proves that the rows are complete"


def _fault(opening: Money, moved: Money, closing: Money) -> str:
    if opening + moved == closing:
        return ""
    return (
        f"the opening balance {opening} plus the booked rows {moved} is {opening + moved}, "
        f"but the closing balance says {closing}"
    )


def _runs(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements of each file, oldest first: a file lists them in order, or in reverse."""
    files: dict[str, list[Statement]] = {}
    for statement in statements:
        files.setdefault(statement.file, []).append(statement)
    for run in files.values():
        if _day(run[0].closing, date.min) > _day(run[-1].closing, date.max):
            run.reverse()
    return list(files.values())


def _opening(runs: Sequence[Sequence[Statement]]) -> BalanceRead | None:
    """Opening of the earliest file; of two that open on one day, the one that follows no other."""
    ends = {run[-1].closing.amount for run in runs if run[-1].closing}

    def order(balance: BalanceRead) -> tuple[date, bool]:
        return _day(balance, date.min), balance.amount in ends

    return min((run[0].opening for run in runs if run[0].opening), key=order, default=None)


def _closing(runs: Sequence[Sequence[Statement]], reached: Money | None) -> BalanceRead | None:
    """Closing of the latest file; of two that close on one day, the one that no other follows.

    Two exports of one day may close on it at different moments: the rows of both reach the later one.
    """
    starts = {run[0].opening.amount for run in runs if run[0].opening}

    def order(balance: BalanceRead) -> tuple[date, bool, bool]:
        return _day(balance, date.max), balance.amount not in starts, balance.amount == reached

    return max((run[-1].closing for run in runs if run[-1].closing), key=order, default=None)


def _day(balance: BalanceRead | None, unknown: date) -> date:
    return balance.on if balance and balance.on else unknown
