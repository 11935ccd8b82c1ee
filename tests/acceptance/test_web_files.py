"""Statement files over the pages: what a counsellor brings is read, masked, kept once, and told of."""

import gzip
import io
import zipfile
from datetime import date

import pytest
import requests
from lxml import html

from running_product import running
from statement_material import OWN, mt940_statement
from visitor_material import Visitor, check_structure, words

PERSON = "Jansen van Dam"


def statement(months: range = range(1, 7), closing: int | None = None) -> bytes:
    """Half a year of wages, rent and a friend, whose balances add up."""
    entries = [
        (date(2026, month, day), cents, f"/BENM//NAME/{name}/REMI/{text}")
        for month in months
        for day, cents, name, text in (
            (2, -600_00, "Woonstad", "huur"),
            (9, -25_00, PERSON, "voor de verjaardag"),
            (24, 2100_00, "Bakker BV", "salaris"),
        )
    ]
    first, last = date(2026, months[0], 1), date(2026, months[-1], 28)
    return mt940_statement(entries, first=first, last=last, closing=closing)


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with running(tmp_path_factory.mktemp("files")) as everything:
        yield everything


@pytest.fixture
def visitor(served):
    return Visitor(served)


def brought(visitor: Visitor, subject: str, files: dict[str, bytes], **values: str) -> html.HtmlElement:
    """Bring files for a new case on the first page."""
    answer = visitor.bring(
        visitor.open("/"), "/files", files, subject=subject, **{"purpose": "debt_help", **values}
    )
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.content)


def facts(page: html.HtmlElement) -> dict[str, str]:
    return {words(each.find("dt")): words(each.find("dd")) for each in page.cssselect("dl.facts > div")}


def kept_rows(visitor: Visitor, subject: str) -> list[str]:
    data = visitor.served.product.store.ledger.load(
        subject, purpose="debt_help", at=visitor.served.product.clock.now(), banks=frozenset()
    )
    return sorted(data.transactions["counterparty_name"])


def test_files_open_a_case_without_a_bank_and_lead_to_its_answers(visitor):
    page = brought(visitor, "by-hand", {"mei.sta": statement()})

    check_structure(page)
    assert facts(page)["New transactions"] == "18"
    [row] = page.cssselect("tbody tr")
    assert words(row) == (f"{OWN} 2 January 2026 to 24 June 2026 18 €100.00 €8,950.00 They add up")
    assert "Everything was taken over." in words(page)
    [link] = page.cssselect("a.button")
    case = visitor.open(link.get("href"))
    assert "Room for a payment plan" in words(case)
    assert "Bakker BV" in words(case)
    assert "these data came from files" in words(case)


def test_the_same_files_twice_change_nothing_and_the_page_says_so(visitor):
    brought(visitor, "twice", {"mei.sta": statement()})
    before = kept_rows(visitor, "twice")

    answer = visitor.bring(visitor.open("/cases/twice"), "/cases/twice/files", {"copy.sta": statement()})

    page = html.document_fromstring(answer.content)
    assert "All of this was here already. Nothing changed." in words(page)
    assert (facts(page)["New transactions"], facts(page)["Transactions that were here already"]) == (
        "0",
        "18",
    )
    assert kept_rows(visitor, "twice") == before


def test_several_files_and_an_archive_are_read_together_also_with_equal_names(visitor):
    files = [
        ("files", ("jan.sta", statement(range(1, 2)))),
        ("files", ("jan.sta", statement(range(2, 3)))),
        ("files", ("more.zip", zipped(**{"mrt.sta": statement(range(3, 4)), "notes.txt": b"see you soon"}))),
    ]
    token = visitor.open("/").cssselect("input[name='token']")[0].get("value")

    answer = visitor.session.post(
        f"{visitor.served.url}/files",
        data={"token": token, "subject": "several", "purpose": "debt_help"},
        files=files,
        timeout=60,
    )

    page = html.document_fromstring(answer.content)
    assert facts(page)["New transactions"] == "9"
    [left_out] = page.cssselect("section[aria-labelledby=rejected] li")
    assert words(left_out).startswith("more.zip/notes.txt: this looks like text of another kind")


def test_private_persons_are_masked_before_anything_is_kept(visitor):
    page = brought(visitor, "masked", {"mei.sta": statement()})

    assert facts(page)["With a private person, whose name was replaced"] == "6"
    assert facts(page)["Descriptions left out"] == "0"
    assert not [name for name in kept_rows(visitor, "masked") if PERSON in name]
    visitor.open("/cases/masked")
    assert PERSON not in visitor.answer.text


def test_another_purpose_than_debt_help_keeps_no_descriptions(visitor):
    page = brought(visitor, "narrow", {"mei.sta": statement()}, purpose="payment_plan")

    assert facts(page)["Descriptions left out"] == "18"


def test_balances_that_do_not_add_up_are_told_with_what_is_wrong(visitor):
    page = brought(visitor, "wrong-sum", {"mei.sta": statement(closing=1)})

    told = words(page.cssselect("section[aria-labelledby=accounts]")[0])
    assert "They do not add up" in told
    assert "closing balance says 0.01" in told


def test_a_line_that_cannot_be_read_is_told_with_its_place(visitor):
    broken = statement().replace(b":61:2603020302D600,00", b":61:2603990302D600,00")

    page = brought(visitor, "broken-line", {"mei.sta": broken})

    [line] = page.cssselect("section[aria-labelledby=rejected] li")
    assert words(line) == "May be missing: mei.sta, line 17: '260399' is not a day (YYMMDD)"


BOMB = gzip.compress(b"0" * (64 << 20))


