"""What is said, and asked first, where an allowance is less sure than its amounts."""

from datetime import date

from psd2_affordability.assess.allowances.about import About
from psd2_affordability.assess.allowances.schemes import (
    CARE,
    CHILD_BENEFIT,
    CHILD_BUDGET,
    CHILDCARE,
    RENT,
    Scheme,
)
from psd2_affordability.assess.book import Row
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

#: Which country pays first when two have a family benefit.
_FIRST_TO_PAY = "68 Vo. (EG) 883/2004"

ASK_RENT_STOPPED = reason(
    "ask.rent_stopped",
    "Where does the person live now, and who pays the rent?",
    "Wat is nu het woonadres en wie betaalt de huur?",
)
ASK_CHILDCARE_STOPPED = reason(
    "ask.childcare_stopped",
    "Do the children still go to childcare, who pays it, and was a change reported?",
    "Gaan de kinderen nog naar de opvang en wie betaalt die? Is de wijziging doorgegeven?",
)
ASK_CHILDCARE_PAID = reason(
    "ask.childcare_paid",
    "Who else pays for childcare, and from which account?",
    "Wie betaalt nog meer voor de opvang en van welke rekening?",
)
NEVER_MORE_THAN_PAID = reason(
    "allowance.never_more_than_paid",
    "The {name} is never more than what childcare costs.",
    "De {name} is nooit hoger dan wat de opvang kost.",
    name=CHILDCARE.name,
)
ASK_OWN_HOME = reason(
    "ask.own_home",
    "Is it a home of one's own, with its own front door, kitchen and toilet?",
    "Is het een eigen woning, met een eigen voordeur, keuken en wc?",
)
NOT_OWN_HOME = reason(
    "allowance.not_own_home",
    "The rent that is paid may be for a room, a shelter or a holiday home. There is {name} only for a home "
    "of one's own.",
    "De huur lijkt van een kamer, een opvang of een vakantiehuis te zijn. Er is alleen {name} voor een eigen "
    "woning.",
    name=RENT.name,
)
RENT_TO_PERSON = reason(
    "allowance.rent_to_person",
    "The rent goes to a private person, so it may be for a room. There is {name} only for a home of one's "
    "own.",
    "De huur gaat naar een particulier. Misschien is het een kamer. Er is alleen {name} voor een eigen "
    "woning.",
    name=RENT.name,
)
ASK_LANDLORD = reason(
    "ask.paid_to_landlord",
    "Does the rent allowance (huurtoeslag) go to the landlord, or does somebody else pay part of the rent?",
    "Gaat de huurtoeslag naar de verhuurder? Of betaalt iemand anders een deel van de huur?",
)
ASK_INSURER = reason(
    "ask.paid_to_insurer",
    "Does the healthcare allowance (zorgtoeslag) go to the insurer, or is part of the premium paid from "
    "another account?",
    "Gaat de zorgtoeslag naar de zorgverzekeraar? Of gaat een deel van de premie van een andere rekening?",
)
ASK_CO_PARENT = reason(
    "ask.co_parent",
    "Do the children live with the other parent in turn, and which parent receives the child benefit "
    "(kinderbijslag) and the child budget (kindgebonden budget)?",
    "Wonen de kinderen om de beurt bij de andere ouder? Welke ouder krijgt de kinderbijslag en wie het "
    "kindgebonden budget?",
)
ASK_ABROAD = reason(
    "ask.benefit_abroad",
    "In which country does each parent work, and does the SVB pay a supplement?",
    "In welk land werkt elke ouder? En betaalt de SVB een aanvulling?",
)
ASK_CHANGED = reason(
    "ask.changed",
    "Has the income, the rent or the household changed this year, and was that reported?",
    "Is dit jaar het inkomen, de huur of het huishouden veranderd? Is dat doorgegeven?",
)
ASK_YEAR_TOLD = reason(
    "ask.year_of_income",
    "Of which year is the taxable income that was told, and what will it be this year?",
    "Van welk jaar is het belastbaar inkomen dat is opgegeven? En hoeveel wordt het dit jaar?",
)
ASK_SET_OFF = About(
    "ask.set_off",
    "Is an old debt being set off against the {name}?",
    "Wordt een oude schuld verrekend met {name}?",
)
ASK_MANAGER = About(
    "ask.paid_to_manager",
    "Does the {name} go to the administrator or budget manager?",
    "Gaat {name} naar de bewindvoerder of budgetbeheerder?",
)
HIGHER_THAN_TOLD = About(
    "allowance.income_higher_than_told",
    "More arrives in a year than the taxable income that was told; the {name} may be lower. Ask which year "
    "that income is of.",
    "Er komt in een jaar meer binnen dan het belastbaar inkomen dat is opgegeven. Het bedrag van {name} kan "
    "lager zijn. Vraag van welk jaar dat inkomen is.",
)
PERHAPS_SET_OFF = About(
    "allowance.perhaps_set_off",
    "An allowance was paid back in the last year, so a debt may be set off against the {name}.",
    "In het laatste jaar is een toeslag terugbetaald. Misschien wordt {name} verrekend met een schuld.",
)
SAID_SET_OFF = About(
    "allowance.set_off",
    "With the {name} it says that something is set off: a debt may be taken from it before it arrives.",
    "Bij {name} staat dat er iets is verrekend. Misschien gaat er een schuld van af.",
)
#: More than the limit stood on the accounts on the day that counts.
HAD_TOO_MUCH = About(
    "allowance.assets_above_limit",
    "On {day} {sum} stood on these accounts, above the limit of {limit}. Then there is no {name}.",
    "Op {day} stond er {sum} op deze rekeningen. Dat is meer dan de grens van {limit}. Dan is er geen "
    "{name}.",
)
#: More than the limit is there now, and another day counts.
HAS_MUCH = About(
    "allowance.assets_now",
    "{sum} stands on these accounts or went to savings. With more than {limit} on {day} there is no {name}.",
    "Er staat {sum} op deze rekeningen, of het ging naar een spaarrekening. Met meer dan {limit} op {day} is "
    "er geen {name}.",
)
#: The right ends when as much is still there on the next day that counts.
ENDS_WITH_THE_YEAR = About(
    "allowance.assets_next_year",
    "{sum} stands on these accounts now. If it is still more than {limit} on {day}, the {name} stops: report "
    "that.",
    "Er staat nu {sum} op deze rekeningen. Is dat op {day} nog meer dan {limit}, dan stopt {name}. Geef dat "
    "door.",
)


