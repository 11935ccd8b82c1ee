"""A bank that keeps failing is left alone for a while: one breaker per bank, for all who ask it."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from psd2_affordability.connect.refusals import spoken
from psd2_affordability.core.errors import BankUnreachable


@dataclass(slots=True)
class Attempt:
    """One call under way; says afterwards whether the bank failed. A refusal is no failure."""

    failed: bool = False


class Breaker:
    """Opens after so many failures in a row; then lets one call try, after pauses that grow.

    Args:
        failures: in a row, before it opens.
        pause_s: before the first trial; doubles with every trial that fails.
        longest_pause_s: what the pause grows to.
        monotonic: seconds that never go back.

    >>> breaker = Breaker(failures=1, monotonic=lambda: 0.0)
    >>> with breaker.attempt("nl.bank accounts") as attempt:
    ...     attempt.failed = True
    >>> breaker.is_open
    True
    """

    def __init__(
        self,
        *,
        failures: int = 5,
        pause_s: float = 30.0,
        longest_pause_s: float = 900.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = failures
        self._first_pause = pause_s
        self._longest_pause = longest_pause_s
        self._monotonic = monotonic
        self._lock = Lock()
        self._in_a_row = 0
        self._pause = pause_s
        self._tries_at = 0.0
        self._on_trial = False

    @property
    def is_open(self) -> bool:
        """Whether calls are turned away."""
        return self._in_a_row >= self._most

    @contextmanager
    def attempt(self, where: str) -> Iterator[Attempt]:
        """Guard one call.

        An exception is no verdict: who guards the call says on the attempt whether the bank failed.

        Raises:
            BankUnreachable: at once, while the bank is left alone.
        """
        on_trial = self._admit(where)
        attempt = Attempt()
        judged = False
        try:
            yield attempt
            judged = True
        finally:
            with self._lock:
                if on_trial:
                    self._on_trial = False
                if judged:
                    self._judge(attempt.failed, on_trial=on_trial)

    def _admit(self, where: str) -> bool:
        """Let a call through, and tell whether it is the one that tries a failing bank again."""
        with self._lock:
            if not self.is_open:
                return False
            left = self._tries_at - self._monotonic()
            if left > 0 or self._on_trial:
                raise BankUnreachable(
                    f"the bank failed {self._in_a_row} times in a row and is left alone for now",
                    where=where,
                    do=f"Ask again in {spoken(max(1, round(left)))}; what was received before stays",
                )
            self._on_trial = True
            return True

    def _judge(self, failed: bool, *, on_trial: bool) -> None:
        if not failed:
            self._in_a_row, self._pause = 0, self._first_pause
            return
        self._in_a_row += 1
        if on_trial:
            self._pause = min(self._pause * 2, self._longest_pause)
        if self.is_open:
            self._tries_at = self._monotonic() + self._pause


class Breakers:
    """The breakers of one process, one per bank, made when a bank is first asked."""

    def __init__(self, make: Callable[[], Breaker] = Breaker) -> None:
        self._each: defaultdict[str, Breaker] = defaultdict(make)
        self._lock = Lock()

    def of(self, bank: str) -> Breaker:
        """Return the breaker of a bank.

        >>> breakers = Breakers()
        >>> breakers.of("nl.bank") is breakers.of("nl.bank")
        True
        """
        with self._lock:
            return self._each[bank]
