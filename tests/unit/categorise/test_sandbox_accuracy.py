"""The categoriser against the invented lives: a guard against decline, never a claim of accuracy."""

import pandas as pd
import pytest

from psd2_affordability._data import data_files
from psd2_affordability.categorise.engine import understand
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.sandbox.ledger_view import own_ibans
from psd2_affordability.sandbox.people import load_people
from truth_material import with_truth

#: Where a wrong category would change what a person is told.
_COSTLY = (
    "inkomen.",
    "schuld.",
    "krediet.",
    "gokken.",
    "storno.",
    "wonen.huur",
    "zorg.",
    "kinderen.alimentatie",
)


@pytest.fixture(scope="module")
def lives(knowledge: Knowledge) -> pd.DataFrame:
    people = load_people(data_files("sandbox_fixtures"))
    rows = with_truth(people.values())
    own = {name: [*ibans, *people[name].not_shared] for name, ibans in own_ibans(people.values()).items()}
    understood = understand(rows.drop(columns="truth"), knowledge, own)
    return understood.frame.assign(truth=rows["truth"])


def test_nineteen_of_twenty_rows_get_their_true_category(lives: pd.DataFrame) -> None:
    assert (lives["category"] == lives["truth"]).mean() >= 0.95


def test_income_and_debt_are_never_mistaken(lives: pd.DataFrame) -> None:
    costly = lives[lives["truth"].str.startswith(_COSTLY) | lives["category"].str.startswith(_COSTLY)]
    wrong = costly[costly["category"] != costly["truth"]]
    assert wrong[["subject", "truth", "category"]].drop_duplicates().to_dict("records") == []


def test_no_row_and_no_cent_is_lost(lives: pd.DataFrame) -> None:
    assert lives["tx"].is_unique or not lives.duplicated(["subject", "tx"]).any()
    assert lives["category"].ne("").all()
