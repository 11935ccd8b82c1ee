"""Income that is one by its regularity alone: no word, no purpose and no known payee says what it is."""

from collections.abc import Iterator
from typing import NamedTuple

from psd2_affordability.assess.both_ways import both_ways
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import TURNOVER
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.rhythm import Rhythm
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason


class Guess(NamedTuple):
    """A considerable income that nothing but its rhythm explains.

    Attributes:
        rhythm: its payments.
        counts: whether it is the main income, which a usual month counts; another only a good one. Of two
            that are as large one is the main one: the one that is known to be income, if there is one.
    """

    rhythm: Rhythm
    counts: bool


def guessed_income(facts: Facts) -> tuple[Guess, ...]:
    """Find the incomes to ask about; for `Facts.once`.

    Foster care, a personal budget, money for costs and an entrepreneur's own money come as regularly as a
    wage. A small part of the income is not worth a question.
    """
    if not facts.guessed:
        return ()
    wanted = facts.kinds.income - TURNOVER
    comes = [
        one for one in facts.once(both_ways).incoming if one.status == "active" and one.category in wanted
    ]
    if not comes:
        return ()
    least = sum([one.usual for one in comes]) * NORMS.guess_worth_asking
    main = max(comes, key=lambda one: (one.usual, one.key not in facts.guessed, one.key))
    return tuple(
        [Guess(one, one is main) for one in comes if one.key in facts.guessed and one.usual >= least]
    )


def not_sure(facts: Facts) -> frozenset[str]:
    """Return the names of the rhythms that only a good month counts, and on which no plan leans."""
    return frozenset([one.rhythm.key for one in facts.once(guessed_income) if not one.counts])


def not_counted(facts: Facts) -> int:
    """Return the cents a month of those."""
    return sum([one.rhythm.usual for one in facts.once(guessed_income) if not one.counts])


def says_guessed(facts: Facts) -> Iterator[Reason]:
    """Say how each of them counts."""
    for rhythm, counts in facts.once(guessed_income):
        yield reason(
            "income.guessed",
            "{amount} a month from {payee} comes as regularly as a wage, but nothing says what it is; "
            + ("it is counted. " if counts else "only a good month counts it, and no plan. ")
            + "Ask what it is.",
            "{amount} per maand van {payee} komt zo vast als loon, maar nergens staat wat het is. Dit telt "
            + ("mee. " if counts else "alleen mee voor een goede maand, en niet voor een regeling. ")
            + "Vraag wat het is.",
            amount=Money(rhythm.usual),
            payee=rhythm.payee,
            transactions=rhythm.txs[-3:],
        )


def ask_guessed(facts: Facts) -> Iterator[Reason]:
    """Ask the person about each of them."""
    for rhythm, _ in facts.once(guessed_income):
        yield _question(rhythm)


def decides(facts: Facts, lowest: Money, most: Money) -> Reason:
    """Say that there is room when it is income, and which question decides: of the largest not counted."""
    left_out = [one.rhythm for one in facts.once(guessed_income) if not one.counts]
    question = _question(max(left_out, key=lambda one: one.usual))
    return reason(
        "room.guess_decides",
        "Whether there is room hangs on money of which nothing says what it is: a usual month leaves from "
        "{low} to {most}. This question comes first. {question}",
        "Of er ruimte is, hangt af van geld waarvan nergens staat wat het is. In een gewone maand is er "
        "{low} tot {most} ruimte. Deze vraag komt eerst. {question}",
        low=lowest,
        most=most,
        question=(question.says, question.says_nl),
    )


def _question(rhythm: Rhythm) -> Reason:
    return reason(
        "ask.guessed_income",
        "Is the {amount} from {payee}, last paid on {day}, a wage? Or is it money for costs, or for "
        "somebody who is cared for?",
        "Is de {amount} van {payee}, het laatst betaald op {day}, loon? Of is het geld voor kosten, of "
        "voor de zorg voor iemand?",
        amount=Money(abs(rhythm.cents[-1])),
        payee=rhythm.payee,
        day=day_of(rhythm.last_day),
        transactions=rhythm.txs[-1:],
    )
