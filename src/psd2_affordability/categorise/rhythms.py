"""What a regular rhythm alone says: money that comes in like wages, from a party that can pay them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from psd2_affordability.categorise.strict import Shape, only_keys, rows
from psd2_affordability.core.errors import RuleFileError

CADENCES = ("weekly", "four_weekly", "monthly", "two_monthly", "quarterly", "yearly")
_RULE = Shape(must={"from": list, "cadences": list, "category": str, "at_least_ct": int, "sure": int})


@dataclass(frozen=True, slots=True)
class RhythmRule:
    """Regular incoming money without another explanation.

    Attributes:
        kinds: kinds of party that the rule is about.
        cadences: rhythms that count.
        category: what the money then is.
        at_least_ct: smallest usual amount.
        sure: confidence in percent.
    """

    kinds: frozenset[str]
    cadences: frozenset[str]
    category: str
    at_least_ct: int
    sure: int


def read_rhythm_rules(
    where: str, told: Mapping[str, Any], categories: Collection[str]
) -> tuple[RhythmRule, ...]:
    """Read the rules.

    Raises:
        RuleFileError: an unknown key, category or cadence.
    """
    only_keys(where, told, {"rules"})
    found = []
    for row in rows(where, told, "rules", _RULE):
        if row["category"] not in categories:
            raise RuleFileError(f"the category '{row['category']}' is not in the taxonomy", where=where)
        if unknown := set(row["cadences"]) - set(CADENCES):
            raise RuleFileError(f"the cadence '{min(unknown)}' is unknown", where=where)
        found.append(
            RhythmRule(
                frozenset(row["from"]),
                frozenset(row["cadences"]),
                row["category"],
                row["at_least_ct"],
                row["sure"],
            )
        )
    return tuple(found)
