"""Childcare allowance beside what is paid for childcare: it stopped, or less is paid than arrives."""

from collections.abc import Iterator

from psd2_affordability.assess.allowances import doubts_says as say
from psd2_affordability.assess.allowances.look import Doubt, Look, arrives_of
from psd2_affordability.assess.allowances.means import childcare_at_most, last_paid
from psd2_affordability.assess.allowances.schemes import CARE_COSTS, CHILDCARE
from psd2_affordability.assess.allowances.whole import whole
from psd2_affordability.assess.book import Row
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.kinds import TO_PERSON, UNKNOWN
from psd2_affordability.assess.living_money import administered
from psd2_affordability.assess.reckoning import day_of, number_of
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.answer import Interval
from psd2_affordability.core.dates import month_start
from psd2_affordability.core.money import ZERO, Money

_MONTHS = 12
#: A bill paid in the second half of a month may be for the next.
_AHEAD_DAYS = 15
#: What is paid for childcare may hide among these.
_MAY_BE_CHILDCARE = frozenset({TO_PERSON, UNKNOWN})


def of_childcare(facts: Facts, household: Household, look: Look) -> Iterator[Doubt]:
    """Doubt the allowance where its costs have gone, or are lower than it; warn where others may pay them."""
    arrives = arrives_of(look)
    if not arrives.cents:
        return
    newest = last_paid(facts, CARE_COSTS)
    if newest is not None:
        yield _stopped(facts, household, arrives, newest)
        return
    paid = childcare_at_most(facts)
    if paid.cents and (arrives - paid).cents > NORMS.allowance_slack_ct:
        yield _more_than_paid(facts, household, arrives, paid)


def _stopped(facts: Facts, household: Household, arrives: Money, newest: Row) -> Doubt:
    """Warn where no childcare is paid any more; nobody else may pay it where one adult is all there is."""
    since = max(arrives, _since(facts, newest))
    most = max(since, arrives * _MONTHS)
    sure = _all_seen(facts, household)
    return Doubt(
        "ended" if sure else "right",
        say.childcare_stopped(newest, arrives, since),
        (say.ASK_CHILDCARE_STOPPED,),
        back=Interval(since if sure else ZERO, most),
    )


def _more_than_paid(facts: Facts, household: Household, arrives: Money, paid: Money) -> Doubt:
    """Cap what is due at what is paid; only warn where a part may be paid elsewhere, or by another name."""
    most = paid + Money(_perhaps_childcare(facts))
    if _all_seen(facts, household) and most < arrives:
        return Doubt("note", say.NEVER_MORE_THAN_PAID, most=most)
    excess = (arrives - paid) * _MONTHS
    return Doubt(
        "right",
        say.more_than_paid(arrives, paid, excess),
        (say.ASK_CHILDCARE_PAID,),
        back=Interval(ZERO, excess),
    )


def _perhaps_childcare(facts: Facts) -> int:
    """Return the cents a month that go to a private person or nobody known, as to a childminder."""
    return sum(
        [
            one.usual
            for one in facts.rhythms
            if one.category in _MAY_BE_CHILDCARE and not one.incoming and one.status != "ended"
        ]
    )


def _all_seen(facts: Facts, household: Household) -> bool:
    """Whether nobody else, and no account that is not shared, may pay for childcare."""
    alone = household.type is not None and not household.type.has_partner
    return alone and not facts.unseen_accounts and facts.once(administered) is None


def _since(facts: Facts, newest: Row) -> Money:
    """Add up what came for the months after the last that was paid for, up to the one of the day asked."""
    covered = number_of(month_start(day_of(newest.day + _AHEAD_DAYS)))
    until, category = number_of(month_start(facts.on)), CHILDCARE.category
    came = [row.cents for row in facts.of(category) if row.cents > 0 and covered <= row.day < until]
    return Money(whole(facts, category, sum(came)))
