"""Which rows that a source gives now are rows that we have already: by evidence, one to one.

A bank's own number of an entry is evidence and never enough alone: numbers are positional,
re-used, blank or new at every call. So a number counts only with the same amount near the
same day, and what a row says counts for as many rows as say it: two equal coffees stay two.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from psd2_affordability.ledger.clean import fold

#: How far the booking day of one entry may move between two answers of a bank.
_DAYS_APART = 3
#: How long after it was announced a payment may be booked.
_DAYS_TO_SETTLE = 10
#: More rows of one amount on one day than this are not compared word by word, each with each.
_MOST_PAIRS = 2_500


@dataclass(frozen=True, slots=True)
class Window:
    """The days of one account that an answer speaks of.

    Attributes:
        since: first booking day.
        until: last booking day.
        complete: every booked row of these days is in the answer.
        ends_rows: what is absent is gone; not so for a file, which anybody may have cut.
    """

    since: date
    until: date
    complete: bool = True
    ends_rows: bool = True

    @property
    def absent_is_gone(self) -> bool:
        """Whether a row of these days that the answer does not give is given no more."""
        return self.complete and self.ends_rows


class Row(NamedTuple):
    """What one booked row says; days are counted from 1970."""

    day: int
    value_day: int | None
    cents: int
    currency: str
    name: str
    iban: str
    remittance: str
    balance_after: int | None
    reference: str


class Known(NamedTuple):
    """One row that is kept.

    Attributes:
        tx: our key.
        row: what it says.
        live: not a tombstone.
        vouched: the source that answers now gave it, too.
        own_words: what it says, and its number, are from the source that answers now.
    """

    tx: str
    row: Row
    live: bool = True
    vouched: bool = True
    own_words: bool = True


@dataclass(frozen=True, slots=True)
class Decisions:
    """What becomes of the rows; fetched rows go by their place.

    Attributes:
        same: fetched row -> key of the kept row that it is.
        new: fetched rows that are not kept yet.
        superseded: key of a kept row -> the fetched row that came in its place, with another amount.
        vanished: keys of kept rows that the source does not give any more.
    """

    same: Mapping[int, str]
    new: tuple[int, ...]
    superseded: Mapping[str, int]
    vanished: tuple[str, ...]


def telling(references: Sequence[str]) -> list[str]:
    """Blank the numbers that one answer gives to several rows: they tell none from another.

    >>> telling(["A1", " ", "9998", "9998"])
    ['A1', '', '', '']
    """
    times = Counter(references)
    return [
        reference if times[reference] == 1 and not reference.isspace() else "" for reference in references
    ]


def decide(stored: Sequence[Known], fetched: Sequence[Row], window: Window | None = None) -> Decisions:
    """Match the rows of one account that did not say exactly the same.

    Args:
        stored: kept rows around the days of the answer, tombstones among them.
        fetched: rows of the answer; numbers that tell nothing are blank.
        window: the days that the answer speaks of; None when rows may be missing on any day.
    """
    matching = _Matching(stored, fetched, window)
    for live in (True, False):
        rows = [each for each in stored if each.live == live]
        matching.pair([each for each in rows if each.own_words], _number)
        matching.pair(rows, _content_and_balance)
        matching.pair(rows, _content)
        if live:
            matching.pair(rows, _balance)
            matching.pair_alike(rows)
    covered = [
        each
        for each in matching.left()
        if each.live and each.vouched and window and window.absent_is_gone and _covers(window, each.row)
    ]
    superseded = matching.superseded(covered)
    vanished = tuple(each.tx for each in covered if each.tx not in superseded)
    new = tuple(place for place in range(len(fetched)) if place not in matching.same)
    return Decisions(matching.same, new, superseded, vanished)


def settled(pending: Mapping[str, Row], booked: Sequence[Row]) -> list[str]:
    """Return the keys of announced rows that booked rows of another source settle, one for one."""
    open_rows = defaultdict(list)
    for row in booked:
        open_rows[row.cents, row.currency].append(row)
    done = []
    for key, row in pending.items():
        candidates = open_rows[row.cents, row.currency]
        found = next(
            (
                each
                for each in candidates
                if 0 <= each.day - row.day <= _DAYS_TO_SETTLE and _alike(_words(each), _words(row))
            ),
            None,
        )
        if found is not None:
            candidates.remove(found)
            done.append(key)
    return done


class _Matching:
    """Pairs that were found so far; each row is in one pair at most."""

    def __init__(self, stored: Sequence[Known], fetched: Sequence[Row], window: Window | None) -> None:
        self._stored = stored
        self._fetched = fetched
        self._window = window
        self._taken: set[str] = set()
        self.same: dict[int, str] = {}

    def left(self) -> list[Known]:
        """Kept rows without a partner."""
        return [each for each in self._stored if each.tx not in self._taken]

    def pair(self, stored: Iterable[Known], says: Callable[[Row], Hashable | None]) -> None:
        """Pair rows for which `says` gives the same, as many as there are on both sides.

        Where an answer is a part, a kept row may be absent from it and still be there: then the
        words must bear the evidence out, or one of two rows would be lost.
        """
        open_rows: dict[Hashable, list[Known]] = defaultdict(list)
        for each in stored:
            said = says(each.row)
            if said is not None and each.tx not in self._taken:
                open_rows[said].append(each)
        if not open_rows:
            return
        for place, row in self._open():
            candidates = open_rows.get(says(row), [])
            found = next((known for known in candidates if self._may_be(known.row, row)), None)
            if found is not None:
                self._join(place, found)
                candidates.remove(found)

    def _may_be(self, kept: Row, row: Row) -> bool:
        if _covers(self._window, kept):
            return abs(kept.day - row.day) <= _DAYS_APART
        return kept.day == row.day and _alike(_words(kept), _words(row))

    def pair_alike(self, stored: Iterable[Known]) -> None:
        """Pair rows of one day and amount whose words differ, those that share most words first.

        Words of one source count as changed only where the kept row would end otherwise, so a
        twin is never lost; two sources word the same entry differently, so their words only rank.
        """
        groups: dict[Hashable, list[Known]] = defaultdict(list)
        for each in stored:
            if each.tx not in self._taken:
                groups[_booking(each.row)].append(each)
        rows: dict[Hashable, list[int]] = defaultdict(list)
        for place, row in self._open():
            if _booking(row) in groups:
                rows[_booking(row)].append(place)
        for booking, places in rows.items():
            if len(places) * len(groups[booking]) <= _MOST_PAIRS:
                self._pair_best(places, groups[booking])

    def _pair_best(self, places: Sequence[int], stored: Sequence[Known]) -> None:
        words = {place: _words(self._fetched[place]) for place in places}
        ranked = []
        for known in stored:
            kept = _words(known.row)
            for place in places:
                may = not known.own_words or _reworded(known.row, self._fetched[place], self._window)
                if may and (not known.own_words or _alike(kept, words[place])):
                    ranked.append((-len(kept & words[place]), place, known.tx, known))
        for _, place, tx, known in sorted(ranked, key=lambda pair: pair[:3]):
            if place not in self.same and tx not in self._taken:
                self._join(place, known)

    def superseded(self, gone: Sequence[Known]) -> dict[str, int]:
        """Link kept rows that are gone to rows that came under the same number with another amount."""
        by_number = {row.reference: place for place, row in self._open() if row.reference}
        links = {}
        for each in gone:
            place = by_number.get(each.row.reference) if each.own_words else None
            if place is not None and abs(each.row.day - self._fetched[place].day) <= _DAYS_APART:
                links[each.tx] = place
                del by_number[each.row.reference]
        return links

    def _open(self) -> Iterable[tuple[int, Row]]:
        return ((place, row) for place, row in enumerate(self._fetched) if place not in self.same)

    def _join(self, place: int, known: Known) -> None:
        self.same[place] = known.tx
        self._taken.add(known.tx)


def _number(row: Row) -> Hashable | None:
    return (row.reference, row.cents, row.currency) if row.reference else None


def _content(row: Row) -> Hashable | None:
    """What a row says, without the payee's name where other words tell rows apart."""
    text = fold(row.remittance)
    name = "" if text or row.iban else fold(row.name)
    return (row.day, row.value_day, row.cents, row.currency, row.iban, text, name)


