"""The project as a whole: what travels with it, what it does not say."""

import re
import subprocess
import tomllib
from pathlib import Path

import psd2_affordability
from psd2_affordability._data import data_files, data_folder

CHECKOUT = Path(__file__).resolve().parents[2]


def _texts():
    listed = subprocess.run(["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    names = listed.stdout.split() or [
        path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "src").rglob("*.py")
    ]
    for name in names:
        path = CHECKOUT / name
        if path.suffix in {".py", ".toml", ".md", ".html", ".css", ".yaml", ".json"} and path.is_file():
            yield name, path.read_text(encoding="utf-8")


def test_no_file_names_a_folder_of_somebodys_machine():
    machine_path = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w")

    for name, text in _texts():
        assert not machine_path.search(text), name


def test_no_bearer_token_or_private_key_stands_in_a_file():
    secret = re.compile(r"Bearer [A-Za-z0-9._-]{25,}|BEGIN [A-Z ]*PRIVATE KEY|eyJ[A-Za-z0-9_-]{20,}\.")

    for name, text in _texts():
        assert not secret.search(text), name


def test_the_data_folders_are_found_and_hold_no_code():
    for folder in ("rules", "connectors", "sandbox_fixtures"):
        assert data_files(folder)
        assert not list(data_folder(folder).rglob("*.py"))


def test_the_wheel_carries_every_data_folder():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

    assert set(carried) == {"rules", "connectors", "sandbox_fixtures"}
    assert set(carried.values()) == {f"psd2_affordability/_data/{name}" for name in carried}


def test_the_changelog_has_a_heading_for_this_version():
    changelog = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f"## {psd2_affordability.__version__}" in changelog


def test_no_module_has_grown_past_what_a_reader_can_hold():
    long = {
        path.relative_to(CHECKOUT).as_posix(): lines
        for path in (CHECKOUT / "src").rglob("*.py")
        if (lines := path.read_text(encoding="utf-8").count("\n")) > 420
    }

    assert not long
