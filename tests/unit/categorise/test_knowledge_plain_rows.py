"""The quick reader of knowledge reads what a TOML parser reads, and leaves the rest to one."""

import tomllib

import pytest

from psd2_affordability._data import data_files
from psd2_affordability.categorise.plain_rows import parse_rows_file
from psd2_affordability.core.errors import RuleFileError

_FILES = {path: text for path, text in data_files("rules").items() if path.startswith("nl/categories/")}


@pytest.mark.parametrize("path", [path for path in _FILES if path.endswith(".toml")])
def test_every_shipped_file_reads_as_toml_does(path: str) -> None:
    assert parse_rows_file(_FILES[path], path) == tomllib.loads(_FILES[path].decode())


@pytest.mark.parametrize(
    "text",
    [
        'a = "x"\n[b]\nc   = { d = 1, e = ["f", "g, h = \'i\'"] }\n',
        'rows = [\n  # why\n\n  { a = "b, c = d", on = 2026-03-02, sure = true },\n]\n',
        'rows = [\n  { a = "\\u00e9" },\n]\n',
        'rows = [ { a = 1.5 } ]\nlong = """two\nlines"""\n',
        "[a]\n[a.b]\nc = 1\n",
    ],
)
def test_plain_and_other_toml_read_the_same(text: str) -> None:
    assert parse_rows_file(text.encode(), "x.toml") == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        'rows = [\n  { a = "b", a = "c" },\n]\n',
        'a = "x"\na = "y"\n',
        "[a]\n[a]\n",
        "rows = [\n  { a = 2026-13-45 },\n]\n",
        'rows = [\n  { a = "b" },\n',
    ],
)
def test_what_is_no_toml_is_refused(text: str) -> None:
    with pytest.raises(RuleFileError, match="not a TOML file"):
        parse_rows_file(text.encode(), "x.toml")
