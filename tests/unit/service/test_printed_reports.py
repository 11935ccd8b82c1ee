"""Reports as a reader meets them: their pages, their tags, their charts, the same bytes each time."""

import re
import subprocess
import sys
from hashlib import sha256
from itertools import product as every
from pathlib import Path

import pytest

import printed_material
from printed_material import (
    PEOPLE,
    RECEIVERS,
    answered_from,
    answered_without_a_household,
    pages,
    paid,
    product,
    reader,
    report,
    tags,
    text,
    words_for_drawings,
)
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.core.errors import UnknownName, UsageError
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.ledger_view import ledger_of
from psd2_affordability.service.printed.blocks import Note, Report
from psd2_affordability.service.printed.make import Wanted, report_of
from psd2_affordability.service.printed.printable import printable
from psd2_affordability.service.printed.speech import texts
from psd2_affordability.service.printed.typeset import to_pdf
from psd2_affordability.service.printed.uses import USES, use_of

_HASH = """
import sys
from hashlib import sha256

sys.path.insert(0, sys.argv[1])
from printed_material import report

print(*(sha256(report("karim", use)).hexdigest() for use in sys.argv[2:]))
"""
PAPER = [*RECEIVERS, "debt_help"]


@pytest.mark.parametrize(("name", "use"), list(every(PEOPLE, PAPER)))
def test_a_report_fits_on_one_or_two_pages(name, use):
    for language in ("nl", "en") if name in {"daan", "lotte"} else ("nl",):
        assert len(reader(report(name, use, language=language)).pages) <= 2


@pytest.mark.parametrize("name", ["olaf", "sem"])
@pytest.mark.parametrize("use", PAPER)
def test_a_report_with_many_questions_fits_on_two_pages_too(name, use):
    asked = answered_without_a_household(
        name,
        total_debt=Money(500_000),
        proposal=Money(10_000),
        obligation=Obligation(Money(7_500), 24),
    )

    for language in ("nl", "en"):
        assert len(reader(report_of(product(), asked, Wanted(USES[use], "pdf", language))).pages) <= 2


def test_who_lives_in_the_household_is_asked_once():
    asked = answered_without_a_household("olaf")

    page = text(report_of(product(), asked, Wanted(USES["seizure"], "pdf", "en")))

    assert page.count("Who lives in the household") == 1


@pytest.mark.parametrize(
    ("language", "signs", "heading", "streams"),
    [
        ("en", "Signs of new debt", "Income, costs and accounts", "Sources of income"),
        ("nl", "Tekenen van nieuwe schuld", "Inkomen, kosten en rekeningen", "Bronnen van inkomen"),
    ],
)
def test_income_costs_and_accounts_have_a_heading_of_their_own(language, signs, heading, streams):
    page = " ".join(text(report("lotte", "debt_help", language=language)).split())

    assert f"{heading} {streams}" in page[page.index(signs) :]


@pytest.mark.parametrize("name", ["lotte", "olaf"])
def test_the_taxable_income_is_asked_once(name):
    asked = answered_without_a_household(name)

    page = " ".join(text(report_of(product(), asked, Wanted(USES["debt_help"], "pdf", "en"))).split())

    assert page.count("What is the taxable income") == 1


def test_one_transaction_is_not_said_in_the_plural():
    rows = ledger_of([PEOPLE["tess"]])
    only = answered_from(PEOPLE["tess"], rows[rows["status"] == "booked"].head(1))

    page = text(report_of(product(), only, Wanted(USES["seizure"], "pdf", "nl")))

    assert "1 transactie van " in page
    assert "1 transacties" not in page


@pytest.mark.parametrize("name", ["amina", "jelle", "lotte"])
def test_the_persons_own_version_says_all_on_two_pages_before_its_annexes(name):
    found = pages(report(name, "person", language="nl"))

    begins = next(at for at, page in enumerate(found) if "Elk bedrag, en waaruit het bestaat" in page)
    assert begins <= 2
    assert "Als er iets niet klopt" in " ".join(found[:begins])


@pytest.mark.parametrize("use", USES)
def test_a_screen_reader_finds_tags_a_title_a_language_headings_and_words_for_every_drawing(use):
    pdf = reader(report("lotte", use, language="nl"))
    root = pdf.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf has a boolean of its own
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - the same
    assert pdf.metadata.title == texts()[f"title.{use}"][1]
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    kinds = {tag["/S"] for tag in tags(root["/StructTreeRoot"])}
    assert {"/Title", "/H1", "/P", "/Table", "/TH", "/TD"} <= kinds
    drawings = words_for_drawings(report("lotte", use, language="nl"))
    assert drawings
    assert min(map(len, drawings)) > 60


