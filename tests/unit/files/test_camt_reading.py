"""camt files: entries, parties, batches and returns, in every version."""

import subprocess
import sys
from datetime import date

import pandas as pd
import pytest

from psd2_affordability.connect.files import camt
from psd2_affordability.connect.files.read import read_files
from statement_material import LANDLORD, OTHER, OWN, camt_balance, camt_entry, camt_file, camt_statement

NEW_YEAR, TWELFTH_NIGHT = date(2026, 1, 1), date(2026, 1, 6)


def read(content: bytes):
    received = read_files([("file.xml", content)])
    return received, received.transactions.to_dict("records")


def row_of(entry: str, version: str = "053.001.02"):
    _, [row] = read(camt_file(camt_statement(entry), version=version))
    return row


def party(role: str, name: str, iban: str) -> str:
    return f"<{role}><Nm>{name}</Nm></{role}><{role}Acct><Id><IBAN>{iban}</IBAN></Id></{role}Acct>"


BOTH = party("Dbtr", "A. Voorbeeld", OTHER) + party("Cdtr", "De Kade", LANDLORD)


def parties(inside: str) -> str:
    return f"<TxDtls><RltdPties>{inside}</RltdPties></TxDtls>"


@pytest.mark.parametrize(
    ("cents", "name", "iban"), [(500, "A. Voorbeeld", OTHER), (-500, "De Kade", LANDLORD)]
)
def test_money_in_comes_from_the_debtor_and_money_out_goes_to_the_creditor(cents, name, iban):
    row = row_of(camt_entry(cents, details=parties(BOTH)))

    assert (row["amount_ct"], row["counterparty_name"], row["counterparty_iban"]) == (cents, name, iban)


def test_a_returned_payment_does_not_name_the_account_itself():
    own_debit_returned = party("Dbtr", "Ikzelf", OWN) + party("Cdtr", "Energie", LANDLORD)
    row = row_of(camt_entry(500, details=parties(own_debit_returned)))

    assert (row["counterparty_name"], row["counterparty_iban"]) == ("Energie", LANDLORD)


def test_a_bank_that_fills_one_side_only_still_names_it():
    assert (
        row_of(camt_entry(500, details=parties(party("Cdtr", "Winkel", OTHER))))["counterparty_name"]
        == "Winkel"
    )


def test_the_ultimate_party_is_named_when_nobody_else_is():
    row = row_of(camt_entry(-500, details=parties("<UltmtCdtr><Nm>Echte Winkel</Nm></UltmtCdtr>")))

    assert row["counterparty_name"] == "Echte Winkel"


@pytest.mark.parametrize(
    "inside",
    [
        "<Cdtr><Pty><Nm>Winkel</Nm></Pty></Cdtr>",
        "<Cdtr><Agt><FinInstnId><Nm>Winkel</Nm></FinInstnId></Agt></Cdtr>",
        "<Cdtr><Nm>Winkel</Nm></Cdtr>",
    ],
)
def test_later_versions_wrap_the_name(inside):
    assert row_of(camt_entry(-500, details=parties(inside)), "053.001.08")["counterparty_name"] == "Winkel"


def test_a_direct_debit_carries_creditor_and_mandate():
    scheme = "<SchmeNm><Prtry>SEPA</Prtry></SchmeNm>"
    creditor = f"<Id><PrvtId><Othr><Id>NL13ZZZ123456780000</Id>{scheme}</Othr></PrvtId></Id>"
    details = (
        "<TxDtls><Refs><EndToEndId>E1</EndToEndId><MndtId>M-77</MndtId></Refs>"
        f"<RltdPties><Cdtr><Nm>Energie</Nm>{creditor}</Cdtr></RltdPties></TxDtls>"
    )
    row = row_of(camt_entry(-500, details=details))

    assert (row["creditor_id"], row["mandate_id"]) == ("NL13ZZZ123456780000", "M-77")


def test_a_company_number_is_no_creditor_identifier():
    inside = "<Cdtr><Nm>Winkel</Nm><Id><OrgId><Othr><Id>455454654</Id></Othr></OrgId></Id></Cdtr>"

    assert row_of(camt_entry(-500, details=parties(inside)))["creditor_id"] == ""


def test_a_returned_debit_carries_its_reason():
    details = "<TxDtls><RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf></TxDtls>"

    assert row_of(camt_entry(500, details=details))["return_reason"] == "AM04"


