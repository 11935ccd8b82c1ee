"""What a tax collector may have a bank pay (overheidsvordering) or an employer, without a bailiff."""

from psd2_affordability.core.answer import Step, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.found import Found, percent
from psd2_affordability.rulebook.lookup import RulesOn

_RULE = "nl.overheidsvordering"
_INCOME = "nl.loonvordering"
_POLICY = "19 Invorderingswet 1990, beleid"


def find(rules: RulesOn, claim: Money) -> Found:
    """Return the most of one claim, and its rhythm."""
    if claim <= ZERO:
        return Found(Unknown("claim.not_positive", f"a claim of {claim} is not collected"))
    most_open, most = (rules.money(_RULE, name) for name in ("most_open", "most_claimed"))
    limit = Step(_POLICY, "used only while this much or less is open", most_open)
    if claim > most_open:
        says = f"with {claim.spoken()} open the authority does not use it"
        return Found.exactly(ZERO, (limit, Step(_POLICY, says, ZERO), *_from_income(rules)))
    amount = min(claim, most)
    parts, monthly, months, weeks = (
        rules.count(_RULE, name) for name in ("instalments", "monthly", "months", "lapses_after")
    )
    steps = (
        Step("19 Invorderingswet 1990", "a dwangbevel must have been served"),
        limit,
        Step(_POLICY, f"the most of one claim, in {parts} instalments of", rules.money(_RULE, "instalment")),
        Step(_POLICY, f"at most {monthly} times a month, {months} months in a row"),
        Step("19 Invorderingswet 1990", "from the balance and the agreed overdraft; no set-off"),
        Step("19 Invorderingswet 1990", f"a claim lapses {weeks} week after the bank was told"),
        Step(_POLICY, "what cuts into the beslagvrije voet is repaired on request"),
        *_from_income(rules),
        Step(_POLICY, "of this claim can be collected", amount),
    )
    return Found.exactly(amount, steps)


def _from_income(rules: RulesOn) -> tuple[Step, ...]:
    """Say what else the tax collector may claim, and of whom nothing."""
    share = rules.share(_INCOME, "not_seizable_share")
    more, months, weeks = (
        rules.count(_INCOME, name) for name in ("more_than", "overdue_for", "announced_before")
    )
    tenth = (
        f"who pays an income must also pay up to {percent(share)} of what is not seizable, only when more "
        f"than {more} assessment is {months} months overdue, without deferral or remission"
    )
    told = f"the debtor is told {weeks} weeks before if the dwangbevel came by post, never of one at a bank"
    return (
        Step("19 lid 1 en 2 Invorderingswet 1990", tenth),
        Step("19 lid 9 Invorderingswet 1990", told),
        Step("19 lid 10 Invorderingswet 1990", "none of it for assessments in a statutory debt settlement"),
    )
