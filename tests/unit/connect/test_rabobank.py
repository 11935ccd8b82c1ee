"""Rabobank: plain OAuth with a scope for the history, signed calls, a gateway that gives no reasons."""

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from certificate_material import us
from own_api_material import NOW, Asked, played_bank
from psd2_affordability._data import data_files
from psd2_affordability.connect.dialects.berlin_group.statements import entries_of
from psd2_affordability.connect.port import Access, ConsentRequest
from psd2_affordability.connect.reading import statement
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.core.errors import BankRefused, ConsentNotValid, NotOffered

BANK = load_banks(data_files("connectors")).bank("nl.rabobank")
IBAN = "NL55RABO0347562190"
OTHER = "NL20INGB0001234567"
DATA = "/payments/account-information/ais"
FORBIDDEN = {"httpCode": "403", "httpMessage": "Forbidden", "moreInformation": "Forbidden"}


def entry(number: int, amount: str, **more):
    """Both sides are filled in, whichever way the money went."""
    return {
        "entryReference": str(number),
        "bookingDate": "2026-06-30",
        "valueDate": "2026-06-30",
        "transactionAmount": {"currency": "EUR", "amount": amount},
        "instructedAmount": {"currency": "EUR", "amount": amount},
        "creditorAccount": {"iban": OTHER},
        "creditorName": "Fietsenmaker Spaak",
        "debtorAccount": {"iban": IBAN, "currency": "EUR"},
        "remittanceInformationUnstructured": "Factuur 12\nband\nvoorwiel",
        "raboBookingDateTime": "2026-06-29T22:30:00.000Z",
        "raboDetailedTransactionType": "102",
    } | more


@dataclass
class Bank:
    """Plays the bank; the consent's state and the gateway's mood can be changed."""

    status: str = "valid"
    forbidden: bool = False
    metadata: str = "a:consentId consent-5"
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, asked: Asked):
        if asked.path == "/oauth2/token":
            tokens = {"access_token": "access-1", "refresh_token": "refresh-1", "token_type": "Bearer"}
            return 200, tokens | {"expires_in": 3600, "metadata": self.metadata}
        if asked.path == "/oauth2/v1/consents/consent-5":
            given = [{"iban": IBAN, "currency": "EUR", "status": self.status, "validUntil": "2026-12-20"}]
            once = [{"iban": IBAN, "currency": "EUR", "status": "expired", "validUntil": "2026-07-01"}]
            access = {
                "ais.balances.read": given,
                "ais.transactions.read-90days": given,
                "ais.transactions.read-history": once,
            }
            return 200, {"consentId": "consent-5", "access": access}
        if self.forbidden:
            return 403, FORBIDDEN
        if asked.path == f"{DATA}/accounts":
            return 200, {"accounts": [{"resourceId": "r-1", "iban": IBAN, "currency": "EUR"}]}
        if asked.path.endswith("/balances"):
            expected = {"balanceType": "expected", "balanceAmount": {"currency": "EUR", "amount": "12.00"}}
            return 200, {"balances": [expected]}
        if "nextPageToken" in asked.query:
            return 200, {"transactions": {"booked": [entry(18717, "12.50")], "_links": {}}}
        link = (
            "/accounts/r-1/transactions?bookingStatus=booked&dateFrom=2026-01-01T00:00:00Z&nextPageToken=t1"
        )
        return 200, {"transactions": {"booked": [entry(18716, "-42.00")], "_links": {"next": {"href": link}}}}


@pytest.fixture
def played():
    play = Bank()
    with played_bank("nl.rabobank", play, us(client_secret="geheim")) as bank:
        bank.play = play
        yield bank


def begun(played):
    request = ConsentRequest("https://us.example/back", "s-1", "127.0.0.1", NOW.date(), NOW.date(), 4)
    return played.port.create_consent(request)


def approved(played) -> Access:
    access = Access(begun(played).grant, psu_ip="127.0.0.1")
    played.port.authorise(access, {"state": "s-1", "code": "code-1"})
    return access


