"""How our answers fall over groups of people, measured where the truth is known because it was drawn.

Rates come with their Wilson interval. A group whose rate of good outcomes lies below four fifths of the
best group's is flagged: a sign to look, no proof of unfairness, just as no flag is no proof of fairness.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from psd2_affordability.assess.case import Case, KnownBalance
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.assess.results import Assessment, Collectability
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.categorise.evaluation.rates import Rate, rate
from psd2_affordability.core.answer import Interval, Range, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.service.bootstrap import Product

if TYPE_CHECKING:
    import pandas as pd

#: What everybody in the population asks for.
ASKED = Obligation(Money(60_00), 24)
#: An error up to this many euros a month is small beside the spread of a household's own months.
CLOSE = Money(50_00)
_FOUR_FIFTHS = Fraction(4, 5)
_PARTS = ("room", "credit_check", "profile")
#: What twins differ in; every other group counts one of a pair, since the other adds nothing new.
_TWINNED = "names"


@dataclass(frozen=True, slots=True)
class Known:
    """One person of whom the means are known.

    Attributes:
        subject: key in the transactions.
        twin: key of the person with the same money and other names; empty without one.
        groups: group by what it is a group of.
        household: what the law asks about.
        balances: of the accounts.
        income: all that comes in in a usual month.
        counted: the part of it that counts for the protected income.
        costs: all costs in a usual month.
        waits: the part of them that is not needed to live.
        troubled: collectors, returned debits or piled-up deferred payments are there by design.
    """

    subject: str
    twin: str
    groups: Mapping[str, str]
    household: Household
    balances: tuple[KnownBalance, ...] = field(repr=False)
    income: Money
    counted: Money
    costs: Money
    waits: Money
    troubled: bool


@dataclass(frozen=True, slots=True)
class GroupMeasured:
    """How one group fared.

    Attributes:
        kind: what it is a group of, such as `work`.
        group: its name.
        people: how many.
        within: found within norms, among those who can truly bear what they ask.
        referred: the rest of these: sent to a person though they can.
        passed: found within norms, among those who truly cannot.
        planned: advised a plan or a small amount, among those who truly have room for one.
        harried: advised the same, among those who truly have no room.
        close: room within `CLOSE` of the truth; in the last three measures those in trouble are left out,
            since what they pay a month is only becoming usual.
        middle_error: middle one of the errors of the room, signed: above zero is too much room.
        flags: measures in which the group lies below four fifths of the best group of its kind.
    """

    kind: str
    group: str
    people: int
    within: Rate
    referred: Rate
    passed: Rate
    planned: Rate
    harried: Rate
    close: Rate
    middle_error: Money | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FairnessReport:
    """How a population fared.

    Attributes:
        people: how many.
        asked: the obligation that everybody asks for.
        groups: each group, in the order of its kind.
        twins: pairs with the same money and other names of which anything in the answers differs, out
            of all pairs.
    """

    people: int
    asked: Obligation
    groups: tuple[GroupMeasured, ...]
    twins: Rate


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was said of a person, against what is true."""

    known: Known
    true_room: Money
    room: Money | None
    outcome: str
    collectability: Collectability | Unknown

    @property
    def able(self) -> bool:
        """Whether the person can truly bear what is asked, and nothing goes wrong."""
        return not self.known.troubled and self.true_room >= ASKED.monthly

    @property
    def has_room(self) -> bool:
        """Whether there truly is room for any plan."""
        return self.true_room >= Money(NORMS.least_room_ct)

    @property
    def shown(self) -> tuple[object, ...]:
        """What twins should have in common."""
        return self.outcome, self.room, self.collectability


