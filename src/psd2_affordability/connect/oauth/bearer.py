"""Calls for data with an access token, proven by a key where the token is bound to one."""

from dataclasses import replace
from typing import Any

from psd2_affordability.connect.oauth.client import OAuthClient
from psd2_affordability.connect.oauth.dpop import DpopKey, Prover
from psd2_affordability.connect.oauth.tokens import Tokens
from psd2_affordability.connect.transport import Call, Transport


def send(client: OAuthClient, line: Transport, call: Call, tokens: Tokens) -> dict[str, Any]:
    """Send a call for data under a token.

    Args:
        client: we, at the bank's authorisation server.
        line: to where the data are.
        call: without its authorisation.
        tokens: of the consent.

    Raises:
        BankError: as `Transport.send`.
    """
    scheme = "DPoP" if tokens.dpop_key else "Bearer"
    authorised = replace(call, headers={**call.headers, "Authorization": f"{scheme} {tokens.access}"})
    if not tokens.dpop_key:
        return line.send(authorised)
    prover = Prover(DpopKey(tokens.dpop_key), client.clock, client.nonces)
    return line.accepted(authorised, prover.exchange(line, lambda: authorised, token=tokens.access))
