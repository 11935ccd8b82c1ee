"""A bank that says 401 and nothing else: the token may have ended, so a renewed one is tried once."""

from contextlib import contextmanager

import pytest

from own_api_material import NOW, Asked, played_bank
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.port import Access, ConsentRequest
from psd2_affordability.core.errors import BankRefused

REQUEST = ConsentRequest("https://us.example/back", "state-1", "127.0.0.1", NOW.date(), NOW.date(), 4)
INFO = {"scopes": "psd2:account:balance:read", "iban": "NL02ABNA0123456789", "valid": "1782900000"}


class Books:
    """Which token the bank accepts, how it refuses another one, and how many it gave."""

    def __init__(self, *, accepts="token-2", refuses=401, body=None, renews=True) -> None:
        self.accepts, self.refuses, self.body, self.renews = accepts, refuses, body, renews
        self.given = 0

    def play(self, asked: Asked):
        if asked.path == "/oauth2/token":
            if self.given and not self.renews:
                return 400, {"error": "invalid_grant"}
            self.given += 1
            token = {"access_token": f"token-{self.given}", "refresh_token": f"more-{self.given}"}
            return 200, {**token, "token_type": "Bearer", "expires_in": 7200}
        if asked.headers.get("authorization") == f"Bearer {self.accepts}":
            return 200, INFO
        return self.refuses, self.body


@contextmanager
def at_the_bank(books: Books):
    """Approve, and note every grant that is stored from then on."""
    with played_bank("nl.abn_amro", books.play, Credentials(client_id="c", api_key="k")) as bank:
        access = Access(bank.port.create_consent(REQUEST).grant)
        bank.port.authorise(access, {"state": "state-1", "code": "code-1"})
        stored = []

        def renew(grant, make):
            stored.append(make(grant))
            return stored[-1]

        yield bank.port, Access(access.grant, renew=renew), stored


@pytest.mark.parametrize("body", [None, {}, {"message": "Unauthorized"}], ids=["nothing", "empty", "words"])
def test_a_refusal_without_a_reason_renews_the_token_and_the_new_one_is_stored_and_used(body):
    with at_the_bank(Books(body=body)) as (port, access, stored):
        assert port.consent_status(access) == "valid"

    assert [grant.kept["access_token"] for grant in stored] == ["token-2"]


def test_a_renewed_token_that_is_refused_in_the_same_way_leaves_the_refusal_standing():
    books = Books(accepts="none")

    with at_the_bank(books) as (port, access, stored):
        for _ in range(3):
            with pytest.raises(BankRefused, match=r"the bank refused \(401\)\. Ask the bank for the status"):
                port.consent_status(access)

    assert len(stored) == 1
    assert books.given == 2


def test_a_token_that_cannot_be_renewed_leaves_the_refusal_standing():
    with at_the_bank(Books()) as (port, access, stored):
        access.grant = access.grant.having(refresh_token="")
        with pytest.raises(BankRefused, match=r"the bank refused \(401\)"):
            port.consent_status(access)

    assert stored == []


def test_a_bank_that_no_longer_renews_says_that_the_consent_is_over():
    with at_the_bank(Books(renews=False)) as (port, access, stored):
        assert port.consent_status(access) == "expired"

    assert stored == []


def test_what_is_forbidden_without_a_reason_is_no_matter_of_the_token():
    forbidden = pytest.raises(BankRefused, match=r"the bank refused \(403\)")

    with at_the_bank(Books(refuses=403)) as (port, access, stored), forbidden:
        port.consent_status(access)

    assert stored == []


def test_another_reason_that_comes_with_401_is_believed_and_renews_nothing():
    body = {"tppMessages": [{"code": "CONSENT_EXPIRED"}]}

    with at_the_bank(Books(body=body)) as (port, access, stored):
        assert port.consent_status(access) == "expired"

    assert stored == []