def rent_stopped(newest: Row, arrives: Money, year: Money) -> Reason:
    """Say that rent is paid no more while its allowance goes on."""
    return reason(
        "allowance.rent_stopped",
        "Rent was last paid on {day}, but {arrives} a month of {name} goes on. After a move {year} a year "
        "can be asked back: report that at once. If the rent is only late, the right goes on. It still "
        "counts as income here.",
        "De huur is voor het laatst betaald op {day}, maar er komt nog {arrives} per maand aan {name} "
        "binnen. Bij een verhuizing kan {year} per jaar worden teruggevraagd: geef die meteen door. Is de "
        "huur alleen te laat, dan blijft het recht. Het geld telt hier nog mee als inkomen.",
        transactions=(newest.tx,),
        day=day_of(newest.day),
        arrives=arrives,
        year=year,
        name=RENT.name,
    )


def no_rent_lately(newest: Row) -> Reason:
    """Say that rent is paid no more, so that there may be nothing to apply for."""
    return reason(
        "allowance.no_rent_lately",
        "Rent was last paid on {day}. There is {name} only for a home that is still rented.",
        "De huur is voor het laatst betaald op {day}. Alleen wie nog huurt, heeft recht op {name}.",
        transactions=(newest.tx,),
        day=day_of(newest.day),
        name=RENT.name,
    )


def childcare_stopped(newest: Row, arrives: Money, since: Money) -> Reason:
    """Say that childcare is paid no more while its allowance goes on."""
    return reason(
        "allowance.childcare_stopped",
        "Childcare was last paid on {day}, but {arrives} a month of {name} goes on. For the months since, "
        "{since} may be asked back already, and {arrives} more with each month. Report it now. It still "
        "counts as income here.",
        "De opvang is voor het laatst betaald op {day}, maar er komt nog {arrives} per maand aan {name} "
        "binnen. Over de maanden daarna kan al {since} worden teruggevraagd, en elke maand {arrives} meer. "
        "Geef het nu door. Het geld telt hier nog mee als inkomen.",
        transactions=(newest.tx,),
        day=day_of(newest.day),
        arrives=arrives,
        since=since,
        name=CHILDCARE.name,
    )


