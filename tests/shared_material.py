"""Where recorded bank samples and official API descriptions are, when this machine has them."""

import os
from pathlib import Path


def _folder(name: str) -> Path | None:
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("PSD2_AFFORDABILITY_SHARED", beside)) / name
    return folder if folder.is_dir() else None


def samples() -> Path | None:
    """The recorded samples, or None on a machine without them."""
    return _folder("samples")


def specs() -> Path | None:
    """The official API descriptions, or None on a machine without them."""
    return _folder("specs")
