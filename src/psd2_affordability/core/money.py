"""Money as whole cents, so that sums are exact and a rounding is always a named step."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

_DUTCH_MARKS = str.maketrans(",.", ".,")
_EUROS = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,2})?", re.ASCII)


class Rounding(StrEnum):
    """How an exact amount becomes whole cents; the law or the source names it."""

    HALF_UP = "half_up"
    UP = "up"
    DOWN = "down"


#: A portfolio rounds very often, and looking up a member of an enumeration takes a while.
_HALF_UP, _UP = Rounding.HALF_UP, Rounding.UP


def round_exact(value: Fraction, rounding: Rounding) -> int:
    """Round an exact number to a whole one; halves and directions count away from zero.

    >>> round_exact(Fraction(5, 2), Rounding.HALF_UP), round_exact(Fraction(-5, 2), Rounding.HALF_UP)
    (3, -3)
    """
    return _round_ratio(value.numerator, value.denominator, rounding)


def _round_ratio(top: int, bottom: int, rounding: Rounding) -> int:
    size = abs(top)
    if rounding is _HALF_UP:
        whole = (2 * size + bottom) // (2 * bottom)
    else:
        whole = -(-size // bottom) if rounding is _UP else size // bottom
    return whole if top >= 0 else -whole


@dataclass(frozen=True, slots=True, order=True, init=False)
class Money:
    """An amount in euros, held as whole cents.

    >>> Money.euros("12.50") + Money(50)
    Money(cents=1300)
    >>> str(Money(-123456))
    '-1234.56'
    """

    cents: int

    def __init__(self, cents: int) -> None:
        if type(cents) is not int:
            raise TypeError(f"Money holds whole cents as int, not {type(cents).__name__}")
        _hold_cents(self, cents)

    @classmethod
    def euros(cls, amount: str | int | Decimal | Fraction) -> "Money":
        """Make money from an exact amount in euros; a fraction of a cent is refused.

        Raises:
            ValueError: not a plain decimal amount, or finer than a cent.

        >>> Money.euros(Decimal("0.10")).cents
        10
        """
        if isinstance(amount, str):
            if not _EUROS.fullmatch(amount):
                raise ValueError(f"'{amount}' is not an amount in euros such as 1234.50")
            amount = Decimal(amount)
        elif isinstance(amount, bool) or not isinstance(amount, (int, Decimal, Fraction)):
            raise TypeError(f"an amount in euros is exact, never {type(amount).__name__}")
        elif isinstance(amount, Decimal) and not amount.is_finite():
            raise ValueError(f"'{amount}' is not an amount")
        cents = Fraction(amount) * 100
        if cents.denominator != 1:
            raise ValueError(f"{amount} euros is finer than a cent")
        return cls(cents.numerator)

    @classmethod
    def rounded(cls, euros: Fraction | Decimal | int, rounding: Rounding = Rounding.HALF_UP) -> "Money":
        """Round an exact amount in euros to the cent, by the named rule.

        >>> Money.rounded(Fraction(1, 3)).cents
        33
        """
        top, bottom = euros.as_integer_ratio()
        return _made(_round_ratio(top * 100, bottom, rounding))

    @classmethod
    def total(cls, amounts: Iterable["Money"]) -> "Money":
        """Sum amounts; nothing sums to zero."""
        return _made(sum([amount.cents for amount in amounts]))

    def times(self, rate: Decimal | Fraction | int, rounding: Rounding = Rounding.HALF_UP) -> "Money":
        """Multiply by an exact rate and round once.

        >>> Money.euros(100).times(Decimal("0.95"))
        Money(cents=9500)
        """
        top, bottom = rate.as_integer_ratio()
        return _made(_round_ratio(self.cents * top, bottom, rounding))

    def clamp(self, low: "Money", high: "Money") -> "Money":
        """Keep the amount within two bounds."""
        return max(low, min(self, high))

    @property
    def exact(self) -> Fraction:
        """The amount in euros as an exact fraction, for a formula that rounds once at its end."""
        return Fraction(self.cents, 100)

    def __add__(self, other: "Money") -> "Money":
        return _made(self.cents + other.cents)

    def __sub__(self, other: "Money") -> "Money":
        return _made(self.cents - other.cents)

    def __neg__(self) -> "Money":
        return _made(-self.cents)

    def __abs__(self) -> "Money":
        return _made(abs(self.cents))

    def __mul__(self, count: int) -> "Money":
        return Money(self.cents * count)

    def __bool__(self) -> bool:
        return self.cents != 0

    def __str__(self) -> str:
        """Two decimals and a point: the form that JSON carries."""
        sign = "-" if self.cents < 0 else ""
        return f"{sign}{abs(self.cents) // 100}.{abs(self.cents) % 100:02d}"

    def spoken(self, *, language: str = "en") -> str:
        """The amount as a person reads it.

        >>> Money(123456).spoken(), Money(-123456).spoken(language="nl")
        ('€1,234.56', '-€ 1.234,56')
        """
        sign = "-" if self.cents < 0 else ""
        grouped = f"{abs(self.cents) // 100:,}.{abs(self.cents) % 100:02d}"
        if language == "nl":
            return f"{sign}€ {grouped.translate(_DUTCH_MARKS)}"
        return f"{sign}€{grouped}"


#: Writing the slot itself, once, while an amount is made: a portfolio makes very many.
_hold_cents = vars(Money)["cents"].__set__

_new = object.__new__


def _made(cents: int) -> Money:
    """Make an amount of what is known to be whole cents."""
    made = _new(Money)
    _hold_cents(made, cents)
    return made


ZERO = Money(0)
