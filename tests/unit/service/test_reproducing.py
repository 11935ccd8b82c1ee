"""A past answer is computed again from what was kept with it; what changed since is named."""

import dataclasses
import json
from datetime import date, timedelta
from fractions import Fraction

import pytest
from typer.testing import CliRunner

import norm_material
from masking_material import life, rows
from psd2_affordability._data import data_files
from psd2_affordability.assess.household import AccountShare, Household, HouseholdType, Housing, Person
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.cli.app import app
from psd2_affordability.core.errors import UnknownName
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl.netherlands import Netherlands
from psd2_affordability.rulebook.load import load_rulebook
from psd2_affordability.service.asked import Asked
from psd2_affordability.service.assess_case import Question, asked_with, assess_kept, read_case
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.clock import FixedClock
from psd2_affordability.service.corrections import Said, correct
from psd2_affordability.service.keep import keep_received
from psd2_affordability.service.purposes import purpose
from psd2_affordability.service.reproduce import reproduce
from psd2_affordability.service.settings import DATABASE, LEENNORM, VTLB, from_environment
from psd2_affordability.service.supplied import supplied_text
from store_material import ACCOUNT, NOW, entry, received

CASE = "case-1"
ON = date(2026, 6, 1)
LATER = NOW + timedelta(days=3)
HOUSEHOLD = Household(
    HouseholdType.SINGLE,
    (Person(date(1990, 5, 4), Money.euros(24_000)),),
    housing=Housing("rent", Money.euros(650), registered_address=True),
    debts=(("Energie", Money.euros(300)),),
)


def wiring(url: str, at=NOW):
    return product(settings=from_environment({DATABASE: url}), clock=FixedClock(at))


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'a.db'}"


@pytest.fixture
def given(url):
    """A product whose case got an answer, and its name."""
    made = wiring(url)
    keep_received(made, CASE, life(months=4), source="file")
    question = Question(
        on=ON, household=HOUSEHOLD, total_debt=Money.euros(900), obligation=Obligation(Money.euros(40), 12)
    )
    answered = assess_kept(made, CASE, "debt_help", question)
    yield answered.sha256
    made.store.close()


@pytest.fixture
def later(url, given):
    """The same store, some days after the answer."""
    made = wiring(url, LATER)
    yield made
    made.store.close()


def kinds(changes) -> set[str]:
    return {each.kind for each in changes}


def test_an_answer_whose_ground_did_not_change_comes_out_byte_for_byte(later, given):
    found = reproduce(later, CASE)

    assert found.identical
    assert found.again_sha256 == found.receipt == given
    assert (found.not_at_hand, found.changed, found.then, found.now) == ((), (), (), ())


def test_rows_that_came_since_leave_the_answer_of_then_and_change_the_one_of_now(later, given):
    new = [*rows(months=4), entry(date(2026, 5, 31), -95_000, "inrichting"), entry(ON, 30_000, "bij")]
    keep_received(later, CASE, received(new, opening=200_000), source="file")

    found = reproduce(later, CASE, given[:12])

    assert found.identical
    assert ("data", "rows that came since", "0", "2") in {dataclasses.astuple(one) for one in found.changed}
    assert "balances" in kinds(found.changed)
    assert "expenses.flexible.mid" in {each.path for each in found.now}
    assert found.then == ()


def test_a_correction_since_leaves_the_answer_of_then_and_changes_the_one_of_now(later, given):
    frame = assess_kept(later, CASE, "debt_help", Question(on=ON)).understood.frame
    wage = frame[frame["amount_ct"] == 184_000]["tx"].iloc[-1]
    correct(later, CASE, wage, Said("storno.terugbetaling", "zie de afspraak", "worker"), purpose="debt_help")
    after = wiring(later.settings.database, LATER + timedelta(days=1))

    found = reproduce(after, CASE, given)

    after.store.close()
    assert found.identical
    assert kinds(found.changed) >= {"corrections"}
    assert any(each.path.startswith("income.") for each in found.now)


def test_a_rule_that_changed_is_named_with_its_hash_and_the_figures_it_changes(later, given):
    files = dict(data_files("rules"))
    [name] = [each for each in files if each.endswith("beslagvrije_voet_maxima.toml")]
    files[name] = files[name] + b"\n# said anew\n"
    later.__dict__["law"] = Netherlands(load_rulebook(files))

    found = reproduce(later, CASE, given)

    assert not found.identical
    [rule] = found.not_at_hand
    assert rule.kind == "rule"
    assert rule.what.startswith("nl.beslagvrije_voet_maxima, in force since ")
    assert rule.then != rule.now
    assert found.then == ()  # only its comment changed, so every figure is the same


def test_knowledge_that_changed_is_named(later, given):
    later.__dict__["knowledge"] = dataclasses.replace(later.knowledge, sha256="0" * 64)

    found = reproduce(later, CASE, given)

    assert not found.identical
    assert kinds(found.not_at_hand) == {"knowledge"}
    assert found.not_at_hand[0].now == "0" * 64


