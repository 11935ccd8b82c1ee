"""The bars of `test_household_truth`, over ten times as many households and each length by itself."""

import pytest

from household_lives import homes
from household_scores import Scored, scored

_SEEDS = range(1000, 1014)


def share(told: list[bool]) -> float:
    return sum(told) / len(told)


#: Bills that come once a year, about 60 euros a month together, and fell in none of the months seen:
#: nothing shows them, so the room may lie that much above the truth. The answer asks for yearly costs.
_UNSEEABLE = "yearly_bills"


@pytest.mark.parametrize("months", [6, 9, 12])
def test_the_room_keeps_its_bars_at_every_length_of_history(months: int):
    every: list[Scored] = [one for seed in _SEEDS for one in scored(homes(seed, (months,)))]
    too_high = [one.name for one in every if one.mid - one.truth > 50_00]

    assert share([abs(one.mid - one.truth) <= 25_00 for one in every]) >= 0.95
    assert [name for name in too_high if not name.startswith(_UNSEEABLE)] == []
    assert [one.name for one in every if one.flipped] == []


def test_90_days_hold_the_truth_in_90_percent():
    every = [one for seed in _SEEDS for one in scored(homes(seed, (3,)))]

    assert share([one.low <= one.truth <= one.high for one in every]) >= 0.90
