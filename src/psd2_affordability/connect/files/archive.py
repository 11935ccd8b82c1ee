"""Archives of statement files: every member is read as if it had been given by itself."""

import gzip
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import IO

from psd2_affordability.connect.files.text import clean
from psd2_affordability.core.errors import BrokenFile, UnknownFormat

#: Bounds on what an archive may hold; years of every account of a person stay far below them.
MOST_BYTES = 256 << 20
MOST_MEMBERS = 2_000

#: What a statement may shrink to; only something made to be a bomb shrinks further.
MOST_RATIO = 500
_RATIO_COUNTS_FROM = 8 << 20

_CHUNK = 1 << 20
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OFFICE = ("[Content_Types].xml", "mimetype")
_DO = "Unpack it yourself and name the statement files in it"


def is_archive(content: bytes) -> bool:
    """Whether the content is a ZIP or gzip archive."""
    return content.startswith((_ZIP, _GZIP))


def members(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Unpack an archive in memory: name and content of each file in it.

    A member is called `archive/member`, and its name is used for nothing else. Files that start
    with a dot, such as those a computer adds of itself, are left out.

    Raises:
        BrokenFile: it is damaged, locked with a password, or larger than any person's statements.
        UnknownFormat: it is an office document.
    """
    if content.startswith(_GZIP):
        yield name, _gunzipped(name, content)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from _members(name, archive, len(content))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OverflowError,
        ValueError,
    ) as error:
        raise BrokenFile("the ZIP archive is damaged", where=name, do=_DO) from error


def _members(name: str, archive: zipfile.ZipFile, packed: int) -> Iterator[tuple[str, bytes]]:
    files = [info for info in archive.infolist() if not info.is_dir()]
    if any(info.filename in _OFFICE for info in files):
        raise UnknownFormat(
            "this looks like an office document, which is no statement format that we read",
            where=name,
            do="Export the statement as CSV, MT940 or camt.053",
        )
    if len(files) > MOST_MEMBERS:
        raise BrokenFile(f"the archive holds more than {MOST_MEMBERS} files", where=name, do=_DO)
    left = min(MOST_BYTES, max(packed * MOST_RATIO, _RATIO_COUNTS_FROM))
    times: Counter[str] = Counter()
    for info in files:
        if _is_hidden(info.filename):
            continue
        called = f"{name}/{clean(info.filename)[:200]}"
        times[called] += 1
        if times[called] > 1:
            called = f"{called} ({times[called]})"
        if info.flag_bits & 1:
            raise BrokenFile("the file in the archive is locked with a password", where=called, do=_DO)
        if info.compress_type not in _PACKED:
            raise BrokenFile("the file in the archive is packed in an unusual way", where=called, do=_DO)
        with archive.open(info) as packed_file:
            unpacked = _read(packed_file, left, called)
        left -= len(unpacked)
        yield called, unpacked


def _is_hidden(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return parts[0] == "__MACOSX" or parts[-1].startswith(".")


def _gunzipped(name: str, content: bytes) -> bytes:
    left = min(MOST_BYTES, max(len(content) * MOST_RATIO, _RATIO_COUNTS_FROM))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed_file:
            return _read(packed_file, left, name)
    except (OSError, EOFError, zlib.error) as error:
        raise BrokenFile("the gzip archive is damaged", where=name, do=_DO) from error


def _read(packed_file: IO[bytes] | gzip.GzipFile, left: int, name: str) -> bytes:
    """Unpack piece by piece, and stop as soon as it is too much."""
    pieces: list[bytes] = []
    size = 0
    while piece := packed_file.read(_CHUNK):
        size += len(piece)
        if size > left:
            raise BrokenFile("the archive unpacks to more than any statement", where=name, do=_DO)
        pieces.append(piece)
    return b"".join(pieces)
