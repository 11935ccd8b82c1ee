"""Days as numbers, amounts as cents, and how one is divided."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache

from psd2_affordability.core.money import Money

_EPOCH = date(1970, 1, 1).toordinal()


@lru_cache(maxsize=8192)
def day_of(number: int) -> date:
    """Turn a day number, counted from 1 January 1970, into a day."""
    return date.fromordinal(number + _EPOCH)


@lru_cache(maxsize=16_384)
def money_of(cents: int) -> Money:
    """Turn cents into money; streams of many people have the same amounts."""
    return Money(cents)


def number_of(day: date) -> int:
    """Turn a day into its number, counted from 1 January 1970."""
    return day.toordinal() - _EPOCH


def at_share(ordered: Sequence[int], share: Fraction) -> int:
    """Return the value at a share of an ordered series: one that is really in it, the lower of two.

    >>> at_share([10, 20, 30, 40], Fraction(1, 2)), at_share([10, 20, 30, 40], Fraction(9, 10))
    (20, 40)
    """
    return ordered[max(0, -(-share.numerator * len(ordered) // share.denominator) - 1)]


def share_out(cents: int, count: int) -> int:
    """Divide an amount that is not negative, half a cent up.

    >>> share_out(100, 3), share_out(5, 2)
    (33, 3)
    """
    return (2 * cents + count) // (2 * count)
