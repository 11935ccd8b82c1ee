"""The rhythms of one person by their direction, told apart once for every calculator."""

from typing import NamedTuple

from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.rhythm import Rhythm


class BothWays(NamedTuple):
    """Money that comes in with a rhythm, and money that goes out with one."""

    incoming: list[Rhythm]
    outgoing: list[Rhythm]


def both_ways(facts: Facts) -> BothWays:
    """Tell them apart; for `Facts.once`."""
    ways = BothWays([], [])
    for one in facts.rhythms:
        ways[not one.incoming].append(one)
    return ways
