"""The receipt names the question too, so that two answers never share it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from assess_builders import SINGLE, Life, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import AccountShare, Household, Person
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.service.printed.closing import receipt_number

ASKED = Case(household=SINGLE, balances=(balance(500),))


def earning(year: int) -> Household:
    return replace(SINGLE, persons=(Person(taxable_income_year=euros(year)),))


OTHERS = {
    "household": replace(ASKED, household=earning(31000)),
    "income": replace(ASKED, household=earning(36000)),
    "share": replace(
        ASKED, household=replace(SINGLE, accounts=(AccountShare("NL91ABNA0417164300", Fraction(1, 2)),))
    ),
    "debts": replace(ASKED, household=replace(SINGLE, debts=(("rent", euros(500)),))),
    "debt": replace(ASKED, total_debt=euros(500)),
    "proposal": replace(ASKED, proposal=euros(500)),
    "obligation": replace(ASKED, obligation=Obligation(euros(500))),
    "months": replace(ASKED, obligation=Obligation(euros(500), 12)),
    "served": replace(ASKED, title_served=True),
    "used": replace(ASKED, protection_used=euros(500)),
    "balance": replace(ASKED, balances=(balance(501),)),
}


def test_every_other_question_has_another_receipt_number():
    numbers = [receipt_number(assessed(Life().usual(), case).receipt) for case in (ASKED, *OTHERS.values())]

    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("name", OTHERS)
def test_the_same_question_has_the_same_receipt(name: str):
    life = Life().usual()

    assert assessed(life, OTHERS[name]).receipt == assessed(life, OTHERS[name]).receipt


def test_what_is_told_apart_from_the_question_leaves_its_hash_alone():
    named = replace(ASKED, consent="a consent")
    one, other = (assessed(Life().usual(), case).receipt for case in (ASKED, named))

    assert one.question_sha256 == other.question_sha256
    assert one != other
