"""The whole journey at five banks as they once answered: consent, tokens, accounts, rows and refusals."""

from datetime import date

import pytest

from psd2_affordability.connect.dialects.bunq import entries, listed
from psd2_affordability.core.errors import BankAnswerBroken, BankError, BankRefused, ConsentNotValid
from recorded_banks import BANKS, IBAN_OF_ING, ING_CARD, open_recorded
from recorded_material import recorded
from replaying_material import Step
from shared_material import samples

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(samples() is None, reason="the recorded bank samples are not there"),
]


def rows_of(fetched):
    frame = fetched.received.transactions
    return [
        (row.account, row.status, row.booked_on.date(), row.amount_ct)
        for row in frame.sort_values(["account", "status", "booked_on", "amount_ct"]).itertuples()
    ]


def balances_of(fetched):
    return [
        (account.account, balance.type, balance.amount.cents)
        for account in fetched.received.accounts
        for balance in account.balances
    ]


ROWS = {
    "ing": [
        (IBAN_OF_ING, "booked", date(2020, 8, 26), 1_500),
        (IBAN_OF_ING, "booked", date(2020, 8, 30), 500),
        (IBAN_OF_ING, "pending", date(2020, 8, 29), -4_713),
        (f"card:{ING_CARD}", "booked", date(2020, 8, 28), -1_001),
        (f"card:{ING_CARD}", "pending", date(2020, 8, 27), -10_788),
    ],
    "volksbank": [
        ("NL79RBRB0230400868", "booked", date(2017, 10, 25), -25_667),
        ("NL79RBRB0230400868", "booked", date(2017, 10, 25), 99_999),
        ("NL79RBRB0230400868", "booked", date(2017, 10, 26), -30_000),
        ("NL79RBRB0230400868", "booked", date(2017, 10, 26), 20_000),
    ],
    "n26": [
        ("DE73100110012629586632", "booked", date(2020, 7, 12), -1_499),
        ("DE73100110012629586632", "booked", date(2020, 7, 13), -1_200),
        ("DE73100110012629586632", "booked", date(2020, 7, 22), 500),
    ],
    "knab": [
        ("53964486", "booked", date(2020, 6, 20), 290),
        ("NL57KNAB9990461305", "booked", date(2020, 6, 10), -15_390),
    ],
    "bunq": [
        ("NL94BUNQ9900054180", "booked", date(2018, 9, 4), -2_000),
        ("NL94BUNQ9900054180", "booked", date(2018, 9, 4), 3_000),
        ("NL94BUNQ9900054180", "booked", date(2018, 9, 4), 50_000),
        ("NL94BUNQ9900054180", "booked", date(2018, 9, 4), 50_000),
    ],
}
BALANCES = {
    "ing": [(IBAN_OF_ING, "expected", 54_760), (f"card:{ING_CARD}", "expected", 54_760)],
    "volksbank": [("NL79RBRB0230400868", "interimAvailable", 50_000)],
    "n26": [("DE73100110012629586632", "expected", 5_555), ("2", "expected", 12_000)],
    "knab": [  # the available balance of the savings account has a credit limit in it
        ("NL57KNAB9990461305", "interimBooked", 859_289),
        ("NL57KNAB9990461305", "interimAvailable", 939_163),
        ("53964486", "interimBooked", 20_089),
    ],
    "bunq": [("NL94BUNQ9900054180", "balance", 0)],
}


#: Sent along by another client; they say nothing in a question without a body.
NOT_NEEDED = {"content-type", "cache-control"}


@pytest.mark.parametrize("folder", BANKS)
def test_a_recorded_bank_is_walked_from_the_login_page_to_a_renewed_token(folder):
    with open_recorded(folder) as bank:
        begun = bank.begin()
        assert begun.redirect_url
        done = bank.complete(begun)
        assert bank.lacking <= NOT_NEEDED
        bank.clock.move(minutes=55 if folder == "ing" else 60 * 24 * 8)
        again = bank.refresh()
        if folder == "n26":
            bank.port.delete_consent(bank.access())

    for fetched in (done.fetched, again):
        assert fetched.complete
        assert rows_of(fetched) == ROWS[folder]
        assert balances_of(fetched) == BALANCES[folder]
    happy = {step.answer for step in BANKS[folder][1] if isinstance(step.answer, str)}
    assert set(bank.served) == happy
    assert bank.lacking <= NOT_NEEDED | {"psu-ip-address"}  # nobody is present, and no address is made up


