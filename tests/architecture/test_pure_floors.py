"""The pure floors hold no float where money and law live, read no clock, and know no yearly figure."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "psd2_affordability"
EXACT = ("core", "rulebook", "jurisdictions")
PURE = ("core", "rulebook", "ledger", "categorise", "assess", "jurisdictions")
CLOCKS = {"today", "now", "utcnow", "time", "monotonic", "time_ns", "perf_counter"}
CLOCK_OWNERS = {"date", "datetime", "time"}


def modules(*floors: str) -> list[Path]:
    return [path for floor in floors for path in sorted((SOURCE / floor).rglob("*.py"))]


def shown(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", modules(*EXACT), ids=shown)
def test_no_float_where_money_and_law_are_computed(path: Path) -> None:
    likeness = {
        id(node.value) for node in nodes(path) if isinstance(node, ast.keyword) and node.arg == "cutoff"
    }
    for node in nodes(path):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        name = isinstance(node, ast.Name) and node.id == "float"
        assert not literal or id(node) in likeness, f"{shown(path)}: a float literal"
        assert not name, f"{shown(path)}: the name float"


@pytest.mark.parametrize("path", modules(*PURE), ids=shown)
def test_no_clock_below_the_use_cases(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            asks = node.func.attr in CLOCKS and owner in CLOCK_OWNERS
            assert not asks, f"{shown(path)}: {owner}.{node.func.attr}()"


@pytest.mark.parametrize("path", modules(*PURE), ids=shown)
def test_no_disk_no_environment_below_the_use_cases(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [alias.name for alias in node.names]
            source = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            assert not {"os", "pathlib", "socket", "subprocess"} & {*names, source}, shown(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "open", shown(path)


def figures() -> set[str]:
    """Every number of three digits or more, or with decimals, in a rule file; powers of ten are units."""
    found: set[str] = set()
    for file in sorted((ROOT / "rules").glob("*/law/*.toml")):
        text = re.sub(r'"[^"]*"|#.*|\d{4}-\d{2}-\d{2}', "", file.read_text(encoding="utf-8"))
        found |= set(re.findall(r"\d+\.\d+|\d{3,}", text))
    return {number for number in found if not re.fullmatch(r"10+", number)}


def amounts() -> set[str]:
    """The figures that nobody writes by chance: tens with cents, or four digits and not round."""
    return {number for number in figures() if re.fullmatch(r"\d{2,}\.\d\d|\d{2,}(?!00)\d\d", number)}


def years(path: Path) -> set[str]:
    """The years of the days that a table of formulas starts on."""
    return {
        str(argument.value)
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "date"
        for argument in node.args[:1]
        if isinstance(argument, ast.Constant)
    }


def constants(path: Path) -> set[str]:
    """Every number written in a module, also one that is written as a text."""
    found = {node.value for node in nodes(path) if isinstance(node, ast.Constant)}
    return {str(value) for value in found if isinstance(value, (int, float, str))} - years(path)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=shown)
def test_no_amount_of_the_law_stands_anywhere_in_the_code(path: Path) -> None:
    assert not constants(path) & amounts(), shown(path)


@pytest.mark.parametrize("path", modules("jurisdictions"), ids=shown)
def test_no_yearly_figure_stands_in_the_code(path: Path) -> None:
    text = re.sub(r"date\([^)]*\)", "", path.read_text(encoding="utf-8"))
    numbers = set(re.findall(r"(?<![\w.])\d[\d_]*\.?\d*", text))
    written = {number.replace("_", "").rstrip(".") for number in numbers}

    assert not written & figures(), shown(path)


def test_the_rule_files_hold_figures_to_look_for() -> None:
    assert {"2208.48", "932.93", "2119"} <= figures()
