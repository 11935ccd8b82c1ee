"""How values look on the wire: the one place that turns results into JSON and describes that JSON.

Money is a string with two decimals, days are ISO 8601, shares are decimal strings, a part that
was not asked for is absent, and `Unknown` is an object with the single key `unknown`.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from psd2_affordability.core.answer import LegalAnswer, Unknown
from psd2_affordability.core.money import Money

MONEY_PATTERN = r"^-?[0-9]+\.[0-9]{2}$"

#: Fields of result types that are not written for somebody.
LeftOut = Mapping[type, frozenset[str]]
_ALL_IN: LeftOut = {}


def to_wire(value: Any, without: LeftOut = _ALL_IN) -> Any:
    """Turn a result into plain JSON values.

    Args:
        value: the result, or a part of one.
        without: fields to leave out, by the type that has them.

    >>> to_wire(Money(1250)), to_wire(date(2026, 7, 1))
    ('12.50', '2026-07-01')
    >>> to_wire(Unknown("no_balance", "No balance is known.", "What is the balance?"))["unknown"]["code"]
    'no_balance'
    """
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case Money() | Decimal() | Fraction():
            return str(value)
        case frozenset():
            return sorted(to_wire(item, without) for item in value)
        case date():
            return value.isoformat()
        case Unknown():
            return {"unknown": _fields(value, without)}
        case LegalAnswer():
            return {**_fields(value, without), "status": value.status}
        case Mapping():
            return {str(key): to_wire(item, without) for key, item in value.items()}
        case Sequence():
            return [to_wire(item, without) for item in value]
    return _fields(value, without)


def _fields(value: Any, without: LeftOut) -> dict[str, Any]:
    """Fields of a dataclass; one whose default is None is left out while it is None."""
    unwritten = without.get(type(value), ())
    return {
        field.name: to_wire(getattr(value, field.name), without)
        for field in dataclasses.fields(value)
        if field.name not in unwritten and not (field.default is None and getattr(value, field.name) is None)
    }


def to_json(value: Any, without: LeftOut = _ALL_IN) -> str:
    """Write a result as JSON text that is the same, byte for byte, for the same result."""
    return json.dumps(to_wire(value, without), ensure_ascii=False, indent=2)


def from_wire(kind: Any, value: Any) -> Any:
    """Turn plain JSON values back into what they were made from; a field that is absent has its default.

    >>> from_wire(tuple[Money, ...], ["12.50", "3.00"])
    (Money(cents=1250), Money(cents=300))
    """
    if kind in _READ:
        return _READ[kind](value)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _one_of(arguments, value)
    if origin is tuple:
        each = arguments[:1] * len(value) if arguments[-1] is Ellipsis else arguments
        return tuple(from_wire(inner, item) for inner, item in zip(each, value, strict=True))
    if origin is frozenset:
        return frozenset(from_wire(arguments[0], item) for item in value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        told = value["unknown"] if kind is Unknown else value
        return kind(**{name: from_wire(hints[name], item) for name, item in told.items()})
    return value


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    """Read a value that is of one of several kinds: None, Unknown, or the only other one."""
    if value is None:
        return None
    unknown = isinstance(value, dict) and value.keys() == {"unknown"}
    [kind] = [each for each in kinds if each is not types.NoneType and (each is Unknown) == unknown]
    return from_wire(kind, value)


_READ: dict[Any, Callable[[str], Any]] = {
    Money: Money.euros,
    Decimal: Decimal,
    Fraction: Fraction,
    date: date.fromisoformat,
}


def schema_of(root: type, *, title: str, optional: LeftOut = _ALL_IN) -> dict[str, Any]:
    """Describe the wire form of a result type as JSON Schema (2020-12).

    Args:
        root: the type.
        title: what the schema is called.
        optional: fields that are left out for some who read it.
    """
    definitions: dict[str, Any] = {}
    top = _schema(root, definitions)
    for kind, names in optional.items():
        if kind.__name__ in definitions:
            described = definitions[kind.__name__]
            described["required"] = [name for name in described["required"] if name not in names]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **top,
        "$defs": dict(sorted(definitions.items())),
    }


_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    Money: {"type": "string", "pattern": MONEY_PATTERN, "description": "euros with two decimals"},
    Decimal: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [_schema(each, definitions) for each in arguments]}
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return {"type": "array", "items": _schema(arguments[0], definitions)}
        items = [_schema(each, definitions) for each in arguments]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    if dataclasses.is_dataclass(hint):
        return _reference(typing.cast("type", hint), definitions)
    raise TypeError(f"{hint} has no schema on the wire")


def _reference(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        described = _object(kind, definitions)
        if kind is Unknown:
            described = {
                "type": "object",
                "properties": {"unknown": described},
                "required": ["unknown"],
                "additionalProperties": False,
            }
        definitions[kind.__name__] = described
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _object(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)
    properties = {field.name: _schema(hints[field.name], definitions) for field in fields}
    if kind is LegalAnswer:
        properties["status"] = {"enum": ["ok", "interval", "unknown"]}
    return {
        "type": "object",
        "description": (kind.__doc__ or "").strip().split("\n")[0],
        "properties": properties,
        "required": [
            name for name in properties if not any(f.name == name and f.default is None for f in fields)
        ],
        "additionalProperties": False,
    }
