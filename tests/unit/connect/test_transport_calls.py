"""What goes over the wire for a call: body, form, headers, signature; and what comes back as an answer."""

import json
from hashlib import sha256

import pytest

from psd2_affordability.connect.breaker import Breaker
from psd2_affordability.connect.transport import Call, Limits, Transport
from psd2_affordability.core.errors import BankAnswerBroken, BankDown, BankRefused, UsageError
from raw_bank import answer, raw_bank


class Bank:
    """A raw bank and one way to it."""

    def __init__(self, bank, transport):
        self.raw, self.transport = bank, transport

    def call(self, method="GET", path="/v1/accounts", **more):
        return Call(method, self.raw.url + path, "accounts", **more)

    def heard(self):
        head, _, body = self.raw.heard[-1].partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        return first, {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}, body


@pytest.fixture
def visit():
    opened = []

    def open_one(*script, **options):
        around = raw_bank(*script)
        bank = around.__enter__()
        transport = Transport(
            bank.url, sleep=lambda _: None, limits=Limits(seconds=2), breaker=Breaker(failures=99), **options
        )
        opened.append((around, transport))
        return Bank(bank, transport)

    yield open_one
    for around, transport in opened:
        transport.close()
        around.__exit__(None, None, None)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_body_goes_as_compact_json_in_utf_8(visit, method):
    bank = visit()

    bank.transport.send(bank.call(method, body={"name": "Zoë", "at": [1, None, True]}))

    first, headers, body = bank.heard()
    assert first.startswith(f"{method} /v1/accounts ")
    assert body == '{"name":"Zoë","at":[1,null,true]}'.encode()
    assert headers["content-type"] == "application/json"


def test_a_form_goes_as_forms_do(visit):
    bank = visit()

    bank.transport.send(bank.call("POST", form={"grant_type": "refresh_token", "scope": "a b&c=d"}))

    _, headers, body = bank.heard()
    assert body == b"grant_type=refresh_token&scope=a+b%26c%3Dd"
    assert headers["content-type"] == "application/x-www-form-urlencoded"


def test_a_question_has_no_body_and_asks_for_what_the_call_says(visit):
    bank = visit()

    bank.transport.send(bank.call(accept="application/hal+json", headers={"PSU-IP-Address": "192.0.2.1"}))

    _, headers, body = bank.heard()
    assert body == b""
    assert headers["accept"] == "application/hal+json"
    assert headers["psu-ip-address"] == "192.0.2.1"
    assert "content-type" not in headers


def test_a_bank_may_call_the_number_of_a_request_otherwise(visit):
    bank = visit(request_id_header="x-fapi-interaction-id")

    bank.transport.send(bank.call())

    _, headers, _ = bank.heard()
    assert len(headers["x-fapi-interaction-id"]) == 36
    assert "x-request-id" not in headers


class Seal:
    """A signer that digests what it sees."""

    def __init__(self):
        self.seen = []

    def headers(self, message):
        self.seen.append(message)
        return {"Digest": sha256(message.body).hexdigest(), "Signature": f"s{len(self.seen)}"}


@pytest.mark.parametrize(
    "more", [{"body": {"naam": "Zoë €"}}, {"form": {"a": "ë"}}, {}], ids=["json", "form", "empty"]
)
def test_the_signature_is_over_the_bytes_and_headers_that_are_sent(visit, more):
    seal = Seal()
    bank = visit(signer=seal)

    bank.transport.send(bank.call("POST", "/v1/consents?x=a%20b", **more))

    _, headers, body = bank.heard()
    assert headers["digest"] == sha256(body).hexdigest()
    message = seal.seen[0]
    assert message.method == "POST"
    assert message.url == bank.raw.url + "/v1/consents?x=a%20b"
    signed = {name.lower(): value for name, value in message.headers.items()}
    assert signed.items() <= headers.items()
    assert "x-request-id" in signed


def test_every_attempt_is_signed_anew(visit):
    seal = Seal()
    bank = visit(answer(500), answer(200), signer=seal)

    bank.transport.send(bank.call())

    assert [b"Signature: s1" in bank.raw.heard[0], b"Signature: s2" in bank.raw.heard[1]] == [True, True]


