"""Directive (EU) 2023/2225 on consumer credit: since when it applies, and the national act beside it."""

from datetime import date

from psd2_affordability.assess.ports import CreditLaw
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.errors import RuleNotInForce
from psd2_affordability.core.money import Money
from psd2_affordability.rulebook.lookup import Rulebook
from psd2_affordability.rulebook.model import Version

_DIRECTIVE = "eu.consumer_credit"
_NOT_CONFIRMED = Unknown(
    "law.not_confirmed", "It is not known since when the national act for the directive is in force."
)


def credit_law(book: Rulebook, on: date, national_rule: str) -> CreditLaw:
    """Return which law a check before new credit is made under on a day.

    A national act carries the directive out once its rule has a version without the old thresholds.

    Args:
        book: the dated rules.
        on: the day.
        national_rule: the rule of the national act; empty where none is held.
    """
    rules = book.on(on)
    try:
        directive = rules.require(_DIRECTIVE)
    except RuleNotInForce as refusal:
        not_yet = Unknown("rule.not_in_force", refusal.what)
        return CreditLaw(not_yet, not_yet, directive_rule=_DIRECTIVE)
    national: date | Unknown = _NOT_CONFIRMED
    if national_rule:
        try:
            national = _carried_out(rules.require(national_rule))
        except RuleNotInForce:
            national = _NOT_CONFIRMED
    return CreditLaw(
        directive.in_force,
        national,
        ceiling=rules.money(_DIRECTIVE, "ceiling"),
        directive_rule=_DIRECTIVE,
        directive_article=directive.source.article,
        national_rule=national_rule,
        rules=rules.used,
    )


def _carried_out(national: Version) -> date | Unknown:
    """Return since when no threshold is left below which income need not be verified."""
    left = [value for value in national.values.values() if isinstance(value, Money) and value.cents]
    return _NOT_CONFIRMED if left else national.in_force
