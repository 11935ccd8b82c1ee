"""A server that describes itself: believed about itself alone, and only on hosts that its file lists."""

from dataclasses import replace

import pytest
from joserfc import jwt

from authorisation_server import Script, rsa_key, visiting
from psd2_affordability.connect.oauth.server import AuthorisationServer, discover
from psd2_affordability.connect.oauth.tokens import of_our_own
from psd2_affordability.connect.transport import Transport
from psd2_affordability.core.errors import BankAnswerBroken, UsageError


def but(**changed):
    return lambda document: {
        name: value for name, value in {**document, **changed}.items() if value is not None
    }


@pytest.mark.parametrize("issuer", ["https://another.example", None, 7, "", "{}/"])
def test_a_description_by_another_issuer_is_refused(issuer):
    def mismatched(document):
        said = issuer.format(document["issuer"]) if isinstance(issuer, str) else issuer
        return but(issuer=said)(document)

    with (
        pytest.raises(BankAnswerBroken, match="describes itself as another one"),
        visiting(Script(describe=mismatched)),
    ):
        pass


@pytest.mark.parametrize("name", ["token_endpoint", "pushed_authorization_request_endpoint", "jwks_uri"])
@pytest.mark.parametrize(
    "url",
    [
        "https://another.example/token",
        "http://127.0.0.1:9/token",
        "https://127.0.0.1/token",
        "/token",
        "http://user@127.0.0.1/",
        "file:///etc/passwd",
    ],
)
def test_an_endpoint_on_a_host_that_is_not_listed_is_refused(name, url):
    with (
        pytest.raises(BankAnswerBroken, match="the bank's file does not list"),
        visiting(Script(describe=but(**{name: url}))),
    ):
        pass


@pytest.mark.parametrize("url", ["http://bank.example/login", "javascript:alert(1)", "//bank.example", ""])
def test_nobody_is_sent_to_a_login_page_that_is_not_safe(url):
    with pytest.raises(BankAnswerBroken), visiting(Script(describe=but(authorization_endpoint=url))):
        pass


def test_a_login_page_may_be_on_another_host_of_the_bank():
    script = Script(describe=but(authorization_endpoint="https://login.bank.example/"))
    with visiting(script) as visit:
        assert visit.begin().url.startswith("https://login.bank.example/?client_id=")


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint"])
def test_a_description_that_lacks_what_we_need_is_refused(name):
    with (
        pytest.raises(BankAnswerBroken, match=f"lacks '{name}'"),
        visiting(Script(describe=but(**{name: None}))),
    ):
        pass


def test_a_server_without_pkce_by_s256_is_refused():
    with (
        pytest.raises(BankAnswerBroken, match="PKCE by S256"),
        visiting(Script(describe=but(code_challenge_methods_supported=["plain"]))),
    ):
        pass


def test_a_server_that_wants_pushed_requests_and_says_not_where_is_refused():
    with (
        pytest.raises(BankAnswerBroken, match="says not where"),
        visiting(Script(describe=but(pushed_authorization_request_endpoint=None))),
    ):
        pass


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("openid-configuration", "/nl/.well-known/openid-configuration"),
        ("oauth-authorization-server", "/.well-known/oauth-authorization-server/nl"),
    ],
)
def test_the_description_is_looked_for_where_its_standard_puts_it(kind, path):
    asked = []

    def described(document):
        issuer = document["issuer"] + "/nl"
        asked.append(issuer)
        return document | {"issuer": issuer}

    with visiting() as visit:
        visit.server.script.describe = described
        found = discover(f"{visit.server.url}/nl", (visit.line,), where="bank server", kind=kind)

        assert visit.server.descriptions[-1] == path
    assert found.issuer == asked[0]


@pytest.mark.parametrize("issuer", ["bank.example", "https://bank.example?x=1", "https://bank.example#x"])
def test_an_issuer_that_is_no_plain_url_is_told(issuer):
    with pytest.raises(UsageError, match="not a plain URL"):
        discover(issuer, (), where="bank server")


def test_a_host_that_the_file_lists_may_hold_an_endpoint():
    second = Transport("https://keys.bank.example")
    try:
        with visiting() as visit:
            visit.server.script.describe = but(jwks_uri="https://keys.bank.example/jwks")
            found = discover(visit.server.url, (visit.line, second), where="bank server")
    finally:
        second.close()

    assert found.jwks_uri == "https://keys.bank.example/jwks"


def test_a_client_with_a_certificate_goes_to_the_endpoints_for_certificates():
    def with_aliases(document):
        aliases = {"token_endpoint": f"{document['issuer']}/mtls/token", "odd_endpoint": "https://x.example"}
        return document | {"mtls_endpoint_aliases": aliases}

    with visiting(Script(describe=with_aliases), method="tls_client_auth") as visit:
        visit.tokens()

        assert len(visit.server.forms("/mtls/token")) == 1
        assert visit.server.forms("/token") == []


def test_without_such_endpoints_it_goes_to_the_usual_ones():
    with visiting(method="tls_client_auth") as visit:
        visit.tokens()

        assert len(visit.server.forms("/token")) == 1


def test_a_client_without_a_certificate_goes_to_the_usual_ones():
    def with_aliases(document):
        return document | {"mtls_endpoint_aliases": {"token_endpoint": f"{document['issuer']}/mtls/token"}}

    with visiting(Script(describe=with_aliases)) as visit:
        visit.tokens()

        assert visit.server.forms("/mtls/token") == []


def test_a_server_can_be_described_in_the_banks_file_alone():
    with visiting(scope="accounts") as visit:
        fixed = AuthorisationServer(
            issuer=visit.server.url,
            authorisation_endpoint=f"{visit.server.url}/authorise",
            token_endpoint=f"{visit.server.url}/token",
        )
        assert of_our_own(replace(visit.client, server=fixed)).access


def test_an_assertion_may_address_whom_the_banks_file_says():
    with visiting(scope="accounts") as visit:
        named = replace(visit.client.server, assertion_audience="https://bank.example/token")
        visit.server.script.auth_method = "none"
        of_our_own(replace(visit.client, server=named))
        (form,) = visit.server.forms("/token")

    claims = jwt.decode(form["client_assertion"], rsa_key("ours"), algorithms=["PS256"]).claims
    assert claims["aud"] == "https://bank.example/token"


@pytest.mark.parametrize(
    "document", [{}, {"keys": []}, {"keys": "none"}, {"keys": [{"kty": "oct", "k": "AA"}, 7]}]
)
def test_a_set_without_a_key_that_we_can_use_is_told(document):
    server = AuthorisationServer("https://bank.example", "", "", jwks=document)

    with pytest.raises(BankAnswerBroken, match="no key that we can use"):
        server.keys((), where="bank keys")


def test_keys_for_encryption_private_ones_and_broken_ones_are_passed_over():
    good = rsa_key("bank").as_dict(private=False)
    odd = [good | {"use": "enc"}, rsa_key("ours").as_dict(private=True), {"kty": "RSA", "n": "!"}]
    server = AuthorisationServer("https://bank.example", "", "", jwks={"keys": [*odd, good]})

    assert [key.kid for key in server.keys((), where="bank keys")] == ["bank"]
