"""Kinderopvangtoeslag: only its bounds; the table of shares by income is not in our rules."""

from psd2_affordability.assess.household import Household
from psd2_affordability.core.answer import Step, Unknown
from psd2_affordability.core.errors import RuleNotInForce
from psd2_affordability.jurisdictions.found import Found, percent, step
from psd2_affordability.jurisdictions.nl.allowance import no_children_known
from psd2_affordability.rulebook.lookup import RulesOn

_RULE = "nl.kinderopvangtoeslag"
_CARE = {"day_care": "dagopvang", "after_school": "buitenschoolse opvang", "childminder": "gastouderopvang"}
_DECREE = "Besluit kinderopvangtoeslag"
_ASK = "How many hours of which kind of childcare a month, at what price? Do both parents work or study?"


def find(rules: RulesOn, household: Household) -> Found:
    """Return what bounds the allowance; without the table of shares there is no amount."""
    settled = no_children_known(rules, _RULE, household)
    if settled is not None:
        return settled
    because = "the table of shares by income is not in our rules, and neither hours nor price are known"
    return Found(Unknown("allowance.table_not_known", because, _ASK), _bounds(rules), (_ASK,))


def _bounds(rules: RulesOn) -> tuple[Step, ...]:
    hourly = [
        step(
            _DECREE,
            "an hour of {care} counts up to",
            "een uur {care} telt mee tot",
            rules.money(_RULE, "hourly", care),
            care=(care.replace("_", " "), dutch),
        )
        for care, dutch in _CARE.items()
    ]
    lowest, start = rules.share(_RULE, "lowest_share"), rules.money(_RULE, "lowest_from")
    low = step(
        _DECREE,
        "{share} of the price of the first child with an income from",
        "{share} van de prijs voor het eerste kind met een inkomen vanaf",
        start,
        share=percent(lowest),
    )
    try:
        hours, most = rules.count(_RULE, "most_hours"), rules.share(_RULE, "highest_share")
        end = rules.money(_RULE, "highest_up_to")
    except RuleNotInForce:
        return (*hourly, low)
    high = step(
        _DECREE,
        "{share} of the price with an income up to about",
        "{share} van de prijs met een inkomen tot ongeveer",
        end,
        share=percent(most),
    )
    limit = step(
        _DECREE,
        "at most {hours} hours a month for each child",
        "hoogstens {hours} uur per maand voor elk kind",
        hours=hours,
    )
    return (*hourly, limit, high, low)
