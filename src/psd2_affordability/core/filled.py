"""Frozen dataclasses that are made faster: of each person a portfolio makes some hundreds of values."""

from dataclasses import MISSING, fields
from typing import Any, TypeVar

Made = TypeVar("Made")


def filled_fast(cls: type[Made]) -> type[Made]:
    """Let a frozen dataclass with slots write its slots themselves while it is made.

    The `__init__` that a frozen dataclass gets goes through `object.__setattr__`, which looks each slot up
    by its name. This one takes the same, and nothing else changes: what is made stays frozen.

    Args:
        cls: a frozen dataclass with slots, plain defaults and nothing to do once it is filled.

    >>> from dataclasses import dataclass
    >>> @filled_fast
    ... @dataclass(frozen=True, slots=True)
    ... class Bill:
    ...     payee: str
    ...     cents: int = 0
    >>> Bill("Vink", cents=5), Bill("Vink")
    (Bill(payee='Vink', cents=5), Bill(payee='Vink', cents=0))
    """
    known: dict[str, Any] = {}
    takes, fills = ["self"], []
    for field in fields(cls):  # type: ignore[arg-type]  # of which the type cannot be said
        name = field.name
        if not field.init or field.default_factory is not MISSING or hasattr(cls, "__post_init__"):
            raise TypeError(f"{cls.__name__} does more than fill '{name}' while it is made")
        known[f"_hold_{name}"] = vars(cls)[name].__set__
        known[f"_no_{name}"] = field.default
        takes.append(name if field.default is MISSING else f"{name}=_no_{name}")
        fills.append(f"    _hold_{name}(self, {name})")
    source = "\n".join([f"def __init__({', '.join(takes)}):", *fills])
    exec(source, known)  # noqa: S102  # of names of fields alone, as `dataclasses` makes its own
    made, before = known["__init__"], cls.__init__
    made.__annotations__, made.__qualname__ = before.__annotations__, before.__qualname__
    cls.__init__ = made  # type: ignore[method-assign]  # which takes the same
    return cls
