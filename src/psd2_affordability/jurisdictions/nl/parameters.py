"""Norms that others publish and license: the user supplies the amounts, in a strictly read file."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TypeVar

from psd2_affordability.assess.household import HouseholdType
from psd2_affordability.core.answer import RuleUse, Unknown
from psd2_affordability.core.errors import ParametersError, UnknownName
from psd2_affordability.core.money import Money
from psd2_affordability.core.toml_table import Table, parse_table

Read = TypeVar("Read")

_TYPES = tuple(kind.value for kind in HouseholdType)
_ADULT = ("adult",)

# The amounts that a file of each kind holds, with their keys; all are needed.
AMOUNTS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "vtlb": {"reserve": _TYPES, "work": _ADULT, "own_risk": _ADULT, "pgl": _TYPES},
        "leennorm": dict.fromkeys(("base_rent", "base_owner", "minimum_income", "cap"), _TYPES),
        "nibud": dict.fromkeys(
            (
                "rent",
                "energy",
                "water",
                "local_taxes",
                "telecom",
                "insurance",
                "children",
                "transport",
                "clothing",
                "inventory",
                "unreimbursed_care",
                "leisure",
                "food",
                "other_household",
            ),
            _TYPES,
        ),
    }
)
PERCENTS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType({"leennorm": {"share": _TYPES}})


@dataclass(frozen=True, slots=True)
class Parameters:
    """The amounts of one norm, as the user supplied them.

    Attributes:
        kind: one of the keys of `AMOUNTS`.
        source: where the user read them.
        in_force: first day.
        until: last day.
        amounts: by name and key.
        shares: exact shares, by name and key.
        sha256: of the file.
    """

    kind: str
    source: str
    in_force: date
    until: date
    amounts: Mapping[tuple[str, str], Money]
    shares: Mapping[tuple[str, str], Fraction]
    sha256: str

    @property
    def use(self) -> RuleUse:
        """How the receipt names it."""
        return RuleUse(f"supplied.{self.kind}", self.in_force, "supplied", self.sha256)


def read_parameters(content: bytes, where: str) -> Parameters:
    """Read a file of user-supplied amounts.

    Raises:
        ParametersError: a file that is not exactly as its template says.
    """
    top = parse_table(content, where, ParametersError)
    kind = top.text("kind")
    if kind not in AMOUNTS:
        unknown = UnknownName.among("norm", kind, list(AMOUNTS))
        raise ParametersError(unknown.what, where=where, do=unknown.do)
    source, in_force, until = top.text("source"), top.day("in_force"), top.day("until")
    if until < in_force:
        raise top.fault("until", f"is {until}, before {in_force}")
    amounts = _cells(top.table("amount"), AMOUNTS[kind], Table.amount)
    percents = PERCENTS.get(kind)
    shares = _cells(top.table("percent"), percents, Table.number) if percents else {}
    top.done()
    return Parameters(
        kind,
        source,
        in_force,
        until,
        MappingProxyType(amounts),
        MappingProxyType({key: Fraction(value) / 100 for key, value in shares.items()}),
        hashlib.sha256(content).hexdigest(),
    )


def usable(given: Parameters | None, kind: str, on: date) -> Parameters | Unknown:
    """Return the amounts when they are of the right norm and day, else what to supply."""
    template = f"rules/nl/norms/{kind}.template.toml"
    ask = f"Copy {template}, fill in the published amounts and give the file with --parameters"
    if given is None:
        because = f"the amounts of this norm are not ours to ship: the user supplies them, see {template}"
        return Unknown("parameters.absent", because, ask)
    if given.kind != kind:
        return Unknown("parameters.other_norm", f"the file holds '{given.kind}', '{kind}' is asked for", ask)
    if not given.in_force <= on <= given.until:
        window = f"{given.in_force} to {given.until}"
        return Unknown("parameters.not_in_force", f"the amounts supplied hold from {window}, not {on}", ask)
    return given


def _cells(
    table: Table, wanted: Mapping[str, tuple[str, ...]], read: Callable[[Table, str], Read]
) -> dict[tuple[str, str], Read]:
    return {(figure, key): read(table.table(figure), key) for figure, keys in wanted.items() for key in keys}
