"""What we make of a UK bank's answers: accounts, balances and entries, in both versions of the standard."""

import json
from base64 import urlsafe_b64decode
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi import FastAPI, Request

from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.open import open_bank
from psd2_affordability.connect.port import Access, AccountListed, ConsentRequest, Grant
from psd2_affordability.connect.rows import ledger_row
from psd2_affordability.core.errors import BankAnswerBroken, ConnectorFileError
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.server import serve_in_thread
from uk_bank_material import banks, credentials

NL, LT, GB = "NL36REVO7677091325", "LT243250012345678905", "GB31REVO00997012345678"
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
ACCOUNT = AccountListed("a-1", NL, "EUR")
ACCESS = Access(Grant("c-1", {"access_token": "t"}))


PERSON = ConsentRequest(
    "https://us.example/back", "a-state", "192.0.2.7", date(2026, 12, 27), date(2024, 7, 1), 4
)


class Says:
    """Answers the same to whoever asks."""

    def __init__(self, answer):
        self.answer = answer

    def __call__(self):
        return self.answer


@contextmanager
def a_bank_that_answers(bank_id="nl.revolut", **answers):
    """Open a bank that gives one fixed answer at each of its paths."""
    app = FastAPI(openapi_url=None)
    for path, answer in answers.items():
        where = {
            "accounts": "/accounts",
            "balances": "/accounts/{a}/balances",
            "transactions": "/accounts/{a}/transactions",
        }[path]
        app.add_api_route(where, Says(answer))
    bank = banks().bank(bank_id)
    with serve_in_thread(app) as url:
        here = {"base": url, "token": f"{url}/token", "issuer": url, "authorise": f"{url}/authorise"}
        connections = Connections(
            replace(bank, urls=here), clock=lambda: NOW, credentials=credentials(), sleep=lambda _: None
        )
        try:
            yield open_bank(connections)
        finally:
            connections.close()


def an_entry(**more):
    return {
        "AccountId": "a-1",
        "TransactionId": "676e43a0-a0e9-ad9a",
        "Amount": {"Amount": "12.50", "Currency": "EUR"},
        "CreditDebitIndicator": "Debit",
        "Status": "Booked",
        "BookingDateTime": "2026-06-30T09:00:00.125880Z",
        "ValueDateTime": "2026-06-30T09:00:01Z",
        **more,
    }


def the_row(bank_id="nl.revolut", **more):
    return ledger_row(an_entry(**more), banks().bank(bank_id).profile.rows, NL, "booked")


def transactions(*entries, **page):
    answer = {"Data": {"Transaction": list(entries)}, "Links": {"Self": "x"}, "Meta": {}, **page}
    with a_bank_that_answers(transactions=answer) as port:
        return port.transactions(ACCESS, ACCOUNT, date(2026, 6, 1))


@pytest.mark.parametrize("bank_id", ["nl.revolut", "sandbox.uk_open_banking"])
@pytest.mark.parametrize(
    ("amount", "word", "cents"),
    [
        ("12.50", "Debit", -1250),
        ("12.50", "Credit", 1250),
        ("-12.50", "Debit", -1250),
        ("-12.50", "Credit", 1250),
        ("-12.50", None, -1250),
        ("12.50", None, 1250),
        ("0.00", "Debit", 0),
        ("12", "Debit", -1200),
        ("12.50000", "Credit", 1250),
    ],
)
def test_a_word_tells_which_way_the_money_went_and_without_it_the_sign_counts(bank_id, amount, word, cents):
    row = the_row(bank_id, Amount={"Amount": amount, "Currency": "EUR"}, CreditDebitIndicator=word)

    assert row["amount_ct"] == cents


@pytest.mark.parametrize("amount", ["1E+2", "12,50", "12.505", "NaN", "", None, "9" * 15])
def test_an_amount_that_cannot_be_trusted_makes_no_row(amount):
    with pytest.raises(ValueError, match="amount"):
        the_row(Amount={"Amount": amount, "Currency": "EUR"})


@pytest.mark.parametrize(
    ("moment", "on"),
    [
        ("2026-06-30T22:30:00Z", date(2026, 7, 1)),
        ("2026-06-30T21:30:00Z", date(2026, 6, 30)),
        ("2026-01-31T23:30:00+00:00", date(2026, 2, 1)),
        ("2026-06-30T23:30:00+02:00", date(2026, 6, 30)),
        ("2026-06-30T22:30:00", date(2026, 7, 1)),
        ("2026-06-30T22:30:00.173288", date(2026, 7, 1)),
    ],
)
def test_the_day_of_a_booking_is_the_day_it_was_in_the_netherlands(moment, on):
    assert the_row(BookingDateTime=moment)["booked_on"] == on


