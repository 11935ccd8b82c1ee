"""Which indicator of a credit check must reach what, so that all of it lies within the norms."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from psd2_affordability.assess.counterfactuals.credit_words import (
    COUNTS,
    LESS_ASKED,
    LESS_COMMITTED,
    LESS_WITH_MANAGED,
    MORE_LEFT,
    NAMES,
    NONE_SKIPPED,
    NOT_SEIZED,
    NOTHING_SET_OFF,
    Says,
)
from psd2_affordability.assess.counterfactuals.least import MOST, euros_up, least_euros
from psd2_affordability.assess.credit import conduct, left, means
from psd2_affordability.assess.credit.levels import MOST_WATCHED, above
from psd2_affordability.assess.data_quality import share
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import ADMINISTRATOR
from psd2_affordability.assess.results import CreditCheck, Expenses, Income, Indicator, Level, Room
from psd2_affordability.assess.results.counterfactuals import Turn
from psd2_affordability.assess.sizing import size
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.unpaid import missed
from psd2_affordability.assess.wording import percent, reason
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

_Levels = frozenset[Level]


class _Case(NamedTuple):
    """What the indicators read."""

    facts: Facts
    income: Income
    expenses: Expenses
    room: Room
    check: CreditCheck


def credit_turns(
    facts: Facts, check: CreditCheck, income: Income, expenses: Expenses, room: Room
) -> tuple[Turn, ...]:
    """Say what each indicator that stands in the way must reach.

    One that worries may come to be watched, as long as no more than two are watched then. Where more
    are watched already, those stand in the way too.
    """
    if check.outcome == "within_norms":
        return ()
    case = _Case(facts, income, expenses, room, check)
    grave = [one for one in check.indicators if one.level in {"concern", "unknown"}]
    watched = [one for one in check.indicators if one.level == "watch"]
    spare = MOST_WATCHED - len(watched)
    enough: _Levels = frozenset({"fine", "watch"} if len(grave) <= spare else {"fine"})
    alone = spare >= 0 if len(grave) == 1 else not grave and spare == -1
    open_ones = grave if grave and spare >= 0 else [*grave, *watched]
    found = [turn for one in open_ones if (turn := _turned(case, one, enough, alone=alone)) is not None]
    return tuple(sorted(found, key=_smallest_first))


def _smallest_first(turn: Turn) -> tuple[bool, int]:
    return (True, 0) if turn.by is None else (False, turn.by.cents)


def _turned(case: _Case, one: Indicator, enough: _Levels, *, alone: bool) -> Turn | None:
    """Say what one indicator must reach; None where the data cannot show it."""
    if one.level == "unknown":
        return Turn(one.code, "within_norms", None, "known", alone=False, says=_unknown(one))
    counted = COUNTS.get(one.code)
    if counted is not None:
        most = 0 if "watch" not in enough or one.level == "watch" else counted.watched
        says = counted.none if most == 0 else counted.at_most
        if one.code == "collectors" and case.facts.wage_notes:
            says = NOT_SEIZED
        elif one.code == "collectors" and (case.facts.set_off or case.facts.allowance_set_off):
            says = NOTHING_SET_OFF
        elif one.code == "missed_obligations" and not missed(case.facts):
            says = NONE_SKIPPED
        told = reason(f"turn.{one.code}", *says, most=most, transactions=partial(_evidence, one))
        return Turn(one.code, "within_norms", None, str(most), alone=alone, says=told)
    found = _AMOUNTS[one.code](case, enough) if one.code in _AMOUNTS else None
    if found is None:
        return _otherwise(case, one, enough, alone=alone)
    by, says = found
    told = reason(f"turn.{one.code}", *says, by=by, transactions=partial(_evidence, one))
    return Turn(one.code, "within_norms", by, "", alone=alone, says=told)


def _evidence(one: Indicator) -> tuple[str, ...]:
    """Return what shows an indicator: when somebody reads it, as it takes work to put in order."""
    return one.says.transactions


def _otherwise(case: _Case, one: Indicator, enough: _Levels, *, alone: bool) -> Turn | None:
    """Say what must change where no amount says it.

    No amount makes a benefit steady that ends in time: another income in its place does. Less at stake
    is not enough while there are bouts, and what a seizure of wages leaves says nothing of the rest.
    """
    transactions = partial(_evidence, one)
    if one.code == "room_left" and case.facts.wage_notes:
        after = reason(
            f"turn.{one.code}",
            "What is left above the legal floor is known once the seizure of the wage or benefit has ended.",
            "Wat er overblijft boven het beschermde bedrag, is pas bekend als het beslag op het loon of de "
            "uitkering voorbij is.",
        )
        return Turn(one.code, "within_norms", None, "known", alone=alone, says=after)
    if one.code == "income_stability":
        lasting = reason(
            f"turn.{one.code}",
            "An income that lasts, such as wages, takes the place of most of what comes in now.",
            "Een inkomen dat blijft, zoals loon, komt in de plaats van het meeste van het inkomen van nu.",
            transactions=transactions,
        )
        return Turn(one.code, "within_norms", None, "lasting", alone=alone, says=lasting)
    if one.code == "gambling":
        most = percent(_limit(enough, NORMS.gambling_watch, NORMS.gambling_concern))
        calm = reason(
            f"turn.{one.code}",
            "No short intense bouts of gambling for a year, and at most {most} of the income at stake.",
            "Een jaar lang niet in korte tijd veel gegokt, en hoogstens {most} van het inkomen ingezet.",
            most=most,
            transactions=transactions,
        )
        return Turn(one.code, "within_norms", None, most, alone=alone, says=calm)
    return None


def _unknown(one: Indicator) -> Reason:
    english, dutch = NAMES[one.code]
    return reason(
        f"turn.{one.code}",
        "What is missing must be known first: {what}.",
        "Dit moet eerst bekend zijn: {what}.",
        what=(english, dutch),
        transactions=partial(_evidence, one),
    )


_Found = tuple[Money, Says] | None


def _least(
    guess: int, level: Callable[[int], Level], enough: _Levels, says: Says, *, most: Money | None = None
) -> _Found:
    """Find the least whole euros that bring an indicator, of so many cents, to a level that is enough."""
    limit = MOST if most is None else most.cents // 100
    by = least_euros(guess, lambda euros: level(100 * euros) in enough, most=limit)
    return None if by is None else (by, says)


def _limit(enough: _Levels, watch: Decimal, concern: Decimal) -> Decimal:
    """The value that just is enough."""
    return concern if "watch" in enough else watch


def _steadier(case: _Case, enough: _Levels) -> _Found:
    month = case.income.monthly
    if isinstance(month, Unknown):
        return None
    low, mid = month.low.cents, month.mid.cents
    steady = _limit(enough, NORMS.steady_watch, NORMS.steady_concern)
    made_of = means.made_up(case.income)
    if made_of.turnover * 2 > mid:
        steady = NORMS.steady_watch
    guess = euros_up(int(mid * steady) - low)

    def level(more: int) -> Level:
        usual = max(low + more, mid)
        return made_of.level(share(low + more, usual), usual)

    return _least(
        guess,
        level,
        enough,
        (
            "A lean month brings at least {by} more income than now.",
            "Een slechte maand brengt minstens {by} meer inkomen dan nu.",
        ),
        most=month.mid,
    )


def _less_committed(case: _Case, enough: _Levels) -> _Found:
    month, fixed, debts = case.income.monthly, case.expenses.fixed, case.expenses.debts
    if isinstance(month, Unknown) or isinstance(fixed, Unknown) or isinstance(debts, Unknown):
        return None
    return _less(
        fixed + debts,
        month.mid,
        enough,
        (NORMS.committed_watch, NORMS.committed_concern),
        LESS_WITH_MANAGED if ADMINISTRATOR in case.facts.by_month else LESS_COMMITTED,
    )


def _less(paid: Money, income: Money, enough: _Levels, norms: tuple[Decimal, Decimal], says: Says) -> _Found:
    """Find by how much what is paid must fall to be a small enough part of the income."""
    if income <= ZERO:
        return None
    return _least(
        euros_up(paid.cents - int(income.cents * _limit(enough, *norms))),
        lambda less: above(share(paid.cents - less, income.cents), *norms),
        enough,
        says,
        most=Money(paid.cents + 99),
    )


def _more_room(case: _Case, enough: _Levels) -> _Found:
    """Find what more must be left; while wages are being seized nothing lies above the legal floor."""
    if case.facts.wage_notes:
        return None
    sizing = size(case.facts, case.income, case.expenses, case.room.floor)
    if isinstance(sizing, Unknown):
        return None
    obligation, depth = case.check.obligation, case.check.depth
    asked = 0 if obligation is None else obligation.monthly.cents
    lean = min(sizing.left.low, sizing.above_floor.low).cents
    now = min(sizing.left.mid, sizing.above_floor.mid).cents

    def level(more: int) -> Level:
        usual = max(0, now + more)
        low = min(max(0, lean + more), usual)
        return left.room_level(low - asked, usual - asked, depth, asked=obligation is not None)

    guess = euros_up(asked - now + _room_needed(case, enough))
    found = _least(guess, level, enough, MORE_LEFT)
    if found is None or now < 0 or found[0].cents > asked:
        return found
    return found[0], LESS_ASKED


def _room_needed(case: _Case, enough: _Levels) -> int:
    """Cents that a usual month must leave, the obligation paid."""
    if case.check.obligation is None:
        return NORMS.least_room_ct if "watch" in enough else NORMS.room_watch_ct
    if "watch" in enough:
        return 0
    return NORMS.least_room_ct if case.check.depth == "light" else NORMS.room_watch_ct


def _more_capacity(case: _Case, enough: _Levels) -> _Found:
    del enough
    value = next(one.value for one in case.check.indicators if one.code == "lending_norm")
    if isinstance(value, Unknown):
        return None
    capacity = Money.euros(value)
    asked = case.check.obligation.monthly if case.check.obligation is not None else ZERO
    by = Money(100 * euros_up(max((asked - capacity).cents, 1 - capacity.cents)))
    return by, (
        "At least {by} a month more is left after the lending norm, the home and debts.",
        "Er blijft minstens {by} per maand meer over na de leennorm, de woning en de schulden.",
    )


def _more_buffer(case: _Case, enough: _Levels) -> _Found:
    fixed = case.expenses.fixed
    if isinstance(fixed, Unknown) or not case.facts.balances:
        return None
    usual = means.usual_balance(case.facts.once(means.lowest_first))
    months = _limit(enough, NORMS.buffer_watch, NORMS.buffer_concern)
    return _least(
        euros_up(int(fixed.cents * months) - usual),
        lambda more: means.buffer_level(means.months_covered(usual + more, fixed)),
        enough,
        (
            "On a usual day there is at least {by} more on the account.",
            "Op een gewone dag staat er minstens {by} meer op de rekening.",
        ),
    )


def _less_credit(case: _Case, enough: _Levels) -> _Found:
    month = case.income.monthly
    if isinstance(month, Unknown):
        return None
    paid = Money.euros(str(next(one.value for one in case.check.indicators if one.code == "existing_credit")))
    return _less(
        paid,
        month.mid,
        enough,
        (NORMS.credit_watch, NORMS.credit_concern),
        (
            "At least {by} a month less goes to credit that already runs.",
            "Er gaat minstens {by} per maand minder naar leningen die al lopen.",
        ),
    )


def _less_staked(case: _Case, enough: _Levels) -> _Found:
    month = case.income.monthly
    if isinstance(month, Unknown) or conduct.bouts_in_a_year(case.facts, month.mid.cents):
        return None
    return _less(
        case.expenses.gambling,
        month.mid,
        enough,
        (NORMS.gambling_watch, NORMS.gambling_concern),
        (
            "At least {by} a month less goes to games of chance.",
            "Er gaat minstens {by} per maand minder naar kansspelen.",
        ),
    )


_AMOUNTS: dict[str, Callable[[_Case, _Levels], _Found]] = {
    "income_stability": _steadier,
    "committed_share": _less_committed,
    "room_left": _more_room,
    "lending_norm": _more_capacity,
    "buffer_months": _more_buffer,
    "existing_credit": _less_credit,
    "gambling": _less_staked,
}
