"""What pages say of errors and of lines of a file has Dutch, wherever its English is made."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import psd2_affordability
from psd2_affordability.connect.files.read import read_files
from psd2_affordability.connect.journey import _STANDING
from psd2_affordability.connect.refusal_codes import Meaning
from psd2_affordability.connect.refusals import _ADVICE as ADVICE
from psd2_affordability.connect.refusals import rate_limited, refusal
from psd2_affordability.core import errors
from psd2_affordability.core.errors import AffordabilityError, UnknownName
from psd2_affordability.service.told import dutch, told, told_error
from statement_material import mt940_statement

SOURCE = Path(psd2_affordability.__file__).parent
#: Where the errors are made that a visitor of the pages can bring about.
MADE_IN = [
    *sorted(SOURCE.glob("web/*.py")),
    *sorted(SOURCE.glob("connect/files/*.py")),
    *(
        SOURCE / f"{name}.py"
        for name in (
            *("service/assess_case", "service/corrections", "service/decisions", "service/keep"),
            *("service/purposes", "service/shown_rows", "service/typed", "service/printed/make"),
            *("service/printed/uses", "store/cases", "store/consents", "store/corrections", "core/dates"),
        )
    ),
]
KINDS = {name for name, each in vars(errors).items() if isinstance(each, type)} | {"Rejected", "ValueError"}
#: For who runs the program, and for other callers than the pages.
NOT_FOR_PAGES = {
    "the visitor has no network address",
    "Serve the pages over TCP",
    "a period ends on 7, before it starts on 7",
}


def filled(node: ast.expr | None, module: object) -> str:
    """Return the sentence that an expression makes, with a seven in each place."""
    match node:
        case ast.Constant(value=str(says)):
            return says
        case ast.JoinedStr(values=parts):
            return "".join(each.value if isinstance(each, ast.Constant) else "7" for each in parts)
        case ast.Name(id=name) if name.isupper() or name.startswith("_"):
            return str(getattr(module, name))
    return ""


def sentences(path: Path) -> Iterator[tuple[str, str]]:
    module = importlib.import_module(
        "psd2_affordability." + ".".join(path.relative_to(SOURCE).with_suffix("").parts)
    )
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        kind = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
        said: list[ast.expr | None] = [each.value for each in call.keywords if each.arg == "do"]
        match kind:
            case "among":
                yield f"{path.name}:{call.lineno}", f"no {filled(call.args[0], module)} is called '7'"
                continue
            case "Rejected":
                said += call.args[1:2]
            case "_reject":
                said += call.args[-1:]
            case _ if kind in KINDS:
                said += call.args[:1]
            case _:
                continue
        yield from ((f"{path.name}:{call.lineno}", filled(each, module)) for each in said)


def test_every_error_and_remark_that_a_page_can_show_has_dutch():
    every = [
        (where, says)
        for path in MADE_IN
        for where, says in sentences(path)
        if says and says not in NOT_FOR_PAGES
    ]

    assert len(every) > 90
    assert [each for each in every if not told(each[1], "nl")] == []


@pytest.mark.parametrize("says", [*_STANDING.values(), *(each.value for each in Meaning)])
def test_what_a_bank_says_of_a_consent_or_a_call_has_dutch(says):
    assert told(says, "nl") or told(f"{says} (403)", "nl")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
def test_a_refusal_of_a_bank_is_told_with_its_codes_and_what_to_do(status):
    refused = refusal(status, {"tppMessages": [{"code": "CONSENT_EXPIRED"}]}, {}, where="bank consent")

    said = told_error(refused, "nl")

    assert said.startswith("bank consent: ")
    assert told(refused.do, "nl") in said
    assert [advice for _, advice in ADVICE.values() if not told(advice, "nl")] == []


@pytest.mark.parametrize(("seconds", "wait"), [(1, "1 seconde"), (90, "90 seconden"), (3601, "61 minuten")])
def test_how_long_a_bank_wants_to_be_left_alone_is_told(seconds, wait):
    assert wait in told_error(rate_limited(seconds, where="x"), "nl")


def test_a_name_that_is_not_there_is_told_with_the_nearest():
    error = UnknownName.among("household type", "copule", ["couple", "single"])

    assert told_error(error, "nl") == "er is geen soort huishouden met de naam 'copule'. Bedoelt u couple?"


def test_what_somebody_else_wrote_is_not_translated():
    error = UnknownName("no case is called 'expired'", do="The list of cases shows which there are")

    assert "'expired'" in told_error(error, "nl")


def test_a_sentence_without_dutch_says_nothing_in_dutch_and_itself_in_english():
    error = AffordabilityError("the warp drive is cold", where="bridge", do="Wait")

    assert told_error(error, "nl") == ""
    assert told_error(error, "en") == "bridge: the warp drive is cold. Wait"


def test_why_balances_do_not_add_up_is_told_whole():
    broken = mt940_statement([], closing=1).replace(b":62F:", b":61:2603990302D600,00NTRFNONREF\n:62F:")
    received = read_files([("mei.sta", broken)])

    said = told(received.accounts[0].why_not, "nl")
    line = told(received.rejected[0].why, "nl")

    assert said == (
        "mei.sta, afschrift 1/1: het beginsaldo € 100,00 plus de boekingen € 0,00 is € 100,00, "
        "maar het eindsaldo is € 0,01; 1 regels zijn niet te lezen"
    )
    assert line == "'260399' is geen dag (JJMMDD)"


def test_both_languages_have_the_same_places_and_the_english_counts_them():
    place = re.compile(r"\{(.)\}")
    for english, translated in dutch().items():
        places = place.findall(english)
        assert places == [str(number) for number in range(1, len(places) + 1)], english
        assert sorted(place.findall(translated)) == places, english
