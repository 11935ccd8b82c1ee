"""The one place a bank may be reached at: scheme, host and port are fixed, whatever its links say.

The name of that host may not lead into a private network either, whatever the name servers say.
"""

import re
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from psd2_affordability.core.errors import BankAnswerBroken, UsageError

_PORTS = {"http": 80, "https": 443}
_ODD_HOST = re.compile(r"[@%]")
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
#: Networks whose addresses carry one of the older kind: translation by a provider (RFC 6052).
_TRANSLATED = IPv6Network("64:ff9b::/96")


class ForbiddenAddress(Exception):
    """A connection to another host than the bank, or into a private network, was not made."""


class PinnedBase:
    """A base URL that every call and every link is held to.

    >>> base = PinnedBase("https://api.bank.example/psd2/")
    >>> base.url("/v1/accounts")
    'https://api.bank.example/psd2/v1/accounts'
    >>> base.link("/v2/next?page=2", where="accounts")
    'https://api.bank.example/v2/next?page=2'
    """

    def __init__(self, base_url: str) -> None:
        parts = _split(base_url)
        if parts is None or parts.query:
            raise UsageError(
                "the address of a bank is not a plain URL",
                do="Give one such as https://api.bank.example/psd2",
            )
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise UsageError(
                "the address of a bank does not start with https", do="Plain http is for this machine alone"
            )
        self._parts = parts
        self._origin = _origin(parts)
        self._base = base_url.rstrip("/")

    @property
    def is_secure(self) -> bool:
        """Whether the host is spoken to over TLS."""
        return self._parts.scheme == "https"

    def is_at(self, host: str, port: int | None) -> bool:
        """Tell whether this is the one host and port."""
        return (host.lower().strip("[]"), port) == self._origin[1:]

    def addresses(self) -> list[str]:
        """Look the host up, once; the connection is to be made to one of these.

        Raises:
            OSError: the name is not known.
            ForbiddenAddress: the name of a bank leads into a private network, or to this machine.
        """
        _, host, port = self._origin
        found = [ip_address(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        allowed = (
            all(each.is_loopback for each in found) if is_loopback(host) else all(map(_is_public, found))
        )
        if not allowed:
            raise ForbiddenAddress(host)
        return [str(each) for each in found]

    def url(self, path: str) -> str:
        """Return the address of one of the bank's own paths."""
        return self._base + path

    def link(self, href: str, *, where: str) -> str:
        """Resolve a link that the bank gave.

        Raises:
            BankAnswerBroken: the link leads elsewhere or is no link at all.
        """
        target = self._target(href)
        if target is None or _origin(target) != self._origin:
            raise BankAnswerBroken(
                "the bank's answer links to another host",
                where=where,
                do="The link was not followed; what was received before stays. Report it to the bank",
            )
        return target.geturl()

    def holds(self, url: str) -> bool:
        """Tell whether a whole URL lies on this scheme, host and port."""
        target = None if _ODD.search(url) else _split(url)
        return target is not None and _origin(target) == self._origin

    def page_for_person(self, href: str, *, where: str) -> str:
        """Check the address of the bank's login page, where a browser goes, not we.

        It may be another host of the bank, but over https, except on this machine.

        Raises:
            BankAnswerBroken: not an address that a person may be sent to.
        """
        target = self._target(href)
        local = is_loopback(self._parts.hostname or "")
        safe = target is not None and (
            target.scheme == "https" or (local and is_loopback(target.hostname or ""))
        )
        if target is None or not safe:
            raise BankAnswerBroken(
                "the bank's login page is not a safe address", where=where, do="Nobody was sent there"
            )
        return target.geturl()

    def _target(self, href: str) -> SplitResult | None:
        """Resolve a link of the bank; None when it is no plain address."""
        try:
            return None if _ODD.search(href) else _split(urljoin(self._base + "/", href))
        except ValueError:
            return None


def is_loopback(host: str) -> bool:
    """Tell whether a host name or number means this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is anybody's to reach; one that carries another counts as that one.

    >>> [_is_public(ip_address(each)) for each in ("9.9.9.9", "10.0.0.1", "::ffff:10.0.0.1", "224.0.1.1")]
    [True, False, False, False]
    """
    if isinstance(address, IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            carried = IPv4Address(address.packed[-4:])
        if carried:
            return _is_public(carried)
    return address.is_global and not address.is_multicast


def _split(url: str) -> SplitResult | None:
    """Take a URL apart; None unless it is http or https with a host and without user or fragment."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    plain = parts.scheme in _PORTS and parts.hostname and not parts.fragment and port != 0
    return parts if plain and parts.netloc.isascii() and not _ODD_HOST.search(parts.netloc) else None


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    return parts.scheme, (parts.hostname or "").lower().rstrip("."), parts.port or _PORTS[parts.scheme]
