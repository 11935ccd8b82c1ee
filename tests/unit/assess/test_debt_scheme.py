"""In a debt scheme one creditor offers no plan and does not seize: it speaks to who runs the scheme."""

from datetime import timedelta

import pytest
from assess_builders import ON, SINGLE, Life, TenLineLaw, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.results import Assessment
from psd2_affordability.core.answer import Unknown
from psd2_affordability.service.receivers.told import told

SCHEME, ADMINISTRATOR, CREDIT_BANK = "schuld.schuldregeling", "schuld.bewind", "schuld.kredietbank"


def life() -> Life:
    """A wage with room for a plan, and money on the account to seize."""
    return Life().usual(2600)


def found(one: Life, *, proposal: str = "") -> Assessment:
    case = Case(
        household=SINGLE,
        balances=(balance(9000),),
        total_debt=euros(1200),
        proposal=euros(proposal) if proposal else None,
    )
    return assessed(one, case, TenLineLaw())


def paying(category: str, payee: str, *, ended: int = 0) -> Life:
    return life().monthly(category, -300, day=26, payee=payee, ended=ended)


def indicator_levels(answer: Assessment) -> dict[str, str]:
    return {one.code: one.level for one in answer.credit_check.indicators}


def test_without_a_scheme_the_same_life_is_offered_a_plan_and_a_seizure_yields():
    answer = found(life())

    assert answer.room.advice == "plan"
    assert answer.seizure.verdict == "yields"
    assert "debt_scheme" not in indicator_levels(answer)


@pytest.mark.parametrize(
    ("category", "payee", "why"),
    [
        (SCHEME, "Boedelrekening Wsnp", "room.in_scheme"),
        (ADMINISTRATOR, "Bewindvoering Zuid", "room.money_managed"),
    ],
)
def test_beside_a_scheme_or_an_administrator_no_plan_is_offered_and_it_is_said_whom_to_speak_to(
    category: str, payee: str, why: str
):
    answer = found(paying(category, payee))

    assert answer.room.advice == "refer_to_debt_help"
    assert not answer.room.options
    assert answer.room.reasons[0].code == why
    assert payee in answer.room.reasons[0].says
    assert payee in answer.room.reasons[0].says_nl
    assert answer.room.reasons[0].transactions
    assert answer.room.questions[0].code == "ask.debt_scheme"
    assert answer.profile.action == "refer_to_debt_help"
    assert answer.profile.reasons[0].code == "profile.in_scheme"
    assert answer.profile.call_first


def test_whoever_manages_the_money_no_change_of_income_or_costs_is_said_to_make_room():
    poor = Life().usual(1450).monthly(ADMINISTRATOR, -200, day=26, payee="Bewindvoering Zuid")

    assert found(poor).room.turns == ()


@pytest.mark.parametrize("category", [SCHEME, ADMINISTRATOR, CREDIT_BANK])
def test_beside_a_scheme_a_seizure_never_yields_and_the_first_ground_says_to_speak_to_the_scheme(
    category: str,
):
    seizure = found(paying(category, "Wie het regelt")).seizure

    assert seizure.verdict == "unknown"
    assert seizure.cheaper_route == "wait"
    assert seizure.reasons[0].code in {
        "seizure.in_scheme",
        "seizure.money_managed",
        "seizure.perhaps_in_scheme",
    }
    assert seizure.questions[0].code == "ask.debt_scheme"
    assert not seizure.turns
    assert {"seizure.at_source", "seizure.turns_below"}.isdisjoint(one.code for one in seizure.reasons)


def test_an_empty_account_still_yields_nothing_in_a_scheme():
    case = Case(household=SINGLE, balances=(balance(300),), total_debt=euros(1200))
    seizure = assessed(paying(SCHEME, "Boedelrekening Wsnp"), case).seizure

    assert seizure.verdict == "no_yield"
    assert seizure.cheaper_route == "wait"


def test_new_credit_beside_a_scheme_is_for_a_person_to_look_at():
    sure, perhaps = found(paying(SCHEME, "Boedelrekening")), found(paying(CREDIT_BANK, "Kredietbank Zuid"))

    assert indicator_levels(sure)["debt_scheme"] == "concern"
    assert indicator_levels(perhaps)["debt_scheme"] == "unknown"
    assert sure.credit_check.outcome == perhaps.credit_check.outcome == "refer_to_person"


