"""Texts as paths, for a TLS library that takes a certificate and its key by path alone."""

import atexit
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


def held_as_file(text: bytes) -> str:
    """Give a text a path for as long as this process lasts: in memory where the system can, else on disk.

    On disk it is in a folder that only this user can open, removed afterwards.
    """
    held = ExitStack()
    atexit.register(held.close)
    return held.enter_context(_as_file(text))


@contextmanager
def _as_file(text: bytes) -> Iterator[str]:
    if hasattr(os, "memfd_create"):
        with os.fdopen(os.memfd_create("pem"), "wb") as memory:
            memory.write(text)
            memory.flush()
            yield f"/proc/self/fd/{memory.fileno()}"
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "text.pem"
        path.write_bytes(text)
        yield str(path)
