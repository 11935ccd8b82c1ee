"""How a report speaks: the fixed texts in `words.toml`, and amounts, days and sentences in one language."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from psd2_affordability.categorise.taxonomy import Leaf
from psd2_affordability.core.answer import Interval, Range, Step, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.service.printed.printable import fitted
from psd2_affordability.service.wording import Language, kind, word

_NO_BREAK = "\N{NO-BREAK SPACE}"
#: More of a sentence would be a name that somebody filled up.
_LONGEST_SENTENCE = 400


@cache
def texts() -> dict[str, tuple[str, str]]:
    """Return every fixed text: English and Dutch by key."""
    content = (files("psd2_affordability.service.printed") / "words.toml").read_text(encoding="utf-8")
    return {key: (english, dutch) for key, (english, dutch) in tomllib.loads(content).items()}


class Speech:
    """Everything a report says, in one language; `leaves` say what a kind is called in it."""

    def __init__(self, language: Language, leaves: Mapping[str, Leaf]) -> None:
        self.language = language
        self._leaves = leaves

    def __call__(self, key: str, **facts: str) -> str:
        """Return a fixed text, filled with facts."""
        english, dutch = texts()[key]
        return (dutch if self.language == "nl" else english).format_map(facts)

    def fixed(self, key: str) -> str:
        """Return the words for a fixed value of an answer, as everywhere in the product."""
        return word(key, self.language)

    def money(self, amount: Money) -> str:
        """Return an amount; its sign stays beside it.

        >>> Speech("en", {}).money(Money(123456))
        '€1,234.56'
        """
        return amount.spoken(language=self.language).replace(" ", _NO_BREAK)

    def whole(self, cents: int) -> str:
        """Return an amount in whole euros, for the lines of a chart."""
        return self.money(Money(cents))[:-3]

    def span(self, low: Money, high: Money) -> str:
        """Return two bounds as one text; one amount when they are the same."""
        if low == high:
            return self.money(low)
        return self("span", low=self.money(low), high=self.money(high))

    def amount(self, value: Money | Range | Interval | Unknown) -> str:
        """Return an amount, the middle of a range, the bounds of an interval, or that it is not known."""
        match value:
            case Unknown():
                return self("unknown")
            case Money():
                return self.money(value)
            case Range():
                return self.money(value.mid)
        return self.span(value.low, value.high)

    def day(self, day: date | None) -> str:
        """Return a day in words."""
        return "-" if day is None else f"{day.day} {self(f'month.{day.month}')} {day.year}"

    def short_day(self, day: date | None) -> str:
        """Return a day with its month cut short."""
        return "-" if day is None else f"{day.day} {self.month(day.month)} {day.year}"

    def month(self, number: int) -> str:
        """Return the name of a month, cut short."""
        return self(f"month.short.{number}")

    def month_of(self, day: date) -> str:
        """Return the month of a day, with its year."""
        return f"{self(f'month.{day.month}')} {day.year}"

    def transactions(self, count: int) -> str:
        """Return how many transactions.

        >>> Speech("en", {}).transactions(1)
        '1 transaction'
        """
        return self("transaction") if count == 1 else self("transactions", count=str(count))

    def rhythm(self, cadence: str) -> str:
        """Return how often something comes."""
        return self(f"cadence.{cadence}")

    def percent(self, share: Decimal) -> str:
        """Return a share in whole percents."""
        return f"{(share * 100).quantize(Decimal(1))}%"

    def reason(self, reason: Reason) -> str:
        """Return the sentence of a reason."""
        return fitted(reason.says_nl if self.language == "nl" else reason.says, _LONGEST_SENTENCE)

    def step(self, step: Step) -> str:
        """Return what a step of the law says; in English where it is not said in Dutch."""
        said = step.says_nl if self.language == "nl" else ""
        return fitted(said or step.says, _LONGEST_SENTENCE)

    def category(self, code: str) -> str:
        """Return the name of a kind: a leaf of the taxonomy, or a broad one."""
        leaf = self._leaves.get(code)
        if leaf is None:
            return kind(code, self.language)
        return leaf.nl if self.language == "nl" else leaf.en
