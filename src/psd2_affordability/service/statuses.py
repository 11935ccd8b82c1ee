"""The HTTP status of each error code, for the interface and the pages alike."""

#: Code, or the beginning of one; the longest that fits counts.
_STATUS = {
    "usage": 400,
    "usage.unknown_name": 404,
    "usage.household": 422,
    "input": 422,
    "rule.not_in_force": 409,
    "bank": 502,
    "bank.unreachable": 503,
    "bank.down": 503,
    "bank.rate_limited": 429,
    "bank.consent_not_valid": 403,
    "bank.consent_not_valid.waits": 409,
}


def http_status(code: str) -> int:
    """Return the HTTP status of an error code.

    >>> http_status("input.broken_file"), http_status("bank.history_refused"), http_status("store")
    (422, 502, 500)
    """
    fits = [known for known in _STATUS if code == known or code.startswith(f"{known}.")]
    return _STATUS[max(fits, key=len)] if fits else 500
