"""A bank's authorisation server: where it is and what it wants, from its file or as it says itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

from joserfc.jwk import Key

from psd2_affordability.connect.oauth.jose import public_keys
from psd2_affordability.connect.transport import Call, Transport
from psd2_affordability.core.errors import BankAnswerBroken, UsageError

Kind = Literal["openid-configuration", "oauth-authorization-server"]

_REPORT = "Nobody was sent there; report it to the bank"
_ALIASED = {
    "token_endpoint": "token_endpoint",
    "pushed_authorization_request_endpoint": "pushed_endpoint",
}


@dataclass(frozen=True, slots=True)
class AuthorisationServer:
    """One authorisation server.

    Attributes:
        issuer: its name, a URL, compared letter by letter; the token endpoint where the bank's file
            does not know it.
        authorisation_endpoint: page where the person approves.
        token_endpoint: where codes and refresh tokens become tokens.
        pushed_endpoint: where requests are left beforehand (PAR, RFC 9126); empty when it has none.
        jwks_uri: where its public keys are.
        jwks: its public keys, where they are fixed.
        says_issuer: whether its answers carry `iss` (RFC 9207).
        auth_methods: how clients may prove who they are; empty when it does not say.
        mutual_tls: endpoints for clients with a certificate, by the name of our attribute (RFC 8705).
        assertion_audience: whom a client's assertion addresses, where that is not the issuer.
        request_type: `typ` of a signed request object.
    """

    issuer: str
    authorisation_endpoint: str
    token_endpoint: str
    pushed_endpoint: str = ""
    jwks_uri: str = ""
    jwks: Mapping[str, Any] = field(default_factory=dict)
    says_issuer: bool = False
    auth_methods: tuple[str, ...] = ()
    mutual_tls: Mapping[str, str] = field(default_factory=dict)
    assertion_audience: str = ""
    request_type: str = "oauth-authz-req+jwt"

    @property
    def has_known_issuer(self) -> bool:
        """Whether its name is known, so that an answer can be held to it."""
        return self.issuer != self.token_endpoint

    def for_certificates(self) -> "AuthorisationServer":
        """Return it with the endpoints that take a client certificate."""
        return replace(
            self,
            token_endpoint=self.mutual_tls.get("token_endpoint", self.token_endpoint),
            pushed_endpoint=self.mutual_tls.get("pushed_endpoint", self.pushed_endpoint),
        )

    def keys(self, lines: Sequence[Transport], *, where: str) -> tuple[Key, ...]:
        """Return its public keys, fetched anew so that a rotation is seen.

        Raises:
            BankError: it gives none.
        """
        if self.jwks or not self.jwks_uri:
            return public_keys(self.jwks, where=where)
        line = line_to(self.jwks_uri, lines, where=where)
        return public_keys(line.send(Call("GET", self.jwks_uri, where)), where=where)


def discover(
    issuer: str, lines: Sequence[Transport], *, where: str, kind: Kind = "openid-configuration"
) -> AuthorisationServer:
    """Ask a server to describe itself (RFC 8414, OpenID Connect Discovery).

    Args:
        issuer: its name, as the bank's file has it.
        lines: one transport for every host that the bank's file lists.
        where: what it is for.
        kind: which of the two documents it has.

    Raises:
        BankAnswerBroken: another issuer answers, or an endpoint lies on a host that is not listed.
    """
    url = _well_known(issuer, kind)
    document = line_to(url, lines, where=where).send(Call("GET", url, where))
    if document.get("issuer") != issuer:
        raise BankAnswerBroken("the server describes itself as another one", where=where, do=_REPORT)
    challenges = document.get("code_challenge_methods_supported")
    if isinstance(challenges, list) and "S256" not in challenges:
        raise BankAnswerBroken("the server does not take PKCE by S256", where=where, do=_REPORT)
    server = AuthorisationServer(
        issuer=issuer,
        authorisation_endpoint=_page(document, lines, where),
        token_endpoint=_endpoint(document, "token_endpoint", lines, where),
        pushed_endpoint=_optional(document, "pushed_authorization_request_endpoint", lines, where),
        jwks_uri=_optional(document, "jwks_uri", lines, where),
        says_issuer=document.get("authorization_response_iss_parameter_supported") is True,
        auth_methods=_texts(document.get("token_endpoint_auth_methods_supported")),
        mutual_tls=_aliases(document.get("mtls_endpoint_aliases"), lines, where),
    )
    if document.get("require_pushed_authorization_requests") is True and not server.pushed_endpoint:
        raise BankAnswerBroken("the server wants pushed requests and says not where", where=where, do=_REPORT)
    return server


def line_to(url: str, lines: Sequence[Transport], *, where: str) -> Transport:
    """Return the transport that may go to an address.

    Raises:
        BankAnswerBroken: no host that the bank's file lists.
    """
    for line in lines:
        if line.base.holds(url):
            return line
    raise BankAnswerBroken(
        "the authorisation server names an address on a host that the bank's file does not list",
        where=where,
        do="It was not asked; if the bank says it is theirs, list it in the bank's file",
    )


def _well_known(issuer: str, kind: Kind) -> str:
    """Return where the description is: OpenID hangs it behind the path, RFC 8414 before it."""
    parts = urlsplit(issuer)
    if not parts.netloc or parts.query or parts.fragment:
        raise UsageError("the issuer of the bank's authorisation server is not a plain URL")
    path = parts.path.rstrip("/")
    named = f"/.well-known/{kind}"
    whole = path + named if kind == "openid-configuration" else named + path
    return urlunsplit((parts.scheme, parts.netloc, whole, "", ""))


def _page(document: Mapping[str, Any], lines: Sequence[Transport], where: str) -> str:
    """Take the page for the person; it may be another host of the bank, over https."""
    return lines[0].base.page_for_person(_text(document, "authorization_endpoint", where), where=where)


def _endpoint(document: Mapping[str, Any], name: str, lines: Sequence[Transport], where: str) -> str:
    url = _text(document, name, where)
    line_to(url, lines, where=where)
    return url


def _optional(document: Mapping[str, Any], name: str, lines: Sequence[Transport], where: str) -> str:
    return _endpoint(document, name, lines, where) if document.get(name) is not None else ""


def _aliases(document: object, lines: Sequence[Transport], where: str) -> dict[str, str]:
    if not isinstance(document, dict):
        return {}
    return {
        ours: _endpoint(document, theirs, lines, where)
        for theirs, ours in _ALIASED.items()
        if theirs in document
    }


def _text(document: Mapping[str, Any], name: str, where: str) -> str:
    found = document.get(name)
    if not isinstance(found, str) or not found:
        raise BankAnswerBroken(f"the server's description lacks '{name}'", where=where, do=_REPORT)
    return found


def _texts(found: object) -> tuple[str, ...]:
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()
