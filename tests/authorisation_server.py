"""A bank's authorisation server on loopback: strict with us, and told by a test what to do wrong itself.

It reads what we send with its own code, never with ours.
"""

import atexit
import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests
from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.connect.oauth.authorise import AuthorisationRequest, begin
from psd2_affordability.connect.oauth.client import ClientIdentity, OAuthClient
from psd2_affordability.connect.oauth.jose import TokenSigner
from psd2_affordability.connect.oauth.server import discover
from psd2_affordability.connect.oauth.tokens import Tokens, complete
from psd2_affordability.connect.transport import Limits, Transport
from psd2_affordability.sandbox.server import serve_in_thread

CLIENT = "tpp-123"
CALLBACK = "https://tpp.example/callback"
SECRET = "s3cret/with+signs"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@cache
def rsa_key(name: str) -> RSAKey:
    """One RSA key for each name; making them takes long."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@cache
def our_signer(algorithm: str = "PS256") -> TokenSigner:
    key = rsa_key("ours") if algorithm != "ES256" else EC
    return TokenSigner(key_from_pem(key.as_pem(private=True), where="our key"), algorithm, "ours")


EC = ECKey.generate_key("P-256", {"kid": "ours", "use": "sig"})


@dataclass
class Moment:
    """A clock that stands still until it is moved."""

    now: datetime = field(default_factory=lambda: datetime(2026, 7, 1, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    @property
    def seconds(self) -> int:
        return int(self.now.timestamp())

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def half_hash(text: str) -> str:
    return b64(hashlib.sha256(text.encode()).digest()[:16])


def unsigned(claims: dict[str, Any]) -> str:
    """A token by the algorithm `none`."""
    return f"{b64(json.dumps({'alg': 'none'}).encode())}.{b64(json.dumps(claims).encode())}."


def by(algorithm: str, key: Any) -> Callable[[dict[str, Any]], str]:
    """Sign so instead of as agreed."""
    return lambda claims: jwt.encode(
        {"alg": algorithm, "kid": "bank"}, dict(claims), key, algorithms=[algorithm]
    )


@dataclass
class Script:
    """What the server does; each part may be replaced by a test."""

    describe: Callable[[dict[str, Any]], dict[str, Any]] = lambda document: document
    answer: Callable[[list[tuple[str, str]]], list[tuple[str, str]]] = lambda pairs: pairs
    jarm_claims: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
    jarm_sign: Callable[[dict[str, Any]], str] | None = None
    id_claims: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
    id_sign: Callable[[dict[str, Any]], str] | None = None
    tokens: Callable[[dict[str, Any]], dict[str, Any]] = lambda body: body
    refuse: Callable[[str], Response | None] = lambda _path: None
    wants_nonce: bool = False
    dpop_scheme: str = "DPoP"
    auth_method: str = "private_key_jwt"
    access_token: Callable[[str], str] = lambda token: token


class Refuse(Exception):
    """The request is not as the standards want it."""

    def __init__(self, code: str, why: str = "", status: int = 400, **headers: str) -> None:
        super().__init__(f"{code}: {why}")
        self.response = JSONResponse(
            {"error": code, "error_description": f"PRIVATE {why}"},
            status,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )


class Server:
    """The authorisation server and, at /accounts, the data behind it."""

    def __init__(self, script: Script, clock: Moment, url: str) -> None:
        self.script, self.clock, self.url = script, clock, url
        self.pushed: dict[str, dict[str, str]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.refreshing: dict[str, dict[str, str]] = {}
        self.access: dict[str, str] = {}
        self.proofs: set[str] = set()
        self.seen: list[tuple[str, dict[str, str], dict[str, str]]] = []
        self.descriptions: list[str] = []
        self.made = 0

    def new(self, kind: str) -> str:
        self.made += 1
        return f"{kind}-{self.made}"

    def forms(self, path: str) -> list[dict[str, str]]:
        return [form for seen, form, _ in self.seen if seen == path]

    def sign(self, claims: dict[str, Any], other: Callable[[dict[str, Any]], str] | None) -> str:
        return (other or by("PS256", rsa_key("bank")))(claims)

    async def get(self, request: Request) -> Response:
        path = request.url.path
        if "/.well-known/" in path:
            self.descriptions.append(path)
            return JSONResponse(self.script.describe(self._description()))
        if path == "/jwks":
            keys = KeySet([rsa_key("bank")]).as_dict(private=False)["keys"]
            return JSONResponse({"keys": [{"kty": "OKP", "crv": "odd"}, *keys]})
        if path == "/authorise":
            return self._authorise(dict(request.query_params))
        self.seen.append((path, {}, dict(request.headers)))
        return self._told(path, lambda: self._data(request))

    async def post(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        path = request.url.path
        self.seen.append((path, form, dict(request.headers)))
        work = {"/par": self._push, "/token": self._token}[path.removeprefix("/mtls")]
        return self._told(path, lambda: work(form, request))

    def _told(self, path: str, work: Callable[[], Response]) -> Response:
        try:
            return self.script.refuse(path) or work()
        except Refuse as refused:
            return refused.response

    def _description(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorise",
            "token_endpoint": f"{self.url}/token",
            "pushed_authorization_request_endpoint": f"{self.url}/par",
            "require_pushed_authorization_requests": True,
            "jwks_uri": f"{self.url}/jwks",
            "authorization_response_iss_parameter_supported": True,
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": [self.script.auth_method],
        }

    def _known(self, form: dict[str, str], request: Request) -> None:
        """Insist that the client proves who it is in the one way that is registered."""
        method = self.script.auth_method
        if method == "private_key_jwt":
            if form.get("client_assertion_type") != ASSERTION:
                raise Refuse("invalid_client", "no assertion", 401)
            claims = jwt.decode(form["client_assertion"], rsa_key("ours"), algorithms=["PS256"]).claims
            if (claims["iss"], claims["sub"], claims["aud"]) != (CLIENT, CLIENT, self.url):
                raise Refuse("invalid_client", "assertion for another", 401)
            if not self.clock.seconds < claims["exp"] <= self.clock.seconds + 300 or self._used(
                claims["jti"]
            ):
                raise Refuse("invalid_client", "assertion too old", 401)
        elif method == "client_secret_basic":
            pair = base64.b64encode(f"{CLIENT}:s3cret%2Fwith%2Bsigns".encode()).decode()
            if request.headers.get("Authorization") != f"Basic {pair}" or "client_secret" in form:
                raise Refuse("invalid_client", "secret", 401)
        elif method == "client_secret_post" and (form.get("client_id"), form.get("client_secret")) != (
            CLIENT,
            SECRET,
        ):
            raise Refuse("invalid_client", "secret", 401)
        elif form.get("client_id") != CLIENT:
            raise Refuse("invalid_client", "number", 401)

    def _used(self, jti: str) -> bool:
        known = jti in self.proofs
        self.proofs.add(jti)
        return known

    def _push(self, form: dict[str, str], request: Request) -> Response:
        self._known(form, request)
        number = f"urn:ietf:params:oauth:request_uri:{self.new('request')}"
        self.pushed[number] = self._opened(form)
        return JSONResponse({"request_uri": number, "expires_in": 60}, 201)

    def _opened(self, form: dict[str, str]) -> dict[str, Any]:
        """Read a request object, if there is one; then nothing else counts."""
        if "request" not in form:
            return form
        token = jwt.decode(form["request"], rsa_key("ours"), algorithms=["PS256"])
        if token.header["typ"] != "oauth-authz-req+jwt" or token.claims["aud"] != self.url:
            raise Refuse("invalid_request_object")
        return token.claims

    def _authorise(self, query: dict[str, str]) -> Response:
        """Approve at once and send the person back."""
        asked = self.pushed.pop(query["request_uri"]) if "request_uri" in query else self._opened(query)
        assert asked["client_id"] == query["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = self.new("code")
        self.codes[code] = asked
        pairs = [("code", code), ("state", asked["state"]), ("iss", self.url)]
        if asked["response_type"] == "code id_token":
            claims = self._id_claims(asked) | {"c_hash": half_hash(code), "s_hash": half_hash(asked["state"])}
            pairs.append(("id_token", self.sign(self.script.id_claims(claims), self.script.id_sign)))
        pairs = self.script.answer(pairs)
        if asked.get("response_mode") == "jwt":
            claims = dict(pairs) | {"iss": self.url, "aud": CLIENT, "exp": self.clock.seconds + 300}
            signed = self.sign(self.script.jarm_claims(claims), self.script.jarm_sign)
            pairs = [("response", signed)]
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(pairs)}")

    def _id_claims(self, asked: dict[str, Any]) -> dict[str, Any]:
        at = self.clock.seconds
        claims = {"iss": self.url, "sub": "person-1", "aud": CLIENT, "iat": at, "exp": at + 300}
        claims["nonce"] = asked.get("nonce", "")
        bound = asked.get("claims", {})
        if bound:
            bound = json.loads(bound) if isinstance(bound, str) else bound
            claims["openbanking_intent_id"] = bound["id_token"]["openbanking_intent_id"]["value"]
        return claims

    def _token(self, form: dict[str, str], request: Request) -> Response:
        self._known(form, request)
        thumbprint = self._proven(request)
        kind = form["grant_type"]
        asked: dict[str, Any] = {}
        if kind == "authorization_code":
            asked = self.codes.pop(form["code"], {})
            challenge = b64(hashlib.sha256(form["code_verifier"].encode()).digest())
            if asked.get("code_challenge") != challenge or asked["redirect_uri"] != form["redirect_uri"]:
                raise Refuse("invalid_grant")
            if asked.get("dpop_jkt", "") != thumbprint:
                raise Refuse("invalid_dpop_proof", "another key")
        elif kind == "refresh_token":
            asked = self.refreshing.pop(form["refresh_token"], {})
            if not asked:
                raise Refuse("invalid_grant", "used before")
        access = self.script.access_token(self.new("access"))
        self.access[access] = thumbprint
        body = {
            "access_token": access,
            "token_type": "DPoP" if thumbprint else "Bearer",
            "expires_in": 600,
            "scope": asked.get("scope", form.get("scope", "")),
        }
        if asked:
            body["refresh_token"] = self.new("refresh")
            self.refreshing[body["refresh_token"]] = asked
        if kind == "authorization_code" and "openid" in asked["scope"]:
            claims = self._id_claims(asked) | {"at_hash": half_hash(access)}
            body["id_token"] = self.sign(self.script.id_claims(claims), self.script.id_sign)
        return JSONResponse(self.script.tokens(body), headers={"Cache-Control": "no-store"})

    def _proven(self, request: Request, token: str = "") -> str:
        """Check a DPoP proof by the letter of RFC 9449 and return the thumbprint of its key."""
        proof = request.headers.get("DPoP")
        if proof is None:
            return ""
        head = jws.extract_compact(proof.encode()).headers()
        assert head["typ"] == "dpop+jwt"
        assert set(head["jwk"]) == {"kty", "crv", "x", "y"}, "a private key must never travel"
        key = ECKey.import_key(head["jwk"])
        claims = jwt.decode(proof, key, algorithms=["ES256"]).claims
        at = f"{self.url}{request.url.path}"
        if (claims["htm"], claims["htu"]) != (request.method, at) or self._used(claims["jti"]):
            raise Refuse("invalid_dpop_proof", "for another call")
        if abs(claims["iat"] - self.clock.seconds) > 60:
            raise Refuse("invalid_dpop_proof", "too old")
        if self.script.wants_nonce and claims.get("nonce") != self._nonce(request):
            raise self._asks_nonce(request)
        if token and claims.get("ath") != b64(hashlib.sha256(token.encode()).digest()):
            raise Refuse("invalid_dpop_proof", "for another token", 401)
        return key.thumbprint()

    def _nonce(self, request: Request) -> str:
        return f"nonce-at-{self.clock.seconds}"

    def _asks_nonce(self, request: Request) -> Refuse:
        if request.method == "GET":
            header = f'{self.script.dpop_scheme} error="use_dpop_nonce", error_description="PRIVATE"'
            return Refuse("unauthorized", "", 401, DPoP_Nonce=self._nonce(request), WWW_Authenticate=header)
        return Refuse("use_dpop_nonce", "", 400, DPoP_Nonce=self._nonce(request))

    def _data(self, request: Request) -> Response:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        bound = self.access.get(token)
        if bound is None or scheme != ("DPoP" if bound else "Bearer"):
            raise Refuse("invalid_token", "", 401, WWW_Authenticate="Bearer")
        if bound and self._proven(request, token) != bound:
            raise Refuse("invalid_token", "another key", 401)
        return JSONResponse({"accounts": []})


class Door:
    """One open port for all servers of a test run, since opening and closing takes longer than a visit."""

    def __init__(self) -> None:
        self.behind: Server | None = None
        self.app = Starlette(
            routes=[
                Route("/{rest:path}", self._get, methods=["GET"]),
                Route("/{rest:path}", self._post, methods=["POST"]),
            ]
        )
        held = ExitStack()
        self.url = held.enter_context(serve_in_thread(self.app))
        atexit.register(held.close)

    async def _get(self, request: Request) -> Response:
        return await self.behind.get(request)

    async def _post(self, request: Request) -> Response:
        return await self.behind.post(request)


@cache
def door() -> Door:
    return Door()


@dataclass
class Visit:
    """A server that runs, and we at it."""

    server: Server
    client: OAuthClient
    line: Transport
    clock: Moment

    def begin(self, **more: Any) -> AuthorisationRequest:
        return begin(self.client, **more)

    def come_back(self, request: AuthorisationRequest) -> dict[str, str]:
        """Go to the bank as the person's browser, approve, and come back."""
        sent = requests.get(request.url, allow_redirects=False, timeout=5)
        assert sent.status_code == 307, sent.text
        return dict(parse_qsl(urlsplit(sent.headers["Location"]).query))

    def tokens(self, **more: Any) -> Tokens:
        """Walk the whole way."""
        request = self.begin(**more)
        return complete(self.client, request.kept, self.come_back(request))


@contextmanager
def visiting(script: Script | None = None, **identity: Any) -> Iterator[Visit]:
    """Open a server and learn from it how it wants to be spoken to."""
    clock = Moment()
    url = door().url
    server = door().behind = Server(script or Script(), clock, url)
    us = {
        "client_id": CLIENT,
        "method": "private_key_jwt",
        "redirect_uri": CALLBACK,
        "scope": "openid accounts",
        "signer": our_signer(),
    } | identity
    server.script.auth_method = us["method"]
    line = Transport(url, limits=Limits(seconds=5), sleep=lambda _: None)
    try:
        known = discover(url, (line,), where="bank server")
        client = OAuthClient(known, ClientIdentity(**us), (line,), clock, "bank")
        yield Visit(server, client, line, clock)
    finally:
        line.close()
