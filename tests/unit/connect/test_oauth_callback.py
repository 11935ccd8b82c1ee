"""The person is back: what is taken for the bank's answer, and what is not."""

from dataclasses import replace

import pytest

from authorisation_server import (
    CLIENT,
    Script,
    by,
    half_hash,
    rsa_key,
    unsigned,
    visiting,
)
from psd2_affordability.connect.oauth.authorise import begin
from psd2_affordability.connect.oauth.tokens import complete
from psd2_affordability.core.errors import BankAnswerBroken, BankRefused, ConsentNotValid, RateLimited

STRANGER = "https://another.example"


def with_pairs(**changed):
    """The honest answer with some parts changed; None takes one away."""

    def answer(pairs):
        merged = {**dict(pairs), **changed}
        return [(name, value) for name, value in merged.items() if value is not None]

    return answer


def tokens_when(script, **identity):
    with visiting(script, **identity) as visit:
        return visit.tokens()


def refused_unspent(script, error, match, **identity):
    """The answer is refused, and no code was sent anywhere."""
    with visiting(script, **identity) as visit:
        with pytest.raises(error, match=match):
            visit.tokens()
        assert visit.server.forms("/token") == []


@pytest.mark.parametrize("state", [None, "", "other", "ëvil"])
def test_a_missing_or_wrong_state_is_refused(state):
    refused_unspent(
        Script(answer=with_pairs(state=state)), ConsentNotValid, "does not belong to this request"
    )


@pytest.mark.parametrize(
    "iss",
    [pytest.param(None, id="removed"), pytest.param(STRANGER, id="of-another"), pytest.param("", id="empty")],
)
def test_a_missing_or_wrong_issuer_is_refused(iss):
    refused_unspent(Script(answer=with_pairs(iss=iss)), ConsentNotValid, "from the bank that was asked")


def test_a_server_that_does_not_promise_its_issuer_may_leave_it_out():
    script = Script(
        describe=lambda document: {
            name: value for name, value in document.items() if not name.startswith("authorization_response")
        },
        answer=with_pairs(iss=None),
    )

    assert tokens_when(script).access


def test_a_wrong_issuer_is_refused_even_from_a_server_that_promises_none():
    script = Script(
        describe=lambda document: document | {"authorization_response_iss_parameter_supported": False},
        answer=with_pairs(iss=STRANGER),
    )

    refused_unspent(script, ConsentNotValid, "from the bank that was asked")


def test_an_issuer_that_the_banks_file_does_not_know_cannot_be_held_against_an_answer():
    with visiting(scope="accounts") as visit:
        server = visit.client.server
        unknown = replace(
            server, issuer=server.token_endpoint, says_issuer=False, assertion_audience=server.issuer
        )
        client = replace(visit.client, server=unknown)
        request = begin(client)

        assert complete(client, request.kept, visit.come_back(request)).access


def test_an_answer_to_a_request_at_another_server_is_refused():
    with visiting() as visit:
        request = visit.begin()
        answer = visit.come_back(request)
        kept = {**request.kept, "issuer": STRANGER}

        with pytest.raises(ConsentNotValid, match="from the bank that was asked"):
            complete(visit.client, kept, answer)


def test_a_person_who_did_not_approve_is_asked_anew():
    refused_unspent(
        Script(answer=with_pairs(code=None, error="access_denied", error_description="Jan said no")),
        ConsentNotValid,
        r"^bank answer: the person did not approve\. Ask the person to consent anew",
    )


@pytest.mark.parametrize(
    ("code", "error", "match"),
    [
        ("invalid_scope", BankRefused, r"\(invalid_scope\)"),
        ("unauthorized_client", BankRefused, r"\(unauthorized_client\)\. Check our client number"),
        ("server_error", BankRefused, "on the bank's side"),
        ("temporarily_unavailable", RateLimited, "no more calls for now"),
        ("login_required", ConsentNotValid, "did not log in"),
        ("Jan Voorbeeld", BankRefused, r"the bank refused \(400\)"),
    ],
)
def test_another_error_is_told_without_the_banks_own_words(code, error, match):
    with visiting(Script(answer=with_pairs(code=None, error=code, error_description="Jan"))) as visit:
        with pytest.raises(error, match=match) as raised:
            visit.tokens()
        assert "Jan" not in str(raised.value)


