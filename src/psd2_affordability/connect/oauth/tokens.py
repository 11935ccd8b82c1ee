"""Tokens: from the person's approval to access, and on for as long as the bank lets it last."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from psd2_affordability.connect.oauth.callback import code_from
from psd2_affordability.connect.oauth.certificate_bound import check_bound
from psd2_affordability.connect.oauth.client import OAuthClient
from psd2_affordability.connect.oauth.dpop import DpopKey, Prover
from psd2_affordability.connect.oauth.id_token import check_id_token
from psd2_affordability.connect.refusals import ASK_ANEW
from psd2_affordability.core.errors import BankAnswerBroken, ConsentNotValid

_SECONDS = re.compile(r"[0-9]{1,12}(\.[0-9]+)?", re.ASCII)
_PRINTABLE = re.compile(r"[\x21-\x7e]+", re.ASCII)
_EARLY = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What lets us ask for data under one consent.

    Attributes:
        access: goes along with every call.
        refresh: gets new tokens; empty when the bank gives none.
        expires_at: when `access` ends; None when the bank does not say.
        refresh_expires_at: when `refresh` ends; None when the bank does not say.
        scope: what the bank granted, as it says.
        dpop_key: PEM of the key that the tokens are bound to; empty when they are not.
        metadata: what the bank adds about the consent, as it says.
    """

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None
    refresh_expires_at: datetime | None = None
    scope: str = ""
    dpop_key: str = field(default="", repr=False)
    metadata: str = field(default="", repr=False)

    def fresh(self, now: datetime) -> bool:
        """Tell whether access still lasts; one without an end is believed to until it is refused."""
        return self.expires_at is None or now < self.expires_at - _EARLY

    def renewable(self, now: datetime) -> bool:
        """Tell whether the bank gave a way to renew them that has not ended."""
        return bool(self.refresh) and (self.refresh_expires_at is None or now < self.refresh_expires_at)

    def written(self) -> dict[str, str]:
        """Write them down as texts, to be sealed; what there is not is empty, to replace what there was."""
        return {
            "access_token": self.access,
            "refresh_token": self.refresh,
            "expires_at": self.expires_at.isoformat() if self.expires_at else "",
            "refresh_expires_at": self.refresh_expires_at.isoformat() if self.refresh_expires_at else "",
            "granted_scope": self.scope,
            "dpop_key": self.dpop_key,
            "token_metadata": self.metadata,
        }

    @classmethod
    def read(cls, written: Mapping[str, str]) -> "Tokens":
        """Read what was written.

        Raises:
            ConsentNotValid: no tokens were: the person is not back yet.
        """
        if not written.get("access_token"):
            raise ConsentNotValid("there is no access under this consent yet", do=ASK_ANEW)

        def moment(name: str) -> datetime | None:
            return datetime.fromisoformat(written[name]) if written.get(name) else None

        return cls(
            access=written["access_token"],
            refresh=written.get("refresh_token", ""),
            expires_at=moment("expires_at"),
            refresh_expires_at=moment("refresh_expires_at"),
            scope=written.get("granted_scope", ""),
            dpop_key=written.get("dpop_key", ""),
            metadata=written.get("token_metadata", ""),
        )


def complete(client: OAuthClient, kept: Mapping[str, str], answer: Mapping[str, str]) -> Tokens:
    """Turn what the person came back with into tokens.

    Args:
        client: we, at the bank.
        kept: from `authorise.begin`.
        answer: what the person came back with.

    Raises:
        ConsentNotValid: the person did not approve, or the answer is not to our request.
        BankError: the bank gave no tokens, or not what was agreed.
    """
    code = code_from(client, kept, answer)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": kept["redirect_uri"],
        "code_verifier": kept["code_verifier"],
    }
    what = "tokens"
    body = _asked(client, form, what, kept.get("dpop_key", ""))
    tokens = _tokens(client, body, what, dpop_key=kept.get("dpop_key", ""))
    if "nonce" in kept:
        hashed = {"at_hash": tokens.access, "c_hash": code, "s_hash": kept["state"]}
        check_id_token(client, kept, body.get("id_token"), hashed)
    return tokens


