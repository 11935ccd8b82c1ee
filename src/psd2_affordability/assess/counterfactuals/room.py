"""Which change makes room for a payment plan where there is none."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from psd2_affordability.assess.counterfactuals.least import euros_up, least_euros, least_to_fill
from psd2_affordability.assess.debt_scheme import debt_scheme
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.floors import Floors, floors_at
from psd2_affordability.assess.plans import total_debt
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.results import Allowance, Expenses, Income, Room
from psd2_affordability.assess.results.counterfactuals import Turn
from psd2_affordability.assess.room import collecting
from psd2_affordability.assess.sizing import Sizing, choices_kept, size
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

_MOST_INCOME = 2_000


class _Case(NamedTuple):
    """What a room was sized from, and the room that a plan needs."""

    facts: Facts
    income: Income
    expenses: Expenses
    rules: NationalRules
    needed: Money


def room_turns(
    facts: Facts,
    room: Room,
    income: Income,
    expenses: Expenses,
    allowances: Sequence[Allowance],
    rules: NationalRules,
) -> tuple[Turn, ...]:
    """Say what would make room, the smallest change first; nothing where that is no matter of euros.

    Whether a plan holds from payday to payday is tested in futures, and not said here.
    """
    if room.advice not in {"no_room", "refer_to_debt_help"} or isinstance(room.monthly, Unknown):
        return ()
    if facts.once(debt_scheme) is not None or len(collecting(facts)) >= NORMS.many_creditors:
        return ()
    debt = total_debt(facts.case)
    needed = Money(max(NORMS.least_room_ct, 0 if debt is None else -(-debt.cents // NORMS.plan_months)))
    case = _Case(facts, income, expenses, rules, needed)
    floor = Floors(room.floor, room.plan_floor).of_plan
    sizing = size(facts, income, expenses, floor)
    if isinstance(sizing, Unknown):
        return ()
    found = [
        *_more_income(case, sizing),
        *_less_spent(case, sizing),
        *_claimed(case, sizing, allowances),
    ]
    if debt is not None and room.monthly.mid >= Money(NORMS.least_room_ct):
        by = Money(100 * euros_up((debt - room.monthly.mid * NORMS.plan_months).cents))
        found.append(_turn("total_debt", by, _smaller_debt(by)))
    return tuple(sorted(found, key=lambda turn: (turn.by or ZERO, turn.code)))


def _more_income(case: _Case, sizing: Sizing) -> Iterator[Turn]:
    """More wages or benefit raise both bounds, and the protected income with them."""
    counted = case.income.for_protection
    if isinstance(counted, Unknown) or case.facts.wage_notes:
        return
    left, needed = sizing.left.mid, case.needed

    def still_short(euros: int) -> int:
        more = Money(100 * euros)
        floor = floors_at(case.facts, case.income, counted.mid + more, case.rules).of_plan.value
        above = ZERO if isinstance(floor, Unknown) else counted.mid + more - floor.high
        return (needed - min(left + more, above)).cents

    # the protected income never falls when more comes in
    short = needed - min(left, sizing.above_floor.mid)
    by = least_to_fill(short.cents, still_short, most=_MOST_INCOME)
    if by is not None:
        yield _turn(
            "income",
            by,
            reason(
                "turn.income",
                "With {by} more net income a month there is room for a plan.",
                "Met {by} meer netto inkomen per maand is er ruimte voor een regeling.",
                by=by,
            ),
        )


def _less_spent(case: _Case, sizing: Sizing) -> Iterator[Turn]:
    """Costs move what is left, never what lies above the protected income."""
    waits = case.expenses.can_wait
    if sizing.above_floor.mid < case.needed or isinstance(waits, Unknown):
        return

    kept, enough = choices_kept(case.facts, waits), case.needed.cents - sizing.left.mid.cents

    def turns(euros: int) -> bool:
        return kept - choices_kept(case.facts, Money(waits.cents - 100 * euros)) >= enough

    short = _short(case, sizing)
    by = least_euros(2 * short, turns, most=waits.cents // 100)
    if by is not None:
        yield _turn("can_wait", by, _less_that_can_wait(by))
    whole = Money(100 * short)
    fixed, debts = case.expenses.fixed, case.expenses.debts
    if isinstance(fixed, Money) and fixed >= whole:
        yield _turn(
            "fixed",
            whole,
            reason(
                "turn.fixed",
                "When the fixed costs are {by} a month lower, there is room for a plan.",
                "Als de vaste lasten {by} per maand lager zijn, is er ruimte voor een regeling.",
                by=whole,
            ),
        )
    if isinstance(debts, Money) and debts >= whole:
        yield _turn(
            "debts",
            whole,
            reason(
                "turn.debts",
                "When {by} less a month goes to loans and other debts, there is room for a plan.",
                "Als er {by} per maand minder gaat naar leningen en andere schulden, is er "
                "ruimte voor een regeling.",
                by=whole,
                transactions=[key for one in case.expenses.creditors for key in one.transactions[-1:]],
            ),
        )


def _claimed(case: _Case, sizing: Sizing, allowances: Sequence[Allowance]) -> Iterator[Turn]:
    """An allowance comes in whole, and no creditor may count on it: it moves what is left."""
    if sizing.above_floor.mid < case.needed:
        return
    for one in allowances:
        gap = one.gap
        if one.verdict not in {"unclaimed", "too_low"} or isinstance(gap, Unknown):
            continue
        if gap.low > ZERO and sizing.left.mid + gap.low >= case.needed:
            says = reason(
                "turn.allowance",
                "When {allowance} is claimed, at least {by} a month comes in, and there is room for a plan.",
                "Als {allowance} is aangevraagd, komt er minstens {by} per maand bij. Dan is er ruimte "
                "voor een regeling.",
                allowance=one.code.replace("_", " "),
                by=gap.low,
                transactions=one.reasons[0].transactions if one.reasons else (),
            )
            yield _turn(one.code, gap.low, says)


def _less_that_can_wait(by: Money) -> Reason:
    return reason(
        "turn.can_wait",
        "When {by} less a month goes to things that can wait, there is room for a plan.",
        "Als er {by} per maand minder gaat naar dingen die kunnen wachten, is er ruimte voor een regeling.",
        by=by,
    )


def _smaller_debt(by: Money) -> Reason:
    return reason(
        "turn.total_debt",
        "When the debt is {by} lower, it can be repaid within {months} months.",
        "Als de schuld {by} lager is, kan die binnen {months} maanden worden afgelost.",
        by=by,
        months=NORMS.plan_months,
    )


def _short(case: _Case, sizing: Sizing) -> int:
    """Whole euros that the lower bound falls short."""
    return euros_up((case.needed - min(sizing.left.mid, sizing.above_floor.mid)).cents)


def _turn(code: str, by: Money, says: Reason) -> Turn:
    return Turn(code, "room", by, "", alone=True, says=says)
