"""Since when credit is checked under the directive of 2023, and what is not confirmed of the Dutch act."""

import re
from datetime import date

import pytest

from norm_material import FLAT_LEENNORM
from psd2_affordability._data import data_files
from psd2_affordability.assess.household import Household, HouseholdType, Housing
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl.netherlands import Netherlands
from psd2_affordability.jurisdictions.nl.parameters import Parameters, read_parameters
from psd2_affordability.rulebook.load import load_rulebook
from psd2_affordability.service.shipped_rules import shipped_rules

LAW = Netherlands(shipped_rules())
RENTS = Household(type=HouseholdType.SINGLE, housing=Housing(kind="rent"))


def given() -> Parameters:
    return read_parameters(FLAT_LEENNORM.encode(), "test")


@pytest.mark.parametrize(
    ("on", "since"), [(date(2026, 11, 20), date(2026, 11, 20)), (date(2027, 3, 1), date(2026, 11, 20))]
)
def test_the_directive_applies_from_20_november_2026(on: date, since: date):
    assert LAW.credit_law(on).directive_since == since


def test_the_day_before_it_does_not_apply():
    told = LAW.credit_law(date(2026, 11, 19))

    assert isinstance(told.directive_since, Unknown)
    assert (told.ceiling, told.rules) == (None, ())


def test_the_dutch_act_is_not_confirmed_while_the_old_thresholds_stand():
    told = LAW.credit_law(date(2026, 11, 22))

    assert isinstance(told.national_since, Unknown)
    assert [rule.id for rule in told.rules] == ["eu.consumer_credit", "nl.kredietwaardigheid"]


def test_a_version_without_thresholds_confirms_the_dutch_act_from_its_day():
    files = dict(data_files("rules"))
    path = "nl/law/kredietwaardigheid.toml"
    text = files[path].decode()
    [block] = re.findall(r"\[\[version\]\].*?(?=\[\[example\]\])", text, re.DOTALL)
    later = (
        block.replace("2026-01-01", "2027-01-01")
        .replace("verified_from   = 1000", "verified_from   = 0")
        .replace("registered_from = 250", "registered_from = 0")
    )
    files[path] = text.replace(block, block + later).encode()
    law = Netherlands(load_rulebook(files))

    assert law.credit_law(date(2027, 1, 1)).national_since == date(2027, 1, 1)
    assert isinstance(law.credit_law(date(2026, 12, 31)).national_since, Unknown)


def test_the_lending_norm_follows_the_amounts_that_the_user_gives():
    law = Netherlands(shipped_rules(), leennorm=given())

    told = law.lending_norm(RENTS, Money.euros(2100), date(2026, 6, 30))

    assert told.value == Interval.exactly(Money.euros(1060))  # 1,000 + 10% of 600
    assert [rule.id for rule in told.rules] == ["supplied.leennorm"]


def test_without_amounts_there_is_no_lending_norm():
    assert LAW.lending_norm(RENTS, Money.euros(2100), date(2026, 6, 30)) is None


def test_amounts_of_another_year_are_refused_with_their_window():
    law = Netherlands(shipped_rules(), leennorm=given())

    told = law.lending_norm(RENTS, Money.euros(2100), date(2026, 11, 22))

    assert isinstance(told.value, Unknown)
    assert "2025-11-17 to 2026-11-16" in told.value.because
