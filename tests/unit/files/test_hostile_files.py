"""Files that are something else, damaged or hostile: a clear error with place and advice, in bounded time."""

import time

import pytest

from psd2_affordability.connect.files import camt
from psd2_affordability.connect.files.read import read_files
from psd2_affordability.connect.files.recognise import recognise
from psd2_affordability.core.errors import BrokenFile, UnknownFormat
from statement_material import camt_entry, camt_file, camt_statement


@pytest.mark.parametrize(
    ("content", "looks"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive inside another"),
        (b"\x1f\x8b\x08", "a gzip archive inside another"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old office document"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x00\x01\x02\x03" * 9, "a binary file"),
        (b"datum;bedrag;naam\n2026-01-05;1,00;A\n", "a table"),
        (b"<html><body>Inloggen</body></html>", "a web page"),
        (b"<?xml version='1.0'?><a/>", "an XML file of another kind"),
        (
            b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"/>',
            r"an ISO 20022 message of another kind \(pain\.001\)",
        ),
        (b"OFXHEADER:100\n", "an OFX file"),
        (b"Beste klant, hierbij uw afschrift.", "text of another kind"),
    ],
)
def test_what_is_no_statement_is_named_for_what_it_looks_like(content, looks):
    with pytest.raises(UnknownFormat, match=rf"^brief: this looks like {looks}.*MT940.*: ask the bank"):
        recognise("brief", content)


def test_json_without_a_bank_says_how_to_name_the_bank():
    with pytest.raises(UnknownFormat, match=r"looks like JSON.*name that bank with --bank"):
        read_files([("saved.json", b'{"transactions": []}')])


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\x00\x00"])
def test_an_empty_file_is_called_empty(content):
    with pytest.raises(UnknownFormat, match="the file is empty"):
        recognise("leeg.xml", content)


def test_the_name_of_a_file_does_not_matter():
    assert recognise("photo.jpg", camt_file(camt_statement())) == "camt"


LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>\n'


@pytest.mark.parametrize("before", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("piece", [64, 1 << 20])
def test_a_document_type_is_refused_before_anything_is_expanded(before, encoding, piece, monkeypatch):
    monkeypatch.setattr(camt, "_PIECE", piece)
    entry = camt_entry(500, details="<TxDtls><RmtInf><Ustrd>x</Ustrd></RmtInf></TxDtls>")
    text = camt_file(camt_statement(entry), before=before).decode().replace("UTF-8", encoding)

    with pytest.raises(BrokenFile, match="declares a document type"):
        read_files([("file.xml", text.encode(encoding))])


@pytest.mark.parametrize("piece", [64, 1 << 20])
def test_xml_that_was_cut_off_names_the_line_and_the_way_out(piece, monkeypatch):
    monkeypatch.setattr(camt, "_PIECE", piece)
    whole = camt_file(camt_statement(*[camt_entry(cents) for cents in range(1, 200)]))

    with pytest.raises(BrokenFile, match=r"^file\.xml, line 4: the XML cannot be read.*Export the statement"):
        read_files([("file.xml", whole[: len(whole) // 2])])


@pytest.mark.parametrize("piece", [64, 1 << 20])
def test_xml_that_is_absurdly_deep_is_refused(piece, monkeypatch):
    monkeypatch.setattr(camt, "_PIECE", piece)
    deep = camt_file("<Stmt>" + "<a>" * 200_000 + "</a>" * 200_000 + "</Stmt>")

    with pytest.raises(BrokenFile, match="cannot be read beyond this line"):
        read_files([("file.xml", deep)])


def test_a_text_of_many_megabytes_in_xml_is_refused():
    text = f"<TxDtls><RmtInf><Ustrd>{'x' * 11_000_000}</Ustrd></RmtInf></TxDtls>"

    with pytest.raises(BrokenFile, match="cannot be read beyond this line"):
        read_files([("file.xml", camt_file(camt_statement(camt_entry(5, details=text))))])


def test_camt_without_a_statement_is_refused():
    with pytest.raises(BrokenFile, match="holds no statement"):
        read_files([("file.xml", camt_file())])


@pytest.mark.parametrize("byte", [b"\x00", b"\x08"])
def test_a_control_character_in_xml_is_refused(byte):
    content = camt_file(camt_statement(camt_entry(500))).replace(b"M1", b"M" + byte)

    with pytest.raises(BrokenFile, match="cannot be read"):
        read_files([("file.xml", content)])


KNAB = b"""Rekeningnummer;Transactiedatum;Valutacode;CreditDebet;Bedrag;Tegenrekeningnummer;\
Tegenrekeninghouder;Valutadatum;Betaalwijze;Omschrijving;Type betaling;\
Machtigingsnummer;Incassant ID;Adres;Referentie;Boekdatum
"""
GOOD = b"NL91ABNA0417164300;05-01-2026;EUR;D;1,00;;Bakker;05-01-2026;BEA;brood;;;;;B1;05-01-2026\n"


MANY_TEXTS = f"<TxDtls><RmtInf>{'<Ustrd>x</Ustrd>' * 100_000}</RmtInf></TxDtls>"
LINE = b":20:X\n:25:NL91ABNA0417164300\n:60F:C260101EUR0,00\n:61:260105C1,00NTRFNONREF\n:86:"


@pytest.mark.parametrize(
    "content",
    [
        camt_file(camt_statement(camt_entry(5, details=MANY_TEXTS))),
        camt_file(camt_statement(camt_entry(5, details="<TxDtls/>" * 50_000))),
        LINE + b"/NAME/x" * 200_000,
        LINE + b"BEA " + b"x " * 500_000 + b"PAS",
        LINE.replace(b"NONREF", b" " * 1_000_000),
        LINE.replace(b"260105", b"9" * 1_000_000),
        LINE + b"\n:61:x" * 50_000,
        KNAB + b"x;" * 500_000,
        KNAB + GOOD + (b"x;" * 16 + b"\n") * 50_000,
        KNAB + GOOD + (GOOD + GOOD.replace(b"D;1,00", b"Z;1,00")) * 5_000,
    ],
    ids=[
        "texts", "batch", "words", "spaces", "padding", "digits", "rejected", "columns", "bad rows", "mixed",
    ],
)  # fmt: skip
def test_a_file_made_to_be_slow_is_not(content):
    start = time.perf_counter()

    read_files([("file", content)])

    assert time.perf_counter() - start < 5
