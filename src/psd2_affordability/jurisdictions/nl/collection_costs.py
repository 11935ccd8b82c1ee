"""The most that may be asked for collecting out of court (Besluit vergoeding incassokosten, art. 6:96 BW)."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from psd2_affordability.core.answer import Step, Unknown
from psd2_affordability.core.errors import RuleNotInForce
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.found import Found, percent, step
from psd2_affordability.jurisdictions.nl.bank_seizure import vat_step
from psd2_affordability.jurisdictions.nl.days import last_day
from psd2_affordability.rulebook.lookup import RulesOn

_RULE = "nl.incassokosten"
_REMINDER = "6:96 lid 6 BW"


@dataclass(frozen=True, slots=True)
class Claims:
    """What one creditor asks of one debtor.

    Attributes:
        principals: of each claim.
        reminded_on: the day of the reminder; None when the costs are only to be named in it.
        business: the debtor acts in a profession or business.
        instalments: the claims are instalments of one contract.
    """

    principals: tuple[Money, ...]
    reminded_on: date | None = None
    business: bool = False
    instalments: bool = False


def find(rules: RulesOn, claims: Claims) -> Found:
    """Return the fee on all claims together: a share of each slice, between the least and the most."""
    for principal in claims.principals:
        if principal <= ZERO:
            return Found(Unknown("claim.not_positive", f"a claim of {principal} has no collection costs"))
    if claims.instalments and (refused := _own_fee(rules, claims)):
        return Found(refused)
    total = Money.total(claims.principals)
    amount, steps = _scaled(rules, total)
    if len(claims.principals) > 1:
        together = step(
            "6:96 lid 7 BW",
            "{count} claims of one creditor: one reminder, the principals are added up",
            "{count} vorderingen van één schuldeiser: één aanmaning, de bedragen worden opgeteld",
            total,
            count=len(claims.principals),
        )
        steps = (together, *steps)
    if claims.business:
        least = rules.money(_RULE, "minimum")
        at_least = step(
            "6:96 lid 4 BW",
            "a business owes at least {least} without a reminder",
            "een bedrijf moet zonder aanmaning minstens {least} betalen",
            least,
            least=least,
        )
        return Found.exactly(amount, (*steps, at_least, *vat_step(rules, amount)))
    return _after_reminder(rules, claims, amount, steps)


def _scaled(rules: RulesOn, claim: Money) -> tuple[Money, tuple[Step, ...]]:
    steps: list[Step] = []
    scaled, start = Fraction(0), ZERO
    for bracket in rules.scale(_RULE, "scale"):
        end = claim if bracket.up_to is None else min(claim, bracket.up_to)
        if end > start:
            rate = Fraction(bracket.rate) / 100
            fee = (end - start).exact * rate
            part = step(
                "2 lid 1 Bik",
                "{rate} of the claim from {start} to {end}",
                "{rate} van de vordering van {start} tot {end}",
                Money.rounded(fee),
                rate=percent(rate),
                start=start,
                end=end,
            )
            steps.append(part)
            scaled, start = scaled + fee, end
    least, most = rules.money(_RULE, "minimum"), rules.money(_RULE, "maximum")
    amount = Money.rounded(scaled).clamp(least, most)
    bounded = step(
        "2 lid 1 en 2 Bik",
        "at least {least} and at most {most}",
        "minstens {least} en hoogstens {most}",
        amount,
        least=least,
        most=most,
    )
    return amount, (*steps, bounded)


def _after_reminder(rules: RulesOn, claims: Claims, amount: Money, steps: tuple[Step, ...]) -> Found:
    """A consumer owes nothing before a reminder that names the costs has gone unanswered."""
    days = rules.count("nl.aanmaning", "reminder_term")
    if claims.reminded_on is None:
        reminder = step(
            _REMINDER,
            "a consumer owes this only after a reminder that names it, with a term of {days} days",
            "een consument betaalt dit pas na een aanmaning waar het bedrag in staat, met {days} dagen de "
            "tijd",
            days=days,
        )
        return Found.exactly(amount, (*steps, reminder, *vat_step(rules, amount)))
    if claims.reminded_on > rules.day:
        because = f"the reminder of {claims.reminded_on} lies after {rules.day}"
        return Found(Unknown("reminder.later", because))
    last = last_day(claims.reminded_on, days, "days")
    owed = rules.day > last
    from_then = step(
        _REMINDER,
        "the reminder of {reminded} gives {days} days: the costs are owed from {first}",
        "de aanmaning van {reminded} geeft {days} dagen de tijd: de kosten gelden vanaf {first}",
        amount if owed else ZERO,
        reminded=claims.reminded_on,
        days=days,
        first=last + timedelta(days=1),
    )
    return Found.exactly(amount if owed else ZERO, (*steps, from_then, *vat_step(rules, amount)))


def _own_fee(rules: RulesOn, claims: Claims) -> Unknown | None:
    """Small instalments of one contract have a fee of their own, since that was made law."""
    try:
        months = rules.count("nl.aanmaning_termijnbetaling", "look_back")
    except RuleNotInForce:
        return None
    least = rules.money(_RULE, "minimum")
    if all(_scaled(rules, principal)[0] > least for principal in claims.principals):
        return None
    because = (
        f"instalments that have the lowest fee count together with the reminders of {months} months before; "
        "that fee (art. 2a Bik) is not known to us"
    )
    return Unknown("instalments.fee_not_known", because)
