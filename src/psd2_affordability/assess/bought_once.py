"""Large things bought once, with money that came in for them, and deposits: no cost of each month."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.facts import STRETCH_DAYS, Facts
from psd2_affordability.assess.kinds import (
    BORROWED,
    DEPOSIT,
    HOLIDAY_PAY,
    OWN_ACCOUNT,
    OWN_BUSINESS,
    OWN_SAVINGS,
    PERHAPS_THINGS,
    REFUND,
    THINGS,
    THIRTEENTH_MONTH,
    UNKNOWN_IN,
)
from psd2_affordability.assess.reckoning import day_of, number_of
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.dates import add_months
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

#: Money for a purchase comes in at most so long before it, or so long after it.
_BEFORE_DAYS, _AFTER_DAYS = 92, 31
#: It is at least this part of the price; another payment of the kind is at most as large a part.
_A_HALF = 2
#: Large amounts of a kind that come in more often in a year are a habit, and large payments to one party too.
_AT_MOST = 3
#: From which amount a payment of a kind may be one, in cents, signed.
_BARS = (
    *((category, -NORMS.large_purchase_ct) for category in sorted(THINGS)),
    *((category, -NORMS.large_once_ct) for category in sorted(PERHAPS_THINGS)),
)
#: Money that is not lived from, but that a large thing may be bought with.
_OWN_MONEY = frozenset({OWN_SAVINGS, OWN_ACCOUNT, OWN_BUSINESS})
_NEVER_FORESEEN = frozenset({BORROWED, REFUND})
_BROUGHT_IN = _OWN_MONEY | _NEVER_FORESEEN | {UNKNOWN_IN}
#: Comes every year, and so may what is bought with it.
_YEARLY = frozenset({HOLIDAY_PAY, THIRTEENTH_MONTH})


class Purchase(NamedTuple):
    """A large payment that stands apart.

    Attributes:
        paid: the payment.
        category: leaf code.
        brought_in: what came in for it, in cents: the part of the price that it covers at most.
        back: what came back of it.
    """

    paid: Row
    category: str
    brought_in: int
    back: tuple[Row, ...]


class Once(NamedTuple):
    """What was bought once, and the money for it.

    Attributes:
        purchases: the oldest first.
        rows: those payments and what came back of them, by category.
        moves: what came in for them that no kind of money tells to be no income of each month.
    """

    purchases: tuple[Purchase, ...]
    rows: Mapping[str, tuple[Row, ...]]
    moves: tuple[Row, ...]

    def cents(self, category: str, since: int) -> int:
        """Return what of a category stands apart from a day on, in cents."""
        return -sum([row.cents for row in self.rows.get(category, ()) if row.day >= since])


class _Pot:
    """Money that came in: what is left of it, and whether it may seem to come again."""

    def __init__(self, row: Row, *, seems_to_come_again: bool) -> None:
        self.row, self.left, self.seems_to_come_again = row, row.cents, seems_to_come_again


_NOTHING = Once((), {}, ())


def bought_once(facts: Facts) -> Once:
    """Find what was bought once from money that came in for it, and deposits; for `Facts.once`.

    That money is a loan, savings, a payout, a gift or another large amount that is not lived from. It
    came in shortly before the purchase or soon after, covers half of it at least, and pays for no other.
    No other payment of the kind is half as large. What is due each month or each year is never bought.
    """
    sums, large = facts.seen_sums, {}
    for category, bar in _BARS:
        if category in sums and sums[category] <= bar and (rows := _large_out(facts, category, bar)):
            large[category] = rows
    deposits = _deposits(facts) if DEPOSIT in facts.spans else []
    pots = _pots(facts) if large else []
    if not (pots or deposits):
        return _NOTHING
    found: list[Purchase] = []
    used: set[Row] = set()
    of_all = [(row.cents, category, row) for category, rows in large.items() for row in rows]
    for _, category, row in sorted(of_all):
        within = [pot for pot in pots if pot.left and _for_it(pot.row, row)]
        available = sum([pot.left for pot in within])
        if available * _A_HALF >= -row.cents:
            found.append(Purchase(row, category, min(available, -row.cents), _back(facts, category, row)))
            used.update(_taken(within, -row.cents))
    once = [one for one in found if _is_once(facts, one, [each.paid for each in found])]
    purchases = sorted([*once, *deposits])
    apart: dict[str, tuple[Row, ...]] = {}
    for one in purchases:
        apart[one.category] = (*apart.get(one.category, ()), one.paid, *one.back)
    return Once(tuple(purchases), apart, tuple(sorted(_moves(facts, used))) if once else ())


def less_bought_once(facts: Facts, codes: Iterable[str], months: Iterable[int]) -> Iterator[int]:
    """Take what was bought once out of the net cents of the months of the figures, the newest first."""
    its_rows = facts.once(bought_once).rows
    rows = [row for code in codes for row in its_rows.get(code, ())]
    starts = [number_of(month) for month in facts.months]
    newest = number_of(add_months(facts.months[0], 1)) if starts else (facts.last_day or facts.seen_to) + 1
    starts = starts or [newest - STRETCH_DAYS]
    for first, after, cents in zip(starts, [newest, *starts], months, strict=False):
        yield cents - sum([row.cents for row in rows if first <= row.day < after])


def say_bought_once(facts: Facts) -> Iterator[Reason]:
    """Ask about each of them by its day."""
    for one in facts.once(bought_once).purchases:
        keys = [one.paid.tx, *(row.tx for row in one.back)]
        amount, payee, day = Money(-one.paid.cents), one.paid.payee, day_of(one.paid.day)
        if one.category == DEPOSIT:
            yield reason(
                "expenses.deposit",
                "{amount} was paid to {payee} on {day} as a deposit; it is no rent, and is not counted in a "
                "usual month. Ask whether it is all paid.",
                "Op {day} is {amount} borg betaald aan {payee}. Dat is geen huur en telt niet mee in een "
                "gewone maand. Vraag of alles is betaald.",
                amount=amount,
                payee=payee,
                day=day,
                transactions=keys,
            )
            continue
        yield reason(
            "expenses.large_once",
            "{amount} was paid to {payee} on {day}, and {came} came in for it; it is not counted in a usual "
            "month. Ask what it was, and whether it comes again.",
            "Op {day} is {amount} betaald aan {payee}. Daarvoor kwam {came} binnen. Daarom telt het niet mee "
            "in een gewone maand. Vraag wat het was en of het vaker komt.",
            amount=amount,
            payee=payee,
            day=day,
            came=Money(one.brought_in),
            transactions=keys,
        )


def _large_out(facts: Facts, category: str, bar: int) -> list[Row]:
    """Large payments of a kind without a rhythm, in the months that are seen."""
    start, end = facts.spans[category]
    if min(facts.book.cents[start:end].tolist()) > bar:
        return []
    first = facts.seen.first
    return [
        row
        for row, steady, gone in _marked(facts, category)
        if row.cents <= bar and row.day >= first and not steady and not gone
    ]


def _pots(facts: Facts) -> list[_Pot]:
    """What came in that is large and not lived from, the oldest first; what comes often is a habit."""
    kinds, book, bar = facts.kinds, facts.book, NORMS.large_purchase_ct
    pots: list[_Pot] = []
    for category in facts.spans.keys() & (_BROUGHT_IN | kinds.private | (kinds.one_off - _YEARLY)):
        start, end = facts.spans[category]
        if book.cents[start:end].max() < bar:
            continue
        since = facts.seen.first - _BEFORE_DAYS
        came = [
            row
            for row, steady, gone in _marked(facts, category)
            if row.cents >= bar and row.day >= since and not steady and (not gone or category == REFUND)
        ]
        if len(came) <= _AT_MOST:
            again = category not in kinds.one_off and category not in _NEVER_FORESEEN
            pots += [_Pot(row, seems_to_come_again=again) for row in came]
    return sorted(pots, key=lambda pot: pot.row)


def _marked(facts: Facts, category: str) -> Iterator[tuple[Row, int, int]]:
    """Each row of a category, whether it belongs to a rhythm, and whether it is gone."""
    start, end = facts.spans[category]
    book = facts.book
    return zip(facts.all_of(category), book.steady[start:end], book.gone[start:end], strict=True)


def _for_it(came: Row, paid: Row) -> bool:
    return -_AFTER_DAYS <= paid.day - came.day <= _BEFORE_DAYS


def _taken(pots: Sequence[_Pot], cents: int) -> Iterator[Row]:
    """Take an amount from the pots, the oldest first; yield what is used and may seem to come again."""
    for pot in pots:
        part = min(pot.left, cents)
        pot.left -= part
        cents -= part
        if part and pot.seems_to_come_again:
            yield pot.row


def _back(facts: Facts, category: str, paid: Row) -> tuple[Row, ...]:
    """What the same payee paid back of it since."""
    later = [row for row in facts.of(category) if row.cents > 0 and row.day >= paid.day]
    return tuple([row for row in later if row.payee == paid.payee and row.cents <= -paid.cents])


def _is_once(facts: Facts, one: Purchase, bought: Sequence[Row]) -> bool:
    """Whether no other payment of the kind is half as large, and the payee is not paid so on end."""
    alike = [
        row for row in facts.of(one.category) if -row.cents * _A_HALF >= -one.paid.cents and row != one.paid
    ]
    return all(
        row in bought and (row.payee != one.paid.payee or abs(row.day - one.paid.day) <= _AFTER_DAYS)
        for row in alike
    )


def _deposits(facts: Facts) -> list[Purchase]:
    """Deposits paid; what has a rhythm or is paid often is something else, and stays a cost."""
    first = facts.seen.first
    paid = [row for row, steady, gone in _marked(facts, DEPOSIT) if row.cents < 0 and not gone and not steady]
    seen = [row for row in paid if row.day >= first]
    if len(seen) > _AT_MOST:
        return []
    return [Purchase(row, DEPOSIT, 0, _back(facts, DEPOSIT, row)) for row in seen]


def _moves(facts: Facts, used: set[Row]) -> Iterator[Row]:
    """Yield what came in for a purchase; an account in the data shows the same move twice."""
    yield from used
    for category in _OWN_MONEY & facts.spans.keys() if used else ():
        for row in facts.of(category):
            if any(row.cents == -one.cents and row.day == one.day for one in used):
                yield row


def not_coming_again(facts: Facts) -> list[Row]:
    """Return what was bought once, and money that came in for it: nothing of it tells what comes."""
    once = facts.once(bought_once)
    return [*chain.from_iterable(once.rows.values()), *once.moves] if once.rows else []
