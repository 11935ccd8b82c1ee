"""The store against a plain model, through any order of fetches, files, withdrawals and restarts."""

from collections import Counter
from datetime import date, timedelta

import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from psd2_affordability.ledger.merge import Window
from psd2_affordability.store.store import Store
from store_material import ACCOUNT, KEY, NOW, entry, received

FIRST = date(2026, 5, 1)
BANK = "nl.bank"

#: Day of the month, cents, words: few enough that twins are common.
_entry = st.tuples(
    st.integers(0, 9), st.sampled_from([-325, -325, -1000, 250_000]), st.sampled_from(["koffie", "taart"])
)
_days = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted)


class StoreMachine(RuleBasedStateMachine):
    """Knows what the bank has, what a file had, and what was last seen of each day."""

    @initialize()
    def begin(self) -> None:
        self.store = Store("sqlite://", KEY)
        self.store.cases.open("case-1", at=NOW)
        self.at_bank: Counter[tuple[int, int, str]] = Counter()
        self.from_bank: Counter[tuple[int, int, str]] = Counter()
        self.numbers = 0
        self.keys: dict[str, int] = {}

    def teardown(self) -> None:
        self.store.close()

    @rule(booked=_entry)
    def the_bank_books(self, booked: tuple[int, int, str]) -> None:
        self.at_bank[booked] += 1

    @precondition(lambda self: self.at_bank)
    @rule(data=st.data())
    def the_bank_takes_an_entry_back(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(sorted(self.at_bank)))
        self.at_bank -= Counter([gone])

    @rule(days=_days, numbered=st.booleans(), order=st.randoms(use_true_random=False))
    def a_whole_fetch(self, days: list[int], numbered: bool, order) -> None:
        rows = self._rows(days)
        order.shuffle(rows)
        self._keep(rows, numbered, Window(self._day(days[0]), self._day(days[1])))
        if rows:
            outside = {key: n for key, n in self.from_bank.items() if not days[0] <= key[0] <= days[1]}
            self.from_bank = Counter(outside) + Counter(rows)

    @rule(days=_days, part=st.integers(0, 5))
    def a_fetch_that_breaks_off(self, days: list[int], part: int) -> None:
        rows = self._rows(days)[:part]
        self._keep(rows, numbered=False, window=None)
        self.from_bank |= Counter(rows)

    @rule()
    def the_same_again_writes_nothing(self) -> None:
        rows = self._rows([0, 9])
        self._keep(rows, numbered=False, window=None)
        self.from_bank |= Counter(rows)
        again = self._keep(rows, numbered=False, window=None)
        assert (again.new, again.changed, again.gone) == (0, 0, 0)

    @invariant()
    def what_is_read_is_what_the_bank_said(self) -> None:
        frame = self.store.ledger.load("case-1", purpose="debt_help", at=NOW, banks=[BANK]).transactions
        days = (frame["booked_on"] - pd.Timestamp(FIRST)).dt.days
        assert Counter(zip(days, frame["amount_ct"], strict=True)) == _amounts(self.from_bank)
        for tx, cents in zip(frame["tx"], frame["amount_ct"], strict=True):
            assert self.keys.setdefault(tx, cents) == cents, "a key stands for one amount for ever"

    @invariant()
    def nothing_is_read_without_the_bank(self) -> None:
        assert self.store.ledger.load("case-1", purpose="debt_help", at=NOW).transactions.empty

    def _rows(self, days: list[int]) -> list[tuple[int, int, str]]:
        return sorted(key for key in self.at_bank.elements() if days[0] <= key[0] <= days[1])

    def _keep(self, rows: list[tuple[int, int, str]], numbered: bool, window: Window | None):
        told = []
        for day, cents, words in rows:
            self.numbers += 1
            number = f"R-{self.numbers}" if numbered else ""
            told.append(entry(self._day(day), cents, words, entry_reference=number))
        data = received(told)
        windows = {ACCOUNT: window} if window else {}
        return self.store.ledger.keep(
            "case-1", data.transactions, data.accounts, at=NOW, source=BANK, windows=windows
        )

    def _day(self, day: int) -> date:
        return FIRST + timedelta(days=day)


def _amounts(rows: Counter[tuple[int, int, str]]) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for (day, cents, _), count in rows.items():
        found[day, cents] += count
    return found


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(max_examples=15, stateful_step_count=12, deadline=None)
