"""The person is back: is this the bank's own answer to the very request that was ours?"""

import re
from collections.abc import Mapping

from psd2_affordability.connect.oauth.client import OAuthClient
from psd2_affordability.connect.oauth.id_token import check_id_token
from psd2_affordability.connect.oauth.jose import audiences, check_times, opened, same
from psd2_affordability.connect.oauth.refused import refused
from psd2_affordability.core.errors import BankAnswerBroken, ConsentNotValid

_START_AGAIN = "Start the consent again"
_CODE = re.compile(r"[\x20-\x7e]+", re.ASCII)


def code_from(client: OAuthClient, kept: Mapping[str, str], answer: Mapping[str, str]) -> str:
    """Return the code that the bank gave, once everything around it is proven.

    Args:
        client: we, at the bank.
        kept: from `authorise.begin`.
        answer: what the person came back with.

    Raises:
        ConsentNotValid: the person did not approve, or the answer is not to our request.
        BankRefused: the bank did not take the request.
        BankAnswerBroken: signed wrongly, or without a code.
    """
    where = f"{client.where} answer"
    if client.identity.response_mode == "jwt":
        answer = _unsealed(client, answer, where)
    state = kept.get("state", "")
    if not state or not same(answer.get("state"), state):
        raise ConsentNotValid(
            "the answer does not belong to this request for consent", where=where, do=_START_AGAIN
        )
    _check_issuer(client, kept, answer, where)
    if "error" in answer:
        raise refused(answer["error"], where=where)
    code = answer.get("code", "")
    if not _CODE.fullmatch(code):
        raise BankAnswerBroken("the answer has no usable code", where=where, do=_START_AGAIN)
    if client.identity.response_type == "code id_token":
        hashed = {"c_hash": code, "s_hash": state}
        check_id_token(client, kept, answer.get("id_token"), hashed, must_have=hashed)
    return code


def _check_issuer(
    client: OAuthClient, kept: Mapping[str, str], answer: Mapping[str, str], where: str
) -> None:
    """Hold the answer to the server that was asked (RFC 9207), so that no other bank's can be slipped in."""
    server = client.server
    named = answer.get("iss")
    missing = named is None and server.says_issuer
    wrong = named is not None and named != server.issuer and server.has_known_issuer
    if missing or wrong or kept["issuer"] != server.issuer:
        raise ConsentNotValid(
            "the answer does not say that it is from the bank that was asked", where=where, do=_START_AGAIN
        )


def _unsealed(client: OAuthClient, answer: Mapping[str, str], where: str) -> dict[str, str]:
    """Read an answer that is a signed token (JARM)."""
    token = answer.get("response")
    if not token:
        raise BankAnswerBroken("the answer is not signed, as agreed", where=where, do=_START_AGAIN)
    keys = client.server.keys(client.lines, where=f"{client.where} keys")
    claims = opened(token, keys, client.identity.answers_signed_by, where=where)
    if claims.get("iss") != client.server.issuer:
        raise BankAnswerBroken("the answer is signed for another server", where=where, do=_START_AGAIN)
    if client.identity.client_id not in audiences(claims):
        raise BankAnswerBroken("the answer is meant for somebody else", where=where, do=_START_AGAIN)
    check_times(claims, client.clock(), where=where, must_have=("exp",))
    return {name: value for name, value in claims.items() if isinstance(value, str)}
