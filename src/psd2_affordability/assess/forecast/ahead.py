"""What the forecasts say of each of a run of people, made for all of them together."""

from collections.abc import Sequence
from functools import cached_property

from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.forecast.balance_days import BalanceDays, balance_days
from psd2_affordability.assess.forecast.outlook import Outlook, outlooks_of


class Ahead:
    """One person seen ahead. The first calculator that asks has it made for the whole run."""

    def __init__(self, run: "_Run", at: int) -> None:
        self._run, self._at = run, at

    @property
    def outlook(self) -> Outlook:
        """The outlook from the day asked."""
        return self._run.outlooks[self._at]

    @property
    def balance_days(self) -> BalanceDays | None:
        """The balances of the next six weeks; None when they cannot be told."""
        return self._run.balance_days[self._at]


def ahead_of(people: Sequence[Facts]) -> list[Ahead]:
    """Look ahead for a run of people; some tens of them cost the least for each."""
    run = _Run(people)
    return [Ahead(run, at) for at in range(len(people))]


class _Run:
    def __init__(self, people: Sequence[Facts]) -> None:
        self._people = people

    @cached_property
    def outlooks(self) -> list[Outlook]:
        return outlooks_of(self._people)

    @cached_property
    def balance_days(self) -> list[BalanceDays | None]:
        return balance_days(self.outlooks)
