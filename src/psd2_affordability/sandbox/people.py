"""The sandbox people: invented lives, what the bank knows of them, and what a professional would say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.core.errors import BrokenFile, UnknownName
from psd2_affordability.core.money import Money
from psd2_affordability.core.toml_table import Table, parse_table
from psd2_affordability.sandbox.expand import expand
from psd2_affordability.sandbox.expected import Expected, read_expected
from psd2_affordability.sandbox.lives import LAST_DAY, Life, Payee, read_life, read_payee
from psd2_affordability.sandbox.model import BankedAccount, BankedPerson

_PEOPLE = "people/"
_PAYEES = "payees.toml"
_LIFE, _EXPECTED = ".toml", ".expected.toml"


@dataclass(frozen=True, slots=True)
class SandboxPerson:
    """One sandbox person with everything that is known because it was invented.

    Attributes:
        name: as in the file name; the subject in ledgers.
        says: who it is, in one line.
        says_nl: the same in Dutch.
        on: the day the life is assessed on.
        household: what the law asks about.
        total_debt: the known arrears together.
        banked: the accounts that are shared, with their entries.
        not_shared: IBANs of own accounts that are not shared.
        truth: true category by entry reference.
        life: the life as its file says it.
        expected: what a professional would say.
    """

    name: str
    says: str
    says_nl: str
    on: date
    household: Household
    total_debt: Money
    banked: BankedPerson
    not_shared: tuple[str, ...]
    truth: Mapping[str, str]
    life: Life
    expected: Expected


def people_names(files: Mapping[str, bytes]) -> list[str]:
    """List the names that `load_people` would give, without living the lives."""
    return sorted(
        path.removeprefix(_PEOPLE).removesuffix(_LIFE)
        for path in files
        if path.startswith(_PEOPLE) and path.endswith(_LIFE) and not path.endswith(_EXPECTED)
    )


def load_people(files: Mapping[str, bytes]) -> dict[str, SandboxPerson]:
    """Read every sandbox person; `files` are those of the folder `sandbox_fixtures`.

    Raises:
        BrokenFile: a file with an unknown key or a value that cannot be.
    """
    payees = _shared_payees(files)
    return {name: _person(name, files, payees) for name in people_names(files)}


def load_person(name: str, files: Mapping[str, bytes]) -> SandboxPerson:
    """Read one sandbox person.

    Raises:
        UnknownName: nobody has this name.
        BrokenFile: a file with an unknown key or a value that cannot be.
    """
    names = people_names(files)
    if name not in names:
        raise UnknownName.among("sandbox person", name, names)
    return _person(name, files, _shared_payees(files))


def _shared_payees(files: Mapping[str, bytes]) -> dict[str, Payee]:
    if _PAYEES not in files:
        return {}
    table = parse_table(files[_PAYEES], _PAYEES, BrokenFile)
    payees = [read_payee(one) for one in table.tables("payee")]
    table.done()
    return {payee.name: payee for payee in payees}


def _person(name: str, files: Mapping[str, bytes], payees: Mapping[str, Payee]) -> SandboxPerson:
    path = f"{_PEOPLE}{name}{_LIFE}"
    table = parse_table(files[path], path, BrokenFile)
    household = _household(table.table("household"))
    life = read_life(name, table, payees)
    says_nl = table.text("says_nl")
    table.done()
    expanded = expand(life)
    accounts = tuple(
        BankedAccount(one.iban, one.name, one.kind, "EUR", one.opening_ct, expanded.entries[one.key])
        for one in life.accounts
        if one.shared
    )
    return SandboxPerson(
        name=name,
        says=life.says,
        says_nl=says_nl,
        on=LAST_DAY,
        household=household,
        total_debt=Money.total(amount for _, amount in household.debts),
        banked=BankedPerson(name, life.display_name, accounts),
        not_shared=tuple(one.iban for one in life.accounts if not one.shared),
        truth=expanded.truth,
        life=life,
        expected=_expected(name, files),
    )


def _expected(name: str, files: Mapping[str, bytes]) -> Expected:
    path = f"{_PEOPLE}{name}{_EXPECTED}"
    if path not in files:
        raise BrokenFile("this file is missing: every sandbox person has an expected outcome", where=path)
    return read_expected(files[path], path)


def _household(table: Table) -> Household:
    """Read the household part: the same keys as a household file."""
    housing, debts = table.table("housing"), table.table("debts", optional=True)
    return Household(
        type=table.choice("type", HouseholdType),
        persons=tuple(map(_adult, table.tables("person"))),
        children=tuple(child.day("birth_date") for child in table.tables("child", optional=True)),
        housing=Housing(
            kind=housing.choice("kind", ("rent", "owner", "other")),
            rent_month=housing.maybe("rent_month", Table.amount),
            service_costs_month=housing.maybe("service_costs_month", Table.amount),
            registered_address=housing.flag("registered_address", default=True),
        ),
        debts=tuple((creditor, debts.amount(creditor)) for creditor in debts.names()),
    )


def _adult(table: Table) -> Person:
    return Person(table.day("birth_date"), table.maybe("taxable_income_year", Table.amount))
