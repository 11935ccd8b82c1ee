"""What is written down about the traffic with banks: enough to find a fault, nothing about people.

A line holds what we call the request, and of the answer only what is on a list: no address, no
query, no header and no body gets in, so no secret or name can. To show an odd answer to others,
`masked` keeps its shape alone; with the log at DEBUG every answer is written down that way.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_log = logging.getLogger(__name__)

_ours: ContextVar[bool] = ContextVar("a call to a bank is under way", default=False)
#: The HTTP library names whole URLs in its own log, and a bank's URLs hold consents and accounts.
_TALKATIVE = ("urllib3.connectionpool", "urllib3.connection", "urllib3.response", "urllib3.util.retry")

_WAIT = re.compile(r"[0-9]{1,7}", re.ASCII)
_NAME_OF_A_FIELD = re.compile(r"[A-Za-z_@$][A-Za-z_-]{0,39}", re.ASCII)


def _not_ours(_record: logging.LogRecord) -> bool:
    return not _ours.get()


for _name in _TALKATIVE:
    logging.getLogger(_name).addFilter(_not_ours)


@contextmanager
def only_our_words() -> Iterator[None]:
    """Keep the HTTP library silent during a call of ours; calls of others in this process are not touched."""
    token = _ours.set(True)
    try:
        yield
    finally:
        _ours.reset(token)


def log_answer(
    method: str,
    where: str,
    request_id: str,
    *,
    status: int,
    headers: Mapping[str, str],
    size: int,
    passed_s: float,
) -> None:
    """Write one line about a call that was answered."""
    wait = headers.get("Retry-After", "")
    _log.info(
        "%s %s status=%d ms=%d bytes=%d retry_after=%s request=%s",
        method,
        where,
        status,
        passed_s * 1000,
        size,
        wait if _WAIT.fullmatch(wait) else "-",
        request_id,
    )


def log_failure(method: str, where: str, request_id: str, *, code: str, passed_s: float) -> None:
    """Write one line about a call that got no proper answer."""
    _log.warning("%s %s failed=%s ms=%d request=%s", method, where, code, passed_s * 1000, request_id)


def log_shape(where: str, request_id: str, document: object) -> None:
    """Write down the shape of an answer, when somebody asked for it."""
    if _log.isEnabledFor(logging.DEBUG):
        _log.debug("%s shape=%s request=%s", where, masked(document), request_id)


def masked(document: object) -> Any:
    """Return a document with every value replaced by its shape; names of fields stay.

    A key that does not look like the name of a field is masked too, since some banks use numbers
    of accounts as keys.

    >>> masked({"iban": "NL91 ABNA", "amount": -12.50, "booked": True, "NL91": [{"name": "Ömer 2"}]})
    {'iban': 'XX99 XXXX', 'amount': '-99.9', 'booked': True, 'XX99': [{'name': 'Xxxx 9'}]}
    """
    if isinstance(document, Mapping):
        return {_masked_key(str(key)): masked(value) for key, value in document.items()}
    if isinstance(document, (list, tuple)):
        return [masked(each) for each in document]
    if document is None or isinstance(document, bool):
        return document
    return "".join(map(_masked_letter, str(document)))


def _masked_key(key: str) -> str:
    return key if _NAME_OF_A_FIELD.fullmatch(key) else "".join(map(_masked_letter, key))


def _masked_letter(letter: str) -> str:
    if letter.isdigit():
        return "9"
    if letter.isascii() and not letter.isalpha():
        return letter
    return "X" if letter.isupper() else "x"
