"""The sentences and questions that go with costs that are owed and not paid."""

from collections.abc import Iterator

from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import MAINTENANCE
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.unpaid import Unpaid, in_doubt, unpaid
from psd2_affordability.assess.wording import counted, reason
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason


def say_unpaid(facts: Facts) -> Iterator[Reason]:
    """Say of each when it was paid last, and that it still counts."""
    for one in facts.once(unpaid):
        if one.last_day is None:
            yield _only_told("expenses.rent_not_seen", one)
        elif not one.caught_up:
            yield _not_paid(facts, one, one.last_day)


def in_room(facts: Facts) -> Iterator[Reason]:
    """Say the same beside the room, without the days: who offers a plan must know what is left out of it."""
    for one in facts.once(unpaid):
        if one.last_day is None:
            yield _only_told("room.rent_not_seen", one)
        elif not one.caught_up:
            yield reason(
                "room.cost_unpaid",
                "{kind}: not paid of late. {amount} a month still counts: what is not paid is no room.",
                "{kind}: de laatste tijd niet betaald. Toch telt {amount} per maand mee. Wat niet wordt "
                "betaald, is geen ruimte.",
                kind=_name(facts, one),
                amount=Money(one.usual),
                transactions=one.transactions,
            )


def questions(facts: Facts) -> Iterator[Reason]:
    """Ask what only the household can tell: whether it is still due, and who pays it."""
    for one in facts.once(unpaid):
        if in_doubt(one) or not one.caught_up:
            yield _question(facts, one)


def _question(facts: Facts, one: Unpaid) -> Reason:
    if one.last_day is None:
        return reason(
            "ask.rent_paid_by",
            "The rent is paid from none of these accounts. Who pays it, and from which account?",
            "De huur wordt niet van deze rekeningen betaald. Wie betaalt de huur, en van welke rekening?",
        )
    if one.may_be_over:
        return reason(
            "ask.paid_off",
            "{kind}: is it paid off, or is there another agreement?",
            "{kind}: is dit helemaal afbetaald? Of is er iets anders afgesproken?",
            kind=_name(facts, one),
            transactions=one.transactions,
        )
    return reason(
        "ask.still_due",
        "{kind}: is it still due, and who pays it?",
        "{kind}: moet dit nog worden betaald? En wie betaalt het?",
        kind=_name(facts, one),
        transactions=one.transactions,
    )


def decides(facts: Facts, lowest: Money, most: Money) -> Reason:
    """Say that there is room when a cost is none, and which question decides: of the largest in doubt."""
    largest = max(filter(in_doubt, facts.once(unpaid)), key=lambda one: one.usual)
    question = _question(facts, largest)
    return reason(
        "room.cost_decides",
        "Whether there is room hangs on a cost that is not paid now: a usual month leaves from {low} to "
        "{most}. This question comes first. {question}",
        "Of er ruimte is, hangt af van kosten die nu niet worden betaald. In een gewone maand is er {low} "
        "tot {most} ruimte. Deze vraag komt eerst. {question}",
        low=lowest,
        most=most,
        question=(question.says, question.says_nl),
    )


def _not_paid(facts: Facts, one: Unpaid, last_day: int) -> Reason:
    back = len(one.came_back)
    return reason(
        "expenses.cost_unpaid",
        "{kind}: last paid on {day}.{back} It may still be due, so {amount} a month still counts.",
        "{kind}: voor het laatst betaald op {day}.{back} Misschien moet dit nog worden betaald. Daarom telt "
        "{amount} per maand nog mee.",
        kind=_name(facts, one),
        day=day_of(last_day),
        back=_came_back(back) if back else ("", ""),
        amount=Money(one.usual),
        transactions=one.transactions,
    )


def _came_back(count: int) -> tuple[str, str]:
    return counted(
        count,
        (" 1 direct debit came back since.", " Daarna is 1 incasso teruggeboekt."),
        (" {count} direct debits came back since.", " Daarna zijn {count} incasso's teruggeboekt."),
    )


def _only_told(code: str, one: Unpaid) -> Reason:
    return reason(
        code,
        "The rent that was told is paid from none of these accounts; {amount} a month counts as a cost.",
        "De opgegeven huur wordt niet van deze rekeningen betaald. Toch telt {amount} per maand mee.",
        amount=Money(one.usual),
    )


def _name(facts: Facts, one: Unpaid) -> tuple[str, str]:
    if one.category == MAINTENANCE:
        return "Maintenance", "Alimentatie"
    leaf = facts.kinds.leaves[one.category]
    return leaf.en, leaf.nl
