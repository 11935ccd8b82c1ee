"""ING: signed calls, a token for ourselves, one for the person, labelled lines and cards."""

import re
from datetime import date
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from certificate_material import us
from own_api_material import NOW, Asked, played_bank
from psd2_affordability._data import data_files
from psd2_affordability.connect.dialects.ing import balances, entries, listed
from psd2_affordability.connect.port import Access, ConsentRequest
from psd2_affordability.connect.reading import statement
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.core.errors import NotOffered
from psd2_affordability.core.money import Money
from recorded_material import recorded

RULES = load_banks(data_files("connectors")).bank("nl.ing").profile.rows
IBAN = "NL20INGB0001234567"
ACCOUNT = {"resourceId": "a-1", "iban": IBAN, "currency": "EUR"}
CARD = {"resourceId": "c-9", "iban": "", "maskedPan": "12**34", "currency": "EUR"}


def entry(amount: str, **more):
    return {
        "transactionId": "99012345678",
        "bookingDate": "2026-06-30",
        "transactionAmount": {"currency": "EUR", "amount": amount},
    } | more


LABELLED = entry(
    "-47.13",
    creditorName="Belwinkel",
    remittanceInformationUnstructured=(
        "Naam: Belwinkel Nederland<br>Omschrijving: factuur 12<br>IBAN: NL55RABO0347562190<br>Kenmerk: K-1"
    ),
)


def play(asked: Asked):
    if asked.path == "/oauth2/token":
        form = dict(parse_qsl(asked.body.decode()))
        if form["grant_type"] == "client_credentials":
            return 200, {"access_token": "ours", "token_type": "Bearer", "expires_in": 900}
        return 200, {
            "access_token": "person",
            "token_type": "access",
            "expires_in": 900,
            "refresh_token": "r",
        }
    if asked.path == "/oauth2/authorization-server-url":
        host = asked.headers["host"]
        return 200, {"location": f"http://{host}/granting/1"}
    if asked.path == "/v3/accounts":
        return 200, {"accounts": [ACCOUNT, CARD]}
    if asked.path.startswith("/v2/card-accounts/"):
        card = {"cardTransactionId": "77", "bookingDate": "2026-06-28", "transactionDetails": "WINKEL ITA"}
        one = card | {"transactionAmount": {"currency": "EUR", "amount": "-10.01"}}
        return 200, {"cardTransactions": {"booked": [one], "_links": {}}}
    if "next" in asked.query:
        return 200, {"transactions": {"booked": [entry("5.00")], "_links": {}}}
    link = {"next": {"href": f"{asked.path}?next=opaque"}}
    return 200, {
        "transactions": {"booked": [LABELLED], "pending": [entry("-1.00")], "info": [], "_links": link}
    }


@pytest.fixture
def bank():
    with played_bank("nl.ing", play, us()) as played:
        yield played


def approved(bank) -> Access:
    request = ConsentRequest("https://us.example/back", "state-1", "127.0.0.1", NOW.date(), NOW.date(), 4)
    started = bank.port.create_consent(request)
    access = Access(started.grant, psu_ip="127.0.0.1")
    bank.port.authorise(access, {"state": "state-1", "code": "code-1"})
    return access


def test_the_person_is_sent_to_the_page_that_the_bank_names_for_them(bank):
    request = ConsentRequest("https://us.example/back", "state-1", "127.0.0.1", NOW.date(), NOW.date(), 4)

    page = urlsplit(bank.port.create_consent(request).sca_redirect)

    assert page.path == "/granting/1"
    assert {"client-7"} == set(parse_qs(page.query)["client_id"])
    named = next(one for one in bank.asked if one.path == "/oauth2/authorization-server-url")
    assert named.query["country_code"] == "nl"
    assert named.query["redirect_uri"] == "https://us.example/back"


