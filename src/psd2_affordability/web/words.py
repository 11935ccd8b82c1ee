"""The fixed text of the pages, in plain English and plain Dutch; it stands in `words.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

from psd2_affordability.service.wording import Language


@cache
def _texts() -> dict[str, tuple[str, str]]:
    content = (files("psd2_affordability.web") / "words.toml").read_text(encoding="utf-8")
    return {key: (english, dutch) for key, (english, dutch) in tomllib.loads(content).items()}


def text(key: str, language: Language) -> str:
    """Return a fixed text of the pages.

    >>> text("cases", "en"), text("cases", "nl")
    ('Cases', 'Dossiers')
    """
    english, dutch = _texts()[key]
    return dutch if language == "nl" else english
