"""What the accounts hold, against the assets above which there is no allowance."""

from collections.abc import Iterator
from datetime import date

from psd2_affordability.assess.allowances import doubts_says as say
from psd2_affordability.assess.allowances.look import Doubt, Look
from psd2_affordability.assess.allowances.questions import ASSET_TEST, ask_assets
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.kinds import OWN_SAVINGS
from psd2_affordability.assess.reckoning import number_of

#: No limit of any year is near it, so that nobody with less is held against one.
FAR_BELOW_CT = 10_000_00


def of_assets(facts: Facts, household: Household, look: Look) -> Iterator[Doubt]:
    """Doubt a right where more than the limit is seen; what was there on 1 January decides."""
    if not look.possible:
        return
    held = facts.once(held_now)
    limit = next((step.amount for step in look.law.steps if step.article == ASSET_TEST), None)
    if limit is None:
        return
    scheme, january = look.scheme, date(facts.on.year, 1, 1)
    held_then = facts.once(held_on_first_of_year)
    if held_then is not None and held_then > limit.cents:
        says = say.of_assets(say.HAD_TOO_MUCH, scheme, ASSET_TEST, held_then, limit, january)
        yield Doubt("right", says, (ask_assets(look),))
    elif held > limit.cents:
        alone = household.type is not None and not household.type.has_partner
        if held_then is not None and alone and not facts.unseen_accounts:
            following = date(facts.on.year + 1, 1, 1)
            says = say.of_assets(say.ENDS_WITH_THE_YEAR, scheme, ASSET_TEST, held, limit, following)
            yield Doubt("note", says)
        else:
            says = say.of_assets(say.HAS_MUCH, scheme, ASSET_TEST, held, limit, january)
            yield Doubt("right", says, (ask_assets(look),))


def held_now(facts: Facts) -> int:
    """Return the cents on the accounts, with what went to savings in a year and did not come back."""
    saved = -facts.last_year.get(OWN_SAVINGS, 0)
    return (facts.balances[0] if facts.balances else 0) + max(0, saved)


def held_on_first_of_year(facts: Facts) -> int | None:
    """Return the cents on the accounts as the year began; None where the data do not reach, or not all."""
    first = number_of(date(facts.on.year, 1, 1))
    stated = {known.account for known in facts.case.balances if known.amount is not None}
    if facts.first_day is None or facts.first_day > first or facts.case.household.accounts:
        return None
    if not facts.balances or any(one.account not in stated for one in facts.accounts):
        return None
    # the balance holds what truly moved, and the rows hold the usual amount in its place
    if facts.unlikely:
        return None
    return facts.balances[0] - sum(facts.total(category, first) for category in facts.spans)
