"""The sockets under the HTTP client: one host only, at an address that was looked at, and in time.

The timeout of an HTTP client starts anew at every byte that arrives; the clock over an exchange
here does not. It covers the handshake of TLS too.
"""

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ssl import TLSVersion
from threading import Lock, Timer, local
from typing import Any, Protocol

from requests.adapters import HTTPAdapter
from urllib3 import PoolManager, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from psd2_affordability.connect.pinned import ForbiddenAddress, PinnedBase


class _Closable(Protocol):
    def close(self) -> None: ...


class Exchange:
    """The sockets of one exchange, which can all be shut at once.

    Args:
        seconds: until it is over.
    """

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._lock = Lock()
        self._sockets: list[socket.socket] = []
        self._orphans: list[_Closable] = []
        self.is_over = False

    @property
    def left_s(self) -> float:
        """The seconds that are left, never quite none."""
        return max(0.01, self._ends - time.monotonic())

    def add(self, opened: socket.socket) -> None:
        """Hold a socket to this exchange; at once shut when its time is over."""
        with self._lock:
            self._sockets.append(opened)
            if self.is_over:
                _shut(opened)

    def adopt(self, opened: _Closable) -> None:
        """Close this when the exchange ends, since nobody else may: the answer may still be read."""
        with self._lock:
            self._orphans.append(opened)

    def end(self) -> None:
        """Shut every socket: whoever reads from one finds the end."""
        with self._lock:
            self.is_over = True
            for each in self._sockets:
                _shut(each)

    def close(self) -> None:
        """Close what was adopted."""
        with self._lock:
            for each in self._orphans:
                each.close()


class DeadlineAdapter(HTTPAdapter):
    """An adapter of `requests` that connects to one host alone and ends every exchange in time.

    Args:
        base: the host to connect to, and no other.
    """

    def __init__(self, base: PinnedBase) -> None:
        self._base = base
        self._under_way = local()
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools connect our way, with TLS 1.2 or better."""
        super().init_poolmanager(*args, **kwargs, ssl_minimum_version=TLSVersion.TLSv1_2)
        _use(self.poolmanager, self._base, self._under_way)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> ProxyManager:
        """Connect our way to a proxy too; the proxy then looks the bank up, not we."""
        manager: ProxyManager = super().proxy_manager_for(
            proxy, ssl_minimum_version=TLSVersion.TLSv1_2, **kwargs
        )
        _use(manager, None, self._under_way)
        return manager

    @contextmanager
    def within(self, seconds: float) -> Iterator[Exchange]:
        """Shut the sockets of this thread's exchange after so many seconds."""
        exchange = Exchange(seconds)
        self._under_way.exchange = exchange
        timer = Timer(seconds, exchange.end)
        timer.daemon = True
        timer.start()
        try:
            yield exchange
        finally:
            timer.cancel()
            self._under_way.exchange = None
            exchange.close()


def _use(manager: PoolManager, base: PinnedBase | None, under_way: local) -> None:
    """Give a manager of pools connections that know the one base, and whose exchange they serve."""

    class Read(http.client.HTTPResponse):
        """An answer that is closed when its exchange ends, whatever is wrong with it."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            exchange: Exchange | None = getattr(under_way, "exchange", None)
            if exchange:
                exchange.adopt(self)

    class Plain(_Held, HTTPConnection):
        pinned, current, response_class = base, under_way, Read

    class Secure(_Held, HTTPSConnection):
        pinned, current, response_class = base, under_way, Read

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


class _Held(HTTPConnection):
    """A connection that goes to a looked-at address, and whose socket the exchange can shut."""

    pinned: PinnedBase | None
    current: local
    _handle: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        """Connect to an address that was looked at, without a second look-up in between."""
        opened = self._connected()
        # TLS takes the socket over before it shakes hands, so a handle of our own is kept.
        self._handle = opened.dup()
        self._hold()
        return opened

    def request(self, *args: Any, **kwargs: Any) -> None:
        """Hold a connection that is used again to the exchange it now serves."""
        self._hold()
        super().request(*args, **kwargs)

    def close(self) -> None:
        """Let go of the handle too, but not before the answer is read."""
        super().close()
        handle, self._handle = self._handle, None
        if handle is not None and self._exchange:
            self._exchange.adopt(handle)
        elif handle is not None:
            handle.close()

    @property
    def _exchange(self) -> Exchange | None:
        return getattr(self.current, "exchange", None)

    def _hold(self) -> None:
        if self._exchange and self._handle is not None:
            self._exchange.add(self._handle)

    def _connected(self) -> socket.socket:
        if self.pinned is None:
            return super()._new_conn()
        name = self._dns_host
        if not self.pinned.is_at(self.host, self.port):
            raise ForbiddenAddress(self.host)
        try:
            addresses = self.pinned.addresses()
        except (OSError, UnicodeError) as error:
            raise NewConnectionError(self, "the name of the bank is not known") from error
        try:
            return self._first_that_answers(addresses)
        finally:
            self._dns_host = name

    def _first_that_answers(self, addresses: list[str]) -> socket.socket:
        failure: HTTPError = ConnectTimeoutError(self, "no time left to connect")
        for address in addresses:
            if self._exchange:
                if self._exchange.is_over:
                    break
                self.timeout = min(self.timeout or self._exchange.left_s, self._exchange.left_s)
            self._dns_host = address
            try:
                return super()._new_conn()
            except (NewConnectionError, ConnectTimeoutError) as error:
                failure = error
        raise failure


def _shut(opened: socket.socket) -> None:
    with suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)
