"""A rule file loads exactly as it should be, or not at all."""

import re
from datetime import date
from decimal import Decimal

import pytest

from psd2_affordability.core.errors import RuleFileError
from psd2_affordability.core.money import Money
from psd2_affordability.rulebook.load import load_instrument, load_rulebook
from psd2_affordability.rulebook.model import Bracket, Grade, Instrument, Status
from rule_material import HEAD

PATH = "nl/law/proef.toml"
FILE = (
    HEAD
    + """review_by = 2026-12-31

[quantity.norm]
unit = "EUR"
per  = "month"
by   = { type = ["single", "couple"] }
says = "The norm."

[quantity.share]
unit = "percent"
says = "The share."

[quantity.term]
unit = "days"
says = "The term."

[quantity.slices]
unit  = "percent"
scale = true
says  = "The scale."

[[version]]
in_force = 2025-01-01
status   = "enacted"
source   = { article = "1", grade = "law", url = "https://wetten.overheid.nl/", retrieved = 2026-11-22 }
[version.value]
norm   = { single = 100.10, couple = 200 }
share  = 13.730
term   = 8
slices = [{ up_to = 2500, rate = 15 }, { up_to = 5000, rate = 10 }, { rate = 0.5 }]

[[version]]
in_force = 2026-01-01
status   = "announced"
source   = { article = "1", grade = "derived", read_in = "a table", retrieved = 2026-11-22 }
[version.value]
norm   = { single = 110.00, couple = 220.00 }
share  = 14
term   = 9
slices = [{ rate = 1 }]

[[example]]
says   = "The norm of 2025"
on     = 2025-05-01
expect = { "norm.single" = 100.10 }
"""
)


def load(text: str = FILE) -> Instrument:
    return load_instrument(PATH, text.encode())


def changed(old: str, new: str) -> str:
    assert FILE.count(old) >= 1, old
    return FILE.replace(old, new, 1)


def test_a_good_file_gives_typed_figures() -> None:
    first = load().versions[0]

    assert first.values["norm"] == {"single": Money(10010), "couple": Money(20000)}
    assert first.values["share"] == Decimal("13.730")
    assert first.values["term"] == 8
    assert first.values["slices"] == (
        Bracket(Money(250000), Decimal(15)),
        Bracket(Money(500000), Decimal(10)),
        Bracket(None, Decimal("0.5")),
    )


def test_every_version_keeps_its_source_grade_and_status() -> None:
    first, second = load().versions

    assert (first.source.grade, first.source.article, first.status) == (Grade.LAW, "1", Status.ENACTED)
    assert (second.source.grade, second.source.read_in) == (Grade.DERIVED, "a table")
    assert second.status is Status.ANNOUNCED
    assert first.source.retrieved == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title     = "Proef"', 'titel = "Proef"', ["'title' is missing", "Is 'titel' meant for it?"]),
        (
            'unit = "percent"',
            'unit = "percents"',
            ["quantity.share.unit", "percents", "Allowed: EUR, percent"],
        ),
        ('grade = "law"', 'grade = "rumour"', ["version[1].source.grade", "Allowed: law, official"]),
        ('grade = "law", ', "", ["version[1].source.grade", "is missing"]),
        (", retrieved = 2026-11-22", "", ["version[1].source.retrieved", "is missing"]),
        ('url = "https://wetten.overheid.nl/", ', "", ["version[1].source.url", "read_in"]),
        ("https://wetten", "http://wetten", ["version[1].source.url", "https://"]),
        ("in_force = 2026-01-01", "in_force = 2025-01-01", ["version[2].in_force", "Versions ascend"]),
        ("in_force = 2026-01-01", "in_force = 2024-01-01", ["version[2].in_force", "not after 2025-01-01"]),
        ("in_force = 2025-01-01", "in_force = 2025-01-01\nended = 2026-05-01", ["version[1].ended"]),
        ("in_force = 2025-01-01", 'in_force = "2025-01-01"', ["version[1].in_force", "must be a day"]),
        ("single = 100.10", "single = 100.105", ["norm.single", "at most two decimals"]),
        ("single = 100.10", "single = -1", ["norm.single", "below zero"]),
        ("single = 100.10", 'single = "100"', ["norm.single", "must be an amount in euros"]),
        ("single = 100.10", "single = true", ["norm.single", "must be an amount in euros"]),
        ("single = 100.10", "single = nan", ["norm.single", "must be an amount in euros"]),
        ("single = 100.10, ", "", ["norm.single", "not_known"]),
        ("couple = 200 }", "couple = 200, trio = 3 }", ["norm.trio", "Allowed: single, couple"]),
        ("term   = 8", "term   = 8.5", ["value.term", "whole"]),
        ("term   = 8", "", ["value.term", "is missing"]),
        ("share  = 13.730", "share = 13.730\nextra = 1", ["value.extra", "Allowed:"]),
        ("{ rate = 0.5 }", "{ up_to = 9000, rate = 0.5 }", ["slices[3].up_to", "no end"]),
        ("{ up_to = 5000, rate = 10 }", "{ up_to = 2500, rate = 10 }", ["slices[2].up_to", "ascend"]),
        ('unit = "EUR"\nper  = "month"', 'unit = "EUR"', ["quantity.norm.per", "is missing"]),
        ('per  = "month"', 'per  = "moon"', ["quantity.norm.per", "Allowed: month"]),
        ('kind      = "law"', 'kind = "gossip"', ["kind", "Allowed: law, norm"]),
        ('id        = "nl.proef"', 'id = "nl.anders"', ["id", "'nl.proef'"]),
        ('expect = { "norm.single" = 100.10 }', "expect = { norm = 100.10 }", ["expect.norm", "norm.single"]),
        ('expect = { "norm.single" = 100.10 }', "expect = {}", ["example[1].expect", "is empty"]),
        ("review_by = 2026-12-31", "", ["review_by", "is missing"]),
        ('status   = "enacted"', 'status = "dreamt"', ["version[1].status", "Allowed: enacted, announced"]),
        ("[version.value]", 'not_known = ["norm.single"]\n[version.value]', ["not_known", "has a figure"]),
        ("[version.value]", 'not_known = ["norm.trio"]\n[version.value]', ["not_known", "Allowed:"]),
        ("title", "title title", ["not a TOML file"]),
    ],
)
def test_a_mistake_names_the_file_the_key_and_what_is_allowed(old: str, new: str, words: list[str]) -> None:
    with pytest.raises(RuleFileError) as raised:
        load(changed(old, new))

    line = str(raised.value)
    assert line.startswith(PATH)
    for word in words:
        assert re.search(re.escape(word), line), line


def test_two_files_cannot_have_one_id() -> None:
    twice = {"nl/law/proef.toml": FILE.encode(), "be/law/proef.toml": FILE.encode()}

    with pytest.raises(RuleFileError, match=r"must be 'be\.proef'"):
        load_rulebook(twice)


def test_only_the_law_folder_holds_rule_files() -> None:
    files = {PATH: FILE.encode(), "nl/categories/taxonomy.toml": b"[anything]\n", "nl/law/table.csv": b""}

    assert list(load_rulebook(files).instruments) == ["nl.proef"]


def test_the_receipt_hash_is_that_of_the_file_as_read() -> None:
    assert load().sha256 != load(FILE + "\n# a remark\n").sha256


def test_bytes_that_are_not_text_are_refused_by_name() -> None:
    with pytest.raises(RuleFileError, match=r"nl/law/proef\.toml: this is not a TOML file"):
        load_instrument(PATH, b"\xff\xfe")
