"""What makes an allowance less sure than its amounts: its ground has gone, or it is paid to somebody else."""

from collections.abc import Iterator, Sequence
from typing import Literal

from psd2_affordability.assess.allowances import doubts_says as say
from psd2_affordability.assess.allowances.about import about
from psd2_affordability.assess.allowances.childcare import of_childcare
from psd2_affordability.assess.allowances.descriptions import not_own_home, requested
from psd2_affordability.assess.allowances.look import Doubt, Look, arrives_of
from psd2_affordability.assess.allowances.means import (
    RECENT_DAYS,
    is_recent,
    last_paid,
    premium_booked,
    rent_booked,
)
from psd2_affordability.assess.allowances.schemes import (
    CARE,
    CHILD_BENEFIT,
    CHILD_BUDGET,
    CHILDCARE,
    PAID_BACK,
    RENT,
    Scheme,
)
from psd2_affordability.assess.allowances.wealth import FAR_BELOW_CT, held_now, of_assets
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.kinds import ALLOWANCE_UNKNOWN, CHILD_BENEFIT_ABROAD
from psd2_affordability.assess.kinds import RENT as RENT_PAID
from psd2_affordability.assess.living_money import administered
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.categorise.engine import PRIVATE_PAYEE
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.money import ZERO, Money

_MONTHS = 12
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
        found += of_childcare(facts, household, look)
    elif half_benefit and look.scheme is CHILD_BENEFIT:
        arrives = look.received.monthly
        least = ZERO if isinstance(arrives, Unknown) else arrives
        found.append(Doubt("right", say.HALF_ARRIVES, (say.ASK_CO_PARENT,), least))
    if facts.allowance_set_off and not _noted(facts, look.scheme).isdisjoint(facts.allowance_set_off):
        asks = (about(look.scheme, say.ASK_SET_OFF),)
        found.append(Doubt("payee", about(look.scheme, say.SAID_SET_OFF), asks))
    if CHILD_BENEFIT_ABROAD in facts.spans:
        found += _paid_abroad(facts, look)
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
        if household.housing.own_home is None:
            yield from _of_home(facts)
        newest = last_paid(facts, RENT_PAID)
        if newest is not None:
            yield Doubt("right", say.no_rent_lately(newest), (say.ASK_RENT_STOPPED,))
        yield from _to_landlord(facts, household, look)
    elif scheme is CARE:
        yield from _to_insurer(facts, household, look)
    if scheme.by_income and not PAID_BACK.isdisjoint(facts.spans) and _paid_back_lately(facts):
        yield Doubt("payee", about(scheme, say.PERHAPS_SET_OFF), (about(scheme, say.ASK_SET_OFF),))
    if not (some_arrives and scheme.by_income):
        yield from _to_manager(facts, scheme)


def _of_home(facts: Facts) -> Iterator[Doubt]:
    """Ask after the home where the newest rent is of a room or the like, or goes to a private person."""
    if not is_recent(facts, RENT_PAID):
        return
    *_, (row, text) = facts.described(RENT_PAID, facts.seen_to - RECENT_DAYS)
    if not_own_home(f"{row.payee} {text}"):
        yield Doubt("right", say.NOT_OWN_HOME, (say.ASK_OWN_HOME,))
    elif row.payee == PRIVATE_PAYEE or requested(text):
        yield Doubt("right", say.RENT_TO_PERSON, (say.ASK_OWN_HOME,))


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


def _paid_abroad(facts: Facts, look: Look) -> Iterator[Doubt]:
    """Ask which country pays first where the child benefit of another one arrives."""
    scheme, nothing = look.scheme, look.received.nothing
    if not (scheme is CHILD_BENEFIT or (scheme is CHILD_BUDGET and nothing)):
        return
    if look.possible and is_recent(facts, CHILD_BENEFIT_ABROAD):
        (newest,) = facts.of(CHILD_BENEFIT_ABROAD)[-1:]
        yield Doubt("right", say.paid_abroad(scheme, newest), (say.ASK_ABROAD,))


def _to_manager(facts: Facts, scheme: Scheme) -> Iterator[Doubt]:
    manager = facts.once(administered)
    if manager is not None:
        names = ", ".join(manager.names)
        yield Doubt("payee", say.perhaps_to_manager(scheme, names), (about(scheme, say.ASK_MANAGER),))


def _rent_stopped(facts: Facts, look: Look) -> Iterator[Doubt]:
    """Warn where no rent is paid any more: the person may have moved, or may only be late."""
    newest, arrives = last_paid(facts, RENT_PAID), arrives_of(look)
    if newest is None or not arrives.cents:
        return
    year = arrives * _MONTHS
    yield Doubt(
        "right",
        say.rent_stopped(newest, arrives, year),
        (say.ASK_RENT_STOPPED,),
        back=Interval(ZERO, year),
    )
