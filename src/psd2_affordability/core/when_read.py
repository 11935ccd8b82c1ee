"""Fields of a result that are laid out when somebody reads them: most of a portfolio's are never read."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Self


class LaidOutWhenRead:
    """Takes fields of a frozen dataclass from calls; what they lay out is known already.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True, slots=True)
    ... class Bill(LaidOutWhenRead):
    ...     lines: tuple[str, ...]
    >>> Bill(()).laid_out_by(lines=lambda: ("rent", "water")).lines
    ('rent', 'water')
    """

    __slots__ = ("_calls",)
    _calls: Mapping[str, Callable[[], object]]

    if not TYPE_CHECKING:  # a checker would take it for leave to read any name

        def __getattr__(self, name: str) -> object:
            """Lay a field out; Python asks this only for a name that holds nothing yet."""
            if name == "_calls" or name not in self._calls:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            field = self._calls[name]()
            object.__setattr__(self, name, field)
            return field

    def laid_out_by(self, **calls: Callable[[], object]) -> Self:
        """Take each of these fields from a call when it is read; for who makes this, once."""
        object.__setattr__(self, "_calls", calls)
        for name in calls:
            object.__delattr__(self, name)
        return self
