"""Banks that number, order, word and page as they like, against a book that knows the truth."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from psd2_affordability.ledger.balance_proof import unreconciled
from psd2_affordability.ledger.merge import Known, Row, Window, decide, telling
from psd2_affordability.ledger.schema import frame_of

FIRST = date(2026, 3, 1)
HISTORIES = 10_000
_EPOCH = date(1970, 1, 1)
_SHOPS = ("Bakker Jansen", "Koffiehuis", "Buurtwinkel")
_AMOUNTS = (-325, -325, -1000, -8500, 250_000)


@dataclass
class Bank:
    """Knows what truly happened, and tells it with one fault or another."""

    random: Random
    truth: list[Row] = field(default_factory=list)
    numbering: str = "true"
    settled: bool = False

    def happen(self) -> None:
        """Book another entry, now and then on a day that is long past, and now and then take one back."""
        day = self.random.randrange(12)
        shop = self.random.choice(_SHOPS)
        number = f"N-{self.random.randrange(10**9)}"
        cents = self.random.choice(_AMOUNTS)
        start = (FIRST - _EPOCH).days
        self.truth.append(Row(start + day, start + day, cents, "EUR", shop, "", f"pas {day}", None, number))
        if self.random.random() < 0.05:
            self.truth.pop(self.random.randrange(len(self.truth)))

    def answer(self, window: Window) -> list[Row]:
        """Everything of the window, in any order, under numbers of any kind."""
        since, until = ((day - _EPOCH).days for day in (window.since, window.until))
        rows = [row for row in self.truth if since <= row.day <= until]
        self.random.shuffle(rows)
        told = [self._worded(self._numbered(row)) for row in rows]
        if not window.complete:
            told = told[: self.random.randrange(len(told) + 1)]
        numbers = telling([row.reference for row in told])
        return [row._replace(reference=number) for row, number in zip(told, numbers, strict=True)]

    def _numbered(self, row: Row) -> Row:
        kinds = {
            "true": row.reference,
            "none": "",
            "re-used": f"{row.cents % 7}998",
            "always new": f"X-{self.random.randrange(10**9)}",
            "some new": row.reference if self.random.random() > 0.1 else f"Y-{self.random.randrange(10**9)}",
        }
        return row._replace(reference=kinds[self.numbering])

    def _worded(self, row: Row) -> Row:
        return row._replace(name=f"Betaling {row.name}") if self.settled else row


@dataclass
class Book:
    """Keeps rows by what the merge decides, as the store does."""

    rows: dict[str, Known] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)

    def take(self, rows: list[Row], window: Window) -> None:
        decided = decide(list(self.rows.values()), rows, window if rows else None)
        joined = list(decided.same.values())
        assert len(set(joined)) == len(joined), "no kept row is two rows"
        for place, tx in decided.same.items():
            self.rows[tx] = replace_row(self.rows[tx], rows[place])
            assert self.amounts[tx] == rows[place].cents, "an amount or a sign was overwritten"
        for tx in (*decided.vanished, *decided.superseded):
            self.rows[tx] = self.rows[tx]._replace(live=False)
        for place in decided.new:
            tx = f"t{len(self.rows)}"
            self.rows[tx] = Known(tx, rows[place])
            self.amounts[tx] = rows[place].cents
        assert set(decided.superseded.values()) <= set(decided.new)

    def said(self) -> Counter[tuple[int, int]]:
        """How many live rows there are of each day and amount."""
        return Counter((known.row.day, known.row.cents) for known in self.rows.values() if known.live)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - it must repeat, and keeps no secret


def replace_row(known: Known, row: Row) -> Known:
    return known._replace(row=row, live=True)


def told(rows: list[Row]) -> Counter[tuple[int, int]]:
    return Counter((row.day, row.cents) for row in rows)


def a_window(random: Random) -> Window:
    first = FIRST + timedelta(days=random.randrange(10))
    return Window(first, first + timedelta(days=random.randrange(1, 14)), complete=random.random() < 0.7)


def live_through(random: Random) -> None:
    bank, book = Bank(random), Book()
    whole = Window(FIRST, FIRST + timedelta(days=20))
    for _ in range(random.randrange(2, 6)):
        for _ in range(random.randrange(4)):
            bank.happen()
        bank.numbering = random.choice(("true", "none", "re-used", "always new", "some new"))
        bank.settled = bank.settled or random.random() < 0.2
        window = a_window(random)
        before, rows = book.said(), bank.answer(window)
        book.take(rows, window)
        if window.complete and rows:
            since, until = ((day - _EPOCH).days for day in (window.since, window.until))
            inside = Counter({key: n for key, n in book.said().items() if since <= key[0] <= until})
            assert inside == told(rows), "inside a whole window the book says what the bank says"
        else:
            assert book.said() >= before, "a part of an answer loses nothing"
        assert book.said() >= told(rows), "what the bank said just now is there"
    rows = bank.answer(whole)
    book.take(rows, whole)
    if rows:
        assert book.said() == told(bank.truth)
    count = len(book.rows)
    book.take(rows, whole)
    assert (len(book.rows), book.said()) == (count, book.said())


def test_in_ten_thousand_histories_nothing_is_lost_doubled_or_given_another_amount():
    for seed in range(HISTORIES):
        live_through(seeded(seed))


def test_a_lost_or_doubled_row_shows_in_the_balances():
    for seed in range(60):
        random = seeded(seed)
        days = sorted(random.randrange(20) for _ in range(12))
        balance, rows = 10_000, []
        for day in days:
            cents = random.choice((-325, -1000, 2_000))
            balance += cents
            rows.append(_booked(FIRST + timedelta(days=day), cents, balance))
        wrong = random.randrange(len(rows))
        stated = [(FIRST - timedelta(days=1), 10_000), (FIRST + timedelta(days=20), balance)]
        doubled = [*rows, rows[wrong]]

        assert unreconciled(frame_of(rows), stated) == ()
        for broken in (rows[:wrong] + rows[wrong + 1 :], doubled):
            for known in (broken, [{**row, "balance_after_ct": None} for row in broken]):
                gaps = unreconciled(frame_of(known), stated)
                assert gaps
                assert abs(sum(gap.difference.cents for gap in gaps)) == abs(rows[wrong]["amount_ct"])


def _booked(day: date, cents: int, balance: int) -> dict[str, object]:
    return {
        "account": "a",
        "status": "booked",
        "booked_on": day,
        "amount_ct": cents,
        "currency": "EUR",
        "balance_after_ct": balance,
    }