def fairness_of(product: Product, frame: "pd.DataFrame", known: Sequence[Known], on: date) -> FairnessReport:
    """Ask for everybody and measure each group against what is true.

    Args:
        product: the wired product.
        frame: transactions of all, by subject.
        known: what is true of each.
        on: the day asked.
    """
    from psd2_affordability.assess.run import assess
    from psd2_affordability.categorise.engine import understand

    own = {each.subject: tuple(one.account for one in each.balances) for each in known}
    understood = understand(frame, product.knowledge, own)
    cases = {each.subject: Case(each.household, each.balances, obligation=ASKED) for each in known}
    answers = assess(understood, cases, product.law, product.knowledge, on, _PARTS)
    outcomes = [_outcome(product, each, answers[each.subject], on) for each in known]
    singly = [one for one in outcomes if not one.known.twin or one.known.subject < one.known.twin]
    measured = [
        _measure(kind, group, [one for one in counted if one.known.groups[kind] == group])
        for kind in known[0].groups
        for counted in ([outcomes] if kind == _TWINNED else [singly])
        for group in sorted(dict.fromkeys(one.known.groups[kind] for one in counted))
    ]
    return FairnessReport(len(known), ASKED, tuple(_flagged(measured)), _twins(outcomes))


def true_room(product: Product, known: Known, on: date) -> Money:
    """Return the usual room by what is true: the lower of what is left and what the law leaves open."""
    answer = product.law.protected_income(known.household, Interval.exactly(known.counted), on)
    if isinstance(answer.value, Unknown):
        return ZERO
    left = known.income - known.costs + known.waits.times(NORMS.choices_kept)
    return max(ZERO, min(left, known.counted - answer.value.high))


def _outcome(product: Product, known: Known, found: Assessment, on: date) -> _Outcome:
    if found.room is None or found.credit_check is None or found.profile is None:
        raise ValueError(f"the answers for {known.subject} are not whole")
    month = found.room.monthly
    return _Outcome(
        known=known,
        true_room=true_room(product, known, on),
        room=month.mid if isinstance(month, Range) else None,
        outcome=found.credit_check.outcome,
        collectability=found.profile.collectability,
    )


def _measure(kind: str, group: str, outcomes: Sequence[_Outcome]) -> GroupMeasured:
    able = [one for one in outcomes if one.able]
    unable = [one for one in outcomes if not one.able]
    calm = [one for one in outcomes if not one.known.troubled]
    roomy = [one for one in calm if one.has_room]
    tight = [one for one in calm if not one.has_room]
    errors = sorted(one.room - one.true_room for one in calm if one.room is not None)
    sized = [error for error in errors if abs(error) <= CLOSE]
    return GroupMeasured(
        kind=kind,
        group=group,
        people=len(outcomes),
        within=_share(able, lambda one: one.outcome == "within_norms"),
        referred=_share(able, lambda one: one.outcome != "within_norms"),
        passed=_share(unable, lambda one: one.outcome == "within_norms"),
        planned=_share(roomy, lambda one: one.collectability in {"plan", "small_effort"}),
        harried=_share(tight, lambda one: one.collectability in {"plan", "small_effort"}),
        close=rate(len(sized), len(calm)),
        middle_error=errors[(len(errors) - 1) // 2] if errors else None,
    )


def _share(outcomes: Sequence[_Outcome], good: "Callable[[_Outcome], bool]") -> Rate:
    return rate(sum(map(good, outcomes)), len(outcomes))


def _flagged(measured: Sequence[GroupMeasured]) -> Iterator[GroupMeasured]:
    """Flag what lies below four fifths of the best group of the same kind."""
    best: dict[tuple[str, str], Fraction] = {}
    for one in measured:
        for name, found in _good(one).items():
            if found.n:
                best[one.kind, name] = max(
                    best.get((one.kind, name), Fraction(0)), Fraction(found.count, found.n)
                )
    for one in measured:
        flags = tuple(
            name
            for name, found in _good(one).items()
            if found.n and Fraction(found.count, found.n) < _FOUR_FIFTHS * best[one.kind, name]
        )
        yield replace(one, flags=flags)


def _good(one: GroupMeasured) -> dict[str, Rate]:
    """The measures of which more is better for the people in the group."""
    return {"within": one.within, "planned": one.planned, "close": one.close}


def _twins(outcomes: Sequence[_Outcome]) -> Rate:
    by_subject = {one.known.subject: one for one in outcomes}
    pairs = [
        (one, by_subject[one.known.twin])
        for one in outcomes
        if one.known.subject < one.known.twin in by_subject
    ]
    return rate(sum(one.shown != other.shown for one, other in pairs), len(pairs))