def more_than_paid(arrives: Money, paid: Money, year: Money) -> Reason:
    """Say that less is paid for childcare than its allowance, and what is too much in a year."""
    return reason(
        "allowance.more_than_paid",
        "{arrives} a month of {name} arrives, but only {paid} a month is paid for childcare here. If nobody "
        "else pays for it, {year} a year can be asked back: report that at once.",
        "Er komt {arrives} per maand aan {name} binnen, maar hier gaat maar {paid} per maand naar de opvang. "
        "Betaalt niemand anders mee? Dan kan {year} per jaar worden teruggevraagd. Geef het dan meteen door.",
        arrives=arrives,
        paid=paid,
        year=year,
        name=CHILDCARE.name,
    )


def paid_abroad(scheme: Scheme, newest: Row) -> Reason:
    """Say that another country pays child benefit, and what that means for the one here."""
    return reason(
        "allowance.paid_abroad",
        "Child benefit of another country arrives, {sum} on {day}. When that country pays first, the "
        "Netherlands pays only what is missing: the {name} may be less, or nothing.",
        "Er komt kinderbijslag uit een ander land binnen: {sum} op {day}. Gaat dat land voor, dan vult "
        "Nederland het bedrag alleen aan. Dan is er minder {name}, of niets.",
        article=_FIRST_TO_PAY,
        transactions=(newest.tx,),
        sum=Money(newest.cents),
        day=day_of(newest.day),
        name=scheme.name,
    )


def lower_rent(booked: Money, told: Money) -> Reason:
    """Say that much less rent is booked than was told."""
    return reason(
        "allowance.perhaps_to_landlord",
        "{booked} a month of rent is booked, but {told} was told. The {name} may go to the landlord.",
        "Er gaat {booked} per maand aan huur af, maar er is {told} opgegeven. Misschien gaat de {name} naar "
        "de verhuurder.",
        booked=booked,
        told=told,
        name=RENT.name,
    )


def lower_premium(booked: Money) -> Reason:
    """Say that the premium is lower than the allowance for it."""
    return reason(
        "allowance.perhaps_to_insurer",
        "The health insurance premium is {booked} a month, less than the {name} itself. It may go to the "
        "insurer.",
        "De zorgpremie is {booked} per maand. Dat is minder dan de {name} zelf. Misschien gaat die naar de "
        "zorgverzekeraar.",
        booked=booked,
        name=CARE.name,
    )


def perhaps_to_manager(scheme: Scheme, names: str) -> Reason:
    """Say that it may go to who manages the money."""
    return reason(
        "allowance.perhaps_to_manager",
        "Money goes through an administrator or budget manager, {names}. The {name} may go there too.",
        "Het geld loopt via een bewindvoerder of budgetbeheerder: {names}. Misschien gaat {name} daar ook "
        "heen.",
        names=names,
        name=scheme.name,
    )


HALF_ARRIVES = reason(
    "allowance.half_arrives",
    "About half of the {name} arrives. With two homes each parent may get half, and then nothing is missing.",
    "Er komt ongeveer de helft van de {name} binnen. Bij twee huizen krijgt elke ouder soms de helft. Dan "
    "klopt het.",
    name=CHILD_BENEFIT.name,
)
OTHER_PARENT = reason(
    "allowance.other_parent",
    "About half of the child benefit (kinderbijslag) arrives. Only one of two parents gets the {name}: ask "
    "first, for a second claim has to be paid back.",
    "Er komt ongeveer de helft van de kinderbijslag binnen. Maar één van de ouders krijgt {name}. Vraag dat "
    "eerst. Wie het ten onrechte krijgt, moet het terugbetalen.",
    name=CHILD_BUDGET.name,
)


def of_assets(words: About, scheme: Scheme, article: str, held: int, limit: Money, day: date) -> Reason:
    """Say how the cents on the accounts stand to the limit that counts on a day."""
    return reason(
        words.code,
        words.english,
        words.dutch,
        article=article,
        day=day,
        sum=Money(held),
        limit=limit,
        name=scheme.name,
    )
