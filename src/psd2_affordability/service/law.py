"""Answers one question of law: the `law` command, and the worked examples of the rule files."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from psd2_affordability import __version__
from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.core.answer import Interval, LegalAnswer, RuleUse, Step, Unknown
from psd2_affordability.core.errors import UnknownName, UsageError
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.nl import Netherlands
from psd2_affordability.rulebook.lookup import Rulebook

QUESTIONS = ("beslagvrije-voet", "bank-seizure", "bijstandsnorm", "collection-costs", "bailiff-tariff")


@dataclass(frozen=True, slots=True)
class LawInputs:
    """What the user gives with a question; what is absent widens the answer.

    Attributes:
        household: from a household file or from flags.
        net_income_month: of the debtor, holiday pay included.
        partner_net_income_month: the partner's own income when it is not seized.
        housing_costs_month: woonkosten, when the increase for high ones is asked for.
        balance: at the bank, to see what a seizure there would reach.
        title_served: whether the title has been served already.
        aow: whether AOW age is reached; None to take it from the birth dates.
        sharers: adults who share the costs of the home, the person and a partner counted.
        claim: the principal.
        act: of the bailiff.
    """

    household: Household = field(default_factory=Household)
    net_income_month: Money | None = None
    partner_net_income_month: Money | None = None
    housing_costs_month: Money | None = None
    balance: Money | None = None
    title_served: bool = False
    aow: bool | None = False
    sharers: int = 1
    claim: Money | None = None
    act: str = ""


def answer_law(book: Rulebook, question: str, on: date, inputs: LawInputs) -> LegalAnswer:
    """Answer a question of Dutch law on a day.

    Raises:
        UnknownName: no such question, or no such act of a bailiff.
        UsageError: the question needs an input that is not given.
    """
    law = Netherlands(book)
    if question == "beslagvrije-voet":
        return _protected_income(law, on, inputs)
    if question == "bank-seizure":
        return _bank_seizure(law, on, inputs)
    if question == "bijstandsnorm":
        return law.social_minimum(inputs.household, on, aow=inputs.aow, sharers=inputs.sharers)
    if question == "collection-costs":
        if inputs.claim is None:
            raise UsageError("collection-costs needs the claim", do="Give it with --claim 1234.50")
        return law.collection_costs(inputs.claim, on)
    if question == "bailiff-tariff":
        if not inputs.act:
            raise UsageError("bailiff-tariff needs an act", do="Give it with --act bank_seizure")
        return law.bailiff_tariff(inputs.act, on)
    raise UnknownName.among("question of law", question, list(QUESTIONS))


def with_household_flags(
    household: Household,
    *,
    kind: HouseholdType | None = None,
    taxable_income_year: Money | None = None,
    no_registered_address: bool = False,
) -> Household:
    """Put what was said on the command line over what the household file says.

    The taxable income is that of both partners together; it is written to the first adult.
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
    return changed


def inputs_from(given: Mapping[str, str | bool | int | Decimal]) -> LawInputs:
    """Read the inputs of a worked example: the names of the flags, with `_` for `-`.

    Raises:
        UnknownName: an input that no question has.
    """
    known = {*_MONEY_INPUTS, "type", "taxable_income_year", "no_registered_address"}
    known |= {"title_served", "aow", "sharers", "act"}
    for name in given:
        if name not in known:
            raise UnknownName.among("input", name, list(known))
    money = {name: Money.euros(Decimal(str(given[name]))) for name in _MONEY_INPUTS if name in given}
    income = given.get("taxable_income_year")
    return LawInputs(
        household=with_household_flags(
            Household(),
            kind=HouseholdType(str(given["type"])) if "type" in given else None,
            taxable_income_year=None if income is None else Money.euros(Decimal(str(income))),
            no_registered_address=given.get("no_registered_address") is True,
        ),
        net_income_month=money.get("net_income_month"),
        partner_net_income_month=money.get("partner_net_income_month"),
        housing_costs_month=money.get("housing_costs_month"),
        balance=money.get("balance"),
        title_served=given.get("title_served") is True,
        aow=given.get("aow") is True,
        sharers=int(given.get("sharers", 1)),
        claim=money.get("claim"),
        act=str(given.get("act", "")),
    )


_MONEY_INPUTS = (
    "net_income_month",
    "partner_net_income_month",
    "housing_costs_month",
    "balance",
    "claim",
)


def law_json(answer: LegalAnswer) -> dict[str, object]:
    """Return the published JSON shape of an answer; money is a string with two decimals."""
    value = answer.value
    shape: dict[str, object] = {
        "question": answer.question,
        "on": answer.on.isoformat(),
        "status": answer.status,
    }
    if isinstance(value, Interval):
        shape |= (
            {"amount": str(value.low)} if value.exact else {"low": str(value.low), "high": str(value.high)}
        )
    return shape | {
        "per": answer.per,
        "steps": [_step_json(step) for step in answer.steps],
        "reason": reason_of(answer),
        "questions": list(answer.ask),
        "receipt": {
            "engine": __version__,
            "on": answer.on.isoformat(),
            "rules": [_rule_json(rule) for rule in answer.rules],
        },
    }


def reason_of(answer: LegalAnswer) -> str:
    """Say why there is no exact amount, or why the amount may have changed; empty when neither."""
    if isinstance(answer.value, Unknown):
        return answer.value.because
    late = [rule.id for rule in answer.rules if rule.review_passed]
    if late:
        return f"last known value: the review date of {', '.join(late)} has passed"
    announced = [rule.id for rule in answer.rules if rule.status == "announced"]
    if announced:
        return f"announced, not yet law: {', '.join(announced)}"
    return "" if answer.value.exact else "not everything that the law asks is known"


def _protected_income(law: Netherlands, on: date, inputs: LawInputs) -> LegalAnswer:
    net = inputs.net_income_month
    return law.protected_income(
        inputs.household,
        Unknown("income.not_given", "the net income a month is not given")
        if net is None
        else Interval.exactly(net),
        on,
        partner_net_income_month=inputs.partner_net_income_month,
        housing_costs_month=inputs.housing_costs_month,
    )


def _bank_seizure(law: Netherlands, on: date, inputs: LawInputs) -> LegalAnswer:
    protected = law.protected_balance(inputs.household, on)
    if inputs.balance is None or isinstance(protected.value, Unknown):
        return protected
    costs = law.seizure_costs(on, title_served=inputs.title_served)
    within = max(inputs.balance - protected.value.low, ZERO)
    reach = Step(
        "475a lid 5 Rv", f"of a balance of {inputs.balance.spoken()}, a seizure reaches at most", within
    )
    least = () if isinstance(costs.value, Unknown) else (costs.value.low,)
    cost = tuple(Step("2 Btag", "the seizure costs at least, excluding VAT", amount) for amount in least)
    rules = tuple(sorted({*protected.rules, *costs.rules}, key=lambda rule: (rule.id, rule.in_force)))
    return replace(protected, steps=(*protected.steps, reach, *cost), rules=rules)


def _step_json(step: Step) -> dict[str, str | None]:
    return {
        "article": step.article,
        "says": step.says,
        "amount": None if step.amount is None else str(step.amount),
    }


def _rule_json(rule: RuleUse) -> dict[str, object]:
    return {
        "id": rule.id,
        "in_force": rule.in_force.isoformat(),
        "status": rule.status,
        "sha256": rule.sha256,
        "review_passed": rule.review_passed,
    }
