"""Finds the version of a rule that is in force on a day, and refuses with the fact outside its window."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from psd2_affordability.core.answer import RuleUse, merge_rules
from psd2_affordability.core.errors import RuleNotInForce, UnknownName
from psd2_affordability.core.money import Money
from psd2_affordability.rulebook.model import Bracket, Figure, Instrument, Value, Version


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """Every rule, by id; a book is equal to itself alone, so that what it gave can be remembered."""

    instruments: Mapping[str, Instrument]

    def instrument(self, rule: str) -> Instrument:
        """Return one rule with all its versions.

        Raises:
            UnknownName: no rule has this id.
        """
        try:
            return self.instruments[rule]
        except KeyError:
            raise UnknownName.among("rule", rule, list(self.instruments)) from None

    def at(self, rule: str, on: date) -> Version:
        """Return the version in force on a day.

        Raises:
            UnknownName: no rule has this id.
            RuleNotInForce: the day lies outside the rule's window; the message is the fact.
        """
        return _version_on(self.instrument(rule), on)

    def on(self, day: date) -> "RulesOn":
        """Return the rules as they are on a day."""
        return RulesOn(self, day)


@dataclass(slots=True)
class RulesOn:
    """The rules as they are on one day, remembering which of them were used.

    Attributes:
        book: every rule.
        day: the day.
        versions: those used so far, by the id of the rule.
    """

    book: Rulebook
    day: date
    versions: dict[str, Version] = field(default_factory=dict)

    @property
    def used(self) -> tuple[RuleUse, ...]:
        """The rules used so far, each once, in a fixed order."""
        return _uses(self.book, self.day, frozenset(self.versions))

    def use_too(self, others: "RulesOn") -> None:
        """Count as used what was used of the same book on the same day."""
        self.versions.update(others.versions)

    def require(self, rule: str) -> Version:
        """Demand that a rule is in force on the day, and count it as used.

        Raises:
            RuleNotInForce: it is not; the message is the fact.
        """
        version = self.book.at(rule, self.day)
        self.versions[rule] = version
        return version

    def money(self, rule: str, name: str, key: str = "") -> Money:
        """Return an amount."""
        figure = self._figure(rule, name, key)
        if not isinstance(figure, Money):
            raise TypeError(f"{rule} {name} is not an amount")
        return figure

    def share(self, rule: str, name: str, key: str = "") -> Fraction:
        """Return a percentage as the exact share it stands for."""
        figure = self._figure(rule, name, key)
        if not isinstance(figure, Decimal):
            raise TypeError(f"{rule} {name} is not a percentage")
        return _share(figure)

    def count(self, rule: str, name: str, key: str = "") -> int:
        """Return a whole number: of days, months, hours, times."""
        figure = self._figure(rule, name, key)
        if not isinstance(figure, int):
            raise TypeError(f"{rule} {name} is not a whole number")
        return figure

    def scale(self, rule: str, name: str) -> tuple[Bracket, ...]:
        """Return a scale of brackets."""
        value = self._value(rule, name)
        if not isinstance(value, tuple):
            raise TypeError(f"{rule} {name} is not a scale")
        return value

    def _figure(self, rule: str, name: str, key: str) -> Figure:
        value = self._value(rule, name, key)
        if isinstance(value, (Money, Decimal, int)) and not key:
            return value
        if not isinstance(value, Mapping):
            raise TypeError(f"{rule} {name} is not a figure by key")
        if key not in value:
            raise _not_known(self.book.instrument(rule), f"{name}.{key}", self.day)
        return value[key]

    def _value(self, rule: str, name: str, key: str = "") -> Value:
        version = self.versions.get(rule) or self.book.at(rule, self.day)
        instrument = self.book.instrument(rule)
        quantity = instrument.quantities.get(name)
        if quantity is None:
            raise UnknownName.among(f"figure of {rule}", name, list(instrument.quantities))
        if key and quantity.keys and key not in quantity.keys:
            raise UnknownName.among(f"{quantity.dimension} of {rule}", key, list(quantity.keys))
        if name not in version.values:
            raise _not_known(instrument, name, self.day)
        self.versions[rule] = version
        return version.values[name]


@cache
def _share(printed: Decimal) -> Fraction:
    return Fraction(printed) / 100


def _version_on(instrument: Instrument, on: date) -> Version:
    found: Version | None = None
    for version in instrument.versions:
        if version.in_force <= on:
            found = version
    if found is None:
        first = instrument.versions[0].in_force
        raise RuleNotInForce(f"nothing is known for {on}: {instrument.id} is first in force on {first}")
    if found.ended is not None and on > found.ended:
        following = [version.in_force for version in instrument.versions if version.in_force > on]
        then = f" and again from {following[0]}" if following else ""
        raise RuleNotInForce(
            f"nothing is known for {on}: {instrument.id} was last in force until {found.ended}{then}"
        )
    return found


def _not_known(instrument: Instrument, name: str, on: date) -> RuleNotInForce:
    return RuleNotInForce(f"the figure {name} of {instrument.id} for {on} is not known to us")


@lru_cache(maxsize=1024)
def _uses(book: Rulebook, day: date, rules: frozenset[str]) -> tuple[RuleUse, ...]:
    instruments = [book.instrument(rule) for rule in rules]
    return merge_rules([_use(one, _version_on(one, day), day) for one in instruments])


def _use(instrument: Instrument, version: Version, on: date) -> RuleUse:
    return RuleUse(
        id=instrument.id,
        in_force=version.in_force,
        status=version.status.value,
        sha256=instrument.sha256,
        review_passed=on > instrument.review_by,
    )


def window(instrument: Instrument, version: Version) -> tuple[date, date | None]:
    """Return the first and the last day of a version; the last is None while it is still open."""
    later = [other.in_force for other in instrument.versions if other.in_force > version.in_force]
    if version.ended is not None or not later:
        return version.in_force, version.ended
    return version.in_force, min(later) - timedelta(days=1)
