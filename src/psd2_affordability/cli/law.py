"""`law QUESTION`: one question of Dutch law on one day, with every step and its article."""

from typing import Annotated

import typer

from psd2_affordability.cli import law_allowances, law_collection, law_norms
from psd2_affordability.cli.law_show import File, NoAddress, On, Type, household_of_flags, print_answer
from psd2_affordability.cli.options import Json

app = typer.Typer(no_args_is_help=True, help="One question of Dutch law on one day, with its steps.")

app.command("collection-costs")(law_collection.collection_costs)
app.command("collection-contact")(law_collection.collection_contact)
app.command("collection-claim")(law_collection.collection_claim)
app.command("terms")(law_collection.terms)
app.command("vtlb")(law_norms.vtlb)
app.command("nvvk-plan")(law_norms.nvvk_plan)
app.command("leennorm")(law_norms.leennorm)
app.command("nibud-budget")(law_norms.nibud_budget)
app.command("zorgtoeslag")(law_allowances.zorgtoeslag)
app.command("huurtoeslag")(law_allowances.huurtoeslag)
app.command("kindgebonden-budget")(law_allowances.kindgebonden_budget)
app.command("kinderbijslag")(law_allowances.kinderbijslag)
app.command("kinderopvangtoeslag")(law_allowances.kinderopvangtoeslag)

Served = Annotated[bool, typer.Option("--title-served", help="The title has been served already.")]
InformationAsked = Annotated[
    bool, typer.Option("--information-asked", help="The bailiff asks first which bank it is.")
]


@app.command("beslagvrije-voet")
def beslagvrije_voet(
    *,
    on: On = "",
    kind: Type = None,
    taxable_income_year: Annotated[
        str, typer.Option(help="Taxable income a year, of both partners together.")
    ] = "",
    taxable_income_month: Annotated[
        str, typer.Option(help="Loon voor de loonheffing on the debtor's payslip of an ordinary month.")
    ] = "",
    net_income_month: Annotated[str, typer.Option(help="Net income a month, holiday pay included.")] = "",
    partner_net_income_month: Annotated[
        str, typer.Option(help="The partner's own net income, when it is not seized.")
    ] = "",
    housing_costs_month: Annotated[
        str, typer.Option(help="Housing costs a month: when they are high, or of an owner.")
    ] = "",
    owner: Annotated[bool, typer.Option(help="The home is owned.")] = False,
    other_net_income_month: Annotated[
        str, typer.Option(help="Own other net income, when it is not seized.")
    ] = "",
    company_car_tax_month: Annotated[
        str, typer.Option(help="Wage tax on the private use of a company car.")
    ] = "",
    benefit_norm_month: Annotated[str, typer.Option(help="The own norm of a benefit that is seized.")] = "",
    institution_price_month: Annotated[str, typer.Option(help="Price of a stay in an institution.")] = "",
    no_registered_address: NoAddress = False,
    household: File = None,
    json: Json = False,
) -> None:
    """What of the monthly income no creditor may take."""
    from psd2_affordability.service.law import LawInputs, with_payslip
    from psd2_affordability.service.typed import typed_euros

    who = household_of_flags(
        household,
        on,
        kind=kind,
        taxable_income_year=typed_euros(taxable_income_year, "--taxable-income-year"),
        no_registered_address=no_registered_address,
        housing="owner" if owner else "",
    )
    inputs = LawInputs(
        household=with_payslip(who, typed_euros(taxable_income_month, "--taxable-income-month")),
        net_income_month=typed_euros(net_income_month, "--net-income-month"),
        partner_net_income_month=typed_euros(partner_net_income_month, "--partner-net-income-month"),
        housing_costs_month=typed_euros(housing_costs_month, "--housing-costs-month"),
        other_net_income_month=typed_euros(other_net_income_month, "--other-net-income-month"),
        company_car_tax_month=typed_euros(company_car_tax_month, "--company-car-tax-month"),
        benefit_norm_month=typed_euros(benefit_norm_month, "--benefit-norm-month"),
        institution_price_month=typed_euros(institution_price_month, "--institution-price-month"),
    )
    print_answer("beslagvrije-voet", on, inputs, json=json)


