"""Shares with their count and their uncertainty, in exact decimals."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

#: Two-sided, 95 %.
_Z = Decimal("1.959963984540054")
_EXACT = Context(prec=40, rounding=ROUND_HALF_UP)
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of rows, with the Wilson interval in which the true share lies with 95 % confidence.

    Attributes:
        count: how many.
        n: out of how many.
        share: count / n; None when there is nothing to count.
        low: lower bound.
        high: upper bound.
    """

    count: int
    n: int
    share: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


def rate(count: int, n: int) -> Rate:
    """Return a share with its interval.

    >>> rate(1, 10)
    Rate(count=1, n=10, share=Decimal('0.1000'), low=Decimal('0.0179'), high=Decimal('0.4042'))
    >>> rate(0, 0)
    Rate(count=0, n=0, share=None, low=None, high=None)
    """
    if not n:
        return Rate(count, n)
    share, rows, square = _EXACT.divide(Decimal(count), Decimal(n)), Decimal(n), _Z * _Z
    middle = share + square / (2 * rows)
    half = _Z * _EXACT.sqrt(share * (1 - share) / rows + square / (4 * rows * rows))
    whole = 1 + square / rows
    low, high = (middle - half) / whole, (middle + half) / whole
    return Rate(count, n, places(share), places(max(Decimal(0), low)), places(min(Decimal(1), high)))


def places(value: Decimal) -> Decimal:
    """Round a share to four places.

    >>> places(Decimal(2) / 3)
    Decimal('0.6667')
    """
    return value.quantize(_PLACES, rounding=ROUND_HALF_UP)


def ratio(top: int, bottom: int) -> Decimal | None:
    """Divide two whole numbers to four places; None when there is nothing to divide by.

    >>> ratio(1, 3), ratio(0, 0)
    (Decimal('0.3333'), None)
    """
    return places(_EXACT.divide(Decimal(top), Decimal(bottom))) if bottom else None
