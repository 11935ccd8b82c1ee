"""Tokens: what we take from a bank's token endpoint, what we refuse, and what we keep silent about."""

from datetime import timedelta

import pytest
from starlette.responses import JSONResponse

from authorisation_server import SECRET, Moment, Script, our_signer, visiting
from psd2_affordability.connect.oauth import bearer
from psd2_affordability.connect.oauth.tokens import Tokens, complete, of_our_own, refresh
from psd2_affordability.connect.port import Grant
from psd2_affordability.connect.transport import Call
from psd2_affordability.core.errors import (
    BankAnswerBroken,
    BankError,
    BankRefused,
    ConsentNotValid,
    RateLimited,
    UsageError,
)


def but(**changed):
    """The honest answer with some parts changed; None takes one away."""
    return lambda body: {name: value for name, value in {**body, **changed}.items() if value is not None}


def refusing(body, status=400, headers=None):
    return lambda path: JSONResponse(body, status, headers=headers) if path == "/token" else None


def tokens_when(change, **identity):
    with visiting(Script(tokens=change), **identity) as visit:
        return visit.tokens()


@pytest.mark.parametrize("kind", ["Bearer", "bearer", "BEARER", "bEaReR"])
def test_the_kind_of_a_token_is_read_in_any_case(kind):
    assert tokens_when(but(token_type=kind)).access


@pytest.mark.parametrize("kind", ["dpop", "DPoP", "DPOP"])
def test_the_kind_of_a_bound_token_is_read_in_any_case(kind):
    assert tokens_when(but(token_type=kind), uses_dpop=True).access


@pytest.mark.parametrize("kind", [None, "", "mac", "DPoP", 7])
def test_a_token_of_another_kind_is_refused(kind):
    with pytest.raises(BankAnswerBroken, match="another kind than was agreed"):
        tokens_when(but(token_type=kind))


def test_a_token_that_the_bank_did_not_bind_is_refused_where_binding_is_agreed():
    with pytest.raises(BankAnswerBroken, match="another kind than was agreed"):
        tokens_when(but(token_type="Bearer"), uses_dpop=True)


def test_a_token_without_an_end_is_believed_until_it_is_refused():
    tokens = tokens_when(but(expires_in=None))

    assert tokens.expires_at is None
    assert tokens.fresh(Moment()() + timedelta(days=9))


@pytest.mark.parametrize("said", [600, "600", 600.0], ids=["number", "text", "fraction"])
def test_the_end_of_a_token_is_counted_from_now(said):
    tokens = tokens_when(but(expires_in=said))

    assert tokens.expires_at == Moment()() + timedelta(seconds=600)
    assert tokens.fresh(Moment()() + timedelta(seconds=569))
    assert not tokens.fresh(Moment()() + timedelta(seconds=571))


def test_an_end_in_the_far_future_is_no_end():
    assert tokens_when(but(expires_in=999_999_999_999)).expires_at is None


@pytest.mark.parametrize("said", [-1, "soon", True, [], "1e9", "٦٠٠"])
def test_an_end_that_makes_no_sense_is_refused(said):
    with pytest.raises(BankAnswerBroken, match="malformed 'expires_in'"):
        tokens_when(but(expires_in=said))


@pytest.mark.parametrize("token", [None, ""])
def test_an_answer_without_a_token_is_refused(token):
    with pytest.raises(BankAnswerBroken, match="no access token"):
        tokens_when(but(access_token=token))


@pytest.mark.parametrize("name", ["access_token", "refresh_token"])
@pytest.mark.parametrize("token", ["a b", "a\r\nX-Evil: 1", "é", 7, ["a"]])
def test_a_token_that_could_break_a_header_is_refused(name, token):
    with pytest.raises(BankAnswerBroken, match=f"malformed '{name}'"):
        tokens_when(but(**{name: token}))


def test_tokens_are_renewed_and_the_old_ones_are_then_worthless():
    with visiting() as visit:
        first = visit.tokens()
        second = refresh(visit.client, first)

        assert second.access != first.access
        assert second.refresh != first.refresh
        assert second.scope == first.scope == "openid accounts"
        with pytest.raises(ConsentNotValid, match=r"no longer accepts .* approval\. Ask the person"):
            refresh(visit.client, first)


def test_a_bank_that_does_not_rotate_lets_the_refresh_token_stand():
    with visiting() as visit:
        first = visit.tokens()
        visit.server.script.tokens = but(refresh_token=None, scope=None)
        second = refresh(visit.client, first)

    assert second.refresh == first.refresh
    assert second.scope == first.scope


def test_a_refresh_token_that_has_ended_is_not_even_sent():
    with visiting(Script(tokens=but(refresh_token_expires_in=86_400))) as visit:
        tokens = visit.tokens()
        visit.clock.move(days=1)

        with pytest.raises(ConsentNotValid, match="has ended and cannot be renewed"):
            refresh(visit.client, tokens)
        assert len(visit.server.forms("/token")) == 1


def test_a_bank_without_refresh_tokens_means_asking_the_person_anew():
    with visiting(Script(tokens=but(refresh_token=None))) as visit:
        tokens = visit.tokens()

        with pytest.raises(ConsentNotValid, match="Ask the person to consent anew"):
            refresh(visit.client, tokens)


def test_tokens_survive_being_written_down():
    tokens = tokens_when(but(refresh_token_expires_in=9), uses_dpop=True)

    assert Tokens.read(tokens.written()) == tokens
    assert Tokens.read({"access_token": "a"}) == Tokens("a")
    assert Tokens.read(Tokens("a").written()) == Tokens("a")


