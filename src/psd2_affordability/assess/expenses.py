"""What goes out in a usual month, and which part of it can wait."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from psd2_affordability.assess.arrears import not_paid
from psd2_affordability.assess.both_ways import both_ways
from psd2_affordability.assess.bought_once import bought_once, less_bought_once, say_bought_once
from psd2_affordability.assess.changes import cost_runs, income_stopped_on
from psd2_affordability.assess.creditors import creditors_of
from psd2_affordability.assess.evidence import bookings
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.income import quarters, streams_seen
from psd2_affordability.assess.irregular_costs import say_no_premiums, without_rhythm
from psd2_affordability.assess.joint import joint_accounts, shared_in
from psd2_affordability.assess.kinds import (
    CASH,
    PUBLIC_BILLS,
    RENT,
    RETURNED,
    SEIZED,
    SET_ASIDE,
    STAKES,
    TO_PERSON,
    TURNOVER,
    UNKNOWN,
)
from psd2_affordability.assess.paid_back import paid_back, say_paid_back
from psd2_affordability.assess.reckoning import money_of, number_of, share_out
from psd2_affordability.assess.results import Expenses, KindAmount
from psd2_affordability.assess.rhythm import PER_YEAR, Rhythm
from psd2_affordability.assess.unpaid import unpaid
from psd2_affordability.assess.unpaid_says import say_unpaid
from psd2_affordability.assess.wording import counted, reason
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

_NONE_SEEN = Unknown(
    "expenses.none_seen",
    "No costs are paid from the accounts in these data.",
    "From which account are the rent, the groceries and the other costs paid?",
)
#: Not due every month.
_SELDOM = frozenset({cadence for cadence, times in PER_YEAR.items() if times < 12})
_TOO_SHORT = Unknown(
    "expenses.too_short",
    "There is less than one whole month of data, so a month's costs cannot be told.",
    "What are the rent, energy, insurance and other fixed costs a month?",
)


def expenses_of(facts: Facts) -> Expenses:
    """Tell what goes out each month.

    Fixed costs and debts with a rhythm count by their last payments, spread to a month, as long as
    they still come; without one they count by the average of the months. What returns at a rhythm for one
    lowers it. What is not due every month
    (yearly and quarterly bills, and reserve costs) is spread too and told apart as a reserve. Household
    spending counts by months, after an income stopped only by the whole months since. A debit that came
    back was not paid and is no cost; what a seizure took from the account was taken once, and a large thing
    bought once with money that came in for it stands apart. Cash, stakes in
    gambling and money without a category stand apart.
    """
    month = _usual_month(facts)
    by_kind = month.by_kind
    cash, gambling, unexplained = Money(by_kind[CASH]), Money(by_kind[STAKES]), Money(month.unexplained)
    shown, streams = partial(_kinds, by_kind), partial(streams_seen, month.rhythms)
    taken = [SEIZED] if SEIZED in facts.by_month else []
    creditors = tuple(creditors_of(facts, [*month.debts, *taken], month.rhythms))
    none = _nothing_to_say(facts, month)
    if none is not None:
        return Expenses(
            none, none, none, none, cash, gambling, unexplained, none, none, (), (), creditors, ()
        ).laid_out_by(by_kind=shown, streams=streams)
    fixed, debts, flexible = (
        sum([by_kind[code] for code in codes]) for codes in (month.fixed, month.debts, month.flexible)
    )
    waits = _can_wait(facts, month)
    usual = fixed + flexible + month.unexplained + by_kind[CASH] + by_kind[STAKES]
    return Expenses(
        fixed=Money(fixed),
        reserve=Money(month.reserve),
        flexible=_monthly_range(facts, month, flexible),
        debts=Money(debts),
        cash=cash,
        gambling=gambling,
        unexplained=unexplained,
        can_wait=Money(waits),
        essential=Money(max(0, usual - waits)),
        by_kind=(),
        streams=(),
        creditors=creditors,
        reasons=tuple(_noticed(facts, waits)),
        unsplit=_unsplit(facts, usual + debts, month.fixed),
        not_paid=not_paid(facts),
    ).laid_out_by(by_kind=shown, streams=streams)


def _kinds(by_kind: Mapping[str, int]) -> tuple[KindAmount, ...]:
    return tuple([KindAmount(code, money_of(by_kind[code])) for code in sorted(by_kind) if by_kind[code]])


class _Month(NamedTuple):
    """A usual month of costs in cents.

    Attributes:
        fixed: codes of fixed and reserve costs.
        debts: codes of debts and loans.
        flexible: codes of household spending.
        rhythms: fixed costs and debts with a rhythm.
        by_kind: usual month by code, cash and stakes included.
        reserve: the part of the fixed costs that is not due every month.
        unexplained: outgoing money without a category.
        whole_months: how many whole months household spending is seen in, counted from the newest.
    """

    fixed: Sequence[str]
    debts: Sequence[str]
    flexible: Sequence[str]
    rhythms: Sequence[Rhythm]
    by_kind: Mapping[str, int]
    reserve: int
    unexplained: int
    whole_months: int


def _usual_month(facts: Facts) -> _Month:
    """Work out a usual month."""
    kinds, seen, sums = _fixed_kinds(facts), facts.seen, facts.seen_sums
    fixed, debts, flexible = _sorted_out(facts, kinds)
    regular = [*fixed, *debts]
    rhythms = [one for one in facts.once(both_ways).outgoing if one.category in regular]
    running, seldom = _running(facts, rhythms)
    loose = without_rhythm(facts, regular, running)
    if RENT in running and RENT not in loose:
        # a rent that is told, of which no payment was ever seen
        fixed.append(RENT)
        loose[RENT] = 0
    returns = facts.once(paid_back)
    if returns:
        _take_off(returns, running, seldom, loose)
    stopped, reserve, apart = facts.once(after_stop), facts.kinds.reserve, facts.once(bought_once)
    put_by = sum([cents for code, cents in loose.items() if cents and code in reserve])
    by_kind = {code: running.get(code, 0) + cents for code, cents in loose.items()}
    by_kind |= _flexible(facts, flexible, stopped)
    for code in (CASH, STAKES):
        by_kind[code] = seen.a_month(-sums[code]) if code in sums else 0
    return _Month(
        fixed,
        debts,
        flexible,
        rhythms,
        by_kind,
        reserve=put_by + sum([cents for code, cents in seldom.items() if code in kinds]),
        unexplained=seen.a_month(-sums[UNKNOWN] - apart.cents(UNKNOWN, seen.first)) if UNKNOWN in sums else 0,
        whole_months=facts.slots if stopped is None else _months_from(facts, stopped),
    )


def _can_wait(facts: Facts, month: _Month) -> int:
    """What is not needed to live and owed to nobody; with a rhythm, what a person gets is agreed."""
    can_wait, by_kind = facts.kinds.can_wait, month.by_kind
    waiting = [code for code in (*month.fixed, *month.flexible) if code in can_wait]
    if TO_PERSON in waiting and any(one.category == TO_PERSON for one in facts.rhythms):
        waiting.remove(TO_PERSON)
    return by_kind[STAKES] + sum([by_kind[code] for code in waiting])


def _sorted_out(facts: Facts, fixed_kinds: Collection[str]) -> tuple[list[str], list[str], list[str]]:
    """Sort the categories seen: fixed and reserve costs, debts and loans, household spending."""
    kinds, seen = facts.kinds, facts.by_month
    return (
        [code for code in seen if code in fixed_kinds],
        [code for code in seen if code in kinds.debts and code != SEIZED],
        [code for code in seen if code in kinds.flexible],
    )


def _flexible(facts: Facts, codes: Iterable[str], stopped: int | None) -> dict[str, int]:
    """A usual month of each kind of household spending, in cents; of the time since an income stopped."""
    apart = facts.once(bought_once)
    if stopped is None:
        seen, sums = facts.seen, facts.seen_sums
        spent = {code: -sums[code] for code in codes}
    else:
        seen = facts.seen.since(stopped)
        spent = {code: -facts.total(code, seen.first) for code in codes}
    for code in apart.rows:
        if code in spent:
            spent[code] -= apart.cents(code, seen.first)
    return {code: seen.a_month(cents) for code, cents in spent.items()}


def _nothing_to_say(facts: Facts, month: _Month) -> Unknown | None:
    if not facts.slots:
        return _TOO_SHORT
    return None if month.unexplained or any(month.by_kind.values()) else _NONE_SEEN


def _unsplit(facts: Facts, usual: int, fixed: Collection[str]) -> Money | None:
    """A usual month with joint accounts counted whole; None when no share of one is stated."""
    if not facts.case.household.accounts:
        return None
    kinds = facts.kinds
    counted = {*fixed, *kinds.debts, *kinds.flexible, CASH, STAKES, UNKNOWN}
    left_out = -sum(cents for code, cents in facts.withheld.items() if code in counted)
    return Money(usual + share_out(max(0, left_out), facts.slots))


def after_stop(facts: Facts) -> int | None:
    """Return the first day number of the whole months since an income stopped.

    Fewer than two do not tell a new way of life.
    """
    stopped = facts.once(income_stopped_on)
    if stopped is None:
        return None
    months = [first for month in facts.months if (first := number_of(month)) > stopped]
    return months[-1] if len(months) >= 2 else None


def months_since_stop(facts: Facts) -> int:
    """Count the whole months since an income stopped, when there are enough to tell."""
    first = facts.once(after_stop)
    return 0 if first is None else _months_from(facts, first)


def _months_from(facts: Facts, first: int) -> int:
    return sum(number_of(month) >= first for month in facts.months)


def _fixed_kinds(facts: Facts) -> frozenset[str]:
    """Kinds of fixed costs; what was set aside from turnover is already off the income."""
    earns = [code for code in TURNOVER if code in facts.by_month]
    return facts.kinds.fixed - SET_ASIDE if earns else facts.kinds.fixed


def _running(facts: Facts, rhythms: Iterable[Rhythm]) -> tuple[dict[str, int], dict[str, int]]:
    """Sum the usual months of what still comes or is owed by category, in cents: all, and the seldom ones."""
    running: dict[str, int] = {}
    seldom: dict[str, int] = {}
    for one in rhythms:
        if not cost_runs(facts, one):
            continue
        category, usual = one.category, one.usual
        running[category] = running.get(category, 0) + usual
        if one.cadence in _SELDOM:
            seldom[category] = seldom.get(category, 0) + usual
    for owed in facts.once(unpaid):
        running[owed.category] = running.get(owed.category, 0) + owed.usual
        if owed.seldom:
            seldom[owed.category] = seldom.get(owed.category, 0) + owed.usual
    return running, seldom


def _take_off(
    returns: Mapping[str, Sequence[Rhythm]],
    running: dict[str, int],
    seldom: dict[str, int],
    loose: dict[str, int],
) -> None:
    """Take what returns at a rhythm off its costs; a tax that counts by months has it off already."""
    for category, rhythms in returns.items():
        if category in PUBLIC_BILLS and category not in running:
            continue
        left = sum([one.usual for one in rhythms])
        for costs in (running, loose):
            off = min(left, costs.get(category, 0))
            if off > 0:
                costs[category] -= off
                left -= off
        if category in seldom:
            seldom[category] = min(seldom[category], running[category])


def _monthly_range(facts: Facts, month: _Month, usual: int) -> Range:
    """A lean and a good month of household spending are quarters of the whole months seen."""
    if not month.flexible:
        return Range(ZERO, ZERO, ZERO)
    spent: Iterable[int] = map(sum, zip(*[facts.by_month[code] for code in month.flexible], strict=True))
    if facts.once(bought_once).rows:
        spent = less_bought_once(facts, month.flexible, spent)
    ordered = sorted([-cents if cents < 0 else 0 for cents in islice(spent, month.whole_months)])
    low, high = ordered[0], ordered[-1]
    if len(ordered) >= 3:
        low, _, high = quarters(ordered)
    return Range(Money(min(low, usual)), Money(usual), Money(max(high, usual)))


def _noticed(facts: Facts, waits: int) -> Iterator[Reason]:
    if waits > 0:
        yield reason(
            "expenses.can_wait",
            "{amount} a month goes to things that can wait a while, such as eating out, shops and "
            "subscriptions.",
            "Er gaat {amount} per maand naar dingen die even kunnen wachten. Denk aan uit eten, winkels en "
            "abonnementen.",
            amount=Money(waits),
        )
    yield from say_unpaid(facts)
    if RETURNED in facts.spans:
        yield from _returned(facts)
    yield from say_paid_back(facts)
    yield from say_no_premiums(facts)
    if facts.once(bought_once).purchases:
        yield from say_bought_once(facts)
    if shared_in(facts):
        yield joint_accounts("expenses.joint", facts)
    stakes = facts.usual(STAKES) if STAKES in facts.spans else ZERO
    if stakes:
        yield reason(
            "expenses.gambling",
            "{amount} a month goes to gambling.",
            "Er gaat {amount} per maand naar gokken.",
            amount=stakes,
            transactions=bookings(facts, STAKES, newest=24),
        )


def _returned(facts: Facts) -> Iterator[Reason]:
    """Say which debits came back, and why: no money, refused by hand, or an account that was shut."""
    by_kind: dict[str, list[str]] = {}
    for key in facts.keys(RETURNED):
        by_kind.setdefault(facts.returns.get(key, ""), []).append(key)
    told = set(by_kind) & set(_CAME_BACK)
    for kind in sorted(told):
        yield _came_back(f"expenses.returned_{kind}", _CAME_BACK[kind], by_kind[kind])
    rest = [key for kind in sorted(set(by_kind) - told) for key in by_kind[kind]]
    if rest:
        yield _came_back("expenses.returned", ("came back", "teruggeboekt"), rest)


def _came_back(code: str, why: tuple[str, str], keys: Sequence[str]) -> Reason:
    return reason(
        code,
        "{debits} {why}; {left_out}.",
        "{debits} {why}. {left_out}.",
        debits=counted(
            len(keys),
            ("1 direct debit", "Er is 1 incasso"),
            ("{count} direct debits", "Er zijn {count} incasso's"),
        ),
        why=why,
        left_out=counted(
            len(keys),
            ("it was not paid and does not count as a cost", "Die is niet betaald en telt niet als kosten"),
            (
                "they were not paid and do not count as costs",
                "Die zijn niet betaald en tellen niet als kosten",
            ),
        ),
        transactions=keys,
    )


_CAME_BACK = {
    "lack_of_funds": ("came back for lack of money", "teruggeboekt omdat er te weinig geld was"),
    "refused": ("came back at the account holder's request", "door de rekeninghouder zelf teruggeboekt"),
    "blocked": ("came back as the account was blocked", "teruggeboekt omdat de rekening geblokkeerd was"),
}
