"""People are seen ahead in runs; nobody's answer hangs on who else is in the run."""

from datetime import timedelta

import pytest
from assess_builders import KNOWLEDGE, ON, SINGLE, Life, TenLineLaw, assessed, balance, euros, understood

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.run import assess

#: More than a run holds.
_MANY = 70


def shopping(life: Life, days: int) -> Life:
    """Add groceries of every third day, no two alike."""
    for back in range(0, days, 3):
        life.book("huishouden.boodschappen", -20 - back % 17, ON - timedelta(days=back))
    return life


def whole_year(subject: str) -> Life:
    life = Life(subject).monthly("inkomen.loon", 2_200, day=24, payee="Bakker BV")
    return shopping(life.monthly("wonen.huur", -700, day=1, payee="Woonstad"), 360)


def two_months(subject: str) -> Life:
    return shopping(Life(subject).monthly("inkomen.loon", 1_900, day=24, months=2), 60)


def three_weeks(subject: str) -> Life:
    return shopping(Life(subject), 22)


def people() -> dict[str, tuple[Life, Case]]:
    """Lives of long, short and no history, with and without a balance, a debt and a proposal."""
    known = {
        "ada": (whole_year("ada"), Case(SINGLE, (balance(900),), total_debt=euros(600))),
        "bas": (two_months("bas"), Case(SINGLE, (balance(300),), total_debt=euros(400))),
        "cas": (whole_year("cas"), Case(SINGLE, (), total_debt=euros(2_000))),
        "dio": (three_weeks("dio"), Case(SINGLE, (balance(50),), proposal=euros(25))),
        "eva": (Life("eva"), Case(SINGLE, (balance(10),))),
        "fay": (whole_year("fay"), Case(SINGLE, (balance(-40),), proposal=euros(35))),
    }
    return known | {
        f"x{at:02}": (whole_year(f"x{at:02}"), Case(SINGLE, (balance(at),))) for at in range(_MANY)
    }


@pytest.fixture(scope="module")
def together() -> dict[str, Assessment]:
    known = people()
    lives = understood(*(life for life, _ in known.values()))
    return assess(lives, {name: case for name, (_, case) in known.items()}, TenLineLaw(), KNOWLEDGE, ON)


@pytest.mark.parametrize("name", ["ada", "bas", "cas", "dio", "eva", "fay", "x00", "x31", "x32", "x69"])
def test_who_is_seen_ahead_with_others_gets_the_answers_of_who_is_seen_alone(name, together):
    alone = assessed(*people()[name])

    assert together[name].room == alone.room
    assert together[name].seizure == alone.seizure
    assert together[name].seizure.forecast == alone.seizure.forecast


def test_the_people_seen_together_differ_in_what_can_be_told(together):
    options = {name: bool(one.room.options) for name, one in together.items()}
    forecasts = {name: bool(one.seizure.forecast) for name, one in together.items()}

    assert (options["ada"], options["eva"]) == (True, False)
    assert (forecasts["ada"], forecasts["dio"], forecasts["cas"]) == (True, True, False)


def test_a_fortune_on_the_account_moves_every_coming_day_by_just_that_fortune():
    usual, rich = (
        assessed(whole_year("ada"), Case(SINGLE, (balance(start),))).seizure.forecast
        for start in (900, 30_000_900)
    )

    assert [day.p10.cents + 30_000_000_00 for day in usual] == [day.p10.cents for day in rich]
    assert [day.p90.cents + 30_000_000_00 for day in usual] == [day.p90.cents for day in rich]
