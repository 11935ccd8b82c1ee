"""A clock over a whole HTTP exchange: a bank that drips one byte a second is cut off in time.

The timeout of an HTTP client starts anew at every byte that arrives; this one does not.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class DeadlineAdapter(HTTPAdapter):
    """An adapter of `requests` whose open sockets can all be shut at once."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools remember every socket they open."""
        super().init_poolmanager(*args, **kwargs)
        opened = self._sockets

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                opened.append(self.sock)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                opened.append(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    @contextmanager
    def within(self, seconds: float) -> Iterator[Event]:
        """Shut every socket after so many seconds; the event tells whether that happened."""
        over = Event()

        def shut() -> None:
            over.set()
            for each in self._sockets:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

        timer = Timer(seconds, shut)
        timer.daemon = True
        timer.start()
        try:
            yield over
        finally:
            timer.cancel()
            self._sockets[:] = [each for each in self._sockets if each.fileno() != -1]
