"""A lender or a buy-now-pay-later service that was not there before."""

from collections.abc import Iterator

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.kinds import PLAN
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.results import Signal, SignalLevel
from psd2_affordability.assess.signals.context import Context
from psd2_affordability.assess.wording import Fact, reason

#: This many deferred payments in a month are a habit, not a purchase.
_HABIT, _MONTH_DAYS = 4, 31


def evaluate(context: Context) -> Iterator[Signal]:
    """Find the first payment to, or from, each new lender and each new deferred-payment service.

    While a payment plan runs, when it becomes a habit, or with several new ones, it is time to talk;
    one alone is worth watching.
    """
    for code, signal, english, dutch in (
        ("new_lender", "lender", "a new lender", "een nieuwe geldverstrekker"),
        ("new_bnpl", "bnpl", "a new buy-now-pay-later service", "een nieuwe dienst voor achteraf betalen"),
    ):
        rows = context.signed(signal)
        new = context.first_by_payee(rows)
        for first in new:
            same = [row for row in rows if row.payee == first.payee]
            grave = len(new) > 1 or _habit(same) or _plan_runs(context)
            yield _signal(code, 2 if grave else 1, first, same, (english, dutch))


def _plan_runs(context: Context) -> bool:
    return any(row.day >= context.since for row in context.facts.of(PLAN))


def _habit(rows: list[Row]) -> bool:
    return any(
        late.day - early.day <= _MONTH_DAYS for early, late in zip(rows, rows[_HABIT - 1 :], strict=False)
    )


def _signal(code: str, level: SignalLevel, first: Row, same: list[Row], what: Fact) -> Signal:
    keys = tuple(row.tx for row in same)
    why = reason(
        f"signal.{code}",
        "{payee} shows up for the first time on {day}: {what}. {count} bookings since.",
        "{payee} komt voor het eerst voor op {day}: {what}. Sindsdien {count} keer.",
        payee=first.payee,
        day=day_of(first.day),
        what=what,
        count=len(same),
        transactions=keys,
    )
    return Signal(code, level, day_of(first.day), why, keys)
