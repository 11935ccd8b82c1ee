"""The receipt names the question too, so that two answers never share it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from assess_builders import SINGLE, Life, assessed, balance, euros, understood

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.household import AccountShare, Household, Person
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.assess.results import PARTS
from psd2_affordability.core.money import ZERO
from psd2_affordability.core.receipt import question_sha256
from psd2_affordability.ledger.fingerprint import fingerprints
from psd2_affordability.service.receipts import receipt_number

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


def test_the_same_question_of_somebody_else_has_another_hash():
    one, other = (assessed(Life().usual(wage), ASKED).receipt for wage in (2200, 2300))

    assert one.question_sha256 != other.question_sha256


def test_the_order_of_the_balances_leaves_the_receipt_alone():
    savings = replace(balance(20), account="NL20INGB0001234567")
    both = (*ASKED.balances, savings)

    one, other = (assessed(Life().usual(), replace(ASKED, balances=each)) for each in (both, both[::-1]))

    assert one.receipt == other.receipt


def test_who_holds_the_receipt_alone_cannot_try_out_what_was_asked():
    life = Life().usual()
    receipt = assessed(life, ASKED).receipt
    asked = (ASKED.household, None, False, None, None, ZERO), sorted(PARTS)

    def tried(key: bytes) -> str:
        return question_sha256(asked, in_any_order=ASKED.balances, key=key)

    data = receipt.data.sha256
    assert receipt.question_sha256 not in {tried(b""), tried(data.encode()), tried(bytes.fromhex(data))}
    [with_the_transactions] = fingerprints(understood(life).frame).values()
    assert receipt.question_sha256 == tried(with_the_transactions.key)
