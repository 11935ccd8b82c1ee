"""Which single change would turn an answer, the smallest first: exact to the euro.

Only money is ever said to change, or what a payment shows: never who somebody is or lives with.
"""

from psd2_affordability.assess.counterfactuals.credit import credit_turns
from psd2_affordability.assess.counterfactuals.room import room_turns
from psd2_affordability.assess.counterfactuals.seizure import seizure_turns

__all__ = ["credit_turns", "room_turns", "seizure_turns"]
