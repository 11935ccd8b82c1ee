"""One measured figure, with its budget and the peer it is compared with in the same run."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    """A figure for docs/benchmarks.md.

    Attributes:
        name: what was done, as a reader would say it.
        value: the figure.
        unit: such as `rows/s` or `ms`.
        budget: the bound it must keep, in the same unit; None when there is none.
        higher_is_better: how budget and value compare.
        peer: the alternative measured beside it, or empty.
        peer_value: its figure, in the same unit.
    """

    name: str
    value: float
    unit: str
    budget: float | None = None
    higher_is_better: bool = True
    peer: str = ""
    peer_value: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the budget is kept; None without a budget."""
        if self.budget is None:
            return None
        return self.value >= self.budget if self.higher_is_better else self.value <= self.budget

    @property
    def ratio(self) -> float | None:
        """How many times better than the peer; None without one."""
        if not self.peer_value:
            return None
        return self.value / self.peer_value if self.higher_is_better else self.peer_value / self.value


def best_of(times: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs: the least disturbed one."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)
