"""What banks behind an aggregator do to an entry, one way or another."""

from dataclasses import dataclass
from typing import Literal

References = Literal["own", "missing", "positional", "shared", "changing", "placeholder"]
Indicator = Literal["plain", "absent", "with_minus"]
Names = Literal["in_name", "in_address"]


@dataclass(frozen=True, slots=True)
class Quirks:
    """The habits of the bank behind the aggregator.

    Attributes:
        references: the number of an entry is the bank's `own`, `missing`, its `positional` place in the
            day, one that two entries have `shared`, one `changing` at every fetch, or a `placeholder`.
        indicator: the word for in or out is `plain`, `absent` with a minus instead, or there
            `with_minus` besides.
        names: where the name of the other side stands.
        own_name_on_cards: whether the person is named as the creditor of their card payments.
        undated_pending: whether a pending entry has no day at all.
    """

    references: References = "own"
    indicator: Indicator = "plain"
    names: Names = "in_name"
    own_name_on_cards: bool = False
    undated_pending: bool = False
