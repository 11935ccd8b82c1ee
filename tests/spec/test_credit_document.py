"""The guide on the credit check names every indicator, depth and decision that there is."""

import re
from pathlib import Path
from typing import get_args

from psd2_affordability.assess import credit
from psd2_affordability.assess.credit import _TOO_MUCH_FOR_LITTLE, _WEIGHT
from psd2_affordability.assess.obligation import Depth
from psd2_affordability.assess.results import Collectability
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.money import Money
from psd2_affordability.service.decisions import OUTCOMES

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "credit-check.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` \| .* \| ?(yes)? ?\|$", GUIDE, re.MULTILINE))


def test_every_indicator_is_listed_with_whether_a_light_check_looks_at_it():
    assert set(ROWS) >= set(_WEIGHT)
    for code in _WEIGHT:
        left_out = code in _TOO_MUCH_FOR_LITTLE or code == "lending_norm"
        assert bool(ROWS[code]) != left_out, code


def test_every_depth_outcome_and_collectability_is_named():
    for word in (*get_args(Depth), *OUTCOMES, *get_args(Collectability)):
        assert word in GUIDE
    assert credit.__doc__


def test_the_bounds_are_those_of_the_norms():
    light, thorough = Money(NORMS.light_total_ct), Money(NORMS.thorough_total_ct)

    assert f"at most {light.spoken().removesuffix('.00')} in all" in GUIDE
    assert f"above {thorough.spoken().removesuffix('.00')} in all" in GUIDE
    assert f"room below {Money(NORMS.small_effort_ct).spoken().removesuffix('.00')}" in GUIDE
