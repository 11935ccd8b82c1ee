"""A bank's answer that somebody saved is read by the same rules as one that just came in."""

import gzip
import io
import json
import zipfile
from datetime import date
from functools import partial

import pandas as pd
import pytest

from psd2_affordability._data import data_files
from psd2_affordability.connect.files.read import merge, parse
from psd2_affordability.connect.files.recognise import looks_saved
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.connect.saved import read_saved
from psd2_affordability.core.errors import BrokenFile, UnknownFormat
from psd2_affordability.core.money import Money
from recorded_material import recorded
from shared_material import samples
from statement_material import mt940_statement

BANKS = load_banks(data_files("connectors"))
IBAN = "NL91ABNA0417164300"
SHOP = "NL55RABO0347562190"

BERLIN_ROW = {
    "bookingDate": "2026-06-30",
    "transactionAmount": {"amount": "-12.50", "currency": "EUR"},
    "creditorName": "Winkel",
    "creditorAccount": {"iban": SHOP},
    "remittanceInformationUnstructured": "brood",
}
BERLIN = {"account": {"iban": IBAN}, "transactions": {"booked": [BERLIN_ROW]}}
UK_ROW = {
    "AccountId": IBAN,
    "CreditDebitIndicator": "Debit",
    "Status": "BOOK",
    "BookingDateTime": "2026-06-30T10:00:00+00:00",
    "Amount": {"Amount": "12.50", "Currency": "EUR"},
    "CreditorAccount": {"SchemeName": "UK.OBIE.IBAN", "Identification": SHOP, "Name": "Winkel"},
    "TransactionInformation": "brood",
}
EB_ROW = {
    "status": "BOOK",
    "booking_date": "2026-06-30",
    "transaction_amount": {"amount": "12.50", "currency": "EUR"},
    "credit_debit_indicator": "DBIT",
    "creditor": {"name": "Winkel"},
    "creditor_account": {"iban": SHOP},
    "remittance_information": ["brood"],
}
ABN_ROW = {
    "bookDate": "2026-06-30",
    "amount": "-12.50",
    "currency": "EUR",
    "counterPartyName": "Winkel",
    "counterPartyAccountNumber": SHOP,
    "descriptionLines": ["SEPA Overboeking", "Omschrijving: brood"],
}
BUNQ_ROW = {
    "Payment": {
        "id": 7001,
        "created": "2026-06-30 10:00:00.1",
        "amount": {"value": "-12.50", "currency": "EUR"},
        "description": "brood",
        "alias": {"iban": IBAN},
        "counterparty_alias": {"display_name": "Winkel", "iban": SHOP},
    }
}
SAVED = {
    "sandbox.berlin_group": BERLIN,
    "nl.rabobank": BERLIN,
    "nl.sns": BERLIN,
    "nl.n26": BERLIN,
    "nl.knab": BERLIN,
    "eu.gocardless": BERLIN,
    "nl.ing": BERLIN,
    "sandbox.uk_open_banking": {"Data": {"Transaction": [UK_ROW]}},
    "nl.revolut": {"Data": {"Transaction": [UK_ROW | {"Status": "Booked"}]}},
    "eu.enable_banking": {"transactions": [EB_ROW]},
    "nl.abn_amro": {"accountNumber": IBAN, "transactions": [ABN_ROW]},
    "nl.bunq": {"Response": [BUNQ_ROW]},
}


def read(bank: str, document: object, name: str = "answers/mei-page1.json") -> pd.DataFrame:
    return merge([read_saved(name, json.dumps(document).encode(), BANKS.bank(bank))])


@pytest.mark.parametrize(("bank", "document"), SAVED.items(), ids=SAVED)
def test_one_payment_reads_the_same_whichever_bank_wrote_it_down(bank, document):
    received = read(bank, document)

    [row] = received.transactions.to_dict("records")
    assert (row["amount_ct"], row["booked_on"].date()) == (-1250, date(2026, 6, 30))
    assert (row["counterparty_name"], row["counterparty_iban"], row["remittance"]) == (
        "Winkel",
        SHOP,
        "brood",
    )
    assert row["account"] == ("mei" if bank == "eu.enable_banking" else IBAN)


