"""Whom the debtor maintains by law, as far as the household tells."""

from psd2_affordability.assess.household import Household

MOST = 5
ASK = "Whom does the debtor maintain by law (spouse, children), and have they an income of their own?"


def dependants(household: Household) -> tuple[int, int]:
    """Return the least and the most number of persons that count.

    A partner counts only when married, and a court may leave out who has an own income: with a
    partner the number is open. Children whose birth dates are not given are at least one.

    >>> dependants(Household())
    (0, 5)
    """
    listed = len(household.children)
    if household.type is None:
        return min(listed, MOST), MOST
    least = max(listed, 1) if household.type.has_children else listed
    most = MOST if household.type.has_children and not listed else listed
    if household.type.has_partner:
        most += 1
    return min(least, MOST), min(most, MOST)