def test_our_first_token_is_authorised_by_the_signature_of_our_certificate_and_later_calls_by_tokens(bank):
    bank.port.accounts(approved(bank))

    first, login, person, data = (bank.asked[place] for place in (0, 1, 2, 3))
    assert re.match(r'Signature keyId="SN=[0-9A-F]+",algorithm="rsa-sha256"', first.headers["authorization"])
    assert "tpp-signature-certificate" in first.headers
    assert login.headers["authorization"] == person.headers["authorization"] == "Bearer ours"
    assert data.headers["authorization"] == "Bearer person"
    for one in (login, person, data):
        assert one.headers["signature"].startswith('keyId="client-7",algorithm="rsa-sha256"')
        assert one.headers["digest"].startswith("SHA-256=")
        assert "tpp-signature-certificate" not in one.headers
    assert 'headers="(request-target) date digest x-ing-reqid"' in login.headers["signature"]
    assert 'headers="(request-target) date digest x-request-id"' in data.headers["signature"]


def test_every_page_of_an_account_and_of_a_card_is_read(bank):
    access = approved(bank)
    account, card = bank.port.accounts(access)

    of_account = bank.port.transactions(access, account, date(2026, 6, 1))
    of_card = bank.port.transactions(access, card, date(2026, 6, 1))

    assert [(row["status"], row["amount_ct"]) for row in of_account.rows] == [
        ("booked", -4713),
        ("booked", 500),
        ("pending", -100),
    ]
    assert [(row["amount_ct"], row["remittance"]) for row in of_card.rows] == [(-1001, "WINKEL ITA")]
    asked = next(one for one in bank.asked if one.path == "/v2/accounts/a-1/transactions")
    assert (asked.query["dateFrom"], asked.query["currency"]) == ("2026-06-01", "EUR")
    assert (account.key, card.key) == (IBAN, "card:c-9")


def test_labelled_lines_fill_in_what_the_fields_leave_out():
    page = {"transactions": {"booked": [LABELLED]}}

    [row] = statement(iter([page]), lambda one: entries(one, "test"), RULES, IBAN, "test").rows

    assert row["counterparty_name"] == "Belwinkel Nederland"
    assert row["counterparty_iban"] == "NL55RABO0347562190"
    assert row["remittance"] == (
        "Naam: Belwinkel Nederland Omschrijving: factuur 12 IBAN: NL55RABO0347562190 Kenmerk: K-1"
    )


def test_only_the_person_can_end_a_consent_there(bank):
    with pytest.raises(NotOffered, match=r"no call that ends a consent"):
        bank.port.delete_consent(approved(bank))


@pytest.mark.samples
def test_the_recorded_current_account_has_three_entries_with_their_own_signs_and_days():
    pages = [recorded("ing", f"happy/transactions-account1-page{number}") for number in (1, 2)]

    rows = statement(iter(pages), lambda page: entries(page, "recorded"), RULES, "A", "recorded").rows

    first = rows[0]
    assert (first["amount_ct"], first["booked_on"], first["counterparty_name"]) == (
        500,
        date(2020, 8, 30),
        "Debtor Name",
    )
    assert first["remittance"] == (
        "HAFO DEN HAAG SGRAVENHAGE NLD Pasvolgnr: 111 22-01-2022 15:17 "
        "Transactie: 30C5S4 Term: 000001 Valutadatum: 23-01-2022"
    )
    pending = [row for row in rows if row["status"] == "pending"]
    assert (pending[0]["amount_ct"], pending[0]["counterparty_iban"]) == (-4713, "NL87COBA1111000000")
    assert "Betaling toestel" in pending[0]["remittance"]


@pytest.mark.samples
def test_the_recorded_card_account_has_one_booked_and_one_pending_payment():
    page = recorded("ing", "happy/transactions-account2-card")

    rows = statement(iter([page]), lambda one: entries(one, "recorded"), RULES, "C", "recorded").rows

    assert [(row["status"], row["amount_ct"], row["booked_on"]) for row in rows] == [
        ("booked", -1001, date(2020, 8, 28)),
        ("pending", -10788, date(2020, 8, 27)),
    ]


@pytest.mark.samples
def test_the_recorded_accounts_are_an_account_with_iban_and_a_card_without():
    accounts = list(listed(recorded("ing", "happy/accounts"), "recorded"))

    assert [account.key for account in accounts] == [
        "IT50N1234561605000323304444",
        "card:45e0041d-4f25-4b6c-a885-0bbeb1eab440",
    ]
    [balance] = balances(recorded("ing", "happy/balances"), "recorded")
    assert (balance.type, balance.amount, balance.on) == ("expected", Money(54760), date(2020, 10, 7))
