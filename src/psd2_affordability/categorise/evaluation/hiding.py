"""Knowledge with part of the payees hidden, as if nobody had listed them."""

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from hashlib import sha256
from typing import Any

from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import FormIndex
from psd2_affordability.core.errors import UsageError


def chosen(knowledge: Knowledge, share: Decimal, seed: int) -> frozenset[int]:
    """Choose the payees to hide: by their names and the seed, whatever else is listed.

    Returns:
        Positions in the knowledge's entries; trades are never hidden, they are no payees.

    Raises:
        UsageError: the share does not lie from 0 to 1.
    """
    if not 0 <= share <= 1:
        raise UsageError(f"a share of {share} cannot be hidden", do="Give a share from 0 to 1")
    payees = [at for at, entry in enumerate(knowledge.entries) if entry.name]
    drawn = sorted(payees, key=lambda at: sha256(f"{seed} {knowledge.entries[at].name}".encode()).digest())
    return frozenset(drawn[: int(share * len(payees))])


def without(knowledge: Knowledge, share: Decimal, seed: int) -> Knowledge:
    """Hide a random share of the payees: their names, numbers and codes."""
    return hide(knowledge, chosen(knowledge, share, seed))


def hide(knowledge: Knowledge, entries: frozenset[int]) -> Knowledge:
    """Hide these entries from every index that leads to entries; all others keep their positions."""
    left: dict[str, Any] = {}
    for field in fields(knowledge):
        index = getattr(knowledge, field.name)
        if isinstance(index, FormIndex):
            left[field.name] = index.without(entries)
        elif isinstance(index, Mapping) and all(isinstance(at, int) for at in index.values()):
            left[field.name] = {key: at for key, at in index.items() if at not in entries}
    return replace(knowledge, **left)
