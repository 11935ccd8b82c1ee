"""What would turn an answer is explained also where the figure beside it is not known."""

from assess_builders import KNOWLEDGE, Life, balance, understood

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.run import assess
from psd2_affordability.core.answer import Unknown
from psd2_affordability.service.assess_case import Question
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.explaining import explainer


def test_how_much_less_credit_is_explained_by_credit_and_income_where_no_room_is_known():
    life = Life().monthly("inkomen.kinderbijslag", 400, day=20)
    life.monthly("schuld.lening", -250, day=5).loose("huishouden.boodschappen", -200)
    case, data, wired = Case(Household(), (balance(100),)), understood(life), product()
    answer = assess(data, {life.subject: case}, wired.law, KNOWLEDGE, life.on)[life.subject]
    [turn] = [one for one in answer.credit_check.turns if one.code == "existing_credit"]

    explained = explainer(wired, answer, data, case, Question(life.on))
    made = explained.explain("credit_check.turns[existing_credit].by")

    assert isinstance(answer.room.monthly, Unknown)
    assert made.value == turn.by
    assert [term.path for term in made.terms] == ["expenses.debts", "income.monthly.mid"]
