"""Every recorded file is understood: a category or a reason for each row, none lost, no cent moved."""

from pathlib import Path

import pytest

from psd2_affordability.categorise.evidence import EVIDENCE
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.categorising import categorised, summed
from psd2_affordability.service.reading import read_paths
from psd2_affordability.service.reading_view import transactions_csv
from shared_material import samples

pytestmark = pytest.mark.samples

BANKS = {"bunq": "nl.bunq", "ing": "nl.ing", "knab": "nl.knab", "n26": "nl.n26", "volksbank": "nl.sns"}
NO_STATEMENTS = {"LICENSE.txt", "README.md", "camt053.v2.wrong.xml"}


@pytest.fixture(scope="module")
def wired():
    return product()


def statement_files() -> list[Path]:
    top = samples()
    if top is None:
        return []
    found = (path for kind in ("camt", "csv", "mt940") for path in sorted((top / kind).rglob("*.*")))
    return [path for path in found if path.name not in NO_STATEMENTS]


def saved_answers() -> list[Path]:
    top = samples()
    return (
        []
        if top is None
        else sorted(
            path
            for name in ("transactions*", "payments-page*")
            for path in (top / "json").glob(f"*/happy/{name}.json")
        )
    )


def check(wired, path: Path, bank: str = "") -> None:
    received = read_paths([path], lambda _done, _total: None, bank=wired.banks.bank(bank) if bank else None)
    before, after = received.transactions, categorised(wired, received).transactions
    assert after["tx"].tolist() == before["tx"].tolist()
    assert after["amount_ct"].tolist() == before["amount_ct"].tolist()
    assert set(after["category"]) <= set(wired.knowledge.taxonomy)
    assert set(after["evidence"]) <= set(EVIDENCE)
    unknown = after["category"] == "onbekend"
    assert after.loc[unknown, "evidence"].str.startswith("none.").all()
    assert not after.loc[~unknown, "evidence"].str.startswith("none").any()
    cents = {}
    for found in summed(after):
        cents[found.currency] = cents.get(found.currency, 0) + found.total.cents
    assert cents == before.groupby("currency")["amount_ct"].sum().to_dict()
    assert transactions_csv(after).count("\n") >= len(before) + 1


@pytest.mark.parametrize("path", statement_files(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_each_row_of_a_statement_has_a_category_or_a_reason_and_the_sums_stay(wired, path):
    check(wired, path)


@pytest.mark.parametrize("path", saved_answers(), ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_each_row_of_a_banks_saved_answer_has_a_category_or_a_reason_and_the_sums_stay(wired, path):
    bank = BANKS[path.relative_to(samples() / "json").parts[0]]
    check(wired, path, bank)
