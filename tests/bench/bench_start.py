"""How long the command line takes to say what it can do."""

import subprocess
import sys

from measure import Measurement, best_of


def run() -> list[Measurement]:
    """Time `--help` as a whole process, beside a bare interpreter start."""
    command = [sys.executable, "-m", "psd2_affordability", "--help"]
    ours = best_of(7, lambda: subprocess.run(command, check=True, capture_output=True))
    bare = best_of(7, lambda: subprocess.run([sys.executable, "-c", "pass"], check=True, capture_output=True))
    return [
        Measurement(
            "`psd2-affordability --help`", ours * 1000, "ms", 300, False, "bare interpreter", bare * 1000
        )
    ]
