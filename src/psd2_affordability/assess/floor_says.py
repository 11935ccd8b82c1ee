"""The sentences about the floor of a room: what must be left to a person, and how sure that is."""

from collections.abc import Iterator
from functools import partial

from psd2_affordability.assess.floors import Floors
from psd2_affordability.assess.results import Expenses, Income
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

ASK_TAXABLE_AGAIN = reason(
    "ask.taxable_income_again",
    "More arrives than the taxable income that was told. What is the taxable income of this year?",
    "Er komt meer binnen dan het belastbaar inkomen dat is opgegeven. Wat is het belastbaar inkomen van dit "
    "jaar?",
)
ASK_WHOLE_INCOME = reason(
    "ask.whole_income",
    "What is the whole income: is something withheld, or does something arrive on another account?",
    "Wat is het hele inkomen? Wordt er iets ingehouden, of komt er iets op een andere rekening binnen?",
)
WHOLE_INCOME_DECIDES = reason(
    "room.whole_income_decides",
    "Whether there is room hangs on the whole income, of which plainly a part is seen. Ask for that first.",
    "Of er ruimte is, hangt af van het hele inkomen. Daarvan is een deel te zien. Vraag daar eerst naar.",
)
_TOLD_TOO_LOW = reason(
    "room.income_higher_than_told",
    "More arrives in a year than the taxable income that was told. That income cannot be right, so the room "
    "does not count on it.",
    "Er komt in een jaar meer binnen dan het belastbaar inkomen dat is opgegeven. Dat bedrag kan dus niet "
    "kloppen. Daarom rekenen we er niet mee.",
)


def newest_of(flow: Income | Expenses, kind: str = "") -> list[str]:
    """Name the newest payment of each series of a kind."""
    return [one.transactions[-1] for one in flow.streams if one.category.startswith(kind)]


def above(legal: Interval, value: Interval, floors: Floors, mid: Money, income: Income) -> Reason:
    """Say what must be left to the person, and how much of the income that counts lies above it."""
    bookings = partial(newest_of, income)
    if floors.seen == "none":
        return reason(
            "room.no_income_seen",
            "No income that counts is seen now, so nothing is left for a plan. Of a whole income the law "
            "protects up to {floor} a month. Ask what comes in.",
            "Er is nu geen inkomen te zien dat meetelt. Er is dus geen ruimte voor een regeling. Van een "
            "heel inkomen beschermt de wet tot {floor} per maand. Vraag wat er binnenkomt.",
            floor=value.high,
            rule=_rule(floors.of_plan),
            article=_article(floors),
        )
    if floors.seen == "part":
        return reason(
            "room.part_of_income_seen",
            "{seen} a month of income is seen: less than anybody lives on, so it may be a part. Of a whole "
            "income the law protects up to {floor} a month. Ask what the whole income is.",
            "Er is {seen} per maand aan inkomen te zien. Daar kan bijna niemand van leven, dus misschien is "
            "het een deel. Van een heel inkomen beschermt de wet tot {floor} per maand. Vraag wat het hele "
            "inkomen is.",
            seen=_usual(income),
            floor=value.high,
            transactions=bookings,
            rule=_rule(floors.of_plan),
            article=_article(floors),
        )
    if floors.plan is None or floors.of_plan is floors.legal:
        return reason(
            "room.above_legal_floor",
            "The law protects {floor} a month; of the income that counts, {mid} lies above it.",
            "De wet beschermt {floor} per maand. Van het inkomen dat meetelt, ligt {mid} daarboven.",
            floor=legal,
            mid=max(ZERO, mid),
            transactions=bookings,
            rule=_rule(floors.legal),
            article=_article(floors),
        )
    return reason(
        "room.above_plan_floor",
        "The law protects {floor} a month. A plan must leave more: the vtlb, {vtlb} a month. "
        "It adds money to put by, for care and for work. Of the income that counts, {mid} lies above it.",
        "De wet beschermt {floor} per maand. Een regeling moet meer overlaten: het vtlb, {vtlb} per maand. "
        "Daarin zit ook geld om te sparen, voor zorg en voor werk. Van het inkomen dat meetelt, ligt {mid} "
        "daarboven.",
        floor=legal,
        vtlb=value,
        mid=max(ZERO, mid),
        transactions=bookings,
        rule=_rule(floors.of_plan),
        article=_article(floors),
    )


def _rule(floor: LegalAnswer) -> str:
    return floor.rules[0].id if floor.rules else ""


def _article(floors: Floors) -> str:
    """Return what to cite for the floor of a plan: of a norm for plans, what it adds."""
    floor = floors.of_plan
    return floor.deciding_article if floor is floors.legal or not floor.steps else floor.steps[-1].article


def _no_plan_floor(floors: Floors) -> Iterator[Reason]:
    """Say that the amounts of the vtlb that were given cannot be used."""
    if floors.plan is None or not isinstance(floors.plan.value, Unknown):
        return
    yield reason(
        "room.plan_floor_not_used",
        "The vtlb could not be used: {why}. A plan stays above what the law protects.",
        "Het vtlb is niet gebruikt: {why}. Een regeling blijft boven het bedrag dat de wet beschermt.",
        why=_NOT_USED.get(floors.plan.value.code, _NO_AMOUNTS),
    )


#: Why amounts that were given cannot be used, by the code of what is missing.
_NOT_USED = {
    "parameters.not_in_force": (
        "the amounts that were given do not hold on this day",
        "de opgegeven bedragen gelden niet op deze dag",
    )
}
_NO_AMOUNTS = (
    "the file that was given is of another norm",
    "het opgegeven bestand hoort bij een andere norm",
)


def doubts(floors: Floors) -> Iterator[Reason]:
    """Say which figures that somebody gave are not reckoned with."""
    if floors.doubted:
        yield _TOLD_TOO_LOW
    yield from _no_plan_floor(floors)


def interval(value: Interval, floors: Floors, most: Money) -> Iterator[Reason]:
    """Say that the floor is not known exactly, and how much room there is at most."""
    if value.exact:
        return
    plans = floors.of_plan is floors.plan
    yield reason(
        "room.plan_floor_is_an_interval" if plans else "room.floor_is_an_interval",
        "{what} is only known as an interval, and the room keeps to its high end. When the "
        "questions are answered it can be more: at most {most} a month.",
        "{what} is nog niet precies bekend. Daarom rekenen we met het hoogste bedrag. Als "
        "de vragen zijn beantwoord, kan er meer ruimte zijn: hoogstens {most} per maand.",
        what=("The vtlb", "Het vtlb") if plans else ("The protected income", "Het beschermde bedrag"),
        most=max(ZERO, most),
        rule=_rule(floors.of_plan),
        article=_article(floors),
    )


def questions(floors: Floors) -> Iterator[Reason]:
    """Ask for what makes the floor doubtful."""
    if floors.seen != "whole":
        yield ASK_WHOLE_INCOME
    if floors.doubted:
        yield ASK_TAXABLE_AGAIN


def _usual(income: Income) -> Money:
    counted = income.for_protection
    return ZERO if isinstance(counted, Unknown) else counted.mid
