"""ABN AMRO: one account for a consent, fifty entries a page, and lines that cut words in two."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from own_api_material import NOW, Asked, played_bank
from psd2_affordability._data import data_files
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.port import Access, ConsentRequest
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.connect.rows import ledger_row
from psd2_affordability.core.errors import NotOffered, UsageError
from psd2_affordability.core.money import Money

RULES = load_banks(data_files("connectors")).bank("nl.abn_amro").profile.rows
IBAN = "NL02ABNA0123456789"
REQUEST = ConsentRequest("https://us.example/back", "state-1", "127.0.0.1", NOW.date(), NOW.date(), 4)


def entry(number: int, **more):
    return {
        "transactionId": f"R{number}",
        "mutationCode": "654",
        "descriptionLines": ["SEPA Overboeking", f"Omschrijving: nummer {number}"],
        "transactionTimestamp": "2026-06-30-11:59:35.710",
        "bookDate": "2026-06-30",
        "balanceAfterMutation": f"{1000 - number}.00",
        "counterPartyAccountNumber": "NL55RABO0347562190",
        "counterPartyName": "Winkel",
        "amount": "-1.00",
        "currency": "EUR",
        "status": "EXECUTED",
    } | more


def play(asked: Asked):
    if asked.path == "/oauth2/token":
        return 200, {"access_token": "t", "token_type": "Bearer", "expires_in": 7200, "refresh_token": "r"}
    if asked.headers.get("authorization") != "Bearer t" or asked.headers.get("api-key") != "key-1":
        return 401, {"errors": [{"code": "ERR_2002_002", "category": "INVALID_ACCESS_TOKEN"}]}
    if asked.path == "/consentinfo":
        return 200, {"scopes": "psd2:account:balance:read", "iban": IBAN, "valid": "1782900000"}
    if asked.path.endswith("/balances"):
        return 200, {
            "accountNumber": IBAN,
            "balanceType": "BOOKBALANCE",
            "amount": "998.00",
            "currency": "EUR",
        }
    if "nextPageKey" in asked.query:
        return 200, {"accountNumber": IBAN, "transactions": [entry(2)]}
    return 200, {
        "accountNumber": IBAN,
        "transactions": [entry(1)],
        "nextPageKey": "2026-06-30T11:50:27.810000",
    }


@pytest.fixture
def bank():
    with played_bank("nl.abn_amro", play, Credentials(client_id="c", api_key="key-1")) as played:
        yield played


def approved(bank) -> Access:
    access = Access(bank.port.create_consent(REQUEST).grant)
    bank.port.authorise(access, {"state": "state-1", "code": "code-1"})
    return access


def test_the_person_is_sent_to_the_page_of_the_dutch_bank(bank):
    asked = parse_qs(urlsplit(bank.port.create_consent(REQUEST).sca_redirect).query)

    assert (asked["bank"], asked["flow"], asked["state"]) == (["NLAA01"], ["code"], ["state-1"])


def test_the_one_account_of_the_consent_is_read_page_by_page_and_its_balance_is_proven(bank):
    access = approved(bank)
    [account] = bank.port.accounts(access)

    read = bank.port.transactions(access, account, date(2025, 1, 1))
    [balance] = bank.port.balances(access, account)

    assert [row["balance_after_ct"] for row in read.rows] == [99900, 99800]
    assert (balance.type, balance.amount) == ("BOOKBALANCE", Money(99800))
    asked = [one.query for one in bank.asked if one.path.endswith("/transactions")]
    assert asked == [
        {"bookDateFrom": "2025-01-01"},
        {"bookDateFrom": "2025-01-01", "nextPageKey": "2026-06-30T11:50:27.810000"},
    ]


def test_the_number_that_the_bank_makes_for_every_request_is_not_believed(bank):
    assert ledger_row(entry(1), RULES, IBAN, "booked")["entry_reference"] == ""


def test_a_word_that_goes_on_in_the_next_line_is_made_whole_again():
    lines = [
        "SEPA Incasso algemeen doorlopend",
        "Incassant: NL55ZZZ123456780000",
        "Naam: Energiemaatschappij Nederl",
        "and BV",
        "Machtiging: M-1",
        "Omschrijving: Termijnbedrag juli 2",
        "026",
        "IBAN: NL55RABO0347562190",
    ]

    row = ledger_row(
        entry(
            1,
            descriptionLines=lines,
            counterPartyName="Energiemaatschappij Nede",
            counterPartyAccountNumber="",
        ),
        RULES,
        IBAN,
        "booked",
    )

    assert row["counterparty_name"] == "Energiemaatschappij Nederland BV"
    assert row["counterparty_iban"] == "NL55RABO0347562190"
    assert (row["creditor_id"], row["mandate_id"]) == ("NL55ZZZ123456780000", "M-1")


def test_without_a_key_of_the_developer_portal_nothing_is_asked():
    with (
        pytest.raises(UsageError, match=r"no api_key is set for nl\.abn_amro"),
        played_bank("nl.abn_amro", play, Credentials(client_id="c")),
    ):
        pass


def test_only_the_person_can_end_a_consent_there(bank):
    with pytest.raises(NotOffered, match="no call that ends a consent"):
        bank.port.delete_consent(approved(bank))


def test_a_token_that_the_bank_refuses_is_renewed_once_and_stored_before_it_is_used(bank):
    stored = []
    access = approved(bank)

    def renew(grant, make):
        stored.append(make(grant))
        return stored[-1]

    again = Access(access.grant.having(access_token="old"), renew=renew)

    assert bank.port.consent_status(again) == "valid"
    assert [grant.kept["access_token"] for grant in stored] == ["t"]


def test_a_refused_token_that_cannot_be_renewed_means_that_the_consent_is_over(bank):
    access = approved(bank)
    access.grant = access.grant.having(access_token="old", refresh_token="")

    assert bank.port.consent_status(access) == "expired"