def refresh(client: OAuthClient, tokens: Tokens) -> Tokens:
    """Get new tokens; the old ones may be worthless from then on, so store the new ones first.

    Raises:
        ConsentNotValid: there is no way to renew them, or the bank no longer accepts it.
        BankError: no new tokens for another reason.
    """
    what = "renewed tokens"
    if not tokens.renewable(client.clock()):
        raise ConsentNotValid(
            "the bank's access has ended and cannot be renewed", where=f"{client.where} {what}", do=ASK_ANEW
        )
    form = {"grant_type": "refresh_token", "refresh_token": tokens.refresh}
    body = _asked(client, form, what, tokens.dpop_key)
    return _tokens(client, body, what, dpop_key=tokens.dpop_key, before=tokens)


def of_our_own(client: OAuthClient, scope: str = "") -> Tokens:
    """Get tokens for ourselves, with no person involved (client credentials).

    Raises:
        BankError: the bank gave none.
    """
    what = "tokens of our own"
    form = {"grant_type": "client_credentials", "scope": scope or client.identity.scope}
    key = DpopKey.new().pem if client.identity.uses_dpop else ""
    return _tokens(client, _asked(client, form, what, key), what, dpop_key=key)


def _asked(client: OAuthClient, form: Mapping[str, str], what: str, dpop_key: str) -> dict[str, Any]:
    prover = Prover(DpopKey(dpop_key), client.clock, client.nonces) if dpop_key else None
    return client.post(client.endpoints.token_endpoint, form, what, prover)


def _tokens(
    client: OAuthClient, body: Mapping[str, Any], what: str, *, dpop_key: str, before: Tokens | None = None
) -> Tokens:
    """Read a token answer; on renewal, what it leaves out stays as it was."""
    where = f"{client.where} {what}"
    access = _printable(body, "access_token", where)
    if not access:
        raise _broken("has no access token", where)
    kind = body.get("token_type")
    agreed = ("dpop",) if dpop_key else client.identity.token_types
    if not isinstance(kind, str) or kind.lower() not in agreed:
        raise _broken("has tokens of another kind than was agreed", where)
    check_bound(access, client.identity.certificate, where=where)
    renewing = _printable(body, "refresh_token", where)
    now = client.clock()
    kept = before if before and not renewing else None
    granted, metadata = body.get("scope"), body.get("metadata")
    return Tokens(
        access=access,
        refresh=kept.refresh if kept else renewing,
        expires_at=_end(body, "expires_in", now, where),
        refresh_expires_at=_end(body, "refresh_token_expires_in", now, where)
        or (kept.refresh_expires_at if kept else None),
        scope=granted if isinstance(granted, str) else (before.scope if before else ""),
        dpop_key=dpop_key,
        metadata=metadata if isinstance(metadata, str) else "",
    )


def _printable(body: Mapping[str, Any], name: str, where: str) -> str:
    """Take a token; it goes into a header, so nothing else than printable signs may be in it."""
    found = body.get(name)
    if found is None or found == "":
        return ""
    if not isinstance(found, str) or not _PRINTABLE.fullmatch(found):
        raise _broken(f"has a malformed '{name}'", where)
    return found


def _end(body: Mapping[str, Any], name: str, now: datetime, where: str) -> datetime | None:
    found = body.get(name)
    if found is None:
        return None
    text = str(found) if type(found) in (int, str) else ""
    if not _SECONDS.fullmatch(text):
        raise _broken(f"has a malformed '{name}'", where)
    try:
        return now.astimezone(UTC) + timedelta(seconds=int(text.partition(".")[0]))
    except OverflowError:
        return None


def _broken(what: str, where: str) -> BankAnswerBroken:
    return BankAnswerBroken(
        f"the bank's answer {what}", where=where, do="Nothing was kept of it; start the consent again"
    )
