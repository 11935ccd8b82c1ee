"""Child benefit that another country pays is no kinderbijslag of the SVB, no wage and no gift."""

from collections.abc import Callable

import pandas as pd
import pytest

Say = Callable[..., pd.Series]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Bundesagentur fuer Arbeit - Familienkasse", "KG 123FK456789 112026"),
        ("Familienkasse Rheinland-Pfalz", "Kindergeld November"),
        ("Parentia Vlaanderen", "Groeipakket november"),
        ("KidsLife Vlaanderen", "kinderbijslag november dossier 8812"),
        ("Uitbetaler Oost vzw", "Groeipakket november 2026"),
    ],
)
def test_german_and_belgian_child_benefit_has_a_category_of_its_own(say: Say, name: str, text: str) -> None:
    row = say(counterparty_name=name, remittance=text, amount_ct=25_900)
    assert row["category"] == "inkomen.kinderbijslag_buitenland"


def test_the_dutch_one_is_that_of_the_svb(say: Say) -> None:
    row = say(
        counterparty_name="Sociale Verzekeringsbank", remittance="Kinderbijslag 3e kwartaal", amount_ct=29_840
    )
    assert row["category"] == "inkomen.kinderbijslag"


def test_what_a_parent_sends_on_is_no_benefit_of_a_country(say: Say) -> None:
    row = say(counterparty_name="M. de Bruin", remittance="kindergeld november", amount_ct=12_000)
    assert row["category"] != "inkomen.kinderbijslag_buitenland"
