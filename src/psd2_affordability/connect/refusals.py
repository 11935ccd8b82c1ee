"""What a bank's refusal means to us: a few errors, each with what to do about it."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from psd2_affordability.core.errors import (
    BankError,
    BankRefused,
    ConsentNotValid,
    HistoryRefused,
    RateLimited,
)

ASK_ANEW = "Ask the person to consent anew; what was received before stays"
LATER = "Try again later; what was received before stays"

_CONSENT_GONE: Mapping[str, str] = {
    "CONSENT_EXPIRED": "the consent has expired",
    "CONSENT_INVALID": "the consent is not valid at the bank: not approved, revoked or ended",
    "CONSENT_UNKNOWN": "the bank does not know this consent",
}
_OURS = ("CERTIFICATE_", "SIGNATURE_", "ROLE_", "TOKEN_")
_CODE = re.compile(r"[A-Z][A-Z_]{2,39}", re.ASCII)


def refusal(
    status: int,
    body: Mapping[str, Any],
    headers: Mapping[str, str],
    *,
    where: str,
) -> BankError:
    """Turn an answer that is an error into one of ours.

    The bank's own words are left out: they may name the person. Its code is kept.
    """
    codes = _codes(body)
    for code in codes:
        if code in _CONSENT_GONE:
            return ConsentNotValid(_CONSENT_GONE[code], where=where, do=ASK_ANEW)
    if status == 429 or "ACCESS_EXCEEDED" in codes:
        return rate_limited(_seconds(headers), where=where)
    said = f"{status} {' '.join(codes)}".strip()
    if "PERIOD_INVALID" in codes:
        return HistoryRefused(
            f"the bank does not go back so far ({said})", where=where, do="Ask for a shorter period"
        )
    return BankRefused(f"the bank refused ({said})", where=where, do=_advice(status, codes))


def rate_limited(seconds: int | None, *, where: str) -> RateLimited:
    """Say that the bank wants no more calls for now, and for how long if it said so."""
    wait = f"Ask again in {_spoken(seconds)}" if seconds is not None else "Ask again after 24 hours at most"
    return RateLimited(
        "the bank allows no more calls for now",
        where=where,
        do=f"{wait}; what was received before stays",
        retry_after_s=seconds,
    )


def _codes(body: Mapping[str, Any]) -> tuple[str, ...]:
    messages = body.get("tppMessages")
    if not isinstance(messages, list):
        return ()
    named = (message.get("code") for message in messages if isinstance(message, dict))
    return tuple(code for code in named if isinstance(code, str) and _CODE.fullmatch(code))[:3]


def _advice(status: int, codes: tuple[str, ...]) -> str:
    if any(code.startswith(_OURS) for code in codes):
        return "Check our certificate, signing key or registration at this bank"
    if status >= 500:
        return f"The fault is on the bank's side. {LATER}"
    return "Asking again will not help: the request itself is not accepted"


def _seconds(headers: Mapping[str, str]) -> int | None:
    """Read Retry-After: seconds or a date; None when it is absent or no sense can be made of it."""
    text = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,7}", text, re.ASCII):
        return int(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        return None
    return max(0, int((until - datetime.now(UTC)).total_seconds()))


def _spoken(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} seconds"
    if seconds < 7200:
        return f"{-(-seconds // 60)} minutes"
    return f"{-(-seconds // 3600)} hours"
