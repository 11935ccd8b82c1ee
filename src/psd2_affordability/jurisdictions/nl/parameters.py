"""Norms that others publish and license: the user supplies the amounts, in a strictly read file."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import cast

from psd2_affordability.assess.household import HouseholdType
from psd2_affordability.core.answer import RuleUse, Unknown
from psd2_affordability.core.errors import ParametersError, RuleFileError, UnknownName
from psd2_affordability.core.money import Money
from psd2_affordability.rulebook.reading import Table, is_number

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
    try:
        parsed = tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
        return _parameters(Table(parsed, where), hashlib.sha256(content).hexdigest())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParametersError(f"is not TOML: {error}", where=where) from error
    except (RuleFileError, UnknownName) as error:
        raise ParametersError(error.what, where=where, do=error.do) from error


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


def _parameters(top: Table, sha256: str) -> Parameters:
    kind = top.text("kind")
    if kind not in AMOUNTS:
        raise UnknownName.among("norm", kind, list(AMOUNTS))
    percents = PERCENTS.get(kind, {})
    top.allow("kind", "source", "in_force", "until", "amount", *(("percent",) if percents else ()))
    source, in_force, until = top.text("source"), top.day("in_force"), top.day("until")
    if until < in_force:
        raise top.fault("until", f"is {until}, before {in_force}")
    amounts = {key: _money(value, key, top) for key, value in _cells(top, "amount", AMOUNTS[kind]).items()}
    shares = _cells(top, "percent", percents) if percents else {}
    return Parameters(
        kind,
        source,
        in_force,
        until,
        MappingProxyType(amounts),
        MappingProxyType({key: Fraction(value) / 100 for key, value in shares.items()}),
        sha256,
    )


def _cells(
    top: Table, name: str, wanted: Mapping[str, tuple[str, ...]]
) -> dict[tuple[str, str], int | Decimal]:
    table = top.table(name)
    table.allow(*wanted)
    cells: dict[tuple[str, str], int | Decimal] = {}
    for figure, keys in wanted.items():
        row = table.table(figure)
        row.allow(*keys)
        for key in keys:
            value = row.content.get(key)
            if not is_number(value) or cast("int | Decimal", value) < 0:
                raise row.fault(key, "must be a number that is not negative", "Fill in the published figure")
            cells[figure, key] = cast("int | Decimal", value)
    return cells


def _money(value: int | Decimal, key: tuple[str, str], top: Table) -> Money:
    try:
        return Money.euros(value)
    except ValueError as error:
        raise top.fault(
            f"amount.{'.'.join(key)}", f"is {value}", "An amount has at most two decimals"
        ) from error
