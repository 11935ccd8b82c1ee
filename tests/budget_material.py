"""A count of unattended calls that lives as long as a test."""

from collections import defaultdict
from datetime import datetime, timedelta
from math import ceil

from psd2_affordability.connect.refusals import rate_limited

WINDOW = timedelta(hours=24)


class MemoryBudget:
    """As the store counts, but in memory."""

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
