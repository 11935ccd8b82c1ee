"""Proof of possession: what a proof holds, and how a server's nonce gets into it."""

import base64
import hashlib
import json

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.responses import JSONResponse

from authorisation_server import Moment, Script, visiting
from psd2_affordability.connect.oauth import bearer
from psd2_affordability.connect.oauth.dpop import DpopKey, Prover
from psd2_affordability.connect.oauth.tokens import Tokens, complete, refresh
from psd2_affordability.connect.transport import Call
from psd2_affordability.core.errors import BankRefused


def parts(proof):
    return [
        json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in proof.split(".")[:2]
    ]


def prover(nonces=None):
    return Prover(DpopKey.new(), Moment(), nonces if nonces is not None else {})


def accounts(visit):
    return Call("GET", f"{visit.server.url}/accounts?page=2", "bank accounts")


def proofs(visit, path):
    return [parts(headers["dpop"])[1] for seen, _, headers in visit.server.seen if seen == path]


def test_a_proof_is_built_as_rfc_9449_section_4_2_wants_it():
    ours = prover()
    head, claims = parts(ours.proof("POST", "https://Bank.example/token?x=1#y"))

    assert head == {"typ": "dpop+jwt", "alg": "ES256", "jwk": ours.key.public}
    assert set(ours.key.public) == {"kty", "crv", "x", "y"}
    assert set(claims) == {"jti", "htm", "htu", "iat"}
    assert claims["htm"] == "POST"
    assert claims["htu"] == "https://Bank.example/token"
    assert claims["iat"] == 1782907200


def test_a_proof_for_data_holds_the_hash_of_its_token():
    # The pair of token and hash is the one printed in RFC 9449, section 7.1.
    token = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"

    _, claims = parts(prover().proof("GET", "https://resource.example.org/protectedresource", token=token))

    assert claims["ath"] == "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"


def test_a_proof_can_be_verified_with_the_key_inside_it_and_is_never_the_same_twice():
    ours = prover()
    first, second = (ours.proof("GET", "https://bank.example/a") for _ in range(2))

    assert jwt.decode(first, ECKey.import_key(parts(first)[0]["jwk"]), algorithms=["ES256"]).claims
    assert parts(first)[1]["jti"] != parts(second)[1]["jti"]


def test_the_thumbprint_of_a_key_is_that_of_rfc_7638():
    key = DpopKey.new()
    canonical = json.dumps(key.public, sort_keys=True, separators=(",", ":")).encode()
    digest = base64.urlsafe_b64encode(hashlib.sha256(canonical).digest()).rstrip(b"=").decode()

    assert key.thumbprint == digest


def test_a_nonce_goes_only_to_the_server_that_gave_it():
    ours = prover({"https://bank.example": "n-1"})

    assert parts(ours.proof("GET", "https://bank.example/a"))[1]["nonce"] == "n-1"
    assert "nonce" not in parts(ours.proof("GET", "https://other.example/a"))[1]


def test_the_whole_way_works_with_a_server_that_wants_no_nonce():
    with visiting(uses_dpop=True) as visit:
        tokens = visit.tokens()
        assert bearer.send(visit.client, visit.line, accounts(visit), tokens) == {"accounts": []}

        assert len(proofs(visit, "/token")) == 1
        (proof,) = proofs(visit, "/accounts")
    assert "nonce" not in proof
    assert proof["htu"].endswith("/accounts")


def test_a_server_that_wants_its_nonce_gets_it_at_the_second_try():
    with visiting(Script(wants_nonce=True), uses_dpop=True) as visit:
        tokens = visit.tokens()
        without, with_nonce = proofs(visit, "/token")
        assert "nonce" not in without
        assert with_nonce["nonce"].startswith("nonce-at-")

        refresh(visit.client, tokens)
        assert len(proofs(visit, "/token")) == 3, "the nonce is known by now"


@pytest.mark.parametrize("scheme", ["DPoP", "dpop", "DPOP", "dPoP"])
def test_data_that_want_a_nonce_are_asked_once_more_however_the_scheme_is_written(scheme):
    with visiting(Script(wants_nonce=True, dpop_scheme=scheme), uses_dpop=True) as visit:
        tokens = visit.tokens()
        visit.clock.move(seconds=5)

        assert bearer.send(visit.client, visit.line, accounts(visit), tokens) == {"accounts": []}
        assert len(proofs(visit, "/accounts")) == 2


def test_a_server_that_never_accepts_its_own_nonce_is_left_after_the_second_try():
    def never(path):
        if path != "/token":
            return None
        return JSONResponse({"error": "use_dpop_nonce"}, 400, headers={"DPoP-Nonce": "n"})

    with visiting(uses_dpop=True) as visit:
        request = visit.begin()
        answer = visit.come_back(request)
        visit.server.script.refuse = never
        with pytest.raises(BankRefused, match="does not accept its own nonce"):
            complete(visit.client, request.kept, answer)
        assert len(proofs(visit, "/token")) == 2


def test_a_refusal_for_another_reason_is_not_tried_again():
    with visiting(uses_dpop=True) as visit:
        stolen = Tokens(visit.tokens().access, dpop_key=DpopKey.new().pem)

        with pytest.raises(BankRefused, match="401"):
            bearer.send(visit.client, visit.line, accounts(visit), stolen)
        assert len(proofs(visit, "/accounts")) == 1


def test_every_attempt_at_data_has_a_proof_of_its_own():
    with visiting(uses_dpop=True) as visit:
        tokens = visit.tokens()
        faults = iter([JSONResponse({}, 502), JSONResponse({}, 502)])
        visit.server.script.refuse = lambda path: next(faults, None) if path == "/accounts" else None

        assert bearer.send(visit.client, visit.line, accounts(visit), tokens) == {"accounts": []}
        assert len({proof["jti"] for proof in proofs(visit, "/accounts")}) == 3


def test_the_code_is_bound_to_the_key_before_there_is_a_token():
    with visiting(uses_dpop=True) as visit:
        request = visit.begin()
        (pushed,) = visit.server.forms("/par")

    assert pushed["dpop_jkt"] == DpopKey(request.kept["dpop_key"]).thumbprint
