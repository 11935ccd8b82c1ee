"""Indicators of means: how steady the income is, what of it is spoken for, and what is left."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.credit.levels import above, below, indicator, not_known
from psd2_affordability.assess.data_quality import share
from psd2_affordability.assess.facts import Facts, at_share, share_out
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.kinds import CARE, HOLIDAY_PAY, HOME, SENSITIVE, TURNOVER
from psd2_affordability.assess.obligation import Depth, Obligation
from psd2_affordability.assess.plans import total_debt
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.results import (
    DataQuality,
    Expenses,
    Income,
    Indicator,
    Level,
    Room,
    StreamSeen,
)
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.wording import counted, percent, reason, whole_months
from psd2_affordability.core.answer import LegalAnswer, Range, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

_NO_BALANCE = Unknown("balance.none", "No balance is known.", "What is the balance of each account?")
_STOPPED = Unknown("income.stopped", "No income comes in any more.", "What comes in from now on?")
_HALF = Fraction(1, 2)
#: After a job came this benefit, problem debt began almost three times as often (CBS, 2024).
_UNEMPLOYMENT = "inkomen.uitkering_ww"
_STOPPING = frozenset({"income.ended", "income.late"})
#: Rows of these are in sums alone: pointing at them would tell of health or belief.
_OF_HEALTH_OR_BELIEF = frozenset({CARE, SENSITIVE})
#: Whole months of data that a check of each depth asks for.
_MONTHS_OF_DATA: dict[Depth, int] = {"light": 1, "usual": 3, "thorough": 6}


def income_stability(income: Income) -> Indicator:
    """Hold a lean month against a usual one; turnover is never steady, unemployment benefit ends in time.

    A benefit for illness ends in time too, but tells of health: it is taken as any other income.
    """
    month = income.monthly
    if isinstance(month, Unknown) or month.mid <= ZERO:
        missing = month if isinstance(month, Unknown) else _STOPPED
        return not_known(
            "income_stability",
            missing,
            f"How steady the income is cannot be told. {missing.because}",
            "Het is niet te zien hoe vast het inkomen is.",
        )
    steady = share(month.low.cents, month.mid.cents)
    made_of = made_up(income)
    ends = 2 * made_of.ends > month.mid.cents
    told = percent(steady)
    return indicator(
        "income_stability",
        made_of.level(steady, month.mid.cents),
        told,
        "A lean month brings {steady} of the usual {mid}."
        + (" An income has stopped or is late." if made_of.stops else "")
        + (" Most of it is unemployment benefit, which ends in time." if ends else ""),
        "Een slechte maand brengt {steady} van de gewone {mid}."
        + (" Er is een inkomen gestopt of te laat." if made_of.stops else "")
        + (" Het meeste is een WW-uitkering, en die stopt na een tijd." if ends else ""),
        steady=told,
        mid=month.mid,
        transactions=[key for one in made_of.stops for key in one.transactions],
    )


class MadeOf(NamedTuple):
    """What an income is made of that makes it less steady.

    Attributes:
        turnover: cents of turnover in a usual month.
        ends: cents of benefits that end in time.
        stops: what says that an income has stopped or is late.
    """

    turnover: int
    ends: int
    stops: tuple[Reason, ...]

    def level(self, steady: Decimal, mid: int) -> Level:
        """Return how steady it is when a lean month brings such a part of so many cents."""
        level = below(steady, NORMS.steady_watch, NORMS.steady_concern)
        turnover = self.turnover * 2 > mid
        if self.ends * 2 > mid or (turnover and level == "watch"):
            return "concern"
        return "watch" if level == "fine" and (turnover or self.stops) else level


def made_up(income: Income) -> MadeOf:
    """Tell what an income is made of."""
    turnover = ends = 0
    for one in income.by_kind:
        if one.category in TURNOVER:
            turnover += one.monthly.cents
        elif one.category == _UNEMPLOYMENT:
            ends += one.monthly.cents
    return MadeOf(turnover, ends, tuple(one for one in income.reasons if one.code in _STOPPING))


def committed_share(income: Income, expenses: Expenses) -> Indicator:
    """Hold fixed costs and debts against the income; care is in the sum and never pointed at."""
    month, fixed, debts = income.monthly, expenses.fixed, expenses.debts
    if isinstance(month, Unknown) or isinstance(fixed, Unknown) or isinstance(debts, Unknown):
        missing = next(one for one in (month, fixed, debts) if isinstance(one, Unknown))
        return not_known(
            "committed_share",
            missing,
            f"Which part of the income is spoken for cannot be told. {missing.because}",
            "Het is niet te zien welk deel van het inkomen al vastligt.",
        )
    spoken_for = fixed + debts
    committed = share(spoken_for.cents, month.mid.cents) if month.mid > ZERO else Decimal(1)
    told = percent(committed)
    shown = [one for one in expenses.streams if one.category not in _OF_HEALTH_OR_BELIEF]
    shown.sort(key=_heaviest)
    return indicator(
        "committed_share",
        above(committed, NORMS.committed_watch, NORMS.committed_concern),
        told,
        "Fixed costs and debts of {sum} a month take {share} of the income.",
        "Vaste lasten en schulden van {sum} per maand zijn {share} van het inkomen.",
        sum=spoken_for,
        share=told,
        transactions=[key for stream in shown for key in stream.transactions[-1:]],
    )


def _heaviest(stream: StreamSeen) -> tuple[int, date, str]:
    return -stream.monthly.cents, stream.last_on, stream.category


def room_after(room: Room, obligation: Obligation | None) -> Range | Unknown | None:
    """Return what is left above the legal floor once the obligation is paid."""
    month = room.monthly
    if obligation is None or isinstance(month, Unknown):
        return month if obligation is not None else None
    asked = obligation.monthly
    return Range(month.low - asked, month.mid - asked, month.high - asked)


def room_known(
    room: Room, after: Range | Unknown | None, depth: Depth, household: Household
) -> Range | Unknown | None:
    """Return what is left, or what is missing where only the unknown household makes it too little.

    The room keeps to the highest floor that the law could set. Where that fits, it fits whoever lives
    there; where it does not, who lives there decides, and nothing is held against the person.
    """
    floor = room.floor.value
    if household.type is not None or isinstance(floor, Unknown) or floor.low == floor.high:
        return after
    month = room.monthly if after is None else after
    if isinstance(month, Unknown):
        return after
    if room_level(month.low.cents, month.mid.cents, depth, asked=after is not None) == "fine":
        return after
    return Unknown(
        "credit.household_unknown",
        "It is not known who lives in the household, so what the law protects is not known either.",
        "Who lives in the household: a partner, children?",
    )


def not_weighed(case: Case) -> Iterator[Reason]:
    """Say that stated debts are not in the indicators: only what is paid on them is seen."""
    debt = total_debt(case)
    if debt is not None and debt > ZERO:
        yield reason(
            "credit.debt_not_weighed",
            "The stated debt of {debt} is not weighed here; only what is paid on debts each month is.",
            "De opgegeven schuld van {debt} telt hier niet mee. Alleen wat er elke maand op schulden wordt "
            "betaald, telt mee.",
            debt=debt,
        )


def room_left(room: Room, after: Range | Unknown | None, depth: Depth) -> Indicator:
    """Hold what is left against nothing: with the obligation in it when one is asked about."""
    month = room.monthly if after is None else after
    if isinstance(month, Unknown) and after is not None:
        return not_known(
            "room_left",
            month,
            f"Whether the new obligation fits above the legal floor cannot be told. {month.because}",
            "Het is niet te zien of de nieuwe verplichting past boven het bedrag dat de wet beschermt.",
        )
    if isinstance(month, Unknown):
        return not_known(
            "room_left",
            month,
            f"What is left above the legal floor cannot be told. {month.because}",
            "Het is niet te zien wat er overblijft boven het bedrag dat de wet beschermt.",
        )
    level = room_level(month.low.cents, month.mid.cents, depth, asked=after is not None)
    if after is None:
        return indicator(
            "room_left",
            level,
            str(month.mid),
            "In a usual month {mid} is left after costs and above what the law protects.",
            "In een gewone maand blijft er {mid} over na de kosten en boven wat de wet beschermt.",
            mid=month.mid,
        )
    if month.mid < ZERO:
        return indicator(
            "room_left",
            level,
            str(month.mid),
            "A usual month falls {short} short of the new obligation, after costs and above what the law "
            "protects.",
            "In een gewone maand is er {short} te weinig voor de nieuwe verplichting. Dat is na de kosten en "
            "boven wat de wet beschermt.",
            short=-month.mid,
        )
    lean = depth == "thorough" and month.low < ZERO
    return indicator(
        "room_left",
        level,
        str(month.mid),
        "With the new obligation {mid} is left in a usual month, after costs and above what the law protects."
        + (" A lean month does not carry it." if lean else ""),
        "Met de nieuwe verplichting blijft er in een gewone maand {mid} over. Dat is na de kosten en boven "
        "wat de wet beschermt." + (" In een slechte maand past het niet." if lean else ""),
        mid=month.mid,
    )


def room_level(low: int, mid: int, depth: Depth, *, asked: bool) -> Level:
    """Return the level of what is left in a lean and a usual month, in cents.

    Args:
        low: of a lean month.
        mid: of a usual month.
        depth: of the check.
        asked: whether a new obligation is paid from it already.
    """
    if not asked:
        fine = NORMS.room_watch_ct
        return "fine" if mid >= fine else "watch" if mid >= NORMS.least_room_ct else "concern"
    if mid < 0:
        return "concern"
    thin = mid < (NORMS.least_room_ct if depth == "light" else NORMS.room_watch_ct)
    return "watch" if thin or (depth == "thorough" and low < 0) else "fine"


def lending_norm(facts: Facts, income: Income, rules: NationalRules) -> LegalAnswer | None:
    """Ask what of the income credit may not touch; None when nobody gave the amounts of the norm."""
    month = income.monthly
    if isinstance(month, Unknown):
        return None
    return rules.lending_norm(facts.case.household, month.mid + _holiday_pay(facts), facts.on)


def _holiday_pay(facts: Facts) -> Money:
    """A twelfth of the holiday pay of the last year."""
    return Money(share_out(max(0, facts.last_year.get(HOLIDAY_PAY, 0)), 12))


def norm_left(
    facts: Facts, income: Income, expenses: Expenses, norm: LegalAnswer | None, obligation: Obligation | None
) -> Iterator[Indicator]:
    """Hold income less the norm, the home and other debts against the obligation, when a norm was given."""
    if norm is None:
        return
    month, debts, kept = income.monthly, expenses.debts, norm.value
    if isinstance(month, Unknown) or isinstance(debts, Unknown) or isinstance(kept, Unknown):
        missing = next(one for one in (month, debts, kept) if isinstance(one, Unknown))
        yield not_known(
            "lending_norm",
            missing,
            f"What the lending norm leaves cannot be told. {missing.because}",
            "Het is niet te zien wat er na de leennorm overblijft.",
        )
        return
    home = Money.total(facts.usual(code) for code in sorted(HOME & facts.by_month.keys()))
    capacity = month.mid + _holiday_pay(facts) - kept.high - home - debts
    asked = obligation.monthly if obligation is not None else ZERO
    left = capacity - asked
    says = (
        "Income less the lending norm, the home and debts leaves {capacity} a month for new credit.",
        "Na de leennorm, de woning en de schulden blijft er {capacity} per maand over voor nieuw krediet.",
    )
    yield indicator(
        "lending_norm",
        "concern" if left < ZERO or capacity <= ZERO else "fine",
        str(capacity),
        *says,
        capacity=capacity,
    )


def buffer_months(balances: Sequence[int], expenses: Expenses) -> Indicator:
    """Tell how many months of fixed costs the balance of a usual day covers; balances lowest first."""
    fixed = expenses.fixed
    if not balances or isinstance(fixed, Unknown) or fixed <= ZERO:
        missing = fixed if isinstance(fixed, Unknown) else _NO_BALANCE
        return not_known(
            "buffer_months",
            missing,
            f"How long the money in the bank would last cannot be told. {missing.because}",
            "Het is niet te zien hoe lang er met het saldo geleefd kan worden.",
        )
    months = months_covered(usual_balance(balances), fixed)
    english = str(months)
    return indicator(
        "buffer_months",
        buffer_level(months),
        english,
        "The balance of a usual day covers {months} months of fixed costs.",
        "Het saldo op een gewone dag is genoeg voor {months} maanden vaste lasten.",
        months=(english, english.replace(".", ",")),
    )


def usual_balance(balances: Sequence[int]) -> int:
    """Return the balance of a usual day, in cents, of balances that are given lowest first."""
    return at_share(balances, _HALF)


def months_covered(balance: int, fixed: Money) -> Decimal:
    """Return how many months of fixed costs a balance covers, to a tenth."""
    return (Decimal(max(0, balance)) / Decimal(fixed.cents)).quantize(Decimal("0.1"))


def buffer_level(months: Decimal) -> Level:
    """Return the level of a buffer."""
    return below(months, NORMS.buffer_watch, NORMS.buffer_concern)


def overdraft_days(balances: Sequence[int]) -> Indicator:
    """Count the days of the last three months that ended below zero; balances lowest first."""
    if not balances:
        return _OVERDRAFT_NOT_KNOWN
    return _overdrawn(bisect_left(balances, 0), len(balances))


@lru_cache(maxsize=256)
def _overdrawn(days: int, of: int) -> Indicator:
    below_zero: Level = "watch" if days >= NORMS.overdraft_watch else "fine"
    return indicator(
        "overdraft_days",
        "concern" if days >= NORMS.overdraft_concern else below_zero,
        str(days),
        "{days} of the last {all} days ended below zero.",
        "{days} van de laatste {all} dagen eindigden onder nul.",
        days=days,
        all=of,
    )


_OVERDRAFT_NOT_KNOWN = not_known(
    "overdraft_days",
    _NO_BALANCE,
    "On how many days the account was below zero cannot be told: no balance is known.",
    "Het is niet te zien op hoeveel dagen de rekening rood stond.",
)


def data(quality: DataQuality, depth: Depth) -> Indicator:
    """Tell whether the data carry a check of this depth."""
    unknown, months = quality.unknown_share, quality.full_months
    stale = quality.days_stale is None or quality.days_stale > NORMS.too_stale_days
    if months < _MONTHS_OF_DATA[depth] or stale or unknown > NORMS.unknown_too_heavy:
        level: Level = "unknown"
    else:
        level = "watch" if unknown > NORMS.unknown_heavy or quality.missing_accounts else "fine"
    told = percent(unknown)
    return indicator(
        "data",
        level,
        told,
        "{months} of data, {share} of the money without a category, {missing} not shared.",
        "{months} te zien, van {share} van het geld is niet bekend waarvoor het is, {missing} niet gedeeld.",
        months=whole_months(months),
        share=told,
        missing=counted(
            len(quality.missing_accounts),
            ("1 own account", "1 eigen rekening"),
            ("{count} own accounts", "{count} eigen rekeningen"),
        ),
    )
