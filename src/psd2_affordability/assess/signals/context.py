"""What every detector may look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.results import Income
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.answer import Unknown

_DAY_AND_KEY = attrgetter("day", "tx")


@dataclass(frozen=True, slots=True)
class Context:
    """One subject's facts and income."""

    facts: Facts
    income: Income

    @property
    def since(self) -> int:
        """Day number from which a sign is news."""
        return self.facts.seen_to - NORMS.news_days

    @property
    def silent_until(self) -> int:
        """Day number from which a payment can be a first one: the data were silent about it before."""
        first = self.facts.first_day
        return (first if first is not None else self.facts.seen_to) + NORMS.fresh_history_days

    @property
    def usual_income(self) -> int:
        """Usual income a month in cents; nothing when it is not known."""
        month = self.income.monthly
        return 0 if isinstance(month, Unknown) else month.mid.cents

    def signed(self, signal: str) -> list[Row]:
        """Rows of the categories that carry a kind of signal, oldest first."""
        facts = self.facts
        seen = [category for category in facts.kinds.by_signal.get(signal, ()) if category in facts.spans]
        if not seen:
            return []
        return sorted([row for category in seen for row in facts.of(category)], key=_DAY_AND_KEY)

    def first_by_payee(self, rows: Sequence[Row]) -> list[Row]:
        """First row of each payee that is news: after enough silence, and not long ago."""
        if not rows:
            return []
        first: dict[str, Row] = {}
        for row in rows:
            first.setdefault(row.payee, row)
        since = max(self.since, self.silent_until)
        return [row for row in first.values() if row.day >= since]
