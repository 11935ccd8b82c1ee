"""Which bookings show something, found when somebody asks for them: most of a portfolio's are never read."""

from collections.abc import Callable, Sequence
from functools import partial

from psd2_affordability.assess.facts import LONG_AGO, Facts
from psd2_affordability.ledger.columns import Texts


def bookings(
    facts: Facts, *categories: str, newest: int = 0, since: int = LONG_AGO
) -> Callable[[], list[str]]:
    """Return what finds the keys of all rows of some categories, of so many of the newest, or from a day on.

    It holds on to the keys alone, so that an answer that is kept does not keep all facts with it.
    """
    spans = [facts.stretch(category, since) for category in categories if category in facts.spans]
    return partial(_keys, facts.book.txs, spans, newest)


def _keys(txs: Texts, spans: Sequence[tuple[int, int]], newest: int) -> list[str]:
    return [key for start, end in spans for key in txs.between(start, end)][-newest:]
