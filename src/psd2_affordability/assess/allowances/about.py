"""Sentences and questions that are the same for each allowance but for its name."""

from dataclasses import dataclass
from functools import lru_cache

from psd2_affordability.assess.allowances.schemes import Scheme
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.reasons import Reason


@dataclass(frozen=True, slots=True, eq=False)
class About:
    """What is said or asked of any allowance: both templates hold its `{name}`, and may hold more facts."""

    code: str
    english: str
    dutch: str


@lru_cache(maxsize=64)
def about(scheme: Scheme, words: About) -> Reason:
    """Say or ask it of this one."""
    return reason(words.code, words.english, words.dutch, name=scheme.name)
