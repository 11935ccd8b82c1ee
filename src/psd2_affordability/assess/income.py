"""What comes in, net: a lean, a usual and a good month."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from psd2_affordability.assess.begun import Begun, begun_anew, cadence_of, taken_over
from psd2_affordability.assess.both_ways import both_ways
from psd2_affordability.assess.changes import income_shock, successor
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.guessed import not_sure
from psd2_affordability.assess.income_ahead import Three, months_ahead, shown, still_due
from psd2_affordability.assess.income_says import OneOff, noticed, says_begun
from psd2_affordability.assess.kinds import CHILD_BENEFIT, IN_SPELLS, TURNOVER
from psd2_affordability.assess.living_money import Administered, administered, ask_administrator
from psd2_affordability.assess.paid_ahead import lowered_by_advance
from psd2_affordability.assess.reckoning import day_of, money_of, number_of, share_out
from psd2_affordability.assess.results import Income, KindAmount, MonthAhead, StreamSeen
from psd2_affordability.assess.rhythm import Rhythm, a_month
from psd2_affordability.assess.self_employed import NO_TAX, TaxOnTurnover, tax_on_turnover
from psd2_affordability.assess.twice_a_month import twice_a_month
from psd2_affordability.assess.unexplained import NOT_UNDERSTOOD, not_understood
from psd2_affordability.assess.unlikely import UNLIKELY_INCOME, unlikely_income
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

#: Income at one of these rhythms has a payday to plan after.
_PAYDAYS = frozenset({"weekly", "four_weekly", "monthly"})
#: Child benefit is paid by the quarter; so many months may show one payment.
_A_QUARTER = 3
_TIMES = {
    "weekly": ("a week", "een week"),
    "monthly": ("a month", "een maand"),
    "quarterly": ("three months", "drie maanden"),
}
_NONE_SEEN = Unknown(
    "income.none_seen",
    "No income arrives on the accounts in these data.",
    "On which account does the income arrive?",
)
#: A month in which an income began counts among its months.
_A_MONTH = 31


@dataclass(slots=True)
class _Tally:
    """Lean, usual and good month by category, in cents; what has no rhythm stands apart too."""

    by_kind: dict[str, list[int]] = field(default_factory=dict)
    without_rhythm: list[int] = field(default_factory=lambda: [0, 0, 0])

    def add(self, category: str, month: Three) -> None:
        held = self.by_kind.get(category)
        if held is None:
            self.by_kind[category] = list(month)
        else:
            _add(held, month)

    def add_loose(self, category: str, month: Three) -> None:
        self.add(category, month)
        if category not in TURNOVER:
            _add(self.without_rhythm, month)

    def total(self, categories: Sequence[str]) -> Range:
        low = mid = high = 0
        for category in categories:
            lean, usual, good = self.by_kind[category]
            if lean > 0:
                low += lean
            if usual > 0:
                mid += usual
            if good > 0:
                high += good
        return Range(Money(low), Money(mid), Money(high))


def _add(held: list[int], month: Three) -> None:
    held[0] += month[0]
    held[1] += month[1]
    held[2] += month[2]


def income_of(facts: Facts) -> Income:
    """Tell what comes in each month.

    Money with a rhythm counts as long as it still comes: the last payments, spread to a month
    (four-weekly money comes 13 times a year). Money without one counts by months: the lower quarter
    is a lean month, the middle one a usual month. Turnover of a self-employed person is not income:
    the VAT and income tax paid from it are set aside first. One-offs (holiday pay, refunds, back
    payments), living money from an administrator and money from private persons are told apart and
    not counted.
    """
    kinds = facts.kinds
    counted = [category for category in facts.by_month if category in kinds.income]
    rhythms = [one for one in facts.once(both_ways).incoming if one.category in kinds.income]
    steady = [one for one in rhythms if one.category not in TURNOVER]
    tally = _Tally()
    reasons: list[Reason] = []
    doubted = not_sure(facts)
    for rhythm in steady:
        if rhythm.key in doubted:
            tally.add(rhythm.category, (0, 0, rhythm.range_month()[2]))
        elif rhythm.status == "active":
            tally.add(rhythm.category, rhythm.range_month())
        else:
            _count_stopped(facts, rhythm, tally, reasons)
    if doubted:
        steady = [one for one in steady if one.key not in doubted]
    anew = facts.once(begun_anew)
    for category in counted:
        _count_months(facts, category, anew.get(category), tally, reasons)
    turnover = sorted(TURNOVER & tally.by_kind.keys())
    tax = _set_aside(facts, tally, turnover) if turnover else None
    if tax is not None:
        reasons += tax.reasons
    manager = facts.once(administered)
    seen = sorted(tally.by_kind)
    month = _nothing_to_say(facts, seen, rhythms, tax, manager) or tally.total(seen)
    if month is _NONE_SEEN or (isinstance(month, Range) and month.mid.cents == 0):
        maybe = list(not_understood(facts))
        reasons += maybe
        if maybe and month is _NONE_SEEN:
            month = NOT_UNDERSTOOD
    known = isinstance(month, Range)
    if known:
        reasons += still_due(facts, steady)
        if facts.paid_ahead:
            reasons += lowered_by_advance(facts, steady)
    shock = income_shock(facts, counted, month.mid.cents) if isinstance(month, Range) else None
    one_off = OneOff.of(facts)
    reasons += noticed(facts, one_off, manager, shock)
    protected = [kind for kind in seen if kind in kinds.protected]
    return Income(
        month,
        month if not known or len(protected) == len(seen) else tally.total(protected),
        tuple([KindAmount(kind, money_of(tally.by_kind[kind][1])) for kind in seen]),
        (),
        one_off.amount,
        tuple(reasons),
        shock=shock,
        set_aside=None if tax is None else tax.told,
        living_money=Money(manager.monthly) if manager is not None and manager.monthly else None,
        unsplit=_unsplit(facts, month),
    ).laid_out_by(
        streams=partial(streams_seen, rhythms),
        forecast=_ahead(facts, steady, tally, turnover, tax) if known else tuple,
    )


def main_rhythm(facts: Facts) -> Rhythm | None:
    """Return the largest income that still comes: its payday is the day to plan after."""
    income = facts.kinds.income
    active = [
        rhythm
        for rhythm in facts.once(both_ways).incoming
        if rhythm.category in income and rhythm.cadence in _PAYDAYS and rhythm.status == "active"
    ]
    return max(active, key=lambda rhythm: (rhythm.usual, rhythm.key), default=None)


def streams_seen(rhythms: Iterable[Rhythm]) -> tuple[StreamSeen, ...]:
    """Show rhythms as people read them."""
    return tuple(map(_stream_seen, rhythms))


def _stream_seen(rhythm: Rhythm) -> StreamSeen:
    status = rhythm.status
    return StreamSeen(
        rhythm.category,
        rhythm.payee,
        rhythm.cadence,
        money_of(rhythm.usual),
        money_of(abs(rhythm.cents[-1])),
        day_of(rhythm.first_day),
        day_of(rhythm.last_day),
        None if status == "ended" else day_of(rhythm.next_day),
        status,
        rhythm.txs,
    )


def _count_stopped(facts: Facts, rhythm: Rhythm, tally: _Tally, reasons: list[Reason]) -> None:
    """Count what is late for a good month alone, and say what has stopped or is late.

    What is late while another wage or benefit came in its place has stopped.
    """
    status = rhythm.status
    _, mid, high = rhythm.range_month()
    if status == "late":
        if rhythm.category in IN_SPELLS and successor(facts, rhythm, IN_SPELLS) is not None:
            status = "ended"
        else:
            tally.add(rhythm.category, (0, 0, high))
    if facts.seen_to - rhythm.last_day > 400:
        return
    reasons.append(
        reason(
            "income.ended" if status == "ended" else "income.late",
            "{amount} a month from {payee} last came on {day}; it is not counted."
            if status == "ended"
            else "{amount} a month from {payee} last came on {day} and is late; only a good month counts it.",
            "{amount} per maand van {payee} kwam voor het laatst op {day}. Dit telt niet mee."
            if status == "ended"
            else "{amount} per maand van {payee} kwam voor het laatst op {day} en is te laat. "
            "Dit telt alleen mee voor een goede maand.",
            amount=Money(mid),
            payee=rhythm.payee,
            day=day_of(rhythm.last_day),
            transactions=partial(_last_of, rhythm),
        )
    )


def _last_of(rhythm: Rhythm) -> tuple[str, ...]:
    return rhythm.txs[-1:]


def _count_months(
    facts: Facts, category: str, begun: Begun | None, tally: _Tally, reasons: list[Reason]
) -> None:
    """Count what comes without a rhythm, by months; what has begun by those since."""
    months = facts.by_month[category] if category in TURNOVER else facts.loose[category]
    if begun is not None:
        if begun.just:
            _count_begun(category, begun, tally, reasons)
            return
        months = months[: sum(day > begun.rows[0].day - _A_MONTH for day in map(number_of, facts.months))]
    if not any(months) or (len(months) >= 3 and not any(months[:3])):
        return
    if category == CHILD_BENEFIT and len(months) <= _A_QUARTER:
        each = a_month(max(0, facts.of(category)[-1].cents), "quarterly")
        tally.add_loose(category, (each, each, each))
        return
    if category not in TURNOVER:
        months = twice_a_month(facts, category) or months
    low, mid, high = spread(months)
    if category in TURNOVER:
        mid = max(0, sum(months) // len(months))
    elif taken_over(facts, category):
        low = mid = 0
    tally.add_loose(category, (min(low, mid), mid, max(mid, high)))


def spread(months: Sequence[int]) -> Three:
    """Return a lean, usual and good month: the quarters of the months, never more than their average.

    >>> spread([0, 0, 300_00, 100_00])
    (0, 0, 10000)
    """
    ordered = sorted(months)
    average = sum(ordered) // len(ordered)
    if len(ordered) < 3:
        return max(0, ordered[0]), max(0, average), max(0, ordered[-1])
    quarter, half, most = quarters(ordered)
    low = max(0, quarter)
    mid = max(low, min(half, average))
    return low, mid, max(mid, most)


def quarters(ordered: Sequence[int]) -> Three:
    """Return the first, second and third quarter of an ordered series: ones that are really in it.

    >>> quarters([10, 20, 30, 40])
    (10, 20, 30)
    """
    count = len(ordered)
    return ordered[(count - 1) // 4], ordered[(count - 1) // 2], ordered[(3 * count - 1) // 4]


def _count_begun(category: str, begun: Begun, tally: _Tally, reasons: list[Reason]) -> None:
    """Count what has just begun by its newest payment, for a month or week; child benefit is for a quarter.

    A wage or benefit beside which another is still expected may be in its place: until that is known a
    good month alone counts both, and another the lower of two that are alike, or else the larger.
    """
    rows, other = begun.rows, begun.beside
    cadence = cadence_of(category, begun)
    amounts = [a_month(row.cents, cadence) for row in rows]
    low, mid, high = min(amounts), amounts[-1], max(amounts)
    if other is not None:
        if 2 * mid < other.usual or other.usual <= mid < 2 * other.usual:
            low = mid = 0
        elif mid < other.usual:
            tally.add(other.category, (mid - other.usual, mid - other.usual, 0))
            low = mid = 0
        else:
            low, mid = max(0, low - other.usual), mid - other.usual
    tally.add_loose(category, (low, mid, high))
    reasons.append(says_begun(begun, _TIMES[cadence]))


def _set_aside(facts: Facts, tally: _Tally, turnover: Sequence[str]) -> TaxOnTurnover:
    """Take the tax off turnover; turnover whose tax is not known counts only for a good month."""
    usual = sum([tally.by_kind[category][1] for category in turnover])
    tax = tax_on_turnover(facts, turnover, usual)
    flat = tax.flat
    for category in turnover:
        held = tally.by_kind[category]
        if flat is None:
            held[:] = [0, 0, held[2]]
        else:
            held[:] = [max(0, cents - tax.vat_of(cents) - flat) for cents in held]
            flat = 0
    return tax


def _ahead(
    facts: Facts, steady: Sequence[Rhythm], tally: _Tally, turnover: Sequence[str], tax: TaxOnTurnover | None
) -> Callable[[], tuple[MonthAhead, ...]]:
    low, mid, high = tally.without_rhythm
    taxed = turnover if tax is not None and tax.flat is not None else ()
    return partial(shown, facts.on, months_ahead(facts, steady, (low, mid, high), taxed, tax))


def _unsplit(facts: Facts, month: Range | Unknown) -> Money | None:
    """A usual month with joint accounts counted whole; None when no share of one is stated."""
    if not facts.case.household.accounts or isinstance(month, Unknown):
        return None
    left_out = sum(cents for code, cents in facts.withheld.items() if code in facts.kinds.income)
    return month.mid + Money(share_out(max(0, left_out), max(1, facts.slots)))


def _nothing_to_say(
    facts: Facts,
    kinds: Sequence[str],
    rhythms: Sequence[Rhythm],
    tax: TaxOnTurnover | None,
    manager: Administered | None,
) -> Unknown | None:
    if manager is not None and manager.monthly and not facts.kinds.protected.intersection(kinds):
        return ask_administrator(manager)
    if tax is not None and tax.flat is None and set(kinds) <= TURNOVER:
        return NO_TAX
    if facts.once(unlikely_income) is not None:
        return UNLIKELY_INCOME
    if kinds:
        return None
    if not facts.slots and not rhythms:
        return Unknown(
            "income.too_short",
            "There is less than one whole month of data and no income with a rhythm.",
            "What comes in each month, and from whom?",
        )
    if rhythms:
        return None
    return _NONE_SEEN
