"""The sentences and questions that go with the room for repaying."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Literal

from psd2_affordability.assess import floor_says, unpaid_says
from psd2_affordability.assess.allowances import ruled_out
from psd2_affordability.assess.evidence import bookings
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.floor_says import newest_of
from psd2_affordability.assess.floors import Floors
from psd2_affordability.assess.guessed import ask_guessed
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.kinds import ALLOWANCE_UNKNOWN, CARE_ALLOWANCE, RENT, RENT_ALLOWANCE, TURNOVER
from psd2_affordability.assess.ports import NationalRules
from psd2_affordability.assess.results import DataQuality, Expenses, Income
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.unpaid import unpaid
from psd2_affordability.assess.wording import counted, reason, whole_months
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

#: How much of what can wait a usual month keeps; all when there is nothing that can wait.
Kept = Literal["half", "nothing", "all"]

_ASK_TYPE = reason(
    "ask.household_type",
    "Who lives in the household: a partner, children?",
    "Wie wonen er in huis: een partner, kinderen?",
)
_ASK_TAXABLE = reason(
    "ask.taxable_income",
    "What is the taxable income a year, as on a payslip or annual statement?",
    "Wat is het belastbaar inkomen per jaar? Dit staat op een loonstrook of jaaropgave.",
)
_ASK_WORKING = reason(
    "ask.working_adults",
    "How many adults in the household work?",
    "Hoeveel volwassenen in huis werken?",
)
_ASK_PARTNER = reason(
    "ask.partner_income",
    "What is the taxable income of the partner, and which costs does the partner pay?",
    "Wat is het belastbaar inkomen van de partner? En welke kosten betaalt de partner?",
)
_ASK_INCOME = reason(
    "ask.income",
    "What comes in each month, from whom, and on which account?",
    "Wat komt er elke maand binnen, van wie, en op welke rekening?",
)
_ASK_TAX = reason(
    "ask.tax_to_pay",
    "Which VAT and income tax must still be paid, and which business costs?",
    "Welke btw en inkomstenbelasting moet nog worden betaald? En welke zakelijke kosten?",
)
_ASK_DEBT = reason(
    "ask.total_debt", "How large are all debts together?", "Hoe hoog zijn alle schulden samen?"
)
_ASK_CARE_ALLOWANCE = reason(
    "ask.care_allowance",
    "No healthcare allowance (zorgtoeslag) arrives, while the income is low. Was it applied for?",
    "Er komt geen zorgtoeslag binnen, terwijl het inkomen laag is. Is zorgtoeslag aangevraagd?",
)


def cannot_size(missing: Unknown) -> Reason:
    """Say which figure is missing."""
    return reason(
        f"room.{missing.code}",
        "The room cannot be told. {because}",
        "Hoeveel ruimte er is, is nog niet te zeggen. Er ontbreken gegevens. Stel eerst de vragen hieronder.",
        because=missing.because,
    )


def too_thin(quality: DataQuality) -> Reason:
    """Say that the data are too thin to offer a plan on."""
    return reason(
        "room.data_too_thin",
        "The data are too thin to offer a plan on: {months}, {unknown} of the money without a "
        "category. {unseen} of the life seems to take place elsewhere. The newest data are {days} old.",
        "Er zijn te weinig gegevens voor een betalingsregeling: {months}. Van {unknown} van het "
        "geld is niet bekend waarvoor het is. {unseen} van de uitgaven lijkt ergens anders te gebeuren. De "
        "nieuwste gegevens zijn {days} oud.",
        months=whole_months(quality.full_months),
        unknown=quality.unknown_share,
        unseen=quality.unseen_share,
        days=counted(quality.days_stale or 0, ("1 day", "1 dag"), ("{count} days", "{count} dagen")),
    )


def many_creditors(creditors: Mapping[str, Sequence[str]]) -> Reason:
    """Say that many parties collect at once."""
    return reason(
        "room.many_creditors",
        "{count} parties are collecting debts at the same time; one overview of all debts comes first.",
        "{count} partijen innen tegelijk een schuld. Eerst is een overzicht van alle schulden nodig. "
        "Schuldhulp kan daarbij helpen.",
        count=len(creditors),
        transactions=[key for keys in creditors.values() for key in keys],
    )


def takes_too_long(debt: Money, month: Money) -> Reason:
    """Say that the debt cannot be repaid in three years."""
    return reason(
        "room.takes_too_long",
        "A debt of {debt} takes more than {months} months at {month} a month; that is a problematic debt, "
        "and debt help can do more than a plan.",
        "Een schuld van {debt} duurt langer dan {months} maanden met {month} per maand. Dat is een "
        "problematische schuld. Schuldhulp kan meer doen dan een betalingsregeling.",
        debt=debt,
        months=NORMS.plan_months,
        month=month,
        article="art. 4a Wgs",
    )


def no_room(month: Money) -> Reason:
    """Say that nothing can be repaid now."""
    return reason(
        "room.none",
        "In a usual month {month} is left for repaying: too little for a plan. Pausing, and help with "
        "money, cost less than collecting.",
        "In een gewone maand blijft er {month} over om af te lossen. Dat is te weinig voor een "
        "betalingsregeling. Een pauze en hulp bij geldzaken kosten minder dan innen.",
        month=month,
    )


def partner_unseen() -> Reason:
    """Say that the answer hangs on a partner of whom nothing is known."""
    return reason(
        "room.partner_unseen",
        "With what can be seen no plan fits, but the income of the partner is not known. Ask for that first.",
        "Met wat nu te zien is, past er geen betalingsregeling. Maar het inkomen van de partner is niet "
        "bekend. Vraag daar eerst naar.",
    )


def household_decides(lowest: Money, most: Money, question: Reason) -> Reason:
    """Say that there may be room, and which answer decides."""
    return reason(
        "room.household_decides",
        "Whether there is room hangs on what is not known yet of the household: a usual month leaves from "
        "{low} to {most}. This question comes first. {question}",
        "Of er ruimte is, hangt af van wat nog niet bekend is over het huishouden. In een gewone maand is "
        "er {low} tot {most} ruimte. Deze vraag komt eerst. {question}",
        low=lowest,
        most=most,
        question=(question.says, question.says_nl),
    )


def grounds(
    left: Range,
    above_floor: Range,
    income: Income,
    expenses: Expenses,
    floors: Floors,
    kept: Kept,
    *,
    apart: int,
) -> Iterator[Reason]:
    """Say what the room is made of, the binding bound first; of the debts `apart` cents are told apart."""
    legal, value = floors.legal.value, floors.of_plan.value
    if isinstance(legal, Unknown) or isinstance(value, Unknown):
        return
    says_left = reason(
        "room.left_after_costs",
        *_left_or_short(left),
        low=abs(left.low),
        mid=abs(left.mid),
        kept=_KEPT[kept],
        transactions=partial(newest_of, expenses),
    )
    says_floor = floor_says.above(legal, value, floors, above_floor.mid, income)
    binds_first = left.mid.cents < above_floor.mid.cents
    yield from (says_left, says_floor) if binds_first else (says_floor, says_left)
    yield from floor_says.doubts(floors)
    yield from floor_says.interval(value, floors, min(left.high, above_floor.high))
    debts = expenses.debts
    if isinstance(debts, Money) and debts.cents > apart:
        yield reason(
            "room.other_debts",
            "{amount} a month already goes to credit and other debts; the room leaves that as it is.",
            "Er gaat al {amount} per maand naar leningen en andere schulden. Daar verandert deze "
            "ruimte niets aan.",
            amount=Money(debts.cents - apart),
            transactions=partial(newest_of, expenses, "schuld."),
        )
    yield from (one for one in income.reasons if one.code in _CARRIED)


def _left_or_short(left: Range) -> tuple[str, str]:
    """Say what is left after costs, or how much too little comes in for them."""
    if left.mid < ZERO:
        return (
            "{mid} too little comes in for the costs of a usual month, {low} for those of a lean one.{kept}",
            "Voor de kosten komt er in een gewone maand {mid} tekort, in een slechte maand {low}.{kept}",
        )
    if left.low < ZERO:
        return (
            "After costs {mid} is left in a usual month; in a lean one {low} too little comes in.{kept}",
            "Na de kosten blijft er in een gewone maand {mid} over. In een slechte is er {low} tekort.{kept}",
        )
    return (
        "After costs {mid} is left in a usual month, {low} in a lean one.{kept}",
        "Na de kosten blijft er in een gewone maand {mid} over, in een slechte maand {low}.{kept}",
    )


#: What of the costs a usual month leaves out; a lean month counts all of them.
_KEPT: dict[Kept, str | tuple[str, str]] = {
    "half": (
        " A usual month counts the costs that cannot wait and half of the rest, a lean month all.",
        " Een gewone maand telt wat niet kan wachten, en de helft van de rest. Een slechte maand telt alles.",
    ),
    "nothing": (
        " As an income stopped, a usual month counts only the costs that cannot wait, a lean month all.",
        " Een inkomen stopte. Een gewone maand telt alleen wat niet kan wachten, een slechte maand alles.",
    ),
    "all": "",
}


#: What was noticed about the income that a reader of the room must know.
_CARRIED = frozenset(
    {
        "income.ended",
        "income.late",
        "income.new",
        "income.new_beside",
        "income.fell",
        "income.guessed",
        "income.large_once",
        "income.lowered_by_advance",
        "income.not_understood",
        "income.other_currency",
        "income.joint",
        "income.wage_seizure",
        "income.set_off",
        "income.allowance_set_off",
        "income.administrator",
        "income.turnover",
        "income.turnover_untaxed",
        "income.vat_unpaid",
    }
)


_ASK_SET_OFF = reason(
    "ask.withheld",
    "How much is withheld from the wage, benefit or allowance each month, for whom, and until when?",
    "Hoeveel gaat er elke maand van het loon, de uitkering of de toeslag af? Voor wie, en tot wanneer?",
)


def questions(
    facts: Facts, quality: DataQuality, income: Income, rules: NationalRules, floors: Floors
) -> Iterator[Reason]:
    """Ask what would make the answer surer."""
    household = facts.case.household
    yield from floor_says.questions(floors)
    if household.type is None:
        yield _ASK_TYPE
    if all(person.taxable_income_year is None for person in household.persons):
        yield _ASK_TAXABLE
    if floors.of_plan is floors.plan and floors.of_plan.ask and household.working_adults is None:
        yield _ASK_WORKING
    if household.type is not None and household.type.has_partner and not partner_told(household):
        yield _ASK_PARTNER
    if isinstance(income.monthly, Unknown):
        yield _ASK_INCOME
    if facts.set_off or facts.allowance_set_off:
        yield _ASK_SET_OFF
    yield from ask_guessed(facts)
    if quality.missing_accounts:
        yield reason(
            "ask.missing_accounts",
            "Can the account {accounts} be shared too, or its balance be told?",
            "Kan de rekening {accounts} ook worden gedeeld? Of wat is het saldo daarvan?",
            accounts=", ".join(quality.missing_accounts),
        )
    yield from unpaid_says.questions(facts)
    yield from _allowances(facts, income, rules)
    if TURNOVER & facts.by_month.keys():
        yield _ASK_TAX
    if facts.case.total_debt is None and not household.debts:
        yield _ASK_DEBT


def partner_told(household: Household) -> bool:
    """Whether the income of both partners is told."""
    told = [
        one
        for one in household.persons
        if one.taxable_income_year is not None or one.taxable_income_month is not None
    ]
    return len(told) > 1


def _allowances(facts: Facts, income: Income, rules: NationalRules) -> Iterator[Reason]:
    """Ask after an allowance that does not arrive while the income is low."""
    counted = income.for_protection
    if isinstance(counted, Unknown) or not facts.months or _lately(facts, ALLOWANCE_UNKNOWN):
        return
    no_care = not _lately(facts, CARE_ALLOWANCE)
    paid = _lately(facts, RENT)
    rents = paid or any(one.category == RENT for one in facts.once(unpaid))
    no_rent = rents and not _lately(facts, RENT_ALLOWANCE)
    if not (no_care or no_rent):
        return
    minimum = rules.social_minimum(facts.case.household, facts.on).value
    if isinstance(minimum, Unknown) or counted.mid > minimum.high.times(NORMS.allowance_income):
        return
    none = ruled_out(facts, income, rules)
    if no_care and "zorgtoeslag" not in none:
        yield _ASK_CARE_ALLOWANCE
    if no_rent and "huurtoeslag" not in none:
        rent = ("Rent is paid", "Er wordt huur betaald") if paid else ("There is rent to pay", "Er is huur")
        yield reason(
            "ask.rent_allowance",
            "{rent} and no rent allowance (huurtoeslag) arrives. Was it applied for?",
            "{rent}, maar er komt geen huurtoeslag binnen. Is huurtoeslag aangevraagd?",
            rent=rent,
            transactions=bookings(facts, RENT, newest=1),
        )


def _lately(facts: Facts, category: str) -> bool:
    """Whether money of a kind came or went in the last two months."""
    newest = facts.newest(category) if category in facts.spans else None
    return newest is not None and facts.seen_to - newest <= 62
