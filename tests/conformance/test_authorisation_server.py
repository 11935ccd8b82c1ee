"""Our client gets its tokens from npm's oidc-provider, set up by FAPI 2.0: nobody here wrote that server."""

import json
import re
import subprocess
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
import requests
from cryptography.x509.oid import NameOID
from joserfc.jwk import KeySet

from authorisation_server import CALLBACK, CLIENT, our_signer, rsa_key
from certificate_material import authority, qwac
from node_material import node_modules
from psd2_affordability.connect.oauth import bearer
from psd2_affordability.connect.oauth.authorise import begin
from psd2_affordability.connect.oauth.client import ClientIdentity, OAuthClient
from psd2_affordability.connect.oauth.server import discover
from psd2_affordability.connect.oauth.tokens import Tokens, complete, of_our_own, refresh
from psd2_affordability.connect.transport import Call, Transport
from psd2_affordability.core.errors import BankRefused, ConsentNotValid

SCRIPT = Path(__file__).with_name("oidc_provider.mjs")
FORM = re.compile(r'<form[^>]*action="([^"]+)"[^>]*method="post"', re.IGNORECASE)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture(scope="session")
def modules():
    """The folder with the server's code."""
    return node_modules("oidc-provider@9.13.3", seconds=45)


@contextmanager
def provider(modules, *, nonce=True, tls=None, **registered):
    """Run the server with us registered at it; over TLS with the certificates given."""
    client = {
        "client_id": CLIENT,
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "refresh_token", "client_credentials"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "PS256",
        "request_object_signing_alg": "PS256",
        "id_token_signed_response_alg": "PS256",
        "authorization_signed_response_alg": "PS256",
        "dpop_bound_access_tokens": True,
        "jwks": KeySet([rsa_key("ours")]).as_dict(private=False),
    } | registered
    client = {name: value for name, value in client.items() if value is not None}
    given = {
        "client": client,
        "jwks": KeySet([rsa_key("bank")]).as_dict(private=True),
        "nonce": nonce,
        "tls": tls,
    }
    with subprocess.Popen(
        ["node", "--no-warnings", str(SCRIPT), str(modules)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            process.stdin.write(json.dumps(given) + "\n")
            process.stdin.flush()
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
            process.wait(10)


@contextmanager
def at(url, *, line=None, **identity):
    """We, at a server that runs."""
    line = line or Transport(url)
    us = {
        "client_id": CLIENT,
        "method": "private_key_jwt",
        "redirect_uri": CALLBACK,
        "scope": "openid accounts",
        "signer": our_signer(),
        "uses_dpop": True,
        "signs_requests": True,
    } | identity
    try:
        server = discover(url, (line,), where="peer server")
        yield OAuthClient(server, ClientIdentity(**us), (line,), lambda: datetime.now(UTC), "peer"), line
    finally:
        line.close()


def walk(url, *, approve=True, trusted=None):
    """Log in and approve, or not, as the person's browser; return what comes back to us."""
    browser = requests.Session()
    browser.trust_env, browser.verify = False, trusted or True
    page = browser.get(url, allow_redirects=False, timeout=10)
    for _ in range(12):
        place = page.headers.get("Location", "")
        if place.startswith(CALLBACK):
            return dict(parse_qsl(urlsplit(place).query))
        if place:
            page = browser.get(urljoin(page.url, place), allow_redirects=False, timeout=10)
            continue
        form = FORM.search(page.text)
        assert form, f"no form on the page: {page.status_code} {page.text[:400]}"
        action, fields = unescape(form.group(1)), dict(HIDDEN.findall(page.text))
        if not approve:
            cancel = re.search(r'href="([^"]*abort)"', page.text)
            page = browser.get(urljoin(page.url, cancel.group(1)), allow_redirects=False, timeout=10)
            continue
        fields |= {"login": "person-1", "password": "any"} if fields.get("prompt") == "login" else {}
        page = browser.post(urljoin(page.url, action), data=fields, allow_redirects=False, timeout=10)
    raise AssertionError("the login never ended")


@pytest.fixture(scope="module")
def peer(modules):
    with provider(modules) as url:
        yield url


def test_the_whole_way_by_fapi_2_works_with_a_server_of_others(peer):
    with at(peer) as (client, line):
        request = begin(client)
        assert "request_uri=urn" in request.url
        tokens = complete(client, request.kept, walk(request.url))

        me = bearer.send(client, line, Call("GET", line.base.url("/me"), "peer person"), tokens)
        renewed = refresh(client, Tokens.read(tokens.written()))
        again = bearer.send(client, line, Call("GET", line.base.url("/me"), "peer person"), renewed)

    assert me == again == {"sub": "person-1"}
    assert renewed.access != tokens.access
    assert renewed.refresh


def test_its_signed_answers_are_understood(modules):
    with provider(modules, nonce=False) as url, at(url, response_mode="jwt") as (client, _):
        request = begin(client)
        answer = walk(request.url)

        assert set(answer) == {"response"}
        assert complete(client, request.kept, answer).access


def test_a_person_who_turns_back_there_is_reported_as_not_having_approved(peer):
    with at(peer) as (client, _):
        request = begin(client)

        with pytest.raises(ConsentNotValid, match="did not approve"):
            complete(client, request.kept, walk(request.url, approve=False))


def test_it_gives_us_tokens_of_our_own(peer):
    with at(peer, scope="accounts") as (client, _):
        tokens = of_our_own(client)

    assert tokens.access
    assert not tokens.refresh
    assert tokens.fresh(datetime.now(UTC))


def test_a_stolen_token_is_of_no_use_there_with_another_key(peer):
    with at(peer) as (client, line):
        request = begin(client)
        tokens = complete(client, request.kept, walk(request.url))
        thief = of_our_own(client, "accounts")
        stolen = Tokens(tokens.access, dpop_key=thief.dpop_key)

        with pytest.raises(BankRefused, match="401"):
            bearer.send(client, line, Call("GET", line.base.url("/me"), "peer person"), stolen)


def test_it_takes_a_code_and_a_refresh_token_once(peer):
    with at(peer) as (client, _):
        request = begin(client)
        answer = walk(request.url)
        tokens = complete(client, request.kept, answer)
        refresh(client, tokens)

        with pytest.raises(ConsentNotValid, match="no longer accepts"):
            refresh(client, tokens)
        with pytest.raises(ConsentNotValid, match="no longer accepts"):
            complete(client, request.kept, answer)


def test_it_does_not_take_a_code_without_the_verifier_of_its_challenge(peer):
    with at(peer) as (client, _):
        request = begin(client)
        other = {**request.kept, "code_verifier": begin(client).kept["code_verifier"]}

        with pytest.raises(ConsentNotValid, match="no longer accepts"):
            complete(client, other, walk(request.url))


def test_it_does_not_take_a_request_that_another_key_signed(peer):
    with at(peer, signer=our_signer("ES256")) as (client, _), pytest.raises(BankRefused, match="refused"):
        begin(client)


def test_a_client_certificate_proves_who_we_are_there_and_binds_the_tokens(modules, tmp_path):
    ours, theirs = qwac(), authority().server(("127.0.0.1",))
    root, certificate, key = (str(tmp_path / name) for name in ("root.pem", "ours.pem", "ours.key"))
    for path, pem in ((root, authority().root.pem), (certificate, ours.pem), (key, ours.key_pem)):
        Path(path).write_bytes(pem)
    tls = {
        "key": theirs.key_pem.decode(),
        "cert": theirs.pem.decode(),
        "ca": authority().root.pem.decode(),
    }
    (name,) = ours.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    registered = {
        "token_endpoint_auth_method": "tls_client_auth",
        "tls_client_auth_subject_dn": f"CN={name.value}",
        "tls_client_certificate_bound_access_tokens": True,
        "dpop_bound_access_tokens": False,
        "token_endpoint_auth_signing_alg": None,
    }
    with (
        provider(modules, tls=tls, **registered) as url,
        closing(Transport(url, authorities=root)) as stranger,
        at(
            url,
            line=Transport(url, certificate=(certificate, key), authorities=root),
            method="tls_client_auth",
            certificate=ours.pem,
            uses_dpop=False,
        ) as (client, line),
    ):
        request = begin(client)
        tokens = complete(client, request.kept, walk(request.url, trusted=root))
        call = Call("GET", line.base.url("/me"), "peer person")

        assert bearer.send(client, line, call, tokens) == {"sub": "person-1"}
        assert bearer.send(client, line, call, refresh(client, tokens)) == {"sub": "person-1"}
        with pytest.raises(BankRefused, match="401"):
            bearer.send(client, stranger, call, tokens)