def test_an_amount_keeps_its_cents_when_the_bank_writes_a_number():
    content = json.dumps(BERLIN).replace('"-12.50"', "-1234567890123.45").encode()

    received = merge([read_saved("a.json", content, BANKS.bank("nl.ing"))])

    assert received.transactions["amount_ct"].tolist() == [-123456789012345]


def test_a_recorded_exchange_with_the_answer_inside_is_taken_too():
    exchange = {"request": {"method": "GET"}, "response": {"status": 200, "jsonBody": BERLIN}}
    as_text = {"request": {}, "response": {"body": json.dumps(BERLIN)}}

    assert len(read("nl.ing", exchange).transactions) == len(read("nl.ing", as_text).transactions) == 1


def test_a_bare_list_of_entries_is_taken_where_the_standard_lists_them_so():
    assert len(read("eu.enable_banking", [EB_ROW, EB_ROW]).transactions) == 2


def test_balances_after_each_row_prove_the_account_or_flag_it():
    rows = [ABN_ROW | {"balanceAfterMutation": after} for after in ("75.00", "87.50")]
    right = read("nl.abn_amro", {"accountNumber": IBAN, "transactions": rows}).accounts[0]
    wrong = read(
        "nl.abn_amro",
        {"accountNumber": IBAN, "transactions": [rows[0], ABN_ROW | {"balanceAfterMutation": "80.00"}]},
    ).accounts[0]

    assert (right.proven, right.opening.amount, right.closing.amount) == (True, Money(10000), Money(7500))
    assert wrong.proven is False


def test_stated_balances_are_kept_under_their_account():
    balance = {"balanceType": "expected", "balanceAmount": {"amount": "5.00", "currency": "EUR"}}

    [account] = read("nl.rabobank", {"account": {"iban": IBAN}, "balances": [balance]}).accounts

    assert [(one.type, one.amount) for one in account.balances] == [("expected", Money(500))]


def test_a_row_that_cannot_be_trusted_is_rejected_by_file_and_place_and_the_rest_is_kept():
    bad = BERLIN_ROW | {"transactionAmount": {"amount": "1E+2", "currency": "EUR"}}

    received = read("nl.rabobank", {"account": {"iban": IBAN}, "transactions": {"booked": [bad, BERLIN_ROW]}})

    [rejected] = received.rejected
    assert rejected.where == "answers/mei-page1.json, booked 1"
    assert len(received.transactions) == 1


@pytest.mark.parametrize(
    "content",
    [
        b'{"transactions": {"booked": [',
        b'{"transactions": {}, "transactions": {}}',
        b'{"a": NaN}',
        b"[" * 200_000,
    ],
)
def test_what_is_cut_off_doubtful_or_too_deep_is_refused_with_the_name_of_the_file(content):
    with pytest.raises(BrokenFile) as refused:
        read_saved("brief.json", content, BANKS.bank("nl.ing"))

    assert refused.value.where == "brief.json"


def test_an_answer_of_another_kind_is_no_statement():
    with pytest.raises(UnknownFormat, match=r"no transactions, balances or accounts as ING writes them"):
        read("nl.ing", {"access_token": "x"})


def test_json_is_told_by_its_first_sign():
    assert looks_saved(b'\xef\xbb\xbf \n{"a": 1}')
    assert not looks_saved(b":20:X")


@pytest.mark.samples
@pytest.mark.parametrize(
    ("bank", "folder", "amounts"),
    [
        ("nl.ing", "ing", [-73894, 25000, 50000, 500, -4713, 1500, -1001, -10788]),
        ("nl.sns", "volksbank", [-25667, 99999, 20000, -30000]),
        ("nl.n26", "n26", [-1200, -1499, 500]),
        ("nl.knab", "knab", [-15390, 290]),
        ("nl.bunq", "bunq", [-2000, 50000, 50000, 3000]),
    ],
)
def test_every_entry_of_a_recorded_bank_is_read_once_with_its_sign(bank, folder, amounts):
    at = samples()
    if at is None:
        pytest.skip("the recorded bank samples are not there")
    parsed = []
    for path in sorted((at / "json" / folder / "happy").glob("*.json")):
        try:
            parsed.append(read_saved(path.name, path.read_bytes(), BANKS.bank(bank)))
        except UnknownFormat:
            assert path.name.startswith(("auth-", "consent-"))

    received = merge(parsed)

    assert sorted(received.transactions["amount_ct"]) == sorted(amounts)
    assert not [one for one in received.rejected if one.lost]


