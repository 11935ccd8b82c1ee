"""Payments far larger than all others of their kind whose amount may be wrong: they are asked about."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from psd2_affordability.assess.facts import Facts, day_of
from psd2_affordability.assess.kinds import SET_ASIDE, TURNOVER, Kinds
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.ledger.arrays import Flags, Ints
from psd2_affordability.ledger.order import run_starts

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


def far_larger(group: Ints, payee: npt.NDArray[np.int32], size: Ints, incoming: Flags) -> dict[int, int]:
    """Find the payment of a group that is far larger than every other; return the usual one by its place.

    That is the middle one of the same payee; who is paid seldom may well be paid much.

    Args:
        group: of each payment, in order.
        payee: who pays or is paid.
        size: in cents; nothing and less is not looked at.
        incoming: whether it is income.

    >>> pay = np.array([2_000_00, 2_000_00, 200_000_00, 2_100_00])
    >>> far_larger(np.zeros(4, np.int64), np.ones(4, np.int64), pay, np.ones(4, np.bool_))
    {2: 200000}
    """
    if not len(group):
        return {}
    starts = run_starts(group)
    ends = np.append(starts[1:], len(group))
    largest = np.maximum.reduceat(size, starts)
    at_top = size == np.repeat(largest, ends - starts)
    next_largest = np.maximum.reduceat(np.where(at_top, 0, size), starts)
    least, times_next, times_middle = np.where(incoming[starts], *_BARS)
    alone = (np.add.reduceat(at_top, starts, dtype=np.int64) == 1) & (ends - starts > _FEWEST)
    candidates = np.flatnonzero(alone & (largest >= least) & (largest >= times_next * next_largest))
    found: dict[int, int] = {}
    for at in candidates.tolist():
        its, paid = size[starts[at] : ends[at]], payee[starts[at] : ends[at]]
        top = int(its.argmax())
        others = np.sort(its[(its > 0) & (its < its[top]) & (paid == paid[top])])
        middle = int(others[(len(others) - 1) // 2]) if len(others) >= _FEWEST else 0
        if middle and its[top] >= times_middle[at] * middle:
            found[int(starts[at]) + top] = middle
    return found


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