def test_the_purpose_of_a_salary_is_kept():
    assert (
        row_of(camt_entry(500, details="<TxDtls><Purp><Cd>SALA</Cd></Purp></TxDtls>"))["purpose_code"]
        == "SALA"
    )


def reference(number: str) -> str:
    kind = "<Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp>"
    return f"<Strd><CdtrRefInf>{kind}<Ref>{number}</Ref></CdtrRefInf></Strd>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<RmtInf><Ustrd>Huur</Ustrd><Ustrd>mei</Ustrd></RmtInf>", "Huur mei"),
        (f"<RmtInf>{reference('7000123')}</RmtInf>", "7000123"),
        (f"<RmtInf><Ustrd>kenmerk 70</Ustrd>{reference('70')}{reference('81')}</RmtInf>", "kenmerk 70 81"),
        ("<Refs><EndToEndId>E-9</EndToEndId></Refs>", "E-9"),
        ("<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>", ""),
        ("<Refs><EndToEndId>E-9</EndToEndId></Refs><AddtlTxInf>Pinnen</AddtlTxInf>", "Pinnen"),
    ],
    ids=["free", "structured", "not twice", "end to end", "nothing", "bank's text"],
)
def test_the_text_is_what_the_payer_wrote_or_else_what_the_bank_says(inside, text):
    assert row_of(camt_entry(-500, details=f"<TxDtls>{inside}</TxDtls>"))["remittance"] == text


def test_a_bank_that_tells_all_in_its_own_text_is_understood():
    told = f"/TRTP/iDEAL/IBAN/{OTHER}/BIC/INGBNL2A/NAME/Winkel/REMI/Order 9"
    row = row_of(camt_entry(-500, extra=f"<AddtlNtryInf>{told}</AddtlNtryInf>"))

    assert (row["counterparty_name"], row["counterparty_iban"], row["remittance"]) == (
        "Winkel",
        OTHER,
        "Order 9",
    )


def test_the_bank_code_is_domain_family_and_sub_family():
    assert row_of(camt_entry(500))["bank_code"] == "PMNT/RCDT/ESCT"


def test_an_iso_code_of_the_entry_goes_before_a_code_of_the_banks_own():
    details = "<TxDtls><BkTxCd><Prtry><Cd>544</Cd></Prtry></BkTxCd></TxDtls>"

    assert row_of(camt_entry(500, details=details))["bank_code"] == "PMNT/RCDT/ESCT"


def share(cents: int, name: str, side: str = "", currency: str = "EUR") -> str:
    amount = f'<AmtDtls><TxAmt><Amt Ccy="{currency}">{cents // 100}.{cents % 100:02d}</Amt></TxAmt></AmtDtls>'
    mark = f"<CdtDbtInd>{side}</CdtDbtInd>" if side else ""
    return f"<TxDtls>{mark}{amount}<RltdPties><Cdtr><Nm>{name}</Nm></Cdtr></RltdPties></TxDtls>"


def test_a_batch_whose_parts_add_up_becomes_its_parts():
    _, rows = read(
        camt_file(camt_statement(camt_entry(-1000, details=share(700, "Een") + share(300, "Twee"))))
    )

    assert [(row["amount_ct"], row["counterparty_name"]) for row in rows] == [(-700, "Een"), (-300, "Twee")]


def test_a_batch_may_hold_a_correction_the_other_way():
    details = share(1200, "Een") + share(200, "Twee", "CRDT")
    _, rows = read(camt_file(camt_statement(camt_entry(-1000, details=details))))

    assert [row["amount_ct"] for row in rows] == [-1200, 200]


@pytest.mark.parametrize(
    "details",
    [
        share(700, "Een") + share(299, "Twee"),
        share(700, "Een") + share(300, "Twee", currency="USD"),
        "<TxDtls/><TxDtls/>",
    ],
    ids=["short", "other currency", "no amounts"],
)
def test_a_batch_that_does_not_add_up_stays_one_row_and_that_is_said(details):
    received, rows = read(camt_file(camt_statement(camt_entry(-1000, details=details))))

    assert [row["amount_ct"] for row in rows] == [-1000]
    assert "a batch of 2 payments do not add up to it: it is kept as one row" in received.rejected[0].why
    assert received.rejected[0].lost is False


