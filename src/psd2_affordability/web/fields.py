"""Reads what somebody typed in a field: a day or a whole number."""

from datetime import date

from psd2_affordability.core.dates import iso_day
from psd2_affordability.core.errors import UsageError

_DIGITS = 4


def day_in(text: str, today: date) -> date:
    """Read a day; nothing means today."""
    if not text:
        return today
    try:
        return iso_day(text)
    except ValueError as error:
        raise UsageError(str(error)) from None


def whole_in(text: str, where: str) -> int | None:
    """Read a whole number of a form; nothing when it is left empty.

    >>> whole_in(" 24 ", "months"), whole_in("", "months")
    (24, None)

    Raises:
        UsageError: something else than digits, or more than four of them.
    """
    plain = text.strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and len(plain) <= _DIGITS):
        raise UsageError("a whole number is asked for", where=where)
    return int(plain)
