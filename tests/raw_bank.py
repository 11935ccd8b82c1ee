"""A bank on bare sockets, which says byte for byte what it is told, and keeps what it hears."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Say = Callable[[socket.socket], None]


def answer(
    status: int = 200,
    body: bytes = b"{}",
    *headers: tuple[str, str],
    kind: str = "application/json",
    length: int | None = None,
) -> bytes:
    """Write an answer down; `length` may lie, and -1 leaves it out."""
    head = [
        f"HTTP/1.1 {status} Said",
        f"Content-Type: {kind}",
        *(f"{name}: {value}" for name, value in headers),
    ]
    if length != -1:
        head.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*head, "Connection: close", "", ""]).encode("latin-1") + body


@dataclass
class RawBank:
    """Answers connection after connection from its list; the last one is repeated."""

    port: int
    script: list[bytes | Say]
    heard: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [each.split(b" ", 2)[1].decode("latin-1") for each in self.heard]


@contextmanager
def raw_bank(*script: bytes | Say) -> Iterator[RawBank]:
    """Open such a bank on a free port."""
    listener = socket.create_server(("127.0.0.1", 0))
    bank = RawBank(listener.getsockname()[1], list(script) or [answer()])
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.settimeout(2)
                heard = _request(connection)
                if not heard:
                    continue
                bank.heard.append(heard)
                said = bank.script.pop(0) if len(bank.script) > 1 else bank.script[0]
                connection.sendall(said) if isinstance(said, bytes) else said(connection)

    server = threading.Thread(target=serve)
    server.start()
    try:
        yield bank
    finally:
        over.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        server.join(5)


@dataclass
class Elsewhere:
    """Places that no call may ever reach."""

    listeners: list[socket.socket]

    @property
    def ports(self) -> list[int]:
        return [each.getsockname()[1] for each in self.listeners]

    def visits(self) -> int:
        """How many connections came in."""
        found = 0
        for each in self.listeners:
            with suppress(BlockingIOError):
                each.accept()[0].close()
                found += 1
        return found


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """Listen on other ports and other addresses of this machine."""
    hosts = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")]
    listeners = []
    for family, host in hosts:
        with suppress(OSError):
            listeners.append(socket.create_server((host, 0), family=family))
    for each in listeners:
        each.setblocking(False)
    try:
        yield Elsewhere(listeners)
    finally:
        for each in listeners:
            each.close()


def _request(connection: socket.socket) -> bytes:
    """Read one request, its body too when it says how long that is."""
    heard = b""
    while b"\r\n\r\n" not in heard:
        piece = connection.recv(65536)
        if not piece:
            return heard
        heard += piece
    head, _, body = heard.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        ),
        0,
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
