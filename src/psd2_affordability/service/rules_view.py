"""Shows the rules to people and programs: the list, one rule, its worked examples, what is overdue."""

from collections.abc import Iterator, Mapping
from datetime import date

from psd2_affordability.core.errors import UnknownName, UsageError
from psd2_affordability.core.money import Money
from psd2_affordability.rulebook.lookup import Rulebook, window
from psd2_affordability.rulebook.model import Bracket, Figure, Instrument, Quantity, Source, Value, Version
from psd2_affordability.rulebook.verify import ExampleResult, stale, verify
from psd2_affordability.service.law import answer_law, inputs_from

Row = dict[str, object]


def list_rules(book: Rulebook, on: date | None = None) -> list[Row]:
    """Return one row for each rule; with a day, only the rules that give something for it."""
    return [
        _row(instrument)
        for instrument in book.instruments.values()
        if on is None or any(_covers(instrument, version, on) for version in instrument.versions)
    ]


def show_rule(
    book: Rulebook, rule: str, on: date | None = None, where: Mapping[str, str] | None = None
) -> Row:
    """Return one rule with its figures, sources and grades.

    Args:
        book: the rules.
        rule: its id.
        on: only the version in force on this day.
        where: only the figures with these keys, such as type = single.

    Raises:
        UnknownName: no such rule, dimension or key.
        RuleNotInForce: no version for the day; the message is the fact.
    """
    instrument = book.instrument(rule)
    _check_where(instrument, where or {})
    versions = instrument.versions if on is None else (book.at(rule, on),)
    return _row(instrument) | {
        "says": instrument.says,
        "law": instrument.law,
        "bwb": instrument.bwb,
        "file": instrument.file,
        "sha256": instrument.sha256,
        "gaps": list(instrument.gaps),
        "review_passed": on is not None and on > instrument.review_by,
        "versions": [_version(instrument, version, where or {}) for version in versions],
    }


def verify_rules(book: Rulebook) -> tuple[ExampleResult, ...]:
    """Run every worked example of every rule file."""
    return verify(book, lambda question, on, given: answer_law(book, question, on, inputs_from(given)))


def stale_rules(book: Rulebook, on: date) -> list[Row]:
    """Return the rules whose review date has passed, the longest overdue first."""
    return [_row(instrument) for instrument in stale(book, on)]


def parse_where(conditions: list[str]) -> dict[str, str]:
    """Read conditions written as key=value.

    Raises:
        UsageError: not written so.

    >>> parse_where(["type=single"])
    {'type': 'single'}
    """
    where: dict[str, str] = {}
    for condition in conditions:
        key, equals, value = condition.partition("=")
        if not (key and equals and value):
            raise UsageError(f"'{condition}' is not written as key=value", where="--where")
        where[key.strip()] = value.strip()
    return where


def _row(instrument: Instrument) -> Row:
    last = instrument.versions[-1]
    return {
        "id": instrument.id,
        "title": instrument.title,
        "kind": instrument.kind,
        "first_in_force": instrument.versions[0].in_force.isoformat(),
        "newest_in_force": last.in_force.isoformat(),
        "ended": None if last.ended is None else last.ended.isoformat(),
        "grade": last.source.grade.value,
        "review_by": instrument.review_by.isoformat(),
        "examples": len(instrument.examples),
    }


def _covers(instrument: Instrument, version: Version, on: date) -> bool:
    first, last = window(instrument, version)
    return first <= on and (last is None or on <= last)


def _version(instrument: Instrument, version: Version, where: Mapping[str, str]) -> Row:
    first, last = window(instrument, version)
    return {
        "in_force": first.isoformat(),
        "until": None if last is None else last.isoformat(),
        "status": version.status.value,
        "source": _source(version.source),
        "values": [
            figure
            for name, value in version.values.items()
            for figure in _figures(instrument.quantities[name], value, where)
        ],
        "not_known": list(version.not_known),
    }


def _source(source: Source) -> Row:
    return {
        "article": source.article,
        "grade": source.grade.value,
        "retrieved": source.retrieved.isoformat(),
        "url": source.url,
        "published": source.published,
        "read_in": source.read_in,
        "note": source.note,
    }


def _figures(quantity: Quantity, value: Value, where: Mapping[str, str]) -> Iterator[Row]:
    shared: Row = {"name": quantity.name, "unit": quantity.unit.value, "per": quantity.per}
    if where and quantity.dimension not in where:
        return
    if isinstance(value, Mapping):
        for key, figure in value.items():
            if where.get(quantity.dimension, key) == key:
                yield shared | {"by": {quantity.dimension: key}, "value": _plain(figure)}
    elif isinstance(value, tuple):
        yield shared | {"by": {}, "value": [_bracket(bracket) for bracket in value]}
    else:
        yield shared | {"by": {}, "value": _plain(value)}


def _bracket(bracket: Bracket) -> Row:
    return {"up_to": None if bracket.up_to is None else str(bracket.up_to), "rate": str(bracket.rate)}


def _plain(figure: Figure) -> str | int:
    return str(figure) if isinstance(figure, Money) or not isinstance(figure, int) else figure


def _check_where(instrument: Instrument, where: Mapping[str, str]) -> None:
    dimensions = {q.dimension: q.keys for q in instrument.quantities.values() if q.dimension}
    for key, value in where.items():
        if key not in dimensions:
            raise UnknownName.among(f"dimension of {instrument.id}", key, list(dimensions))
        if value not in dimensions[key]:
            raise UnknownName.among(key, value, list(dimensions[key]))
