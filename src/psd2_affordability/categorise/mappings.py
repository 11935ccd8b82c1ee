"""How our leaves are called in other taxonomies, for reports and for data that comes labelled."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from psd2_affordability.categorise.strict import Shape, only_keys, rows
from psd2_affordability.core.errors import RuleFileError

_GRADES = frozenset({"official", "secondary", "derived"})
_HEAD = Shape(must={"as_of": date, "source": str, "grade": str})
_LEAF = Shape(must={"leaf": str}, may={"code": str, "reason": str})


@dataclass(frozen=True, slots=True)
class ForeignCodes:
    """Another taxonomy, leaf by leaf of ours.

    Attributes:
        codes: our leaf to its code there; empty when it has none or none that is known.
        reasons: for every leaf with an empty code, why.
        grade: official, secondary or derived: how sure the codes themselves are.
        source: where they are from.
        as_of: the day they were looked up.
    """

    codes: Mapping[str, str]
    reasons: Mapping[str, str]
    grade: str
    source: str
    as_of: date


def read_mapping(where: str, told: Mapping[str, Any], leaves: Collection[str]) -> ForeignCodes:
    """Read one mapping; every leaf has a code, or a reason why it has none.

    Raises:
        RuleFileError: a leaf is missing, listed twice or unknown, or has both or neither.
    """
    only_keys(where, told, {*_HEAD.must, "leaves"})
    _HEAD.check(where, {key: value for key, value in told.items() if key != "leaves"})
    if told["grade"] not in _GRADES:
        raise RuleFileError(f"the grade '{told['grade']}' is unknown", where=where)
    codes: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for row in rows(where, told, "leaves", _LEAF):
        leaf = row["leaf"]
        if leaf not in leaves:
            raise RuleFileError(f"the category '{leaf}' is not in the taxonomy", where=where)
        if leaf in codes:
            raise RuleFileError(f"'{leaf}' is listed twice", where=where)
        if ("code" in row) == ("reason" in row):
            raise RuleFileError(f"'{leaf}' needs either a code or a reason why it has none", where=where)
        codes[leaf] = row.get("code", "")
        if not codes[leaf]:
            reasons[leaf] = row["reason"]
    if missing := [leaf for leaf in leaves if leaf not in codes]:
        raise RuleFileError(f"'{missing[0]}' is not mapped", where=where)
    return ForeignCodes(codes, reasons, told["grade"], told["source"], told["as_of"])