def test_an_answer_of_before_questions_were_kept_says_so(later):
    store = later.store.assessments
    [kept] = store.list(CASE)
    store.keep(CASE, kept.on, "payment_plan", kept.json, kept.receipt, at=NOW)

    found = reproduce(later, CASE)

    assert found.purpose == "payment_plan"
    assert not found.identical
    assert "question" in kinds(found.not_at_hand)


def test_the_lending_norm_that_was_given_with_a_question_is_kept_with_it(later, given):
    question = Question(on=ON, household=HOUSEHOLD, leennorm=supplied_text(norm_material.LEENNORM))
    answered = assess_kept(later, CASE, "credit_check", question)

    assert answered.assessment.credit_check.norm is not None
    assert reproduce(later, CASE, answered.sha256).identical
    assert reproduce(later, CASE, given).identical


def test_the_lending_norm_of_the_settings_is_kept_and_used_again_when_the_settings_name_another(
    url, given, tmp_path
):
    (tmp_path / "norm.toml").write_text(norm_material.LEENNORM)
    set_so = from_environment({DATABASE: url, LEENNORM: str(tmp_path / "norm.toml")})
    with_norm = product(settings=set_so, clock=FixedClock(LATER))
    answered = assess_kept(with_norm, CASE, "credit_check", Question(on=ON, household=HOUSEHOLD))
    without = assess_kept(wiring(url, LATER), CASE, "credit_check", Question(on=ON, household=HOUSEHOLD))

    assert answered.sha256 != without.sha256
    for anew in (with_norm, wiring(url, LATER)):
        for each in (answered, without):
            assert reproduce(anew, CASE, each.sha256).identical
        anew.store.close()


def test_the_vtlb_that_was_given_or_set_is_kept_with_the_question_and_used_again(url, given, tmp_path):
    (tmp_path / "vtlb.toml").write_text(norm_material.VTLB)
    set_so = from_environment({DATABASE: url, VTLB: str(tmp_path / "vtlb.toml")})
    with_vtlb = product(settings=set_so, clock=FixedClock(LATER))
    asked = Question(on=ON, household=HOUSEHOLD)
    by_settings = assess_kept(with_vtlb, CASE, "payment_plan", asked)
    along = dataclasses.replace(asked, vtlb=supplied_text(norm_material.VTLB))
    along_with_it = assess_kept(wiring(url, LATER), CASE, "payment_plan", along)
    without = assess_kept(wiring(url, LATER), CASE, "payment_plan", asked)

    assert by_settings.sha256 == along_with_it.sha256 != without.sha256
    assert by_settings.assessment.room.plan_floor is not None
    for anew in (with_vtlb, wiring(url, LATER)):
        for each in (by_settings, without):
            assert reproduce(anew, CASE, each.sha256).identical
        anew.store.close()


def test_a_name_that_no_answer_has_is_refused(later):
    with pytest.raises(UnknownName, match="no answer for case case-1 is named"):
        reproduce(later, CASE, "0123456789")
    with pytest.raises(UnknownName):
        reproduce(later, CASE, "a")


def test_what_was_asked_is_read_back_as_it_was_written():
    asked = Asked(
        ON,
        dataclasses.replace(
            HOUSEHOLD, accounts=(AccountShare(ACCOUNT, Fraction(1, 3)),), children=(date(2020, 1, 1),)
        ),
        frozenset({"room", "income"}),
        total_debt=Money.euros(12),
        obligation=Obligation(Money.euros(5)),
        ibans=(ACCOUNT,),
    )

    assert Asked.read(asked.json()) == asked


def test_all_of_a_question_is_kept(later):
    read = read_case(later, CASE, purpose("debt_help"), HOUSEHOLD)

    asked = asked_with(later, Question(on=ON, household=HOUSEHOLD), read)

    names = {each.name for each in dataclasses.fields(Question)}
    assert names <= {each.name for each in dataclasses.fields(asked)}
    assert asked.balances == read.balances


def test_the_command_says_identical_and_ends_with_0(url, given, monkeypatch):
    monkeypatch.setenv(DATABASE, url)

    told = CliRunner().invoke(app, ["reproduce", CASE, given[:16]])

    assert told.exit_code == 0, told.output
    assert "identical, byte for byte" in told.output
    assert json.loads(CliRunner().invoke(app, ["reproduce", CASE, "--json"]).output)["identical"] is True


def test_for_a_receiver_the_command_shows_no_figures_of_then_and_now(url, given, monkeypatch):
    made = wiring(url)
    assess_kept(made, CASE, "payment_plan", Question(on=ON, household=HOUSEHOLD))
    new = [*rows(months=4), entry(date(2026, 5, 31), -95_000, "inrichting")]
    keep_received(made, CASE, received(new, opening=200_000), source="file")
    made.store.close()
    monkeypatch.setenv(DATABASE, url)

    def told(*more: str) -> dict:
        done = CliRunner().invoke(app, ["reproduce", CASE, "--json", *more])
        assert done.exit_code in (0, 1), done.output
        return json.loads(done.output)

    receiver, whole = told("--purpose", "payment_plan"), told()

    assert receiver["receipt"] == whole["receipt"]
    assert whole["now"]
    assert (receiver["then"], receiver["now"]) == ([], [])
    assert not [each for each in receiver["changed"] if each["kind"] == "balances" and each["now"]]
