"""What of the room is the asking creditor's, beside others that collect or are owed."""

from collections.abc import Collection
from typing import NamedTuple

from psd2_affordability.assess.creditors import in_arrears
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.results import Expenses
from psd2_affordability.assess.unpaid import may_be_over
from psd2_affordability.core.money import Money


class FairShare(NamedTuple):
    """The asking creditor's part.

    Attributes:
        amount: a month, never more than the usual room.
        others: how many other creditors there are.
        paid: what goes to them a month already.
        owed: what should go to them a month besides, and is not paid now.
        by_debt: shared by what is owed to each; else an equal part for each creditor.
    """

    amount: Money
    others: int
    paid: Money
    owed: Money
    by_debt: bool


def fair_share(
    facts: Facts, collecting: Collection[str], expenses: Expenses, room: Money
) -> FairShare | None:
    """Share out what can be repaid in all: the usual room, and what goes or should go to other creditors.

    By what is owed to each when that is known, else in equal parts. None when nobody else collects
    or is owed anything. A known arrear of just the claim is the claim itself.

    Example: a room of 300, one other creditor who gets 100 a month: 400 in all, so 200 each. It is the
    same where those 100 are not paid now, as the room has them among the costs.

    Args:
        facts: of the subject.
        collecting: who else collects.
        expenses: with what goes to each creditor.
        room: the usual one.
    """
    case, arrears = facts.case, may_be_over(facts)
    if arrears:
        collecting = {*collecting, *in_arrears(facts)}
    claim = case.total_debt
    owed = [amount.cents for _, amount in case.household.debts]
    if claim is not None and claim.cents in owed:
        owed.remove(claim.cents)
    by_debt = bool(claim and owed)
    if claim is not None and by_debt:
        part, whole = claim.cents, claim.cents + sum(owed)
        others = max(len(owed), len(collecting))
    elif collecting:
        part, whole, others = 1, len(collecting) + 1, len(collecting)
    else:
        return None
    due = sum([one.monthly.cents for one in expenses.creditors if one.payee in collecting])
    # rounded down to the cent
    share = min(room.cents, (room.cents + due) * part // whole)
    return FairShare(Money(share), others, Money(due - arrears), Money(arrears), by_debt)
