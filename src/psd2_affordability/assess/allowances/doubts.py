"""What makes an allowance less sure than its amounts: its ground has gone, or it is paid to somebody else."""

from collections.abc import Iterator, Sequence
from typing import Literal

from psd2_affordability.assess.allowances import doubts_says as say
from psd2_affordability.assess.allowances.about import about
from psd2_affordability.assess.allowances.look import Doubt, Look
from psd2_affordability.assess.allowances.means import RECENT_DAYS, is_recent, premium_booked, rent_booked
from psd2_affordability.assess.allowances.schemes import (
    CARE,
    CARE_COSTS,
    CHILD_BENEFIT,
    CHILD_BUDGET,
    CHILDCARE,
    PAID_BACK,
    RENT,
    Scheme,
)
from psd2_affordability.assess.allowances.wealth import FAR_BELOW_CT, held_now, of_assets
from psd2_affordability.assess.allowances.whole import whole
from psd2_affordability.assess.book import Row
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.kinds import ALLOWANCE_UNKNOWN
from psd2_affordability.assess.kinds import RENT as RENT_PAID
from psd2_affordability.assess.living_money import administered
from psd2_affordability.assess.reckoning import day_of, number_of
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.dates import month_start
from psd2_affordability.core.money import ZERO, Money

_MONTHS = 12
#: A bill paid in the second half of a month may be for the next.
_AHEAD_DAYS = 15
#: What one of two parents may get: half, of an amount that may be of another quarter or age. Two to three
#: fifths.
_ABOUT_HALF = (2, 3, 5)


def doubts_on(
    facts: Facts,
    household: Household,
    look: Look,
    *,
    some_arrives: bool,
    half_benefit: bool,
    more_than_told: Literal["", "some", "much"],
) -> tuple[Doubt, ...]:
    """Find what speaks against the plain verdict on one allowance; mostly nothing.

    Args:
        facts: the bookings.
        household: as told, or as it shows.
        look: the allowance.
        some_arrives: an income-dependent allowance arrives here, so the others would too.
        half_benefit: about half of the child benefit arrives.
        more_than_told: whether more arrives net than the taxable income that was told.
    """
    found: list[Doubt] = []
    if look.received.nothing:
        if look.possible:
            found += _paid_elsewhere(facts, household, look, some_arrives=some_arrives)
            if half_benefit and look.scheme is CHILD_BUDGET:
                found.append(Doubt("right", say.OTHER_PARENT, (say.ASK_CO_PARENT,)))
    elif look.scheme is RENT:
        found += _rent_stopped(facts, look)
    elif look.scheme is CHILDCARE:
        found += _childcare_stopped(facts, household, look)
    elif half_benefit and look.scheme is CHILD_BENEFIT:
        arrives = look.received.monthly
        least = ZERO if isinstance(arrives, Unknown) else arrives
        found.append(Doubt("right", say.HALF_ARRIVES, (say.ASK_CO_PARENT,), least))
    if facts.allowance_set_off and not _noted(facts, look.scheme).isdisjoint(facts.allowance_set_off):
        asks = (about(look.scheme, say.ASK_SET_OFF),)
        found.append(Doubt("payee", about(look.scheme, say.SAID_SET_OFF), asks))
    if facts.once(held_now) >= FAR_BELOW_CT and look.scheme.by_income and look.scheme is not CHILDCARE:
        found += of_assets(facts, household, look)
    if more_than_told and look.scheme.by_income and look.possible:
        says = about(look.scheme, say.HIGHER_THAN_TOLD)
        much = more_than_told == "much"
        found.append(
            Doubt("right", says, (say.ASK_YEAR_TOLD, say.ASK_CHANGED)) if much else Doubt("note", says)
        )
    return tuple(found)


def half_arrives(looks: Sequence[Look]) -> bool:
    """Whether about half of the child benefit arrives for children who are known."""
    for look in looks:
        due, arrives = look.due, look.received.monthly
        if look.scheme is CHILD_BENEFIT and isinstance(due, Interval) and isinstance(arrives, Money):
            least, most, of_whole = _ABOUT_HALF
            return 0 < least * due.low.cents <= of_whole * arrives.cents <= most * due.low.cents
    return False


def _paid_elsewhere(facts: Facts, household: Household, look: Look, *, some_arrives: bool) -> Iterator[Doubt]:
    """Find to whom it may be paid in the person's place."""
    scheme = look.scheme
    if scheme is RENT:
        newest = _last_paid(facts, RENT_PAID)
        if newest is not None:
            yield Doubt("right", say.no_rent_lately(newest), (say.ASK_RENT_STOPPED,))
        yield from _to_landlord(facts, household, look)
    elif scheme is CARE:
        yield from _to_insurer(facts, household, look)
    if scheme.by_income and not PAID_BACK.isdisjoint(facts.spans) and _paid_back_lately(facts):
        yield Doubt("payee", about(scheme, say.PERHAPS_SET_OFF), (about(scheme, say.ASK_SET_OFF),))
    if not (some_arrives and scheme.by_income):
        yield from _to_manager(facts, scheme)


