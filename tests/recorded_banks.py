"""Five banks as they were recorded: which answer they gave to which request of ours."""

from collections.abc import Mapping
from datetime import UTC, datetime

from replaying_material import Step, replayed

IBAN_OF_ING = "IT50N1234561605000323304444"
ING_ACCOUNT, ING_CARD = "7de0041d-4f25-4b6c-a885-0bbeb1eab220", "45e0041d-4f25-4b6c-a885-0bbeb1eab440"
ING = [
    Step("POST", "/oauth2/token", "happy/auth-client-credentials", "grant_type=client_credentials"),
    Step("POST", "/oauth2/token", "happy/auth-access-token", "grant_type=authorization_code"),
    Step("POST", "/oauth2/token", "happy/auth-refresh-token", "grant_type=refresh_token"),
    Step("GET", "/oauth2/authorization-server-url", "happy/auth-redirect-url", "country_code=nl"),
    Step("GET", "/v3/accounts", "happy/accounts"),
    Step("GET", "/v3/accounts/[^/]+/balances", "happy/balances"),
    Step("GET", f"/v2/accounts/{ING_ACCOUNT}/transactions", "happy/transactions-account1-page1", "dateFrom="),
    Step("GET", f"/v2/accounts/{ING_ACCOUNT}/transactions", "happy/transactions-account1-page2", "next=CQR"),
    Step("GET", f"/v2/card-accounts/{ING_CARD}/transactions", "happy/transactions-account2-card"),
]
VOLKSBANK_ACCOUNT = "/v1.1/accounts/3dc3d5b3-7023-4848-9853-f5400a64e80f"
VOLKSBANK = [
    Step("POST", "/v1/consents", "happy/consent-create"),
    Step("POST", "/token", "happy/auth-access-token", "grant_type=authorization_code"),
    Step("POST", "/token", "happy/auth-refresh-token", "grant_type=refresh_token"),
    Step("GET", "/v1.1/accounts", "happy/accounts"),
    Step("GET", f"{VOLKSBANK_ACCOUNT}/balances", "happy/balances"),
    Step("GET", f"{VOLKSBANK_ACCOUNT}/transactions", "happy/transactions-page1", "dateFrom="),
    Step("GET", f"{VOLKSBANK_ACCOUNT}/transactions", "happy/transactions-page2", "From=20171026-30026081"),
    Step("GET", f"{VOLKSBANK_ACCOUNT}/transactions", "happy/transactions-page3", "From=20171026-30026082"),
]
N26_CONSENT = "/v1/consents/16640bfe-9a98-441a-8380-c568976eee4a"
N26 = [
    Step("GET", "/oauth2/authorize", "happy/auth-init", "scope=DEDICATED_AISP"),
    Step("POST", "/oauth2/token", "happy/auth-access-token", "grant_type=authorization_code"),
    Step("POST", "/oauth2/token", "happy/auth-refresh-token", "grant_type=refresh_token"),
    Step("POST", "/v1/consents", "happy/consent-create", "allPsd2"),
    Step("GET", f"{N26_CONSENT}/status", "happy/consent-status-1"),
    Step("GET", f"{N26_CONSENT}/status", "happy/consent-status-2"),
    Step("GET", N26_CONSENT, {"consentStatus": "valid", "validUntil": "2021-01-01"}),
    Step("DELETE", N26_CONSENT, "happy/consent-delete"),
    Step("GET", "/v1/accounts", "happy/accounts"),
    Step("GET", "/v1/accounts/1/balances", "happy/balances-account1"),
    Step("GET", "/v1/accounts/2/balances", "happy/balances-account2"),
    Step("GET", "/v1/accounts/1/transactions", "happy/transactions-account1", "bookingStatus=booked"),
    Step("GET", "/v1/accounts/2/transactions", "happy/transactions-account2", "bookingStatus=booked"),
]
KNAB_CURRENT = "/v1/accounts/f1b1066d0209-4945-ba0e-7c1b9671c544"
KNAB_SAVINGS = "/v1/accounts/cfd7b2f8-85d1-4ac8-8476-fd51a286cd8c"
KNAB = [
    Step("POST", "/token", "happy/auth-client-credentials", "grant_type=client_credentials"),
    Step("POST", "/token", "happy/auth-access-token", "grant_type=authorization_code"),
    Step("POST", "/token", "happy/auth-refresh-token", "grant_type=refresh_token"),
    Step("POST", "/v2/consents", "happy/consent-create"),
    Step("GET", "/v2/consents/some-consent-id", {"consentStatus": "valid"}),
    Step("GET", "/v1/accounts", "happy/accounts"),
    Step("GET", f"{KNAB_CURRENT}/balances", "happy/balances-account1"),
    Step("GET", f"{KNAB_SAVINGS}/balances", "happy/balances-account2"),
    Step("GET", f"{KNAB_CURRENT}/transactions", "happy/transactions-account1", "bookingStatus=booked"),
    Step("GET", f"{KNAB_SAVINGS}/transactions", "happy/transactions-account2", "bookingStatus=booked"),
]
BUNQ = [
    Step("POST", "/token", "happy/auth-token-exchange", "grant_type=authorization_code"),
    Step("POST", "/session-server", "happy/auth-session", "secret"),
    Step("POST", "/session-server", "happy/auth-session-2"),
    Step("GET", "/user/1/monetary-account", "happy/account-single"),
    Step("GET", "/user/1/monetary-account/4957", "happy/account-single"),
    Step("GET", "/user/1/monetary-account/4957/payment", "happy/payments-page1", "count=200 "),
    Step("GET", "/user/2838/monetary-account/4912/payment", "happy/payments-page2", "older_id=229830"),
]
#: Bank id, folder, steps, when, where its interface and its tokens are.
BANKS = {
    "ing": ("nl.ing", ING, datetime(2020, 10, 7, 12, tzinfo=UTC), "", "/oauth2/token"),
    "volksbank": ("nl.sns", VOLKSBANK, datetime(2017, 11, 1, 12, tzinfo=UTC), "/psd2/snsbank", "/token"),
    "n26": (
        "nl.n26",
        N26,
        datetime(2020, 7, 30, 12, tzinfo=UTC),
        "/v1/berlin-group",
        "/oauth2/token?role=DEDICATED_AISP",
    ),
    "knab": ("nl.knab", KNAB, datetime(2020, 7, 1, 12, tzinfo=UTC), "", "/token"),
    "bunq": ("nl.bunq", BUNQ, datetime(2018, 9, 5, 12, tzinfo=UTC), "/v1", "/token"),
}


def open_recorded(
    folder: str,
    instead: Mapping[str, str] | None = None,
    *,
    first: tuple[Step, ...] = (),
    recorder: type | None = None,
):
    """Open a recorded bank.

    Args:
        folder: its recordings.
        instead: a recording to the one that takes its place.
        first: answers that come before the others.
        recorder: writes along.
    """
    bank_id, steps, at, base, token = BANKS[folder]
    swaps = instead or {}
    swapped = [
        step._replace(answer=swaps.get(step.answer, step.answer)) if isinstance(step.answer, str) else step
        for step in steps
    ]
    return replayed(bank_id, folder, [*first, *swapped], at=at, base=base, token=token, recorder=recorder)
