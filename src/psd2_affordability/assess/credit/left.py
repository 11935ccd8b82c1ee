"""Indicators of what is left: above the legal floor, and after the lending norm."""

from collections.abc import Iterator

from psd2_affordability.assess.credit.levels import indicator, not_known
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.floors import holiday_pay_month
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.kinds import HOME
from psd2_affordability.assess.obligation import Depth, Obligation
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.results import Expenses, Income, Indicator, Level, Room
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.answer import LegalAnswer, Range, Unknown, first_unknown
from psd2_affordability.core.money import ZERO, Money


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


def room_left(room: Room, after: Range | Unknown | None, depth: Depth, *, asked: bool) -> Indicator:
    """Hold what is left against nothing: with the obligation in it when one is asked about."""
    month = room.monthly if after is None else after
    if isinstance(month, Unknown) and asked:
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
    if month.mid.cents < 0:
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
    lean = depth == "thorough" and month.low.cents < 0
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
    return rules.lending_norm(facts.case.household, month.mid + holiday_pay_month(facts), facts.on)


def norm_left(
    facts: Facts, income: Income, expenses: Expenses, norm: LegalAnswer | None, obligation: Obligation | None
) -> Iterator[Indicator]:
    """Hold income less the norm, the home and other debts against the obligation, when a norm was given."""
    if norm is None:
        return
    month, debts, kept = income.monthly, expenses.debts, norm.value
    if isinstance(month, Unknown) or isinstance(debts, Unknown) or isinstance(kept, Unknown):
        missing = first_unknown(month, debts, kept)
        yield not_known(
            "lending_norm",
            missing,
            f"What the lending norm leaves cannot be told. {missing.because}",
            "Het is niet te zien wat er na de leennorm overblijft.",
        )
        return
    # as it counts among the costs: what is owed and not paid too
    home = Money.total(one.monthly for one in expenses.by_kind if one.category in HOME)
    capacity = month.mid + holiday_pay_month(facts) - kept.high - home - debts
    asked = obligation.monthly if obligation is not None else ZERO
    left = capacity - asked
    says = (
        (
            "Income less the lending norm, the home and debts leaves {capacity} a month for new credit.",
            "Na leennorm, woning en schulden blijft er {capacity} per maand over voor nieuw krediet.",
        )
        if capacity >= ZERO
        else (
            "Income is {capacity} a month too little for the lending norm, the home and debts.",
            "Voor de leennorm, de woning en de schulden komt er {capacity} per maand tekort.",
        )
    )
    yield indicator(
        "lending_norm",
        "concern" if left < ZERO or capacity <= ZERO else "fine",
        str(capacity),
        *says,
        capacity=abs(capacity),
    )