def test_an_error_that_is_not_for_our_request_is_not_believed():
    script = Script(answer=with_pairs(error="access_denied", state="other"))

    refused_unspent(script, ConsentNotValid, "does not belong to this request")


@pytest.mark.parametrize("code", [None, "", "a\nb", "é", "\x00"])
def test_an_answer_without_a_usable_code_is_refused(code):
    refused_unspent(Script(answer=with_pairs(code=code)), BankAnswerBroken, "no usable code")


def test_a_person_who_comes_back_when_nothing_is_kept_any_more_starts_again():
    with visiting() as visit:
        answer = visit.come_back(visit.begin())

        with pytest.raises(ConsentNotValid, match="does not belong to this request"):
            complete(visit.client, {}, answer)
        with pytest.raises(ConsentNotValid, match="does not belong to this request"):
            complete(visit.client, {"state": ""}, answer | {"state": ""})


def jarm(**changed):
    return lambda claims: {name: value for name, value in {**claims, **changed}.items() if value is not None}


def test_an_answer_that_is_a_signed_token_is_understood():
    assert tokens_when(Script(), response_mode="jwt").access


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        pytest.param(jarm(iss=None), "signed for another server", id="without-iss"),
        pytest.param(jarm(iss=STRANGER), "signed for another server", id="invalid-iss"),
        pytest.param(jarm(aud=None), "meant for somebody else", id="without-aud"),
        pytest.param(jarm(aud="tpp-999"), "meant for somebody else", id="invalid-aud"),
        pytest.param(jarm(exp=None), "no usable 'exp'", id="without-exp"),
        pytest.param(jarm(exp=1_000_000_000), "has expired", id="expired-exp"),
    ],
)
def test_a_signed_answer_with_a_wrong_claim_is_refused(claims, why):
    refused_unspent(Script(jarm_claims=claims), BankAnswerBroken, why, response_mode="jwt")


@pytest.mark.parametrize(
    ("sign", "why"),
    [
        pytest.param(by("PS256", rsa_key("stranger")), "not the bank's", id="invalid-sig"),
        pytest.param(unsigned, "not signed by PS256", id="alg-none"),
        pytest.param(by("RS256", rsa_key("bank")), "not signed by PS256", id="alternate-alg"),
        pytest.param(lambda _: "", "not signed, as agreed", id="empty"),
    ],
)
def test_a_signed_answer_that_is_not_signed_as_agreed_is_refused(sign, why):
    refused_unspent(Script(jarm_sign=sign), BankAnswerBroken, why, response_mode="jwt")


def test_an_open_answer_is_refused_where_signed_ones_are_agreed():
    with visiting(response_mode="jwt") as visit:
        request = visit.begin()
        open_answer = {"code": "stolen", "state": request.kept["state"], "iss": visit.server.url}

        with pytest.raises(BankAnswerBroken, match="not signed, as agreed"):
            complete(visit.client, request.kept, open_answer)


def test_a_signed_answer_to_another_request_is_refused():
    refused_unspent(
        Script(answer=with_pairs(state="other")),
        ConsentNotValid,
        "does not belong to this request",
        response_mode="jwt",
    )


def test_a_signed_answer_for_several_who_include_us_is_accepted():
    assert tokens_when(Script(jarm_claims=jarm(aud=[CLIENT])), response_mode="jwt").access


def test_an_answer_that_the_bank_signs_in_the_browser_is_understood():
    assert tokens_when(Script(), response_type="code id_token").access


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param({"c_hash": half_hash("x")}, "c_hash", id="invalid-chash"),
        pytest.param({"s_hash": half_hash("x")}, "s_hash", id="invalid-shash"),
        pytest.param({"c_hash": None}, "c_hash", id="missing-chash"),
        pytest.param({"s_hash": None}, "s_hash", id="missing-shash"),
        pytest.param({"nonce": "other"}, "does not belong to this request", id="invalid-nonce"),
    ],
)
def test_a_code_that_the_signature_in_the_browser_does_not_cover_is_refused(change, why):
    script = Script(id_claims=jarm(**change))

    refused_unspent(script, BankAnswerBroken, why, response_type="code id_token")
