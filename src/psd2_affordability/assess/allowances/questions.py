"""What to ask about an allowance, and how many euros a month hang on each answer."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from psd2_affordability.assess.allowances.about import About, about
from psd2_affordability.assess.allowances.doubts_says import ASK_CHANGED, ASK_OWN_HOME, ASK_SET_OFF
from psd2_affordability.assess.allowances.look import Doubt, Look
from psd2_affordability.assess.allowances.means import childcare_paid, ended_beside
from psd2_affordability.assess.allowances.schemes import (
    CARE,
    CHILD_BENEFIT,
    CHILD_BUDGET,
    CHILDCARE,
    RENT,
    Scheme,
)
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.results import AllowanceQuestion, AllowanceVerdict
from psd2_affordability.assess.told_income import income_told
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

_TYPE = reason(
    "ask.household_type",
    "Who lives in the household: a partner, children?",
    "Wie wonen er in huis: een partner, kinderen?",
)
_CHILDREN = reason(
    "ask.children",
    "How many children under 18 live in the household, and when were they born?",
    "Hoeveel kinderen onder de 18 wonen er in huis en wanneer zijn ze geboren?",
)
_INCOME = reason(
    "ask.assessment_income",
    "What is the taxable income of this whole year? It stands on an annual statement or a payslip.",
    "Wat is het belastbaar inkomen van dit hele jaar? Dit staat op een jaaropgave of loonstrook.",
)
_INCOMES = reason(
    "ask.assessment_incomes",
    "What is the taxable income of this whole year of both partners together?",
    "Wat is het belastbaar inkomen van dit hele jaar van beide partners samen?",
)
_BUSINESS = reason(
    "ask.profit",
    "What profit does the business make this year, before tax? Turnover is no income.",
    "Hoeveel winst maakt het bedrijf dit jaar, voor belasting? Omzet is geen inkomen.",
)
_BARE_RENT = reason(
    "ask.bare_rent",
    "What is the bare rent a month, without service costs? It stands on the letter about the rent.",
    "Wat is de kale huur per maand, zonder servicekosten? Dit staat in de brief over de huur.",
)
_OTHERS = reason(
    "ask.others_in_home",
    "Does anybody else live in the home? Their income and assets count too.",
    "Wonen er nog andere mensen in de woning? Hun inkomen en vermogen tellen ook mee.",
)
_INSURED = reason(
    "ask.insured",
    "No health insurance premium is seen. Is there a Dutch health insurance, and who pays it?",
    "Er is geen zorgpremie te zien. Is er een Nederlandse zorgverzekering en wie betaalt die?",
)
_ASSETS = reason(
    "ask.assets",
    "Were the savings and other assets on 1 January below the limit for this allowance?",
    "Was het spaargeld en ander vermogen op 1 januari lager dan de grens voor deze toeslag?",
)
#: The article whose step names the most assets that leave an allowance alone.
ASSET_TEST = "7 lid 3 Awir"
_PAID_FOR = reason(
    "ask.paid_for",
    "For which allowances is the payment without a kind, and how much is each?",
    "Voor welke toeslagen is de betaling zonder soort en hoeveel is elk bedrag?",
)
_CARE_HOURS = reason(
    "ask.childcare",
    "How many hours of childcare a month are paid, and do both parents work or study?",
    "Hoeveel uur kinderopvang per maand wordt betaald? Werken of studeren beide ouders?",
)
_APPLIED = About(
    "ask.applied",
    "Was the {name} applied for, and is it paid to somebody else, such as a landlord, insurer or "
    "administrator?",
    "Is {name} aangevraagd? Gaat het geld naar iemand anders, zoals de verhuurder of de bewindvoerder?",
)
_OF_PARTNER = About(
    "ask.partner_account",
    "Does the {name} arrive on an account of the partner?",
    "Komt {name} binnen op een rekening van de partner?",
)
_TWO_HOMES = reason(
    "ask.child_elsewhere",
    "Does the other parent receive the {name}?",
    "Krijgt de andere ouder de {name}?",
    name=CHILD_BENEFIT.name,
)
_ENDED_INCOME = reason(
    "ask.ended_income",
    "An income stopped this year while another goes on. Was it of a partner who has left or died?",
    "Dit jaar stopte een inkomen, terwijl een ander inkomen doorgaat. Was het van een partner die weg is of "
    "is overleden?",
)

#: A question, and how many euros a month hang on its answer.
_Asked = tuple[Reason, Money | Unknown]


def questions_for(
    facts: Facts,
    household: Household,
    look: Look,
    verdict: AllowanceVerdict,
    *,
    doubts: Sequence[Doubt],
    elsewhere: bool,
) -> tuple[AllowanceQuestion, ...]:
    """Return what to ask, what is in doubt first; then the most euros, equal ones as a counsellor would."""
    if verdict == "none":
        return ()
    nothing_arrives = look.received.nothing and look.possible
    asked = [
        *(_of_doubts(look, doubts) if doubts else ()),
        *_of_verdict(look, household, verdict, elsewhere=elsewhere and nothing_arrives),
        *_of_law(facts, household, look),
    ]
    if nothing_arrives:
        asked += _of_conditions(facts, look)
    if not asked:
        return ()
    once: dict[str, _Asked] = {}
    for each in asked:
        once.setdefault(each[0].code, each)
    return tuple([AllowanceQuestion(*each) for each in sorted(once.values(), key=_euros, reverse=True)])


def _euros(asked: _Asked) -> int:
    return 0 if isinstance(asked[1], Unknown) else asked[1].cents


def _of_doubts(look: Look, doubts: Sequence[Doubt]) -> Iterator[_Asked]:
    for doubt in doubts:
        for question in doubt.asks:
            yield question, _all(look)
    if any(doubt.kind == "payee" for doubt in doubts):
        yield about(look.scheme, _APPLIED), _most(look)


def _all(look: Look) -> Money | Unknown:
    """What hangs on a doubt: all that may be due, or what arrives."""
    received, most = look.received.monthly, _most(look)
    if isinstance(received, Unknown):
        return most
    return received if isinstance(most, Unknown) else max(most, received)


def _most(look: Look) -> Money | Unknown:
    return look.due if isinstance(look.due, Unknown) else look.due.high


def _width(look: Look) -> Money | Unknown:
    due = look.due
    if isinstance(due, Unknown):
        return due
    return due.high - due.low if due.low.cents else due.high


def _of_verdict(
    look: Look, household: Household, verdict: AllowanceVerdict, *, elsewhere: bool
) -> Iterator[_Asked]:
    due, received = look.due, look.received.monthly
    if look.together in {"unclear", "too_much"}:
        yield _PAID_FOR, look.joint
    if elsewhere:
        yield about(look.scheme, _OF_PARTNER), _most(look)
    if verdict == "unclaimed":
        yield about(look.scheme, _APPLIED), _most(look)
        if look.scheme is CHILD_BENEFIT and not _has_partner(household):
            yield _TWO_HOMES, _most(look)
    elif isinstance(due, Interval) and isinstance(received, Money):
        if verdict == "too_low":
            yield about(look.scheme, ASK_SET_OFF), due.high - received
        elif verdict == "too_high":
            yield ASK_CHANGED, received - due.low
        elif verdict == "unknown" and look.scheme is CHILD_BENEFIT and received > due.high:
            yield _CHILDREN, received


def _of_law(facts: Facts, household: Household, look: Look) -> Iterator[_Asked]:
    """Ask for what the law does not know: that is why its bounds lie apart."""
    width, scheme = _width(look), look.scheme
    if isinstance(width, Money) and not width.cents:
        return
    if household.type is None:
        yield _TYPE, width
    births_missing = not household.children and (household.type is None or household.type.has_children)
    if births_missing and (scheme.for_children or (scheme is RENT and household.type is not None)):
        yield _CHILDREN, width
    if scheme is CHILDCARE:
        yield _CARE_HOURS, childcare_paid(facts) or width
    elif scheme.by_income and not income_told(household):
        yield (_INCOMES if _has_partner(household) else _INCOME), width
        if not _has_partner(household) and facts.once(ended_beside):
            yield _ENDED_INCOME, width
        if not facts.kinds.relied_on & facts.by_month.keys() and "inkomen.zzp" in facts.by_month:
            yield _BUSINESS, width
    if scheme is RENT:
        if household.housing.rent_month is None:
            yield _BARE_RENT, width
        if household.housing.kind != "rent" and household.housing.own_home is None:
            yield ASK_OWN_HOME, width


def _of_conditions(facts: Facts, look: Look) -> Iterator[_Asked]:
    """Ask after the conditions that bookings cannot show; who receives it was asked when applying."""
    most, scheme = _most(look), look.scheme
    if scheme is CARE and not premium_seen(facts):
        yield _INSURED, most
    if scheme is RENT:
        yield _OTHERS, most
    if scheme in (CARE, RENT, CHILD_BUDGET):
        yield ask_assets(look), most


def ask_assets(look: Look) -> Reason:
    """Ask after the assets, with the limit where the law names it."""
    for step in look.law.steps:
        if step.article == ASSET_TEST:
            return _ASSETS if step.amount is None else _assets_up_to(step.amount, look.scheme)
    return _ASSETS


@lru_cache(maxsize=64)
def _assets_up_to(limit: Money, scheme: Scheme) -> Reason:
    return reason(
        "ask.assets",
        "Were the savings and other assets on 1 January at most {limit}? With more there is no {name}.",
        "Was het spaargeld en ander vermogen op 1 januari hoogstens {limit}? Met meer is er geen {name}.",
        article=ASSET_TEST,
        limit=limit,
        name=scheme.name,
    )


def premium_seen(facts: Facts) -> bool:
    """Whether a health insurance premium is paid from these accounts."""
    return "zorg.premie" in facts.spans


def _has_partner(household: Household) -> bool:
    return household.type is not None and household.type.has_partner
