"""How the figures of income and costs are made."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from itertools import chain

from psd2_affordability.assess.arrears import arrears
from psd2_affordability.assess.book import Row
from psd2_affordability.assess.bought_once import bought_once
from psd2_affordability.assess.explain.made import How, Made, amount_of, known, made, negative, rest
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import CASH, SET_ASIDE, STAKES, TO_PERSON, TURNOVER, UNKNOWN
from psd2_affordability.assess.paid_back import paid_back
from psd2_affordability.assess.reckoning import number_of
from psd2_affordability.assess.results import Expenses, Income, KindAmount, StreamSeen
from psd2_affordability.assess.rhythm import PER_YEAR, Rhythm
from psd2_affordability.assess.unpaid import Unpaid, may_be_over, unpaid
from psd2_affordability.core.dates import add_months, month_start
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.paths import named

_YEAR = 12
_SHOWN = 13
_NO_RHYTHM = (
    "What comes or goes without a rhythm, worked out by months.",
    "Wat komt of gaat zonder vast ritme, berekend per maand.",
)
_SPEND_LOW = (
    "Household spending in a month of the lowest quarter.",
    "Huishoudgeld in een maand uit het laagste kwart.",
)
_SPEND_HIGH = (
    "Household spending in a month of the highest quarter.",
    "Huishoudgeld in een maand uit het hoogste kwart.",
)


class Flows:
    """Explains income and costs of one person."""

    def __init__(self, facts: Facts, income: Income, expenses: Expenses) -> None:
        self.facts, self.income, self.expenses = facts, income, expenses
        kinds = facts.kinds
        self.fixed_kinds = kinds.fixed - SET_ASIDE if TURNOVER & facts.by_month.keys() else kinds.fixed
        lists = {
            "income.streams": income.streams,
            "expenses.streams": expenses.streams,
            "expenses.creditors": expenses.creditors,
            "expenses.not_paid": expenses.not_paid,
        }
        #: Every series of payments and every creditor, by the first part of the paths of its figures.
        self.items = {
            f"{where}[{name}]": one for where, of in lists.items() for name, one in named(of).items()
        }

    def monthly(self, path: str, end: str) -> Made:
        """A lean, usual or good month of the income."""
        protected = path == "income.for_protection"
        month = known(self.income.for_protection if protected else self.income.monthly)
        value: Money = getattr(month, end)
        wanted = self.facts.kinds.protected if protected else None
        kinds = [one for one in self.income.by_kind if wanted is None or one.category in wanted]
        says = {
            "low": ("A lean month of the income.", "Een slechte maand van het inkomen."),
            "mid": ("A usual month of the income.", "Een gewone maand van het inkomen."),
            "high": ("A good month of the income.", "Een goede maand van het inkomen."),
        }[end]
        if end == "mid":
            terms = [self.income_kind(one) for one in kinds if one.monthly > ZERO]
            return made(f"{path}.mid", value, "sum", says, terms)
        at = 0 if end == "low" else 2
        streams = [
            made(
                "",
                Money(rhythm.range_month()[at]),
                "series",
                (
                    "A lean or good payment of the last half year, a month.",
                    "Een laag of hoog bedrag, per maand.",
                ),
                transactions=rhythm.txs[-_SHOWN:],
            )
            for rhythm in self.facts.rhythms
            if rhythm.incoming
            and rhythm.status != "ended"
            and (rhythm.status == "active" or end == "high")
            and rhythm.category not in TURNOVER
            and rhythm.category in {one.category for one in kinds}
        ]
        keys = self.loose([one.category for one in kinds])
        return made(f"{path}.{end}", value, "sum", says, rest(value, streams, _NO_RHYTHM, keys))

    def income_kind(self, one: KindAmount) -> Made:
        """A usual month of one kind of income."""
        streams = [
            self.stream("income.streams", each)
            for each in self.income.streams
            if each.category == one.category and each.status == "active" and one.category not in TURNOVER
        ]
        says = ("A usual month of {kind}.", "Een gewone maand van {kind}.")
        loose = self.loose([one.category])
        if one.category in TURNOVER:
            loose = tuple(chain(self.facts.keys(one.category), *(self.facts.keys(tax) for tax in SET_ASIDE)))
        terms = rest(one.monthly, streams, _NO_RHYTHM, loose)
        return made(
            f"income.by_kind[{one.category}].monthly",
            one.monthly,
            "sum",
            says,
            terms,
            kind=self._name(one.category),
        )

    def stream(self, where: str, one: StreamSeen) -> Made:
        """The usual amount of a series of payments, spread to a month."""
        path = next(path for path, each in self.items.items() if each is one and path.startswith(where))
        return made(
            f"{path}.monthly",
            one.monthly,
            "series",
            (
                "The usual payment of {payee}, {times} times a year, spread to a month.",
                "De gewone betaling van {payee}, {times} keer per jaar, verdeeld over de maanden.",
            ),
            transactions=one.transactions[-_SHOWN:],
            payee=one.payee or "?",
            times=PER_YEAR.get(one.cadence, 0),
        )

    def one_off(self) -> Made:
        """All that came once in the last year, by kind."""
        terms = []
        for code in sorted(self.facts.kinds.one_off & self.facts.last_year.keys()):
            rows = self._last_year(code)
            amount = Money(sum(row.cents for row in rows))
            if amount > ZERO:
                terms.append(self._bookings(code, amount, rows))
        says = ("What came once in the last year.", "Wat er in het laatste jaar eenmalig binnenkwam.")
        return made("income.one_off", self.income.one_off, "sum", says, terms)

    def fixed(self) -> Made:
        """Fixed and reserve costs by kind."""
        return self._kinds("fixed", self.fixed_kinds, ("Fixed costs a month.", "Vaste lasten per maand."))

    def debts(self) -> Made:
        """Debts and loans by kind."""
        says = ("Payments on debts and loans a month.", "Betalingen aan schulden en leningen per maand.")
        return self._kinds("debts", self.facts.kinds.debts, says)

    def flexible(self, end: str) -> Made:
        """Household spending: a usual month by kind, or a quarter of the months."""
        spending = known(self.expenses.flexible)
        codes = self.facts.kinds.flexible
        if end == "mid":
            says = ("Household spending a month.", "Huishoudgeld per maand.")
            return self._kinds("flexible.mid", codes, says, spending.mid)
        value: Money = getattr(spending, end)
        keys = [key for code in sorted(codes & self.facts.spans.keys()) for key in self.facts.keys(code)]
        says = _SPEND_LOW if end == "low" else _SPEND_HIGH
        return made(f"expenses.flexible.{end}", value, "judged", says, transactions=keys[-200:])

    def spread(self, name: str) -> Made:
        """Cash, stakes or unexplained money: all of it over the months that are seen."""
        code = {"cash": CASH, "gambling": STAKES, "unexplained": UNKNOWN}[name]
        value: Money = getattr(self.expenses, name)
        seen = self.facts.seen
        apart = self.facts.once(bought_once).rows.get(code, ())
        rows = [row for row in self.facts.of(code) if row.day >= seen.first and row not in apart]
        total = Money(-sum(row.cents for row in rows))
        says = {
            "cash": ("Cash taken out, a month.", "Contant opgenomen geld, per maand."),
            "gambling": ("Stakes in games of chance, a month.", "Inzet bij kansspelen, per maand."),
            "unexplained": (
                "Money that went out without a known ground, a month.",
                "Geld waarvan niet bekend is waarvoor het was, per maand.",
            ),
        }[name]
        terms = [self._bookings(code, total, rows)]
        return made(f"expenses.{name}", value, "average", says, terms, months=seen.months)

    def reserve(self) -> Made:
        """What of the fixed costs is not due every month."""
        value = known(self.expenses.reserve)
        seldom = [
            self.stream("expenses.streams", one)
            for one in self.expenses.streams
            if one.status != "ended" and 0 < PER_YEAR.get(one.cadence, 0) < _YEAR and self._is_fixed(one)
        ]
        left = value - Money.total(one.value for one in seldom if isinstance(one.value, Money))
        if left < ZERO:
            seldom = []
        says = (
            "What of the fixed costs comes less often than each month.",
            "Het deel van de vaste lasten dat niet elke maand komt.",
        )
        keys = self.loose(sorted(self.facts.kinds.reserve))
        return made("expenses.reserve", value, "sum", says, rest(value, seldom, _NO_RHYTHM, keys))

    def can_wait(self) -> Made:
        """What is not needed to live and owed to nobody."""
        value = known(self.expenses.can_wait)
        waiting = {code for code in (*self.fixed_kinds, *self.facts.kinds.flexible) if self._waits(code)}
        terms = [self.cost_kind(one) for one in self.expenses.by_kind if one.category in waiting | {STAKES}]
        says = ("What can wait a while.", "Wat even kan wachten.")
        return made("expenses.can_wait", value, "sum", says, terms)

    def essential(self) -> Made:
        """All costs but debts, less what can wait."""
        value = known(self.expenses.essential)
        parts = (self.fixed(), self.flexible("mid"), *map(self.spread, ("cash", "gambling", "unexplained")))
        says = ("What is needed to live.", "Wat nodig is om te leven.")
        return made("expenses.essential", value, "sum_above_zero", says, (*parts, negative(self.can_wait())))

    def cost_kind(self, one: KindAmount) -> Made:
        """A usual month of one kind of cost."""
        path = f"expenses.by_kind[{one.category}].monthly"
        if one.category in {CASH, STAKES}:
            name = "cash" if one.category == CASH else "gambling"
            says = ("A usual month of {kind}.", "Een gewone maand van {kind}.")
            return made(path, one.monthly, "sum", says, [self.spread(name)], kind=self._name(one.category))
        streams = [
            self.stream("expenses.streams", each)
            for each in self.expenses.streams
            if each.category == one.category and each.status != "ended"
        ]
        back = [self._returns(each) for each in self.facts.once(paid_back).get(one.category, ())]
        counted = one.monthly - Money.total(amount_of(each) for each in back)
        if Money.total(each.monthly for each in self._running(one.category)) > counted:
            streams = [
                self.stream("expenses.streams", each)
                for each in self._running(one.category)
                if each.status == "active"
            ]
        owed = [self._owed(each) for each in self.facts.once(unpaid) if each.category == one.category]
        says = ("A usual month of {kind}.", "Een gewone maand van {kind}.")
        terms = rest(one.monthly, [*streams, *owed, *back], _NO_RHYTHM, self.loose([one.category]))
        return made(path, one.monthly, "sum", says, terms, kind=self._name(one.category))

    def not_paid(self, where: str, end: str) -> Made:
        """What was not seen being paid of a cost that is owed, by a low or a high payment."""
        told = self.items[where]
        one = self.facts.once(arrears)[self.expenses.not_paid.index(told)]
        path, value = f"{where}.amount.{end}", getattr(told.amount, end)
        if one.may_be_over and end == "low":
            says = ("Perhaps it has been paid off.", "Misschien is het afbetaald.")
            return made(path, value, "judged", says, transactions=one.transactions)
        low, _, high = one.rhythm.range_payment
        count, each = (one.missed, low) if end == "low" else (one.most, high)
        says = (
            "{count} payments of {each} that did not come.",
            "{count} betalingen van {each} die niet kwamen.",
        )
        keys = one.rhythm.txs[-_SHOWN:]
        terms = [
            made("", Money(count * each), "series", says, transactions=keys, count=count, each=Money(each))
        ]
        if one.paid:
            beside = ("What was paid for them ahead or later.", "Wat daarvoor eerder of later is betaald.")
            keys = one.transactions
            terms.append(negative(made("", Money(one.paid), "judged", beside, transactions=keys)))
        total = (
            "What is owed and was not seen being paid.",
            "Wat moest worden betaald en hier niet is betaald.",
        )
        return made(path, value, "sum_above_zero", total, terms)

    def may_be_over(self) -> Made | None:
        """Loans and arrangements that a good month has paid off; None when there are none."""
        ended = [self._owed(one) for one in self.facts.once(unpaid) if one.may_be_over]
        says = (
            "Loans and arrangements that may have been paid off: a good month does not count them.",
            "Leningen en regelingen die misschien zijn afbetaald: een goede maand telt die niet mee.",
        )
        return made("", Money(may_be_over(self.facts)), "sum", says, ended) if ended else None

    def _owed(self, one: Unpaid) -> Made:
        """What is owed and not paid, or a rent that is only told."""
        says = (
            "What is owed and not paid from these accounts now, a month.",
            "Kosten die doorlopen en nu niet van deze rekeningen afgaan, per maand.",
        )
        how: How = "told" if one.last_day is None else "series"
        return made("", Money(one.usual), how, says, transactions=one.transactions)

    def _returns(self, one: Rhythm) -> Made:
        """What returns each month of a cost."""
        says = ("What {payee} pays back of it, a month.", "Wat {payee} daarvan terugbetaalt, per maand.")
        keys = one.txs[-_SHOWN:]
        return negative(made("", Money(one.usual), "series", says, transactions=keys, payee=one.payee))

    def _running(self, category: str) -> list[StreamSeen]:
        return [one for one in self.expenses.streams if one.category == category and one.status != "ended"]

    def _kinds(
        self, name: str, codes: Collection[str], says: tuple[str, str], value: Money | None = None
    ) -> Made:
        amount = value if value is not None else known(getattr(self.expenses, name))
        terms = [self.cost_kind(one) for one in self.expenses.by_kind if one.category in codes]
        return made(f"expenses.{name}", amount, "sum", says, terms)

    def _bookings(self, code: str, amount: Money, rows: Sequence[Row]) -> Made:
        return made(
            "",
            amount,
            "bookings",
            ("All bookings of {kind} together.", "Alle betalingen van {kind} samen."),
            transactions=[row.tx for row in rows],
            kind=self._name(code),
        )

    def _last_year(self, code: str) -> list[Row]:
        ahead = month_start(self.facts.on + timedelta(days=1))
        since = number_of(add_months(ahead, -_YEAR))
        return [row for row in self.facts.of(code) if row.day >= since]

    def loose(self, codes: Collection[str]) -> tuple[str, ...]:
        """Keys of the bookings of these kinds that belong to no rhythm, of the months that are seen."""
        regular = {tx for rhythm in self.facts.rhythms for tx in rhythm.txs}
        rows = (row for code in codes for row in self.facts.of(code))
        first = self.facts.seen.first
        regular.update(row.tx for rows in self.facts.once(bought_once).rows.values() for row in rows)
        loose = tuple(row.tx for row in rows if row.tx not in regular and row.day >= first)
        return loose or tuple(key for code in codes for key in self.facts.keys(code)[-_SHOWN:])

    def _waits(self, code: str) -> bool:
        if code not in self.facts.kinds.can_wait:
            return False
        return code != TO_PERSON or all(rhythm.category != code for rhythm in self.facts.rhythms)

    def _is_fixed(self, one: StreamSeen) -> bool:
        return one.category in self.fixed_kinds

    def _name(self, code: str) -> tuple[str, str]:
        leaf = self.facts.kinds.leaves.get(code)
        return (leaf.en, leaf.nl) if leaf is not None else (code, code)
