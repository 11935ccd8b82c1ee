"""The debt settlement of the NVVK: what is paid above the vtlb in its term, and when nothing is."""

from dataclasses import dataclass
from fractions import Fraction

from psd2_affordability.core.answer import Interval, Step, Unknown
from psd2_affordability.core.money import ZERO, Money, Rounding, round_exact
from psd2_affordability.jurisdictions.found import Found, percent, step
from psd2_affordability.jurisdictions.nl.supplied_norms import capacity_of
from psd2_affordability.rulebook.lookup import RulesOn

_RULE = "nl.schuldregeling"
_NVVK = "NVVK schuldregeling"
_ASK_DEBT = "What is owed to all creditors together?"


@dataclass(frozen=True, slots=True)
class Situation:
    """What a settlement is computed from.

    Attributes:
        income: net a month, holiday pay included.
        debt: owed to all creditors together, or None.
        no_capacity_foreseen: that nothing can be paid for the whole term was looked into, and so it is.
    """

    income: Money
    debt: Money | None = None
    no_capacity_foreseen: bool = False


def find(rules: RulesOn, vtlb: Found, situation: Situation) -> Found:
    """Return what the settlement pays a month: the income above the vtlb, and never from below the bvv."""
    if isinstance(vtlb.value, Unknown):
        return vtlb
    term, foreseen = (rules.count(_RULE, name) for name in ("term", "no_capacity_for"))
    capacity = capacity_of(situation.income, vtlb.value)
    leaves = step(
        _NVVK,
        "what the income of {income} leaves above the vtlb a month",
        "wat het inkomen van {income} per maand overlaat boven het vtlb",
        capacity.low,
        income=situation.income,
    )
    steps = (*vtlb.steps, leaves)
    if not capacity.high and not situation.no_capacity_foreseen:
        because = (
            "nothing is left above the vtlb now; a settlement without payments needs that no capacity "
            f"is foreseen for {foreseen} months"
        )
        ask = f"Is no capacity foreseen for {foreseen} months (--no-capacity-foreseen)?"
        return Found(Unknown("plan.capacity_not_foreseen", because, ask), steps, (ask,))
    if not capacity.high:
        without = step(
            _NVVK,
            "no capacity is foreseen for {months} months: a settlement without payments, discharge at once",
            "er is {months} maanden niets om mee te betalen: een regeling zonder betalingen, meteen "
            "schuldenvrij",
            ZERO,
            months=foreseen,
        )
        return Found.exactly(ZERO, (*steps, without))
    if situation.debt is None or situation.debt <= ZERO:
        return Found(capacity, steps, (*vtlb.ask, _ASK_DEBT))
    return Found(capacity, (*steps, *_offer(rules, capacity, situation.debt, term)), vtlb.ask)


def _offer(rules: RulesOn, capacity: Interval, debt: Money, term: int) -> tuple[Step, ...]:
    offered = min(capacity.low * term, debt)
    longest = rules.count(_RULE, "problematic_after")
    if capacity.low * longest < debt:
        verdict = step(
            _NVVK,
            "the debts cannot be repaid within {months} months: they are problematic, refer to debt help",
            "aflossen lukt niet binnen {months} maanden: dit zijn problematische schulden, verwijs naar "
            "schuldhulp",
            months=longest,
        )
    else:
        verdict = step(
            _NVVK,
            "the debts can be repaid within {months} months: an ordinary plan comes first",
            "aflossen lukt binnen {months} maanden: eerst een gewone betalingsregeling",
            months=longest,
        )
    share = percent(Fraction(round_exact(offered.exact / debt.exact * 100, Rounding.DOWN), 100))
    return (
        step(
            _NVVK,
            "in {term} months that pays {share} of the debt of {debt}",
            "in {term} maanden is dat {share} van de schuld van {debt}",
            offered,
            term=term,
            share=share,
            debt=debt,
        ),
        verdict,
    )
