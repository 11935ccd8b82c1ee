"""Archives of statements: read member by member, within bounds, whatever their names and packing."""

import gzip
import io
import zipfile
from datetime import date

import pytest

from export_material import EXPORTS, Booking
from psd2_affordability.connect.files import archive
from psd2_affordability.connect.files.read import read_files
from psd2_affordability.core.errors import BrokenFile, UnknownFormat
from statement_material import OTHER, mt940_statement

STATEMENT = mt940_statement([(date(2026, 1, 5), -1250, "/NAME/Bakker/REMI/brood")])
EXPORT = EXPORTS["knab"].write([Booking(date(2026, 1, 6), -99, "Bakker", OTHER, "brood")], 0)


def packed(*members: tuple[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression) as zipped:
        for name, content in members:
            zipped.writestr(name, content)
    return written.getvalue()


def read(content: bytes):
    return read_files([("year.zip", content)])


def test_each_member_is_read_as_if_given_by_itself():
    received = read(packed(("2026/jan.sta", STATEMENT), ("2026/knab/jan.csv", EXPORT)))

    assert sorted(received.transactions["amount_ct"]) == [-1250, -99]


def test_what_is_no_statement_in_it_is_listed_with_its_place():
    received = read(packed(("jan.sta", STATEMENT), ("letters/brief.pdf", b"%PDF-1.7")))

    assert received.rejected[0].where == "year.zip/letters/brief.pdf"
    assert "a PDF" in received.rejected[0].why


def test_a_row_that_cannot_be_read_is_placed_within_its_member():
    received = read(packed(("jan.csv", EXPORT + EXPORT.splitlines()[-1].replace(b"0,99", b"veel"))))

    assert received.rejected[0].where == "year.zip/jan.csv, line 4"


def test_a_damaged_member_is_listed_and_does_not_stop_the_others():
    broken = b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><Bk'
    received = read(packed(("a.xml", broken), ("b.sta", STATEMENT)))

    assert len(received.transactions) == 1
    assert (received.rejected[0].where, received.rejected[0].lost) == ("year.zip/a.xml, line 1", True)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/srv/elsewhere/x", "C:\\x\\y", "a\x1b[31m\nb", "x" * 5000]
)
def test_a_hostile_name_is_no_more_than_a_label(name):
    received = read(packed((name, STATEMENT), ("brief.pdf", b"%PDF-1.7")))

    assert len(received.transactions) == 1
    assert all(each.where.isprintable() and len(each.where) < 300 for each in received.rejected)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_two_files():
    received = read(packed(("jan.sta", STATEMENT), ("jan.sta", STATEMENT)))

    assert len(received.transactions) == 1
    assert "counted once" in received.rejected[0].why


def test_files_that_a_computer_adds_of_itself_are_left_out():
    received = read(
        packed(("jan.sta", STATEMENT), ("__MACOSX/._jan.sta", b"\x00\x05"), (".DS_Store", b"\x00"))
    )

    assert received.rejected == ()


def test_an_archive_inside_an_archive_is_not_opened():
    received = read(packed(("jan.sta", STATEMENT), ("more.zip", packed(("feb.sta", STATEMENT)))))

    assert "a ZIP archive inside another" in received.rejected[0].why


def test_an_archive_without_any_statement_is_refused():
    with pytest.raises(UnknownFormat, match=r"year\.zip: the archive holds no statement"):
        read(packed(("brief.pdf", b"%PDF-1.7")))


@pytest.mark.parametrize("inside", ["[Content_Types].xml", "mimetype"])
def test_a_spreadsheet_is_called_one(inside):
    with pytest.raises(UnknownFormat, match="an office document"):
        read(packed((inside, b"x"), ("sheet1.xml", b"<x/>")))


def test_a_member_behind_a_password_is_refused_and_named():
    locked = bytearray(packed(("jan.sta", STATEMENT)))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(signature) + at] |= 1

    with pytest.raises(BrokenFile, match=r"year\.zip/jan\.sta: .* locked with a password"):
        read(bytes(locked))


def test_a_packing_that_banks_do_not_use_is_refused():
    with pytest.raises(BrokenFile, match="unusual way"):
        read(packed(("jan.sta", STATEMENT), compression=zipfile.ZIP_LZMA))


@pytest.mark.parametrize("cut", [10, 60, 150])
def test_an_archive_that_was_cut_off_or_changed_is_damaged(cut):
    with pytest.raises(BrokenFile, match="damaged"):
        read(packed(("jan.sta", STATEMENT))[:-cut])


def test_content_that_does_not_match_its_checksum_is_damaged():
    content = packed(("jan.sta", STATEMENT), compression=zipfile.ZIP_STORED).replace(b"Bakker", b"Slager")

    with pytest.raises(BrokenFile, match="damaged"):
        read(content)


def test_a_bomb_is_refused_before_it_unpacks():
    bomb = packed(("zeros.csv", b"\0" * (64 << 20)))

    with pytest.raises(BrokenFile, match="unpacks to more than any statement"):
        read(bomb)


def test_many_members_together_count_as_one_amount(monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 2 * len(STATEMENT) - 1)

    with pytest.raises(BrokenFile, match=r"b\.sta: the archive unpacks to more"):
        read(packed(("a.sta", STATEMENT), ("b.sta", STATEMENT)))


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MOST_MEMBERS", 1)

    with pytest.raises(BrokenFile, match="more than 1 files"):
        read(packed(("a.sta", STATEMENT), ("b.sta", STATEMENT)))


def test_a_gzip_of_one_statement_is_read():
    assert len(read_files([("jan.sta.gz", gzip.compress(STATEMENT))]).transactions) == 1


def test_a_gzip_of_something_else_says_what_it_is():
    with pytest.raises(UnknownFormat, match="a PDF"):
        read_files([("brief.gz", gzip.compress(b"%PDF-1.7"))])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (gzip.compress(STATEMENT)[:-20], "damaged"),
        (b"\x1f\x8bnonsense", "damaged"),
        (gzip.compress(b"\0" * (64 << 20)), "unpacks to more"),
    ],
)
def test_a_gzip_that_is_damaged_or_a_bomb_is_refused(content, why):
    with pytest.raises(BrokenFile, match=why):
        read_files([("jan.gz", content)])
