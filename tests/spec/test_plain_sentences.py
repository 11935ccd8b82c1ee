"""Everything that the product says is said in short, plain sentences, in English and in B1 Dutch."""

import re

import pytest

from psd2_affordability._data import data_files
from psd2_affordability.sandbox.people import load_people
from sentence_material import SOURCE, Pair, pairs, places, sentences, words


def _set_of(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


PAIRS = pairs()
LONGEST = 24
#: What a gap says of itself is in English only; the Dutch sentence says what to do instead.
_ENGLISH_ONLY = {"because"}
#: Words that a reader of plain language does not use, with none to explain them.
STIFF_NL = _set_of(
    "derhalve tevens middels conform inzake betreffende alsmede gelieve voornoemd behoeve betrekking indien "
    "teneinde omtrent nopens aangaande ondergetekende voorts mits thans heden crediteur debiteur solvabel "
    "liquiditeit volatiliteit percentiel exploot executie vordert beslagene desbetreffend"
)
STIFF_EN = _set_of(
    "hereby aforementioned pursuant notwithstanding whilst thereof herein percentile volatility liquidity "
    "solvency quantile heretofore therefrom garnishment arrearage"
)
#: Terms of the law that cannot be left out; the glossary says what they mean.
TERMS = (
    "aanmaning",
    "aftoppingsgrens",
    "aow",
    "arbeidstoeslag",
    "belastbaar inkomen",
    "beslagvrije voet",
    "betalingsregeling",
    "bewindvoerder",
    "btw",
    "budgetbeheerder",
    "drempelinkomen",
    "dwangbevel",
    "eigen risico",
    "heffingskorting",
    "huurtoeslag",
    "kinderbijslag",
    "kindgebonden budget",
    "kwijtschelding",
    "leennorm",
    "pfändungsschutzkonto",
    "pgl-norm",
    "problematische schuld",
    "reserveringstoeslag",
    "schuldeiser",
    "schuldenaar",
    "schuldsanering",
    "standaardpremie",
    "toetsingsinkomen",
    "vakantietoeslag",
    "vtlb",
    "zorgpremie",
    "zorgtoeslag",
)
_TWICE_NO = (
    re.compile(r"\b(niet|nooit|niemand)\b[^,;:]*\b(niet|niets|niemand|nooit)\b"),
    re.compile(r"\b(not|never|nobody|cannot)\b[^,;:]*\b(not|nothing|nobody|never)\b"),
)
_PASSIVE_NL = re.compile(r"\b(wordt|worden|werd|werden)\b")
_AND = re.compile(r"\b(?:and|so|en|dus)\b")


def clauses(text: str) -> list[str]:
    """Parts of a text in which a second *no* would take back the first."""
    return [part for one in sentences(text) for part in _AND.split(one.lower())]


def test_there_are_hundreds_of_sentences_to_hold_to_this():
    assert len(PAIRS) > 600
    files = {pair.where.partition(":")[0] for pair in PAIRS}
    assert {"assess/room_says.py", "jurisdictions/nl/bank_seizure.py", "assess/signals/gambling.py"} <= files


def test_each_is_said_in_both_languages():
    short = {pair.where for pair in PAIRS if not pair.english.strip() or not pair.dutch.strip()}
    assert short == set()


def test_both_languages_tell_the_same_facts():
    differ = [
        pair.where
        for pair in PAIRS
        if (places(pair.english) - {"_"} - _ENGLISH_ONLY) != (places(pair.dutch) - {"_"} - _ENGLISH_ONLY)
    ]
    assert differ == []


@pytest.mark.parametrize("language", ["english", "dutch"])
def test_no_sentence_is_long(language):
    long = [
        (pair.where, len(words(one)), one)
        for pair in PAIRS
        for one in sentences(getattr(pair, language))
        if len(words(one)) > LONGEST
    ]
    assert long == []


def test_sentences_are_short_on_the_whole():
    counts = [len(words(one)) for pair in PAIRS if not pair.legal for one in sentences(pair.dutch)]
    assert sum(counts) / len(counts) < 12


@pytest.mark.parametrize(("language", "stiff"), [("english", STIFF_EN), ("dutch", STIFF_NL)])
def test_no_word_is_stiff(language, stiff):
    found = [
        (pair.where, word)
        for pair in PAIRS
        for word in words(getattr(pair, language).lower())
        if word in stiff
    ]
    assert found == []


def test_a_term_of_the_law_stands_in_the_glossary():
    glossary = (SOURCE.parents[1] / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    said = " ".join(pair.dutch.lower() for pair in PAIRS)
    used = [term for term in TERMS if term in said]
    assert len(used) > 20
    assert [term for term in used if term not in glossary] == []


@pytest.mark.parametrize(("language", "twice"), [("dutch", _TWICE_NO[0]), ("english", _TWICE_NO[1])])
def test_no_sentence_says_no_to_a_no(language, twice):
    found = [
        (pair.where, part)
        for pair in PAIRS
        for part in clauses(getattr(pair, language))
        if twice.search(part)
    ]
    assert found == []


def test_dutch_sentences_say_who_does_what():
    passive = [(pair.where, one) for pair in PAIRS for one in sentences(pair.dutch) if _heavy(one)]
    assert passive == []
    some = sum(bool(_PASSIVE_NL.search(pair.dutch.lower())) for pair in PAIRS)
    assert some / len(PAIRS) < 0.06


def _heavy(sentence: str) -> bool:
    return len(_PASSIVE_NL.findall(sentence.lower())) > 1


def test_what_sandbox_people_are_told_comes_from_these_sentences():
    """The sentences of real answers are among those that were held to this."""
    from psd2_affordability.assess.case import Case
    from psd2_affordability.assess.run import assess
    from psd2_affordability.categorise.engine import understand
    from psd2_affordability.core.paths import figures
    from psd2_affordability.core.reasons import Reason
    from psd2_affordability.sandbox.ledger_view import ledger_of, own_ibans
    from psd2_affordability.service.bootstrap import product

    people = load_people(data_files("sandbox_fixtures"))
    understood = understand(ledger_of(people.values()), product().knowledge, own_ibans(people.values()))
    [on] = {person.on for person in people.values()}
    cases = {name: Case(person.household) for name, person in people.items()}
    found = assess(understood, cases, product().law, product().knowledge, on)

    known = [_pattern(pair) for pair in PAIRS]
    told = {one.says_nl for answer in found.values() for _, one in figures(answer, (Reason,))}
    assert len(told) > 60
    strange = [says for says in told if not any(pattern.fullmatch(says) for pattern in known)]
    assert strange == []


def _pattern(pair: Pair) -> re.Pattern[str]:
    parts = re.split(r"\{\w+\}", pair.dutch)
    return re.compile(".*".join(map(re.escape, parts)), re.DOTALL)
