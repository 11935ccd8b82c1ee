"""Why there is no figure, and what to ask, in the language of the reader.

An `Unknown` says it in English where it is made; its stable code gives the Dutch in `unknown.toml`.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from psd2_affordability.core.answer import Unknown
from psd2_affordability.service.wording import Language


@cache
def dutch() -> Mapping[str, Mapping[str, str]]:
    """Return the Dutch sentences: `because` and `ask` by code, `law` by the English question."""
    content = (files("psd2_affordability.service") / "unknown.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


def because(missing: Unknown, language: Language) -> str:
    """Return why there is no figure.

    >>> because(Unknown("balance.none", "No balance is known."), "nl")
    'Er is geen saldo bekend.'
    """
    return dutch()["because"].get(missing.code, "") if language == "nl" else missing.because


def to_ask(missing: Unknown, language: Language) -> str:
    """Return what to ask; empty when there is nothing to ask.

    >>> to_ask(Unknown("balance.none", "No balance is known.", "What is the balance?"), "nl")
    'Wat is het saldo van elke rekening?'
    """
    if language == "en" or not missing.ask:
        return missing.ask
    return dutch()["ask"].get(missing.code, "")


def of_law(asked: str, language: Language) -> str:
    """Return a question that would make an amount of the law exact; empty where there is no Dutch for it."""
    return dutch()["law"].get(asked, "") if language == "nl" else asked
