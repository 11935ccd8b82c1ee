"""The short number of a receipt, as it is printed: who has it can ask for the same answer again."""

from hashlib import sha256

from psd2_affordability.core.receipt import Receipt
from psd2_affordability.service.wire import to_json

_DIGITS, _GROUP = 12, 4


def receipt_number(receipt: Receipt) -> str:
    """Return the short number of a receipt: another engine, day, rule, row or question gives another one.

    >>> from datetime import date
    >>> receipt_number(Receipt("0.1.0", date(2026, 1, 1), ()))
    'c3ee-45e2-2912'
    """
    return number_of(to_json(receipt))


def number_of(receipt_json: str) -> str:
    """Return the short number of a receipt that is kept as JSON."""
    digest = sha256(receipt_json.encode()).hexdigest()
    return "-".join(digest[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))
