"""Income that nothing but its regularity explains is asked about, and leans on no plan that it need not."""

from assess_builders import SINGLE, Life, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.results import Assessment
from psd2_affordability.core.answer import Range, Unknown

ADVICE = "Adviesbureau Kern"


def with_guess(life: Life, amount: int, payee: str = ADVICE, ended: int = 0) -> Life:
    """Money each month of which the categoriser knows nothing but that it is regular."""
    life.monthly("inkomen.loon", amount, day=12, payee=payee, ended=ended)
    for row in life.rows:
        if row["payee"] == payee:
            row["evidence"] = "recurrence"
    return life


def month(found: Assessment) -> Range:
    assert isinstance(found.income.monthly, Range)
    return found.income.monthly


def questions(found: Assessment) -> list[str]:
    return [one.says for one in found.room.questions if one.code == "ask.guessed_income"]


def test_a_regular_amount_beside_a_wage_counts_only_in_a_good_month_until_somebody_says_what_it_is():
    plain, found = assessed(Life().usual(1900)), assessed(with_guess(Life().usual(1900), 720))

    assert month(found) == Range(euros(1900), euros(1900), euros(2620))
    assert isinstance(found.room.monthly, Range)
    assert isinstance(plain.room.monthly, Range)
    assert found.room.monthly.mid == plain.room.monthly.mid


def test_the_question_names_the_payer_the_amount_and_the_day():
    (question,) = questions(assessed(with_guess(Life().usual(1900), 720)))

    assert question.startswith("Is the €720.00 from Adviesbureau Kern, last paid on 12 June 2026, a wage?")


def test_where_it_is_the_main_income_it_counts_and_is_asked_about():
    life = Life().monthly("wonen.huur", -600, day=1).monthly("inkomen.toeslag_zorg", 129, day=20)
    found = assessed(with_guess(life, 1900))

    assert month(found).mid == euros(2029)
    assert len(questions(found)) == 1
    assert any("it is counted" in one.says for one in found.income.reasons if one.code == "income.guessed")


def test_a_small_part_of_the_income_is_not_worth_a_question():
    found = assessed(with_guess(Life().usual(2200), 150))

    assert month(found).mid == euros(2350)
    assert questions(found) == []


def test_a_wage_that_a_word_or_purpose_explains_is_not_asked_about():
    assert questions(assessed(Life().usual(1900).monthly("inkomen.loon", 720, day=12, payee=ADVICE))) == []


def test_what_has_ended_is_not_asked_about():
    assert questions(assessed(with_guess(Life().usual(1900), 720, ended=4))) == []


def test_the_months_ahead_do_not_count_on_it():
    ahead = assessed(with_guess(Life().usual(1900), 720)).income.forecast

    assert {one.mid for one in ahead} == {euros(1900)}


def test_of_two_that_are_as_large_one_counts_and_both_are_asked_about():
    life = Life().monthly("wonen.huur", -600, day=1)
    found = assessed(with_guess(with_guess(life, 900), 900, payee="Stichting Dak"))

    assert (month(found).mid, month(found).high) == (euros(900), euros(1800))
    assert len(questions(found)) == 2


def test_beside_a_wage_that_is_as_large_it_is_not_the_main_income():
    found = assessed(with_guess(Life().usual(900), 900, payee="Zzz"))

    assert (month(found).mid, month(found).high) == (euros(900), euros(1800))
    assert found.income.forecast[0].mid == euros(900)


def test_a_plan_holds_no_more_often_because_of_money_that_may_be_no_income():
    asked = Case(SINGLE, (balance(900),), proposal=euros(150))
    plain = assessed(Life().usual(1900), asked).room
    found = assessed(with_guess(Life().usual(1900), 720), asked).room

    assert found.proposal.option.chance_holds <= plain.proposal.option.chance_holds
    assert found.proposal.option.lowest_balance == plain.proposal.option.lowest_balance
    assert [one.amount for one in found.options] == [one.amount for one in plain.options]


def test_the_balance_of_the_next_weeks_foresees_it_as_the_account_will_see_it_come():
    asked = Case(SINGLE, (balance(900),))
    plain, found = (
        assessed(life, asked).seizure for life in (Life().usual(1900), with_guess(Life().usual(1900), 720))
    )

    assert found.forecast[-1].p50 > plain.forecast[-1].p50


def test_where_it_decides_whether_there_is_room_that_is_asked_first():
    found = assessed(with_guess(Life().usual(1430), 720))

    assert found.room.advice == "ask_first"
    first = found.room.reasons[0]
    assert first.code == "room.guess_decides"
    assert questions(found)[0] in first.says
    assert found.profile.collectability.code == "ask.guessed_income"


def test_where_there_is_no_room_with_it_either_no_question_is_said_to_decide():
    room = assessed(with_guess(Life().usual(1290), 145)).room

    assert room.advice == "no_room"


def test_money_from_an_own_business_is_asked_about_and_is_no_wage():
    life = Life().monthly("wonen.huur", -600, day=1)
    life.monthly("intern.onderneming", 1800, day=3, payee="Dijk Timmerwerken")
    income = assessed(life).income

    assert isinstance(income.monthly, Unknown)
    assert income.monthly.code == "income.not_understood"
    assert {"income.not_understood", "income.own_business"} <= {one.code for one in income.reasons}


def test_student_loans_that_come_each_month_are_no_living_money_from_an_administrator():
    income = assessed(Life().usual(1900).monthly("krediet.opgenomen", 720, day=24, payee="DUO")).income

    assert income.living_money is None
    assert month(assessed(Life().usual(1900))) == income.monthly
