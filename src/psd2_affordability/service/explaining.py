"""How the figures of an answer are made, with the bookings behind them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.explain import Explainer, Made
from psd2_affordability.assess.figures import facts_of
from psd2_affordability.assess.kinds import Kinds
from psd2_affordability.assess.results import Assessment
from psd2_affordability.categorise.engine import Understood
from psd2_affordability.core.errors import ConsentNotValid, UnknownName
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.order import key_hashes
from psd2_affordability.service.assess_case import NAMELESS, Answered, Question, assess_kept, assess_received
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.purposes import purpose

#: The figures that a person asks about first, by the beginning of their paths.
_FIRST = (
    "room.monthly.mid",
    "income.monthly.mid",
    "expenses.fixed",
    "expenses.flexible.mid",
    "expenses.debts",
    "expenses.can_wait",
    "room.floor.value.high",
    "seizure.protected.value.high",
    "credit_check.room_after.mid",
)


#: So many figures are named to who asks for one that is not there.
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Booking:
    """One booking behind a figure."""

    tx: str
    on: date
    payee: str = field(repr=False)
    category: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure, how it is made, and the bookings behind it, oldest first."""

    path: str
    made: Made
    bookings: tuple[Booking, ...]


def explainer(
    product: Product, found: Assessment, understood: Understood, case: Case, question: Question
) -> Explainer:
    """Make the explainer of one answer, from what it was computed from."""
    mine = understood.frame["subject"] == found.subject
    own = Understood(
        understood.frame[mine].reset_index(drop=True),
        understood.streams[understood.streams["subject"] == found.subject].reset_index(drop=True),
    )
    kinds = Kinds.of(product.knowledge.taxonomy)
    [facts] = facts_of(own, {found.subject: case}, kinds, found.on, key_hashes(own.frame))
    return Explainer(found, facts, own.frame, question.law(product))


def explain_paths(
    product: Product, paths: list[Path], question: Question, figure: str
) -> tuple[dict[str, Money | Decimal], Explained | None]:
    """Explain a figure of the answer from statement files; without one, only list what there is.

    Raises:
        InputError: a file that cannot be read whole.
        UnknownName: the answer has no such figure.
    """
    from psd2_affordability.service.reading import read_paths

    answered = assess_received(product, NAMELESS, read_paths(paths), question)
    return _asked_of(_of(product, answered, question), answered, figure)


def explain_case(
    product: Product, subject: str, purpose_code: str, question: Question, figure: str
) -> tuple[dict[str, Money | Decimal], Explained | None]:
    """Explain a figure of the answer for a case and a purpose; without one, only list what there is.

    Raises:
        UnknownName: no such case or purpose, or the answer has no such figure.
        ConsentNotValid: the purpose shows no bookings, or the person did not consent to it.
    """
    if not purpose(purpose_code).names:
        raise ConsentNotValid(
            f"what figures are made of is not shown for '{purpose_code}'",
            where=f"case {subject}",
            do="The person and who helps them see it; a receiver sees the reasons with their articles",
        )
    answered = assess_kept(product, subject, purpose_code, question)
    return _asked_of(_of(product, answered, question), answered, figure)


def explain_first(product: Product, answered: Answered, question: Question) -> tuple[Made, ...]:
    """Explain the figures of an answer that a person asks about first, as far as it has them."""
    found = _of(product, answered, question)
    return tuple(found.explain(path) for path in _FIRST if path in found.figures)


def _asked_of(
    found: Explainer, answered: Answered, figure: str
) -> tuple[dict[str, Money | Decimal], Explained | None]:
    if not figure:
        return found.figures, None
    if figure not in found.figures:
        raise _no_such(figure, list(found.figures))
    return found.figures, explained(found.explain(figure), answered.understood)


def _no_such(figure: str, known: list[str]) -> UnknownName:
    """Name the figures that were probably meant, and how to see all of them."""
    part_of = [path for path in known if figure in path]
    near = (part_of or get_close_matches(figure, known, cutoff=0.5))[:_NEAREST]
    meant = f"Did you mean {' or '.join(near)}? " if near else ""
    return UnknownName(
        f"no figure in this answer is called '{figure}'",
        do=f"{meant}Ask without a figure to see all {len(known)}",
    )


def _of(product: Product, answered: Answered, question: Question) -> Explainer:
    return explainer(product, answered.assessment, answered.understood, answered.case, question)


def explained(made: Made, understood: Understood) -> Explained:
    """Put the bookings beside an explanation."""
    keys = set(evidence(made))
    frame = understood.frame[understood.frame["tx"].isin(keys)].sort_values(["booked_on", "tx"])
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    bookings = (
        Booking(
            row["tx"], row["booked_on"].date(), row["payee"], row["category"], Money(int(row["amount_ct"]))
        )
        for row in rows
    )
    return Explained(made.path, made, tuple(bookings))


def evidence(made: Made) -> Iterator[str]:
    """Yield the keys of all bookings behind a figure."""
    yield from made.says.transactions
    for term in made.terms:
        yield from evidence(term)