def test_every_page_says_what_it_is_of_which_day_with_its_receipt_and_number():
    found = pages(report("daan", "debt_help"))

    for at, page in enumerate(found, 1):
        assert "as of 20 November 2026 · receipt " in page
        assert f"page {at} / {len(found)}" in page


def test_the_page_is_a4_and_every_font_travels_with_it():
    pdf = reader(report("daan", "plan"))

    page = pdf.pages[0]
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
    for font in page["/Resources"]["/Font"].values():
        [below] = font.get_object()["/DescendantFonts"]
        described = below.get_object()["/FontDescriptor"]
        assert "/FontFile3" in described or "/FontFile2" in described


def test_a_report_in_dutch_is_in_dutch():
    said = text(report("daan", "plan", language="nl"))

    assert "Ruimte voor een betalingsregeling" in said
    assert "Waarom" in said
    assert "Rent is paid" not in said


def test_the_words_stand_in_both_languages_with_the_same_gaps_to_fill():
    for key, (english, dutch) in texts().items():
        assert min(len(english), len(dutch)) > 0, key
        gaps = [{part.split("}")[0] for part in said.split("{")[1:]} for said in (english, dutch)]
        assert gaps[0] >= gaps[1], key


def test_a_sentence_has_no_more_words_than_somebody_reads_at_once():
    for key, both in texts().items():
        for sentence in (each for said in both for each in re.split(r"(?<=[.?!;:]) ", said)):
            assert len(sentence.split()) <= 20, (key, sentence)


def test_the_same_answer_gives_the_same_bytes_in_another_process():
    elsewhere = subprocess.run(
        [sys.executable, "-c", _HASH, str(Path(printed_material.__file__).parent), *USES],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )

    assert elsewhere.stdout.split() == [sha256(report("karim", use)).hexdigest() for use in USES]


def test_no_transactions_at_all_still_gives_a_readable_report_that_says_what_to_ask():
    nothing = answered_from(PEOPLE["amina"], ledger_of([PEOPLE["amina"]]).head(0))

    for use, language in every(USES.values(), ("en", "nl")):
        said = text(report_of(product(), nothing, Wanted(use, "pdf", language)))
        assert {"en": "Not known", "nl": "iet bekend"}[language] in said or use.code == "credit_check"
        assert {"en": "Can at least three whole months", "nl": "minstens drie hele maanden"}[language] in said


def test_three_days_of_history_give_questions_and_no_options():
    person = PEOPLE["daan"]
    frame = ledger_of([person])
    few = answered_from(person, frame[frame["booked_on"] >= "2026-11-18"])

    said = text(report_of(product(), few, Wanted(use_of("plan"))))

    assert "What to ask" in said
    assert "Ways to repay" not in said


@pytest.mark.parametrize(
    "name",
    [
        '#let x = read("main")',
        "*b* _i_ $x^2$ `raw` @ref",
        "<b>html</b> &amp; <script>",
        '"\\ #[]{} // /* \\u{7}',
        "= Heading",
    ],
)
def test_markup_in_a_payees_name_is_printed_as_it_stands(name):
    said = text(report_of(product(), paid("daan", counterparty_name=name), Wanted(use_of("person"))))

    assert name.replace(" ", "") in said.replace(" ", "")


@pytest.mark.parametrize(
    "name",
    [
        "\x00\x07\x1b[31mred\x1b[0m",
        "\u202eevil\u202c\u200f",
        "A" * 10_000,
        "W " * 5_000,
        "😀 \U0001d54f 漢字",
        "\ufdd0",
        "",
    ],
)
def test_a_strange_name_neither_breaks_the_report_nor_fills_it(name):
    pdf = report_of(product(), paid("amina", counterparty_name=name), Wanted(use_of("person")))

    said = text(pdf)
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert len(pages(pdf)) < 40


def test_every_letter_that_counts_as_printable_has_a_shape_in_the_fonts():
    alphabet = printable(" ".join(map(chr, range(0x20, 0x2100)))).replace("\N{REPLACEMENT CHARACTER}", "")
    report = Report("en", "Test", "Letters", "", (2026, 1, 1), (), "", "page", (Note(alphabet),))

    assert "é" in alphabet
    assert "ё" in alphabet
    assert to_pdf(report).startswith(b"%PDF")


def test_names_of_many_alphabets_are_printed_as_they_are():
    made = report_of(product(), paid("amina"), Wanted(use_of("plan"), reference="Łódź · İzmir · Ærø · Жук"))

    assert "Łódź · İzmir · Ærø · Жук" in text(made)


def test_an_unknown_use_names_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean seizure"):
        use_of("seizur")


def test_transactions_are_only_in_the_persons_own_version():
    with pytest.raises(UsageError, match="person's own version"):
        Wanted(use_of("plan"), "csv", rows=True)
