"""bunq: a key for the person, a session that is opened again when it ends, payments newest first."""

from base64 import b64decode
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from certificate_material import qsealc
from own_api_material import NOW, Asked, played_bank
from psd2_affordability._data import data_files
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.dialects.bunq import entries, listed
from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.connect.port import Access, ConsentRequest
from psd2_affordability.connect.reading import statement
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.core.errors import ConsentNotValid
from psd2_affordability.core.money import Money
from recorded_material import recorded

RULES = load_banks(data_files("connectors")).bank("nl.bunq").profile.rows
IBAN = "NL39BUNQ0123456789"
REQUEST = ConsentRequest("https://us.example/back", "state-1", "127.0.0.1", NOW.date(), NOW.date(), 4)


def payment(number: int, created: str, amount: str):
    return {
        "Payment": {
            "id": 700_000 + number,
            "created": created,
            "amount": {"currency": "EUR", "value": amount},
            "description": f"betaling {number}",
            "sub_type": "SCT",
            "counterparty_alias": {"iban": "NL55RABO0347562190", "display_name": "Winkel"},
        }
    }


def account(number: int, kind: str = "Bank", status: str = "ACTIVE"):
    alias = [{"type": "EMAIL", "value": "x"}, {"type": "IBAN", "value": IBAN}] if kind == "Bank" else []
    balance = {"currency": "EUR", "value": "12.50"}
    return {
        f"MonetaryAccount{kind}": {
            "id": number,
            "status": status,
            "currency": "EUR",
            "alias": alias,
            "balance": balance,
        }
    }


class PlayedBunq:
    """A bank whose sessions can be ended, and that says how many it opened."""

    def __init__(self) -> None:
        self.sessions = 0
        self.key_is_good = True

    def __call__(self, asked: Asked):
        if asked.path == "/oauth2/token":
            return 200, {"access_token": "key-of-the-person", "token_type": "bearer", "state": "state-1"}
        if asked.path == "/session-server":
            if not self.key_is_good:
                return 400, {"Error": [{"error_description": "no"}]}
            self.sessions += 1
            user = {"id": 42, "granted_by_user": {"UserPerson": {"session_timeout": 604800}}}
            token = {"id": 1, "token": f"session-{self.sessions}"}
            return 200, {"Response": [{"Id": {"id": 1}}, {"Token": token}, {"UserApiKey": user}]}
        if asked.headers["x-bunq-client-authentication"] != f"session-{self.sessions}":
            return 401, {"Error": [{"error_description": "Token Invalid"}]}
        if asked.path == "/user/42/monetary-account":
            return 200, {"Response": [account(1), account(2, "Savings"), account(3, "Bank", "CANCELLED")]}
        if asked.path.endswith("/payment"):
            return 200, self.payments(asked)
        return 200, {"Response": [account(1)]}

    def payments(self, asked: Asked):
        page = int(asked.query.get("older_id", "0"))
        days = [
            ("2026-06-30 23:30:00.000001", "2026-06-20 10:00:00.0"),
            ("2026-06-10 10:00:00.0", "2026-05-01 10:00:00.0"),
        ]
        found = (
            [payment(page * 2 + at, created, "-5.00") for at, created in enumerate(days[page])]
            if page < 2
            else []
        )
        older = f"{asked.path}?count=200&older_id={page + 1}"
        return {"Response": found, "Pagination": {"older_url": older}}


@pytest.fixture
def books():
    return PlayedBunq()


@pytest.fixture
def bank(books):
    credentials = Credentials(
        client_id="client-7",
        client_secret="secret",
        token_key=key_from_pem(qsealc().key_pem, where="test"),
        more={"installation_token": "installation-1"},
    )
    with played_bank("nl.bunq", books, credentials) as played:
        yield played


def approved(bank) -> Access:
    access = Access(bank.port.create_consent(REQUEST).grant)
    bank.port.authorise(access, {"state": "state-1", "code": "code-1"})
    return access


