"""ID tokens: the bank's signed word that an answer is from it, for us, about this request."""

from collections.abc import Collection, Mapping
from typing import Any

from authlib.common.encoding import to_unicode
from authlib.oidc.core.util import create_half_hash

from psd2_affordability.connect.oauth.client import OAuthClient
from psd2_affordability.connect.oauth.jose import ANEW, audiences, check_times, opened, same
from psd2_affordability.core.errors import BankAnswerBroken


def check_id_token(
    client: OAuthClient,
    kept: Mapping[str, str],
    token: object,
    hashed: Mapping[str, str],
    *,
    must_have: Collection[str] = (),
) -> None:
    """Check an ID token whole; nothing is taken from it.

    Args:
        client: we, at the bank.
        kept: from `authorise.begin`.
        token: as it came.
        hashed: claim to the text whose hash it must be, such as `at_hash` to the access token.
        must_have: which of these hashes may not be absent.

    Raises:
        BankAnswerBroken: signed otherwise than agreed, from or for somebody else, too old or too new,
            or about another request.
    """
    where = f"{client.where} ID token"
    if not isinstance(token, str) or not token:
        raise BankAnswerBroken("there is none, though it was asked for", where=where, do=ANEW)
    algorithm = client.identity.answers_signed_by
    keys = client.server.keys(client.lines, where=f"{client.where} keys")
    claims = opened(token, keys, algorithm, where=where)
    if claims.get("iss") != client.server.issuer:
        raise _broken("is from another server", where)
    _check_audience(claims, client.identity.client_id, where)
    check_times(claims, client.clock(), where=where, must_have=("exp", "iat"))
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise _broken("is about nobody", where)
    if "nonce" in kept and not same(claims.get("nonce"), kept["nonce"]):
        raise _broken("does not belong to this request", where)
    intent = claims.get("openbanking_intent_id")
    if intent is not None and not same(intent, kept.get("intent_id", "")):
        raise _broken("is about another consent", where)
    for name, text in hashed.items():
        found = claims.get(name)
        absent = found is None and name not in must_have
        if not absent and not same(found, str(to_unicode(create_half_hash(text, algorithm)))):
            raise _broken(f"does not belong to what came with it ({name})", where)


def _check_audience(claims: Mapping[str, Any], client_id: str, where: str) -> None:
    """Check for whom it is: us alone, or us among others when it says that it was made for us."""
    named = audiences(claims)
    authorised = claims.get("azp")
    alone = set(named) == {client_id} and authorised is None
    if not alone and not (client_id in named and authorised == client_id):
        raise _broken("is not meant for us, or not for us alone", where)


def _broken(what: str, where: str) -> BankAnswerBroken:
    return BankAnswerBroken(what, where=where, do=ANEW)
