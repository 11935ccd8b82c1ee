"""Under which law a credit check is made, as far as that is known for the day."""

from collections.abc import Iterator
from functools import lru_cache

from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.assess.ports import CreditLaw
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.reasons import Reason


@lru_cache(maxsize=256)
def under_law(law: CreditLaw, obligation: Obligation | None) -> tuple[Reason, ...]:
    """Say which law applies; the check itself is the same before and after."""
    return tuple(_said(law, obligation))


def _said(law: CreditLaw, obligation: Obligation | None) -> Iterator[Reason]:
    applies = law.directive_since
    if isinstance(applies, Unknown):
        yield reason(
            "credit.law.before",
            "The consumer credit directive of 2023 does not apply yet on this day; the check follows it "
            "already.",
            "De Europese richtlijn consumentenkrediet uit 2023 geldt op deze dag nog niet. De toets volgt "
            "die al wel.",
            rule=law.directive_rule,
            article=law.directive_article,
        )
        return
    yield reason(
        "credit.law.directive",
        "The consumer credit directive of 2023 applies since {day}.",
        "De Europese richtlijn consumentenkrediet uit 2023 geldt sinds {day}.",
        rule=law.directive_rule,
        article=law.directive_article,
        day=applies,
    )
    if isinstance(law.national_since, Unknown):
        yield reason(
            "credit.law.national_not_confirmed",
            "It is not confirmed that the national act for this directive is in force.",
            "Het is niet bevestigd dat de Nederlandse wet bij deze richtlijn al geldt.",
            rule=law.national_rule,
        )
    total = None if obligation is None else obligation.total
    if total is not None and law.ceiling is not None and total > law.ceiling:
        yield reason(
            "credit.law.above_ceiling",
            "The obligation is above {ceiling}, where the directive ends.",
            "De verplichting is hoger dan {ceiling}. Daarboven geldt de richtlijn niet.",
            rule=law.directive_rule,
            ceiling=law.ceiling,
        )