#: Of each bank what it is asked, the refusal it once gave instead, and what that means.
REFUSALS = [
    ("volksbank", "happy/consent-create", "errors/consent-401", BankRefused),
    ("volksbank", "happy/auth-access-token", "errors/access-token-401", BankRefused),
    ("volksbank", "happy/accounts", "errors/accounts-400", BankRefused),
    ("volksbank", "happy/accounts", "errors/accounts-401", BankRefused),
    ("volksbank", "happy/accounts", "errors/accounts-403", BankRefused),
    ("volksbank", "happy/auth-refresh-token", "errors/refresh-token-400", BankRefused),
    ("volksbank", "happy/auth-refresh-token", "errors/refresh-token-400-expired", ConsentNotValid),
    ("volksbank", "happy/auth-refresh-token", "errors/refresh-token-401", BankRefused),
    ("volksbank", "happy/auth-refresh-token", "errors/refresh-token-403", BankRefused),
    ("n26", "happy/auth-access-token", "errors/access-token-400", BankRefused),
    ("n26", "happy/consent-delete", "errors/consent-delete-400", BankRefused),
    ("knab", "happy/auth-access-token", "errors/access-token-400", ConsentNotValid),
    ("knab", "happy/accounts", "errors/accounts-401-consent-expired", ConsentNotValid),
    ("knab", "happy/consent-create", "errors/consent-400-missing-header", BankRefused),
    ("knab", "happy/consent-create", "errors/consent-401-expired-token", BankRefused),
    ("bunq", "happy/auth-session", "errors/session-invalid", ConsentNotValid),
    ("bunq", "happy/payments-page1", "errors/payments-token-invalid", ConsentNotValid),
]


#: Tokens of our own that came before two of those refusals.
TOKENS_BEFORE = {
    "errors/consent-400-missing-header": "errors/consent-400-client-credentials",
    "errors/consent-401-expired-token": "errors/consent-401-client-credentials",
}


def problems_of(bank):
    """Walk as far as it goes, and return what went wrong."""
    try:
        done = bank.complete(bank.begin())
        bank.clock.move(days=8)
        again = bank.refresh()
        if not done.fetched.problems and not again.problems:
            bank.port.delete_consent(bank.access())
    except BankError as problem:
        return [problem]
    return [*done.fetched.problems, *again.problems]


@pytest.mark.parametrize(
    ("folder", "asked", "refusal", "kind"), REFUSALS, ids=[f"{row[0]}-{row[2]}" for row in REFUSALS]
)
def test_a_recorded_refusal_is_a_typed_error_that_keeps_the_banks_words_to_itself(
    folder, asked, refusal, kind
):
    instead = {asked: refusal}
    if refusal in TOKENS_BEFORE:
        instead["happy/auth-client-credentials"] = TOKENS_BEFORE[refusal]
    with open_recorded(folder, instead) as bank:
        problems = problems_of(bank)

    assert set(instead.values()) <= set(bank.served)
    assert isinstance(problems[0], kind)
    said = str(problems[0])
    assert all(
        words not in said for words in ("try again later.", "11/01/2021", "FORBIDDEN", "not supported")
    )


def test_a_recorded_session_that_ended_is_opened_anew_and_the_payments_come_in():
    path = "/user/1/monetary-account/4957/payment"
    refused = Step("GET", path, "errors/payments-token-invalid", "count=200 ")
    with open_recorded("bunq", first=(refused,)) as bank:
        done = bank.complete(bank.begin())

    assert done.fetched.complete
    assert rows_of(done.fetched) == ROWS["bunq"]
    assert bank.served.count("happy/auth-session-2") == 1


def test_of_recorded_answers_with_absent_fields_what_can_be_read_is_kept():
    missing = {
        "happy/accounts": "missing-data/accounts",
        "happy/balances": "missing-data/balances",
        "happy/transactions-account1-page1": "missing-data/transactions-account1-page1.invalid-json",
    }
    with open_recorded("ing", missing) as bank:
        fetched = bank.complete(bank.begin()).fetched

    [account] = fetched.received.accounts
    assert (account.iban, account.currency, account.balances) == ("NL12INGB987654321", "EURA", ())
    assert account.proven is not True
    assert [type(problem) for problem in fetched.problems] == [BankAnswerBroken]
    assert len(fetched.received.transactions) == 0
    assert set(missing.values()) <= set(bank.served)


def test_the_recorded_shape_of_bunqs_accounts_lists_none_that_is_open():
    answer = recorded("bunq", "happy/accounts")

    assert len(answer["Response"]) == 3
    assert list(listed(answer, "recorded")) == []


#: Answers to steps that are taken once, when we register at bunq; nothing of ours asks for them.
REGISTRATION = {
    f"bunq/happy/auth-{name}"
    for name in (
        "device",
        "installation",
        "oauth-callback",
        "oauth-callback-delete",
        "oauth-client",
        "oauth-client-details",
        "oauth-client-list",
        "psd2-credential",
        "session-psd2",
    )
}


@pytest.mark.parametrize("name", sorted(REGISTRATION))
def test_an_answer_to_a_registration_is_never_taken_for_an_account_or_a_payment(name):
    folder, _, rest = name.partition("/")
    answer = recorded(folder, rest)

    assert list(listed(answer, "recorded")) == []
    assert list(entries(answer, "recorded")) == []


def test_every_recorded_answer_is_read_by_a_test_here():
    read = {f"{folder}/{step.answer}" for folder, (_, steps, *_) in BANKS.items() for step in steps}
    read |= {f"{folder}/{refusal}" for folder, _, refusal, _ in REFUSALS}
    read |= {f"knab/{token}" for token in TOKENS_BEFORE.values()} | REGISTRATION | {"bunq/happy/accounts"}
    read |= {f"ing/missing-data/{name}" for name in ("accounts", "balances")}
    read |= {"ing/missing-data/transactions-account1-page1.invalid-json"}
    top = samples() / "json"

    present = {path.relative_to(top).as_posix().removesuffix(".json") for path in top.rglob("*.json")}
    assert present == {name for name in read if "{" not in name}
