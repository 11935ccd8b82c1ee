"""Costs that are owed and are not paid any more: they stay costs, until somebody says that they are none."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.both_ways import both_ways
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import (
    ADMINISTRATOR,
    CASH,
    HOME,
    MAY_STOP,
    RENT,
    REPAID,
    SCHEME,
    TAKEN_OVER_BY,
    TO_PERSON,
    UNKNOWN,
)
from psd2_affordability.assess.living_money import administered
from psd2_affordability.assess.reckoning import number_of
from psd2_affordability.assess.rhythm import PER_YEAR, Rhythm
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.dates import add_months, month_start

#: Fewer payments tell of no contract.
_FEWEST = 3
#: What took the place of a cost begins at most so long before its last payment, as rent is paid twice when
#: somebody moves; another loan is as a rule taken beside the first. It asks a quarter of it at least.
_BEFORE_DAYS, _BEFORE_LOAN_DAYS, _A_QUARTER = 75, 20, 4
#: The last instalment of a loan is smaller by more than a twentieth than equal ones before it, or at least
#: twice as large: then the rest was paid at once.
_ALIKE, _AT_ONCE = 20, 2
#: A home that was paid for in this many days is paid for.
_LATELY = 62
#: Part of a rent that goes to somebody each month, from which it may be the share of it.
_SHARE = 3
#: Kinds of money that a rent may be hidden in.
_MAY_HOLD_RENT = frozenset({TO_PERSON, UNKNOWN, ADMINISTRATOR, SCHEME})
#: How a person lives, as the household states it, who has no rent to pay.
_NO_TENANT = frozenset({"owner", "other"})


class Unpaid(NamedTuple):
    """A cost that counts though it is not paid from these accounts.

    Attributes:
        category: leaf code.
        payee: who was paid; nobody of a rent that is told and was never seen.
        usual: cents a month.
        seldom: whether it comes less often than each month.
        last_day: day number of the last payment; None of a rent that is told and was never seen.
        missing_since: day number on which the first payment that did not come was due.
        may_be_over: whether it is a loan or an arrangement that may have been paid off.
        caught_up: whether other payments to the same payee made up for what was missing.
        came_back: keys of the debits that came back since.
        transactions: keys of the last payment and of those debits.
        instead: payments without a rhythm that were made in its place: they are this cost, no other.
        rhythm: the payments that ended; None of a rent that is told and was never seen.
    """

    category: str
    payee: str
    usual: int
    seldom: bool
    last_day: int | None
    missing_since: int
    may_be_over: bool = False
    caught_up: bool = False
    came_back: tuple[str, ...] = ()
    transactions: tuple[str, ...] = ()
    instead: tuple[Row, ...] = ()
    rhythm: Rhythm | None = None


def unpaid(facts: Facts) -> tuple[Unpaid, ...]:
    """Find what is owed and not paid: what stopped lately without a successor, and a rent that is only told.

    Nobody can do without a home, energy, water and health insurance, and maintenance is owed: these count
    on for half a year after the first payment that did not come, a home for a year. A loan and a payment
    arrangement end some day; they count on for a quarter of a year, unless their last payment was one that
    pays off. Where an administrator gives living money, who pays the costs is theirs to tell.
    """
    ended: list[Rhythm] = []
    told = facts.case.household.housing.rent_month is not None
    for one in facts.once(both_ways).outgoing:
        if one.status != "ended":
            told = told and one.category not in HOME
        elif one.category in MAY_STOP:
            ended.append(one)
    if not (ended or told) or not facts.slots:
        return ()
    found: list[Unpaid] = []
    for one in ended:
        stopped = _stopped(facts, one, {row for each in found for row in each.instead})
        if stopped is not None:
            found.append(stopped)
    if told and all(one.category not in HOME for one in found):
        found += _told_rent(facts)
    if not found:
        return ()
    manager = facts.once(administered)
    return () if manager is not None and manager.monthly else tuple(found)


def missed(facts: Facts) -> list[Unpaid]:
    """Return what stopped being paid; not what other payments made up for, nor a rent that is only told."""
    return [one for one in facts.once(unpaid) if one.last_day is not None and not one.caught_up]


def may_be_over(facts: Facts) -> int:
    """Return the cents a month of loans and arrangements that may have been paid off."""
    return sum([one.usual for one in facts.once(unpaid) if one.may_be_over])


def doubtful(facts: Facts) -> int:
    """Return the cents a month of what may be no cost here: the same, and a rent that is only told."""
    return sum([one.usual for one in facts.once(unpaid) if in_doubt(one)])


def in_doubt(one: Unpaid) -> bool:
    """Whether it may be no cost here."""
    return one.may_be_over or one.last_day is None


def paid_instead(facts: Facts, category: str) -> tuple[Row, ...]:
    """Return the payments of a kind that were made in the place of what stopped."""
    return tuple([row for one in facts.once(unpaid) if one.category == category for row in one.instead])


def _stopped(facts: Facts, one: Rhythm, taken: Collection[Row]) -> Unpaid | None:
    """Return a cost that ended as one that still counts; None when it is over, or has a successor.

    A payment that was taken for another cost was not made in the place of this one.
    """
    category = one.category
    if one.times < _FEWEST or told_to_be_none(facts, category):
        return None
    last, repaid = one.last_day, category in REPAID
    later, back = paid_beside(facts, one, last), _came_back(facts, one)
    asked = one.range_payment[1] * ((facts.seen_to - one.next_day - one.grace) // one.period + 1)
    caught_up = -sum([row.cents for row in later]) >= asked
    if repaid and (caught_up or (not back and _pays_off(one))):
        return None
    newest = max([one.next_day, *(day for day, _ in back)]) if repaid else one.next_day
    if facts.seen_to - newest > counts_on_for(category) or taken_over(facts, one, one.last_day):
        return None
    keys = tuple([tx for _, tx in back])
    return Unpaid(
        category,
        one.payee,
        one.usual,
        PER_YEAR[one.cadence] < 12,
        last_day=later[-1].day if later else last,
        missing_since=one.next_day,
        may_be_over=repaid,
        caught_up=caught_up,
        came_back=keys,
        transactions=(later[-1].tx if later else one.txs[-1], *keys),
        # who pays by hand may be one payment ahead; a bill that is larger than all that is another cost
        instead=_up_to(asked + one.range_payment[1], [row for row in later if row not in taken], facts),
        rhythm=one,
    )


def told_to_be_none(facts: Facts, category: str) -> bool:
    """Whether the household tells that it does not owe this, or owes it no more."""
    household = facts.case.household
    return category in household.free_of or (category == RENT and household.housing.kind in _NO_TENANT)


def _up_to(cents: int, rows: Sequence[Row], facts: Facts) -> tuple[Row, ...]:
    """Return the payments of the months that are seen that fit in an amount, the oldest first."""
    fitting: list[Row] = []
    for row in rows:
        if row.day >= facts.seen.first and -row.cents <= cents:
            fitting.append(row)
            cents += row.cents
    return tuple(fitting)


def counts_on_for(category: str) -> int:
    """Return for how many days a cost counts after its first payment that did not come."""
    if category in REPAID:
        return NORMS.unpaid_loan_days
    return NORMS.unpaid_home_days if category in HOME else NORMS.unpaid_days


def paid_beside(facts: Facts, one: Rhythm, since: int) -> list[Row]:
    """Return other payments to the same payee after a day, those of any series left out."""
    payee = one.payee
    return [row for row in facts.loose_since(one.category, since + 1) if row.payee == payee and row.cents < 0]


def _came_back(facts: Facts, one: Rhythm) -> list[tuple[int, str]]:
    """Return day and key of each payment that came back since the last one that did not."""
    back = facts.came_back(one.category, one.last_day + 1)
    return [(row.day, row.tx) for row in back if row.payee == one.payee and row.cents < 0]


def _pays_off(one: Rhythm) -> bool:
    """Whether the last payment differs as a final one does, after equal ones.

    It is what was left, or all of it at once; a little more than the instalment holds costs for paying late.
    """
    before, usual, last = [-cents for cents in one.cents[-3:]]
    equal = abs(usual - before) * _ALIKE <= before
    return equal and ((usual - last) * _ALIKE > usual or last >= usual * _AT_ONCE)


def taken_over(facts: Facts, one: Rhythm, paid_on: int) -> bool:
    """Whether somebody else began to be paid for the same about a day or after it: who moved, or refinanced.

    One payment for another debt is as a rule beside the first, unless it is as large as its instalment.
    """
    before = _BEFORE_LOAN_DAYS if one.category in REPAID else _BEFORE_DAYS
    since, enough = paid_on - before, one.range_payment[1]
    takes_over = TAKEN_OVER_BY.get(one.category, {one.category}) | _TAKES_OVER_ALL
    for category in facts.spans.keys() & takes_over:
        known, once = {one.payee} if category == one.category else set(), set()
        if facts.payees_since(category, since + 1) <= known:
            continue
        twice = one.category in REPAID and category not in _TAKES_OVER_ALL
        for row in facts.of(category):
            if row.day <= since:
                known.add(row.payee)
            elif row.payee not in known and -row.cents * _A_QUARTER >= enough:
                if not twice or row.payee in once or -row.cents >= enough:
                    return True
                once.add(row.payee)
    return any(
        other.category == one.category and other.payee == one.payee and other.first_day > since
        for other in facts.once(both_ways).outgoing
        if other.status != "ended"
    )


#: Who manages the money pays the costs, and who is in a scheme pays its debts through it.
_TAKES_OVER_ALL = frozenset({ADMINISTRATOR, SCHEME})


def _told_rent(facts: Facts) -> Iterator[Unpaid]:
    """Yield the rent that the household tells, less what may be a share of it, when none was paid of late.

    It is asked only where no home is paid for with a rhythm.
    """
    household, housing = facts.case.household, facts.case.household.housing
    if RENT in household.free_of or housing.kind == "owner" or housing.rent_month is None:
        return
    since = facts.seen_to - _LATELY
    if any(
        row.day >= since and row.cents < 0 for home in HOME & facts.spans.keys() for row in facts.of(home)
    ):
        return
    service = housing.service_costs_month
    rent = housing.rent_month.cents + (0 if service is None else service.cents)
    shares = sum(
        one.usual
        for one in facts.once(both_ways).outgoing
        if one.category in _MAY_HOLD_RENT and one.status != "ended" and one.usual * _SHARE >= rent
    )
    in_cash = facts.seen.a_month(-facts.seen_sums.get(CASH, 0))
    left = rent - shares
    if left > 0 and in_cash < left:
        yield Unpaid(
            RENT,
            "",
            left,
            seldom=False,
            last_day=None,
            missing_since=number_of(add_months(month_start(facts.on), -1)),
        )
