"""A TOML table is read key by key; what is wrong is named by file and key, with what is allowed."""

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psd2_affordability.core.errors import AffordabilityError, BrokenFile, HouseholdError, RuleFileError
from psd2_affordability.core.money import Money
from psd2_affordability.core.toml_table import Table, parse_table

KNOWN = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
LEAVES = st.one_of(st.text(), st.integers(), st.booleans(), st.dates(), st.decimals(), st.datetimes())


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def table(text: str, fault: type[AffordabilityError] = BrokenFile) -> Table:
    return parse_table(text.encode(), "some.toml", fault)


def refusal(read: Callable[[], object]) -> str:
    with pytest.raises(BrokenFile) as raised:
        read()
    line = str(raised.value)
    assert line.startswith("some.toml: ")
    assert "\n" not in line
    return line


def test_every_kind_of_value_is_read_as_what_it_is() -> None:
    read = table(
        """
        word = "a"
        words = ["a", "b"]
        colour = "blue"
        count = 3
        yes = true
        day = 2026-07-01
        share = 13.730
        rent = 712.3
        debt = -5
        between = [-10, 20.50]
        [home]
        kind = "rent"
        [[person]]
        age = 40
        [[person]]
        age = 41
        """
    )

    assert (read.text("word"), read.texts("words"), read.choice("colour", Colour)) == (
        "a",
        ("a", "b"),
        Colour.BLUE,
    )
    assert (read.whole("count"), read.flag("yes"), read.day("day")) == (3, True, date(2026, 7, 1))
    assert (read.number("share"), read.amount("rent")) == (Decimal("13.730"), Money(71230))
    assert read.amount("debt", signed=True) == Money(-500)
    assert read.bounds("between") == (Money(-1000), Money(2050))
    assert read.table("home").text("kind") == "rent"
    assert [one.whole("age") for one in read.tables("person")] == [40, 41]
    read.done()


def test_what_may_be_absent_is_its_default() -> None:
    read = table("")

    assert (read.text("a", ""), read.texts("b", ()), read.choice("c", Colour, Colour.RED)) == ("", (), "red")
    assert (read.whole("d", 0), read.flag("e", default=False)) == (0, False)
    assert read.day("f", date(2026, 1, 1)) == date(2026, 1, 1)
    assert read.amount("g", Money(1)) == Money(1)
    assert read.maybe("h", Table.day) is None
    assert read.table("i", optional=True).names() == ()
    assert read.tables("j", optional=True) == ()


