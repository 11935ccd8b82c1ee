"""De Volksbank: consent by OAuth with our number in the open, large pages, tokens of ten minutes."""

import json
from base64 import b64decode
from datetime import date, timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from bank_material import Clock
from own_api_material import Asked, played_bank
from psd2_affordability._data import data_files
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.dialects.berlin_group.accounts import accounts_of, balances_of
from psd2_affordability.connect.dialects.berlin_group.statements import entries_of
from psd2_affordability.connect.oauth.refused import refused
from psd2_affordability.connect.port import Access, AccountListed, ConsentRequest
from psd2_affordability.connect.reading import statement
from psd2_affordability.connect.refusals import refusal
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.core.errors import BankRefused, ConsentNotValid, NotOffered
from psd2_affordability.core.money import Money
from recorded_material import recorded

BANKS = load_banks(data_files("connectors"))
BRANDS = ("nl.sns", "nl.asn", "nl.regiobank")
US = Credentials(client_id="client-7", client_secret="geheim")
IBAN = "NL86SNSB0256012733"


def entry(number: int, amount: str, **more):
    return {
        "entryReference": f"20260630-{number:08}",
        "mandateId": "",
        "creditorId": "",
        "bookingDate": "2026-06-30",
        "valueDate": "2026-06-30",
        "transactionAmount": {"currency": "EUR", "amount": amount},
        "creditorName": "Bakkerij Korrel",
        "creditorAccount": {"iban": "NL55RABO0347562190"},
        "purposeCode": "",
        "bankTransactionCode": 3723,
    } | more


class Bank:
    """Plays the bank; a token lasts ten minutes, and each refresh token is good for one use."""

    def __init__(self):
        self.issued = 0

    def __call__(self, asked: Asked):
        if asked.path == "/v1/consents":
            link = {"scaOAuth": {"href": "https://login.example/authorize"}}
            return 201, {"consentStatus": "received", "consentId": "consent-1", "_links": link}
        if asked.path == "/oauth2/token":
            form = dict(parse_qsl(asked.body.decode()))
            if form["grant_type"] == "refresh_token" and form["refresh_token"] != f"refresh-{self.issued}":
                return 400, {
                    "error": "invalid_request",
                    "error_description": "Access or Refresh token expired",
                }
            self.issued += 1
            tokens = {"access_token": f"access-{self.issued}", "refresh_token": f"refresh-{self.issued}"}
            return 200, tokens | {"token_type": "Bearer", "expires_in": 600, "scope": "AIS"}
        if asked.path == "/v1.1/accounts":
            return 200, {"accounts": [{"resourceId": "a-1", "iban": IBAN, "currency": "EUR"}]}
        if "pageDirection" in asked.query:
            return 200, {"transactions": {"booked": [entry(2, "15.00")], "_links": {}}}
        more = (
            f"{asked.path}?bookingStatus=booked&limit=2000&pageDirection=next&entryReferenceFrom=20260630-1"
        )
        links = {"next": {"href": more}}
        return 200, {"transactions": {"booked": [entry(1, "-4.20")], "_links": links}}


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def bank(clock):
    with played_bank("nl.sns", Bank(), US, clock=clock) as played:
        yield played


def begun(bank):
    day = date(2026, 12, 1)
    return bank.port.create_consent(
        ConsentRequest("https://us.example/back", "s-1", "127.0.0.1", day, day, 4)
    )


def approved(bank) -> Access:
    access = Access(begun(bank).grant, psu_ip="127.0.0.1")
    bank.port.authorise(access, {"state": "s-1", "code": "code-1"})
    return access


def rows_of(pages, brand="nl.sns"):
    rules = BANKS.bank(brand).profile.rows
    return statement(iter(pages), lambda page: entries_of(page, "t"), rules, IBAN, "t")


def test_a_consent_names_no_account_and_our_number_goes_along_in_the_open(bank):
    page = urlsplit(begun(bank).sca_redirect)

    asked = bank.asked[0]
    assert asked.headers["authorization"] == "client-7"
    assert json.loads(asked.body)["access"] == {"accounts": [], "balances": [], "transactions": []}
    said = {name: value[0] for name, value in parse_qs(page.query).items()}
    assert (page.path, said["scope"], said["consentId"]) == ("/login", "AIS", "consent-1")
    assert (said["state"], said["redirect_uri"]) == ("s-1", "https://us.example/back")


def test_the_code_is_exchanged_with_our_number_and_secret(bank):
    access = approved(bank)

    token = next(one for one in bank.asked if one.path == "/oauth2/token")
    scheme, _, pair = token.headers["authorization"].partition(" ")
    assert (scheme, b64decode(pair)) == ("Basic", b"client-7:geheim")
    assert access.grant.kept["access_token"] == "access-1"
    assert access.grant.consent_id == "consent-1"


def test_every_page_is_read_by_the_link_that_the_bank_gives(bank):
    access = approved(bank)
    (account,) = bank.port.accounts(access)
    told = bank.port.transactions(access, account, date(2026, 1, 1))

    assert [row["amount_ct"] for row in told.rows] == [-420, 1500]
    assert [row["counterparty_name"] for row in told.rows] == ["Bakkerij Korrel", ""]
    assert [row["entry_reference"] for row in told.rows] == ["20260630-00000001", "20260630-00000002"]
    first, second = bank.asked[-2:]
    assert dict(first.query) == {"bookingStatus": "booked", "limit": "2000", "dateFrom": "2026-01-01"}
    assert second.query["entryReferenceFrom"] == "20260630-1"
    assert second.headers["consent-id"] == "consent-1"
    assert second.headers["authorization"] == "Bearer access-1"


