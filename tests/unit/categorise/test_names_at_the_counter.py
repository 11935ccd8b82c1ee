"""A card terminal prints shops: trades inside words, cut names, payment services and category codes."""

from collections.abc import Callable

import pandas as pd
import pytest

from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import Holder
from psd2_affordability.categorise.reading_names import read_name

Say = Callable[..., pd.Series]
_CARD = {"bank_code": "PMNT-CCRD-POSD"}


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("CCV*Slagerij v Wadderveen", "huishouden.boodschappen"),
        ("BCK*Kaasplankje Wad", "huishouden.boodschappen"),
        ("Fietsspecialist Wadderveen", "vervoer.overig"),
        ("Parkeergar Wadplein", "vervoer.overig"),
        ("SUPERM. WAD", "huishouden.boodschappen"),
        ("Barber Wadderveen", "huishouden.drogist"),
        ("Doner Paleis Wad", "huishouden.horeca"),
        ("Sklep u Wadka", "huishouden.boodschappen"),
        ("JET Wadderveen Noord", "vervoer.brandstof"),
        ("BP Wadderweg", "vervoer.brandstof"),
        ("DIRK VDBROEK FIL 82", "huishouden.boodschappen"),
        ("NLOV9Q7X", "vervoer.ov"),
        ("Gem. Wadderveen parkeren", "vervoer.overig"),
        ("Refter Radboud Universiteit", "huishouden.horeca"),
    ],
)
def test_a_shop_at_a_terminal_is_what_its_name_tells(say: Say, name: str, category: str) -> None:
    assert say(counterparty_name=name, **_CARD)["category"] == category


@pytest.mark.parametrize("name", ["Jet Wadderveen", "BP Wadderweg", "Kaasplankje Wad", "Fietsema Wad"])
def test_what_only_a_terminal_prints_says_nothing_on_a_transfer(say: Say, name: str) -> None:
    assert say(counterparty_name=name)["category"] == "onbekend"


@pytest.mark.parametrize(
    "text",
    [
        "BAKKERIJ WADDER VAN LI >BREDA 03.03.2026 14U33 KV004 071432 MCC:5462",
        "SUPERM. WAD >TILBURG 8.02.2026 12U54 KV026 5F8928 Contactloze betaling",
        "Bakkerij Wadder Breda 10-02-2026 16:51 pas 027",
    ],
)
def test_a_shop_is_read_from_the_description_where_the_name_is_empty(say: Say, text: str) -> None:
    assert (
        say(counterparty_name="", remittance=text, bank_code="BEA")["category"] == "huishouden.boodschappen"
    )


def test_a_category_code_tells_what_a_name_does_not_and_a_known_payee_outweighs_it(say: Say) -> None:
    line = "{} >BREDA 03.03.2026 14U33 KV004 071432 MCC:{}"
    unknown = say(counterparty_name="", bank_code="BEA", remittance=line.format("WADDERVEEN", "5995"))
    word = say(counterparty_name="", bank_code="BEA", remittance=line.format("TOKO WADDER", "5812"))
    known = say(counterparty_name="", bank_code="BEA", remittance=line.format("KRUIDVAT 12", "5999"))
    assert (unknown["category"], unknown["evidence"]) == ("huishouden.huisdier", "bank_code")
    assert word["category"] == "huishouden.horeca"
    assert known["category"] == "huishouden.drogist"


@pytest.mark.parametrize(
    "name",
    [
        "J. Bakker", "Anna Slager", "Elena Wadescu", "AGNIESZKA WADKOWSKA", "Sterre v. d. Wad", "jordy",
        "Oma Wad", "mama", "Wieke en Tom", "Fam. Wad", "Wadkowski Piotr",
    ],
)  # fmt: skip
def test_these_are_names_of_people(knowledge: Knowledge, name: str) -> None:
    read = read_name(name, knowledge)
    assert (read.holder, read.entry) == (Holder.PERSON, -1)


@pytest.mark.parametrize("name", ["v.v. Wadderveen", "R.K.V.V. Wad", "SV Wadderveen", "OBS De Wad"])
def test_clubs_and_schools_are_no_one_s_initials(knowledge: Knowledge, name: str) -> None:
    assert read_name(name, knowledge).holder is not Holder.PERSON


def test_an_employer_that_lets_rooms_is_a_landlord_when_its_name_says_so(say: Say) -> None:
    assert say(counterparty_name="Covebo Huisvesting B.V.")["category"] == "wonen.huur"
    assert say(counterparty_name="KaFra Housing B.V.")["category"] == "wonen.huur"