def test_the_other_side_is_named_by_its_iban_only_where_the_scheme_says_that_it_is_one():
    named = {"SchemeName": "UK.OBIE.IBAN", "Identification": LT, "Name": "Ontvanger BV"}
    own = {"SchemeName": "UK.OBIE.IBAN", "Identification": NL, "Name": "J. Voorbeeld"}
    sort_code = {
        "SchemeName": "UK.OBIE.SortCodeAccountNumber",
        "Identification": "11223300000000",
        "Name": "X",
    }

    out = the_row(CreditorAccount=named, DebtorAccount=own)
    inward = the_row(CreditorAccount=own, DebtorAccount=named, CreditDebitIndicator="Credit")
    british = the_row(CreditorAccount=sort_code, DebtorAccount=own)

    assert (out["counterparty_iban"], out["counterparty_name"]) == (LT, "Ontvanger BV")
    assert (inward["counterparty_iban"], inward["counterparty_name"]) == (LT, "Ontvanger BV")
    assert (british["counterparty_iban"], british["counterparty_name"]) == ("", "X")


def test_a_card_payment_is_to_the_merchant_and_keeps_what_the_bank_calls_it():
    row = the_row(
        MerchantDetails={"MerchantName": "Kruidenier Kees"},
        ProprietaryBankTransactionCode={"Code": "CARD_PAYMENT", "Issuer": "Revolut"},
        TransactionInformation="Kruidenier  Kees",
    )

    assert (row["counterparty_name"], row["bank_code"]) == ("Kruidenier Kees", "CARD_PAYMENT")
    assert row["remittance"] == "Kruidenier Kees"


@pytest.mark.parametrize(("word", "after"), [("Credit", 208_855), ("Debit", -208_855), (None, 208_855)])
def test_the_balance_after_an_entry_has_a_sign_of_its_own(word, after):
    balance = {"Amount": {"Amount": "2088.55", "Currency": "EUR"}, "CreditDebitIndicator": word}

    assert the_row(Balance=balance)["balance_after_ct"] == after


def test_the_number_of_an_entry_is_believed_only_at_a_bank_whose_file_trusts_it():
    assert the_row("nl.revolut")["entry_reference"] == ""
    assert the_row("sandbox.uk_open_banking")["entry_reference"] == "676e43a0-a0e9-ad9a"


def test_booked_and_pending_are_told_apart_in_the_words_of_both_versions():
    statement = transactions(
        an_entry(Status="Booked"),
        an_entry(Status="BOOK"),
        an_entry(Status="Pending"),
        an_entry(Status="PDNG"),
    )

    assert [row["status"] for row in statement.rows] == ["booked", "booked", "pending", "pending"]
    assert statement.whole


def test_what_is_no_booking_leaves_the_statement_whole_and_a_status_nobody_knows_does_not():
    none = transactions(an_entry(), *(an_entry(Status=word) for word in ("Rejected", "RJCT", "INFO", "FUTR")))
    unknown = transactions(an_entry(), an_entry(Status="Perhaps"), an_entry(Status=None))

    assert (len(none.rows), len(none.rejected), none.whole) == (1, 4, True)
    assert (len(unknown.rows), unknown.whole) == (1, False)
    assert [each.where for each in unknown.rejected] == [
        "nl.revolut transactions, page 1, entry 2",
        "nl.revolut transactions, page 1, entry 3",
    ]


def test_a_bank_that_says_from_when_it_gives_is_not_taken_to_have_nothing_before():
    limited = transactions(an_entry(), Meta={"FirstAvailableDateTime": "2026-04-02T22:00:00Z"})

    assert limited.given_from == date(2026, 4, 3)
    assert transactions(an_entry()).given_from is None


@pytest.mark.parametrize(
    "answer",
    [
        {"Data": {"Transaction": {"a": 1}}},
        {"Data": {"Transaction": ["text"]}},
        {"Data": {"Transaction": [None]}},
    ],
)
def test_transactions_of_another_shape_are_refused(answer):
    with a_bank_that_answers(transactions=answer) as port:
        statement = port.transactions(ACCESS, ACCOUNT, date(2026, 6, 1))

    assert isinstance(statement.problem, BankAnswerBroken)
    assert statement.rows == ()


def test_no_transactions_at_all_is_a_whole_statement():
    with a_bank_that_answers(transactions={"Data": {}}) as port:
        assert port.transactions(ACCESS, ACCOUNT, date(2026, 6, 1)).whole


def a_pocket(number, currency="EUR", *ibans, **more):
    named = [{"SchemeName": "UK.OBIE.IBAN", "Identification": iban, "Name": "J. Voorbeeld"} for iban in ibans]
    return {"AccountId": number, "Currency": currency, "AccountType": "Personal", "Account": named, **more}


def accounts(*pockets, bank_id="nl.revolut"):
    with a_bank_that_answers(bank_id, accounts={"Data": {"Account": list(pockets)}}) as port:
        return port.accounts(ACCESS)


def test_of_several_ibans_the_dutch_one_is_taken_whatever_their_order():
    [one] = accounts(a_pocket("p-1", "EUR", LT, GB, NL))
    [other] = accounts(a_pocket("p-1", "EUR", NL, LT, GB))
    [abroad] = accounts(a_pocket("p-1", "EUR", LT, GB))

    assert one.key == other.key == NL
    assert abroad.key == GB


