"""The accuracy that the document states was measured on the labelled sets as they are."""

import re
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

from psd2_affordability.core.errors import UsageError
from psd2_affordability.service.accuracy_document import with_tables

CHECKOUT = Path(__file__).resolve().parents[2]
LABELLED = CHECKOUT / "tests" / "labelled"
DOCUMENT = (CHECKOUT / "docs" / "accuracy.md").read_text(encoding="utf-8")


def part(name):
    return re.search(rf"<!-- {name} -->\n(.*?)<!-- end of {name} -->", DOCUMENT, re.DOTALL)[1]


@pytest.mark.parametrize("name", ["dev", "dev_2"])
def test_the_development_figures_are_of_the_development_set_as_it_is(name):
    assert sha256((LABELLED / f"{name}.csv").read_bytes()).hexdigest() in part(name)
    assert "no figure here is an accuracy to quote" in DOCUMENT


@pytest.mark.parametrize("name", ["sealed", "sealed_2"])
def test_sealed_figures_stand_in_the_document_only_after_a_look_that_was_written_down(name):
    looks = tomllib.loads((LABELLED / "looks.toml").read_text(encoding="utf-8"))["look"]
    digest = (LABELLED / f"{name}.sha256").read_text(encoding="utf-8").split()[0]

    if part(name):
        assert digest in part(name)
        assert digest in {look.get("sha256") for look in looks}
    assert "Worst mistakes" not in DOCUMENT


def test_a_part_that_the_document_does_not_have_is_refused():
    with pytest.raises(UsageError, match="no part 'other'"):
        with_tables(DOCUMENT, "other", "")
