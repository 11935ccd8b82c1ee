"""What a seizure must leave here: the protected amount, used or not, at one bank or more, joint or not."""

from typing import NamedTuple

from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import SEIZED
from psd2_affordability.assess.reckoning import number_of
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.dates import month_start
from psd2_affordability.core.money import Money

#: Where the bank stands in a Dutch account number.
_BANK = slice(4, 8)


class Reach(NamedTuple):
    """What the law leaves in this case.

    Attributes:
        kept: what a seizure must leave of all balances together, lowest and highest, or Unknown.
        used: how much of the protected amount an earlier seizure this month may have used.
        seized: the rows that show that seizure.
        banks: how many banks hold the accounts.
        joint: an account is known to have another holder.
    """

    kept: Interval | Unknown
    used: Money
    seized: tuple[str, ...]
    banks: int
    joint: bool


def reach_of(facts: Facts, protected: LegalAnswer) -> Reach:
    """Work out what must be left.

    The protected amount holds once a calendar month: what an earlier seizure in it left is used up,
    surely when the user says so, perhaps when only the bookings show a seizure. It holds at each bank
    apart, and a seizure reaches one bank: of a total over more banks it leaves at least one such
    amount and at most one at each.
    """
    stated = facts.case.protection_used
    seized = _seized_this_month(facts)
    banks = len({one.account[_BANK] for one in facts.accounts}) or 1
    held = facts.case.household.accounts
    joint = bool(held) and any(one.share < 1 for one in held)
    value = protected.value
    if isinstance(value, Unknown):
        return Reach(value, stated, seized, banks, joint)
    low, high, used = value.low.cents, value.high.cents, stated.cents
    perhaps = high if seized and not used else used
    if banks == 1 and not perhaps:
        return Reach(value, stated, seized, banks, joint)
    kept = Interval(Money(max(0, low - perhaps)), Money(max(0, high - used) + high * (banks - 1)))
    return Reach(kept, Money(min(perhaps, high)), seized, banks, joint)


def _seized_this_month(facts: Facts) -> tuple[str, ...]:
    if SEIZED not in facts.spans:
        return ()
    first = number_of(month_start(facts.on))
    return tuple(row.tx for row in facts.of(SEIZED) if row.day >= first and row.cents < 0)
