"""Whose names are masked: private persons and who may be one; never a business or the person's own."""

import hashlib

import pytest

from masking_material import ACCOUNT, CANARY, FRIEND, party
from psd2_affordability.categorise.privacy import mask
from psd2_affordability.service.bootstrap import product
from store_material import NOW, entry, received

DAY = NOW.date()


@pytest.fixture(scope="module")
def knowledge():
    return product().knowledge


def mark(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def masked(knowledge, *rows, **more):
    return mask(received(list(rows)).transactions, knowledge, {"": [ACCOUNT]}, mark, **more)


def name_of(knowledge, name: str, text: str = "", cents: int = -5_000, **more) -> str:
    frame = masked(knowledge, party(DAY, cents, name, FRIEND, text, **more)).frame
    return frame["counterparty_name"].iloc[0]


@pytest.mark.parametrize(
    "name", ["J. Vlinderkamp", "Mw A Zonnewijk", "Hr P de Boer en/of Mw K Boer", "Anna Zonnewijk"]
)
def test_a_private_person_becomes_a_pseudonym(knowledge, name):
    assert name_of(knowledge, name).startswith("particulier-")


@pytest.mark.parametrize("name", ["Vlinderkamp", "Zonnewijk Kamers"])
def test_a_transfer_for_rent_to_a_name_that_may_be_a_persons_is_masked(knowledge, name):
    assert name_of(knowledge, name, "huur kamer mei").startswith("partij-")


@pytest.mark.parametrize(
    "name",
    ["Jansen Beheer", "Jansen Beheer BV", "Albert Heijn 1522", "Stichting Zonnewijk", "Gemeente Utrecht"],
)
def test_a_business_or_body_keeps_its_name(knowledge, name):
    assert name_of(knowledge, name) == name


def test_an_unclear_name_at_a_card_terminal_or_with_a_mandate_is_a_business(knowledge):
    paid = entry(DAY, -500, "BEA, Betaalpas   Vlinderkamp,PAS142", counterparty_name="")
    debit = party(DAY, -500, "Zonnewijk", FRIEND, "", creditor_id="NL00ZZZ123456780000", mandate_id="M1")

    frame = masked(knowledge, paid, debit).frame

    assert frame["counterparty_name"].tolist() == ["", "Zonnewijk"]
    assert frame["remittance"].iloc[0].startswith("BEA /NAME/Vlinderkamp/REMI/")


def test_who_asks_for_money_through_a_payment_service_is_not_named(knowledge):
    assert "Zonnewijk" not in name_of(knowledge, "Mw A Zonnewijk via Tikkie")


def test_the_persons_own_account_stays(knowledge):
    frame = masked(knowledge, party(DAY, -500, "P Eigenaar", ACCOUNT, "", account="NL20INGB0001234567")).frame

    assert frame[["counterparty_name", "counterparty_iban"]].iloc[0].tolist() == ["P Eigenaar", ACCOUNT]


def test_a_row_is_masked_the_same_whatever_comes_along_with_it(knowledge):
    row = party(DAY, -5_000, "J. Vlinderkamp", FRIEND, f"huur {CANARY}")
    others = [party(DAY, 5_000, "", "", ""), party(DAY, -5_000, "Vlinderkamp", FRIEND, "sparen")]

    alone, among = masked(knowledge, row).frame, masked(knowledge, *others, row).frame

    assert alone.iloc[0].drop("tx").equals(among.iloc[-1].drop("tx"))


def test_a_name_is_taken_out_of_a_description_that_stays(knowledge):
    text = f"etentje met Mw A Zonnewijk {FRIEND}"
    frame = masked(knowledge, party(DAY, -5_000, "Mw A Zonnewijk", FRIEND, text), keeps_text=True).frame

    assert frame["remittance"].str.startswith("etentje met particulier-").all()
    assert FRIEND not in frame["remittance"].iloc[0]


def test_a_description_that_goes_leaves_only_words_of_our_own_lists(knowledge):
    frame = masked(
        knowledge, party(DAY, 200_000, "Metaalwerken BV", FRIEND, f"salaris {CANARY} loonbeslag")
    ).frame

    assert set(frame["remittance"].iloc[0].split()) == {"salaris", "loonbeslag", "beslag"}


@pytest.mark.parametrize(
    "text", ["\x00\u202e" * 50, "=cmd()", "/NAME//REMI/", "a" * 10_000, "\ud800", "/" * 200]
)
def test_hostile_text_is_masked_without_a_fault(knowledge, text):
    row = party(
        DAY, -500, text.encode("utf-8", "ignore").decode()[:70], "", text.encode("utf-8", "ignore").decode()
    )

    assert len(masked(knowledge, row).frame) == 1


def test_nothing_to_mask_is_no_fault(knowledge):
    assert masked(knowledge).persons == 0
