"""What a tax collector may have a bank pay (overheidsvordering) or an employer, without a bailiff."""

from psd2_affordability.core.answer import Step, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.found import Found, percent, step
from psd2_affordability.rulebook.lookup import RulesOn

_RULE = "nl.overheidsvordering"
_INCOME = "nl.loonvordering"
_ACT = "19 Invorderingswet 1990"
_POLICY = "19 Invorderingswet 1990, beleid"


def find(rules: RulesOn, claim: Money) -> Found:
    """Return the most of one claim, and its rhythm."""
    if claim <= ZERO:
        return Found(Unknown("claim.not_positive", f"a claim of {claim} is not collected"))
    most_open, most = (rules.money(_RULE, name) for name in ("most_open", "most_claimed"))
    limit = step(
        _POLICY,
        "used only while this much or less is open",
        "alleen zolang er niet meer dan dit openstaat",
        most_open,
    )
    if claim > most_open:
        not_used = step(
            _POLICY,
            "with {claim} open the authority does not use it",
            "als er {claim} openstaat, doet de Belastingdienst dit niet",
            ZERO,
            claim=claim,
        )
        return Found.exactly(ZERO, (limit, not_used, *_from_income(rules)))
    amount = min(claim, most)
    parts, monthly, months, weeks = (
        rules.count(_RULE, name) for name in ("instalments", "monthly", "months", "lapses_after")
    )
    steps = (
        step(_ACT, "a dwangbevel must have been served", "er moet eerst een dwangbevel zijn gebracht"),
        limit,
        step(
            _POLICY,
            "the most of one claim, in {parts} instalments of",
            "het meeste van één vordering, in {parts} delen van",
            rules.money(_RULE, "instalment"),
            parts=parts,
        ),
        step(
            _POLICY,
            "at most {monthly} times a month, {months} months in a row",
            "hoogstens {monthly} keer per maand, {months} maanden achter elkaar",
            monthly=monthly,
            months=months,
        ),
        step(
            _ACT,
            "from the balance and the agreed overdraft; no set-off",
            "van het saldo en het afgesproken rood staan; de bank mag niets verrekenen",
        ),
        step(
            _ACT,
            "a claim lapses {weeks} week after the bank was told",
            "een vordering vervalt {weeks} week nadat de bank bericht kreeg",
            weeks=weeks,
        ),
        step(
            _POLICY,
            "what cuts into the beslagvrije voet is repaired on request",
            "wie onder de beslagvrije voet komt, kan vragen om herstel",
        ),
        *_from_income(rules),
        step(_POLICY, "of this claim can be collected", "van deze vordering kan worden geïnd", amount),
    )
    return Found.exactly(amount, steps)


def _from_income(rules: RulesOn) -> tuple[Step, ...]:
    """Say what else the tax collector may claim, and of whom nothing."""
    share = rules.share(_INCOME, "not_seizable_share")
    more, months, weeks = (
        rules.count(_INCOME, name) for name in ("more_than", "overdue_for", "announced_before")
    )
    return (
        step(
            "19 lid 1 en 2 Invorderingswet 1990",
            "who pays an income must also pay up to {share} of what is not seizable; only when more than "
            "{more} assessment is {months} months overdue, without deferral or remission",
            "wie loon of uitkering betaalt, moet ook {share} betalen van wat beschermd is; alleen als meer "
            "dan {more} aanslag {months} maanden te laat is, zonder uitstel of kwijtschelding",
            share=percent(share),
            more=more,
            months=months,
        ),
        step(
            "19 lid 9 Invorderingswet 1990",
            "the debtor is told {weeks} weeks before if the dwangbevel came by post, never of one at a bank",
            "de schuldenaar hoort dit {weeks} weken vooraf als het dwangbevel per post kwam; bij een bank "
            "nooit",
            weeks=weeks,
        ),
        step(
            "19 lid 10 Invorderingswet 1990",
            "none of it for assessments in a statutory debt settlement",
            "niets hiervan voor aanslagen in een wettelijke schuldsanering",
        ),
    )