@pytest.mark.parametrize(
    ("files", "status", "says"),
    [
        ({"letter.pdf": b"%PDF-1.7 a letter"}, 422, "letter.pdf: this looks like a PDF"),
        ({"mei.sta": b""}, 422, "mei.sta: the file is empty"),
        ({"mei.sta": statement(), "x.doc": b"hello"}, 422, "x.doc: this looks like text of another kind"),
        ({"bomb.gz": BOMB}, 422, "bomb.gz: the archive unpacks to more than any statement"),
        ({"half.zip": zipped(a=statement())[:200]}, 422, "half.zip: the ZIP archive is damaged"),
        ({"mei.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'}, 422, "mei.xml"),
        ({"": b""}, 400, "no file was chosen"),
        ({"<b>\u202e.sta": b"%PDF"}, 422, "<b>.sta: this looks like a PDF"),
        ({"../../etc/mei.sta": b"%PDF"}, 422, "mei.sta: this looks like a PDF"),
    ],
)
def test_a_file_that_is_no_statement_is_refused_by_name_and_nothing_is_kept(visitor, files, status, says):
    answer = visitor.bring(visitor.open("/"), "/files", files, subject="refused", purpose="debt_help")

    page = html.document_fromstring(answer.content)
    assert (answer.status_code, says in words(page)) == (status, True), words(page)
    assert "/etc/" not in answer.text
    visitor.open("/cases/refused", status=404)


def test_more_than_the_pages_take_is_refused_with_what_to_do(visitor):
    answer = visitor.bring(
        visitor.open("/"), "/files", {"large.sta": b"x" * (33 << 20)}, subject="large", purpose="debt_help"
    )

    page = html.document_fromstring(answer.content)
    assert answer.status_code == 413
    assert "32 MB is the most" in words(page)
    visitor.open("/cases/large", status=404)


def test_a_call_to_the_interface_that_is_too_large_is_a_problem(served):
    sent = (b"x" * (1 << 20) for _ in range(257))

    answer = requests.post(
        f"{served.url}/api/assess", data=sent, headers={"Content-Type": "application/json"}, timeout=60
    )

    assert (answer.status_code, answer.json()["code"]) == (413, "usage.too_large")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nno form at all", "multipart/form-data; boundary=x"),
        (b"whatever", "multipart/form-data"),
        (b"token=x", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
    ],
)
def test_what_is_no_form_of_files_is_a_form_filled_in_wrongly(served, body, kind):
    answer = requests.post(f"{served.url}/files", data=body, headers={"Content-Type": kind}, timeout=30)

    assert answer.status_code in (400, 422)
    assert "form was not filled in" in answer.text
    assert "usage.request" in answer.text


@pytest.mark.parametrize("action", ["/files", "/cases/any/files"])
def test_files_from_somebody_elses_page_are_refused(served, action):
    answer = requests.post(
        f"{served.url}{action}",
        data={"token": "x", "subject": "any", "purpose": "debt_help"},
        files=[("files", ("mei.sta", statement()))],
        timeout=30,
    )

    assert answer.status_code == 403
    assert "too old" in answer.text


def test_files_cannot_widen_what_a_person_consented_to(visitor):
    page = visitor.case("consented", "payment_plan")

    offered = page.cssselect("#files-purpose option")
    wider = visitor.bring(page, "/cases/consented/files", {"a.sta": statement()}, purpose="debt_help")
    same = visitor.bring(page, "/cases/consented/files", {"a.sta": statement()})

    assert [each.get("value") for each in offered] == ["payment_plan"]
    assert wider.status_code == 403
    assert "did not consent" in wider.text
    assert same.status_code == 200


@pytest.mark.parametrize("subject", [" ", "a/b", "x" * 121])
def test_a_case_name_that_cannot_be_is_refused_with_what_it_may_be(visitor, subject):
    visitor.case("somebody-else", "payment_plan")

    answer = visitor.bring(
        visitor.open("/"), "/files", {"a.sta": statement()}, subject=subject, purpose="debt_help"
    )

    assert answer.status_code == 400
    assert "a case needs a key of 1 to 120 printable characters" in answer.text


def test_files_for_a_case_that_is_not_there_open_none(visitor):
    token = visitor.open("/").cssselect("input[name='token']")[0].get("value")

    answer = visitor.session.post(
        f"{visitor.served.url}/cases/nobody/files",
        data={"token": token, "purpose": "debt_help"},
        files=[("files", ("mei.sta", statement()))],
        timeout=30,
    )

    assert answer.status_code == 404
    visitor.open("/cases/nobody", status=404)


def test_what_was_read_is_told_in_dutch_and_the_language_can_be_changed_there(served):
    visitor = Visitor(served, "nl")

    broken = statement(closing=1).replace(b":61:2603020302D600,00", b":61:2603990302D600,00")
    page = brought(visitor, "nederlands", {"mei.sta": broken})

    assert facts(page)["Nieuwe transacties"] == "17"
    assert "Ontbreekt misschien: mei.sta, regel 17: '260399' is geen dag (JJMMDD)" in words(page)
    assert "Ze kloppen niet mei.sta, afschrift 1/1: het beginsaldo € 100,00 plus de boekingen" in words(page)
    assert not page.cssselect("main [lang=en]")
    refused = visitor.bring(
        visitor.open("/"), "/files", {"brief.pdf": b"%PDF"}, subject="brief", purpose="debt_help"
    )
    assert "brief.pdf: dit lijkt op een PDF; dat kunnen wij niet lezen. Wij lezen" in refused.text
    english = page.cssselect("a[hreflang=en]")[0].get("href")
    assert words(visitor.open(english).cssselect("h1")[0]) == "Cases"