def _content_and_balance(row: Row) -> Hashable | None:
    return None if row.balance_after is None else (_content(row), row.balance_after)


def _balance(row: Row) -> Hashable | None:
    return None if row.balance_after is None else (*_booking(row), row.balance_after)


def _booking(row: Row) -> tuple[int, int, str]:
    return (row.day, row.cents, row.currency)


def _reworded(kept: Row, row: Row, window: Window | None) -> bool:
    """Whether these may be one row with other words: it would be gone, and no balance speaks against it."""
    known = None not in (kept.balance_after, row.balance_after)
    return _covers(window, kept) and not (known and kept.balance_after != row.balance_after)


def _covers(window: Window | None, row: Row) -> bool:
    """Whether a row would be in the answer, by whichever of its days the bank selects."""
    if window is None or not window.complete:
        return False
    since, until = (day.toordinal() - _EPOCH for day in (window.since, window.until))
    return since <= row.day <= until and (row.value_day is None or row.value_day >= since)


_EPOCH = date(1970, 1, 1).toordinal()


def _words(row: Row) -> frozenset[str]:
    return frozenset(fold(f"{row.name} {row.iban} {row.remittance}").split())


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether half of the shorter text is in the longer one; no words at all deny nothing."""
    return 2 * len(one & other) >= min(len(one), len(other))
