"""How an indicator is made: a level from a value and two norms, and a sentence that says what it means."""

from collections.abc import Sequence
from decimal import Decimal

from psd2_affordability.assess.results import Indicator, Level
from psd2_affordability.assess.wording import Fact, filled, reason
from psd2_affordability.core.answer import Unknown


def above(value: Decimal, watch: Decimal, concern: Decimal) -> Level:
    """Return the level of a value of which more is worse."""
    return "concern" if value > concern else "watch" if value > watch else "fine"


def below(value: Decimal, watch: Decimal, concern: Decimal) -> Level:
    """Return the level of a value of which less is worse."""
    return "concern" if value < concern else "watch" if value < watch else "fine"


def indicator(
    code: str,
    level: Level,
    value: str,
    english: str,
    dutch: str,
    *,
    transactions: Sequence[str] = (),
    **facts: Fact,
) -> Indicator:
    """Make an indicator and fill its sentences."""
    says = filled(f"credit.{code}", english, dutch, facts, transactions=transactions)
    return Indicator(code, level, value, says)


def not_known(code: str, missing: Unknown, english: str, dutch: str) -> Indicator:
    """Make an indicator that cannot be told."""
    return Indicator(code, "unknown", missing, reason(f"credit.{code}", english, dutch))