@pytest.mark.parametrize(
    "named",
    [
        None,
        [],
        [None],
        [{"SchemeName": None, "Identification": None}],
        [{"SchemeName": "UK.Revolut.InternalAccountId", "Identification": "p-1"}],
        [{"SchemeName": "UK.OBIE.IBAN", "Identification": "NL00REVO0000000000"}],
    ],
)
def test_a_pocket_without_an_iban_goes_by_the_number_the_bank_gives_it(named):
    [pocket] = accounts(a_pocket("p-1", Account=named))

    assert (pocket.iban, pocket.key) == ("", "p-1")


def test_pockets_of_crypto_coins_and_metals_are_left_out_and_those_of_money_stay():
    pockets = [a_pocket(currency, currency) for currency in ("EUR", "BTC", "GBP", "XAU", "ETH", "PLN")]

    assert [pocket.currency for pocket in accounts(*pockets)] == ["EUR", "GBP", "PLN"]


def test_an_account_without_a_number_is_refused():
    with pytest.raises(BankAnswerBroken, match="lacks 'AccountId'"):
        accounts({"Currency": "EUR"})


def a_balance(kind, amount, word="Credit", currency="EUR", **more):
    told = {"AccountId": "a-1", "Type": kind, "CreditDebitIndicator": word}
    return told | {
        "Amount": {"Amount": amount, "Currency": currency},
        "DateTime": "2026-06-30T22:30:00Z",
        **more,
    }


def balances(*given):
    with a_bank_that_answers(balances={"Data": {"Balance": list(given)}}) as port:
        return port.balances(ACCESS, ACCOUNT)


def test_balances_have_the_sign_their_word_says_and_the_same_names_in_both_versions():
    told = balances(
        a_balance("InterimAvailable", "970.49"),
        a_balance("ITAV", "10.00", "Debit"),
        a_balance("CLBD", "0.00"),
        a_balance("ClosingBooked", "5.00", "Debit"),
    )

    assert [(each.type, each.amount) for each in told] == [
        ("interimAvailable", Money(97_049)),
        ("interimAvailable", Money(-1_000)),
        ("closingBooked", Money(0)),
        ("closingBooked", Money(-500)),
    ]
    assert {each.on for each in told} == {date(2026, 7, 1)}


def test_a_balance_with_a_credit_line_in_it_and_one_in_another_currency_are_left_out():
    with_line = a_balance("ITAV", "1500.00", CreditLine=[{"Included": False}, {"Included": True}])
    beside = a_balance("ITAV", "20.00", CreditLine=[{"Included": False}])

    told = balances(with_line, beside, a_balance("ITAV", "7.00", currency="GBP"))

    assert [each.amount for each in told] == [Money(2_000)]


@pytest.mark.parametrize(
    "permissions",
    ["ReadAccountsDetail ReadTransactionsDetail", "ReadAccountsDetail ReadTransactionsCredits", ""],
)
def test_permissions_that_the_standard_does_not_combine_are_never_asked(permissions):
    bank = banks().bank("sandbox.uk_open_banking")
    query = {**bank.profile.query, "permissions": permissions}
    port = open_bank(
        Connections(replace(bank, profile=replace(bank.profile, query=query)), clock=lambda: NOW)
    )

    with pytest.raises(ConnectorFileError, match="no combination"):
        port.create_consent(PERSON)


def test_revolut_is_asked_as_its_developers_pages_say():
    heard = {}
    app = FastAPI(openapi_url=None)

    @app.post("/token")
    async def token(request: Request):
        heard["token"] = dict(await request.form())
        return {"access_token": "our-own", "token_type": "Bearer", "expires_in": 2399}

    @app.post("/account-access-consents", status_code=201)
    async def consents(request: Request):
        heard["consent"] = (await request.json(), dict(request.headers))
        return {"Data": {"ConsentId": "c-1", "Status": "AwaitingAuthorisation"}, "Risk": {}}

    bank = banks().bank("nl.revolut")
    with serve_in_thread(app) as url:
        here = {**bank.urls, "base": url, "token": f"{url}/token"}
        connections = Connections(replace(bank, urls=here), clock=lambda: NOW, credentials=credentials())
        started = open_bank(connections).create_consent(PERSON)
        connections.close()

    body, headers = heard["consent"]
    page = urlsplit(started.sca_redirect)
    claims = json.loads(urlsafe_b64decode(dict(parse_qsl(page.query))["request"].split(".")[1] + "=="))
    assert heard["token"] == {
        "grant_type": "client_credentials",
        "scope": "accounts",
        "client_id": credentials().client_id,
    }
    assert body["Data"]["ExpirationDateTime"] == "2026-12-27T22:59:59Z"
    assert body["Data"]["TransactionFromDateTime"] == "2024-06-30T22:00:00Z"
    assert headers["x-fapi-financial-id"] == "001580000103UAvAAM"
    assert headers["x-fapi-customer-ip-address"] == "192.0.2.7"
    assert (page.netloc, page.path) == ("oba.revolut.com", "/ui/index.html")
    assert (claims["response_type"], claims["aud"]) == ("code id_token", "https://oba-auth.revolut.com")
    assert claims["nbf"] <= claims["iat"] < claims["exp"] <= claims["nbf"] + 3600
    assert claims["claims"]["id_token"]["openbanking_intent_id"]["value"] == "c-1"
