"""Which of a bank's numbers of an entry may be believed to be one."""

import re

_PLACEHOLDERS = frozenset({"NOTPROVIDED", "NOTPROVIDE", "NOTPROV", "NOTAVAILABLE", "NONREF", "NULL", "NONE"})
# The place of an entry in a day's list moves when a late entry comes in before it.
_POSITION = re.compile(r"\d{4}-\d{2}-\d{2}[.\-_/]\d+", re.ASCII)
_SHORTEST = 4


def believable(reference: str) -> str:
    """Return a bank's number of an entry, or nothing when it is blank, a placeholder or a mere position.

    >>> believable("20190101-33263746"), believable("NOTPROVIDED"), believable("2026-08-10-3")
    ('20190101-33263746', '', '')
    """
    text = reference.strip()
    if len(text) < _SHORTEST or not text.strip("0-. ") or text.upper() in _PLACEHOLDERS:
        return ""
    return "" if _POSITION.fullmatch(text) else text
