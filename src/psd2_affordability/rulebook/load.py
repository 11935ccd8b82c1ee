"""Loads rule files strictly: a mistake in a file is an error that names file and key, never a guess."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType

from psd2_affordability.core.errors import RuleFileError
from psd2_affordability.core.toml_table import Table, parse_table
from psd2_affordability.rulebook.lookup import Rulebook
from psd2_affordability.rulebook.model import (
    Bracket,
    Example,
    Figure,
    Grade,
    Instrument,
    Quantity,
    Source,
    Status,
    Unit,
    Value,
    Version,
)

FOLDER = "law"
_KINDS = ("law", "norm")
_PERS = ("month", "quarter", "year", "once")
_ANSWER = ("amount", "low", "high", "refused")


def load_rulebook(files: Mapping[str, bytes]) -> Rulebook:
    """Load every rule file `<country>/law/*.toml` among the files of the rules folder.

    Args:
        files: path inside the rules folder, with `/`, to content.

    Raises:
        RuleFileError: a file that is not exactly as it should be. An id is the name of its file, so
            two files cannot have one id.
    """
    found = [
        load_instrument(path, files[path])
        for path in sorted(files)
        if path.count("/") == 2 and path.split("/")[1] == FOLDER and path.endswith(".toml")
    ]
    return Rulebook(MappingProxyType({instrument.id: instrument for instrument in found}))


def load_instrument(path: str, content: bytes) -> Instrument:
    """Load one rule file.

    Raises:
        RuleFileError: naming the file and the key.
    """
    top = parse_table(content, path, RuleFileError)
    quantities = _quantities(top.table("quantity"))
    instrument = Instrument(
        id=_id(top, path),
        title=top.text("title"),
        says=top.text("says"),
        kind=top.choice("kind", _KINDS),
        law=top.text("law"),
        bwb=top.text("bwb", ""),
        review_by=top.day("review_by"),
        quantities=MappingProxyType(quantities),
        versions=_in_order([_version(table, quantities) for table in top.tables("version")], top),
        examples=tuple(_example(table, quantities) for table in top.tables("example", optional=True)),
        gaps=top.texts("gaps", ()),
        file=path,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    top.done()
    return instrument


def _id(top: Table, path: str) -> str:
    country, _, name = path.partition("/")
    own = f"{country}.{name.rpartition('/')[2].removesuffix('.toml')}"
    if top.text("id") != own:
        raise top.fault("id", f"is '{top.text('id')}'", f"A file is found by its name: it must be '{own}'")
    return own


def _quantities(tables: Table) -> dict[str, Quantity]:
    return {name: _quantity(name, tables.table(name)) for name in tables.names()}


def _quantity(name: str, table: Table) -> Quantity:
    unit = table.choice("unit", Unit)
    per = table.choice("per", _PERS, "")
    if unit is Unit.EUR and not per:
        raise table.fault("per", "is missing", f"An amount is per one of: {', '.join(_PERS)}")
    dimension, keys = _dimension(table.table("by")) if table.has("by") else ("", ())
    return Quantity(name, unit, per, table.text("says"), dimension, keys, table.flag("scale", default=False))


def _dimension(by: Table) -> tuple[str, tuple[str, ...]]:
    names = by.names()
    if len(names) != 1:
        raise by.fault("", "must name one dimension with its keys, such as { type = [...] }")
    keys = by.texts(names[0])
    if not keys or len(set(keys)) != len(keys):
        raise by.fault(names[0], "must list its keys, each once")
    return names[0], keys


def _version(table: Table, quantities: Mapping[str, Quantity]) -> Version:
    not_known = table.texts("not_known", ())
    figures = table.table("value")
    figures.names(among=quantities)
    values: dict[str, Value] = {}
    for name, quantity in quantities.items():
        if name not in not_known:
            values[name] = _value(figures, quantity, not_known)
    _check_not_known(table, quantities, values, not_known)
    return Version(
        in_force=table.day("in_force"),
        ended=table.maybe("ended", Table.day),
        status=table.choice("status", Status),
        source=_source(table.table("source")),
        values=MappingProxyType(values),
        not_known=not_known,
    )


def _check_not_known(
    table: Table, quantities: Mapping[str, Quantity], values: Mapping[str, Value], not_known: tuple[str, ...]
) -> None:
    names = {f"{q.name}.{key}" for q in quantities.values() for key in q.keys} | set(quantities)
    given = set(values) - {q.name for q in quantities.values() if q.keys}
    given |= {
        f"{name}.{key}" for name, value in values.items() if isinstance(value, Mapping) for key in value
    }
    for name in not_known:
        if name not in names:
            raise table.fault("not_known", f"names '{name}'", "Allowed: " + ", ".join(sorted(names)))
        if name in given:
            raise table.fault("not_known", f"names '{name}', which has a figure")


def _source(table: Table) -> Source:
    url, published, read_in = (table.text(key, "") for key in ("url", "published", "read_in"))
    if not (url or published or read_in):
        raise table.fault("url", "is missing", "Say where it was read: url, published or read_in")
    if url and not url.startswith("https://"):
        raise table.fault("url", f"is '{url}'", "It must start with https://")
    return Source(
        article=table.text("article"),
        grade=table.choice("grade", Grade),
        retrieved=table.day("retrieved"),
        url=url,
        published=published,
        read_in=read_in,
        note=table.text("note", ""),
    )


def _value(figures: Table, quantity: Quantity, not_known: tuple[str, ...]) -> Value:
    if quantity.scale:
        return _scale(figures.tables(quantity.name))
    if not quantity.dimension:
        return _figure(figures, quantity.name, quantity.unit)
    keyed = figures.table(quantity.name)
    given = keyed.names(among=quantity.keys)
    wanted = [key for key in quantity.keys if key in given or f"{quantity.name}.{key}" not in not_known]
    return MappingProxyType({key: _figure(keyed, key, quantity.unit) for key in wanted})


def _figure(table: Table, key: str, unit: Unit) -> Figure:
    if not table.has(key):
        raise table.fault(key, "is missing", "Give the figure, or list it in not_known")
    if unit is Unit.EUR:
        return table.amount(key)
    number = table.number(key)
    if unit is Unit.PERCENT:
        return Decimal(number)
    if not isinstance(number, int):
        raise table.fault(key, f"is {number}", f"A number of {unit} is whole")
    return number


def _scale(rows: tuple[Table, ...]) -> tuple[Bracket, ...]:
    brackets: list[Bracket] = []
    for n, row in enumerate(rows, 1):
        last = n == len(rows)
        if last and row.has("up_to"):
            raise row.fault("up_to", "closes the last bracket", "The last bracket has no end")
        up_to = None if last else row.amount("up_to")
        before = brackets[-1].up_to if brackets else None
        if up_to is not None and before is not None and up_to <= before:
            raise row.fault("up_to", f"is {up_to}, not above {before}", "Brackets ascend")
        brackets.append(Bracket(up_to, Decimal(row.number("rate"))))
    return tuple(brackets)


def _in_order(versions: list[Version], top: Table) -> tuple[Version, ...]:
    for n, version in enumerate(versions, 1):
        where = f"version[{n}]"
        if version.ended is not None and version.ended < version.in_force:
            raise top.fault(f"{where}.ended", f"is {version.ended}, before {version.in_force}")
        if n == 1:
            continue
        before = versions[n - 2]
        if version.in_force <= before.in_force:
            raise top.fault(
                f"{where}.in_force", f"is {version.in_force}, not after {before.in_force}", "Versions ascend"
            )
        if before.ended is not None and before.ended >= version.in_force - timedelta(days=1):
            raise top.fault(
                f"version[{n - 1}].ended",
                f"is {before.ended}, but the next version starts on {version.in_force}",
                "Give 'ended' only where a gap follows",
            )
    return tuple(versions)


def _example(table: Table, quantities: Mapping[str, Quantity]) -> Example:
    question = table.text("question", "")
    given, expect = table.table("given", optional=True), table.table("expect")
    if given.names() and not question:
        raise table.fault("given", "needs a question", "A look-up of figures takes no inputs")
    figures = [f"{q.name}.{key}" for q in quantities.values() for key in q.keys]
    figures += [q.name for q in quantities.values() if not q.keys and not q.scale]
    if not expect.names(among=_ANSWER if question else (*figures, "refused")):
        raise table.fault("expect", "is empty")
    return Example(
        says=table.text("says"),
        on=table.day("on"),
        question=question,
        given=MappingProxyType({name: given.value(name) for name in given.names()}),
        expect=MappingProxyType({name: expect.value(name) for name in expect.names()}),
        source=table.text("source", ""),
    )
