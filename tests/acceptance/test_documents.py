"""The documents say what is so: commands run, outputs are the real ones, links lead somewhere."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
DOCUMENTS = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
OURS = "psd2-affordability "


def _examples():
    for document in DOCUMENTS:
        for block in re.findall(r"```console\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL):
            for command, output in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
                if command.startswith(OURS):
                    yield pytest.param(command, output.strip(), id=f"{document.name}: {command}")


@pytest.mark.parametrize(("command", "shown"), list(_examples()))
def test_a_documented_command_prints_what_the_document_shows(command, shown, tmp_path):
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    arguments = shlex.split(command.removeprefix(OURS))
    done = subprocess.run(
        [sys.executable, "-m", "psd2_affordability", *arguments],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    printed = (done.stdout + done.stderr).strip()

    assert "Traceback" not in printed
    if shown:
        for line in shown.splitlines():
            assert line.strip() in {"...", ""} or line.strip() in printed, printed
    else:
        assert done.returncode == 0, printed


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_every_link_inside_the_project_leads_somewhere(document):
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target
