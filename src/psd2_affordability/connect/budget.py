"""How often a bank may be asked without the person there: a count that is kept before the call."""

from collections import defaultdict
from datetime import datetime, timedelta
from math import ceil
from typing import Protocol

from psd2_affordability.connect.refusals import rate_limited

WINDOW = timedelta(hours=24)


class CallBudget(Protocol):
    """Counts unattended calls per consent, account and endpoint over the last 24 hours."""

    def spend(self, consent: str, account: str, endpoint: str, at: datetime) -> None:
        """Count one call, durably, before it is made.

        Raises:
            RateLimited: the calls of the last 24 hours are used up; nothing is counted.
        """
        ...


class MemoryBudget:
    """A count that lives as long as the process: for one fetch, not for a schedule."""

    def __init__(self, per_day: int = 4) -> None:
        self._per_day = per_day
        self._spent: dict[tuple[str, str, str], list[datetime]] = defaultdict(list)

    def spend(self, consent: str, account: str, endpoint: str, at: datetime) -> None:
        """Count one call.

        Raises:
            RateLimited: with the seconds until the oldest call no longer counts.
        """
        spent = self._spent[consent, account, endpoint]
        spent[:] = [moment for moment in spent if moment > at - WINDOW]
        if len(spent) >= self._per_day:
            seconds = ceil((min(spent) + WINDOW - at).total_seconds())
            raise rate_limited(seconds, where=f"our own count of calls for {endpoint}")
        spent.append(at)
