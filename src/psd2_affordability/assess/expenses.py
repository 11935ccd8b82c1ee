"""What goes out in a usual month, and which part of it can wait."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from psd2_affordability.assess.facts import Facts, Rhythm, at_share
from psd2_affordability.assess.income import stream_seen
from psd2_affordability.assess.kinds import (
    CASH,
    RETURNED,
    SENSITIVE,
    SET_ASIDE,
    STAKES,
    TO_PERSON,
    TURNOVER,
    UNKNOWN,
    Taxonomy,
)
from psd2_affordability.assess.results import Expenses, KindAmount
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.money import ZERO, Money, Rounding, round_exact
from psd2_affordability.core.reasons import Reason

_FIXED = frozenset({"vast", "reservering"})

_TOO_SHORT = Unknown(
    "expenses.too_short",
    "There is less than one whole month of data, so a month's costs cannot be told.",
    "What are the rent, energy, insurance and other fixed costs a month?",
)


def expenses_of(facts: Facts, taxonomy: Taxonomy) -> Expenses:
    """Tell what goes out each month.

    Fixed costs and debts with a rhythm count by their last payments, spread to a month, as long as
    they still come; without one they count by the average of the months. Household spending counts by
    months. A debit that came back was not paid and is no cost. Cash, stakes in gambling and money
    without a category stand apart.
    """
    costs = _cost_codes(facts, taxonomy)
    fixed_codes = [code for code in costs if taxonomy[code].group in _FIXED]
    debt_codes = [code for code in costs if taxonomy[code].group == "schuld"]
    flexible_codes = [code for code in costs if code not in {*fixed_codes, *debt_codes, CASH, STAKES}]

    rhythms = [
        one for one in facts.rhythms if one.category in {*fixed_codes, *debt_codes} and not one.incoming
    ]
    by_kind = {code: _regular(facts, code, rhythms) for code in (*fixed_codes, *debt_codes)}
    by_kind |= {code: facts.usual(code) for code in (*flexible_codes, CASH, STAKES) if code in facts.by_month}
    short = not facts.slots
    waits = Money.total(amount for code, amount in by_kind.items() if _waits(facts, taxonomy, code))
    return Expenses(
        fixed=_TOO_SHORT if short else Money.total(by_kind[code] for code in fixed_codes),
        flexible=_TOO_SHORT if short else _monthly_range(facts, flexible_codes),
        debts=_TOO_SHORT if short else Money.total(by_kind[code] for code in debt_codes),
        cash=facts.usual(CASH),
        gambling=facts.usual(STAKES),
        unexplained=facts.usual(UNKNOWN),
        can_wait=_TOO_SHORT if short else waits,
        by_kind=tuple(KindAmount(code, by_kind[code]) for code in sorted(by_kind) if by_kind[code]),
        streams=tuple(stream_seen(facts, one) for one in rhythms),
        reasons=tuple(_noticed(facts, waits)),
    )


def months_of_costs(facts: Facts, taxonomy: Taxonomy) -> list[int]:
    """Return what went out in each month, in cents; spending that can wait counts half, stakes in full."""
    total = [0] * facts.slots
    for code in (*_cost_codes(facts, taxonomy), UNKNOWN):
        keep = 1 if code != STAKES and _waits(facts, taxonomy, code) else 2
        for at, cents in enumerate(facts.by_month.get(code, ())):
            total[at] += max(0, -cents) * keep
    return [-(-cents // 2) for cents in total]


def _cost_codes(facts: Facts, taxonomy: Taxonomy) -> list[str]:
    """Categories that are costs; what is set aside from turnover was already taken off the income."""
    entrepreneur = bool(TURNOVER & facts.by_month.keys())
    return [
        code
        for code in facts.by_month
        if code in taxonomy
        and (taxonomy[code].group in {*_FIXED, "huishoudelijk", "schuld"} or code == TO_PERSON)
        and not (entrepreneur and code in SET_ASIDE)
    ]


def _regular(facts: Facts, code: str, rhythms: Iterable[Rhythm]) -> Money:
    running = sum(
        one.usual_month() for one in rhythms if one.category == code and one.status(facts.seen_to) != "ended"
    )
    loose = facts.loose[code]
    average = round_exact(Fraction(-sum(loose), len(loose)), Rounding.HALF_UP) if loose else 0
    return Money(running + max(0, average))


def _monthly_range(facts: Facts, codes: Iterable[str]) -> Range:
    months = [0] * facts.slots
    for code in codes:
        for at, cents in enumerate(facts.by_month[code]):
            months[at] -= cents
    ordered = sorted(max(0, cents) for cents in months)
    if len(ordered) < 3:
        return Range(Money(ordered[0]), Money(sum(ordered) // len(ordered)), Money(ordered[-1]))
    low, mid, high = (Money(at_share(ordered, Fraction(quarter, 4))) for quarter in (1, 2, 3))
    return Range(low, mid, high)


def _waits(facts: Facts, taxonomy: Taxonomy, code: str) -> bool:
    """Whether spending can wait a while: not essential, owed to nobody, and not hidden from view.

    What goes to a private person with a rhythm is an agreement, such as a room's rent.
    """
    if code in {CASH, SENSITIVE, UNKNOWN}:
        return False
    if code == TO_PERSON:
        return not any(rhythm.category == code for rhythm in facts.rhythms)
    leaf = taxonomy[code]
    return not leaf.essential and leaf.group != "schuld"


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