def test_before_the_person_is_back_there_are_no_tokens_to_read():
    with pytest.raises(ConsentNotValid, match="no access under this consent yet"):
        Tokens.read({"state": "s"})


def test_new_tokens_leave_nothing_of_the_old_ones_behind_in_a_grant():
    old = tokens_when(but(refresh_token_expires_in=9), uses_dpop=True)

    grant = Grant("c-1").having(**old.written()).having(**Tokens("new").written())

    assert grant.written() == {"consent_id": "c-1", "access_token": "new"}


def test_a_bank_may_have_a_name_of_its_own_for_a_token_that_anyone_can_use():
    assert tokens_when(but(token_type="SSC"), token_types=("bearer", "ssc")).access


def test_no_secret_shows_when_anything_is_printed():
    with visiting(uses_dpop=True, secret="top-secret") as visit:
        request = visit.begin()
        tokens = complete(visit.client, request.kept, visit.come_back(request))
        shown = f"{visit.client!r} {request!r} {tokens!r}"

    for secret in ("top-secret", "PRIVATE KEY", tokens.access, tokens.refresh, *request.kept.values()):
        if secret not in ("openid accounts", visit.server.url, "https://tpp.example/callback"):
            assert secret not in shown


def test_tokens_of_our_own_need_no_person():
    with visiting(scope="accounts") as visit:
        tokens = of_our_own(visit.client)

        (form,) = visit.server.forms("/token")
    assert tokens.access
    assert (form["grant_type"], form["scope"]) == ("client_credentials", "accounts")


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post", "tls_client_auth", "none"])
def test_every_other_way_to_prove_who_we_are_works_too(method):
    with visiting(method=method, secret=SECRET, signer=None) as visit:
        assert visit.tokens().access
        assert all("client_assertion" not in form for form in visit.server.forms("/token"))


def test_each_assertion_is_a_new_one():
    with visiting() as visit:
        refresh(visit.client, visit.tokens())
        sent = [form["client_assertion"] for _, form, _ in visit.server.seen if "client_assertion" in form]

    assert len(sent) == len(set(sent)) == 3


def test_a_way_that_the_bank_does_not_take_is_told_before_anything_is_sent():
    with visiting(Script(describe=but(token_endpoint_auth_methods_supported=["tls_client_auth"]))) as visit:
        with pytest.raises(UsageError, match=r"does not take 'private_key_jwt'\. It takes tls_client_auth"):
            visit.begin()
        assert visit.server.seen == []


def test_signing_without_a_key_is_told():
    with visiting(signer=None) as visit, pytest.raises(UsageError, match="no key is set"):
        visit.begin()


def test_an_unknown_way_of_signing_is_told():
    with pytest.raises(UsageError, match=r"not signed by 'HS256'\. Use one of PS256"):
        our_signer("HS256")


@pytest.mark.parametrize(
    ("body", "status", "error", "match"),
    [
        ({"error": "invalid_grant"}, 400, ConsentNotValid, "Ask the person to consent anew"),
        ({"error": "invalid_client"}, 401, BankRefused, r"\(invalid_client\)\. Check our client number"),
        ({"error": "unauthorized_client"}, 400, BankRefused, "key or certificate that is registered"),
        ({"error": "invalid_scope"}, 400, BankRefused, "which scopes"),
        ({"error": "invalid_dpop_proof"}, 400, BankRefused, "this machine's clock"),
        ({"error": "slow_down"}, 400, RateLimited, "no more calls for now"),
        ({}, 429, RateLimited, "Ask again in 30 seconds"),
        ({"error": ["invalid_grant"]}, 400, BankRefused, r"the bank refused \(400\)"),
        ({"error": "Jan Voorbeeld"}, 403, BankRefused, r"the bank refused \(403\)"),
        ({}, 503, BankError, "503|later"),
    ],
)
def test_a_refusal_says_what_to_do_and_never_what_the_bank_wrote(body, status, error, match):
    with visiting() as visit:
        request = visit.begin()
        answer = visit.come_back(request)
        told = {**body, "error_description": "Jan Voorbeeld has no money"}
        visit.server.script.refuse = refusing(told, status, {"Retry-After": "30"} if status == 429 else None)

        with pytest.raises(error, match=match) as raised:
            complete(visit.client, request.kept, answer)

    assert "Jan" not in str(raised.value)
    assert str(raised.value).startswith("bank tokens: ")


@pytest.mark.parametrize("answer", [["no"], "no", None], ids=["list", "text", "null"])
def test_an_answer_that_is_no_answer_is_refused(answer):
    with visiting() as visit:
        tokens = visit.tokens()
        visit.server.script.refuse = lambda _: JSONResponse(answer)

        with pytest.raises(BankAnswerBroken, match="bank renewed tokens"):
            refresh(visit.client, tokens)


def test_data_are_asked_with_the_token():
    with visiting() as visit:
        call = Call("GET", f"{visit.server.url}/accounts", "bank accounts", headers={"X-Kept": "1"})

        assert bearer.send(visit.client, visit.line, call, visit.tokens()) == {"accounts": []}
        path, _, headers = visit.server.seen[-1]

    assert path == "/accounts"
    assert headers["authorization"].startswith("Bearer access-")
    assert headers["x-kept"] == "1"
    assert "dpop" not in headers
