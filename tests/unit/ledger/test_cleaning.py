"""Text as banks send it, made safe and comparable."""

from psd2_affordability.ledger.clean import clean_text, cleaned, fold
from psd2_affordability.ledger.schema import frame_of


def test_control_and_direction_marks_go_and_white_space_folds() -> None:
    assert clean_text("Jan\u202e\u200bsen\x00\r\n  B\tV ") == "Jansen B V"


def test_ordinary_letters_with_accents_stay_as_they_are_when_shown() -> None:
    assert clean_text("Café Žižek") == "Café Žižek"


def test_names_are_compared_without_accents_width_marks_and_case() -> None:
    assert fold("ＣＡＦÉ d'Öster-B.V.") == "cafe d oster b v"


def test_a_frame_is_cleaned_only_where_it_needs_it() -> None:
    rows = [
        {"status": "booked", "booked_on": "2026-01-01", "counterparty_name": name} for name in ("A  B", "C")
    ]
    frame = (
        frame_of(rows).assign(counterparty_iban="nl91 abna 0417 1643 00").astype({"counterparty_iban": "str"})
    )
    clean = cleaned(frame)
    assert clean["counterparty_name"].tolist() == ["A B", "C"]
    assert set(clean["counterparty_iban"]) == {"NL91ABNA0417164300"}
    assert cleaned(clean) is clean
