"""Statement files from disk."""

from datetime import date

import pytest

from psd2_affordability.core.errors import BrokenFile, InputError, UnknownFormat
from psd2_affordability.service import reading
from psd2_affordability.service.reading import read_paths
from statement_material import OTHER, OWN, mt940_statement

STATEMENT = mt940_statement([(date(2026, 1, 5), -1250, "/NAME/Bakker/REMI/brood")])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b.sta").write_bytes(STATEMENT)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "savings.sta").write_bytes(mt940_statement([], account=OTHER))
    (tmp_path / ".hidden").write_bytes(STATEMENT)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "c.sta").write_bytes(STATEMENT)
    return tmp_path


def test_a_folder_is_read_with_what_is_in_it_sorted_and_without_hidden_files(folder):
    received = read_paths([folder])

    assert [account.account for account in received.accounts] == [OTHER, OWN]
    assert len(received.transactions) == 1


def test_a_file_that_is_named_twice_is_read_once(folder):
    told = []
    read_paths([folder / "b.sta", folder, folder / "b.sta"], lambda done, of: told.append((done, of)))

    assert told[-1] == (2, 2)


def test_what_is_no_statement_in_a_folder_is_listed_and_does_not_stop_the_others(folder):
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7")
    received = read_paths([folder])

    assert len(received.transactions) == 1
    assert received.rejected[0].where == str(folder / "letter.pdf")
    assert "a PDF" in received.rejected[0].why


def test_a_file_that_is_named_must_be_a_statement(folder):
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7")

    with pytest.raises(UnknownFormat, match="a PDF"):
        read_paths([folder, folder / "letter.pdf"])


def test_a_broken_file_that_is_named_stops_the_reading(folder):
    (folder / "cut.xml").write_bytes(b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><Bk')

    with pytest.raises(BrokenFile, match="line 1"):
        read_paths([folder / "cut.xml"])


def test_an_empty_folder_is_an_error_that_names_it(tmp_path):
    with pytest.raises(InputError, match=f"no statement files in {tmp_path}"):
        read_paths([tmp_path])


def test_a_folder_with_other_things_only_says_what_the_first_is(tmp_path):
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")

    with pytest.raises(InputError, match=r"no statement files in .*letter\.pdf: this looks like a PDF"):
        read_paths([tmp_path])


def test_a_path_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(InputError, match=r"gone\.xml: there is no such file or folder"):
        read_paths([tmp_path / "gone.xml"])


def test_a_file_that_is_too_large_is_refused_before_it_is_read(folder, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)

    with pytest.raises(InputError, match="larger than"):
        read_paths([folder / "b.sta"])


def test_progress_is_told_after_every_file(folder):
    told = []
    read_paths([folder], lambda done, of: told.append((done, of)))

    assert told == [(1, 2), (2, 2)]