@pytest.mark.parametrize(
    "status", ["<Sts>PDNG</Sts>", "<Sts><Cd>PDNG</Cd></Sts>", "<Sts><Cd>FUTR</Cd></Sts>"]
)
def test_an_entry_that_is_not_booked_yet_is_pending_and_proves_nothing(status):
    opening, closing = camt_balance("OPBD", 100, NEW_YEAR), camt_balance("CLBD", 100, TWELFTH_NIGHT)
    received, [row] = read(camt_file(camt_statement(opening, closing, camt_entry(500, status=status))))

    assert row["status"] == "pending"
    assert received.accounts[0].proven is True


def test_an_entry_that_only_informs_is_listed_and_is_no_row():
    received, rows = read(camt_file(camt_statement(camt_entry(500, status="<Sts>INFO</Sts>"))))

    assert rows == []
    assert "informs only" in received.rejected[0].why


def test_an_amount_of_zero_is_a_row():
    assert row_of(camt_entry(0))["amount_ct"] == 0


@pytest.mark.parametrize(("amount", "cents"), [("8.850", 885), ("8.85000", 885), ("8", 800), ("8.8", 880)])
def test_decimals_beyond_the_cent_may_be_zero(amount, cents):
    assert row_of(camt_entry(500, amount=amount))["amount_ct"] == cents


@pytest.mark.parametrize(
    "amount", ["8.855", "8.85001", "-8.85", "NaN", "1e3", "8,85", "", "1_000", "9" * 400]
)
def test_an_amount_that_is_not_whole_cents_is_rejected_with_its_line(amount):
    received, rows = read(camt_file(camt_statement(camt_entry(500, amount=amount or " "))))

    assert rows == []
    assert received.rejected[0].where == "file.xml, line 4"
    assert "amount" in received.rejected[0].why


def test_a_booked_entry_without_any_day_is_rejected():
    received, rows = read(camt_file(camt_statement(camt_entry(500, on=None))))

    assert rows == []
    assert "no booking day" in received.rejected[0].why


def test_the_value_day_stands_in_for_a_missing_booking_day():
    row = row_of(camt_entry(500, on=None, extra="<ValDt><Dt>2026-01-07</Dt></ValDt>"))

    assert row["booked_on"].date() == date(2026, 1, 7)


def test_a_pending_entry_may_lack_its_day():
    row = row_of(camt_entry(500, on=None, status="<Sts>PDNG</Sts>"))

    assert row["booked_on"] is pd.NaT


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-05T23:30:00Z", date(2026, 1, 6)),
        ("2026-01-05T23:30:00+00:00", date(2026, 1, 6)),
        ("2026-01-05T23:30:00+01:00", date(2026, 1, 5)),
        ("2026-01-05T23:30:00", date(2026, 1, 5)),
        ("2026-01-05T23:30:00.000000000", date(2026, 1, 5)),
    ],
)
def test_a_moment_in_utc_is_a_day_in_amsterdam(moment, day):
    entry = camt_entry(500, on=None, extra=f"<BookgDt><DtTm>{moment}</DtTm></BookgDt>")

    assert row_of(entry)["booked_on"].date() == day


@pytest.mark.parametrize(
    "version",
    [f"{kind}.001.{number:02d}" for kind in ("052", "053", "054") for number in range(2, 13)],
)
def test_any_version_reads_the_same(version):
    assert row_of(camt_entry(500, details=parties(BOTH)), version)["counterparty_name"] == "A. Voorbeeld"


@pytest.mark.parametrize(
    ("statement", "message"), [("Rpt", "BkToCstmrAcctRpt"), ("Ntfctn", "BkToCstmrDbtCdtNtfctn")]
)
def test_reports_and_notifications_are_read_too(statement, message):
    content = camt_file(camt_statement(camt_entry(500))).decode()
    content = content.replace("Stmt>", f"{statement}>").replace(f"BkToCstmr{statement}>", f"{message}>")
    _, [row] = read(content.encode())

    assert row["amount_ct"] == 500


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_any_declared_encoding_is_read(encoding):
    content = camt_file(
        camt_statement(camt_entry(500, details=parties(party("Dbtr", "Zoë", OTHER))))
    ).decode()
    _, [row] = read(content.replace("UTF-8", encoding).encode(encoding))

    assert row["counterparty_name"] == "Zoë"


def test_a_prefix_on_every_tag_changes_nothing():
    content = camt_file(camt_statement(camt_entry(500))).decode().replace("xmlns=", "xmlns:n=")
    content = (
        content.replace("</", "</n:").replace("<", "<n:").replace("<n:/n:", "</n:").replace("<n:?", "<?")
    )
    _, [row] = read(content.encode())

    assert row["amount_ct"] == 500


