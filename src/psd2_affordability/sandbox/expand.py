"""Turns a life into the entries of its accounts: the same entries, every time and everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from psd2_affordability.core.banking_days import banking_day_from, banking_day_until
from psd2_affordability.core.dates import add_months, days_in_month, month_start
from psd2_affordability.sandbox.lives import (
    FIRST_DAY,
    INCOMING,
    LAST_DAY,
    OWN,
    Habit,
    Life,
    Payee,
    Stream,
)
from psd2_affordability.sandbox.model import BankEntry
from psd2_affordability.sandbox.narrative import BANK_CODES, Dice, Fact, tell

RETURNED = "storno.teruggeboekt"

_MONTHS = {
    "weekly": 0, "four_weekly": 0, "monthly": 1, "two_monthly": 2, "quarterly": 3, "yearly": 12,
}  # fmt: skip
_WEEKS = {"weekly": 1, "four_weekly": 4}
_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Plan:
    """Something that is to happen on an account, before the balance decides whether it does.

    Attributes:
        books_on: day it is booked.
        order: within the day: income, then appointments, then habits.
        done_on: day it was done, which a card payment's text shows.
        account: key of the account.
        category: true leaf code.
        way: how the money moves.
        payee: the other side; None for own money.
        amount_ct: signed.
        text: description, filled in.
        least_ct: a habit makes do with this much when money is short; 0 when it is not a habit.
        to: key of the other own account.
        leaves_ct: the balance to bring the account to, instead of an amount.
        mandate: of a direct debit.
        purpose: ISO 20022 purpose code.
        returned: why it is returned, or empty.
    """

    books_on: date
    order: int
    done_on: date
    account: str
    category: str
    way: str
    payee: Payee | None
    amount_ct: int
    text: str
    least_ct: int = 0
    to: str = ""
    leaves_ct: int | None = None
    mandate: str = ""
    purpose: str = ""
    returned: str = ""


@dataclass(frozen=True, slots=True)
class Expanded:
    """The entries of each shared account, and what each entry truly is.

    Attributes:
        entries: by account key, in booking order.
        truth: category by entry reference.
    """

    entries: dict[str, tuple[BankEntry, ...]]
    truth: dict[str, str]


def expand(life: Life) -> Expanded:
    """Live the life day by day; habits stop when the money has run out."""
    plans = [plan for stream in life.streams for plan in _appointments(life, stream)]
    plans += [plan for number, habit in enumerate(life.habits) for plan in _outings(life, number, habit)]
    plans.sort(key=lambda plan: (plan.books_on, plan.order, plan.done_on))
    books = _Books(life)
    for plan in plans:
        books.book(plan)
    return books.closed()


def _appointments(life: Life, stream: Stream) -> Iterator[_Plan]:
    dice = Dice(
        f"{life.name}/{stream.category}/{stream.payee and stream.payee.name}/{stream.first}/{stream.text}"
    )
    for number, nominal in enumerate(_nominal_days(stream), start=1):
        month = f"{nominal:%Y-%m}"
        cents, reference = _amount(stream, nominal, dice), dice.digits(9)
        if month in stream.skipped:
            continue
        day = nominal + timedelta(days=stream.late.get(month, 0))
        books_on = banking_day_until(day) if stream.rolls == "before" else banking_day_from(day)
        if stream.cadence == "once" or stream.way in {"ideal", "card", "atm"}:
            books_on = day
        if not FIRST_DAY <= books_on <= LAST_DAY:
            continue
        incoming = stream.way in INCOMING or stream.way == "from_own"
        plan = _Plan(
            books_on=books_on,
            order=0 if incoming else 1,
            done_on=books_on,
            account=stream.account,
            category=stream.category,
            way=stream.way,
            payee=stream.payee,
            amount_ct=cents if incoming else -cents,
            text=_filled(stream.text, nominal, number, reference),
            to=stream.to,
            leaves_ct=stream.leaves_ct,
            mandate=stream.mandate,
            purpose=stream.purpose,
            returned=stream.returned.get(month, ""),
        )
        yield plan
        if plan.returned:
            back_on = banking_day_from(books_on + timedelta(days=1))
            yield replace(
                plan,
                books_on=back_on,
                done_on=back_on,
                order=0,
                category=RETURNED,
                way="returned",
                amount_ct=cents,
            )


def _nominal_days(stream: Stream) -> Iterator[date]:
    last = min(stream.until, LAST_DAY + timedelta(days=7))
    number = 0
    while True:
        if stream.cadence in _WEEKS:
            day = stream.first + timedelta(weeks=_WEEKS[stream.cadence] * number)
        else:
            day = add_months(stream.first, _MONTHS.get(stream.cadence, 0) * number)
        if day > last:
            return
        yield day
        if stream.cadence == "once":
            return
        number += 1


def _amount(stream: Stream, on: date, dice: Dice) -> int:
    if not stream.amounts:
        return 0
    cents = [amount for begins, amount in stream.amounts if begins <= on or begins == stream.amounts[0][0]][
        -1
    ]
    spread = cents * stream.varies // 100
    return cents + (dice.between(-spread, spread) if spread else 0)


def _filled(text: str, on: date, number: int, reference: str) -> str:
    return text.format(maand=_MAANDEN[on.month - 1], mm=f"{on:%m}", jjjj=on.year, n=number, ref=reference)


def _outings(life: Life, number: int, habit: Habit) -> Iterator[_Plan]:
    dice = Dice(f"{life.name}/{number}/{habit.category}")
    incoming = habit.way in INCOMING
    for start, days in _stretches(habit):
        for offset in dice.days(habit.times, days):
            done_on = start + timedelta(days=offset)
            cents = (
                dice.between(habit.low_ct, habit.high_ct) + dice.between(habit.low_ct, habit.high_ct)
            ) // 2
            cents = max(habit.step_ct, cents // habit.step_ct * habit.step_ct)
            payee, reference = habit.payees[dice.below(len(habit.payees))], dice.digits(9)
            if not max(FIRST_DAY, habit.first) <= done_on <= min(LAST_DAY, habit.until):
                continue
            instant = habit.way in {"ideal", "atm"}
            yield _Plan(
                books_on=done_on if instant else banking_day_from(done_on),
                order=0 if incoming else 2,
                done_on=done_on,
                account=habit.account,
                category=habit.category,
                way=habit.way,
                payee=payee,
                amount_ct=cents if incoming else -cents,
                text=_filled(habit.text, done_on, offset + 1, reference),
                least_ct=0 if incoming else habit.low_ct,
            )


def _stretches(habit: Habit) -> Iterator[tuple[date, int]]:
    """Yield the first day and the length of each week or month that the habit lives in."""
    start = FIRST_DAY - timedelta(days=FIRST_DAY.weekday()) if habit.per == "week" else month_start(FIRST_DAY)
    while start <= min(LAST_DAY, habit.until):
        length = 7 if habit.per == "week" else days_in_month(start)
        if start + timedelta(days=length) > habit.first:
            yield start, length
        start += timedelta(days=length)


class _Books:
    """The running books of one person: balances decide what can happen."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._accounts = {account.key: account for account in life.accounts}
        self._balances = {account.key: account.opening_ct for account in life.accounts}
        self._entries: dict[str, list[BankEntry]] = {
            account.key: [] for account in life.accounts if account.shared
        }
        self._truth: dict[str, str] = {}
        self._dice = {account.key: Dice(f"{life.name}/{account.iban}") for account in life.accounts}

    def book(self, plan: _Plan) -> None:
        """Book what is planned, as far as the balance lets it."""
        if plan.way in OWN:
            self._between_own(plan)
        elif plan.way == "card" and plan.done_on == LAST_DAY:
            self._enter(plan, plan.account, plan.amount_ct, plan.way, plan.payee, status="pending")
        elif cents := self._affordable(plan):
            self._enter(plan, plan.account, cents, plan.way, plan.payee)

    def closed(self) -> Expanded:
        """Return everything booked."""
        return Expanded({key: tuple(entries) for key, entries in self._entries.items()}, self._truth)

    def _affordable(self, plan: _Plan) -> int:
        """Return what is really spent: a habit shrinks to what is there, or does not happen."""
        if plan.leaves_ct is not None:
            surplus = self._balances[plan.account] - plan.leaves_ct
            return -(surplus // 1000 * 1000) if surplus >= 1000 else 0
        if not plan.least_ct:
            return plan.amount_ct
        there = self._balances[plan.account] - self._accounts[plan.account].keeps_ct
        if there >= -plan.amount_ct:
            return plan.amount_ct
        return -plan.least_ct if there >= plan.least_ct else 0

    def _between_own(self, plan: _Plan) -> None:
        cents = plan.amount_ct
        if plan.leaves_ct is not None:
            gap = plan.leaves_ct - self._balances[plan.account]
            rounded = abs(gap) // 1000 * 1000
            cents = rounded if gap > 0 else -rounded
        if cents > 0 and self._accounts[plan.to].shared:
            cents = max(0, min(cents, self._balances[plan.to]))
        if cents:
            for key, other, amount in ((plan.account, plan.to, cents), (plan.to, plan.account, -cents)):
                if self._accounts[key].shared:
                    self_payee = Payee("", self._life.display_name, self._accounts[other].iban)
                    self._enter(plan, key, amount, "own_in" if amount > 0 else "own_out", self_payee)

    def _enter(
        self, plan: _Plan, key: str, cents: int, way: str, payee: Payee | None, *, status: str = "booked"
    ) -> None:
        account, dice = self._accounts[key], self._dice[key]
        payee = payee or Payee("", "")
        told = tell(
            account.style, Fact(way, payee, plan.text, plan.mandate, plan.done_on, plan.returned), dice
        )
        day = min(plan.books_on, LAST_DAY)
        reference = f"{day:%Y%m%d}{list(self._accounts).index(key) + 1}{len(self._entries[key]) + 1:06d}"
        debited = way in {"direct_debit", "returned"}
        entry = BankEntry(
            booked_on=day,
            value_on=plan.done_on,
            amount_ct=cents,
            counterparty_name=told.name,
            counterparty_iban=told.iban,
            creditor_id=payee.creditor_id if debited else "",
            mandate_id=plan.mandate if debited else "",
            remittance=told.remittance,
            bank_code=BANK_CODES[way],
            purpose_code=plan.purpose,
            return_reason=plan.returned if way == "returned" else "",
            status=status,
            entry_reference=reference,
        )
        self._entries[key].append(entry)
        self._truth[reference] = plan.category
        if status == "booked":
            self._balances[key] += cents
