"""Labels that people gave, and what each means in our categories."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from psd2_affordability.categorise.taxonomy import UNKNOWN, Leaf
from psd2_affordability.core.errors import LabelsError
from psd2_affordability.core.toml_table import parse_toml

_KEYS = {"labels", "leave_out"}


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The labels that a file may use.

    Attributes:
        means: each label, and the categories that it allows: an answer is right when it is one of them.
        names: each label, and the categories that it names itself, without the parts of a broad one.
        left_out: labels whose rows are not judged.
    """

    means: Mapping[str, frozenset[str]]
    names: Mapping[str, tuple[str, ...]]
    left_out: frozenset[str] = frozenset()

    def why_not(self, label: str) -> str | None:
        """Say what to write instead of a label that is not known; None for one that is."""
        if label in self.means or label in self.left_out:
            return None
        return _nearest(label, (*self.means, *self.left_out))


def own_labels(taxonomy: Mapping[str, Leaf]) -> LabelSet:
    """Take our own categories, and their families, as the labels; a broad one allows its parts."""
    names: dict[str, tuple[str, ...]] = {code: (code,) for code in taxonomy}
    names |= {family: _family(family, taxonomy) for family in _families(taxonomy)}
    return _label_set(names, taxonomy)


def with_parts(code: str, taxonomy: Mapping[str, Leaf]) -> tuple[str, ...]:
    """Return a category and those that were taken out of it."""
    return (code, *(leaf.code for leaf in taxonomy.values() if leaf.part_of == code))


def read_mapping(content: bytes, where: str, taxonomy: Mapping[str, Leaf]) -> LabelSet:
    """Read the file that says what the labels of somebody else mean.

    Raises:
        LabelsError: an unknown key, or a category or family that the taxonomy does not have.
    """
    told = parse_toml(content, where, LabelsError)
    if unknown := set(told) - _KEYS:
        raise LabelsError(
            f"the key '{min(unknown)}' is unknown here", where=where, do="There are: labels, leave_out"
        )
    listed, left_out = told.get("labels", {}), told.get("leave_out", [])
    if not isinstance(listed, dict) or not listed:
        raise LabelsError("the table [labels] is missing or empty", where=where)
    if not isinstance(left_out, list) or not all(isinstance(label, str) for label in left_out):
        raise LabelsError("'leave_out' is not a list of labels", where=where)
    if twice := set(left_out) & set(listed):
        raise LabelsError(f"'{min(twice)}' has a meaning and is left out too", where=where)
    names = {label: _named(label, codes, where, taxonomy) for label, codes in listed.items()}
    return _label_set(names, taxonomy, frozenset(left_out))


def _label_set(
    names: Mapping[str, tuple[str, ...]],
    taxonomy: Mapping[str, Leaf],
    left_out: frozenset[str] = frozenset(),
) -> LabelSet:
    means = {
        label: frozenset(part for code in codes for part in with_parts(code, taxonomy))
        for label, codes in names.items()
    }
    return LabelSet(means, names, left_out)


def _named(label: str, codes: object, where: str, taxonomy: Mapping[str, Leaf]) -> tuple[str, ...]:
    if not isinstance(codes, list) or not codes:
        raise LabelsError(
            f"'{label}' does not list categories", where=where, do="To skip it, name it in leave_out"
        )
    families = _families(taxonomy)
    found: list[str] = []
    for code in codes:
        if code in taxonomy:
            found.append(code)
        elif code in families:
            found += _family(code, taxonomy)
        else:
            hint = _nearest(str(code), (*taxonomy, *families))
            raise LabelsError(f"'{label}' names '{code}', which is no category", where=where, do=hint)
    return tuple(dict.fromkeys(found))


def _families(taxonomy: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.partition(".")[0] for code in taxonomy if code != UNKNOWN))


def _family(family: str, taxonomy: Iterable[str]) -> tuple[str, ...]:
    return tuple(code for code in taxonomy if code.startswith(family + "."))


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(known)}"
