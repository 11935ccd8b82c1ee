"""Text from outside on paper: what no font can show is marked, and nothing steers the page."""

import re
import unicodedata

#: Letters and signs that the fonts of the typesetter have; a page with another one is refused as unreadable.
_SHOWN = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x377),
    (0x37A, 0x37F),
    (0x384, 0x38A),
    (0x38E, 0x3A1),
    (0x3A3, 0x482),
    (0x48A, 0x4FF),
    (0x531, 0x556),
    (0x5D0, 0x5EA),
    (0x621, 0x63A),
    (0x641, 0x64A),
    (0x10D0, 0x10FF),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x2030, 0x203A),
    (0x20A0, 0x20BF),
)
_NOT_SHOWN = "\N{REPLACEMENT CHARACTER}"
_BREAK_HERE = "\N{ZERO WIDTH SPACE}"
_LONGEST_WORD = 18
_NO_BREAK = "\N{NO-BREAK SPACE}"
_SIGN_OF_AMOUNT = re.compile(r"€ (?=-?\d)")


def printable(text: str) -> str:
    r"""Return a text as it can be printed: one line, without hidden characters, no amount cut in two.

    >>> printable("Caf\u00e9\u202e\x07  *x*\n\U0001f600")
    'Café *x* \ufffd'
    >>> printable("van \u20ac 1.250,00")
    'van €\xa01.250,00'
    """
    composed = unicodedata.normalize("NFC", text)
    shown = (" " if each.isspace() else each for each in composed if each.isspace() or not _hidden(each))
    line = " ".join("".join(each if _has_glyph(each) else _NOT_SHOWN for each in shown).split())
    return _SIGN_OF_AMOUNT.sub(f"€{_NO_BREAK}", line)


def fitted(text: str, most: int) -> str:
    r"""Return a printable text of at most so many characters, with places to break in its long words.

    >>> fitted("x" * 50, 10)
    'xxxxxxxxx…'
    >>> fitted("y" * 20, 40)
    'yyyyyyyyyyyyyyyyyy\u200byy'
    """
    line = printable(text[: 4 * most])
    if len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    return " ".join(map(_breakable, line.split(" ")))


def _breakable(word: str) -> str:
    pieces = [word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD)]
    return _BREAK_HERE.join(pieces)


def _hidden(char: str) -> bool:
    return char != _BREAK_HERE and unicodedata.category(char) in {"Cc", "Cf", "Cn", "Co", "Cs"}


def _has_glyph(char: str) -> bool:
    code = ord(char)
    return char == _BREAK_HERE or any(first <= code <= last for first, last in _SHOWN)
