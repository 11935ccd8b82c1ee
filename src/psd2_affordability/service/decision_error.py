"""What wrong categories do to answers: the same people assessed by labels and by our categories."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.assess.kinds import Kinds
from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.run import assess
from psd2_affordability.categorise.engine import Understood
from psd2_affordability.categorise.evaluation.as_labelled import understood_as_labelled
from psd2_affordability.categorise.evaluation.rates import Rate, rate
from psd2_affordability.categorise.evaluation.run import Labelled
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.schema import BOOKED
from psd2_affordability.service.bootstrap import Product

#: A month's figure that is further off than this leads to another agreement.
_TOLERATED = Money.euros(50)
_PARTS = ("income", "expenses", "room")
#: Nobody's household is in a labelled file: both sides take everyone to live alone.
_ALONE = Case(household=Household(type=HouseholdType.SINGLE))

_Figures = dict[str, Money | None]


@dataclass(frozen=True, slots=True)
class DecisionError:
    """How far one monthly figure is off, over the people in a file.

    Attributes:
        figure: which.
        off: people for whom it is more than 50 euros off, or told on one side only.
        flipped: people for whom it is nothing on one side and something on the other.
        untold: people for whom neither side tells it; they are not counted.
        median: the middle one of the differences; None when nobody has both figures.
        largest: the largest difference.
    """

    figure: str
    off: Rate
    flipped: Rate
    untold: int
    median: Money | None = None
    largest: Money | None = None


def decision_errors(product: Product, labelled: Labelled) -> tuple[DecisionError, ...]:
    """Assess everybody on their last day, by labels and by our categories, and compare the figures."""
    from psd2_affordability.categorise.engine import understand

    labelled = labelled.in_order()
    ours = understand(labelled.frame, product.knowledge, labelled.own_ibans)
    truly = understood_as_labelled(ours, labelled, product.knowledge)
    kinds = Kinds.of(product.knowledge.taxonomy)
    people = list(zip(_figures(product, truly, kinds), _figures(product, ours, kinds), strict=True))
    names = dict.fromkeys(name for person in people for name in person[0])
    return tuple(_compare(name, [(true[name], our[name]) for true, our in people]) for name in names)


def _compare(figure: str, pairs: Sequence[tuple[Money | None, Money | None]]) -> DecisionError:
    told = [pair for pair in pairs if pair != (None, None)]
    both = [(true, our) for true, our in told if true is not None and our is not None]
    apart = sorted(abs(true - our) for true, our in both)
    off = sum(difference > _TOLERATED for difference in apart) + len(told) - len(both)
    flipped = sum(bool(true) != bool(our) for true, our in both)
    return DecisionError(
        figure,
        off=rate(off, len(told)),
        flipped=rate(flipped, len(both)),
        untold=len(pairs) - len(told),
        median=apart[(len(apart) - 1) // 2] if apart else None,
        largest=apart[-1] if apart else None,
    )


def _figures(product: Product, understood: Understood, kinds: Kinds) -> Iterator[_Figures]:
    """Yield the monthly figures of everybody with booked rows, in the order of their last days and names."""
    booked = understood.frame[understood.frame["status"] == BOOKED]
    last = booked.groupby("subject", sort=True)["booked_on"].max()
    for day, subjects in last.groupby(last, sort=True):
        part = _of(understood, list(subjects.index))
        cases = dict.fromkeys(subjects.index, _ALONE)
        for one in assess(part, cases, product.law, product.knowledge, day.date(), _PARTS).values():
            rows = part.frame[part.frame["subject"] == one.subject]
            yield {**_assessed(one), **_summed(rows, kinds)}


def _of(understood: Understood, subjects: list[str]) -> Understood:
    frame, streams = understood.frame, understood.streams
    return Understood(frame[frame["subject"].isin(subjects)], streams[streams["subject"].isin(subjects)])


def _assessed(one: Assessment) -> _Figures:
    return {
        "income": _told(one.income.monthly if one.income else None),
        "fixed costs": _told(one.expenses.fixed if one.expenses else None),
        "debts": _told(one.expenses.debts if one.expenses else None),
        "room": _told(one.room.monthly if one.room else None),
    }


def _told(value: Range | Money | Unknown | None) -> Money | None:
    if isinstance(value, Range):
        return value.mid
    return value if isinstance(value, Money) else None


def _summed(rows: pd.DataFrame, kinds: Kinds) -> _Figures:
    """Spread what was booked over the months seen: a figure for those too short to assess as well."""
    day = rows["booked_on"].dropna()
    months = (day.max().year - day.min().year) * 12 + day.max().month - day.min().month + 1

    def monthly(wanted: Callable[[str], bool]) -> Money:
        chosen = rows["category"].map(wanted).astype(bool)
        return Money(int(rows.loc[chosen, "amount_ct"].sum()) // months)

    return {
        "income, summed": monthly(kinds.income.__contains__),
        "fixed costs, summed": -monthly(kinds.fixed.__contains__),
    }
