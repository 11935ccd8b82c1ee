"""Answers hold no loops of references: what was answered goes when nobody holds it any more.

Looked at in a process of its own: what other tests leave behind in theirs says nothing of an answer.
"""

import subprocess
import sys
from pathlib import Path

import assess_builders

WATCHED = """
import gc
from assess_builders import ON, SINGLE, Life, assessed, balance, euros
from psd2_affordability.assess.case import Case

def answered():
    life = Life("ada").monthly("inkomen.loon", 2_200, day=24, payee="Bakker BV")
    life.monthly("wonen.huur", -1_400, day=1, payee="Woonstad").book("schulden.incasso", -40, ON)
    found = assessed(life, Case(SINGLE, (balance(900),), total_debt=euros(2_000)))
    assert found.credit_check is not None
    assert found.room is not None
    return found

answered()  # what is remembered for later is made by the first answer
gc.collect()
gc.disable()
gc.set_debug(gc.DEBUG_SAVEALL)
{watched}
gc.collect()
for thing in gc.garbage:
    module = getattr(thing, "__module__", None) or type(thing).__module__
    if module.startswith("psd2_affordability."):
        print(type(thing).__qualname__)
"""


def left_to_the_collector_of_garbage(watched: str) -> list[str]:
    """Run this after a first answer, in a new interpreter; the kinds of our objects it leaves in loops."""
    code = (
        f"import sys; sys.path.insert(0, {str(Path(assess_builders.__file__).parent)!r})\n"
        + WATCHED.format(watched=watched)
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return sorted(set(run.stdout.split()))


def test_an_answer_that_nobody_holds_leaves_nothing_to_the_collector_of_garbage():
    assert left_to_the_collector_of_garbage("answered()") == []


def test_a_loop_of_the_product_s_own_objects_would_be_seen():
    looped = "loop = [answered()]; loop.append(loop); del loop"

    assert "Assessment" in left_to_the_collector_of_garbage(looped)