@pytest.mark.parametrize(
    ("text", "read", "says"),
    [
        ("", lambda t: t.text("a"), "'a' is missing"),
        ("ab1 = 1", lambda t: t.text("ab2"), "'ab2' is missing"),
        ("titel = 1", lambda t: t.text("title"), "'title' is missing. Is 'titel' meant for it?"),
        ("a = 1", lambda t: t.text("a"), "'a' must be a text, not 1"),
        ('a = "  "', lambda t: t.text("a"), "'a' is empty"),
        ('a = "green"', lambda t: t.choice("a", Colour), "'a' is 'green'. Allowed: red, blue"),
        ("a = ['x', 1]", lambda t: t.texts("a"), "'a' must be a list of texts, and holds 1"),
        ("a = ['']", lambda t: t.texts("a"), "'a' must be a list of texts, and holds ''"),
        ("a = 'x'", lambda t: t.texts("a"), "'a' must be a list of texts, not 'x'"),
        ("a = true", lambda t: t.whole("a"), "'a' must be a whole number, not true"),
        ("a = 1.0", lambda t: t.whole("a"), "'a' must be a whole number, not 1.0"),
        ("a = 90", lambda t: t.whole("a", low=1, high=89), "'a' is 90. Allowed: 1 to 89"),
        ("a = 0", lambda t: t.whole("a", low=1, high=89), "'a' is 0. Allowed: 1 to 89"),
        ("a = 1", lambda t: t.flag("a"), "'a' must be true or false, without quotes, not 1"),
        ("a = '2026-07-01'", lambda t: t.day("a"), "such as 2026-07-01, without quotes, not '2026-07-01'"),
        ("a = 2026-07-01T10:00:00", lambda t: t.day("a"), "'a' must be a day such as"),
        ("a = 'much'", lambda t: t.number("a"), "'a' must be a number such as 13.5"),
        ("a = false", lambda t: t.number("a"), "'a' must be a number such as 13.5"),
        ("a = nan", lambda t: t.number("a"), "'a' must be a number such as 13.5, without quotes, not NaN"),
        ("a = 1e99999999", lambda t: t.amount("a"), "without quotes, not 1E"),
        ("a = 1e-99999999", lambda t: t.amount("a"), "without quotes, not 1E"),
        ("a = -0.5", lambda t: t.number("a"), "'a' is -0.5, below zero"),
        ("a = -1", lambda t: t.amount("a"), "'a' is -1, below zero"),
        ("a = 1.005", lambda t: t.amount("a"), "finer than a cent. An amount has at most two decimals"),
        ("a = 1000000000000", lambda t: t.amount("a"), "'a' is more than 999999999999.99 euros"),
        ("a = [1]", lambda t: t.bounds("a"), "'a' must be [lowest, highest]"),
        ("a = [2, 1]", lambda t: t.bounds("a"), "'a' runs backwards"),
        ("a = 1", lambda t: t.table("a"), "'a' must be a table [a], not 1"),
        ("a = {}", lambda t: t.tables("a"), "each written as [[a]], not a table"),
        ("a = []", lambda t: t.tables("a"), "'a' must be a list of tables"),
        ("a = [1]", lambda t: t.tables("a"), "'a' must be a list of tables"),
        ("[b]\nc = 1", lambda t: t.names(among=("a",)), "'b' is not a known key. Allowed: a"),
        ("[a.b]\nc = 1", lambda t: t.table("a").table("b").text("c"), "'a.b.c' must be a text"),
        ("[[a]]\n[[a]]", lambda t: [one.text("b") for one in t.tables("a")], "'a[1].b' is missing"),
    ],
)
def test_a_wrong_value_is_named_with_file_key_and_what_is_allowed(
    text: str, read: Callable[[Table], object], says: str
) -> None:
    assert says in refusal(lambda: read(table(text)))


def test_a_key_that_nobody_asked_for_is_refused_in_every_table_that_was_read() -> None:
    top = table("a = 1\n[[b]]\nc = 1\n[[b]]\nc = 1\nd = 2")
    top.whole("a")
    for one in top.tables("b"):
        one.whole("c")

    assert "'b[2].d' is not a known key. Allowed: c" in refusal(top.done)
    assert "'a' is not a known key. Allowed: nothing" in refusal(table("a = 1").done)


def test_a_table_read_twice_is_one_table() -> None:
    top = table("[a]\nb = 1\nc = 2")

    top.table("a").whole("b")
    top.table("a").whole("c")

    top.done()


@given(known=st.sets(KNOWN, min_size=1), extra=KEYS, value=LEAVES)
def test_any_unknown_key_is_refused_by_name_on_one_line(known: set[str], extra: str, value: object) -> None:
    read = Table(dict.fromkeys(known, 1) | {extra: value}, "some.toml", BrokenFile)
    for key in known - {extra}:
        read.whole(key)

    line = refusal(read.done)

    assert f"{extra!r} is not a known key" in line


@given(st.binary(max_size=60))
def test_any_bytes_are_a_table_or_are_refused_with_the_file_named(content: bytes) -> None:
    try:
        tomllib.loads(content.decode("utf-8-sig"))
    except ValueError:
        assert "this is not a TOML file" in refusal(lambda: parse_table(content, "some.toml", BrokenFile))
    else:
        read = parse_table(content, "some.toml", BrokenFile)
        read.names()
        read.done()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a = ", b"a = " + b"[" * 9000, b"a = " + b"9" * 9000])
def test_what_is_not_toml_is_refused_however_hostile(content: bytes) -> None:
    with pytest.raises(RuleFileError, match=r"some\.toml: this is not a TOML file"):
        parse_table(content, "some.toml", RuleFileError)


def test_a_byte_order_mark_before_the_text_is_taken_away() -> None:
    assert parse_table(b"\xef\xbb\xbfa = 1", "some.toml", BrokenFile).whole("a") == 1


@pytest.mark.parametrize("fault", [HouseholdError, RuleFileError, BrokenFile])
def test_the_error_is_of_the_kind_that_the_caller_wants(fault: type[AffordabilityError]) -> None:
    with pytest.raises(fault, match="'a' is not a known key"):
        table("a = 1", fault).done()
