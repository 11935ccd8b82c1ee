"""Answers one question of law: the `law` command, and the worked examples of the rule files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.dates import iso_day
from psd2_affordability.core.errors import UnknownName, UsageError
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.nl import Netherlands, norm_answers
from psd2_affordability.jurisdictions.nl.allowance import Means
from psd2_affordability.jurisdictions.nl.bank_seizure import Seized
from psd2_affordability.jurisdictions.nl.beslagvrije_voet import Situation
from psd2_affordability.jurisdictions.nl.norm_answers import Asked
from psd2_affordability.jurisdictions.nl.parameters import Parameters
from psd2_affordability.jurisdictions.nl.supplied_norms import Own
from psd2_affordability.rulebook.lookup import Rulebook
from psd2_affordability.service.typed import typed_euros


@dataclass(frozen=True, slots=True)
class LawInputs:
    """What the user gives with a question; what is absent widens the answer.

    Attributes:
        household: from a household file or from flags.
        net_income_month: of the debtor, holiday pay included.
        partner_net_income_month: the partner's own income when it is not seized.
        housing_costs_month: woonkosten, when the increase for high ones is asked for.
        other_net_income_month: the debtor's own other income that is not seized.
        company_car_tax_month: wage tax on the private use of a car.
        benefit_norm_month: the own norm of a benefit that is seized.
        institution_price_month: what a stay in an institution costs.
        balance: at the bank, to see what a seizure there would reach.
        title_served: whether the title has been served already.
        used_this_month: what a seizure at the same bank has left already this month.
        joint: whether the account has another holder as well.
        legal_person: whether a company, association or foundation holds the account.
        information_asked: whether the bailiff asks first which bank it is.
        aow: whether AOW age is reached; None to take it from the birth dates.
        sharers: adults who share the costs of the home, the person and a partner counted.
        claim: the principal.
        act: of the bailiff.
        further_claims: principals of the creditor's other claims on the same debtor.
        reminded_on: the day of the reminder that names the collection costs.
        business: the debtor acts in a profession or business.
        instalments: the claims are instalments of one contract.
        debt: owed to all creditors together.
        no_capacity_foreseen: nothing can be paid for the whole term of a settlement.
        own: what is the household's own in the vtlb.
        parameters: the amounts of a norm that the user supplies.
        assessment_income_year: of both partners together, for an allowance.
        assets: on 1 January of the year, of both partners together.
        partner_uninsured: whether a partner is not insured for care.
        persons: people in the home, children counted; None to take it from the household.
    """

    household: Household = field(default_factory=Household)
    net_income_month: Money | None = None
    partner_net_income_month: Money | None = None
    housing_costs_month: Money | None = None
    other_net_income_month: Money | None = None
    company_car_tax_month: Money | None = None
    benefit_norm_month: Money | None = None
    institution_price_month: Money | None = None
    balance: Money | None = None
    title_served: bool = False
    used_this_month: Money | None = None
    joint: bool = False
    legal_person: bool = False
    information_asked: bool = False
    aow: bool | None = False
    sharers: int = 1
    claim: Money | None = None
    act: str = ""
    further_claims: tuple[Money, ...] = ()
    reminded_on: date | None = None
    business: bool = False
    instalments: bool = False
    debt: Money | None = None
    no_capacity_foreseen: bool = False
    own: Own = field(default_factory=Own)
    parameters: Parameters | None = None
    assessment_income_year: Money | None = None
    assets: Money | None = None
    partner_uninsured: bool = False
    persons: int | None = None


def answer_law(book: Rulebook, question: str, on: date, inputs: LawInputs) -> LegalAnswer:
    """Answer a question of Dutch law on a day.

    Raises:
        UnknownName: no such question, or no such act of a bailiff.
        UsageError: the question needs an input that is not given.
    """
    if question not in _ANSWERS:
        raise UnknownName.among("question of law", question, list(QUESTIONS))
    return _ANSWERS[question](Netherlands(book), on, inputs)


def with_household_flags(
    household: Household,
    *,
    kind: HouseholdType | None = None,
    taxable_income_year: Money | None = None,
    no_registered_address: bool = False,
    rent_month: Money | None = None,
    children: tuple[date, ...] = (),
    housing: str = "",
) -> Household:
    """Put what was said on the command line over what the household file says.

    The taxable income a year is that of both partners together; it is written to the first adult.
    """
    kind = kind or household.type
    changed = replace(household, type=kind)
    if taxable_income_year is not None:
        births = [person.birth_date for person in household.persons]
        adults = 2 if kind is not None and kind.has_partner else max(len(births), 1)
        births += [None] * (adults - len(births))
        changed = replace(
            changed,
            persons=tuple(
                Person(born, taxable_income_year if n == 0 else ZERO) for n, born in enumerate(births)
            ),
        )
    if no_registered_address:
        changed = replace(changed, housing=replace(changed.housing, registered_address=False))
    if rent_month is not None:
        changed = replace(changed, housing=replace(changed.housing, kind="rent", rent_month=rent_month))
    if housing:
        changed = replace(changed, housing=replace(changed.housing, kind=housing))
    if children:
        changed = replace(changed, children=children)
    return changed


def with_payslip(household: Household, taxable_income_month: Money | None) -> Household:
    """Add the taxable income on the debtor's payslip; what is known of a partner stays.

    Raises:
        UsageError: that of the year is known, and answers exactly.
    """
    if taxable_income_month is None:
        return household
    debtor, *others = household.persons or (Person(),)
    if debtor.taxable_income_year is not None:
        raise UsageError(
            "the taxable income of the year is given too, and answers exactly",
            where="--taxable-income-month",
            do="Give one of the two",
        )
    return replace(household, persons=(replace(debtor, taxable_income_month=taxable_income_month), *others))


def corrections_of(written: list[str]) -> tuple[tuple[str, Money], ...]:
    """Read corrections of the vtlb, each written as name=amount.

    Raises:
        UsageError: not written so, or below zero.

    >>> corrections_of(["travel=45,50"])
    (('travel', Money(cents=4550)),)
    """
    corrections = []
    for text in written:
        name, _, amount = text.partition("=")
        value = typed_euros(amount, "correction")
        if value is None:
            raise UsageError(
                f"'{text}' is not written as name=amount", where="correction", do="Such as travel=45.50"
            )
        corrections.append((name.replace("-", "_"), value))
    return tuple(corrections)


def inputs_from(given: Mapping[str, str | bool | int | Decimal]) -> LawInputs:
    """Read the inputs of a worked example: the names of the flags, with `_` for `-`.

    Raises:
        UnknownName: an input that no question has.
    """
    known = {*MONEY_INPUTS, *HOUSEHOLD_AMOUNTS, *OTHER_INPUTS}
    for name in given:
        if name not in known:
            raise UnknownName.among("input", name, list(known))
    amounts = (*MONEY_INPUTS, *HOUSEHOLD_AMOUNTS)
    money = {name: Money.euros(Decimal(str(given[name]))) for name in amounts if name in given}
    children = str(given.get("child", "")).replace(",", " ").split()
    claims = tuple(map(Money.euros, str(given.get("claim", "")).replace(",", " ").split()))
    household = with_household_flags(
        Household(),
        kind=HouseholdType(str(given["type"])) if "type" in given else None,
        taxable_income_year=money.get("taxable_income_year"),
        no_registered_address=given.get("no_registered_address") is True,
        rent_month=money.get("rent_month"),
        children=tuple(map(iso_day, children)),
        housing=str(given.get("housing", "")),
    )
    return LawInputs(
        household=with_payslip(household, money.get("taxable_income_month")),
        net_income_month=money.get("net_income_month"),
        partner_net_income_month=money.get("partner_net_income_month"),
        housing_costs_month=money.get("housing_costs_month"),
        other_net_income_month=money.get("other_net_income_month"),
        company_car_tax_month=money.get("company_car_tax_month"),
        benefit_norm_month=money.get("benefit_norm_month"),
        institution_price_month=money.get("institution_price_month"),
        balance=money.get("balance"),
        title_served=given.get("title_served") is True,
        used_this_month=money.get("used_this_month"),
        joint=given.get("joint") is True,
        legal_person=given.get("legal_person") is True,
        information_asked=given.get("information_asked") is True,
        aow=given.get("aow") is True,
        sharers=int(given.get("sharers", 1)),
        claim=claims[0] if claims else None,
        further_claims=claims[1:],
        reminded_on=iso_day(str(given["reminded_on"])) if "reminded_on" in given else None,
        business=given.get("business") is True,
        instalments=given.get("instalments") is True,
        debt=money.get("debt"),
        no_capacity_foreseen=given.get("no_capacity_foreseen") is True,
        own=Own(
            int(given["working_adults"]) if "working_adults" in given else None,
            corrections_of(str(given.get("correction", "")).replace(",", " ").split()),
        ),
        act=str(given.get("act", "")),
        assessment_income_year=money.get("assessment_income_year"),
        assets=money.get("assets"),
        partner_uninsured=given.get("partner_uninsured") is True,
        persons=int(given["persons"]) if "persons" in given else None,
    )


MONEY_INPUTS = (
    "net_income_month",
    "partner_net_income_month",
    "housing_costs_month",
    "other_net_income_month",
    "company_car_tax_month",
    "benefit_norm_month",
    "institution_price_month",
    "balance",
    "debt",
    "used_this_month",
    "assessment_income_year",
    "assets",
)


HOUSEHOLD_AMOUNTS = ("taxable_income_year", "taxable_income_month", "rent_month")

OTHER_INPUTS = (
    "housing",
    "correction",
    "working_adults",
    "no_capacity_foreseen",
    "claim",
    "reminded_on",
    "business",
    "instalments",
    "type",
    "no_registered_address",
    "persons",
    "child",
    "partner_uninsured",
    "title_served",
    "joint",
    "legal_person",
    "information_asked",
    "aow",
    "sharers",
    "act",
)


def _protected_income(law: Netherlands, on: date, inputs: LawInputs) -> LegalAnswer:
    net = inputs.net_income_month
    situation = Situation(
        net_income=Unknown("income.not_given", "the net income a month is not given")
        if net is None
        else Interval.exactly(net),
        partner_net_income=inputs.partner_net_income_month,
        housing_costs=inputs.housing_costs_month,
        other_income=inputs.other_net_income_month,
        company_car_tax=inputs.company_car_tax_month,
        benefit_norm=inputs.benefit_norm_month,
        institution_price=inputs.institution_price_month,
    )
    return law.beslagvrije_voet(inputs.household, situation, on)


def _bank_seizure(law: Netherlands, on: date, inputs: LawInputs) -> LegalAnswer:
    seized = Seized(
        balance=inputs.balance,
        used_this_month=inputs.used_this_month or ZERO,
        joint=inputs.joint,
        legal_person=inputs.legal_person,
        title_served=inputs.title_served,
        information_asked=inputs.information_asked,
    )
    return law.bank_seizure(inputs.household, seized, on)


def _means(inputs: LawInputs) -> Means:
    income = inputs.assessment_income_year
    return Means(
        Unknown("income.not_given", "the assessment income a year is not given")
        if income is None
        else Interval.exactly(income),
        assets=inputs.assets,
        partner_insured=not inputs.partner_uninsured,
    )


def _asked(inputs: LawInputs) -> Asked:
    return Asked(
        household=inputs.household,
        net_income=inputs.net_income_month,
        partner_net_income=inputs.partner_net_income_month,
        parameters=inputs.parameters,
        own=inputs.own,
        debt=inputs.debt,
        no_capacity_foreseen=inputs.no_capacity_foreseen,
    )


def _claim(inputs: LawInputs, question: str) -> Money:
    if inputs.claim is None:
        raise UsageError(f"{question} needs the claim", do="Give it with --claim 1234.50")
    return inputs.claim


def _bailiff_tariff(law: Netherlands, on: date, inputs: LawInputs) -> LegalAnswer:
    if not inputs.act:
        raise UsageError("bailiff-tariff needs an act", do="Give it with --act bank_seizure")
    return law.bailiff_tariff(inputs.act, on)


_ANSWERS: Mapping[str, Callable[[Netherlands, date, LawInputs], LegalAnswer]] = MappingProxyType(
    {
        "beslagvrije-voet": _protected_income,
        "bank-seizure": _bank_seizure,
        "seizure-costs": lambda law, on, given: law.seizure_costs(
            on, title_served=given.title_served, information_asked=given.information_asked
        ),
        "bijstandsnorm": lambda law, on, given: law.social_minimum(
            given.household, on, aow=given.aow, sharers=given.sharers
        ),
        "kwijtscheldingsnorm": lambda law, on, given: law.remission_norm(given.household, on, aow=given.aow),
        "zorgtoeslag": lambda law, on, given: law.zorgtoeslag(given.household, _means(given), on),
        "huurtoeslag": lambda law, on, given: law.huurtoeslag(
            given.household, _means(given), on, size=given.persons
        ),
        "kindgebonden-budget": lambda law, on, given: law.kindgebonden_budget(
            given.household, _means(given), on
        ),
        "kinderbijslag": lambda law, on, given: law.kinderbijslag(given.household, on),
        "kinderopvangtoeslag": lambda law, on, given: law.kinderopvangtoeslag(given.household, on),
        "collection-costs": lambda law, on, given: law.collection_costs(
            _claim(given, "collection-costs"),
            on,
            further=given.further_claims,
            reminded_on=given.reminded_on,
            business=given.business,
            instalments=given.instalments,
        ),
        "overheidsvordering": lambda law, on, given: law.tax_collection(
            _claim(given, "overheidsvordering"), on
        ),
        "bailiff-tariff": _bailiff_tariff,
        "vtlb": lambda law, on, given: norm_answers.vtlb(law, on, _asked(given)),
        "nvvk-plan": lambda law, on, given: norm_answers.nvvk_plan(law, on, _asked(given)),
        "leennorm": lambda _, on, given: norm_answers.leennorm(on, _asked(given)),
        "nibud-budget": lambda _, on, given: norm_answers.nibud_budget(on, _asked(given)),
    }
)
QUESTIONS = tuple(_ANSWERS)
