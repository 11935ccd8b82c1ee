"""A household file says what is known; a mistake in it is named, and a gap stays a gap."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from schwifty import IBAN

from psd2_affordability.assess.household import AccountShare, Household, HouseholdType
from psd2_affordability.core.errors import HouseholdError
from psd2_affordability.core.money import Money
from psd2_affordability.service.household_file import parse_household, read_household

ON = date(2026, 11, 22)
SAVINGS = str(IBAN.generate("NL", bank_code="INGB", account_code="0000000042"))


def parse(text: str) -> Household:
    return parse_household(text.encode(), "gezin.toml", ON)


def test_everything_that_is_said_is_kept() -> None:
    household = parse(
        f"""
        type = "couple_with_children"
        own_ibans = ["{SAVINGS}"]

        [[person]]
        birth_date = 1985-04-01
        taxable_income_year = 31250.50

        [[person]]
        birth_date = 1987-09-30
        taxable_income_month = 1890.12

        [[child]]
        birth_date = 2016-02-29

        [housing]
        kind = "rent"
        rent_month = 712.34
        service_costs_month = 40
        registered_address = true
        own_home = false

        [debts]
        energy = 480.00
        "Sportschool De Ring" = 95.50
        """
    )

    assert household.type is HouseholdType.COUPLE_WITH_CHILDREN
    assert household.persons[0].taxable_income_year == Money(3_125_050)
    assert household.persons[1].taxable_income_year is None
    assert household.persons[1].taxable_income_month == Money(189_012)
    assert household.children == (date(2016, 2, 29),)
    assert household.housing.rent_month == Money(71_234)
    assert household.housing.registered_address is True
    assert household.housing.own_home is False
    assert household.debts == (("energy", Money(48_000)), ("Sportschool De Ring", Money(9_550)))
    assert household.own_ibans == (SAVINGS,)


@pytest.mark.parametrize(
    ("says", "share"),
    [
        ("joint = true", Fraction(1, 2)),
        ('share = "1/3"', Fraction(1, 3)),
        ("share = 0.6", Fraction(3, 5)),
        ("share = 1", Fraction(1)),
        ("share = 0.25\njoint = true", Fraction(1, 4)),
    ],
)
def test_a_joint_account_counts_for_the_stated_share_and_for_half_when_none_is_stated(
    says: str, share: Fraction
) -> None:
    household = parse(f'[[account]]\niban = "{SAVINGS}"\n{says}')

    assert household.accounts == (AccountShare(SAVINGS, share),)


def test_what_is_not_said_stays_unknown() -> None:
    assert parse("") == Household()
    assert parse('type = "single"') == Household(type=HouseholdType.SINGLE)
    assert parse("working_adults = 0").working_adults == 0


def test_what_a_household_is_free_of_is_named_by_its_kind() -> None:
    assert parse('free_of = ["wonen.huur", "schuld.lening"]').free_of == ("wonen.huur", "schuld.lening")
    assert parse("").free_of == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('typ = "single"', ["'typ'", "is not a known key", "Allowed: type, own_ibans, account, person"]),
        ('type = "singel"', ["'type'", "singel", "single_parent"]),
        ("type = 3", ["'type'", "Allowed: single"]),
        ("[[person]]\nage = 40", ["'person[1].age'", "Allowed: birth_date, taxable_income_year"]),
        ('[[person]]\nbirth_date = "1980-01-01"', ["'person[1].birth_date'", "without quotes"]),
        ("[[person]]\nbirth_date = 2027-01-01", ["'person[1].birth_date'", "after 2026-11-22"]),
        ("[[child]]\nbirth_date = 2026-11-23", ["'child[1].birth_date'", "after 2026-11-22"]),
        ("[[child]]", ["'child[1].birth_date'", "is missing"]),
        ("[person]\nbirth_date = 1980-01-01", ["'person'", "[[person]]"]),
        ("[[person]]\ntaxable_income_year = -1", ["'person[1].taxable_income_year'", "below zero"]),
        ('[[person]]\ntaxable_income_year = "30000"', ["taxable_income_year", "1234.50"]),
        ("[[person]]\ntaxable_income_year = 1.005", ["taxable_income_year", "finer than a cent"]),
        (
            "[[person]]\ntaxable_income_year = inf",
            ["taxable_income_year", "an amount in euros", "not Infinity"],
        ),
        ('[housing]\nkind = "boat"', ["'housing.kind'", "Allowed: rent, owner, other"]),
        ("[housing]\nrent_month = true", ["'housing.rent_month'", "amount"]),
        (
            '[housing]\nregistered_address = "yes"',
            ["'housing.registered_address'", "must be true or false", "not 'yes'"],
        ),
        ("housing = 3", ["'housing'", "[housing]"]),
        ("[debts]\nenergy = -5", ["'debts.energy'", "below zero"]),
        ('own_ibans = ["NL00INGB0000000000"]', ["'own_ibans'", "not an IBAN"]),
        ('own_ibans = "NL00"', ["'own_ibans'", "list"]),
        ('[[account]]\niban = "NL00"', ["'account[1].iban'", "not an IBAN"]),
        (f'[[account]]\niban = "{SAVINGS}"', ["'account[1].share'", "missing", "joint = true"]),
        (f'[[account]]\niban = "{SAVINGS}"\nshare = 1.5', ["'account[1].share'", "from 0 to 1"]),
        (f'[[account]]\niban = "{SAVINGS}"\nshare = "half"', ["'account[1].share'", "1/3"]),
        (f'[[account]]\niban = "{SAVINGS}"\njoint = 1', ["'account[1].joint'", "true or false"]),
        (f'[[account]]\niban = "{SAVINGS}"\njoint = true\n' * 2, ["'account[2].iban'", "twice"]),
        ('type = "single"\n[[person]]\n[[person]]', ["'person'", "1 at most"]),
        ("[[person]]\n[[person]]\n[[person]]", ["'person'", "2 at most"]),
        ('type = "single"\n[[child]]\nbirth_date = 2015-01-01', ["'type'", "single_parent"]),
        ('free_of = ["wonen.huis"]', ["'free_of'", "cannot hold 'wonen.huis'", "wonen.huur"]),
        ("working_adults = 3", ["'working_adults'", "is 3", "0 to 2"]),
        ('type = "single_parent"\nworking_adults = 2', ["'working_adults'", "1 at most"]),
        ("type = ", ["is not a TOML file"]),
    ],
)
def test_a_mistake_names_the_file_the_key_and_what_is_allowed(text: str, words: list[str]) -> None:
    with pytest.raises(HouseholdError) as raised:
        parse(text)

    line = str(raised.value)
    assert line.startswith("gezin.toml: ")
    for word in words:
        assert word in line


def test_a_child_who_came_of_age_does_not_make_a_family() -> None:
    household = parse('type = "single"\n[[child]]\nbirth_date = 2008-11-22')

    assert household.type is HouseholdType.SINGLE


def test_bytes_that_are_not_text_are_refused() -> None:
    with pytest.raises(HouseholdError, match="is not a TOML file"):
        parse_household(b"\xff\xfe\x00", "gezin.toml", ON)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(HouseholdError, match=r"nergens\.toml: cannot be read"):
        read_household(tmp_path / "nergens.toml", ON)


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "gezin.toml"
    file.write_bytes(b'\xef\xbb\xbftype = "single"\n')

    assert read_household(file, ON).type is HouseholdType.SINGLE


def test_an_amount_that_no_household_has_is_refused() -> None:
    with pytest.raises(HouseholdError, match=r"'housing\.rent_month' is more than"):
        parse("[housing]\nrent_month = 64000000000000000000000.00\n")
