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


def least_euros(guess: int, turns: Callable[[int], bool], *, most: int = MOST) -> Money | None:
    """Return the least whole euros that turn, or None when the most allowed does not.

    Args:
        guess: where to begin; right or nearly so when the change is a plain one.
        turns: whether so many euros turn it; more never turn it back.
        most: no more than this is allowed.
    """
    if most < 1:
        return None
    low, high = 0, min(max(1, guess), most)
    if turns(high):
        if high == 1 or not turns(high - 1):
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


def least_to_fill(short: int, still_short: Callable[[int], int], *, most: int) -> Money | None:
    """Return the least whole euros that leave nothing short, or None when the most allowed leaves some.

    A euro fills at most a euro: fewer than what is short at one try are never enough for the next one.
    How much of a euro the last try filled tells where to try next.

    Args:
        short: cents that are short now.
        still_short: cents that so many more euros leave short, below zero when they are too many; more
            euros never leave more short.
        most: no more euros than this are allowed.
    """
    low, left, tried, filled = 0, short, 1, 0
    enough, over, wide = most + 1, 0, most + 1
    least = at = euros_up(short)
    while least < enough:
        at = min(max(at, least), enough - 1)
        found = still_short(at)
        if found <= 0:
            enough, over = at, -found
        elif at == most:
            return None
        else:
            tried, filled = at - low, left - found
            low, left, least = at, found, at + euros_up(found)
        if enough > most:
            at = low + -(-left * tried // filled) if filled > 0 else most
            continue
        at = low + -(-left * (enough - low) // (left + over))
        if 2 * (enough - least) > wide:
            at = (least + enough) // 2
        wide = enough - least
    return Money(enough * 100) if enough <= most else None
