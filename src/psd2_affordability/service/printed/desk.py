"""Where a report is put together: what may be seen, the language, and the numbers of its reasons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from psd2_affordability.assess.results import Assessment
from psd2_affordability.core.answer import LegalAnswer, Range, Unknown
from psd2_affordability.core.reasons import Reason
from psd2_affordability.service.citing import cited
from psd2_affordability.service.printed.blocks import Asks, Point, Points, Sheet
from psd2_affordability.service.printed.printable import fitted
from psd2_affordability.service.printed.seen import Seen
from psd2_affordability.service.printed.speech import Speech
from psd2_affordability.service.unknowns import because

_LONGEST_ASK = 300


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        head: key of what it is called; empty for one without a name.
        width: share of the width that is left; 0 is as wide as its text.
        right: it holds numbers.
    """

    head: str
    width: int = 0
    right: bool = False


@dataclass(slots=True)
class Desk:
    """One report in the making.

    Attributes:
        seen: what its use may see.
        say: the language.
        resting: the numbers of the reasons that rest on each transaction, as they are handed out.
    """

    seen: Seen
    say: Speech
    resting: dict[str, list[int]] = field(default_factory=dict)
    _numbered: dict[Reason, int] = field(default_factory=dict)

    @property
    def found(self) -> Assessment:
        """The answers."""
        return self.seen.found

    def points(self, reasons: Iterable[Reason]) -> Points | None:
        """Number reasons; one that has its number already is not said again. None when nothing is new."""
        new = [each for each in dict.fromkeys(reasons) if each not in self._numbered]
        items = tuple(self._point(each) for each in new)
        return Points(items) if items else None

    def _point(self, reason: Reason) -> Point:
        number = len(self._numbered) + 1
        self._numbered[reason] = number
        for tx in reason.transactions:
            self.resting.setdefault(tx, []).append(number)
        count = len(reason.transactions)
        shown = self.say.transactions(count) if count else ""
        where = " · ".join(each for each in (cited(reason.article, self.say.language), shown) if each)
        return Point(number, self.say.reason(reason), f"({where})" if where else "")

    def asks(self, reasons: Iterable[Reason] = (), more: Sequence[str] = ()) -> Asks | None:
        """Return questions to put, each once; None when there are none."""
        said = dict.fromkeys([*(self.say.reason(each) for each in reasons), *more])
        return Asks(tuple(said)) if said else None

    def sheet(
        self, caption: str, columns: Sequence[Column], rows: Iterable[tuple[str, ...]], *, dense: bool = False
    ) -> Sheet:
        """Make a table; a dense one is a long list in small print."""
        return Sheet(
            caption=caption,
            head=tuple(self.say(each.head) if each.head else "" for each in columns),
            rows=tuple(rows),
            right=tuple(each.right for each in columns),
            widths=tuple(each.width for each in columns),
            dense=dense,
        )

    def because(self, value: object) -> tuple[str, ...]:
        """Say why there is no figure, where there is none."""
        if not isinstance(value, Unknown):
            return ()
        told = because(value, self.say.language)
        return (self.say("because", because=fitted(told, _LONGEST_ASK)),)

    def law(self, caption: str, answer: LegalAnswer, **facts: str) -> Sheet | None:
        """Show how the law comes to an amount, step by step; None when it says nothing."""
        say = self.say
        if not answer.steps:
            return None
        rows = [
            (step.article, say.step(step), "" if step.amount is None else say.money(step.amount))
            for step in answer.steps
        ]
        rows.append(("", say("law.total"), say.amount(answer.value)))
        columns = (Column("law.article"), Column("law.says", 1), Column("law.amount", right=True))
        return self.sheet(say(caption, **facts), columns, rows)

    def around(self, value: Range | Unknown) -> str:
        """Return the lean and the good month around a usual one, when they differ."""
        if isinstance(value, Unknown) or value.low == value.high:
            return ""
        return self.say.span(value.low, value.high)