def test_the_person_is_sent_to_the_login_page_with_our_state(bank):
    page = urlsplit(bank.port.create_consent(REQUEST).sca_redirect)

    asked = {name: values[0] for name, values in parse_qs(page.query).items()}
    assert (page.path, asked["state"], asked["client_id"]) == ("/login", "state-1", "client-7")


def test_a_session_is_opened_with_a_signed_body_that_holds_the_key_of_the_person(bank):
    approved(bank)

    opening = bank.asked[-1]
    assert opening.headers["x-bunq-client-authentication"] == "installation-1"
    signature = b64decode(opening.headers["x-bunq-client-signature"])
    qsealc().certificate.public_key().verify(signature, opening.body, PKCS1v15(), SHA256())
    assert b"key-of-the-person" in opening.body


def test_accounts_that_are_open_are_listed_and_a_pot_without_iban_is_known_by_its_number(bank):
    assert [one.key for one in bank.port.accounts(approved(bank))] == [IBAN, "2"]


def test_payments_are_read_back_to_the_first_day_and_no_further(bank):
    access = approved(bank)
    account = bank.port.accounts(access)[0]

    rows = bank.port.transactions(access, account, date(2026, 6, 1)).rows

    assert [row["booked_on"] for row in rows] == [date(2026, 7, 1), date(2026, 6, 20), date(2026, 6, 10)]
    assert [row["amount_ct"] for row in rows] == [-500, -500, -500]
    pages = [one.query.get("older_id") for one in bank.asked if one.path.endswith("/payment")]
    assert pages == [None, "1"]


def test_a_session_that_the_bank_ended_is_opened_again_once(bank, books):
    access = approved(bank)
    books.sessions += 1  # the bank now knows a session that is not ours

    assert len(bank.port.accounts(access)) == 2
    assert books.sessions == 3


def test_a_key_that_the_person_withdrew_ends_the_consent(bank, books):
    access = approved(bank)
    books.sessions, books.key_is_good = 9, False

    with pytest.raises(ConsentNotValid):
        bank.port.accounts(access)
    assert bank.port.consent_status(access) == "expired"


def test_a_refusal_of_the_person_is_said(bank):
    access = Access(bank.port.create_consent(REQUEST).grant)

    with pytest.raises(ConsentNotValid, match="did not approve"):
        bank.port.authorise(access, {"state": "state-1", "error": "access_denied"})


def test_the_balance_of_an_account_stands_in_its_description(bank):
    access = approved(bank)
    account = bank.port.accounts(access)[0]

    assert [one.amount for one in bank.port.balances(access, account)] == [Money(1250)]


@pytest.mark.samples
def test_the_recorded_payments_are_four_with_their_own_signs():
    pages = [recorded("bunq", f"happy/payments-page{number}") for number in (1, 2)]

    rows = statement(iter(pages), lambda page: entries(page, "recorded"), RULES, "A", "recorded").rows

    assert [(row["amount_ct"], row["counterparty_iban"]) for row in rows] == [
        (-2000, "NL23ABNA0581113566"),
        (50000, "NL65BUNQ9900000188"),
        (50000, "NL65BUNQ9900000188"),
        (3000, "NL23ABNA0581113566"),
    ]
    assert {row["booked_on"] for row in rows} == {date(2018, 9, 4)}
    assert [row["remittance"] for row in rows] == ["testPayment", "", "", "testPayment123"]
    assert [row["entry_reference"] for row in rows] == ["229833", "229832", "229830", "229829"]


@pytest.mark.samples
def test_of_the_recorded_accounts_one_is_of_another_bank_and_one_has_an_iban():
    answer = recorded("bunq", "happy/account-single")

    assert [one.key for one in listed(answer, "recorded")] == ["NL94BUNQ9900054180"]


def test_a_session_lasts_as_long_as_the_bank_says(bank):
    access = approved(bank)

    assert access.grant.kept["session_until"] == (NOW + timedelta(seconds=604800 - 60)).isoformat()
