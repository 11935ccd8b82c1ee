"""The protected balance of a Pfändungsschutzkonto over a calendar month (§ 899 and 902 ZPO)."""

from psd2_affordability.assess.household import Household
from psd2_affordability.core.answer import Interval
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.de.dependants import ASK, dependants
from psd2_affordability.jurisdictions.de.wages import RULE, increases
from psd2_affordability.jurisdictions.found import Found, step
from psd2_affordability.rulebook.lookup import RulesOn

_ASK_ACCOUNT = "Is it a Pfändungsschutzkonto, or will the debtor have it made one within a month?"
_ASK_PROOF = "Has the bank seen a certificate of whom the debtor maintains (§ 903 ZPO)?"


def find(rules: RulesOn, household: Household) -> Found:
    """Return the base, rounded up, and what maintained persons add once the bank has seen proof."""
    least, most = dependants(household)
    width = rules.money(RULE, "step").cents
    base = Money(-(-rules.money(RULE, "base").cents // width) * width)
    more = increases(rules, most)
    steps = (
        step(
            "§ 850k ZPO",
            "only on an account that is a Pfändungsschutzkonto",
            "alleen op een rekening die een Pfändungsschutzkonto is",
        ),
        step(
            "§ 899 Abs. 1 ZPO",
            "the base over a calendar month, rounded up",
            "het basisbedrag voor een kalendermaand, naar boven afgerond",
            base,
        ),
        step(
            "§ 902 Satz 1 Nr. 1 ZPO",
            "more for {most} maintained at most, with proof",
            "meer voor hoogstens {most} mensen die de schuldenaar onderhoudt, met bewijs",
            more,
            most=most,
        ),
    )
    ask = (_ASK_ACCOUNT, *((_ASK_PROOF,) if most else ()), *((ASK,) if least != most else ()))
    return Found(Interval(base, base + more), steps, ask)
