"""Every leaf is fully described, mapped to other taxonomies, and listed in the guide."""

from pathlib import Path

import pytest

from psd2_affordability._data import data_files
from psd2_affordability.categorise.knowledge import Knowledge, load_knowledge
from psd2_affordability.core.errors import RuleFileError

_GUIDE = Path(__file__).parents[3] / "docs/categories.md"
_TAXONOMY = "nl/categories/taxonomy.toml"
_NIBUD = "nl/categories/mappings/nibud.toml"


@pytest.mark.parametrize("name", ["nibud", "plaid_pfc_v2", "coicop_2018"])
def test_every_leaf_has_a_foreign_code_or_a_reason_why_not(knowledge: Knowledge, name: str) -> None:
    mapping = knowledge.mappings[name]
    assert set(mapping.codes) == set(knowledge.taxonomy)
    assert all(bool(code) != (leaf in mapping.reasons) for leaf, code in mapping.codes.items())


def test_the_budget_of_a_leaf_is_its_groups_unless_said_otherwise(knowledge: Knowledge) -> None:
    leaves = knowledge.taxonomy
    assert leaves["wonen.huur"].budget == "fixed"
    assert leaves["huishouden.kleding"].budget == "reserve"
    assert leaves["huishouden.boodschappen"].budget == "household"
    assert leaves["schuld.lening"].budget == "fixed"
    assert leaves["inkomen.loon"].budget == leaves["schuld.cjib"].budget == "none"


def test_a_finer_leaf_names_the_leaf_it_was_taken_out_of(knowledge: Knowledge) -> None:
    parts = {leaf.code: leaf.part_of for leaf in knowledge.taxonomy.values() if leaf.part_of}
    assert parts["schuld.toeslag_terug_zorg"] == "schuld.toeslag_terugvordering"
    assert parts["schuld.kredietbank"] == "schuld.lening"
    assert set(parts.values()) <= set(knowledge.taxonomy)


@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        (_TAXONOMY, 'party = "employer"', 'party = "boss"', "unknown party 'boss'"),
        (_TAXONOMY, 'signal = "bnpl"', 'signal = "loud"', "unknown signal 'loud'"),
        (_TAXONOMY, 'part_of = "zorg.cak"', 'part_of = "zorg.cok"', "unknown category 'zorg.cok'"),
        (_TAXONOMY, 'part_of = "zorg.cak"', 'part_of = "schuld.kredietbank"', "part of a part"),
        (_NIBUD, '  { leaf = "inkomen.loon", code = "inkomen" },\n', "", "'inkomen.loon' is not mapped"),
        (_NIBUD, '"inkomen.loon", code', '"inkomen.aow", code', "'inkomen.aow' is listed twice"),
        (_NIBUD, '"inkomen.loon", code', '"inkomen.goud", code', "not in the taxonomy"),
        (_NIBUD, 'leaf = "inkomen.loon", code = "inkomen"', 'leaf = "inkomen.loon"', "either a code or"),
        (_NIBUD, 'grade = "derived"', 'grade = "sure"', "grade 'sure' is unknown"),
    ],
)
def test_a_faulty_leaf_or_mapping_is_refused(path: str, old: str, new: str, says: str) -> None:
    files = data_files("rules")
    text = files[path].decode()
    assert old in text
    with pytest.raises(RuleFileError) as refused:
        load_knowledge(files | {path: text.replace(old, new, 1).encode()})
    assert says in str(refused.value)


def test_the_guide_lists_every_leaf_as_the_taxonomy_has_it(knowledge: Knowledge) -> None:
    guide = _GUIDE.read_text(encoding="utf-8")
    for leaf in knowledge.taxonomy.values():
        marks = " ".join(
            word for word in ("essential", "floor", "one_off", "allowance") if getattr(leaf, word)
        )
        row = f"| `{leaf.code}` | {leaf.nl} | {leaf.en} | {leaf.budget} | {leaf.party} | {leaf.signal} |"
        assert f"{row} {marks} |".replace("  ", " ") in guide.replace("  ", " "), leaf.code