@pytest.mark.samples
def test_a_recorded_page_says_the_same_with_and_without_its_envelope():
    page = recorded("n26", "happy/transactions-account1")

    assert read("nl.n26", page).transactions["amount_ct"].tolist() == [-1200, -1499, 500]


def page(*rows, iban=IBAN):
    return json.dumps({"account": {"iban": iban}, "transactions": {"booked": rows}}).encode()


def read_together(*files, bank="nl.knab"):
    return merge(read_saved(name, content, BANKS.bank(bank)) for name, content in files)


def test_two_equal_coffees_on_either_side_of_a_page_boundary_stay_two():
    rent = BERLIN_ROW | {"creditorName": "Verhuurder"}

    for first, second in ((page(rent, BERLIN_ROW), page(BERLIN_ROW)), (page(BERLIN_ROW), page(BERLIN_ROW))):
        read = read_together(("rows-page1.json", first), ("rows-page2.json", second))

        assert (read.transactions["counterparty_name"] == "Winkel").sum() == 2
        assert not read.rejected


def test_a_page_that_was_saved_twice_is_counted_once():
    numbered = page(BERLIN_ROW | {"entryReference": "20260630-30026081"})

    read = read_together(("rows-page1.json", numbered), ("rows-page2.json", numbered), bank="nl.sns")

    assert len(read.transactions) == 1
    assert [each.where for each in read.rejected] == ["rows-page2.json"]


@pytest.mark.parametrize("names", [("2026-06-30.json", "2026-07-01.json"), ("a/page1.json", "b/page1.json")])
def test_answers_that_were_saved_on_two_days_say_one_coffee_twice(names):
    read = read_together(*((name, page(BERLIN_ROW)) for name in names))

    assert len(read.transactions) == 1
    assert "counted once" in read.rejected[0].why


def zipped(**members: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "-") + ".json", content)
    return written.getvalue()


def read_archive(content, bank="nl.knab"):
    return merge([parse("mei.zip", content, partial(read_saved, bank=BANKS.bank(bank)))])


def test_saved_answers_in_an_archive_are_read_as_if_each_was_given_by_itself():
    received = read_archive(zipped(rows_page1=page(BERLIN_ROW), rows_page2=page(BERLIN_ROW, BERLIN_ROW)))

    assert received.transactions["amount_ct"].tolist() == [-1250] * 3
    assert [account.account for account in received.accounts] == [IBAN]


def test_a_saved_answer_that_was_compressed_by_itself_is_read():
    assert len(read_archive(gzip.compress(page(BERLIN_ROW))).transactions) == 1


def test_statements_and_saved_answers_may_lie_in_one_archive():
    statement = mt940_statement([(date(2026, 1, 5), -99, "/NAME/Bakker/REMI/brood")])
    written = io.BytesIO(zipped(rows=page(BERLIN_ROW)))
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("januari.sta", statement)

    assert sorted(read_archive(written.getvalue()).transactions["amount_ct"]) == [-1250, -99]


def test_what_is_no_answer_in_an_archive_is_listed_by_its_place_and_does_not_stop_the_others():
    received = read_archive(zipped(rows=page(BERLIN_ROW), token=b'{"access_token": "x"}', cut=b'{"a": ['))

    assert [(one.where, one.lost) for one in received.rejected] == [
        ("mei.zip/token.json", False),
        ("mei.zip/cut.json", True),
    ]
    assert len(received.transactions) == 1


def test_saved_answers_that_unpack_to_more_than_any_statement_are_refused():
    bomb = page(BERLIN_ROW) + b" " * (16 << 20)

    with pytest.raises(BrokenFile, match="unpacks to more than any statement"):
        read_archive(zipped(rows=bomb))


def test_without_a_bank_an_archive_of_answers_asks_for_it():
    with pytest.raises(UnknownFormat, match=r"no statement that can be read.*--bank"):
        parse("mei.zip", zipped(rows=page(BERLIN_ROW)))