def test_after_ten_minutes_the_token_is_renewed_and_a_used_refresh_token_ends_the_consent(bank, clock):
    access = approved(bank)
    before = access.grant
    clock.now += timedelta(minutes=11)
    bank.port.accounts(access)
    assert access.grant.kept["access_token"] == "access-2"

    with pytest.raises(ConsentNotValid):
        bank.port.accounts(Access(before))


def test_a_consent_is_known_by_its_tokens_alone_and_only_the_person_can_end_it(bank):
    started = begun(bank)
    assert bank.port.consent_status(Access(started.grant)) == "received"
    access = approved(bank)
    assert bank.port.read_consent(access).usable
    with pytest.raises(NotOffered, match="no call that ends"):
        bank.port.delete_consent(access)


def test_empty_texts_are_absent_and_a_number_is_a_code():
    told = rows_of([{"transactions": {"booked": [entry(1, "-4.20", remittanceInformationUnstructured=" ")]}}])

    (row,) = told.rows
    assert (row["mandate_id"], row["creditor_id"], row["remittance"]) == ("", "", "")
    assert row["bank_code"] == "3723"


def test_what_is_available_proves_no_booking():
    assert BANKS.bank("nl.sns").profile.rows.closing_types == ()


def test_the_brands_differ_in_their_part_of_the_address():
    bases = {urlsplit(BANKS.bank(brand).base_url).path for brand in BRANDS}

    assert bases == {"/psd2/snsbank", "/psd2/asnbank", "/psd2/regiobank"}


@pytest.mark.samples
@pytest.mark.parametrize("brand", BRANDS)
def test_recorded_pages_give_the_rows_that_stand_in_them(brand):
    pages = [recorded("volksbank", f"happy/transactions-page{number}") for number in (1, 2, 3)]

    told = rows_of(pages, brand)

    assert told.whole
    assert [
        (
            row["entry_reference"],
            row["amount_ct"],
            row["booked_on"],
            row["counterparty_name"],
            row["remittance"],
        )
        for row in told.rows
    ] == [
        ("20190101-33263746", -25667, date(2017, 10, 25), "Constant Kaanen", "Uw toelage"),
        ("20190101-33263747", 99999, date(2017, 10, 25), "", "1234-1234-1234-1234"),
        ("20171026-30000010", 20000, date(2017, 10, 26), "", ""),
        ("20171026-30000011", -30000, date(2017, 10, 26), "Constant Kaanen", "Uw toelage 3"),
    ]
    assert {row["counterparty_iban"] for row in told.rows} == {"NL64SNSB0123456789"}
    assert [row["bank_code"] for row in told.rows] == ["3723", "2754", "1", "1"]


@pytest.mark.samples
def test_recorded_accounts_and_balances_are_read():
    (account,) = accounts_of(recorded("volksbank", "happy/accounts"), "t")
    (balance,) = balances_of(recorded("volksbank", "happy/balances")["balances"], account, "t")

    assert (account.key, account.currency) == ("NL79RBRB0230400868", "EUR")
    assert (balance.type, balance.amount) == ("interimAvailable", Money(50_000))


@pytest.mark.samples
@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [(400, "errors/accounts-400", BankRefused), (403, "errors/accounts-403", BankRefused)],
)
def test_recorded_refusals_of_data_are_told_without_the_banks_words(status, name, kind):
    body = recorded("volksbank", name)
    said = refusal(status, body, {}, where="t")

    assert isinstance(said, kind)
    assert body.get("text", "FORBIDDEN") not in str(said)


@pytest.mark.samples
def test_a_recorded_refusal_of_an_unknown_kind_of_request_is_our_affair():
    body = recorded("volksbank", "errors/refresh-token-400")

    assert type(refused(body["error"], where="t")) is BankRefused


@pytest.mark.samples
def test_a_recorded_end_of_a_refresh_token_asks_the_person_anew():
    said = refusal(400, recorded("volksbank", "errors/refresh-token-400-expired"), {}, where="t")

    assert isinstance(said, ConsentNotValid)


def test_an_account_in_another_currency_has_a_key_of_its_own():
    listed = accounts_of(
        {
            "accounts": [
                {"resourceId": "1", "iban": IBAN, "currency": "EUR"},
                {"resourceId": "2", "iban": IBAN, "currency": "USD"},
                {"resourceId": "3", "iban": "NL91ABNA0417164300", "currency": "XXX"},
                {"resourceId": "4", "bban": "53 96 44 86"},
                {"resourceId": "5", "status": "deleted", "currency": "EUR"},
            ]
        },
        "t",
    )

    assert [account.key for account in listed] == [IBAN, f"{IBAN} USD", "NL91ABNA0417164300", "53964486"]
    assert [account.iban for account in listed] == [IBAN, "", "NL91ABNA0417164300", ""]
    assert isinstance(listed[0], AccountListed)
