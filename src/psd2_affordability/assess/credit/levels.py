"""How an indicator is made: a level from a value and two norms, and a sentence that says what it means."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from psd2_affordability.assess.results import Indicator, Level
from psd2_affordability.assess.wording import Fact, in_both, reason
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.reasons import Reason

_told_by = Reason.told_by
#: So many indicators may be watched before a person is asked to look.
MOST_WATCHED = 2


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
    transactions: Sequence[str] | Callable[[], Sequence[str]] = (),
    **facts: Fact,
) -> Indicator:
    """Make an indicator; its sentences are filled, and a call shows its evidence, when they are read."""
    told = english, dutch, facts
    return Indicator(code, level, value, _told_by(in_both, f"credit.{code}", "", "", transactions, told))


def not_known(code: str, missing: Unknown, english: str, dutch: str) -> Indicator:
    """Make an indicator that cannot be told."""
    return Indicator(code, "unknown", missing, reason(f"credit.{code}", english, dutch))
