"""Statement files from disk: named ones must be readable, a folder may hold other things too."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from psd2_affordability.connect.files.read import merge, parse
from psd2_affordability.connect.files.text import clean
from psd2_affordability.connect.result import Received, Rejected
from psd2_affordability.connect.saved import read_saved
from psd2_affordability.core.errors import InputError, UnknownFormat

if TYPE_CHECKING:
    from psd2_affordability.connect.files.statement import Parsed
    from psd2_affordability.connect.registry import Bank

#: Larger is no statement of a person: years of a busy account take a few megabytes.
LARGEST_FILE = 256 << 20
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class _Found:
    """A file to read, and whether the user named it or a folder holds it."""

    path: Path
    named: bool


def read_paths(
    paths: Sequence[Path],
    progress: Callable[[int, int], object] | None = None,
    *,
    bank: "Bank | None" = None,
) -> Received:
    """Read statement files and folders of them, merged.

    A file that was named must be a statement; one that a folder holds and that is none is
    listed as rejected and does not stop the others.

    Args:
        paths: files and folders.
        progress: told after each file how many are done, and of how many.
        bank: whose saved answers the JSON files are, in archives too; without it JSON is no statement.

    Raises:
        InputError: nothing there to read, or a named file that cannot be read whole.
    """
    found = _find(paths)
    saved = partial(read_saved, bank=bank) if bank else None
    refused: list[Rejected] = []
    read: list[Parsed] = []
    for done, file in enumerate(found, start=1):
        try:
            read.append(parse(str(file.path), _content(file.path), saved))
        except InputError as error:
            if file.named:
                raise
            refused.append(Rejected(error.where, error.what, lost=not isinstance(error, UnknownFormat)))
        if progress is not None:
            progress(done, len(found))
    if not read:
        raise InputError(f"no statement files in {_list(paths)}", do=_first_refusal(refused))
    received = merge(read)
    return Received(received.accounts, received.transactions, (*refused, *received.rejected))


def names_of(given: Sequence[str]) -> list[str]:
    r"""Call files that came without a folder by names that tell them apart and hold nothing hidden.

    >>> names_of(["C:\\mine\\mei.sta", "mei.sta", "", "mei.sta (2)"])
    ['mei.sta', 'mei.sta (2)', 'file 3', 'mei.sta (2) (4)']
    """
    names: list[str] = []
    for number, name in enumerate(given, start=1):
        plain = clean(name.replace("\\", "/").rpartition("/")[2])[:_LONGEST_NAME] or f"file {number}"
        called, times = plain, number
        while called in names:
            called, times = f"{plain} ({times})", times + 1
        names.append(called)
    return names


def is_finding(received: Received) -> bool:
    """Whether somebody should look: an account does not add up, or something may be missing."""
    unproven = any(account.proven is False for account in received.accounts)
    return unproven or any(rejected.lost for rejected in received.rejected)


def _first_refusal(refused: Sequence[Rejected]) -> str:
    return f"The first of {len(refused)} files: {refused[0].where}: {refused[0].why}" if refused else ""


def _find(paths: Sequence[Path]) -> list[_Found]:
    """List the files once each, in the order of the paths, sorted within a folder."""
    found: dict[Path, _Found] = {}
    for path in paths:
        if path.is_dir():
            for inside in sorted(_inside(path)):
                found.setdefault(inside.resolve(), _Found(inside, named=False))
        elif path.exists():
            found[path.resolve()] = _Found(path, named=True)
        else:
            raise InputError("there is no such file or folder", where=str(path))
    if not found:
        raise InputError(
            f"no statement files in {_list(paths)}", do="Name a file or a folder that holds some"
        )
    return list(found.values())


def _inside(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            limit = f"{LARGEST_FILE >> 20} MB"
            raise InputError(
                f"the file is larger than {limit}", where=str(path), do="Export a shorter period"
            )
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise InputError(f"the file cannot be read ({why})", where=str(path)) from error


def _list(paths: Sequence[Path]) -> str:
    return ", ".join(str(path) for path in paths)
