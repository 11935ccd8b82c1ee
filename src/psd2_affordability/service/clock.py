"""What day and time it is. Only use cases ask; everything below them is told."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

#: Consents and booking days follow the clock on the wall where the banks are.
ZONE = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Says what day and time it is."""

    def now(self) -> datetime:
        """Return this moment, with its time zone."""
        ...

    def today(self) -> date:
        """Return the day it is where the banks are."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return this moment."""
        return datetime.now(ZONE)

    def today(self) -> date:
        """Return today."""
        return self.now().date()


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for the sandbox and the demo."""

    moment: datetime

    @classmethod
    def at_noon(cls, day: date) -> "FixedClock":
        """Stop the clock at noon of a day.

        >>> FixedClock.at_noon(date(2026, 6, 1)).today()
        datetime.date(2026, 6, 1)
        """
        return cls(datetime(day.year, day.month, day.day, 12, tzinfo=ZONE))

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self.moment

    def today(self) -> date:
        """Return the day it stands at."""
        return self.moment.date()
