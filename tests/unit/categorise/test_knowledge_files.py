"""The knowledge loads whole, or says what is wrong with it."""

import pytest

from psd2_affordability._data import data_files
from psd2_affordability.categorise.knowledge import Knowledge, load_knowledge
from psd2_affordability.core.errors import RuleFileError

_HEAD = 'as_of = 2026-01-01\nsource = "test"\nkind = "shop"\npayees = [\n'


def _with_payees(*lines: str) -> dict[str, bytes]:
    text = _HEAD + "".join(f"  {line},\n" for line in lines) + "]\n"
    return data_files("rules") | {"nl/categories/payees/extra.toml": text.encode()}


def test_the_first_knowledge_holds_at_least_350_payees_with_source_and_day(knowledge: Knowledge) -> None:
    payees = [entry for entry in knowledge.entries if entry.name]
    assert len(payees) >= 350
    assert all(entry.source and entry.as_of for entry in payees)


@pytest.mark.parametrize(
    ("family", "fewest"),
    [
        ("schuld.deurwaarder", 15),
        ("schuld.incassobureau", 25),
        ("schuld.achteraf_betalen", 8),
        ("schuld.lening", 25),
        ("gokken.inzet", 25),
        ("zorg.premie", 20),
        ("wonen.energie", 20),
        ("wonen.water", 9),
        ("wonen.huur", 50),
        ("telecom.abonnement", 20),
        ("huishouden.boodschappen", 20),
        ("inkomen.pensioen", 20),
    ],
)
def test_every_family_that_decides_about_debt_is_well_known(
    knowledge: Knowledge, family: str, fewest: int
) -> None:
    known = [
        entry for entry in knowledge.entries if entry.name and family in (entry.outgoing, entry.incoming)
    ]
    assert len(known) >= fewest


def test_files_outside_the_categories_are_not_looked_at(knowledge: Knowledge) -> None:
    more = data_files("rules") | {"nl/other.toml": b"not = [toml"}
    assert load_knowledge(more).sha256 == knowledge.sha256


def test_the_digest_changes_with_the_knowledge(knowledge: Knowledge) -> None:
    more = _with_payees('{ name = "Zonnebloemwinkel", category = "huishouden.winkel" }')
    assert load_knowledge(more).sha256 != knowledge.sha256


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{ name = "Essent", category = "wonen.energie" }', "'Essent' is listed twice"),
        (
            '{ name = "Nieuw", category = "wonen.energie", match = ["essent"] }',
            "'essent' is claimed by 'Nieuw' and by 'Essent' in nl/categories/payees/energie_water.toml",
        ),
        ('{ name = "Nieuw", category = "wonen.kasteel" }', "'wonen.kasteel' is not in the taxonomy"),
        ('{ name = "Nieuw", category = "wonen.huur", colour = "red" }', "unknown key 'colour'"),
        (
            '{ name = "Nieuw", category = "wonen.huur", match = ["Nieuw B.V."] }',
            "not written as it is compared",
        ),
        ('{ name = "Nieuw", category = "wonen.huur", ibans = ["NL00INGB0002445588"] }', "not an IBAN"),
        ('{ name = "Nieuw", category = "wonen.huur", ibans = ["NL86INGB0002445588"] }', "claimed by"),
        ('{ name = "Nieuw" }', "lacks the key 'category'"),
        ('{ name = "", category = "wonen.huur" }', "wrong or empty value for 'name'"),
    ],
)
def test_a_faulty_or_contradicting_entry_is_refused_by_file_and_name(line: str, says: str) -> None:
    with pytest.raises(RuleFileError, match="payees/") as refused:
        load_knowledge(_with_payees(line))
    assert says in str(refused.value)


def test_a_missing_a_strange_and_a_broken_file_are_refused() -> None:
    files = data_files("rules")
    without = {path: content for path, content in files.items() if not path.endswith("categories/text.toml")}
    with pytest.raises(RuleFileError, match="missing"):
        load_knowledge(without)
    with pytest.raises(RuleFileError, match="no part of the knowledge"):
        load_knowledge(files | {"nl/categories/notes.toml": b""})
    with pytest.raises(RuleFileError, match="not a TOML file"):
        load_knowledge(files | {"nl/categories/text.toml": b"rules = ["})


def test_no_leaf_of_the_taxonomy_is_out_of_reach(knowledge: Knowledge) -> None:
    """Every category can be the outcome of some entry, code, text or fallback."""
    reached = {code for entry in knowledge.entries for code in (entry.outgoing, entry.incoming)}
    reached |= {rule.category for rule in knowledge.texts.rules} | {
        rule.category for rule in knowledge.rhythms
    }
    for meaning in [*knowledge.bank_codes.values(), *knowledge.purposes.values()]:
        reached |= {meaning.outgoing, meaning.incoming}
    reached |= {"huishouden.particulier", "inkomen.particulier", "intern.eigen_rekening"}
    reached |= {code for code, leaf in knowledge.taxonomy.items() if leaf.open}
    assert set(knowledge.taxonomy) <= reached
