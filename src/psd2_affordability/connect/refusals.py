"""What a bank's refusal means to us: a few errors, each with what to do about it."""

import re
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from psd2_affordability.connect.refusal_codes import CODE_SHAPED, MEANINGS, PHRASES, STATUSES, Meaning
from psd2_affordability.core.errors import (
    BankDown,
    BankError,
    BankRefused,
    ConsentNotValid,
    HistoryRefused,
    NotOffered,
    RateLimited,
    TokenRefused,
)

ASK_ANEW = "Ask the person to consent anew; what was received before stays"
LATER = "Try again later; what was received before stays"
_WAIT = re.compile(r"try again in ([0-9]{1,7}) seconds", re.ASCII | re.IGNORECASE)

_ADVICE: Mapping[Meaning, tuple[type[BankRefused], str]] = {
    Meaning.DOWN: (BankDown, f"The fault is on the bank's side. {LATER}"),
    Meaning.NOT_YET: (BankDown, LATER),
    Meaning.HISTORY: (HistoryRefused, "Ask for a shorter period"),
    Meaning.NOT_OFFERED: (NotOffered, "Asking again will not help: leave this out for this bank"),
    Meaning.OURS: (BankRefused, "Check our certificate, signing key or registration at this bank"),
    Meaning.TOKEN: (
        TokenRefused,
        "Renew the access token; if that fails too, ask the person to consent anew",
    ),
    Meaning.ACCOUNT: (BankRefused, "List the accounts anew: one may be closed, or left out of the consent"),
    Meaning.PERSON_BLOCKED: (BankRefused, "The person can ask the bank to open it; what was received stays"),
    Meaning.REQUEST: (BankRefused, "Asking again will not help: the request itself is not accepted"),
}
_CONSENT = (Meaning.CONSENT_ENDED, Meaning.CONSENT_UNKNOWN, Meaning.PERSON_NEEDED)
_UNCLEAR = "Ask the bank for the status of the consent: ended and forbidden look alike here"
# Which of several codes counts: what the person or the clock must solve goes before what we must.
_WEIGHT = {meaning: place for place, meaning in enumerate((*_CONSENT, Meaning.TOO_OFTEN))}
# GoCardless: seconds until its window is over, and how many calls are left in it.
_WINDOWS = (
    ("HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_RESET", "HTTP_X_RATELIMIT_ACCOUNT_SUCCESS_REMAINING"),
    ("HTTP_X_RATELIMIT_RESET", "HTTP_X_RATELIMIT_REMAINING"),
)
_BEARER_ERROR = re.compile(r'\berror="?([a-z_]{3,40})', re.ASCII)


def refusal(
    status: int,
    body: Mapping[str, Any],
    headers: Mapping[str, str],
    *,
    where: str,
) -> BankError:
    """Turn an answer that is an error into one of ours.

    Args:
        status: of HTTP.
        body: of the answer, in any bank's shape; empty when it was no JSON.
        headers: of the answer, looked up without regard to case.
        where: what the call was for.

    The bank's own words are left out: they may name the person. Its code is kept.
    """
    found = list(_said(body, headers))
    codes = tuple(dict.fromkeys(each for each in found if each in MEANINGS or CODE_SHAPED.fullmatch(each)))[
        :3
    ]
    meaning = _meaning(status, codes, body)
    wait = retry_after(headers, body)
    if meaning is Meaning.TOO_OFTEN:
        return rate_limited(wait, where=where)
    if status == 503 and wait is not None:
        return rate_limited(wait, where=where, what="the bank is not open for calls for now")
    said = f"({' '.join((str(status), *codes))})"
    if meaning in _CONSENT:
        return ConsentNotValid(f"{meaning.value} {said}", where=where, do=ASK_ANEW)
    if meaning is None:
        return BankRefused(f"the bank refused {said}", where=where, do=_UNCLEAR, unexplained=status == 401)
    kind, advice = _ADVICE[meaning]
    return kind(f"{meaning.value} {said}", where=where, do=advice)


