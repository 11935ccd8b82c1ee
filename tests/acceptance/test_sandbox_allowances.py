"""Which allowances the sandbox people leave, have in line, or have no right to."""

from functools import cache

import pytest

from psd2_affordability._data import data_files
from psd2_affordability.assess.case import Case
from psd2_affordability.assess.results import Allowance
from psd2_affordability.assess.run import assess
from psd2_affordability.categorise.engine import understand
from psd2_affordability.core.answer import Interval
from psd2_affordability.sandbox.ledger_view import ledger_of, own_ibans
from psd2_affordability.sandbox.people import load_people
from psd2_affordability.service.bootstrap import product

PEOPLE = load_people(data_files("sandbox_fixtures"))
#: What a counsellor says of each allowance that there may be a right to; of the others there is none.
EXPECTED = {
    "amina": {"zorgtoeslag": "in_line", "huurtoeslag": "in_line"},
    "daan": {"zorgtoeslag": "in_line", "huurtoeslag": "unknown"},
    "greta": {"zorgtoeslag": "in_line", "huurtoeslag": "in_line"},
    "iris": {},
    "jelle": {
        "kindgebonden_budget": "in_line",
        "kinderbijslag": "in_line",
        "kinderopvangtoeslag": "unknown",
    },
    "karim": {"zorgtoeslag": "in_line", "huurtoeslag": "in_line"},
    "lotte": {"zorgtoeslag": "too_low", "kindgebonden_budget": "too_low", "kinderbijslag": "in_line"},
    "mees": {"zorgtoeslag": "in_line", "huurtoeslag": "in_line"},
    "olaf": {},
    "ravi": {},
    "sem": {"zorgtoeslag": "unclaimed"},
    "tess": {"zorgtoeslag": "unclaimed", "huurtoeslag": "unclaimed"},
}


@cache
def found() -> dict[str, dict[str, Allowance]]:
    wired = product()
    understood = understand(ledger_of(PEOPLE.values()), wired.knowledge, own_ibans(PEOPLE.values()))
    (on,) = {person.on for person in PEOPLE.values()}
    cases = {name: Case(household=person.household) for name, person in PEOPLE.items()}
    answers = assess(understood, cases, wired.law, wired.knowledge, on, ("allowances",))
    return {name: {one.code: one for one in answer.allowances or ()} for name, answer in answers.items()}


@pytest.mark.parametrize("name", list(PEOPLE))
def test_the_allowances_of_a_person_are_judged_as_a_counsellor_would(name: str) -> None:
    told = {code: one.verdict for code, one in found()[name].items() if one.verdict != "none"}

    assert told == EXPECTED[name]


def test_tess_leaves_about_five_hundred_euros_a_month() -> None:
    gaps = [one.gap for one in found()["tess"].values()]

    assert sum(gap.low.cents for gap in gaps if isinstance(gap, Interval)) == 516_00


def test_after_her_job_ended_lotte_still_has_the_allowances_of_her_wage() -> None:
    missing = {code: one.gap for code, one in found()["lotte"].items() if one.verdict == "too_low"}

    assert {code: str(gap.low) for code, gap in missing.items() if isinstance(gap, Interval)} == {
        "zorgtoeslag": "43.00",
        "kindgebonden_budget": "24.00",
    }


def test_every_verdict_has_a_reason_in_both_languages_and_an_official_site() -> None:
    for person in found().values():
        for one in person.values():
            assert one.reasons[0].says
            assert one.reasons[0].says_nl
            assert one.apply_at in {"https://www.toeslagen.nl", "https://www.svb.nl"}
