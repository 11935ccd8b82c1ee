"""What a report is made of: blocks that the templates know how to lay out, holding text and numbers only."""

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from psd2_affordability.service.printed.printable import printable

Tone = Literal["good", "careful", "bad"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer in one line, its figure beside it, and what must be said with it."""

    says: str
    tone: Tone
    beside: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """The start of a part."""

    says: str


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph."""

    says: str


@dataclass(frozen=True, slots=True)
class Key:
    """One figure that matters, with what it is and a short remark."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """Figures that matter, side by side."""

    items: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A numbered reason, and where it comes from."""

    number: int
    says: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """Numbered reasons."""

    items: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Asks:
    """Questions with a box to tick."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table.

    Attributes:
        caption: stands above it; may be empty below a heading.
        head: name of each column.
        rows: cells of each row.
        right: which columns hold numbers.
        widths: share of the width for each column; 0 is as wide as its text.
        dense: small print, for long lists.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    widths: tuple[int, ...]
    dense: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across a chart, or a mark under it: at which amount or place, and what is written there."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What every drawing has: a caption, and in words what it shows."""

    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Spread(Drawing):
    """A drawing of an amount with the band that holds most of it: its lines, and what middle and band are."""

    ticks: tuple[Tick, ...]
    mid_word: str
    band_word: str


@dataclass(frozen=True, slots=True)
class MonthBars:
    """One month of the bars: cents that came in and went out."""

    label: str
    came_in: int
    went_out: int


@dataclass(frozen=True, slots=True)
class Bars(Drawing):
    """In and out, month by month."""

    months: tuple[MonthBars, ...]
    ticks: tuple[Tick, ...]
    in_word: str
    out_word: str


@dataclass(frozen=True, slots=True)
class BandPoint:
    """Cents to expect at one moment: low, middle and high."""

    low: int
    mid: int
    high: int


@dataclass(frozen=True, slots=True)
class Band(Spread):
    """An amount over time."""

    points: tuple[BandPoint, ...]
    marks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class StreamLine:
    """One source over time: places from 0 to 1 where it began, was last seen, and each payment."""

    name: str
    says: str
    first: float
    last: float
    dots: tuple[float, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class Timeline(Drawing):
    """Sources over time, one row each."""

    streams: tuple[StreamLine, ...]
    marks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Scale(Spread):
    """A band of cents held against other amounts, on one line."""

    low: int
    mid: int
    high: int
    posts: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two blocks side by side."""

    halves: tuple["Block", "Block"]


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


Block = (
    Verdict | Heading | Note | Keys | Points | Asks | Sheet | Bars | Band | Timeline | Scale | Beside | Break
)


@dataclass(frozen=True, slots=True)
class About:
    """A line of the letterhead."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Attributes:
        language: of every text in it.
        product: who made it.
        title: what it is.
        subtitle: who it is for.
        made_for: the day it holds for: year, month, day.
        about: what stands beside the title.
        foot: what stands under every page.
        page_word: what a page is called.
        blocks: the content, in order.
    """

    language: str
    product: str
    title: str
    subtitle: str
    made_for: tuple[int, int, int]
    about: tuple[About, ...]
    foot: str
    page_word: str
    blocks: tuple[Block, ...]


def plain(value: Any) -> Any:
    """Turn a report into plain values: each block says of which kind it is, every text can be printed.

    >>> plain(Note("Hello."))
    {'kind': 'note', 'says': 'Hello.'}
    """
    if dataclasses.is_dataclass(value):
        fields = {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
        return {"kind": type(value).__name__.lower(), **fields}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return printable(value) if isinstance(value, str) else value
