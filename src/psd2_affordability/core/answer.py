"""Values that an answer is made of: an exact amount, an interval, or an honest Unknown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Literal

from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import ToldWhenRead


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer, with the reason, and the question that would give one.

    Attributes:
        code: stable, dotted, lower case.
        because: one plain English sentence.
        ask: the question to put to the person or the user, or empty.
    """

    code: str
    because: str
    ask: str = ""


def first_unknown(*values: object) -> Unknown:
    """Return the first that is not known of some values, one of which at least is not.

    >>> first_unknown(1, Unknown("no_wage", "No wage is seen."), Unknown("no_rent", "No rent is seen.")).code
    'no_wage'
    """
    return next(one for one in values if isinstance(one, Unknown))


@dataclass(frozen=True, slots=True, init=False)
class Interval:
    """An amount known only between two bounds; equal bounds are an exact amount."""

    low: Money
    high: Money

    def __init__(self, low: Money, high: Money) -> None:
        if high.cents < low.cents:
            raise ValueError(f"an interval from {low} to {high} runs backwards")
        _hold_low(self, low)
        _hold_high(self, high)

    @classmethod
    def exactly(cls, amount: Money) -> "Interval":
        """Return the interval that holds one amount."""
        return cls(amount, amount)

    @property
    def exact(self) -> bool:
        """Whether both bounds are the same amount."""
        return self.low.cents == self.high.cents


_hold_low, _hold_high = (vars(Interval)[field.name].__set__ for field in fields(Interval))


@dataclass(frozen=True, slots=True, init=False)
class Range:
    """A lean, a usual and a good month (or day)."""

    low: Money
    mid: Money
    high: Money

    def __init__(self, low: Money, mid: Money, high: Money) -> None:
        _hold_lean(self, low)
        _hold_usual(self, mid)
        _hold_good(self, high)


_hold_lean, _hold_usual, _hold_good = (vars(Range)[field.name].__set__ for field in fields(Range))


@dataclass(frozen=True, slots=True)
class Step(ToldWhenRead):
    """One step of a legal computation.

    Attributes:
        article: the article of the law or norm.
        says: what it says, in plain English.
        amount: what it gives, when it gives an amount.
        says_nl: the same in plain Dutch.
    """

    article: str
    says: str
    amount: Money | None = None
    says_nl: str = ""

    @classmethod
    def told_by(
        cls, in_both: Callable[[], tuple[str, str]], article: str, amount: Money | None = None
    ) -> "Step":
        """Make a step whose English and Dutch words come from a call when one of them is read.

        >>> Step.told_by(lambda: ("the rent", "de huur"), "13 Wht").says_nl
        'de huur'
        """
        made, hold = object.__new__(cls), object.__setattr__
        hold(made, "_in_both", (in_both, ()))
        hold(made, "article", article)
        hold(made, "amount", amount)
        return made


@dataclass(frozen=True, slots=True)
class RuleUse:
    """Which version of which rule was used.

    Attributes:
        id: the rule.
        in_force: first day of the version used.
        status: `enacted` or `announced`.
        sha256: of the rule file as read.
        review_passed: the file's review date lay before the day asked: last known value.
    """

    id: str
    in_force: date
    status: str
    sha256: str
    review_passed: bool = False


@dataclass(frozen=True, slots=True)
class LegalAnswer:
    """What the law gives for one question on one day, with every step.

    Attributes:
        question: stable name, such as `beslagvrije-voet`.
        on: the day asked.
        value: an amount (an `Interval`; exact when its bounds are equal) or `Unknown`.
        per: `month`, `quarter`, `year`, `once`.
        steps: in order, each with its article.
        rules: the dated rules used.
        ask: open questions that would narrow an interval.
    """

    question: str
    on: date
    value: Interval | Unknown
    per: Literal["month", "quarter", "year", "once"]
    steps: tuple[Step, ...] = ()
    rules: tuple[RuleUse, ...] = ()
    ask: tuple[str, ...] = ()

    @property
    def status(self) -> Literal["ok", "interval", "unknown"]:
        """`ok` for an exact amount, `interval`, or `unknown`."""
        if isinstance(self.value, Unknown):
            return "unknown"
        return "ok" if self.value.exact else "interval"

    @property
    def deciding_article(self) -> str:
        """The article to cite for the amount: of the last step that gives it, else of the first step."""
        if not self.steps:
            return ""
        value = self.value
        if not isinstance(value, Unknown):
            bounds = value.low.cents, value.high.cents
            for step in reversed(self.steps):
                if step.amount is not None and step.amount.cents in bounds:
                    return step.article
        return self.steps[0].article


def merge_rules(*uses: Sequence[RuleUse]) -> tuple[RuleUse, ...]:
    """Join the rules of several answers: each version once, by id and date."""
    dated = {_VERSION(use): use for use in chain.from_iterable(uses)}
    return tuple([dated[version] for version in sorted(dated)])


_VERSION = attrgetter("id", "in_force", "review_passed")