def test_a_proof_that_counts_once_is_made_for_every_attempt(visit):
    bank = visit(answer(500), answer(200))
    proofs = iter(["first", "second"])

    bank.transport.send(bank.call(anew=lambda: {"DPoP": next(proofs)}))

    assert [b"DPoP: first" in bank.raw.heard[0], b"DPoP: second" in bank.raw.heard[1]] == [True, True]


@pytest.mark.parametrize(
    "value",
    ["a\r\nX-Evil: 1", "a\nb", "a\r", "\x00", "a\x7f", " a", "a ", "tok\u0435n", "\u2028", "a\x0bb"],
)
def test_a_value_that_would_end_a_header_early_is_never_sent(visit, value):
    bank = visit()

    with pytest.raises(UsageError, match="not one line of plain text"):
        bank.transport.send(bank.call(headers={"Consent-ID": value}))

    assert bank.raw.heard == []


@pytest.mark.parametrize("name", ["X Evil", "X:Evil", "X\r\nEvil", "", "Naïve"])
def test_a_name_that_is_no_name_of_a_header_is_never_sent(visit, name):
    bank = visit()

    with pytest.raises(UsageError):
        bank.transport.send(bank.call(headers={name: "1"}))

    assert bank.raw.heard == []


def test_a_signer_cannot_smuggle_either(visit):
    class Evil:
        def headers(self, _message):
            return {"Signature": "a\r\nX-Evil: 1"}

    bank = visit(signer=Evil())

    with pytest.raises(UsageError):
        bank.transport.send(bank.call())
    assert bank.raw.heard == []


def test_a_refusal_is_an_answer_when_the_caller_wants_to_read_it(visit):
    bank = visit(
        answer(401, b'{"error": "invalid_token"}', ("WWW-Authenticate", "DPoP"), ("DPoP-Nonce", "n1"))
    )

    got = bank.transport.exchange(bank.call())

    assert (got.status, got.body) == (401, {"error": "invalid_token"})
    assert got.headers["dpop-nonce"] == "n1"


def test_a_fault_of_the_bank_is_no_answer(visit):
    bank = visit(answer(500, b'{"error": "x"}'))

    with pytest.raises(BankDown):
        bank.transport.exchange(bank.call())


@pytest.mark.parametrize("kind", ["text/html", "application/json"])
def test_a_refusal_that_cannot_be_read_is_still_an_answer(visit, kind):
    bank = visit(answer(403, b"<h1>No</h1>", kind=kind))

    assert bank.transport.exchange(bank.call()).body == {}


def test_a_list_is_taken_where_the_call_says_how_to_name_it(visit):
    bank = visit(answer(200, b'[{"a": 1}, {"a": 2}]'))

    assert bank.transport.send(bank.call(list_as="accounts")) == {"accounts": [{"a": 1}, {"a": 2}]}
    with pytest.raises(BankAnswerBroken, match="not a JSON object"):
        bank.transport.send(bank.call())


@pytest.mark.parametrize(
    ("status", "method"), [(204, "GET"), (204, "DELETE"), (200, "DELETE"), (202, "POST")]
)
def test_an_order_needs_no_words_back(visit, status, method):
    bank = visit(answer(status, b"", kind="text/plain"))

    assert bank.transport.send(bank.call(method)) == {}


def test_a_bank_may_bring_its_own_meaning_of_refusals(visit):
    def refuse(status, body, headers, *, where):
        return BankRefused(f"{where} {status} {body['why']} {headers['x-why']}")

    bank = visit(answer(418, b'{"why": "tea"}', ("X-Why", "pot")), refuse=refuse)

    with pytest.raises(BankRefused, match="accounts 418 tea pot"):
        bank.transport.send(bank.call())


def test_amounts_arrive_digit_by_digit(visit):
    bank = visit(answer(200, b'{"amount": 1234567890123.10, "count": 3}'))

    assert json.dumps(bank.transport.send(bank.call())) == '{"amount": "1234567890123.10", "count": 3}'


def test_nothing_of_a_call_or_an_answer_shows_when_it_is_printed(visit):
    bank = visit(answer(200, b'{"iban": "NL91ABNA0417164300"}', ("X-Name", "Jansen")))
    call = bank.call("POST", "/v1/NL91ABNA0417164300", headers={"A": "geheim"}, body={"naam": "Jansen"})

    printed = repr(call) + repr(bank.transport.exchange(call))

    assert not any(secret in printed for secret in ("NL91", "geheim", "Jansen"))
