"""How a report in the terminal says things in one language: amounts, reasons, and steps of the law."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from psd2_affordability.cli.output import plain
from psd2_affordability.core.answer import Interval, LegalAnswer, Range, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.service.citing import cited
from psd2_affordability.service.unknowns import because, to_ask
from psd2_affordability.service.wording import Language, kind, label, word


class Speech:
    """Says values of an answer; `names` says what a category is called in the language."""

    def __init__(self, names: Mapping[str, str], language: Language) -> None:
        self.names = names
        self.language = language

    def word(self, key: str) -> str:
        """Return the words for a fixed value."""
        return word(key, self.language)

    def label(self, english: str) -> str:
        """Return a label by its English form."""
        return label(english, self.language)

    def says(self, reason: Reason) -> str:
        """Return the sentence of a reason."""
        return reason.says_nl if self.language == "nl" else reason.says

    def category(self, code: str) -> str:
        """Return what a category is called: a leaf of the taxonomy, or a broad kind of income."""
        return self.names.get(code) or kind(code, self.language)

    def money(self, amount: Money) -> str:
        """Return an amount as a person reads it."""
        return amount.spoken(language=self.language)

    def amount(self, value: Money | Range | Interval | Unknown) -> str:
        """Return an amount, its range, or why it is not known."""
        match value:
            case Unknown():
                return self._unknown(value)
            case Money():
                return self.money(value)
            case Range():
                around = self._span(value.low, value.high)
                return self.money(value.mid) + ("" if value.low == value.high else f" ({around})")
        if value.exact:
            return self.money(value.low)
        return self._span(value.low, value.high)

    def amounts(self, values: Iterable[Money | Range | Interval | Unknown]) -> Iterator[str]:
        """Return amounts; why one is not known is said once for all of them."""
        said: set[Unknown] = set()
        for value in values:
            if isinstance(value, Unknown):
                yield self.word("unknown") if value in said else self.amount(value)
                said.add(value)
            else:
                yield self.amount(value)

    def bounds(self, value: Money | Interval | Unknown) -> str:
        """Return an amount; what is not known without why."""
        return self.word("unknown") if isinstance(value, Unknown) else self.amount(value)

    def a_month(self, value: Range | Unknown) -> str:
        """Return an amount a month."""
        amount = self.amount(value)
        return amount if isinstance(value, Unknown) else f"{amount} {self.label('a month')}"

    def _unknown(self, value: Unknown) -> str:
        """Say why, and what to ask."""
        asked = to_ask(value, self.language)
        ask = f". {self.word('ask')}: {asked}" if asked else ""
        return f"{self.word('unknown')}: {because(value, self.language).rstrip('.')}{ask or '.'}"

    def _span(self, low: Money, high: Money) -> str:
        return f"{self.money(low)} {self.label('to')} {self.money(high)}"

    def sentence(self, reason: Reason) -> Text:
        """Return what a reason says, with its article and how many transactions show it."""
        where = f"  [{cited(reason.article, self.language)}]" if reason.article else ""
        seen = len(reason.transactions)
        shown = f"  ({self.transactions(seen)})" if seen else ""
        return plain(self.says(reason)).append(where + shown, style="dim")

    def reasons(self, reasons: Sequence[Reason]) -> Iterator[RenderableType]:
        """Say reasons, each on its own line."""
        for reason in reasons:
            yield Padding(plain("• ").append_text(self.sentence(reason)), (0, 0, 0, 2))

    def transactions(self, count: int) -> str:
        """Return how many transactions.

        >>> Speech({}, "nl").transactions(1)
        '1 betaling'
        """
        return f"{count} {self.label('transaction' if count == 1 else 'transactions')}"

    def questions(self, questions: Sequence[Reason]) -> Iterator[RenderableType]:
        """Say what to ask."""
        for question in questions:
            yield plain(f"{self.word('ask')}: {self.says(question)}", style="italic")

    def legal(self, name: str, answer: LegalAnswer) -> RenderableType:
        """Show what the law gives, with its steps."""
        lines: list[RenderableType] = [plain(f"{name}: {self.amount(answer.value)}", style="dim")]
        for step in answer.steps:
            amount = f" = {self.money(step.amount)}" if step.amount is not None else ""
            says = step.says_nl if self.language == "nl" else step.says
            lines.append(
                Padding(
                    plain(f"{cited(step.article, self.language)}: {says}{amount}", style="dim"), (0, 0, 0, 4)
                )
            )
        return Group(*lines)

    def table(self, *heads: str) -> Table:
        """Return a table with its heads; an empty head stays empty."""
        return Table(*(self.label(head) if head else "" for head in heads), box=None, padding=(0, 1))


def day_of(day: date | None) -> str:
    """Show a day, or that there is none."""
    return "-" if day is None else day.isoformat()


def share_of(share: Decimal) -> str:
    """Show a share in whole percents.

    >>> share_of(Decimal("0.347"))
    '35%'
    """
    return f"{(share * 100).quantize(Decimal(1))}%"
