"""How an article of law is cited in a sentence."""

import re

from psd2_affordability.service.wording import Language

_PARAGRAPH = re.compile(r"\((\d+)\)")


def cited(article: str, language: Language = "en") -> str:
    """Return an article as a reader expects it: `art.` before a number, and in Dutch no English words.

    >>> cited("475a lid 5 Rv"), cited("art. 475b Rv"), cited("Besluit kinderopvangtoeslag")
    ('art. 475a lid 5 Rv', 'art. 475b Rv', 'Besluit kinderopvangtoeslag')
    >>> cited("2, 18 and 48(1)"), cited("2, 18 and 48(1)", "nl")
    ('art. 2, 18 and 48(1)', 'art. 2, 18 en 48 lid 1')
    """
    named = f"art. {article}" if article[:1].isdigit() else article
    return _PARAGRAPH.sub(r" lid \1", named).replace(" and ", " en ") if language == "nl" else named