def test_no_consent_is_made_beforehand_and_the_history_is_asked_along(played):
    page = urlsplit(begun(played).sca_redirect)

    assert played.asked == []
    assert parse_qs(page.query)["scope"] == [
        "ais.balances.read ais.transactions.read-90days ais.transactions.read-history"
    ]


def test_the_number_of_the_consent_comes_with_the_tokens_and_its_last_day_is_read(played):
    access = approved(played)
    state = played.port.read_consent(access)

    assert access.grant.consent_id == "consent-5"
    assert (state.status, state.valid_until) == ("valid", date(2026, 12, 20))


def test_without_a_number_of_the_consent_the_tokens_tell_that_the_person_approved(played):
    played.play.metadata = ""
    access = approved(played)

    assert access.grant.consent_id == ""
    assert played.port.consent_status(access) == "valid"


def test_calls_are_signed_over_date_digest_and_number_of_the_request(played):
    played.port.accounts(approved(played))

    headers = played.asked[-1].headers
    assert re.match(
        r'keyId="\d+",algorithm="rsa-sha512",headers="date digest x-request-id",signature=',
        headers["signature"],
    )
    assert headers["digest"].startswith("SHA-512=z4PhNX7vuL3x")
    assert headers["authorization"] == "Bearer access-1"
    assert headers["x-ibm-client-id"] == "client-7"
    assert headers["psu-ip-address"] == "127.0.0.1"


def test_pages_follow_a_link_that_hangs_from_the_interface(played):
    access = approved(played)
    (account,) = played.port.accounts(access)
    told = played.port.transactions(access, account, date(2026, 1, 1))

    first, second = played.asked[-2:]
    assert first.query["dateFrom"] == "2025-12-31T23:00:00.000Z"  # midnight in Amsterdam
    assert second.path == first.path == f"{DATA}/accounts/r-1/transactions"
    assert second.query["nextPageToken"] == "t1"
    assert [(row["amount_ct"], row["entry_reference"]) for row in told.rows] == [
        (-4200, "18716"),
        (1250, "18717"),
    ]


def test_the_sign_tells_the_other_side_since_both_are_filled_in(played):
    access = approved(played)
    (account,) = played.port.accounts(access)
    out, back = played.port.transactions(access, account, date(2026, 1, 1)).rows

    assert (out["counterparty_name"], out["counterparty_iban"]) == ("Fietsenmaker Spaak", OTHER)
    assert (back["counterparty_name"], back["counterparty_iban"]) == ("", IBAN)
    assert out["remittance"] == "Factuur 12 band voorwiel"
    assert out["booked_on"] == date(2026, 6, 30)


def test_a_moment_in_utc_is_a_day_here():
    undated = entry(1, "-1.00", bookingDate="")
    page = {"transactions": {"booked": [undated]}}
    told = statement(iter([page]), lambda each: entries_of(each, "t"), BANK.profile.rows, IBAN, "t")

    assert told.rows[0]["booked_on"] == date(2026, 6, 30)  # 22:30 in UTC is half past midnight


def test_the_expected_balance_is_told_and_proves_nothing(played):
    access = approved(played)
    (account,) = played.port.accounts(access)
    (balance,) = played.port.balances(access, account)

    assert balance.type == "expected"
    assert BANK.profile.rows.closing_types == ()


def test_a_refusal_without_a_reason_is_the_end_of_the_consent_when_the_consent_says_so(played):
    access = approved(played)
    played.play.forbidden, played.play.status = True, "expired"

    with pytest.raises(ConsentNotValid, match="expired, revoked or ended"):
        played.port.accounts(access)


def test_a_refusal_without_a_reason_under_a_standing_consent_stays_a_refusal(played):
    access = approved(played)
    played.play.forbidden = True

    with pytest.raises(BankRefused) as refused:
        played.port.accounts(access)
    assert not isinstance(refused.value, ConsentNotValid)
    assert played.port.read_consent(access).usable


def test_only_the_person_can_end_the_consent(played):
    with pytest.raises(NotOffered, match="no call that ends"):
        played.port.delete_consent(approved(played))
