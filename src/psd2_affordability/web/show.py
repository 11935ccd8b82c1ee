"""How values look on a page: amounts, days, shares, and text that a stranger wrote."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from psd2_affordability.assess.results import Room
from psd2_affordability.categorise.taxonomy import Leaf
from psd2_affordability.core.answer import Range, Step, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.service.citing import cited
from psd2_affordability.service.shown_figures import noticed
from psd2_affordability.service.told import told
from psd2_affordability.service.unknowns import because, to_ask
from psd2_affordability.service.wording import Language, advised, how_made, kind, word
from psd2_affordability.web.words import text

_MONTHS = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "nl": (
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
}

#: What is called how, from this many percent on.
_SURENESS = ((90, "sure.high"), (70, "sure.likely"), (1, "sure.low"), (0, "sure.none"))
_BY_PEOPLE = frozenset({"human", "learnt"})


def environment() -> Environment:
    """Return the templates, with escaping on and nothing undefined let through."""
    made = Environment(
        loader=PackageLoader("psd2_affordability.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["stranger"] = stranger
    made.filters["percent"] = percent
    made.filters["sureness"] = sureness
    made.tests["noticed"] = noticed
    return made


def stranger(value: str) -> Markup:
    r"""Show text from outside: escaped, apart from our own text, and without hidden characters.

    >>> stranger("a\u202eb <b>")
    Markup('<bdi>ab &lt;b&gt;</bdi>')
    >>> stranger("saldo  \u20ac\xa01.250,00")
    Markup('<bdi>saldo €\xa01.250,00</bdi>')
    """
    seen = "".join(" " if char in "\n\t" else char for char in value if _visible(char))
    line = " ".join(word for word in seen.split(" ") if word)
    return Markup("<bdi>{}</bdi>").format(escape(line))


def _visible(char: str) -> bool:
    return char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs"}


def percent(share: Decimal) -> str:
    """Show a share in whole percents.

    >>> percent(Decimal("0.347"))
    '35%'
    """
    return f"{(share * 100).quantize(Decimal(1))}%"


def sureness(confidence: int) -> str:
    """Return the text that says how sure a category is.

    >>> sureness(95), sureness(70), sureness(40), sureness(0)
    ('sure.high', 'sure.likely', 'sure.low', 'sure.none')
    """
    return next(word for least, word in _SURENESS if confidence >= least)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One transaction as a page shows it; `corrected` by a person or by a rule from what people said."""

    on: date
    who: str
    text: str
    amount: Money
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A range drawn to scale: places between 0 and 1000."""

    low: int
    mid: int
    high: int


def _whole(said: str) -> str:
    """Keep the sign of an amount beside it."""
    return said.replace("€ ", "€\N{NO-BREAK SPACE}")


class Words:
    """Everything a page says in one language."""

    def __init__(self, language: Language, leaves: Mapping[str, Leaf]) -> None:
        self.language = language
        self._leaves = leaves

    def __call__(self, key: str) -> str:
        """Return a fixed text of the pages."""
        return text(key, self.language)

    def fixed(self, kind: str, value: str | int) -> str:
        """Return the words for a fixed value of an answer."""
        return word(f"{kind}.{value}", self.language)

    def word(self, key: str) -> str:
        """Return words that the reports in the terminal say too."""
        return word(key, self.language)

    def money(self, amount: Money) -> str:
        """Return an amount as a person reads it."""
        return _whole(amount.spoken(language=self.language))

    def day(self, day: date | datetime | None) -> str:
        """Return a day as a person reads it."""
        if day is None:
            return "-"
        return f"{day.day} {self.month(day)}"

    def size(self, value: Money | Decimal) -> str:
        """Return an amount, or a share in whole percents."""
        return self.money(value) if isinstance(value, Money) else percent(value)

    def advised(self, room: Room) -> str:
        """Return the fixed value that says what is advised about the room."""
        return advised(room)

    def how_made(self, how: str) -> str:
        """Return how the terms of a figure give it; empty where they need no words."""
        return how_made(how, self.language)

    def month(self, day: date) -> str:
        """Return the month of a day as a person reads it."""
        return f"{_MONTHS[self.language][day.month - 1]} {day.year}"

    def cited(self, article: str) -> str:
        """Return an article of law as a sentence names it."""
        return cited(article, self.language)

    def reason(self, reason: Reason | Step) -> str:
        """Return the sentence of a reason, or of a step of the law; no amount in it is broken off."""
        return _whole(reason.says_nl if self.language == "nl" else reason.says)

    def because(self, missing: Unknown) -> str:
        """Return why there is no figure."""
        return _whole(because(missing, self.language))

    def told(self, says: str) -> str:
        """Return what was remarked about a file; empty where there is no Dutch for it."""
        return told(says, self.language)

    def question(self, missing: Unknown) -> str:
        """Return what would give a figure; empty when there is nothing to ask."""
        return to_ask(missing, self.language)

    def category(self, code: str) -> str:
        """Return the name of a category."""
        leaf = self._leaves.get(code)
        if leaf is None:
            return kind(code, self.language)
        return leaf.nl if self.language == "nl" else leaf.en


def evidence(frame: pd.DataFrame, keys: Iterable[str], *, texts: bool) -> dict[str, Evidence]:
    """Return the rows that a page may show, by key.

    Args:
        frame: understood rows.
        keys: which.
        texts: show the bank's own text too; otherwise only who, in the words of the categories.
    """
    rows = frame[frame["tx"].isin(list(keys))]
    return {
        row["tx"]: Evidence(
            on=row["booked_on"].date(),
            who=row["payee"],
            text=row["remittance"] if texts else "",
            amount=Money(int(row["amount_ct"])),
            corrected=row["evidence"] in _BY_PEOPLE,
        )
        for row in rows[["tx", "booked_on", "payee", "remittance", "amount_ct", "evidence"]].to_dict(
            "records"
        )
    }


def bar(range_: Range) -> Bar:
    """Place a range on a scale from nothing to a quarter above its best month.

    >>> bar(Range(Money(100), Money(200), Money(400)))
    Bar(low=200, mid=400, high=800)
    """
    most = max(range_.high.cents, 1) * 5 // 4 or 1
    return Bar(*(max(0, each.cents) * 1000 // most for each in (range_.low, range_.mid, range_.high)))
