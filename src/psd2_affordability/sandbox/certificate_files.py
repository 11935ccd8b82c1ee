"""Test certificates as files in a folder."""

import os
from datetime import datetime
from pathlib import Path

from psd2_affordability.core.errors import UsageError
from psd2_affordability.sandbox.authority import set_for_tests


def write_test_certificates(folder: Path, now: datetime) -> list[Path]:
    """Write a full set of test certificates and keys that only this user can read, and return the files.

    Raises:
        UsageError: a file is there already, or the folder cannot be written to; nothing is overwritten.
    """
    files = {folder / name: content for name, content in set_for_tests(now).items()}
    for path in files:
        if os.path.lexists(path):
            raise UsageError(
                "there is a file already", where=str(path), do="Choose another folder with --out"
            )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path, content in files.items():
            _write(path, content)
    except OSError as error:
        why = error.strerror or "refused"
        raise UsageError(
            f"cannot be written: {why}", where=str(folder), do="Choose another with --out"
        ) from None
    return list(files)


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
