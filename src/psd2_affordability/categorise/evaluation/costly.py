"""The kinds and the mistakes that would change what a person is told."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from psd2_affordability.categorise.evaluation.judged import Judged, Mask
from psd2_affordability.categorise.evaluation.labels import with_parts
from psd2_affordability.categorise.evaluation.measures import class_score
from psd2_affordability.categorise.evaluation.rates import Rate, rate
from psd2_affordability.categorise.evaluation.results import ClassScore, Confusion
from psd2_affordability.categorise.taxonomy import UNKNOWN, Leaf

_INCOME = "inkomen"
_SPENDING = {"vast", "reservering", "huishoudelijk", "overig"}
#: Single categories that are costly without being income or a debt signal by themselves.
_SINGLE = ("wonen.huur", "schuld.toeslag_terugvordering")
_ORDINARY_COST = "fixed_cost"

Taxonomy = Mapping[str, Leaf]


class Found(NamedTuple):
    """A mistake: where it was made, and where it can be made."""

    code: str
    says: str
    made: Mask
    possible: Mask


def income_from_none(judged: Judged, taxonomy: Taxonomy) -> Rate:
    """Return how much of what is said to be income is none."""
    found = _from_none(judged, _income(taxonomy))
    return rate(int(found[0].sum()), int(found[1].sum()))


def costly_scores(judged: Judged, taxonomy: Taxonomy) -> tuple[ClassScore, ...]:
    """Score each kind of income, each kind of debt signal and a few more; only what occurs or is said."""
    single = (*sorted(_income(taxonomy)), *(code for code in _SINGLE if code in taxonomy))
    groups = {code: frozenset(with_parts(code, taxonomy)) for code in single}
    for signal in sorted({leaf.signal for leaf in taxonomy.values()} - {"", _ORDINARY_COST}):
        groups[f"signal: {signal}"] = _signalling(taxonomy, signal)
    found = []
    for name, codes in groups.items():
        is_it, said = judged.truth.within(codes), judged.says(codes)
        if is_it.any() or said.any():
            found.append(class_score(name, is_it, said))
    return tuple(found)


def costly_confusions(judged: Judged, taxonomy: Taxonomy) -> tuple[Confusion, ...]:
    """Count the costly mistakes."""
    return tuple(
        Confusion(
            one.code,
            one.says,
            rate(int(one.made.sum()), int(one.possible.sum())),
            rate(int(one.made.sum()), len(judged)),
        )
        for one in costly_mistakes(judged, taxonomy)
    )


def costly_mistakes(judged: Judged, taxonomy: Taxonomy) -> Iterator[Found]:
    """Yield each costly mistake with the rows where it was made, and where it can be."""
    income = _income(taxonomy)
    counted = frozenset(code for code in income if not taxonomy[code].private)
    yield Found("income_from_none", "said to be income, but is none", *_from_none(judged, income))
    yield Found(
        "counted_income_from_none",
        "said to be income to count on, but is none or comes from a private person",
        *_from_none(judged, counted),
    )
    earned = judged.truth.within(counted)
    yield Found(
        "income_missed",
        "income to count on, but said to be something else",
        earned & judged.covered & ~judged.says(income),
        earned,
    )
    returned = judged.truth.within(_signalling(taxonomy, "returned"))
    yield Found(
        "returned_as_income",
        "a returned debit, but said to be income",
        returned & judged.says(income),
        returned,
    )
    ordinary = _having(taxonomy, lambda leaf: leaf.group in _SPENDING and leaf.code != UNKNOWN)
    for signal, name in (
        ("gambling", "gambling"),
        ("collector", "a collection agency"),
        ("bailiff", "a bailiff"),
        ("bnpl", "buy now, pay later"),
        ("lender", "a loan or credit card"),
    ):
        codes = _signalling(taxonomy, signal)
        are = judged.truth.within(codes)
        yield Found(
            f"{signal}_as_household",
            f"{name}, but said to be an ordinary cost",
            are & judged.says(ordinary - codes),
            are,
        )


def _from_none(judged: Judged, income: frozenset[str]) -> tuple[Mask, Mask]:
    said = judged.says(income)
    return said & ~judged.truth.touching(income), said


def _income(taxonomy: Taxonomy) -> frozenset[str]:
    return _having(taxonomy, lambda leaf: leaf.group == _INCOME)


def _signalling(taxonomy: Taxonomy, signal: str) -> frozenset[str]:
    return _having(taxonomy, lambda leaf: leaf.signal == signal)


def _having(taxonomy: Taxonomy, wanted: Callable[[Leaf], bool]) -> frozenset[str]:
    return frozenset(code for code, leaf in taxonomy.items() if wanted(leaf))
