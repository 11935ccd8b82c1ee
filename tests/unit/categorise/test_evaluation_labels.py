"""Labels of others, and what they mean in our categories."""

import pytest

from psd2_affordability.categorise.evaluation.judged import Judged, answers_in_categories, truth_of
from psd2_affordability.categorise.evaluation.labels import own_labels, read_mapping
from psd2_affordability.core.errors import LabelsError

MAPPING = b"""
leave_out = ["Other"]

[labels]
"Salary"     = ["inkomen.loon", "inkomen.vakantiegeld"]
"Benefits"   = ["inkomen.uitkering_ww", "inkomen.aow"]
"All income" = ["inkomen"]
"Shopping"   = ["huishouden.winkel", "huishouden.kleding"]
"""


@pytest.fixture(scope="module")
def foreign(knowledge):
    return read_mapping(MAPPING, "labels.toml", knowledge.taxonomy)


def judged(labels, given, answers):
    return Judged(truth_of(given, labels, [100] * len(given)), answers_in_categories(answers))


def test_an_answer_is_right_when_the_foreign_label_allows_it(foreign):
    found = judged(
        foreign, ["Salary", "Salary", "Shopping"], ["inkomen.vakantiegeld", "inkomen.aow", "onbekend"]
    )

    assert found.right.tolist() == [True, False, False]
    assert found.covered.tolist() == [True, True, False]


def test_a_family_stands_for_every_category_in_it(foreign, knowledge):
    income = {code for code in knowledge.taxonomy if code.startswith("inkomen.")}

    assert foreign.means["All income"] >= income
    assert all(code in income for code in foreign.names["All income"])


def test_a_wrong_answer_counts_for_the_narrowest_label_that_would_allow_it(foreign):
    found = judged(foreign, ["Salary", "Salary"], ["inkomen.aow", "schuld.cjib"])

    assert tuple(foreign.means)[found.told[0]] == "Benefits"
    assert found.told[1] == -1


def test_a_broad_category_as_label_allows_its_parts(knowledge):
    part = next(leaf for leaf in knowledge.taxonomy.values() if leaf.part_of)
    found = judged(own_labels(knowledge.taxonomy), [part.part_of, part.code], [part.code, part.part_of])

    assert found.right.tolist() == [True, False]


def test_a_label_that_is_not_known_is_answered_with_the_nearest(foreign, knowledge):
    assert foreign.why_not("Salary") is None
    assert foreign.why_not("Other") is None
    assert foreign.why_not("Salaries") == "Did you mean Salary?"
    assert "wonen.huur" in own_labels(knowledge.taxonomy).why_not("wonen.hur")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'[labels]\n"Rent" = ["wonen.hur"]', "wonen.huur"),
        (b'[labels]\n"Rent" = []', "leave_out"),
        (b'[labels]\n"Rent" = "wonen.huur"', "does not list"),
        (b'[label]\n"Rent" = ["wonen.huur"]', "'label'"),
        (b"[labels]", "missing or empty"),
        (b'leave_out = "Rent"\n[labels]\n"Rent" = ["wonen.huur"]', "not a list"),
        (b'leave_out = ["Rent"]\n[labels]\n"Rent" = ["wonen.huur"]', "left out too"),
        (b"labels", "not a TOML"),
    ],
)
def test_a_mapping_that_is_not_as_it_should_be_is_refused_with_what_is_wrong(knowledge, content, says):
    with pytest.raises(LabelsError, match=says):
        read_mapping(content, "labels.toml", knowledge.taxonomy)
