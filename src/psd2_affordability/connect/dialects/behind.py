"""Which of the banks behind an aggregator the person chose."""

from collections.abc import Mapping
from typing import TypeVar

from psd2_affordability.core.errors import UnknownName, UsageError

Found = TypeVar("Found")

_SHOWN = 40


def choose(known: Mapping[str, Found], name: str, bank_id: str) -> Found:
    """Return the bank of this name, or the only one there is when none is named.

    Args:
        known: the banks by name.
        name: as the person gave it; capitals do not matter.
        bank_id: the aggregator.

    Raises:
        UsageError: none is named and there are several, or none at all.
        UnknownName: there is no such bank; the message names the nearest.

    >>> choose({"ABN AMRO": 1, "ING": 2}, "abn amro", "eu.enable_banking")
    1
    """
    if not name and len(known) == 1:
        return next(iter(known.values()))
    if not name or not known:
        names = ", ".join(list(known)[:_SHOWN]) or "there are none in this country"
        raise UsageError(
            f"it is not said which bank behind {bank_id} is meant", do=f"Name it as 'aspsp': {names}"
        )
    for each, found in known.items():
        if each.casefold() == name.strip().casefold():
            return found
    raise UnknownName.among(f"bank behind {bank_id}", name, list(known))
