"""Names that only look like a known one: letters of other alphabets, and figures for letters."""

import re
from collections.abc import Iterable

from psd2_affordability.categorise.names import FormIndex

#: Small letters of other alphabets that print like a Latin one, and the Latin ones they print like.
_LIKE = str.maketrans(
    "\u0430\u0432\u0435\u0456\u0457\u0458\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u044c\u0455"
    "\u04bb\u0501\u051b\u051d\u03b1\u03b2\u03b5\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03c9"
    "\u03f2\u0131\u0251\u0261\u026a\u1d0f\u0578\u057d\u0585\u0570",
    "abeiijkmhopctyxbshdqwabenikvoptuxwciagioouho",
)
#: A figure between two letters stands for one.
_FIGURES = (("0", "o"), ("1", "l"), ("1", "i"), ("5", "s"), ("3", "e"))
_FIGURE_INSIDE = re.compile(r"[a-z][0135][a-z]")
_BEYOND_LATIN = "\u0370"


def imitates(words: list[str], known: FormIndex) -> bool:
    """Tell whether folded words are a known name once letters that look alike are taken for each other."""
    if any(not word.isascii() for word in words):
        plain = [word.translate(_LIKE) for word in words]
        if plain != words and known.find(plain):
            return True
    if not any(map(_FIGURE_INSIDE.search, words)):
        return False
    return any(known.find(list(each)) for each in zip(*map(in_letters, words), strict=True))


def in_letters(word: str) -> tuple[str, ...]:
    """Return the readings of a word whose figures stand for letters; of any other the word itself."""
    if not _FIGURE_INSIDE.search(word):
        return (word,) * len(_FIGURES)
    return tuple(word.replace(figure, letter) for figure, letter in _FIGURES)


def mixes_alphabets(words: Iterable[str]) -> bool:
    """Tell whether Latin letters stand beside Greek or Cyrillic ones."""
    letters = {letter for word in words for letter in word}
    return any("a" <= letter <= "z" for letter in letters) and any(
        _BEYOND_LATIN <= letter <= "\u052f" for letter in letters
    )
