"""The least number of whole euros that turns something."""

from collections.abc import Callable

from psd2_affordability.core.money import Money

#: A change of more than this a month, or on an account, is no advice.
MOST = 100_000


def euros_up(cents: int) -> int:
    """Return the whole euros that hold an amount, never below one.

    >>> euros_up(1201), euros_up(1200), euros_up(-5)
    (13, 12, 1)
    """
    return max(1, -(-cents // 100))


def least_euros(
    guess: int, turns: Callable[[int], bool], *, most: int = MOST, never_less: bool = False
) -> Money | None:
    """Return the least whole euros that turn, or None when the most allowed does not.

    Args:
        guess: where to begin; right or nearly so when the change is a plain one.
        turns: whether so many euros turn it; more never turn it back.
        most: no more than this is allowed.
        never_less: fewer than the guess are known not to turn it.
    """
    if most < 1:
        return None
    low, high = 0, min(max(1, guess), most)
    if turns(high):
        if never_less or high == 1 or not turns(high - 1):
            return Money(high * 100)
        high -= 1
    else:
        if high == most or not turns(most):
            return None
        low, step = high, 1
        while not turns(high := min(low + step, most)):
            low, step = high, step * 2
    while high - low > 1:
        middle = (low + high) // 2
        if turns(middle):
            high = middle
        else:
            low = middle
    return Money(high * 100)
