"""The sentences that go with the plans: what the chances mean, and what they leave out."""

from collections.abc import Iterator

from psd2_affordability.assess.fair_share import FairShare
from psd2_affordability.assess.plans import SURE, Payments
from psd2_affordability.assess.results import PlanOption
from psd2_affordability.assess.wording import counted, reason, whole_months
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason


def about(payments: Payments, options: tuple[PlanOption, ...]) -> Iterator[Reason]:
    """Say what the chances rest on, the heaviest doubt first."""
    first = options[0]
    if first.kind != "sure":
        yield reason(
            "plan.none_is_sure",
            "As money is spent now no plan is sure: {amount} a month holds in {chance} of the futures.",
            "Met de uitgaven van nu is geen enkele regeling zeker: {amount} per maand lukt in {chance} van "
            "de gevallen.",
            amount=first.amount,
            chance=first.chance_holds,
        )
    if first.chance_if_careful > first.chance_holds:
        yield reason(
            "plan.if_careful",
            "With {saved} a month less spent on what can wait, {amount} a month holds in {chance} of the "
            "futures.",
            "Als er {saved} per maand minder gaat naar dingen die kunnen wachten, lukt {amount} per maand in "
            "{chance} van de gevallen.",
            saved=Money(payments.careful),
            amount=first.amount,
            chance=first.chance_if_careful,
        )
    yield reason(
        "plan.chance",
        "The chance is the share of simulated years in which the account bears the plan, with incomes and "
        "spending as they were. A lost job, illness or another shock is not in it.",
        "De kans komt uit een berekening van het komende jaar, dag voor dag, met inkomen en uitgaven zoals "
        "ze waren. Verlies van werk, ziekte of andere pech zit er niet in.",
    )
    if not payments.paths.knows_balance:
        yield reason(
            "plan.no_balance",
            "No balance is known, so the plan is tested on an account that starts the first month with "
            "nothing. Ask for the balance.",
            "Het saldo is niet bekend. De berekening begint daarom met een lege rekening. "
            "Vraag naar het saldo.",
        )
    if payments.paths.floor < 0:
        yield reason(
            "plan.lives_below_zero",
            "The account goes down to {floor} in a usual month already; a plan holds here when it goes no "
            "lower.",
            "De rekening gaat in een gewone maand al tot {floor}. Een regeling lukt hier als het saldo niet "
            "lager wordt.",
            floor=Money(payments.paths.floor),
        )


def none_holds(tested: PlanOption, short: Money) -> Reason:
    """Say that no plan holds as things are, and how much is missing."""
    return reason(
        "plan.none_holds",
        "No plan holds as things are. Even without half of what can wait, {amount} a month holds in only "
        "{chance} of the futures. First about {short} a month more must be left over, from more income or "
        "lower costs.",
        "Zoals het nu gaat, lukt geen enkele regeling. Ook zonder de helft van wat kan wachten, lukt "
        "{amount} per maand maar in {chance} van de gevallen. Eerst moet er ongeveer {short} per maand meer "
        "overblijven. Dat kan met meer inkomen of lagere kosten.",
        amount=tested.amount,
        chance=tested.chance_if_careful,
        short=short,
    )


def history_too_short(months: int) -> Reason:
    """Say that so few months cannot carry a plan."""
    return reason(
        "plan.history_too_short",
        "The data cover {months}, and with so little no plan can be called sound. Ask for at "
        "least three months.",
        "De gegevens gaan over {months}. Daarmee is niet te zeggen of een regeling lukt. Vraag om "
        "minstens drie maanden.",
        months=whole_months(months),
    )


def what_changes() -> Reason:
    """Ask what will be different from the past months."""
    return reason(
        "ask.what_changes",
        "What will change soon: an income, an allowance, or a cost that can stop?",
        "Wat verandert er binnenkort: een inkomen, een toeslag of kosten die kunnen stoppen?",
    )


def share(found: FairShare) -> Reason:
    """Say what the asking creditor's fair share is."""
    basis = (
        ("by what is owed to each", "naar de hoogte van elke schuld")
        if found.by_debt
        else ("in equal parts", "in gelijke delen")
    )
    return reason(
        "room.fair_share",
        "{others} {paid} a month now. Shared {basis}, {amount} a month is the asking creditor's.",
        "{others} nu {paid} per maand. Verdeeld {basis} is {amount} per maand voor de schuldeiser die dit "
        "vraagt.",
        others=counted(
            found.others,
            ("There is 1 other creditor, who gets", "Er is 1 andere schuldeiser. Die krijgt"),
            (
                "There are {count} other creditors, who get",
                "Er zijn {count} andere schuldeisers. Zij krijgen",
            ),
        ),
        paid=found.paid,
        basis=basis,
        amount=found.amount,
    )


def proposed(
    option: PlanOption, room: Range, fair: FairShare | None, decides: Reason | None = None
) -> tuple[bool | Unknown, tuple[Reason, ...]]:
    """Say whether a proposal fits, and why.

    Args:
        option: the proposal, tested.
        room: what can be repaid.
        fair: the asking creditor's share; None when nobody else collects.
        decides: the question that decides whether it stays within the room; None when that is known.
    """
    against: list[Reason] = []
    if option.amount > room.mid and decides is None:
        against.append(
            reason(
                "proposal.above_room",
                "{amount} a month is more than the usual room of {room}.",
                "{amount} per maand is meer dan de gewone ruimte van {room}.",
                amount=option.amount,
                room=room.mid,
            )
        )
    if option.chance_holds * 100 < SURE:
        against.append(
            reason(
                "proposal.not_sure",
                "{amount} a month holds in {chance} of the futures.",
                "{amount} per maand lukt in {chance} van de gevallen.",
                amount=option.amount,
                chance=option.chance_holds,
            )
        )
    notes: list[Reason] = []
    if fair is not None and ZERO < fair.amount < option.amount:
        notes.append(
            reason(
                "proposal.above_fair_share",
                "{amount} a month is more than the asking creditor's fair share of {share}.",
                "{amount} per maand is meer dan het eerlijke deel van {share} voor deze schuldeiser.",
                amount=option.amount,
                share=fair.amount,
            )
        )
    if not against and decides is not None:
        because = "Whether it fits hangs on what is not known yet of the household."
        asked = reason(
            "proposal.household_decides",
            "Whether {amount} a month fits hangs on what is not known yet of the household. This question "
            "comes first. {question}",
            "Of {amount} per maand past, hangt af van wat nog niet bekend is over het huishouden. Deze vraag "
            "komt eerst. {question}",
            amount=option.amount,
            question=(decides.says, decides.says_nl),
        )
        return Unknown("proposal.household_decides", because, decides.says), (asked, *notes)
    if not against:
        notes.insert(
            0,
            reason(
                "proposal.fits",
                "{amount} a month stays within the usual room and holds in {chance} of the futures.",
                "{amount} per maand past in de gewone ruimte en lukt in {chance} van de gevallen.",
                amount=option.amount,
                chance=option.chance_holds,
            ),
        )
    return not against, (*against, *notes)
