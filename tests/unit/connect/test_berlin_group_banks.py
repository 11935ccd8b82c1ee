"""N26, Knab and Triodos: Berlin Group 1.3 with habits of their own, and what was recorded of two of them."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from certificate_material import us
from own_api_material import NOW, played_bank
from psd2_affordability._data import data_files
from psd2_affordability.connect.dialects.berlin_group.accounts import accounts_of, balances_of
from psd2_affordability.connect.dialects.berlin_group.consents import state_of, status_of
from psd2_affordability.connect.dialects.berlin_group.statements import entries_of, in_its_currency
from psd2_affordability.connect.oauth.refused import refused
from psd2_affordability.connect.port import Access, AccountListed, ConsentRequest
from psd2_affordability.connect.reading import statement
from psd2_affordability.connect.refusals import refusal
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.core.errors import BankAnswerBroken, BankRefused, ConsentNotValid
from psd2_affordability.core.money import Money
from recorded_material import recorded

BANKS = load_banks(data_files("connectors"))
DAY = "2026-06-30"


def rows_of(bank: str, page, account: str = "NL91ABNA0417164300"):
    rules = BANKS.bank(bank).profile.rows
    told = statement(iter([page]), lambda each: entries_of(each, "t"), rules, account, "t")
    assert told.whole
    return told.rows


def page(*entries, **more):
    return {"transactions": {"booked": list(entries), "_links": {}} | more}


def entry(amount: str, **more):
    return {"bookingDate": DAY, "transactionAmount": {"currency": "EUR", "amount": amount}} | more


@pytest.mark.samples
def test_recorded_entries_of_n26_give_the_rows_that_stand_in_them():
    rows = rows_of("nl.n26", recorded("n26", "happy/transactions-account1"))

    assert [
        (
            row["booked_on"],
            row["amount_ct"],
            row["counterparty_name"],
            row["counterparty_iban"],
            row["remittance"],
        )
        for row in rows
    ] == [
        (date(2020, 7, 13), -1200, "Creditor name", "DE43100110012620287103", "description"),
        (date(2020, 7, 12), -1499, "Spotify", "", ""),
        (date(2020, 7, 22), 500, "User SEPA", "DE43100110012620287103", "Test, Information"),
    ]
    assert [row["creditor_id"] for row in rows] == ["sampleCreditorId", "", ""]
    assert [row["mandate_id"] for row in rows] == ["", "", "sampleMandateID"]
    assert [row["bank_code"] for row in rows] == ["PMNT/MCRD/UPCT", "PMNT/MCRD/UPCT", "PMNT/ICDT/ESCT"]
    assert {row["entry_reference"] for row in rows} == {""}
    assert rows_of("nl.n26", recorded("n26", "happy/transactions-account2")) == ()


@pytest.mark.samples
def test_of_the_recorded_accounts_of_n26_the_deleted_one_is_left_alone():
    first, second = accounts_of(recorded("n26", "happy/accounts"), "t")
    (balance,) = balances_of(recorded("n26", "happy/balances-account1")["balances"], first, "t")

    assert (first.key, second.key) == ("DE73100110012629586632", "2")
    assert (balance.type, balance.amount) == ("expected", Money(5_555))


@pytest.mark.samples
def test_a_recorded_status_outside_the_standard_is_waiting_and_the_next_is_valid():
    assert status_of(recorded("n26", "happy/consent-status-1"), "t") == "received"
    assert status_of(recorded("n26", "happy/consent-status-2"), "t") == "valid"


@pytest.mark.samples
@pytest.mark.parametrize("name", ["errors/access-token-400", "errors/consent-delete-400"])
def test_recorded_refusals_of_n26_are_told_without_its_words(name):
    body = recorded("n26", name)
    for said in (refused(body["error"], where="t"), refusal(400, body, {}, where="t")):
        assert isinstance(said, BankRefused)
        assert "Please try again" not in str(said)


@pytest.mark.samples
def test_recorded_entries_of_knab_give_the_rows_that_stand_in_them():
    (out,) = rows_of("nl.knab", recorded("knab", "happy/transactions-account1"))
    (back,) = rows_of("nl.knab", recorded("knab", "happy/transactions-account2"))

    assert (out["amount_ct"], out["booked_on"], out["value_on"]) == (
        -15390,
        date(2020, 6, 10),
        date(2020, 6, 11),
    )
    assert (out["counterparty_name"], out["counterparty_iban"]) == ("Jonas Snow", "53964486")
    assert (out["remittance"], out["bank_code"]) == ("A gift from Grandpa.", "Periodic transfer")
    assert (out["mandate_id"], out["creditor_id"], out["entry_reference"]) == (
        "mandateId1",
        "creditorId1",
        "",
    )
    assert (back["amount_ct"], back["counterparty_name"]) == (290, "Jonas Malcolm Snow")
    assert (back["counterparty_iban"], back["booked_on"]) == ("NL57KNAB9990461307", date(2020, 6, 20))
    assert back["remittance"] == "A gift from Rich Grandpa. Structured"


@pytest.mark.samples
def test_a_recorded_savings_account_of_knab_is_known_by_its_local_number():
    current, savings = accounts_of(recorded("knab", "happy/accounts"), "t")
    told = balances_of(recorded("knab", "happy/balances-account1")["balances"], current, "t")
    saved = balances_of(recorded("knab", "happy/balances-account2")["balances"], savings, "t")

    assert (current.key, savings.key, savings.iban) == ("NL57KNAB9990461305", "53964486", "")
    assert [(each.type, each.amount) for each in told] == [
        ("interimBooked", Money(859_289)),
        ("interimAvailable", Money(939_163)),
    ]
    assert [(each.type, each.amount) for each in saved] == [("interimBooked", Money(20_089))]


@pytest.mark.samples
@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (401, "errors/accounts-401-consent-expired", ConsentNotValid),
        (401, "errors/consent-401-expired-token", BankRefused),
        (400, "errors/consent-400-missing-header", BankRefused),
    ],
)
def test_recorded_refusals_of_knab_mean_what_its_codes_say(status, name, kind):
    said = refusal(status, recorded("knab", name), {}, where="t")

    assert isinstance(said, kind)
    assert "11/01/2021" not in str(said)


@pytest.mark.samples
def test_a_recorded_refusal_of_a_code_by_knab_asks_the_person_anew():
    body = recorded("knab", "errors/access-token-400")

    assert isinstance(refused(body["error"], where="t"), ConsentNotValid)


def test_triodos_writes_no_signs_and_the_side_that_is_filled_in_tells():
    out = entry("7.50", creditorAccount={"iban": "NL20INGB0001234567"}, creditorName="Moestuin De Sla")
    back = entry("9.00", debtorAccount={"iban": "NL55RABO0347562190"}, debtorName="Tante Toos")
    refund = entry("-7.50", creditorAccount={"iban": "NL20INGB0001234567"})

    rows = rows_of("nl.triodos", page(out, back, pending=[refund]))

    assert [row["amount_ct"] for row in rows] == [-750, 900, 750]
    assert rows[0]["counterparty_name"] == "Moestuin De Sla"
    assert rows[1]["counterparty_iban"] == "NL55RABO0347562190"


def test_the_words_that_n26_puts_elsewhere_and_the_numbers_of_knab_are_found():
    (coffee,) = rows_of("nl.n26", page(entry("-2.0", details="koffie", transactionId="t-1")))
    (saved,) = rows_of("nl.knab", page(entry("-5.00", creditorAccount={"bban": "12 34 56 78"})))

    assert (coffee["remittance"], coffee["entry_reference"]) == ("koffie", "")
    assert saved["counterparty_iban"] == "12345678"


def test_standing_orders_move_no_money():
    assert rows_of("sandbox.berlin_group", page(information=[entry("-9.00")])) == ()


def test_entries_in_another_currency_are_set_aside_with_a_word():
    dollars = entry("-3.00") | {"transactionAmount": {"currency": "USD", "amount": "-3.00"}}
    rules = BANKS.bank("sandbox.berlin_group").profile.rows
    told = statement(
        iter([page(entry("-1.00"), dollars)]), lambda each: entries_of(each, "t"), rules, "A", "t"
    )

    kept = in_its_currency(told, AccountListed("1", "A", "EUR"))

    assert [row["amount_ct"] for row in kept.rows] == [-100]
    assert kept.whole
    assert "another currency" in kept.rejected[0].why


@pytest.mark.parametrize(
    ("said", "means"),
    [("VALID", "valid"), ("revokedByPsu", "revokedByPsu"), ("pending", "received"), ("onHold", "onHold")],
)
def test_a_status_is_read_in_any_spelling_and_an_unknown_one_is_not_usable_and_no_error(said, means):
    state = state_of({"consentStatus": said, "validUntil": "2026-12-01", "frequencyPerDay": 4}, "t")

    assert (state.status, state.usable) == (means, means == "valid")
    assert (state.valid_until, state.frequency_per_day) == (date(2026, 12, 1), 4)


def test_an_answer_without_transactions_or_status_is_broken():
    with pytest.raises(BankAnswerBroken, match="no transactions"):
        next(entries_of({"_links": {"download": {"href": "/camt.zip"}}}, "t"))
    with pytest.raises(BankAnswerBroken, match="consentStatus"):
        state_of({}, "t")


def test_knab_gets_calls_about_a_consent_under_a_token_of_our_own_and_data_under_the_persons():
    def play(asked):
        if asked.path == "/oauth2/token":
            form = dict(parse_qsl(asked.body.decode()))
            ours = form["grant_type"] == "client_credentials"
            assert not ours or form["scope"] == "psd2"
            return 200, {
                "access_token": "ours" if ours else "person",
                "token_type": "Bearer",
                "expires_in": 3600,
            }
        if asked.path == "/v1/accounts":
            return 200, {"accounts": [{"resourceId": "1", "bban": "53964486", "currency": "EUR"}]}
        links = {"scaOAuth": {"href": "https://login.knab.io/.well-known/openid-configuration"}}
        return 201, {"consentStatus": "valid", "consentId": "c-1", "validUntil": DAY, "_links": links}

    request = ConsentRequest("https://us.example/back", "s-1", "127.0.0.1", NOW.date(), NOW.date(), 4)
    with played_bank("nl.knab", play, us(client_secret="geheim")) as bank:
        started = bank.port.create_consent(request)
        access = Access(started.grant, psu_ip="127.0.0.1")
        bank.port.authorise(access, {"state": "s-1", "code": "code-1"})
        assert bank.port.read_consent(access).usable
        (account,) = bank.port.accounts(access)

    page = dict(parse_qsl(urlsplit(started.sca_redirect).query))
    bearers = {one.path: one.headers["authorization"] for one in bank.asked if one.path[:3] != "/oa"}
    created = next(one for one in bank.asked if one.path == "/v2/consents")
    assert page["scope"] == "psd2 offline_access AIS:c-1"
    assert bearers == {
        "/v2/consents": "Bearer ours",
        "/v2/consents/c-1": "Bearer ours",
        "/v1/accounts": "Bearer person",
    }
    assert created.headers["tpp-redirect-uri"] == "https://us.example/back"
    assert created.headers["signature"].startswith('keyId="SN=')
    assert account.key == "53964486"
