"""Errors and remarks in the language of the reader.

They say it in English where they are made; `told.toml` has the Dutch of each, with places for what is
different every time. What has no Dutch is a matter for who runs the program, and stays as it is.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from psd2_affordability.core.errors import AffordabilityError
from psd2_affordability.core.money import Money
from psd2_affordability.service.wording import Language

_AMOUNT = re.compile(r"-?[0-9]{1,15}\.[0-9]{2}", re.ASCII)
_PLACE = re.compile(r"\{([0-9])\}")


@cache
def dutch() -> Mapping[str, str]:
    """Return the Dutch of every English sentence, both with places such as `{1}`."""
    content = (files("psd2_affordability.service") / "told.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


def told(says: str, language: Language) -> str:
    """Return a sentence in a language; empty where there is no Dutch for it.

    >>> told("the archive holds more than 2000 files", "nl")
    'er zitten meer dan 2000 bestanden in'
    >>> told("'1.250' can be read in two ways", "en")
    "'1.250' can be read in two ways"
    """
    if language == "en":
        return says
    if says in dutch():
        return dutch()[says]
    for sentence, translated in _with_places():
        if found := sentence.fullmatch(says):
            return _PLACE.sub(lambda place: _part(found, int(place[1])), translated)
    return ""


def _part(found: re.Match[str], place: int) -> str:
    """Return what stands in a place: amounts and sentences in Dutch, but others' words, which are quoted."""
    part = found[place]
    quoted = found.string[found.start(place) - 1 : found.start(place)] == "'"
    if _AMOUNT.fullmatch(part):
        return Money.euros(part).spoken(language="nl")
    return part if quoted else told(part, "nl") or part


def told_error(error: AffordabilityError, language: Language) -> str:
    """Return where it was, what it is and what to do, on one line; empty where there is no Dutch for it.

    >>> told_error(AffordabilityError("the file is empty", where="mei.sta"), "nl")
    'mei.sta: het bestand is leeg'
    """
    if language == "en":
        return str(error)
    what = told(error.what, language)
    where = told(error.where, language) or error.where
    return str(AffordabilityError(what, where=where, do=told(error.do, language))) if what else ""


@cache
def _with_places() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the sentences that have places, those that say most of themselves first."""
    found = [(each, translated) for each, translated in dutch().items() if _PLACE.search(each)]
    found.sort(key=lambda each: -len(_PLACE.sub("", each[0])))
    return tuple((_matching(each), translated) for each, translated in found)


def _matching(sentence: str) -> re.Pattern[str]:
    """Match a sentence; in its last place anything may stand, in an earlier one as little as can be."""
    words = _PLACE.split(sentence)[::2]
    return re.compile("(.+?)".join(map(re.escape, words)), re.DOTALL)
