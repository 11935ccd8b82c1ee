"""Programs of others that run on Node: installed once, outside the project, where there is Node."""

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest


def node_modules(package: str, *, seconds: float) -> Path:
    """Return the folder with a package, from the cache or installed into it now; skip where that fails.

    Args:
        package: name and exact version, such as `oidc-provider@9.13.3`.
        seconds: how long installing it may take.
    """
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("node and npm are not there")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "psd2-affordability-tests"
    folder = cache / package.lstrip("@").replace("@", "-").replace("/", "-")
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=cache, ignore_cleanup_errors=True) as made:
            command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", made]
            try:
                subprocess.run([*command, package], check=True, capture_output=True, timeout=seconds)
            except (subprocess.SubprocessError, OSError):
                pytest.skip(f"{package} could not be installed")
            with suppress(OSError):  # another run was faster
                Path(made).rename(folder)
    return folder