def test_a_loan_of_a_municipal_credit_bank_may_be_a_scheme_so_that_is_asked_before_any_plan():
    answer = found(paying(CREDIT_BANK, "Kredietbank Zuid"))

    assert answer.room.advice == "ask_first"
    assert not answer.room.options
    assert answer.room.reasons[0].code == "room.perhaps_in_scheme"
    assert isinstance(answer.profile.collectability, Unknown)
    assert "debt scheme" in answer.profile.collectability.ask


def test_who_is_corrected_to_have_an_ordinary_loan_is_offered_a_plan():
    assert found(paying("schuld.lening", "Kredietbank Zuid")).room.advice == "plan"


def test_a_scheme_that_was_last_paid_five_months_ago_has_ended():
    for category in (SCHEME, ADMINISTRATOR, CREDIT_BANK):
        answer = found(paying(category, "Wie het regelde", ended=5))

        assert answer.room.advice == "plan"
        assert answer.seizure.verdict == "yields"
        assert "income.administrator" not in {one.code for one in answer.income.reasons}


def test_a_scheme_stops_a_plan_also_where_the_data_are_too_thin_to_size_one():
    thin = paying(SCHEME, "Boedelrekening Wsnp")
    for back in range(12):
        thin.book("onbekend.onbekend", -2000, ON - timedelta(days=30 * back))
    answer = found(thin)

    assert answer.room.advice == "refer_to_debt_help"
    assert answer.room.reasons[0].code == "room.in_scheme"


def test_a_proposal_beside_a_scheme_does_not_fit_and_beside_a_credit_bank_one_question_decides():
    beside = found(paying(SCHEME, "Boedelrekening Wsnp"), proposal="50").room.proposal
    perhaps = found(paying(CREDIT_BANK, "Kredietbank Zuid"), proposal="50").room.proposal

    assert beside is not None
    assert beside.word == "does_not_fit"
    assert beside.reasons[0].code == "room.in_scheme"
    assert perhaps is not None
    assert perhaps.word == "ask_first"
    assert isinstance(perhaps.fits, Unknown)
    assert "debt scheme" in perhaps.fits.ask


def test_money_for_who_manages_it_is_called_that_and_not_credit_or_debt():
    managed = found(life().monthly(ADMINISTRATOR, -1900, day=26, payee="Bewindvoering Zuid"))
    both = found(paying(ADMINISTRATOR, "Bewindvoering Zuid").monthly("schuld.lening", -80, day=9))
    said = {one.code: one.says for one in managed.room.reasons}

    assert "€1,900.00 a month goes to who manages the money" in said["room.to_manager"]
    assert "room.other_debts" not in said
    assert any("€80.00 a month already goes to credit" in one.says for one in both.room.reasons)
    (share,) = [one for one in managed.credit_check.indicators if one.code == "committed_share"]
    assert "money for who manages it" in share.says.says


def test_who_pays_no_fixed_costs_here_is_not_said_to_have_no_balance():
    managed = Life().monthly("inkomen.loon", 1980, day=24).loose("huishouden.boodschappen", -70)
    managed.monthly(ADMINISTRATOR, -1900, day=25, payee="Bewindvoering Zuid")
    (buffer,) = [one for one in found(managed).credit_check.indicators if one.code == "buffer_months"]

    assert isinstance(buffer.value, Unknown)
    assert buffer.value.code == "expenses.no_fixed_costs"


def test_money_into_a_scheme_is_for_all_creditors_together():
    said = {one.code: one.says for one in found(paying(SCHEME, "Boedelrekening Wsnp")).room.reasons}

    assert "€300.00 a month goes into a debt scheme" in said["room.into_scheme"]
    assert "room.other_debts" not in said


@pytest.mark.parametrize("category", [SCHEME, ADMINISTRATOR, CREDIT_BANK])
def test_a_creditor_is_told_that_a_scheme_runs_without_the_name_of_who_runs_it(category: str):
    answer = found(paying(category, "Kredietbank Zuid"))
    shown = [told(one) for one in (*answer.room.reasons, *answer.seizure.reasons, *answer.profile.reasons)]
    said = [text for one in shown if one is not None for text in (one.says, one.says_nl)]

    assert any("scheme runs" in text for text in said)
    assert not any("Kredietbank Zuid" in text for text in said)
