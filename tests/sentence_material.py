"""Every pair of English and Dutch sentences that the product can say, and what makes one plain."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psd2_affordability
from psd2_affordability._data import data_files
from psd2_affordability.sandbox.people import load_people
from psd2_affordability.service.told import dutch
from psd2_affordability.service.wording import _WORDS

SOURCE = Path(psd2_affordability.__file__).parent
#: Functions that say something in both languages: where the English sentence stands among their arguments.
_SAYING = {
    "reason": 1,
    "filled": 1,
    "indicator": 3,
    "not_known": 2,
    "step": 1,
    "nothing": 1,
    "About": 1,
    "then": 3,
    "in_both": 0,
    "_worked_out": 0,
}
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Pair:
    """An English and a Dutch template; `where` is the file and line."""

    where: str
    english: str
    dutch: str
    legal: bool = False


def places(template: str) -> set[str]:
    """Names of the facts that a template is filled with."""
    return set(_PLACE.findall(template))


def pairs() -> list[Pair]:
    """Every pair of sentences in the code and in the fixed texts."""
    found = [pair for path in sorted(SOURCE.rglob("*.py")) for pair in _in_code(path)]
    for path in sorted(SOURCE.rglob("words.toml")):
        texts = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [Pair(f"{path.parent.name}/{path.name} {key}", *pair) for key, pair in texts.items()]
    found += [Pair(f"told.toml {english}", english, translated) for english, translated in dutch().items()]
    people = load_people(data_files("sandbox_fixtures")).values()
    found += [Pair(f"sandbox_fixtures {each.name}", each.says, each.says_nl) for each in people]
    found += [Pair(f"wording.py {key}", *pair) for key, pair in _WORDS.items()]
    return found


def _in_code(path: Path) -> Iterator[Pair]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    where = path.relative_to(SOURCE)
    legal = where.parts[0] == "jurisdictions"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = _SAYING.get(name)
            said = [] if first is None else [_texts(one) for one in node.args[first : first + 2]]
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
            said = [_texts(one) for one in node.elts]
            said = said if all(text.endswith((".", "?")) for texts in said for text in texts) else []
        else:
            continue
        if len(said) == 2 and len(said[0]) == len(said[1]):
            for english, dutch in zip(*said, strict=True):
                yield Pair(f"{where}:{node.lineno}", english, dutch, legal=legal)


def _texts(node: ast.expr) -> list[str]:
    """The texts that an expression can give; what is put in between stands as one word."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=otherwise):
            return [*(_texts(body) or ["{_}"]), *(_texts(otherwise) or ["{_}"])]
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return [f"{one}{other}" for one in _texts(left) for other in _texts(right) or ["{_}"]]
        case ast.JoinedStr(values=values):
            return ["".join(one.value if isinstance(one, ast.Constant) else "{_}" for one in values)]
    return []


def sentences(template: str) -> list[str]:
    """Split in what is read in one breath; what stands after a colon or a semicolon is another."""
    return [one.strip() for one in re.split(r"(?<=[.?!:;])\s+", template) if one.strip()]


def words(sentence: str) -> list[str]:
    """The words of a sentence; a filled-in fact is one."""
    return re.findall(r"[\w'{}-]+", sentence)
