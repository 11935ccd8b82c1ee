"""Field 86 of the Dutch banks, unpacked."""

import pytest

from psd2_affordability.connect.files.narrative import read_narrative

TRANSFER = (
    "/TRTP/SEPA OVERBOEKING/IBAN/NL44RABO0123456789/BIC/RABONL2U/NAME/WONINGST\n"
    "ICHTING DE KADE/REMI/HUUR MEI 2026/EREF/NOTPROVIDED"
)
DIRECT_DEBIT = (
    "/TRTP/SEPA INCASSO ALGEMEEN DOORLOPEND/CSID/NL13ZZZ123456780000\n"
    "/NAME/ENERGIE VOORBEELD/MARF/M-77/REMI/TERMIJN 5/IBAN/NL20INGB0001234567\n"
    "/BIC/INGBNL2A/EREF/E-1"
)


def test_an_abn_amro_transfer_is_joined_where_a_word_was_cut():
    told = read_narrative(TRANSFER)

    assert told.name == "WONINGSTICHTING DE KADE"
    assert told.iban == "NL44RABO0123456789"
    assert told.remittance == "HUUR MEI 2026"


def test_an_abn_amro_direct_debit_names_creditor_and_mandate():
    told = read_narrative(DIRECT_DEBIT)

    assert (told.creditor_id, told.mandate_id) == ("NL13ZZZ123456780000", "M-77")
    assert (told.name, told.iban) == ("ENERGIE VOORBEELD", "NL20INGB0001234567")
    assert told.remittance == "TERMIJN 5"


@pytest.mark.parametrize(
    ("text", "name", "remittance"),
    [
        (
            "/BENM//NAME/Energie Voorbeeld/REMI/Termijn mei/ISDT/2026-05-01",
            "Energie Voorbeeld",
            "Termijn mei",
        ),
        ("/ORDP//NAME/Gemeente Voorbeeld/REMI/Uitkering/ISDT/2026-05-01", "Gemeente Voorbeeld", "Uitkering"),
        ("/IBAN/NL20INGB0001234567/NAME/A. Voorbeeld/REMI/", "A. Voorbeeld", ""),
        ("/NAME/Bakker/REMI/Bakker Utrecht, NL", "Bakker", "Bakker Utrecht, NL"),
        ("/REMI/Kosten betaalpakket/ISDT/2026-01-01", "", "Kosten betaalpakket"),
    ],
)
def test_rabobank_and_bunq_name_the_other_side_and_the_text(text, name, remittance):
    told = read_narrative(text)

    assert (told.name, told.remittance) == (name, remittance)


def test_a_line_that_is_not_full_ended_with_a_space():
    told = read_narrative("/ORDP//NAME/Bedrijf/REMI/NR 1/11\nNR 2/12")

    assert told.remittance == "NR 1/11 NR 2/12"


def test_ing_packs_the_other_side_in_one_word():
    told = read_narrative(
        "/EREF/E9/MARF/M1/CSID/NL13ZZZ123456780000/CNTP/NL20INGB0001234567/INGBNL2A/Fit BV//"
        "/REMI/USTD//Sport mei/"
    )

    assert (told.name, told.iban, told.remittance) == ("Fit BV", "NL20INGB0001234567", "Sport mei")
    assert (told.creditor_id, told.mandate_id) == ("NL13ZZZ123456780000", "M1")


def test_a_returned_debit_carries_its_reason():
    assert read_narrative("/RTRN/AM04/ORDP//NAME/Energie Voorbeeld/REMI/Storno").return_reason == "AM04"


def test_what_the_payer_writes_cannot_pose_as_another_payer():
    told = read_narrative(
        "/TRTP/SEPA OVERBOEKING/IBAN/NL20INGB0001234567/BIC/INGBNL2A/NAME/A. Voorbeeld"
        "/REMI/x/NAME/UWV/IBAN/NL44RABO0123456789/EREF/E1"
    )

    assert told.name == "A. Voorbeeld"
    assert told.iban == "NL20INGB0001234567"


def test_without_a_text_the_reference_of_the_payment_tells_something():
    assert read_narrative("/IBAN/NL20INGB0001234567/NAME/A/REMI//EREF/KENMERK 9").remittance == "KENMERK 9"


@pytest.mark.parametrize(
    "text",
    [
        "BEA, Betaalpas                   Bakker Voorbeeld,PAS123         NR:CT123456, 05.01.26/18:45",
        "BEA   NR:12345   05.01.26/18.45 Bakker Voorbeeld,PAS123",
        "BEA               05.01.26/18.45 Bakker Voorbeeld,PAS123",
    ],
)
def test_a_card_payment_at_abn_amro_names_the_shop(text):
    assert read_narrative(text).name == "Bakker Voorbeeld"


def test_an_old_giro_line_names_the_receiver_on_its_first_row():
    assert read_narrative("GIRO   123456 TELEFOON BV              BETALINGSKENM.").name == "TELEFOON BV"


