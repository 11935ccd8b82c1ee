"""Descriptions of income that say that part of it went elsewhere, and those that only seem to."""

import re

import pytest

from psd2_affordability.categorise.withheld import STEMS, is_seized, is_set_off, said


@pytest.mark.parametrize(
    "text",
    [
        "Salaris juni na inhouding Loonbeslag",
        "LOONBESLAG2026 periode 6",
        "WW uitkering, beslag i.v.m. dossier 3320",
        "Loon 05 inh. gerechtsdeurwaarder",
        "AOW derdenbeslag",
        "Uitbetaling beslagvrije voet",
    ],
)
def test_a_seizure_is_known_by_its_word_or_by_the_bailiff_that_is_paid(text: str):
    assert is_seized(text)


@pytest.mark.parametrize(
    "text",
    [
        "Salaris juni, loonbeslag opgeheven",
        "Teruggave loonbeslag mei",
        "Nettoloon zonder beslag",
        "Salaris Hoefbeslag Wilgenhof",
        "Loon Bouwbeslag Centrale juni",
        "Salaris deurwaarder in opleiding",
    ],
)
def test_a_seizure_that_is_over_and_a_trade_with_such_a_name_are_none(text: str):
    assert not is_seized(text)


@pytest.mark.parametrize(
    "text",
    [
        "Salaris mei minus looncessie",
        "Loon juni akte van cessie Kredietmij",
        "Salaris, loonoverdracht",
        "Salaris mei inhouding lening personeel",
        "Uitkering Participatiewet mei verrekening oude vordering",
        "Uitkering mei aflossing leenbijstand",
        "WIA mei verrekend met openstaande schuld",
        "AOW mei broninhouding CAK",
        "Uitkering, terugvordering wordt maandelijks verrekend",
    ],
)
def test_what_goes_to_a_lender_or_is_set_off_against_a_debt_is_known_by_both_words(text: str):
    assert is_set_off(text)
    assert not is_seized(text)


@pytest.mark.parametrize(
    "text",
    [
        "Salaris mei",
        "Salaris inhouding pensioenpremie en loonheffing",
        "Loon mei verrekening vakantiedagen",
        "Verrekening voorschot salaris",
        "Verrekening energie jaarnota",
        "Salaris Concessie Noord mei",
        "Loon Successierecht Advies",
    ],
)
def test_what_every_payslip_sets_off_and_words_that_look_alike_are_no_debt(text: str):
    assert not is_set_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "Terugbetaling ten onrechte verrekende toeslagschuld",
        "Restitutie inhouding lening",
        "Salaris mei, einde inhouding lening personeel",
        "Huurtoeslag mei zonder verrekening",
        "Zorgtoeslag geen verrekening schuld",
    ],
)
def test_what_was_set_off_and_comes_back_or_has_ended_is_no_debt(text: str):
    assert not is_set_off(text)
    assert not is_set_off(text, by_the_state=True)
    assert not is_set_off(" ".join(said(text)), by_the_state=True)


@pytest.mark.parametrize(
    ("text", "set_off"),
    [
        ("Huurtoeslag november verrekening", True),
        ("Voorschot huurtoeslag verrekend", True),
        ("Zorgtoeslag verrekend met uw schuld", True),
        ("Teruggave inkomstenbelasting 2025 verrekend met uw schuld", True),
        ("Teruggaaf inkomstenbelasting na verrekening voorlopige aanslag", False),
        ("Definitieve berekening, voorschotten verrekend", False),
        ("Voorschot zorgtoeslag november", False),
    ],
)
def test_of_an_allowance_or_a_refund_one_word_tells_it_but_not_of_an_advance(text: str, set_off: bool):
    assert is_set_off(text, by_the_state=True) is set_off


@pytest.mark.parametrize(
    "text",
    [
        "Salaris na loonbeslag",
        "loonbeslag opgeheven",
        "Loon Jansen cessie",
        "Toeslag verrekening",
        "Loon juni",
    ],
)
def test_what_is_kept_of_a_description_tells_the_same_and_names_nobody(text: str):
    kept = " ".join(said(text))

    assert (is_seized(kept), is_set_off(kept)) == (is_seized(text), is_set_off(text))
    assert is_set_off(kept, by_the_state=True) == is_set_off(text, by_the_state=True)
    assert "jansen" not in kept.lower()


def test_the_quick_look_misses_nothing():
    told = ["na loonbeslag", "inh gerechtsdeurwaarder", "cessie", "loonoverdracht", "loon gecedeerd"]
    told += [
        "verrekend met schuld",
        "aflossing vordering",
        "broninhouding",
        "ingehouden boete",
        "afdracht cjib",
    ]

    for text in told:
        assert is_seized(text) or is_set_off(text)
        assert re.search(STEMS, text)
