"""Links in an answer: some banks wrap them, some leave half of the path out."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from psd2_affordability.connect.pinned import PinnedBase
from psd2_affordability.connect.rows import text
from psd2_affordability.connect.strict_json import at


def link_at(tree: Mapping[str, Any], dotted: str) -> str:
    """Return a link, be it an object with `href` or a plain text; empty when there is none.

    >>> link_at({"_links": {"next": {"href": "/a"}}}, "_links.next"), link_at({"next": "/b"}, "next")
    ('/a', '/b')
    """
    found = at(tree, dotted)
    return text(found.get("href") if isinstance(found, dict) else found)


def after(current: str, link: str, base: PinnedBase, *, where: str) -> str:
    """Resolve the link from one page to the next.

    It is followed as the bank gives it, but for two habits: a link that is only a query keeps what was
    asked besides, and one whose path is the end of ours lacks the part that it is mounted under.

    Args:
        current: the address of the first page.
        link: as the bank gave it.
        base: where the bank is.
        where: what is being read.

    Raises:
        BankAnswerBroken: it leads to another host.

    >>> bank = PinnedBase("https://bank.example/psd2")
    >>> first = "https://bank.example/psd2/v1/accounts/7/transactions?dateFrom=2026-01-01"
    >>> after(first, "?page=2", bank, where="transactions")
    'https://bank.example/psd2/v1/accounts/7/transactions?dateFrom=2026-01-01&page=2'
    >>> after(first, "/accounts/7/transactions?page=2", bank, where="transactions")
    'https://bank.example/psd2/v1/accounts/7/transactions?page=2'
    """
    return base.link(_whole(urlsplit(current), link), where=where)


def _whole(here: SplitResult, link: str) -> str:
    try:
        there = urlsplit(link)
    except ValueError:
        return link
    if there.scheme or there.netloc or not here.path.endswith(there.path):
        return link
    query = there.query
    if not there.path:
        query = urlencode(dict(parse_qsl(here.query)) | dict(parse_qsl(there.query, keep_blank_values=True)))
    return urlunsplit(here._replace(query=query))
