"""The sentences and questions that go with costs that are owed and not paid."""

from collections.abc import Iterable, Iterator, Sequence

from psd2_affordability.assess.arrears import Arrears, to_live
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import MAINTENANCE
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.unpaid import Unpaid, in_doubt, unpaid
from psd2_affordability.assess.wording import counted, interval_spoken, reason
from psd2_affordability.core.answer import Interval
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason


def say_unpaid(facts: Facts) -> Iterator[Reason]:
    """Say of each when it was paid last, that it still counts, and what was not paid of it."""
    for one in facts.once(unpaid):
        if one.last_day is None:
            yield _only_told("expenses.rent_not_seen", one)
        elif not one.caught_up:
            yield _not_paid(facts, one, one.last_day)
    for missing in facts.once(to_live):
        yield _add_up(facts, missing)


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
                kind=_name(facts, one.category),
                amount=Money(one.usual),
                transactions=one.transactions,
            )
    missing = facts.once(to_live)
    if missing:
        yield _first_in_a_plan(facts, missing)


def questions(facts: Facts) -> Iterator[Reason]:
    """Ask what only the household can tell: whether it is still due, and who pays it."""
    for one in facts.once(unpaid):
        if in_doubt(one) or not one.caught_up:
            yield _question(facts, one)
    missing = facts.once(to_live)
    if missing:
        yield reason(
            "ask.arrears",
            "{kinds}: how much is still open, and is there an agreement about it?",
            "{kinds}: hoeveel staat er nog open, en is daar iets over afgesproken?",
            kinds=_listed(_name(facts, one.rhythm.category) for one in missing),
            transactions=[key for one in missing for key in one.transactions],
        )


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
            kind=_name(facts, one.category),
            transactions=one.transactions,
        )
    return reason(
        "ask.still_due",
        "{kind}: is it still due, and who pays it?",
        "{kind}: moet dit nog worden betaald? En wie betaalt het?",
        kind=_name(facts, one.category),
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
        kind=_name(facts, one.category),
        day=day_of(last_day),
        back=_came_back(back) if back else ("", ""),
        amount=Money(one.usual),
        transactions=one.transactions,
    )


def _add_up(facts: Facts, one: Arrears) -> Reason:
    most = counted(
        one.most,
        ("1 payment was", "ontbreekt 1 betaling"),
        ("{count} payments were", "ontbreken {count} betalingen"),
    )
    if one.missed < one.most:
        most = f"{one.missed} to {most[0]}", most[1].replace(" ", f" {one.missed} tot ", 1)
    return reason(
        "expenses.not_paid",
        "{kind}: {payments} not seen since {day}, {amount} in all. Perhaps it was paid in another way.",
        "{kind}: sinds {day} {payments}, samen {amount}. Misschien is het anders betaald.",
        kind=_name(facts, one.rhythm.category),
        payments=most,
        day=day_of(one.since),
        amount=_amount(one),
        transactions=one.transactions,
    )


def _first_in_a_plan(facts: Facts, missing: Sequence[Arrears]) -> Reason:
    names = [_name(facts, one.rhythm.category) for one in missing]
    if len(missing) > 1:
        amounts = [interval_spoken(_amount(one)) for one in missing]
        names = [
            (f"{name[0]} {amount[0]}", f"{name[1]} {amount[1]}")
            for name, amount in zip(names, amounts, strict=True)
        ]
    low, high = sum(one.low for one in missing), sum(one.high for one in missing)
    return reason(
        "room.arrears_first",
        "{amount} of necessary costs was not seen being paid: {parts}. What is open of it comes first in a "
        "plan.",
        "{amount} aan noodzakelijke kosten is hier niet betaald: {parts}. Wat daarvan openstaat, gaat voor "
        "in een regeling.",
        amount=Interval(Money(low), Money(high)),
        parts=_listed(names),
        transactions=[key for one in missing for key in one.transactions],
    )


def _listed(names: Iterable[tuple[str, str]]) -> tuple[str, str]:
    english, dutch = zip(*dict.fromkeys(names), strict=True)
    return ", ".join(english), ", ".join(dutch)


def _amount(one: Arrears) -> Interval:
    return Interval(Money(one.low), Money(one.high))


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


def _name(facts: Facts, category: str) -> tuple[str, str]:
    if category == MAINTENANCE:
        return "Maintenance", "Alimentatie"
    leaf = facts.kinds.leaves[category]
    return leaf.en, leaf.nl
