"""The pages and endpoints of the UK sandbox bank's authorisation server."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from psd2_affordability.sandbox.bank.faults import Faults, spoiled
from psd2_affordability.sandbox.uk_bank.client import ALGORITHM
from psd2_affordability.sandbox.uk_bank.tokens import AuthorisationServer, OAuthRefused, bank_key

approvals = APIRouter()


def place_of(request: Request) -> str:
    """Return where this bank hangs."""
    return f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"


def issuer_of(request: Request) -> str:
    """Return the name of the authorisation server, a URL too."""
    return f"{place_of(request)}/"


@approvals.get("/.well-known/openid-configuration")
async def describe(request: Request) -> dict[str, Any]:
    """Describe the server."""
    place = place_of(request)
    return {
        "issuer": issuer_of(request),
        "authorization_endpoint": f"{place}/authorise",
        "token_endpoint": f"{place}/token",
        "jwks_uri": f"{place}/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "request_object_signing_alg_values_supported": [ALGORITHM],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
    }


@approvals.get("/jwks")
async def keys() -> dict[str, Any]:
    """Publish the key that ID tokens are signed with."""
    return {"keys": [bank_key().as_dict(private=False)]}


@approvals.get("/authorise")
async def ask(request: Request) -> Response:
    """Check a signed request for authorisation, and lead the person to the login page."""
    consent = _server(request).ask(dict(request.query_params), issuer_of(request))
    return RedirectResponse(f"{place_of(request)}/authorise/{consent.authorisation}", 303)


@approvals.post("/token")
async def token(request: Request) -> Response:
    """Issue tokens: to the client itself, for a code, or for a refresh token."""
    server, issuer = _server(request), issuer_of(request)
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    server.check_client(form, issuer)
    match form.get("grant_type"):
        case "client_credentials":
            if form.get("scope") != "accounts":
                raise OAuthRefused("invalid_scope")
            answer = server.own_token()
        case "authorization_code":
            answer = server.tokens_for_code(form, issuer)
        case "refresh_token":
            answer = server.renewed(form)
        case _:
            raise OAuthRefused("unsupported_grant_type")
    faults: Faults = request.app.state.faults
    fault = faults.take("token")
    if fault:
        return spoiled(fault, answer, {}, str(request.url))
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})


async def oauth_refused(_request: Request, error: Exception) -> Response:
    """Answer a refusal in the words of OAuth."""
    refused = error if isinstance(error, OAuthRefused) else OAuthRefused("server_error", 500)
    return JSONResponse({"error": refused.error}, refused.status, {"Cache-Control": "no-store"})


def _server(request: Request) -> AuthorisationServer:
    server: AuthorisationServer = request.app.state.authorisation
    return server
