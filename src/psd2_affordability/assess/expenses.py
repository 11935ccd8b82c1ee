"""What goes out in a usual month, and which part of it can wait."""

from collections.abc import Iterable, Iterator, Sequence

from psd2_affordability.assess.changes import income_stopped_on
from psd2_affordability.assess.facts import QUARTERS, Facts, Rhythm, at_share, number_of, share_out
from psd2_affordability.assess.income import stream_seen
from psd2_affordability.assess.kinds import (
    CASH,
    RETURNED,
    SET_ASIDE,
    STAKES,
    TO_PERSON,
    TURNOVER,
    UNKNOWN,
)
from psd2_affordability.assess.results import Expenses, KindAmount
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

_TOO_SHORT = Unknown(
    "expenses.too_short",
    "There is less than one whole month of data, so a month's costs cannot be told.",
    "What are the rent, energy, insurance and other fixed costs a month?",
)


def expenses_of(facts: Facts) -> Expenses:
    """Tell what goes out each month.

    Fixed costs and debts with a rhythm count by their last payments, spread to a month, as long as
    they still come; without one they count by the average of the months. Household spending counts by
    months, after an income stopped only by the whole months since. A debit that came back was not
    paid and is no cost. Cash, stakes in gambling and money without a category stand apart.
    """
    fixed = _fixed_kinds(facts)
    fixed_codes = [code for code in facts.by_month if code in fixed]
    debt_codes = [code for code in facts.by_month if code in facts.kinds.debts]
    flexible_codes = [code for code in facts.by_month if code in facts.kinds.flexible]
    needed_codes = [code for code in flexible_codes if not _waits(facts, code)]

    regular = {*fixed_codes, *debt_codes}
    rhythms = [one for one in facts.rhythms if one.category in regular and not one.incoming]
    since = months_since_stop(facts) or facts.slots
    running = _running(rhythms)
    by_kind = {
        code: Money(running.get(code, 0) + _average(facts.loose[code]))
        for code in (*fixed_codes, *debt_codes)
    }
    by_kind |= {code: Money(_average(facts.by_month[code][:since])) for code in flexible_codes}
    by_kind |= {code: facts.usual(code) for code in (CASH, STAKES) if code in facts.by_month}
    shown = tuple(KindAmount(code, by_kind[code]) for code in sorted(by_kind) if by_kind[code])
    streams = tuple(stream_seen(one) for one in rhythms)
    cash, gambling, unexplained = facts.usual(CASH), facts.usual(STAKES), facts.usual(UNKNOWN)
    if not facts.slots:
        none = _TOO_SHORT
        return Expenses(none, none, none, cash, gambling, unexplained, none, shown, streams, ())
    flexible = _monthly_range(facts, flexible_codes, since)
    needed = _monthly_range(facts, needed_codes, since)
    waits = gambling + max(ZERO, flexible.mid - needed.mid)
    waits += Money.total(by_kind[code] for code in fixed_codes if _waits(facts, code))
    return Expenses(
        fixed=Money.total(by_kind[code] for code in fixed_codes),
        flexible=flexible,
        debts=Money.total(by_kind[code] for code in debt_codes),
        cash=cash,
        gambling=gambling,
        unexplained=unexplained,
        can_wait=waits,
        by_kind=shown,
        streams=streams,
        reasons=tuple(_noticed(facts, waits)),
    )


def months_since_stop(facts: Facts) -> int:
    """Count the whole months since an income stopped; fewer than two do not tell a new way of life."""
    stopped = income_stopped_on(facts)
    if stopped is None:
        return 0
    months = sum(number_of(month) > stopped for month in facts.months)
    return months if months >= 2 else 0


def months_of_costs(facts: Facts) -> list[int]:
    """Return what went out in each month, in cents; spending that can wait counts half, stakes in full."""
    kinds = facts.kinds
    costs = _fixed_kinds(facts) | kinds.debts | kinds.flexible | {CASH, STAKES, UNKNOWN}
    whole: list[Sequence[int]] = [[0] * facts.slots]
    half: list[Sequence[int]] = [[0] * facts.slots]
    for code, months in facts.by_month.items():
        if code in costs:
            (half if code != STAKES and _waits(facts, code) else whole).append(months)
    return [
        -(sum(kept) + sum(cut) // 2)
        for kept, cut in zip(zip(*whole, strict=True), zip(*half, strict=True), strict=True)
    ]


def _fixed_kinds(facts: Facts) -> frozenset[str]:
    """Kinds of fixed costs; what was set aside from turnover is already off the income."""
    return facts.kinds.fixed - SET_ASIDE if TURNOVER & facts.by_month.keys() else facts.kinds.fixed


def _running(rhythms: Iterable[Rhythm]) -> dict[str, int]:
    """Sum the usual months of the rhythms that still come, by category, in cents."""
    running: dict[str, int] = {}
    for one in rhythms:
        if one.status != "ended":
            running[one.category] = running.get(one.category, 0) + one.usual
    return running


def _average(months: Sequence[int]) -> int:
    return share_out(max(0, -sum(months)), len(months)) if months else 0


def _monthly_range(facts: Facts, codes: Iterable[str], since: int) -> Range:
    each = [facts.by_month[code][:since] for code in codes]
    ordered = sorted(max(0, -sum(month)) for month in zip([0] * since, *each, strict=True))
    if len(ordered) < 3:
        return Range(Money(ordered[0]), Money(sum(ordered) // len(ordered)), Money(ordered[-1]))
    low, mid, high = (Money(at_share(ordered, quarter)) for quarter in QUARTERS)
    return Range(low, mid, high)


def _waits(facts: Facts, code: str) -> bool:
    """Whether spending can wait; what goes to a private person with a rhythm is an agreement."""
    if code not in facts.kinds.can_wait:
        return False
    return code != TO_PERSON or all(rhythm.category != code for rhythm in facts.rhythms)


def _noticed(facts: Facts, waits: Money) -> Iterator[Reason]:
    if waits > ZERO and facts.slots:
        yield reason(
            "expenses.can_wait",
            "{amount} a month goes to things that can wait a while, such as eating out, shops and "
            "subscriptions.",
            "Er gaat {amount} per maand naar dingen die even kunnen wachten. Denk aan uit eten, winkels en "
            "abonnementen.",
            amount=waits,
        )
    returned = facts.keys(RETURNED)
    if returned:
        yield reason(
            "expenses.returned",
            "{count} direct debits came back; they were not paid and do not count as costs.",
            "Er zijn {count} incasso's teruggeboekt. Die zijn niet betaald en tellen niet als kosten.",
            count=len(returned),
            transactions=returned,
        )
    if facts.usual(STAKES):
        yield reason(
            "expenses.gambling",
            "{amount} a month goes to gambling.",
            "Er gaat {amount} per maand naar gokken.",
            amount=facts.usual(STAKES),
            transactions=facts.keys(STAKES)[-24:],
        )
