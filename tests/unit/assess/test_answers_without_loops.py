"""Answers hold no loops of references: what was answered goes when nobody holds it any more."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from assess_builders import ON, SINGLE, Life, assessed, balance, euros

from psd2_affordability.assess.case import Case


def answered() -> None:
    """Answer about somebody in debt, with every part, and let the answer go."""
    life = Life("ada").monthly("inkomen.loon", 2_200, day=24, payee="Bakker BV")
    life.monthly("wonen.huur", -1_400, day=1, payee="Woonstad").book("schulden.incasso", -40, ON)
    found = assessed(life, Case(SINGLE, (balance(900),), total_debt=euros(2_000)))
    assert found.credit_check is not None
    assert found.room is not None


@contextmanager
def everything_collected_is_kept() -> Iterator[list[object]]:
    """Collect only when asked, and keep what was collected to be looked at."""
    running, asked = gc.isenabled(), gc.get_debug()
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        yield gc.garbage
    finally:
        gc.set_debug(asked)
        gc.garbage.clear()
        if running:
            gc.enable()


def of_the_product(thing: object) -> bool:
    """Whether this is something of ours: servers of other tests leave loops too, in their threads."""
    of = getattr(thing, "__module__", None) or type(thing).__module__
    return str(of).startswith("psd2_affordability.")


@pytest.fixture(autouse=True)
def remembered() -> None:
    """Answer once before anything is counted: what is remembered for later is made only then."""
    answered()


def test_an_answer_that_nobody_holds_leaves_nothing_to_the_collector_of_garbage():
    with everything_collected_is_kept() as collected:
        answered()
        gc.collect()
        left = sorted({type(thing).__qualname__ for thing in collected if of_the_product(thing)})

    assert left == []


def test_a_loop_of_the_product_s_own_objects_would_be_seen():
    with everything_collected_is_kept() as collected:
        life = Life("ada")
        case = Case(SINGLE, (balance(900),))
        loop: list[object] = [life, case]
        loop.append(loop)
        del loop, case
        gc.collect()
        left = {type(thing).__qualname__ for thing in collected if of_the_product(thing)}

    assert "Case" in left
