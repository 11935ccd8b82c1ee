"""Runs a web application on this machine, for as long as a block of code lasts."""

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn

from psd2_affordability.core.errors import UsageError

HOST = "127.0.0.1"
_START_SECONDS = 10.0


@contextmanager
def serve_in_thread(app: Any, port: int = 0) -> Iterator[str]:
    """Serve an ASGI application on a loopback port and give its base URL.

    Args:
        app: the application.
        port: 0 for any that is free.

    Raises:
        UsageError: the port is taken.
    """
    with listening(port) as listener:
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="critical",
            access_log=False,
            ws="none",
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            _wait(server, thread)
            yield _url(listener)
        finally:
            server.should_exit = True
            thread.join(_START_SECONDS)


def serve(app: Any, port: int, *, ready: Callable[[str], None]) -> None:
    """Serve an ASGI application on a loopback port until the process is told to stop.

    Args:
        app: the application.
        port: 0 for any that is free.
        ready: told the base URL once the port is open.

    Raises:
        UsageError: the port is taken.
    """
    with listening(port) as listener:
        ready(_url(listener))
        config = uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=1)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # both ways to stop it clean up alike
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def listening(port: int) -> socket.socket:
    """Open a loopback port.

    Raises:
        UsageError: the port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named: sends at once
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listener.close()
        why = str(error).rstrip(".")
        raise UsageError(f"port {port} cannot be used: {why}", do="Choose another with --port") from None
    listener.listen(128)
    return listener


def _url(listener: socket.socket) -> str:
    return f"http://{HOST}:{listener.getsockname()[1]}"


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    until = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > until:
            raise UsageError("the application did not start", do="Run it in the foreground to see why")
        time.sleep(0.005)
