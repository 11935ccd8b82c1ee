"""Charts as data: where each thing stands, and in words what the drawing shows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from psd2_affordability.assess.results import DayBalance, ExpectedBalance, PlanOption, StreamSeen
from psd2_affordability.core.answer import Interval
from psd2_affordability.core.dates import add_months
from psd2_affordability.core.money import Money
from psd2_affordability.service.printed.blocks import (
    Band,
    BandPoint,
    Bars,
    MonthBars,
    Scale,
    StreamLine,
    Tick,
    Timeline,
)
from psd2_affordability.service.printed.flows import MonthFlow
from psd2_affordability.service.printed.printable import fitted
from psd2_affordability.service.printed.speech import Speech

#: Steps between the lines of a chart: these, times a power of ten.
_STEPS = (1, 2, 5, 10)
_MOST_STREAMS = 7
_YEAR = 365
_NAME = 30


def flow_bars(months: Sequence[MonthFlow], say: Speech) -> Bars | None:
    """Draw what came in and went out; None when no whole month is covered."""
    if not months:
        return None
    described = (
        say(
            "chart.flow.month",
            month=say(f"month.{each.month}"),
            year=str(each.year),
            in_=say.money(each.came_in),
            out=say.money(each.went_out),
        )
        for each in months
    )
    return Bars(
        caption=say("chart.flow"),
        alt=say("chart.flow.alt", months="; ".join(described)),
        months=tuple(
            MonthBars(say.month(each.month), each.came_in.cents, each.went_out.cents) for each in months
        ),
        ticks=ticks(0, max(max(each.came_in, each.went_out).cents for each in months), say),
        in_word=say("chart.in"),
        out_word=say("chart.out"),
    )


def income_timeline(
    streams: Sequence[StreamSeen], days: Mapping[str, date], on: date, say: Speech
) -> Timeline | None:
    """Draw the sources of income of the last year, the largest first; None when there are none.

    Args:
        streams: the sources.
        days: booking day of each transaction that may be shown.
        on: the day asked; the year before it is drawn.
        say: the language.
    """
    first = on - timedelta(days=_YEAR)
    drawn = sorted(
        (each for each in streams if each.last_on > first),
        key=lambda each: (-each.monthly.cents, each.category),
    )[:_MOST_STREAMS]
    if not drawn:
        return None

    def place(day: date) -> float:
        return round(min(1.0, max(0.0, (day - first).days / _YEAR)), 4)

    lines = tuple(
        StreamLine(
            name=fitted(say.category(each.category), _NAME),
            says=_beside(each, say),
            first=place(each.first_on),
            last=place(each.last_on),
            dots=tuple(place(days[tx]) for tx in each.transactions if tx in days and days[tx] > first),
            ended=each.status == "ended",
        )
        for each in drawn
    )
    described = (
        say(
            "chart.income.stream",
            name=line.name,
            says=line.says,
            first=say.month_of(each.first_on),
            last=say.month_of(each.last_on),
        )
        for line, each in zip(lines, drawn, strict=True)
    )
    return Timeline(
        caption=say("chart.income"),
        alt=say("chart.income.alt", streams="; ".join(described)),
        streams=lines,
        marks=tuple(
            Tick(place(day), f"{say.month(day.month)} {day.year}" if day.month == 1 else say.month(day.month))
            for day in _quarters(first, on)
        ),
    )


def balance_scale(
    balance: tuple[Money, Money, Money], protected: Interval, worth: Money | None, say: Speech
) -> Scale:
    """Draw the balance to expect against what the law protects and, with the costs, what it must exceed."""
    low, mid, high = balance
    posts = [Tick(protected.high.cents, say("chart.seizure.protected", amount=say.money(protected.high)))]
    if worth is not None:
        posts.append(Tick(worth.cents, say("chart.seizure.worth", amount=say.money(worth))))
    most = max(high, protected.high, worth or protected.high)
    return Scale(
        caption=say("chart.seizure"),
        alt=say(
            "chart.seizure.alt",
            low=say.money(low),
            mid=say.money(mid),
            high=say.money(high),
            protected=say.money(protected.high),
            worth=say.money(worth or protected.high),
        ),
        low=low.cents,
        mid=mid.cents,
        high=high.cents,
        posts=tuple(posts),
        ticks=ticks(min(0, low.cents), most.cents, say),
        mid_word=say("chart.seizure.mid"),
        band_word=say("chart.seizure.band"),
    )


def course_band(months: Sequence[ExpectedBalance], plan: PlanOption, say: Speech) -> Band:
    """Draw the lowest balance of each month with a plan in it, from its first payment on."""
    starts = [add_months(plan.first_on, at) for at in range(len(months))]
    caption = say("chart.plan", amount=say.money(plan.amount))
    return _band(caption, months, [_Moment(say.month(day.month), say.month_of(day)) for day in starts], say)


def balance_band(days: Sequence[DayBalance], say: Speech) -> Band:
    """Draw the balance at the end of each coming day."""
    marks = [
        _Moment(f"{each.on.day} {say.month(each.on.month)}" if at % 7 == 0 else "", say.day(each.on))
        for at, each in enumerate(days)
    ]
    return _band(say("chart.balance"), days, marks, say)


class _Moment(NamedTuple):
    """A moment on a band: what is written under it, where anything is, and its full name."""

    mark: str
    name: str


def _band(
    caption: str, found: Sequence[ExpectedBalance | DayBalance], moments: Sequence[_Moment], say: Speech
) -> Band:
    middle = [each.p50 for each in found]
    lowest = min(middle)
    return Band(
        caption=caption,
        alt=say(
            "chart.band.alt",
            caption=caption,
            first=moments[0].name,
            last=moments[-1].name,
            low=say.money(middle[0]),
            high=say.money(middle[-1]),
            lowest=say.money(lowest),
            at=moments[middle.index(lowest)].name,
        ),
        points=tuple(BandPoint(each.p10.cents, each.p50.cents, each.p90.cents) for each in found),
        ticks=ticks(min(0, *(each.p10.cents for each in found)), max(each.p90.cents for each in found), say),
        marks=tuple(Tick(at, moment.mark) for at, moment in enumerate(moments) if moment.mark),
        mid_word=say("chart.band.mid"),
        band_word=say("chart.band.band"),
    )


def ticks(low: int, high: int, say: Speech, *, lines: int = 4) -> tuple[Tick, ...]:
    r"""Return round amounts in cents from below the lowest to above the highest.

    >>> [tick.at for tick in ticks(0, 190_000, Speech("en", {}))]
    [0, 50000, 100000, 150000, 200000]
    >>> [tick.label for tick in ticks(-2_000, 9_000, Speech("nl", {}))]
    ['-€\xa050', '€\xa00', '€\xa050', '€\xa0100']
    """
    width = max(high - low, 100)
    step = 100
    while step * lines < width:
        magnitude = 10 ** (len(str(step)) - 1)
        step = next(each * magnitude for each in _STEPS if each * magnitude > step)
    first, last = low // step, -(-high // step)
    return tuple(Tick(at * step, say.whole(at * step)) for at in range(first, max(last, first + 1) + 1))


def _beside(stream: StreamSeen, say: Speech) -> str:
    """Say how much a month, from whom when that may be shown, and whether it stopped."""
    said = (say.money(stream.monthly), stream.payee, say("flow.ended") if stream.status == "ended" else "")
    return fitted(" · ".join(each for each in said if each), _NAME)


def _quarters(first: date, last: date) -> Iterable[date]:
    """Yield the first day of each quarter between two days."""
    for year in range(first.year, last.year + 1):
        for month in (1, 4, 7, 10):
            if first <= (day := date(year, month, 1)) <= last:
                yield day