@pytest.mark.parametrize("piece", [1, 7, 100, 1000])
def test_wherever_a_file_is_cut_to_be_parsed_its_rows_and_places_stay_the_same(piece, monkeypatch):
    details = share(700, "Een") + share(300, "Twee")
    balances = camt_balance("OPBD", 0, NEW_YEAR) + camt_balance("CLBD", -1000, TWELFTH_NIGHT)
    content = camt_file(
        camt_statement(balances, camt_entry(-1000, details=details), "\n", camt_entry(9, amount="veel")),
        camt_statement(camt_entry(5, details=parties(BOTH)), number="S2"),
    )
    whole, rows = read(content)
    monkeypatch.setattr(camt, "_PIECE", piece)
    pieced, pieced_rows = read(content)

    assert len(rows) == 3
    assert pieced_rows == rows
    assert (pieced.accounts, pieced.rejected) == (whole.accounts, whole.rejected)


def test_an_element_named_like_a_statement_inside_one_does_not_end_it():
    _, rows = read(camt_file(camt_statement(camt_entry(1, extra="<Rpt><Ntry/></Rpt>"), camt_entry(2))))

    assert [row["amount_ct"] for row in rows] == [1, 2]


ADDED_PER_BYTE = """
import resource, sys
from psd2_affordability.connect.files.camt import read_camt
content = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
read_camt("file", content)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / len(content))
"""


def test_a_large_file_is_never_in_memory_as_a_tree():
    content = camt_file(camt_statement(*[camt_entry(500, details=parties(BOTH))] * 5_000))
    told = subprocess.run(
        [sys.executable, "-c", ADDED_PER_BYTE], input=content, capture_output=True, check=True
    )

    assert float(told.stdout) < 4  # its tree takes more than six times as much as the file


def test_hidden_characters_do_not_reach_the_ledger():
    row = row_of(
        camt_entry(500, details=parties(party("Dbtr", "U&#x202E;WV&#10;  Amsterdam&#x200B;", OTHER)))
    )

    assert row["counterparty_name"] == "UWV Amsterdam"


@pytest.mark.parametrize(("mark", "cents"), [("RDDT", 1250), ("ICDT", -1250)])
def test_a_reversed_entry_counts_in_the_direction_it_was_booked(mark, cents):
    entry = camt_entry(cents, extra="<RvslInd>true</RvslInd>").replace("RCDT", mark)

    assert row_of(entry)["amount_ct"] == cents


@pytest.mark.parametrize(
    ("inside", "number"),
    [
        ("<NtryRef>7</NtryRef><AcctSvcrRef>C6A08PGA0000PQ</AcctSvcrRef>", "C6A08PGA0000PQ"),
        ("<NtryRef>C6A08PGA0000PQ</NtryRef>", "C6A08PGA0000PQ"),
        ("<AcctSvcrRef>NOTPROVIDED</AcctSvcrRef>", ""),
        ("<AcctSvcrRef> 000 </AcctSvcrRef>", ""),
        ("", ""),
    ],
)
def test_the_banks_own_number_is_kept_unless_a_word_stands_in_for_it(inside, number):
    assert row_of(camt_entry(500, extra=inside))["entry_reference"] == number


def test_the_number_of_a_batch_is_no_number_of_its_rows():
    entry = camt_entry(
        -1000, details=share(700, "Een") + share(300, "Twee"), extra="<AcctSvcrRef>B1</AcctSvcrRef>"
    )
    _, rows = read(camt_file(camt_statement(entry)))

    assert [row["entry_reference"] for row in rows] == ["", ""]


def test_two_statements_that_differ_in_the_banks_numbers_alone_are_one():
    one, other = (
        camt_file(camt_statement(camt_entry(500, extra=f"<AcctSvcrRef>{number}</AcctSvcrRef>")))
        for number in ("A1", "A2")
    )
    received = read_files([("a.xml", one), ("b.xml", other)])

    assert len(received.transactions) == 1


def test_a_document_in_an_envelope_is_found():
    document = camt_file(camt_statement(camt_entry(500))).decode().partition("?>")[2]
    _, [row] = read(f"<Message><Header/><Body>{document}</Body></Message>".encode())

    assert row["amount_ct"] == 500
