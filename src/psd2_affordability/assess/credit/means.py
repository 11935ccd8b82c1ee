"""Indicators of means: how steady income is, what is spoken for, how long money lasts, what data carry."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial
from typing import NamedTuple

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.credit.levels import above, below, indicator, not_known
from psd2_affordability.assess.data_quality import share
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import CARE, SENSITIVE, TURNOVER
from psd2_affordability.assess.obligation import Depth
from psd2_affordability.assess.plans import total_debt
from psd2_affordability.assess.reckoning import at_share
from psd2_affordability.assess.results import (
    DataQuality,
    Expenses,
    Income,
    Indicator,
    Level,
    StreamSeen,
)
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.unexplained import NOT_UNDERSTOOD, SAYS_NOT_UNDERSTOOD
from psd2_affordability.assess.wording import counted, percent, reason, whole_months
from psd2_affordability.core.answer import Unknown, first_unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

_NO_FIXED_COSTS = Unknown(
    "expenses.no_fixed_costs",
    "No fixed costs are paid from these accounts.",
    "From which account are the rent, energy and insurance paid?",
)
_NO_BALANCE = Unknown("balance.none", "No balance is known.", "What is the balance of each account?")
_STOPPED = Unknown("income.stopped", "No income comes in any more.", "What comes in from now on?")
_HALF, _TENTH = Fraction(1, 2), Decimal("0.1")
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
    if isinstance(month, Unknown) or month.mid.cents <= 0:
        missing = month if isinstance(month, Unknown) else _stopped_or_not_understood(income)
        return not_known(
            "income_stability",
            missing,
            f"How steady the income is cannot be told. {missing.because}",
            "Het is niet te zien hoe vast het inkomen is.",
        )
    steady = share(month.low.cents, month.mid.cents)
    made_of, told = made_up(income), percent(steady)
    level = made_of.level(steady, month.mid.cents)
    why, lean = _why(made_of, month.mid.cents), _LEAN
    if made_of.ends * 2 > month.mid.cents:
        lean = _LEAN_UNTIL_THEN
    elif why != _NO_CAUSE and steady >= NORMS.steady_watch:
        lean = _LEAN_FOR_THE_REST
    return indicator(
        "income_stability",
        level,
        told,
        why[0] + lean[0],
        why[1] + lean[1],
        steady=told,
        mid=month.mid,
        transactions=[key for one in made_of.stops for key in one.transactions],
    )


_NO_CAUSE = ("", "")
_LEAN = (
    "A lean month brings {steady} of the usual {mid}.",
    "Een slechte maand brengt {steady} van de gewone {mid}.",
)
_LEAN_UNTIL_THEN = (
    "Until then a lean month brings {steady} of the usual {mid}.",
    "Tot dan brengt een slechte maand {steady} van de gewone {mid}.",
)
_LEAN_FOR_THE_REST = (
    "Apart from that a lean month brings {steady} of the usual {mid}.",
    "Verder brengt een slechte maand {steady} van de gewone {mid}.",
)


def _why(made_of: "MadeOf", mid: int) -> tuple[str, str]:
    """Say what makes an income less steady than a lean month shows."""
    english, dutch = _stopped(made_of.stops)
    if made_of.ends * 2 > mid:
        english += "Most of what comes in is unemployment benefit, which ends in time. "
        dutch += "Het meeste dat binnenkomt is een WW-uitkering, en die stopt na een tijd. "
    elif made_of.turnover * 2 > mid:
        english += "Most of what comes in is turnover of an own business, which is never certain. "
        dutch += "Het meeste dat binnenkomt is omzet van een eigen bedrijf, en die is nooit zeker. "
    return english, dutch


def _stopped_or_not_understood(income: Income) -> Unknown:
    """Say that no income comes in any more, unless money comes in that may be one."""
    return NOT_UNDERSTOOD if any(one.code in SAYS_NOT_UNDERSTOOD for one in income.reasons) else _STOPPED


def _stopped(stops: Sequence[Reason]) -> tuple[str, str]:
    """Say first that an income has stopped or is late: a usual month does not show it yet."""
    if not stops:
        return "", ""
    match sorted({one.code for one in stops}):
        case ["income.ended"]:
            return "An income has stopped. ", "Er is een inkomen gestopt. "
        case ["income.late"]:
            return "An income is late. ", "Er is een inkomen te laat. "
    return "An income has stopped, and another is late. ", "Er is een inkomen gestopt en een ander te laat. "


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
        category = one.category
        if category in TURNOVER:
            turnover += one.monthly.cents
        elif category == _UNEMPLOYMENT:
            ends += one.monthly.cents
    return MadeOf(turnover, ends, tuple([one for one in income.reasons if one.code in _STOPPING]))


def committed_share(income: Income, expenses: Expenses, *, managed: bool) -> Indicator:
    """Hold fixed costs and debts against the income; care is in the sum and never pointed at.

    Args:
        income: what comes in.
        expenses: what goes out.
        managed: money goes to who manages it, which counts among the debts.
    """
    month, fixed, debts = income.monthly, expenses.fixed, expenses.debts
    if isinstance(month, Unknown) or isinstance(fixed, Unknown) or isinstance(debts, Unknown):
        missing = first_unknown(month, fixed, debts)
        return not_known(
            "committed_share",
            missing,
            f"Which part of the income is spoken for cannot be told. {missing.because}",
            "Het is niet te zien welk deel van het inkomen al vastligt.",
        )
    spoken_for = fixed + debts
    committed = share(spoken_for.cents, month.mid.cents) if month.mid.cents > 0 else Decimal(1)
    told = percent(committed)
    return indicator(
        "committed_share",
        above(committed, NORMS.committed_watch, NORMS.committed_concern),
        told,
        "{what} of {sum} a month take {share} of the income.",
        "{what} van {sum} per maand zijn {share} van het inkomen.",
        what=_MANAGED_TOO if managed else _SPOKEN_FOR,
        sum=spoken_for,
        share=told,
        transactions=partial(_last_payments, expenses),
    )


_SPOKEN_FOR = ("Fixed costs and debts", "Vaste lasten en schulden")
_MANAGED_TOO = (
    "Fixed costs, debts and money for who manages it",
    "Vaste lasten, schulden en geld voor de beheerder",
)


def _last_payments(expenses: Expenses) -> list[str]:
    """Name the last payment of each cost with a rhythm, the heaviest first."""
    shown = [one for one in expenses.streams if one.category not in _OF_HEALTH_OR_BELIEF]
    shown.sort(key=_heaviest)
    return [key for stream in shown for key in stream.transactions[-1:]]


def _heaviest(stream: StreamSeen) -> tuple[int, date, str]:
    return -stream.monthly.cents, stream.last_on, stream.category


def not_weighed(case: Case) -> Iterator[Reason]:
    """Say that stated debts are not in the indicators: only what is paid on them is seen."""
    debt = total_debt(case)
    if debt is not None and debt.cents > 0:
        yield reason(
            "credit.debt_not_weighed",
            "The stated debt of {debt} is not weighed here; only what is paid on debts each month is.",
            "De opgegeven schuld van {debt} telt hier niet mee. Alleen wat er elke maand op schulden wordt "
            "betaald, telt mee.",
            debt=debt,
        )


def buffer_months(balances: Sequence[int], expenses: Expenses) -> Indicator:
    """Tell how many months of fixed costs the balance of a usual day covers; balances lowest first."""
    fixed = expenses.fixed
    if not balances or isinstance(fixed, Unknown) or fixed.cents <= 0:
        missing = fixed if isinstance(fixed, Unknown) else _NO_FIXED_COSTS if balances else _NO_BALANCE
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


def lowest_first(facts: Facts) -> list[int]:
    """Return the known balances of the last days, the lowest first; for `Facts.once`."""
    return sorted(facts.balances)


def usual_balance(balances: Sequence[int]) -> int:
    """Return the balance of a usual day, in cents, of balances that are given lowest first."""
    return at_share(balances, _HALF)


def months_covered(balance: int, fixed: Money) -> Decimal:
    """Return how many months of fixed costs a balance covers, to a tenth."""
    return (Decimal(max(0, balance)) / Decimal(fixed.cents)).quantize(_TENTH)


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
    return _carried(level, months, percent(unknown), len(quality.missing_accounts))


@lru_cache(maxsize=1_024)
def _carried(level: Level, months: int, unknown: str, missing: int) -> Indicator:
    """Say what the data carry, and what they lack if anything; it is the same for many people."""
    nameless = unknown != percent(Decimal(0))
    return indicator(
        "data",
        level,
        unknown,
        "The data show {months}."
        + (" {share} of the money has no category." if nameless else "")
        + (" {missing} not shared." if missing else ""),
        "De gegevens gaan over {months}."
        + (" Van {share} van het geld is niet bekend waarvoor het is." if nameless else "")
        + (" {missing} niet gedeeld." if missing else ""),
        months=whole_months(months) if months else ("less than a whole month", "minder dan een hele maand"),
        share=unknown,
        missing=counted(
            missing,
            ("1 own account is", "1 eigen rekening is"),
            ("{count} own accounts are", "{count} eigen rekeningen zijn"),
        ),
    )