def test_labels_in_dutch_are_read():
    told = read_narrative(
        "SEPA Incasso algemeen doorlopend Incassant: NL13ZZZ123456780000  Naam: Energie Voorbeeld "
        "Machtiging: M-77  Omschrijving: Termijn mei  IBAN: NL20INGB0001234567 Kenmerk: 9"
    )

    assert (told.name, told.iban) == ("Energie Voorbeeld", "NL20INGB0001234567")
    assert (told.creditor_id, told.mandate_id) == ("NL13ZZZ123456780000", "M-77")
    assert told.remittance == "Termijn mei"


def test_asn_puts_the_iban_first_and_pads_its_lines():
    blank = " " * 65
    told = read_narrative(f"NL20INGB0001234567 a voorbeeld\n{blank}\n{'Salaris december':<65}\n{blank}")

    assert (told.name, told.iban, told.remittance) == (
        "a voorbeeld",
        "NL20INGB0001234567",
        "Salaris december",
    )


def test_asn_wraps_a_direct_debit_in_its_own_lines():
    text = (
        "/TRTP/Europese Incasso/CSID/NL13ZZZ123456780000/NAME/ENERGIE BV/MARF/M7/REMI/Termijn"
        "/IBAN/NL20INGB0001234567"
    )
    padded = "\n".join(text[at : at + 65].ljust(65) for at in range(0, len(text), 65))
    told = read_narrative(f"NL20INGB0001234567 energie\n{' ' * 65}\n{padded}\n{' ' * 65}")

    assert (told.name, told.creditor_id, told.mandate_id) == ("ENERGIE BV", "NL13ZZZ123456780000", "M7")
    assert told.remittance == "Termijn"


def test_asn_mentions_creditor_and_mandate_in_words():
    told = read_narrative(
        "NL20INGB0001234567 winkel\n"
        "Europese incasso: 12-Incassant ID: NL13ZZZ123456780000-Kenmerk Machtiging: M9 X"
    )

    assert (told.creditor_id, told.mandate_id) == ("NL13ZZZ123456780000", "M9")


def test_triodos_numbers_its_pieces():
    told = read_narrative(
        "000>100000000000\n>20BBBBAA2U\n>21NL20INGB0001234567\n>22A. VOORBEELD>23 HUUR MEI\n>310"
    )

    assert told.iban == "NL20INGB0001234567"
    assert told.remittance == "A. VOORBEELD HUUR MEI"


def test_pieces_of_full_width_go_on_in_the_next():
    told = read_narrative("166?20RECHNUNG NUMMER 12345678901?212?31DE89370400440532013000?32ERIKA MUSTER")

    assert told.remittance == "RECHNUNG NUMMER 123456789012"
    assert (told.name, told.iban) == ("ERIKA MUSTER", "DE89370400440532013000")


def test_text_of_no_known_form_is_kept_whole():
    assert read_narrative("KOSTEN   PAKKET\nJANUARI").remittance == "KOSTEN PAKKET JANUARI"


def test_words_without_name_or_text_lose_nothing():
    assert read_narrative("/PREF/Batch-9/SOMETHING ELSE").remittance == "/PREF/Batch-9/SOMETHING ELSE"


def test_no_text_says_nothing():
    assert read_narrative("") == ("", "", "", "", "", "", "")


def test_knab_puts_account_and_name_behind_labels():
    told = read_narrative("03-12-2025 16:04 PAS: 1122\nREK: NL20INGB0001234567/NAAM: J. Voorbeeld")

    assert (told.name, told.iban) == ("J. Voorbeeld", "NL20INGB0001234567")
    assert told.remittance == "03-12-2025 16:04 PAS: 1122"


def test_knab_leaves_spaces_before_its_words():
    told = read_narrative(
        "/TRTP/SEPA ACCEPTGIRO/IBAN/NL20INGB0001234567/BIC/INGBNL2AXXX /NAME/VERZEKERINGEN VOORBEELD N.V."
        "/EREF/5002100 /REMI/EERSTE MAAND"
    )

    assert told == ("VERZEKERINGEN VOORBEELD N.V.", "NL20INGB0001234567", "", "", "EERSTE MAAND", "", "")


def test_ing_says_in_english_what_it_says_in_dutch():
    dutch = "Naam: J. Voorbeeld Omschrijving: huur mei IBAN: NL20INGB0001234567 Valutadatum: 05-05-2026"
    english = "Name: J. Voorbeeld Description: huur mei IBAN: NL20INGB0001234567 Value date: 05/05/2026"

    assert read_narrative(dutch) == read_narrative(english)
    assert read_narrative(dutch).remittance == "huur mei"


def test_english_labels_count_only_where_the_bank_begins_with_one():
    assert read_narrative("Invoice 7 Description: chairs").remittance == "Invoice 7 Description: chairs"
