"""What a credit checker looks at before a new obligation: indicators with reasons, never a refusal.

Nothing here looks at health, belief, origin, politics, union or sex life, nor at a stand-in for them:
names, texts and places are no input, and sensitive spending is one unbroken sum that no indicator reads.
"""

from functools import lru_cache
from typing import NamedTuple

from psd2_affordability.assess.credit import conduct, left, means, missed
from psd2_affordability.assess.credit.law import under_law
from psd2_affordability.assess.credit.levels import MOST_WATCHED
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import ADMINISTRATOR
from psd2_affordability.assess.obligation import Depth, depth_of
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.results import (
    CreditCheck,
    DataQuality,
    Expenses,
    Income,
    Indicator,
    Level,
    Room,
)
from psd2_affordability.assess.wording import counted, reason
from psd2_affordability.core.answer import LegalAnswer, Range, Unknown
from psd2_affordability.core.reasons import Reason

_RANK: dict[Level, int] = {"concern": 0, "unknown": 1, "watch": 2, "fine": 3}
#: Indicators of one level by their weight: first what shows that it does not fit, then what shows that
#: debts go wrong, then what makes that likelier, last what says how sure all this is.
_WEIGHT = (
    "room_left",
    "lending_norm",
    "debt_scheme",
    "collectors",
    "missed_obligations",
    "returned_debits",
    "existing_credit",
    "income_stability",
    "committed_share",
    "buffer_months",
    "gambling",
    "buy_now_pay_later",
    "overdraft_days",
    "data",
)
_PLACE = {code: place for place, code in enumerate(_WEIGHT)}
#: What a small and short obligation does not warrant looking at.
_TOO_MUCH_FOR_LITTLE = ("committed_share", "buffer_months", "existing_credit", "gambling", "overdraft_days")


class _Seen(NamedTuple):
    """What the indicators read."""

    facts: Facts
    quality: DataQuality
    income: Income
    expenses: Expenses
    room: Room
    depth: Depth
    after: Range | Unknown | None
    norm: LegalAnswer | None


def credit_check(
    facts: Facts,
    quality: DataQuality,
    income: Income,
    expenses: Expenses,
    room: Room,
    rules: NationalRules,
) -> CreditCheck:
    """Look at the indicators that the obligation warrants; what worries or is unknown is for a person.

    Three or more that are to be watched are for a person too, though none worries alone.
    """
    obligation = facts.case.obligation
    depth = depth_of(obligation)
    light = depth == "light"
    seen = _Seen(
        facts,
        quality,
        income,
        expenses,
        room,
        depth,
        left.room_known(room, left.room_after(room, obligation), depth, facts.case.household),
        None if light else left.lending_norm(facts, income, rules),
    )
    indicators = _indicators(seen)
    weighed = sorted([one for one in indicators if one.level != "fine"], key=_weight)
    person = len(weighed) > MOST_WATCHED or (bool(weighed) and weighed[0].level != "watch")
    return CreditCheck(
        outcome="refer_to_person" if person else "within_norms",
        indicators=indicators,
        reasons=(*[one.says for one in weighed], *means.not_weighed(facts.case)),
        says=_for_a_person(len(weighed)) if person else _WITHIN,
        depth=depth,
        left_out=_TOO_MUCH_FOR_LITTLE if light else (),
        law=under_law(rules.credit_law(facts.on), obligation),
        obligation=obligation,
        room_after=None if obligation is None else seen.after,
        norm=seen.norm,
    )


def _indicators(seen: _Seen) -> tuple[Indicator, ...]:
    """Return the indicators that a check of this depth looks at."""
    facts, quality, income, expenses, room, depth, after, norm = seen
    obligation = facts.case.obligation
    stability = means.income_stability(income)
    room_left = left.room_left(room, after, depth, asked=obligation is not None)
    if depth == "light":
        return (
            stability,
            room_left,
            conduct.buy_now_pay_later(facts),
            conduct.returned_debits(facts, conduct.QUARTER_YEAR),
            conduct.collectors(facts, conduct.QUARTER_YEAR),
            *conduct.debt_scheme_runs(facts),
            missed.missed_obligations(facts, conduct.QUARTER_YEAR),
            means.data(quality, depth),
        )
    balances = facts.once(means.lowest_first)
    return (
        stability,
        means.committed_share(income, expenses, managed=ADMINISTRATOR in facts.by_month),
        room_left,
        *left.norm_left(facts, income, expenses, norm, obligation),
        means.buffer_months(balances, expenses),
        conduct.existing_credit(facts, income, expenses),
        conduct.buy_now_pay_later(facts),
        conduct.returned_debits(facts, conduct.YEAR),
        conduct.collectors(facts, conduct.YEAR),
        *conduct.debt_scheme_runs(facts),
        missed.missed_obligations(facts, conduct.YEAR),
        conduct.gambling(facts, income, expenses),
        means.overdraft_days(balances),
        means.data(quality, depth),
    )


def _weight(one: Indicator) -> tuple[int, int]:
    return _RANK[one.level], _PLACE[one.code]


_WITHIN = reason(
    "credit.within_norms",
    "What the data show lies within the norms.",
    "Wat de gegevens laten zien, past binnen de normen.",
)


@lru_cache(maxsize=16)
def _for_a_person(count: int) -> Reason:
    """Say that a person should look, and how many things weighed; the reasons have their bookings."""
    return reason(
        "credit.refer_to_person",
        "A person should look at this: {things} a closer look. This is no refusal.",
        "Laat een mens hiernaar kijken. {things}. Dit is geen afwijzing.",
        things=counted(
            count,
            ("1 thing asks for", "Er is 1 ding dat aandacht vraagt"),
            ("{count} things ask for", "Er zijn {count} dingen die aandacht vragen"),
        ),
    )
