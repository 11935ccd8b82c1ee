"""The cells of a table: amounts, days and words, read a column at a time."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from psd2_affordability.connect.files.statement import NO_BALANCE, NO_DAY, day_number, hundredths

_PLAIN = {mark: re.compile(rf"[+-]?[0-9]{{1,15}}{re.escape(mark)}[0-9]{{2}}", re.ASCII) for mark in ",."}
_AMOUNT = {
    mark: re.compile(
        rf"([+-]?)([0-9]+|[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+)(?:{re.escape(mark)}([0-9]*))?([+-]?)",
        re.ASCII,
    )
    for mark, group in ((",", "."), (".", ","))
}
_DAYS = (
    re.compile(r"(?P<year>[0-9]{4})-?(?P<month>[0-9]{2})-?(?P<day>[0-9]{2})(?:[ T][0-9:.]+Z?)?", re.ASCII),
    re.compile(r"(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})", re.ASCII),
)

_DEBIT = frozenset({"af", "debit", "debet", "d", "db"})
_CREDIT = frozenset({"bij", "credit", "c", "cr"})


def cents_of(text: str, mark: str) -> int:
    """Read one signed amount; the mark decides where one separator could be either.

    Raises:
        ValueError: it is no amount in whole cents.

    >>> cents_of("+1.234,50", ","), cents_of("-1,234.5", ","), cents_of("12,00-", ","), cents_of("1.234", ",")
    (123450, -123450, -1200, 123400)
    """
    text = text.strip()
    for pattern in (_AMOUNT[mark], _AMOUNT["." if mark == "," else ","]):
        if found := pattern.fullmatch(text):
            before, whole, part, after = found.groups("")
            if before and after:
                break
            cents = hundredths(whole.replace(",", "").replace(".", ""), part)
            return -cents if "-" in (before, after) else cents
    raise ValueError("the amount is not a plain decimal number")


def amounts(column: Sequence[str], mark: str) -> list[int]:
    """Read a column of amounts.

    Raises:
        ValueError: one is no amount.
    """
    if all(map(_PLAIN[mark].fullmatch, column)):
        return [int(text[:-3] + text[-2:]) for text in column]
    return [cents_of(text, mark) for text in column]


def balances(column: Sequence[str], mark: str) -> list[int]:
    """Read a column of balances, in which an empty cell states none."""
    if all(column):
        return amounts(column, mark)
    return [cents_of(text, mark) if text.strip() else NO_BALANCE for text in column]


def days(column: Sequence[str]) -> list[int]:
    """Read a column of days; an empty cell has none.

    Raises:
        ValueError: one is no day.
    """
    known = {text: _day(text.strip()) for text in set(column)}
    return [known[text] for text in column]


@lru_cache(maxsize=16_384)
def _day(text: str) -> int:
    if not text:
        return NO_DAY
    for pattern in _DAYS:
        if found := pattern.fullmatch(text):
            try:
                return day_number(date(int(found["year"]), int(found["month"]), int(found["day"])))
            except ValueError:
                break
    raise ValueError(f"'{text[:20]}' is not a day")


def signed(cents: Sequence[int], column: Sequence[str]) -> list[int]:
    """Give amounts the sign that a word beside them tells.

    Raises:
        ValueError: a word is neither debit nor credit, or contradicts the sign of the amount.
    """
    signs = {text: _sign(text) for text in set(column)}
    if min(cents, default=0) < 0 and any(
        amount < 0 < signs[text] for amount, text in zip(cents, column, strict=True)
    ):
        raise ValueError("the amount is negative, yet called a credit")
    return [signs[text] * abs(amount) for amount, text in zip(cents, column, strict=True)]


def _sign(text: str) -> int:
    word = text.strip().casefold()
    if word in _DEBIT:
        return -1
    if word in _CREDIT:
        return 1
    raise ValueError("the row says neither debit nor credit")
