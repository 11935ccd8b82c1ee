"""The sentences that go with the plans: what the chances mean, and what they leave out."""

from collections.abc import Iterator

from psd2_affordability.assess.fair_share import FairShare
from psd2_affordability.assess.plans import SURE, Payments, holds_as_now, may_hold
from psd2_affordability.assess.results import PlanOption
from psd2_affordability.assess.wording import counted, reason, whole_months
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

_CHANCE = reason(
    "plan.chance",
    "The chance is the share of simulated years in which the account bears the plan, with incomes and "
    "spending as they were. A lost job, illness or another shock is not in it.",
    "De kans komt uit een berekening van het komende jaar, dag voor dag, met inkomen en uitgaven zoals "
    "ze waren. Verlies van werk, ziekte of andere pech zit er niet in.",
)
_NO_BALANCE = reason(
    "plan.no_balance",
    "No balance is known, so the plan is tested on an account that starts the first month with "
    "nothing. Ask for the balance.",
    "Het saldo is niet bekend. De berekening begint daarom met een lege rekening. Vraag naar het saldo.",
)
#: What will be different from the past months.
WHAT_CHANGES = reason(
    "ask.what_changes",
    "What will change soon: an income, an allowance, or a cost that can stop?",
    "Wat verandert er binnenkort: een inkomen, een toeslag of kosten die kunnen stoppen?",
)


def about(payments: Payments, options: tuple[PlanOption, ...]) -> Iterator[Reason]:
    """Say what the chances rest on, the heaviest doubt first."""
    first = options[0]
    if first.kind != "sure":
        english, dutch = _NOT_SURE if holds_as_now(first) else _UNLIKELY
        yield reason(
            "plan.none_is_sure",
            english,
            dutch,
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
    yield _CHANCE
    if not payments.paths.knows_balance:
        yield _NO_BALANCE
    if payments.paths.floor < 0:
        yield reason(
            "plan.lives_below_zero",
            "The account goes down to {floor} in a usual month already; a plan holds here when it goes no "
            "lower.",
            "De rekening gaat in een gewone maand al tot {floor}. Een regeling lukt hier als het saldo niet "
            "lager wordt.",
            floor=Money(payments.paths.floor),
        )


_NOT_SURE = (
    "As money is spent now no plan is sure: {amount} a month holds in {chance} of the futures.",
    "Met de uitgaven van nu is geen regeling zeker: {amount} per maand lukt in {chance} van de gevallen.",
)
_UNLIKELY = (
    "As money is spent now a plan will likely fail: {amount} a month holds in {chance} of the futures.",
    "Met de uitgaven van nu mislukt een regeling vaak: {amount} per maand lukt in {chance} van de gevallen.",
)
_TODAY, _EMPTY = ("today's balance", "het saldo van nu"), ("an empty account", "een lege rekening")


def none_holds(tested: PlanOption, short: Money, *, knows_balance: bool) -> Reason:
    """Say that no plan holds as things are, how much is missing, and where that is seen.

    What is missing comes from the account run ahead day by day, not from the sums of a usual month: it can
    be far more than what such a month leaves.
    """
    return reason(
        "plan.none_holds",
        "No plan holds as things are. Even without half of what can wait, {amount} a month holds in only "
        "{chance} of the futures. That comes from the account run ahead day by day, with {start}, the bills "
        "ahead and the months that cost more. Where it is tightest, about {short} a month more is needed, "
        "from more income or lower costs.",
        "Zoals het nu gaat, lukt geen enkele regeling. Ook zonder de helft van wat kan wachten, lukt "
        "{amount} per maand maar in {chance} van de gevallen. De rekening is dag voor "
        "dag vooruit berekend, met {start}, de komende rekeningen en de dure maanden. In de krapste tijd is "
        "er ongeveer {short} per maand meer nodig. Dat kan met meer inkomen of lagere kosten.",
        amount=tested.amount,
        chance=tested.chance_if_careful,
        start=_TODAY if knows_balance else _EMPTY,
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


def share(found: FairShare, *, wage_seized: bool = False) -> Reason:
    """Say what the asking creditor's fair share is.

    Args:
        found: the share.
        wage_seized: whether others are also paid from the wage before it arrives.
    """
    basis = (
        ("by what is owed to each", "naar de hoogte van elke schuld")
        if found.by_debt
        else ("in equal parts", "in gelijke delen")
    )
    return reason(
        "room.fair_share",
        "{others} {paid} a month from this account now.{seized}"
        + (" {owed} a month is not paid now, and may still be owed." if found.owed else "")
        + " Shared {basis}, {amount} a month is the "
        "asking creditor's.",
        "{others} nu {paid} per maand van deze rekening.{seized}"
        + (" {owed} per maand wordt nu niet betaald, maar moet misschien nog wel." if found.owed else "")
        + " Verdeeld {basis} is {amount} per maand voor "
        "de schuldeiser die dit vraagt.",
        others=counted(
            found.others,
            ("There is 1 other creditor, who gets", "Er is 1 andere schuldeiser. Die krijgt"),
            (
                "There are {count} other creditors, who get",
                "Er zijn {count} andere schuldeisers. Zij krijgen",
            ),
        ),
        paid=found.paid,
        owed=found.owed,
        seized=_SEIZED if wage_seized else "",
        basis=basis,
        amount=found.amount,
    )


_SEIZED = (
    " What is seized from the wage or benefit does not pass through it.",
    " Wat door loonbeslag van het inkomen af gaat, is daar niet te zien.",
)


def proposed(
    option: PlanOption, room: Range, fair: FairShare | None, decides: Reason | None = None
) -> tuple[bool | Unknown, tuple[Reason, ...]]:
    """Say whether a proposal fits, and why: it is weighed by the same norm as the plans that are offered.

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
    if not may_hold(option):
        against.append(_holds_in(option))
    notes: list[Reason] = []
    if may_hold(option) and option.chance_holds * 100 < SURE:
        notes.append(_holds_in(option))
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
    if not against and not holds_as_now(option):
        asked = reason(
            "proposal.spending_decides",
            "Whether {amount} a month fits hangs on what will change. This question comes first. {question}",
            "Of {amount} per maand past, hangt af van wat er verandert. Deze vraag komt eerst. {question}",
            amount=option.amount,
            question=(WHAT_CHANGES.says, WHAT_CHANGES.says_nl),
        )
        because = "As money is spent now it holds in fewer than half of the futures."
        return Unknown("proposal.spending_decides", because, WHAT_CHANGES.says), (asked, *notes)
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


def _holds_in(option: PlanOption) -> Reason:
    return reason(
        "proposal.not_sure",
        "{amount} a month holds in {chance} of the futures.",
        "{amount} per maand lukt in {chance} van de gevallen.",
        amount=option.amount,
        chance=option.chance_holds,
    )
