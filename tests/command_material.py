"""Running the command line as a stranger does: a process of its own, in a home of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]

STATEMENT = """:20:STATEMENT
:25:NL13TEST0123456789EUR
:28C:1
:60F:C260901EUR1000,00
:61:2609020902D620,10NDDTNONREF
:86:/BENM//NAME/Woonstichting De Haven/REMI/Huur september
:61:2609240924C1348,49NTRFNONREF
:86:/ORDP//NAME/Gemeente Utrecht/REMI/Uitkering Participatiewet september
:62F:C260930EUR1728,39
-
"""


def in_a_home(folder: Path) -> Run:
    """Return what runs the command in a folder and checks its exit status; it never shows a traceback."""
    home = folder / "home"
    home.mkdir()
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}

    def command(*arguments: object, expect: int = 0) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-m", "psd2_affordability", *map(str, arguments)],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == expect, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    return command
