"""How the figures of an answer are named: `room.monthly.mid`, `allowances[zorgtoeslag].gap.low`."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

#: What tells the items of a list apart, the first that they have.
_NAMED_BY = ("code", "category", "account", "month", "first_on", "on")
#: What tells them apart when that is not enough.
_AND_BY = ("payee", "kind")


def labels(items: Sequence[Any], of: Callable[[Any, str], Any]) -> list[str]:
    """Name the items of a list: by what they are, or by their place when that does not tell them apart.

    Args:
        items: of one list.
        of: reads a field of an item; None when it has none.
    """
    for also in ((), _AND_BY):
        names = [_name(item, of, also) for item in items]
        if all(names) and max(Counter(names).values(), default=1) == 1:
            return names
    return [str(at) for at in range(len(items))]


def _name(item: Any, of: Callable[[Any, str], Any], also: Sequence[str]) -> str:
    first = next((value for name in _NAMED_BY if (value := of(item, name)) is not None), None)
    if first is None:
        return ""
    more = [value for name in also if (value := of(item, name))]
    return " ".join(str(part) for part in (first, *more))


def figures(value: Any, kinds: tuple[type, ...], path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of some kinds in a result, with the path that names it.

    >>> from psd2_affordability.core.answer import Range
    >>> from psd2_affordability.core.money import Money
    >>> [path for path, _ in figures(Range(Money(1), Money(2), Money(3)), (Money,), "room.monthly")]
    ['room.monthly.low', 'room.monthly.mid', 'room.monthly.high']
    """
    if isinstance(value, kinds):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from figures(
                getattr(value, field.name), kinds, f"{path}.{field.name}" if path else field.name
            )
    elif isinstance(value, tuple):
        for label, item in zip(labels(value, _field), value, strict=True):
            yield from figures(item, kinds, f"{path}[{label}]")


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every plain value in the JSON form of a result, named by the same paths.

    >>> list(leaves({"room": {"advice": "plan"}, "signals": [{"code": "new_lender", "level": 2}]}))
    [('room.advice', 'plan'), ('signals[new_lender].code', 'new_lender'), ('signals[new_lender].level', 2)]
    """
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for label, item in zip(labels(value, _key), value, strict=True):
            yield from leaves(item, f"{path}[{label}]")
    else:
        yield path, value


def named(items: Sequence[Any]) -> dict[str, Any]:
    """Return the items of a list of a result by their names."""
    return dict(zip(labels(items, _field), items, strict=True))


def _field(item: Any, name: str) -> Any:
    return getattr(item, name, None) if is_dataclass(item) else None


def _key(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, dict) else None
