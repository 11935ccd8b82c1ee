"""Texts as paths, for a TLS library that takes a certificate and its key by path alone."""

import atexit
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def as_files(*texts: bytes) -> Iterator[tuple[str, ...]]:
    """Give each text a path for as long as a block lasts: in memory where the system can, else on disk.

    On disk it is a folder that only this user can open, removed afterwards.
    """
    with ExitStack() as held:
        yield tuple(held.enter_context(_as_file(text)) for text in texts)


def held_as_file(text: bytes) -> str:
    """Give a text a path for as long as this process lasts, such as our certificate at a bank."""
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
