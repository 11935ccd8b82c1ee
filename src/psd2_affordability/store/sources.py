"""Who gave a row, an account or a balance: ids of banks, or somebody's hand."""

from collections.abc import Collection, Iterable

#: Came from somebody's hand, not from a bank under a consent.
FILE = "file"


def named(sources: str) -> frozenset[str]:
    """Return the names in a column `sources`.

    >>> sorted(named("file nl.ing")), sorted(named(""))
    (['file', 'nl.ing'], [])
    """
    return frozenset(sources.split())


def written(sources: Iterable[str]) -> str:
    """Write names as the column keeps them.

    >>> written({"nl.ing", "file"})
    'file nl.ing'
    """
    return " ".join(sorted(sources))


def owner(sources: Collection[str]) -> str:
    """Say whose words a row carries: a file's, since no consent bounds them; else the first bank's.

    >>> owner(["nl.ing", "file"]), owner(["nl.ing", "eu.enable_banking"])
    ('file', 'eu.enable_banking')
    """
    return FILE if FILE in sources else min(sources)
