"""Payments far larger than all others of their kind whose amount may be wrong: they are asked about."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import SET_ASIDE, TURNOVER, Kinds
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.ledger.arrays import Ints, stretches

#: An amount is unlikely from so many cents, so many times the next largest, and so many times the middle
#: of the same payee: of an income, and of a cost. These are choices, as no source gives any: above a bonus, a
#: kitchen or a car, and below a comma that was forgotten.
_BARS = np.array([1_000_00, 5, 10])[:, None], np.array([2_500_00, 50, 50])[:, None]
#: Fewer others do not tell what is usual.
_FEWEST = 3
#: So much income in a month nearly nobody has: a choice, as no source gives one.
_INCOME_OF_NOBODY_CT = 50_000_00
#: An income that nobody should reckon with before the amounts are confirmed.
UNLIKELY_INCOME = Unknown(
    "income.unlikely",
    "More income comes in in a month than nearly anybody has, so the amounts may be wrong.",
    "Are the amounts in these data right, and what is the income a month?",
)


def directions(categories: Sequence[str], kinds: Kinds) -> Ints:
    """Return the way that the money of each kind goes: 1 comes in, -1 goes out, 0 is not looked at.

    Turnover and the tax on it are uneven by nature, and what is no part of a usual month cannot spoil one.
    """
    comes_in, goes_out = kinds.income - TURNOVER, (kinds.fixed | kinds.debts | kinds.flexible) - SET_ASIDE
    return np.array([1 if name in comes_in else -(name in goes_out) for name in categories], np.int64)


def far_larger(
    starts: Ints, payee: npt.NDArray[np.int32], cents: Ints, direction: Ints
) -> Iterator[tuple[int, int, int]]:
    """Find the payment of a group that is far larger than every other; yield its place, size, and the usual.

    The usual one is the middle one of the same payee; who is paid seldom may well be paid much.

    Args:
        starts: where each group of payments starts.
        payee: who pays or is paid, by payment.
        cents: signed; nothing, and what goes the other way, is not looked at.
        direction: the way that the money of each group goes, as `directions` has it.

    >>> pay = np.array([2_000_00, 2_000_00, 200_000_00, 2_100_00])
    >>> list(far_larger(np.zeros(1, np.int64), np.ones(4, np.int64), pay, np.ones(1, np.int64)))
    [(2, 20000000, 200000)]
    """
    if not len(starts):
        return
    sizes = np.diff(starts, append=len(cents))
    largest = np.where(direction > 0, np.maximum.reduceat(cents, starts), -np.minimum.reduceat(cents, starts))
    least, times_next, times_middle = np.where(direction > 0, *_BARS)
    at = np.flatnonzero((direction != 0) & (sizes > _FEWEST) & (largest >= least))
    if not len(at):
        return
    count = sizes[at]
    rows, ends = stretches(starts[at], starts[at] + count), np.cumsum(count)
    size = cents[rows] * np.repeat(direction[at], count)
    at_top = size == np.repeat(largest[at], count)
    next_largest = np.maximum.reduceat(np.where(at_top, 0, size), ends - count)
    alone = np.add.reduceat(at_top, ends - count, dtype=np.int64) == 1
    for one in np.flatnonzero(alone & (largest[at] >= times_next[at] * next_largest)).tolist():
        its = slice(int(ends[one] - count[one]), int(ends[one]))
        paid, who = size[its], payee[rows[its]]
        top = int(paid.argmax())
        others = np.sort(paid[(paid > 0) & (paid < paid[top]) & (who == who[top])])
        middle = int(others[(len(others) - 1) // 2]) if len(others) >= _FEWEST else 0
        if middle and paid[top] >= times_middle[at[one]] * middle:
            yield int(rows[its.start + top]), int(paid[top]), middle


def unlikely_income(facts: Facts) -> int | None:
    """Return the income of a usual month in cents, turnover left out, when nearly nobody has so much."""
    # half of the months have at least the usual one, so that few people need be looked at
    if 2 * facts.moved < _INCOME_OF_NOBODY_CT * max(1, facts.slots):
        return None
    wanted = facts.kinds.income - TURNOVER
    earned = [months for code, months in facts.by_month.items() if code in wanted]
    months = sorted(map(sum, zip(*earned, strict=True)))
    usual = months[(len(months) - 1) // 2] if months else 0
    return usual if usual >= _INCOME_OF_NOBODY_CT else None


def say_unlikely(facts: Facts) -> Iterator[Reason]:
    """Ask about each amount that may be wrong, and about an income that nearly nobody has."""
    for one in facts.unlikely:
        yield reason(
            "amounts.unlikely",
            "{amount} of {payee} on {day} is far more than the other payments of its kind; {counted} is "
            "counted in its place. Ask whether the amount is right, and what it was.",
            "Een bedrag van {amount} van {payee} op {day} is veel meer dan andere bedragen van deze soort. "
            "Daarom telt er {counted} mee. Vraag of het bedrag klopt en wat het was.",
            amount=Money(one.cents),
            payee=one.payee,
            day=day_of(one.day),
            counted=Money(one.counted),
            transactions=[one.tx],
        )
    income = facts.once(unlikely_income)
    if income is not None:
        yield reason(
            "income.unlikely",
            "{amount} of income comes in in a month, which nearly nobody has. Ask whether the amounts are "
            "right: a comma may be missing.",
            "Er komt {amount} inkomen per maand binnen. Bijna niemand heeft zo veel. Vraag of de bedragen "
            "kloppen. Misschien ontbreekt er een komma.",
            amount=Money(income),
        )