def _to_landlord(facts: Facts, household: Household, look: Look) -> Iterator[Doubt]:
    """Ask after the landlord where a rent far below the one that was told is booked."""
    housing, due = household.housing, look.due
    if housing.rent_month is None or isinstance(due, Unknown) or not is_recent(facts, RENT_PAID):
        return
    told = housing.rent_month + (housing.service_costs_month or ZERO)
    booked = Money(rent_booked(facts))
    lower = told.cents - booked.cents
    if lower > NORMS.allowance_slack_ct and 2 * lower >= due.high.cents:
        yield Doubt("payee", say.lower_rent(booked, told), (say.ASK_LANDLORD,))


def _to_insurer(facts: Facts, household: Household, look: Look) -> Iterator[Doubt]:
    """Ask after the insurer where the one premium is lower than the allowance for it."""
    if household.type is None or household.type.has_partner:
        return
    premium = premium_booked(facts)
    if premium and not isinstance(look.due, Unknown) and premium < look.due.low.cents:
        yield Doubt("payee", say.lower_premium(Money(premium)), (say.ASK_INSURER,))


def _noted(facts: Facts, scheme: Scheme) -> set[str]:
    """Return the payments of an allowance, and of those that do not say which allowance they are."""
    return {*facts.keys(scheme.category), *facts.keys(ALLOWANCE_UNKNOWN)}


def _paid_back_lately(facts: Facts) -> bool:
    return any(facts.last_year.get(category, 0) < 0 for category in PAID_BACK)


def _to_manager(facts: Facts, scheme: Scheme) -> Iterator[Doubt]:
    manager = facts.once(administered)
    if manager is not None:
        names = ", ".join(manager.names)
        yield Doubt("payee", say.perhaps_to_manager(scheme, names), (about(scheme, say.ASK_MANAGER),))


def _rent_stopped(facts: Facts, look: Look) -> Iterator[Doubt]:
    """Warn where no rent is paid any more: the person may have moved, or may only be late."""
    newest, arrives = _last_paid(facts, RENT_PAID), _arrives(look)
    if newest is None or not arrives.cents:
        return
    year = arrives * _MONTHS
    yield Doubt(
        "right",
        say.rent_stopped(newest, arrives, year),
        (say.ASK_RENT_STOPPED,),
        back=Interval(ZERO, year),
    )


def _childcare_stopped(facts: Facts, household: Household, look: Look) -> Iterator[Doubt]:
    """Warn where no childcare is paid any more; nobody else may pay it where one adult is all there is."""
    newest, arrives = _last_paid(facts, CARE_COSTS), _arrives(look)
    if newest is None or not arrives.cents:
        return
    since = max(arrives, _since(facts, newest))
    most = max(since, arrives * _MONTHS)
    alone = household.type is not None and not household.type.has_partner
    sure = alone and not facts.unseen_accounts and facts.once(administered) is None
    yield Doubt(
        "ended" if sure else "right",
        say.childcare_stopped(newest, arrives, since),
        (say.ASK_CHILDCARE_STOPPED,),
        back=Interval(since if sure else ZERO, most),
    )


def _last_paid(facts: Facts, category: str) -> Row | None:
    """Return the last payment of a cost that had a rhythm and has not been tried for two months."""
    if category not in facts.spans or is_recent(facts, category):
        return None
    paid = [row for row in facts.all_of(category) if row.cents < 0]
    if not paid or facts.seen_to - paid[-1].day <= RECENT_DAYS:
        return None
    had_rhythm = any(one.category == category and not one.incoming for one in facts.rhythms)
    return paid[-1] if had_rhythm else None


def _since(facts: Facts, newest: Row) -> Money:
    """Add up what came for the months after the last that was paid for, up to the one of the day asked."""
    covered = number_of(month_start(day_of(newest.day + _AHEAD_DAYS)))
    until, category = number_of(month_start(facts.on)), CHILDCARE.category
    came = [row.cents for row in facts.of(category) if row.cents > 0 and covered <= row.day < until]
    return Money(whole(facts, category, sum(came)))


def _arrives(look: Look) -> Money:
    """What arrives a month; the most that it can be where it comes with others."""
    arrives = look.received.monthly
    if isinstance(arrives, Money):
        return arrives
    return ZERO if isinstance(look.due, Unknown) else min(look.joint, look.due.high)
