"""The leaves that a transaction can be, as `rules/nl/categories/taxonomy.toml` lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psd2_affordability.core.errors import RuleFileError

UNKNOWN = "onbekend"
REFUND = "storno.terugbetaling"

_GROUPS = frozenset({"inkomen", "vast", "reservering", "huishoudelijk", "schuld", "intern", "overig"})
_BUDGET_OF_GROUP = {"vast": "fixed", "reservering": "reserve", "huishoudelijk": "household"}
_NO_BUDGET = "none"
_BUDGETS = frozenset({*_BUDGET_OF_GROUP.values(), _NO_BUDGET})
_PARTY_WORDS = """any administrator bailiff bank bnpl care childcare collector customer employer gambling
government housing insurer lender municipality own pension person platform processor school sensitive shop
telecom transport utility"""
_PARTIES = frozenset(_PARTY_WORDS.split())
_SIGNAL_WORDS = """arrears bailiff bnpl collector fine fixed_cost gambling lender overdraft returned seizure
tax_debt"""
_SIGNALS = frozenset(_SIGNAL_WORDS.split())
_WORDS = frozenset({"nl", "en", "group", "party"})
_FLAGS = frozenset({"essential", "floor", "one_off", "allowance", "private", "open"})
_TEXTS = frozenset({"budget", "signal", "back", "shown", "part_of"})
#: Words from a closed list: the key, and the list.
_CLOSED = {"group": _GROUPS, "party": _PARTIES, "budget": _BUDGETS, "signal": _SIGNALS}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One category.

    Attributes:
        code: stable, `family.leaf`, or `onbekend`.
        nl: name in Dutch.
        en: name in English.
        group: inkomen, vast, reservering, huishoudelijk, schuld, intern or overig.
        party: what kind of party stands at the other side.
        budget: where it stands in a household's budget: fixed, reserve, household or none.
        essential: cannot be left unpaid for long.
        floor: the income counts for the beslagvrije voet.
        one_off: not part of a usual month.
        allowance: an allowance for one purpose.
        private: the other side is a private person.
        open: it says how was paid, not for what: no answer, where answers are judged.
        signal: kind of debt signal that a payment here is, or empty.
        back: the category of money that comes in from the same payee.
        shown: what is shown instead of the payee's name, or empty.
        part_of: the broader category that this one was taken out of, or empty. Who labels by that one,
            or by a taxonomy without this one, means the same.
    """

    code: str
    nl: str
    en: str
    group: str
    party: str = "any"
    budget: str = _NO_BUDGET
    essential: bool = False
    floor: bool = False
    one_off: bool = False
    allowance: bool = False
    private: bool = False
    open: bool = False
    signal: str = ""
    back: str = REFUND
    shown: str = ""
    part_of: str = ""

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
        for named in (leaf.back, leaf.part_of or leaf.code):
            if named not in leaves:
                raise RuleFileError(f"'{leaf.code}' names the unknown category '{named}'", where=where)
        if leaf.part_of and leaves[leaf.part_of].part_of:
            raise RuleFileError(f"'{leaf.code}' is part of a part", where=where)
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
    for key, words in _CLOSED.items():
        if key in fields and fields[key] not in words:
            raise RuleFileError(f"'{code}' has the unknown {key} '{fields[key]}'", where=where)
    return Leaf(code=code, **{"budget": _BUDGET_OF_GROUP.get(fields["group"], _NO_BUDGET), **fields})
