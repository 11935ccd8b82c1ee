"""What a refusal of an authorisation server means to us; its own words are left out."""

from collections.abc import Mapping

from psd2_affordability.connect.refusals import ASK_ANEW, LATER, refusal
from psd2_affordability.core.errors import BankError, BankRefused, ConsentNotValid

_NOT_ACCEPTED = "Asking again will not help: the request itself is not accepted"
_OURS = "Check our client number, and the key or certificate that is registered at this bank"

_PERSON: Mapping[str, str] = {
    "access_denied": "the person did not approve",
    "login_required": "the person did not log in",
    "consent_required": "the person did not approve",
    "interaction_required": "the person did not finish",
    "account_selection_required": "the person chose no account",
    "invalid_grant": "the bank no longer accepts the person's approval",
}
_ADVICE: Mapping[str, str] = {
    "invalid_client": _OURS,
    "unauthorized_client": _OURS,
    "invalid_request_object": _OURS,
    "invalid_request": _NOT_ACCEPTED,
    "invalid_request_uri": "The request lay waiting too long; start the consent again",
    "invalid_scope": "Check which scopes the bank's file asks for and what is registered",
    "unsupported_grant_type": _NOT_ACCEPTED,
    "unsupported_response_type": _NOT_ACCEPTED,
    "invalid_dpop_proof": "Check this machine's clock",
    "use_dpop_nonce": "The bank does not accept its own nonce; report it to the bank",
    "server_error": f"The fault is on the bank's side. {LATER}",
}
_LATER = ("temporarily_unavailable", "slow_down")


def refused(
    code: object, *, where: str, status: int = 400, headers: Mapping[str, str] | None = None
) -> BankError:
    """Turn the error code of an answer into one of ours; one outside the standards is not quoted."""
    known = code if isinstance(code, str) else ""
    if known in _PERSON:
        return ConsentNotValid(_PERSON[known], where=where, do=ASK_ANEW)
    if known in _ADVICE:
        return BankRefused(f"the bank refused ({known})", where=where, do=_ADVICE[known])
    return refusal(429 if known in _LATER else status, {}, headers or {}, where=where)
