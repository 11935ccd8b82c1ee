"""What can be repaid each month above the legal floor."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from psd2_affordability.assess import floor_says, plan_says, room_says, unpaid_says
from psd2_affordability.assess.creditors import in_arrears
from psd2_affordability.assess.debt_scheme import (
    ASK,
    debt_scheme,
    no_plan_beside,
    paid_through_others,
    says_paid_through_others,
    scheme_not_known,
)
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.fair_share import FairShare, fair_share
from psd2_affordability.assess.floors import Floors, floors_of
from psd2_affordability.assess.forecast.ahead import Ahead
from psd2_affordability.assess.forecast.narrow import Whole
from psd2_affordability.assess.guessed import decides as guess_decides
from psd2_affordability.assess.guessed import not_counted
from psd2_affordability.assess.kinds import ASSISTANCE, PLAN
from psd2_affordability.assess.plans import (
    Payments,
    course,
    holds_as_now,
    least_payment,
    option,
    payments_of,
    plan_options,
    short_of,
    total_debt,
)
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.results import (
    Advice,
    DataQuality,
    ExpectedBalance,
    Expenses,
    Income,
    PlanOption,
    Proposal,
    Room,
)
from psd2_affordability.assess.sizing import Sizing, size
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.unpaid import doubtful, may_be_over
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

#: Kinds of payment that show a party collecting a debt.
_COLLECTING = ("collector", "bailiff", "fine", "tax_debt", "seizure")
#: Together these tell that costs of every household are paid from an account that is not shared.
_PAID_ELSEWHERE = {"costs.not_seen", "money.elsewhere"}
#: From fewer whole months no plan can be called sound; of two partners each has somebody who pays.
_FEWEST_MONTHS, _EARNERS = 3, 2
#: Who was paid in this many days is still collecting.
_COLLECTING_DAYS = 183


class Known(NamedTuple):
    """What is known of one person before the room is sized."""

    facts: Facts
    quality: DataQuality
    income: Income
    expenses: Expenses
    ahead: Ahead


class _Sized(NamedTuple):
    """A room that is large enough to be judged.

    Attributes:
        known: of whom.
        sizing: the two bounds.
        floors: the protected income, and what a plan must leave.
        questions: what to ask to be surer.
        room: the range.
        grounds: what it is made of.
        debt: what must be repaid; None when that is not known.
        fair: the asking creditor's share; None when nobody else collects.
        against: the advice that is no plan, and why; None when plans are worth testing.
    """

    known: Known
    sizing: Sizing
    floors: Floors
    questions: tuple[Reason, ...]
    room: Range
    grounds: tuple[Reason, ...]
    debt: Money | None
    fair: FairShare | None
    against: tuple[Advice, Reason] | None

    @property
    def tests_plans(self) -> bool:
        """Whether somebody asks for the futures: for a plan, or for a proposal."""
        return self.against is None or self.known.facts.case.proposal is not None


def room_of(
    facts: Facts,
    quality: DataQuality,
    income: Income,
    expenses: Expenses,
    rules: NationalRules,
    ahead: Ahead,
) -> Room:
    """Size what one person can repay each month, as `rooms_of` does."""
    (room,) = rooms_of([Known(facts, quality, income, expenses, ahead)], rules)
    return room


def rooms_of(people: Sequence[Known], rules: NationalRules) -> list[Room]:
    """Size what each can repay a month; the futures of all plans are run together.

    The room is the lower of two bounds, in a lean, a usual and a good month:

    * **what is left**: income (allowances included) less costs. Rent and health premium are paid in
      full and the allowances for them are in the income, so nothing counts twice. A lean month is
      the lean income less all that is usually spent; a usual month keeps the essential costs, the
      debts, the cash and the unexplained money whole, and half of what can wait (nothing of it after
      an income stopped); a good month keeps only what cannot wait.
    * **what the law leaves to creditors**: the income that counts for the protected income
      (allowances do not: they cannot be seized) less the protected income. Where the law gives an
      interval, a lean and a usual month take its high end, so that no plan can break the floor, and
      a good month its low end. Holiday pay raises the protected income, but comes once a year: a
      month does not count on it. While wages are being seized, what arrives is what the law left:
      nothing lies above. Where the amounts of a norm for plans are given (the vtlb), what a plan must
      leave by it takes the place of the protected income, and is never less.

    Example: wages 2,000, allowances 150, rent 700, other essential costs 900, eating out and shops
    200, protected income 1,650. Left in a usual month: 2,150 - 700 - 900 - 100 = 450. Above the
    floor: 2,000 - 1,650 = 350. The room is 350.
    """
    sized = [_sized(known, rules) for known in people]
    testing = [one.known for one in sized if isinstance(one, _Sized) and one.tests_plans]
    tested = iter(payments_of([(one.facts, one.expenses, one.ahead.outlook) for one in testing]))
    return [
        one if isinstance(one, Room) else _judged(one, next(tested) if one.tests_plans else None)
        for one in sized
    ]


def _sized(known: Known, rules: NationalRules) -> _Sized | Room:
    """Size the room as far as no futures are needed; a whole answer where none can be sized."""
    facts, quality, income, expenses, _ = known
    floors = floors_of(facts, income, rules)
    questions = tuple(room_says.questions(facts, quality, income, rules, floors))
    scheme = facts.once(debt_scheme)
    in_scheme = scheme is not None and scheme.sure
    if scheme is not None:
        questions = (ASK, *questions) if in_scheme else (*questions, ASK)
    sizing = size(facts, income, expenses, floors.of_plan)
    if isinstance(sizing, Unknown):
        beside = () if scheme is None else (no_plan_beside(scheme),)
        reasons = (*beside, room_says.cannot_size(sizing))
        advice: Advice = "refer_to_debt_help" if in_scheme else "ask_first"
        return _without_plan(sizing, advice, floors, questions, reasons)
    room = sizing.room
    grounds = tuple(_grounds(known, sizing, floors))
    if _too_thin(quality) and not in_scheme:
        reasons = (room_says.too_thin(quality), *grounds)
        return _without_plan(room, "ask_first", floors, questions, reasons)
    debt, creditors = total_debt(facts.case), collecting(facts)
    against = _against(known, sizing, room.mid, floors, debt, creditors, questions)
    fair = None if in_scheme else fair_share(facts, creditors, expenses, room.mid)
    if fair is not None:
        grounds = (*grounds, plan_says.share(fair, wage_seized=bool(facts.wage_notes)))
    return _Sized(known, sizing, floors, questions, room, grounds, debt, fair, against)


def _grounds(known: Known, sizing: Sizing, floors: Floors) -> Iterator[Reason]:
    """Say what the room is made of, and how much of what can wait a usual month keeps."""
    waits = known.expenses.can_wait
    kept: room_says.Kept = "all"
    if isinstance(waits, Money) and waits.cents > 0:
        kept = "half" if sizing.kept else "nothing"
    facts, expenses = known.facts, known.expenses
    others = paid_through_others(facts, expenses)
    told = known.income, expenses
    yield from room_says.grounds(
        sizing.left, sizing.above_floor, *told, floors, kept, apart=may_be_over(facts) + others
    )
    if others:
        yield from says_paid_through_others(expenses)
    yield from unpaid_says.in_room(facts)


def _without_plan(
    monthly: Range | Unknown,
    advice: Advice,
    floors: Floors,
    questions: tuple[Reason, ...],
    reasons: tuple[Reason, ...],
) -> Room:
    """Answer where too little is known for any plan."""
    return Room(monthly, advice, floors.legal, (), questions, reasons, plan_floor=floors.plan)


def _judged(sized: _Sized, payments: Payments | None) -> Room:
    """Offer plans in a room, or say why there is none."""
    room, debt, against, questions = sized.room, sized.debt, sized.against, sized.questions
    options: tuple[PlanOption, ...] = ()
    reasons = sized.grounds
    ahead: Whole | None = None
    if against is None:
        options = () if payments is None else plan_options(payments, room, debt)
        if payments is not None and options:
            reasons = (*reasons, *plan_says.about(payments, options))
            ahead = course(payments, options[0])
            if not holds_as_now(options[0]):
                questions = (*questions, plan_says.WHAT_CHANGES)
        else:
            against = "ask_first", _none_holds(sized.known.quality, payments, room, debt)
            questions = (*questions, plan_says.WHAT_CHANGES)
    judged = Room(
        room,
        "plan" if against is None else against[0],
        sized.floors.legal,
        options,
        questions,
        reasons if against is None else (against[1], *reasons),
        fair_share=None if sized.fair is None else sized.fair.amount,
        proposal=_tested(sized, payments),
        plan_floor=sized.floors.plan,
    )
    return judged if ahead is None else judged.laid_out_by(ahead=partial(_balances, ahead))


def _balances(ahead: Whole) -> tuple[ExpectedBalance, ...]:
    return tuple([ExpectedBalance(*map(Money, month)) for month in ahead.tolist()])


def _against(
    known: Known,
    sizing: Sizing,
    mid: Money,
    floors: Floors,
    debt: Money | None,
    creditors: Mapping[str, Sequence[str]],
    questions: Sequence[Reason],
) -> tuple[Advice, Reason] | None:
    """Say what speaks against any plan, if something does."""
    scheme = known.facts.once(debt_scheme)
    if scheme is not None and scheme.sure:
        return "refer_to_debt_help", no_plan_beside(scheme)
    if len(creditors) >= NORMS.many_creditors:
        return "refer_to_debt_help", room_says.many_creditors(creditors)
    too_little = _too_little(mid, debt)
    if too_little is None:
        return None if scheme is None else ("ask_first", no_plan_beside(scheme))
    if _partner_unseen(known.facts):
        return "ask_first", room_says.partner_unseen()
    if floors.seen == "part":
        return "ask_first", floor_says.WHOLE_INCOME_DECIDES
    most = _most_in_a_usual_month(known.facts, sizing, floors)
    # only when it is clearly more than the least useful room is asking worth the while
    if most is not None and most >= Money(NORMS.small_effort_ct) and _too_little(most, debt) is None:
        return "ask_first", room_says.household_decides(mid, most, questions[0])
    # a loan that may be paid off, or a rent that somebody else may pay, is asked about before it decides
    without = min(sizing.left.mid + Money(doubtful(known.facts)), sizing.above_floor.mid)
    if without > mid and _too_little(without, debt) is None:
        return "ask_first", unpaid_says.decides(known.facts, mid, without)
    left_out = 0 if known.facts.wage_notes else not_counted(known.facts)
    with_it = min(sizing.left.mid, sizing.above_floor.mid) + Money(left_out)
    if left_out and _too_little(with_it, debt) is None:
        return "ask_first", guess_decides(known.facts, mid, with_it)
    return too_little


def _too_little(mid: Money, debt: Money | None) -> tuple[Advice, Reason] | None:
    """Say why no plan fits in a usual room, if none does."""
    if mid.cents < NORMS.least_room_ct:
        return "no_room", room_says.no_room(mid)
    if debt is not None and debt.cents > mid.cents * NORMS.plan_months:
        return "refer_to_debt_help", room_says.takes_too_long(debt, mid)
    return None


def _none_holds(quality: DataQuality, payments: Payments | None, room: Range, debt: Money | None) -> Reason:
    """Say why no amount can be offered though there is room."""
    if payments is None or quality.full_months < _FEWEST_MONTHS:
        return plan_says.history_too_short(quality.full_months)
    least = least_payment(room, debt)
    tested = option(payments, least, debt, "careful")
    short = short_of(payments, least, debt)
    return plan_says.none_holds(tested, short, knows_balance=payments.paths.knows_balance)


def _partner_unseen(facts: Facts) -> bool:
    """Whether there is a partner whose income is neither told nor, as far as can be seen, in the data.

    Social assistance is paid to both partners together.
    """
    household = facts.case.household
    if household.type is None or not household.type.has_partner or room_says.partner_told(household):
        return False
    lived_on = [one for one in facts.rhythms if one.incoming and one.category in facts.kinds.relied_on]
    together = any(one.category == ASSISTANCE for one in lived_on)
    return not together and len({one.payee for one in lived_on if one.status == "active"}) < _EARNERS


def _most_in_a_usual_month(facts: Facts, sizing: Sizing, floors: Floors) -> Money | None:
    """Return the usual room when what the household did not tell turns out well; None when all is told."""
    household, protected = facts.case.household, floors.of_plan.value
    told = household.type is not None and any(
        one.taxable_income_year is not None for one in household.persons
    )
    told = told and not floors.doubted and not (floors.plan is not None and floors.plan.ask)
    if told or facts.wage_notes or isinstance(protected, Unknown) or protected.exact:
        return None
    above = sizing.above_floor.mid + protected.high - protected.low
    return min(sizing.left.mid, above)


def _tested(sized: _Sized, payments: Payments | None) -> Proposal | None:
    proposal = sized.known.facts.case.proposal
    if proposal is None or payments is None or proposal <= ZERO:
        return None
    tested = option(payments, proposal.cents, sized.debt, "proposed")
    fits, reasons = plan_says.proposed(tested, sized.room, sized.fair, _decides(sized, proposal))
    scheme = sized.known.facts.once(debt_scheme)
    if scheme is not None and scheme.sure:
        return Proposal(tested, False, (no_plan_beside(scheme),))
    if scheme is not None and fits is not False:
        return Proposal(tested, scheme_not_known(), (no_plan_beside(scheme),))
    return Proposal(tested, fits, reasons)


def _decides(sized: _Sized, proposal: Money) -> Reason | None:
    """Return the question that decides whether a payment stays within the room; None when that is known."""
    if proposal <= sized.room.mid:
        return None
    facts = sized.known.facts
    if _partner_unseen(facts):
        return next(one for one in sized.questions if one.code == "ask.partner_income")
    most = _most_in_a_usual_month(facts, sized.sizing, sized.floors)
    return None if most is None or proposal > most else sized.questions[0]


def above_the_law(facts: Facts, income: Income, expenses: Expenses, room: Room) -> Room:
    """Return a room above the protected income alone, where a plan must leave more than that."""
    if room.plan_floor is None or isinstance(room.monthly, Unknown):
        return room
    sizing = size(facts, income, expenses, room.floor)
    return room if isinstance(sizing, Unknown) else replace(room, monthly=sizing.room, plan_floor=None)


def collecting(facts: Facts) -> dict[str, list[str]]:
    """Return who collected debts in the last half year, each with the payments to it.

    So does who is owed instalments of which the debits come back.
    """
    since = facts.seen_to - _COLLECTING_DAYS
    found = in_arrears(facts, surely=True)
    categories = {PLAN, *facts.kinds.signalling(*_COLLECTING)}
    for category in sorted([one for one in categories if one in facts.spans]):
        for row in facts.of(category):
            if row.day >= since and row.cents < 0:
                found.setdefault(row.payee, []).append(row.tx)
    return dict(sorted(found.items())) if found else found


def _too_thin(quality: DataQuality) -> bool:
    stale = quality.days_stale is not None and quality.days_stale > NORMS.too_stale_days
    unknown = quality.unknown_share > NORMS.unknown_too_heavy
    elsewhere = {one.code for one in quality.cannot_know} >= _PAID_ELSEWHERE
    unseen = elsewhere or quality.unseen_share > NORMS.unseen_too_heavy
    return quality.full_months < 1 or stale or unknown or unseen
