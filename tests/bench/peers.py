"""Libraries that cannot live in our environment, each measured in one of its own on the same file."""

import subprocess
import tempfile
from functools import cache
from pathlib import Path

_TOOLS = Path(__file__).resolve().parents[2] / ".tools"
_TIMED = """
import sys, time
{imports}
best = min(({work}, time.perf_counter() - start)[1] for _ in range(3) for start in [time.perf_counter()])
print(best)
"""


def seconds(package: str, imports: str, work: str, content: bytes) -> float | None:
    """Return the seconds of the fastest of three runs; None where the library cannot be installed.

    Args:
        package: what to install.
        imports: the import line.
        work: an expression; the file's path is `sys.argv[1]`.
        content: of the file.
    """
    python = _environment(package)
    if python is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "statement.xml"
        file.write_bytes(content)
        script = _TIMED.format(imports=imports, work=work)
        told = subprocess.run(
            [str(python), "-c", script, str(file)], check=False, capture_output=True, text=True
        )
    return float(told.stdout.split()[-1]) if told.returncode == 0 else None


@cache
def _environment(package: str) -> Path | None:
    folder = _TOOLS / f"peer-{package}"
    python = folder / "bin" / "python"
    uv = str(_TOOLS / "bin" / "uv")
    if not python.exists():
        made = subprocess.run([uv, "venv", "-q", str(folder)], check=False).returncode == 0
        if not made:
            return None
    install = [uv, "pip", "install", "-q", "--python", str(python), package]
    return python if subprocess.run(install, check=False, capture_output=True).returncode == 0 else None