def rate_limited(seconds: int | None, *, where: str, what: str = Meaning.TOO_OFTEN.value) -> RateLimited:
    """Say that the bank wants no more calls for now, and for how long if it said so."""
    wait = f"Ask again in {spoken(seconds)}" if seconds is not None else "Ask again after 24 hours at most"
    return RateLimited(what, where=where, do=f"{wait}; what was received before stays", retry_after_s=seconds)


def retry_after(headers: Mapping[str, str], body: Mapping[str, Any] | None = None) -> int | None:
    """Read how many seconds the bank wants to be left alone; None when it does not say.

    A moment is counted from the moment of the answer, both by the bank's own clock.
    """
    said = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,7}", said, re.ASCII):
        return int(said)
    if said:
        return _seconds_between(headers.get("Date", ""), said)
    for reset, remaining in _WINDOWS:
        seconds = headers.get(reset, "")
        if re.fullmatch(r"[0-9]{1,7}", seconds, re.ASCII) and headers.get(remaining, "0") == "0":
            return int(seconds)
    detail = _WAIT.search(_text((body or {}).get("detail")))
    return int(detail.group(1)) if detail else None


def spoken(seconds: int) -> str:
    """Say a time to wait as people do.

    >>> spoken(90), spoken(3601), spoken(86_000)
    ('90 seconds', '61 minutes', '24 hours')
    """
    if seconds < 120:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    if seconds < 7200:
        return f"{-(-seconds // 60)} minutes"
    return f"{-(-seconds // 3600)} hours"


def _meaning(status: int, codes: tuple[str, ...], body: Mapping[str, Any]) -> Meaning | None:
    """Weigh what the bank says: its codes, then its sentences, then the bare status."""
    known = [MEANINGS[code] for code in codes if code in MEANINGS]
    known += [meaning for words in _sentences(body) for phrase, meaning in PHRASES if phrase.search(words)]
    # A sentence may know better than a code that says no more than that the request failed.
    sharp = [meaning for meaning in known if meaning is not Meaning.REQUEST] or known
    if sharp:
        return min(sharp, key=lambda meaning: _WEIGHT.get(meaning, len(_WEIGHT)))
    if status in STATUSES:
        return STATUSES[status]
    if status >= 500:
        return Meaning.DOWN
    return None if status in (401, 403) else Meaning.REQUEST


def _said(body: Mapping[str, Any], headers: Mapping[str, str]) -> Iterator[str]:
    """Yield what may be a code, wherever the standards and banks put it."""
    for shape in _SHAPES:
        yield from (each for each in shape(body) if isinstance(each, str))
    yield from _BEARER_ERROR.findall(headers.get("WWW-Authenticate", ""))


#: Berlin Group's list, the same without the list, UK, ABN AMRO, Enable Banking and OAuth, GoCardless.
_SHAPES: tuple[Callable[[Mapping[str, Any]], Iterator[Any]], ...] = (
    lambda body: (each.get("code") for each in _objects(body.get("tppMessages"))),
    lambda body: iter((body.get("code"),)),
    lambda body: (each.get("ErrorCode") for each in _objects(body.get("Errors"))),
    lambda body: (
        each.get(key) for each in _objects(body.get("errors")) for key in ("category", "code", "ErrorCode")
    ),
    lambda body: iter((body.get("error"),)),
    lambda body: iter((body.get("type"), body.get("summary"))),
)


def _sentences(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield the bank's sentences, to be compared with a short list and then forgotten."""
    for key in ("summary", "detail", "error_description"):
        yield _text(body.get(key))[:300]
    for each in _objects(body.get("Error")):
        yield _text(each.get("error_description"))[:300]


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value[:20] if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _seconds_between(now: str, until: str) -> int | None:
    try:
        passed = parsedate_to_datetime(until) - parsedate_to_datetime(now)
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0, int(passed.total_seconds()))