@app.command("bank-seizure")
def bank_seizure(
    *,
    on: On = "",
    kind: Type = None,
    no_registered_address: NoAddress = False,
    balance: Annotated[str, typer.Option(help="The balance, to see what a seizure would reach.")] = "",
    used_this_month: Annotated[
        str, typer.Option(help="What a seizure at the same bank has left already this month.")
    ] = "",
    joint: Annotated[bool, typer.Option(help="The account has another holder as well.")] = False,
    legal_person: Annotated[bool, typer.Option(help="A company or foundation holds it.")] = False,
    title_served: Served = False,
    information_asked: InformationAsked = False,
    household: File = None,
    json: Json = False,
) -> None:
    """What a seizure of a bank account must leave."""
    from psd2_affordability.service.law import LawInputs
    from psd2_affordability.service.typed import typed_euros

    inputs = LawInputs(
        household=household_of_flags(household, on, kind=kind, no_registered_address=no_registered_address),
        balance=typed_euros(balance, "--balance"),
        used_this_month=typed_euros(used_this_month, "--used-this-month"),
        joint=joint,
        legal_person=legal_person,
        title_served=title_served,
        information_asked=information_asked,
    )
    print_answer("bank-seizure", on, inputs, json=json)


@app.command("seizure-costs")
def seizure_costs(
    on: On = "",
    title_served: Served = False,
    information_asked: InformationAsked = False,
    json: Json = False,
) -> None:
    """What a seizure at a bank costs at least, excluding VAT."""
    from psd2_affordability.service.law import LawInputs

    inputs = LawInputs(title_served=title_served, information_asked=information_asked)
    print_answer("seizure-costs", on, inputs, json=json)


@app.command("bijstandsnorm")
def bijstandsnorm(
    on: On = "",
    kind: Type = None,
    aow: Annotated[
        bool | None, typer.Option("--aow/--no-aow", help="Whether AOW age is reached.  [from birth dates]")
    ] = None,
    sharers: Annotated[
        int, typer.Option(min=1, help="Adults who share the costs of the home, the person counted.")
    ] = 1,
    household: File = None,
    json: Json = False,
) -> None:
    """The net social-assistance norm."""
    from psd2_affordability.service.law import LawInputs

    who = household_of_flags(household, on, kind=kind)
    reached = False if aow is None and household is None else aow
    print_answer("bijstandsnorm", on, LawInputs(household=who, aow=reached, sharers=sharers), json=json)


@app.command("kwijtscheldingsnorm")
def kwijtscheldingsnorm(
    on: On = "",
    kind: Type = None,
    aow: Annotated[
        bool | None, typer.Option("--aow/--no-aow", help="Whether AOW age is reached.  [from birth dates]")
    ] = None,
    household: File = None,
    json: Json = False,
) -> None:
    """The cost of living that counts when remission of a tax is asked for."""
    from psd2_affordability.service.law import LawInputs

    who = household_of_flags(household, on, kind=kind)
    reached = False if aow is None and household is None else aow
    print_answer("kwijtscheldingsnorm", on, LawInputs(household=who, aow=reached), json=json)


@app.command("overheidsvordering")
def overheidsvordering(
    claim: Annotated[str, typer.Option(help="What is open, in euros.")],
    on: On = "",
    json: Json = False,
) -> None:
    """What a tax collector may have a bank pay from an account."""
    from psd2_affordability.service.law import LawInputs
    from psd2_affordability.service.typed import typed_euros

    print_answer("overheidsvordering", on, LawInputs(claim=typed_euros(claim, "--claim")), json=json)


@app.command("bailiff-tariff")
def bailiff_tariff(
    act: Annotated[str, typer.Option(help="Such as bank_seizure, serve_title, serve_seizure, wage_seizure.")],
    on: On = "",
    household: File = None,
    json: Json = False,
) -> None:
    """The tariff of one act of a bailiff, excluding VAT."""
    from psd2_affordability.service.law import LawInputs

    print_answer(
        "bailiff-tariff", on, LawInputs(household=household_of_flags(household, on), act=act), json=json
    )
