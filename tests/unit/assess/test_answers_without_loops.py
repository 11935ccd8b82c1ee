"""Answers hold no loops of references: what was answered goes when nobody holds it any more."""

import gc

from assess_builders import ON, SINGLE, Life, assessed, balance, euros

from psd2_affordability.assess.case import Case


def answered() -> None:
    """Answer about somebody in debt, with every part, and let the answer go."""
    life = Life("ada").monthly("inkomen.loon", 2_200, day=24, payee="Bakker BV")
    life.monthly("wonen.huur", -1_400, day=1, payee="Woonstad").book("schulden.incasso", -40, ON)
    found = assessed(life, Case(SINGLE, (balance(900),), total_debt=euros(2_000)))
    assert found.credit_check is not None
    assert found.room is not None


def test_an_answer_that_nobody_holds_leaves_nothing_to_the_collector_of_garbage():
    answered()
    running = gc.isenabled()
    gc.disable()
    try:
        gc.collect()
        answered()
        left = gc.collect()
    finally:
        if running:
            gc.enable()

    assert left == 0
