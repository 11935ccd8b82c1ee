"""Gambling in short, intense bouts."""

from bisect import bisect_left
from collections.abc import Iterator

from psd2_affordability.assess.book import Counted
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import STAKES
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.results import Signal, SignalLevel
from psd2_affordability.assess.signals.context import Context
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.money import Money

_BOUT_DAYS, _BOUT_STAKES = 7, 5
#: A bout is at least this much, or this part of a month's income (one tenth).
_LEAST_CENTS, _INCOME_PART = 150_00, 10
#: This many bouts, or credit taken this close to one, is time to talk.
_BOUTS, _CREDIT_DAYS = 3, 7


def evaluate(context: Context) -> Iterator[Signal]:
    """Find bouts: five or more stakes in a week that together weigh on the month's income.

    Tempo, stakes on one occasion and credit close to it go with harm; how often somebody plays,
    or how much in all, does not tell.
    """
    bouts = bouts_of(context.facts, context.usual_income, context.since)
    if not bouts:
        return
    borrowed = [*context.signed("lender"), *context.signed("bnpl")]
    near = [
        row
        for bout in bouts
        for row in borrowed
        if bout[0].day - _CREDIT_DAYS <= row.day <= bout[-1].day + _CREDIT_DAYS
    ]
    stakes = [stake for bout in bouts for stake in bout]
    first, last = stakes[0].place, stakes[-1].place
    txs = context.facts.book.txs.between(first, last + 1)
    staked = [txs[one.place - first] for one in stakes]
    keys = tuple(dict.fromkeys([*staked, *[row.tx for row in near]]))
    total = Money(-sum([one.cents for one in stakes]))
    why = reason(
        "signal.gambling_burst",
        "{count} short bouts of gambling for {total} in all, the last on {day}. Offer help, do not blame.",
        "{count} keer is er in korte tijd veel gegokt, samen voor {total}. De laatste keer was op {day}. "
        "Bied hulp aan, zonder verwijt.",
        count=len(bouts),
        total=total,
        day=day_of(bouts[-1][-1].day),
        transactions=keys,
    )
    level: SignalLevel = 2 if len(bouts) >= _BOUTS or near else 1
    yield Signal("gambling_burst", level, day_of(bouts[0][-1].day), why, keys)


def bouts_of(facts: Facts, usual_income: int, since: int) -> list[list[Counted]]:
    """Return the bouts since a day, each with its stakes, oldest first."""
    if STAKES not in facts.spans:
        return []
    stakes = [one for one in facts.counted_since(STAKES, since) if one.cents < 0]
    days = [one.day for one in stakes]
    least = max(_LEAST_CENTS, usual_income // _INCOME_PART)
    bouts: list[list[Counted]] = []
    at = 0
    while at + _BOUT_STAKES <= len(stakes):
        close = days[at + _BOUT_STAKES - 1] < days[at] + _BOUT_DAYS
        bout = stakes[at : bisect_left(days, days[at] + _BOUT_DAYS)] if close else []
        if bout and -sum([one.cents for one in bout]) >= least:
            bouts.append(bout)
            at += len(bout)
        else:
            at += 1
    return bouts
