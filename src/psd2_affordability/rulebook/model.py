"""What a rule file says: figures by date, each version with its source and its grade."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from psd2_affordability.core.money import Money


class Unit(StrEnum):
    """What a number in a rule file counts."""

    EUR = "EUR"
    PERCENT = "percent"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    TIMES = "times"
    WORKING_DAYS = "working days"


class Grade(StrEnum):
    """How good the source of a version is; a version is as good as its weakest figure.

    `law`: the text of the statute or decree was read. `official`: the authority's own document.
    `secondary`: somebody else's page. `derived`: computed from graded figures, reproducibly.
    """

    LAW = "law"
    OFFICIAL = "official"
    SECONDARY = "secondary"
    DERIVED = "derived"


class Status(StrEnum):
    """Whether the version is law, or only promised to become so."""

    ENACTED = "enacted"
    ANNOUNCED = "announced"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a version was read.

    Attributes:
        article: the article that sets the figures.
        grade: how good the source is.
        retrieved: the day it was read.
        url: the page read, or empty.
        published: the official publication, such as a Staatscourant number, or empty.
        read_in: where the text was read when that was not at its publisher, or empty.
        note: what a reviewer should know, or empty.
    """

    article: str
    grade: Grade
    retrieved: date
    url: str = ""
    published: str = ""
    read_in: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bracket:
    """One slice of a scale: the rate, as printed, up to an amount; the last slice has no end."""

    up_to: Money | None
    rate: Decimal


Figure = Money | Decimal | int
Value = Figure | Mapping[str, Figure] | tuple[Bracket, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """What one figure of the rule means.

    Attributes:
        name: of the figure.
        unit: what it counts; for a scale, what its rates count.
        per: `month`, `quarter`, `year`, `once`, or empty.
        says: the meaning in one plain sentence.
        dimension: what the figure differs by, such as `type`; empty when it is one figure.
        keys: the allowed values of the dimension.
        scale: whether it is a scale of brackets.
    """

    name: str
    unit: Unit
    per: str
    says: str
    dimension: str = ""
    keys: tuple[str, ...] = ()
    scale: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """The figures from one day on.

    Attributes:
        in_force: first day.
        ended: last day when nothing follows on at once, else None.
        status: enacted or announced.
        source: where they were read.
        values: figure by name.
        not_known: figures that the law sets but that we could not read, as `name` or `name.key`.
    """

    in_force: date
    ended: date | None
    status: Status
    source: Source
    values: Mapping[str, Value]
    not_known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example of the rule: the file's own test.

    Attributes:
        says: the sentence it proves.
        on: the day.
        question: a question of law that it answers; empty when it looks figures up.
        given: the inputs of the question.
        expect: what comes out: figures by name, an amount, bounds, or the words of a refusal.
        source: who worked it, or empty when made here.
    """

    says: str
    on: date
    question: str
    given: Mapping[str, str | bool | int | Decimal]
    expect: Mapping[str, str | int | Decimal]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """One rule file: a law, decree or list whose figures change together.

    Attributes:
        id: country, point, name of the file, such as `nl.bijstandsnorm`.
        title: as the field calls it.
        says: what it is for, in one plain sentence.
        kind: `law` or `norm`.
        law: name of the statute or decree.
        bwb: its number in the national register, or empty.
        review_by: the last day that its newest figures are trusted without a look.
        quantities: what each figure means.
        versions: in order of date.
        examples: its worked examples.
        gaps: what it leaves open, in plain sentences.
        file: path inside the rules folder.
        sha256: of the file as read.
    """

    id: str
    title: str
    says: str
    kind: str
    law: str
    bwb: str
    review_by: date
    quantities: Mapping[str, Quantity]
    versions: tuple[Version, ...]
    examples: tuple[Example, ...]
    gaps: tuple[str, ...]
    file: str
    sha256: str
