"""Any list of entries, written as MT940 and as camt.053, reads back to the same rows and is proven."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psd2_affordability.connect.files.read import read_files
from statement_material import OTHER, camt_balance, camt_entry, camt_file, camt_statement, mt940_statement

FIRST, LAST = date(2025, 11, 1), date(2026, 2, 28)
WORDS = st.from_regex(r"[A-Za-z0-9]{1,12}( [A-Za-z0-9.]{1,10}){0,3}", fullmatch=True)
ENTRY = st.tuples(st.dates(FIRST, LAST), st.integers(-10_000_000, 10_000_000), WORDS, WORDS)
ENTRIES = st.lists(ENTRY, max_size=25)


def as_mt940(entries, opening):
    lines = [
        (day, cents, f"/TRTP/SEPA OVERBOEKING/IBAN/{OTHER}/BIC/INGBNL2A/NAME/{name}/REMI/{text}")
        for day, cents, name, text in entries
    ]
    return mt940_statement(lines, opening, first=FIRST, last=LAST)


def as_camt(entries, opening):
    rows = []
    for day, cents, name, text in entries:
        role = "Dbtr" if cents >= 0 else "Cdtr"
        parties = f"<{role}><Nm>{name}</Nm></{role}><{role}Acct><Id><IBAN>{OTHER}</IBAN></Id></{role}Acct>"
        details = f"<RltdPties>{parties}</RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf>"
        rows.append(camt_entry(cents, day, f"<TxDtls>{details}</TxDtls>"))
    closing = opening + sum(cents for _, cents, _, _ in entries)
    balances = camt_balance("OPBD", opening, FIRST), camt_balance("CLBD", closing, LAST)
    return camt_file(camt_statement(*balances, *rows))


@pytest.mark.parametrize("write", [as_mt940, as_camt])
@given(entries=ENTRIES, opening=st.integers(-1_000_000, 1_000_000))
def test_what_is_written_reads_back_and_adds_up(write, entries, opening):
    received = read_files([("file", write(entries, opening))])
    frame = received.transactions

    assert entries == list(
        zip(
            frame["booked_on"].dt.date,
            frame["amount_ct"],
            frame["counterparty_name"],
            frame["remittance"],
            strict=True,
        )
    )
    assert received.accounts[0].proven is True
    assert received.rejected == ()


@given(entries=ENTRIES, opening=st.integers(-1_000_000, 1_000_000))
def test_both_formats_give_a_row_the_same_key(entries, opening):
    mt940 = read_files([("file", as_mt940(entries, opening))]).transactions
    camt = read_files([("file", as_camt(entries, opening))]).transactions

    assert mt940["tx"].tolist() == camt["tx"].tolist()


@given(entries=st.lists(ENTRY, max_size=25, unique=True), at=st.integers(0, 25), overlap=st.integers(0, 10))
def test_a_history_cut_into_two_overlapping_files_is_the_history(entries, at, overlap):
    entries = sorted(entries)
    start = max(0, min(at, len(entries)) - overlap)
    before = 5000 + sum(cents for _, cents, _, _ in entries[:start])
    whole = read_files([("whole", as_mt940(entries, 5000))])
    halves = read_files([("a", as_mt940(entries[:at], 5000)), ("b", as_mt940(entries[start:], before))])

    assert sorted(whole.transactions["tx"]) == sorted(halves.transactions["tx"])
