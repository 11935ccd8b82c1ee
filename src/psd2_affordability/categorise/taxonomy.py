"""The leaves that a transaction can be, as `rules/nl/categories/taxonomy.toml` lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psd2_affordability.core.errors import RuleFileError

UNKNOWN = "onbekend"
REFUND = "storno.terugbetaling"

_GROUPS = frozenset({"inkomen", "vast", "reservering", "huishoudelijk", "schuld", "intern", "overig"})
_WORDS = frozenset({"nl", "en", "group"})
_FLAGS = frozenset({"essential", "floor", "one_off", "allowance", "private"})
_TEXTS = frozenset({"signal", "back", "shown"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """One category.

    Attributes:
        code: stable, `family.leaf`, or `onbekend`.
        nl: name in Dutch.
        en: name in English.
        group: inkomen, vast, reservering, huishoudelijk, schuld, intern or overig.
        essential: cannot be left unpaid for long.
        floor: the income counts for the beslagvrije voet.
        one_off: not part of a usual month.
        allowance: an allowance for one purpose.
        private: the other side is a private person.
        signal: kind of debt signal that a payment here is, or empty.
        back: the category of money that comes in from the same payee.
        shown: what is shown instead of the payee's name, or empty.
    """

    code: str
    nl: str
    en: str
    group: str
    essential: bool = False
    floor: bool = False
    one_off: bool = False
    allowance: bool = False
    private: bool = False
    signal: str = ""
    back: str = REFUND
    shown: str = ""

    @property
    def incoming(self) -> bool:
        """Whether money of this category comes in."""
        return self.group == "inkomen" or self.code in {"krediet.opgenomen", "gokken.uitbetaling"}


def read_taxonomy(where: str, told: Mapping[str, Any]) -> dict[str, Leaf]:
    """Read every leaf, strictly.

    Raises:
        RuleFileError: an unknown key, group or type, or a leaf that names one that is not there.
    """
    leaves: dict[str, Leaf] = {}
    for family, members in told.items():
        for name, fields in members.items():
            code = UNKNOWN if family == UNKNOWN else f"{family}.{name}"
            leaves[code] = _leaf(where, code, fields)
    for leaf in leaves.values():
        if leaf.back not in leaves:
            raise RuleFileError(f"'{leaf.code}' names the unknown category '{leaf.back}'", where=where)
    if UNKNOWN not in leaves:
        raise RuleFileError(f"the category '{UNKNOWN}' is missing", where=where)
    return leaves


def _leaf(where: str, code: str, fields: Mapping[str, Any]) -> Leaf:
    if unknown := set(fields) - _WORDS - _FLAGS - _TEXTS:
        raise RuleFileError(f"'{code}' has the unknown key '{min(unknown)}'", where=where)
    if missing := _WORDS - set(fields):
        raise RuleFileError(f"'{code}' lacks '{min(missing)}'", where=where)
    for key, value in fields.items():
        if type(value) is not (bool if key in _FLAGS else str):
            raise RuleFileError(f"'{code}' has a wrong kind of value for '{key}'", where=where)
    if fields["group"] not in _GROUPS:
        raise RuleFileError(f"'{code}' is in the unknown group '{fields['group']}'", where=where)
    return Leaf(code=code, **fields)
