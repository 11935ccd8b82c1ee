"""Sealed labelled sets: each look needs a reason, and is written down before anything is shown.

A file is sealed when a `*.sha256` beside it lists it. The looks stand in `looks.toml` beside both.
"""

import json
import os
import tomllib
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from psd2_affordability.core.errors import SealedSet

LOOKS = "looks.toml"
#: Who wrote an entry; one written by hand names a person.
_BY = "psd2-affordability evaluate"
#: A list without looks, which no entry can be appended to.
_NONE_YET = "look = []"
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a sealed set.

    Attributes:
        on: the day.
        why: the reason.
        sha256: of the file looked at.
        knowledge_sha256: of the knowledge it was judged with.
        engine: version of the engine.
    """

    on: date
    why: str
    sha256: str
    knowledge_sha256: str
    engine: str


def is_sealed(path: Path, content: bytes) -> bool:
    """Tell whether a file is sealed.

    Raises:
        SealedSet: its name is on a seal, but its content is not what was sealed.
    """
    digest, named = sha256(content).hexdigest(), False
    for seal in sorted(path.absolute().parent.glob("*.sha256")):
        for line in seal.read_text(encoding="utf-8").splitlines():
            listed, _, name = line.strip().partition(" ")
            if listed.lower() == digest:
                return True
            named |= _is_digest(listed.lower()) and name.strip().lstrip("*") == path.name
    if named:
        raise SealedSet("the file is not the one that was sealed", where=str(path), do="Restore it")
    return False


def check_reason(path: Path, reason: str) -> None:
    """Refuse a look without a reason.

    Raises:
        SealedSet: there is none, or it does not fit on a line.
    """
    if not reason.strip():
        raise SealedSet(
            "this set is sealed, so that nothing is tuned on it",
            where=str(path),
            do=f'To look all the same, say why with --look "reason"; it is written in {LOOKS}',
        )
    if not reason.isprintable():
        raise SealedSet("the reason does not fit on one line", where=str(path))


def write_down(path: Path, look: Look) -> None:
    """Append a look to the list beside the file, and wait until the disk has it.

    Raises:
        SealedSet: it cannot be written, so nothing may be shown.
    """
    fields = {
        "why": look.why.strip(),
        "by": _BY,
        "sha256": look.sha256,
        "knowledge_sha256": look.knowledge_sha256,
        "engine": look.engine,
    }
    told = [f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in fields.items()]
    entry = "\n".join(["[[look]]", f"on = {look.on.isoformat()}", *told, ""])
    looks = path.absolute().parent / LOOKS
    try:
        before = looks.read_text(encoding="utf-8") if looks.exists() else ""
        kept = [line for line in before.splitlines() if line.strip() != _NONE_YET]
        after = "\n".join([*kept, "", entry]).lstrip("\n")
        tomllib.loads(after)
        _write(looks, after)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else "") or "it cannot be read as it stands"
        raise SealedSet(f"the look cannot be written down ({why})", where=str(looks)) from error


def _write(path: Path, text: str) -> None:
    """Replace a file in one step, and wait until the disk has it."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as written:
        written.write(text)
        written.flush()
        os.fsync(written.fileno())
    beside.replace(path)


def _is_digest(text: str) -> bool:
    return len(text) == 64 and _HEX.issuperset(text)
