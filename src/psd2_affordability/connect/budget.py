"""How often a bank may be asked without the person there: a count that is kept before the call."""

from datetime import datetime
from typing import Protocol


class CallBudget(Protocol):
    """Counts unattended calls per consent, account and endpoint over the last 24 hours."""

    def spend(self, consent: str, account: str, endpoint: str, at: datetime) -> None:
        """Count one call, durably, before it is made.

        Raises:
            RateLimited: the calls of the last 24 hours are used up; nothing is counted.
        """
        ...
