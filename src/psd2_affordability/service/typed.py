"""Amounts as people type them: on the command line, on the pages, and in an address of the interface."""

import re

from psd2_affordability.core.errors import UsageError
from psd2_affordability.core.money import Money

#: As many digits before the cents as an amount anywhere else can have.
_MOST_DIGITS = 12
_LONGEST = 40
_MINUS = "-\N{MINUS SIGN}"
_TYPED = re.compile(
    rf"""
    (?P<minus>[{_MINUS}])?
    \s*(?:€|EUR)?\s*
    (?P<late_minus>[{_MINUS}])?
    (?P<whole>
        [0-9]+
        | [1-9][0-9]{{0,2}} (?P<mark>[.,]) [0-9]{{3}} (?:(?P=mark)[0-9]{{3}})*
    )
    (?: (?P<point>[.,]) (?P<cents>[0-9]{{1,2}}|-) )?
    """,
    re.VERBOSE | re.IGNORECASE,
)


def typed_euros(text: str, where: str) -> Money | None:
    """Read an amount in euros that is not negative; None when nothing was typed.

    Thousands may be marked by points or commas, and cents stand after the other of the two. What can
    be read in two ways is asked for again, not guessed.

    Args:
        text: what was typed.
        where: the option or field, for messages.

    Raises:
        UsageError: no amount, one below zero, or one that can be read in two ways.

    >>> [str(typed_euros(text, "")) for text in ("1250", "1250.5", "€ 1.250,50", "1,250.50", "1250,-")]
    ['1250.00', '1250.50', '1250.50', '1250.50', '1250.00']
    >>> typed_euros("1.250", "debt")
    Traceback (most recent call last):
    ...
    psd2_affordability.core.errors.UsageError: debt: '1.250' can be read in two ways. Write 1250 or 1.25
    """
    written = text.strip()
    if not written:
        return None
    found = _TYPED.fullmatch(written) if len(written) <= _LONGEST else None
    digits = re.sub("[.,]", "", found["whole"]) if found else ""
    if found is None or len(digits) > _MOST_DIGITS or (found["point"] and found["point"] == found["mark"]):
        raise UsageError("this is not an amount in euros", where=where, do="Write it as 1250.50 or 1250,50")
    if found["minus"] or found["late_minus"]:
        raise UsageError("an amount cannot be negative here", where=where)
    if found["mark"] and found["whole"].count(found["mark"]) == 1 and not found["point"]:
        thousands, rest = found["whole"].split(found["mark"])
        raise UsageError(
            f"'{found['whole']}' can be read in two ways",
            where=where,
            do=f"Write {digits} or {thousands}.{rest[:2]}",
        )
    cents = (found["cents"] or "").replace("-", "")
    return Money.euros(f"{digits}.{cents:0<2}")
