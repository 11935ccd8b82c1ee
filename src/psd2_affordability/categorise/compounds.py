"""Trades inside longer words, as in `kaaskraam` and `fietsspecialist`: what a word ends or begins with."""

from collections.abc import Sequence

_END_SIEVE = 3
_START_SIEVE = 4


class Compounds:
    """Finds the stem at either side of a longer word: one look-up for most words, and they find nothing."""

    def __init__(self) -> None:
        """Start with no stems."""
        self._ends: dict[str, int] = {}
        self._starts: dict[str, int] = {}
        self._last: dict[str, list[str]] = {}
        self._first: dict[str, list[str]] = {}

    def add_end(self, stem: str, value: int) -> int:
        """Add what a word ends with; return the value that already has it, or its own."""
        return _add(stem, value, self._ends, self._last.setdefault(stem[-_END_SIEVE:], []))

    def add_start(self, stem: str, value: int) -> int:
        """Add what a word begins with; return the value that already has it, or its own."""
        return _add(stem, value, self._starts, self._first.setdefault(stem[:_START_SIEVE], []))

    def endings(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Return the value and the place of the longest stem that each word ends with, of words that do."""
        if self._last.keys().isdisjoint([word[-_END_SIEVE:] for word in words]):
            return []
        return [(value, at) for at, value in enumerate(map(self._ending, words)) if value >= 0]

    def beginnings(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Return the same of the stems that words begin with."""
        if self._first.keys().isdisjoint([word[:_START_SIEVE] for word in words]):
            return []
        return [(value, at) for at, value in enumerate(map(self._beginning, words)) if value >= 0]

    def tells(self, word: str) -> bool:
        """Tell whether a word holds any stem."""
        return self._ending(word) >= 0 or self._beginning(word) >= 0

    def _ending(self, word: str) -> int:
        for stem in self._last.get(word[-_END_SIEVE:], ()):
            if word.endswith(stem):
                return self._ends[stem]
        return -1

    def _beginning(self, word: str) -> int:
        for stem in self._first.get(word[:_START_SIEVE], ()):
            if word.startswith(stem):
                return self._starts[stem]
        return -1


def _add(stem: str, value: int, stems: dict[str, int], sieve: list[str]) -> int:
    taken = stems.setdefault(stem, value)
    if stem not in sieve:
        sieve.append(stem)
        sieve.sort(key=len, reverse=True)
    return taken
