"""Draws one invented person: means first, and from those a life that has exactly these means."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.core.iban import dutch_iban
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.lives import FIRST_DAY, LAST_DAY, Account, Habit, Life, Payee, Stream
from psd2_affordability.sandbox.narrative import Dice

WORK = ("employee", "four-weekly pay", "self-employed", "benefits", "pension", "student")
_WEEKS_A_MONTH = (52, 12)
_NEVER_EMPTY_CT = 10_000_000


@dataclass(frozen=True, slots=True)
class _When:
    """How often money moves, on which day, and from which month of the first year."""

    cadence: str = "monthly"
    day: int = 20
    month: int = 6

    @property
    def first(self) -> date:
        return date(FIRST_DAY.year, self.month, min(self.day, 28))


_SOMETIME, _FIRST_OF_MONTH = _When(), _When(day=1)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a person in a usual month, in cents.

    Attributes:
        income_ct: all that comes in; of a turnover what is left after VAT and income tax.
        counted_ct: the part that counts for the protected income: no allowances, no study finance.
        costs_ct: all costs.
        waits_ct: the part of the costs that is not needed to live.
        troubled: collectors, returned debits or a pile of deferred payments were drawn along.
    """

    income_ct: int
    counted_ct: int
    costs_ct: int
    waits_ct: int
    troubled: bool


class Draw:
    """Draws one person; the same dice for both twins, so that only the names differ."""

    def __init__(self, seed: str, work: str, names: tuple[str, ...], number: int) -> None:
        self._dice = Dice(f"population/{seed}")
        self._seed, self._work, self._names, self._number = seed, work, names, number
        self._streams: list[Stream] = []
        self._habits: list[Habit] = []
        self._income = self._counted = self._costs = self._waits = 0
        self.troubled = self._chance(25)
        self.parent = work in {"employee", "four-weekly pay", "benefits"} and self._chance(30)
        self.age = self._between(*{"pension": (68, 82), "student": (19, 25)}.get(work, (21, 62)))

    @property
    def age_band(self) -> str:
        """The band that the age lies in."""
        return next(band for last, band in _BANDS if self.age <= last)

    def live(self) -> None:
        """Draw income, costs and what goes wrong, in that order."""
        getattr(self, f"_earn_{self._work.replace('-', '_').replace(' ', '_')}")()
        self._pay_fixed()
        self._spend()
        if self.troubled:
            self._get_into_trouble()

    def truth(self) -> Truth:
        """Return what follows from the draw."""
        return Truth(self._income, self._counted, self._costs, self._waits, self.troubled)

    def household(self) -> Household:
        """Return the household that was drawn."""
        kind = HouseholdType.SINGLE_PARENT if self.parent else HouseholdType.SINGLE
        return Household(
            type=kind,
            persons=(Person(birth_date=date(LAST_DAY.year - self.age, 3, 14)),),
            children=(date(LAST_DAY.year - 8, 6, 2),) if self.parent else (),
            housing=Housing("rent", Money(self.rent), None, True),
        )

    def life(self, iban: str) -> Life:
        """Return the life as the sandbox lives it; the bank never stops a payment."""
        cushion = self._costs // 10 * self._between(2, 30)
        account = Account(
            "betaal",
            iban,
            "Betaalrekening",
            "CACC",
            "abn",
            opening_ct=cushion,
            overdraft_ct=_NEVER_EMPTY_CT,
            keeps_ct=-_NEVER_EMPTY_CT,
            shared=True,
        )
        return Life(
            name=f"population-{self._seed}",
            says=self._work,
            display_name=self._name(0),
            accounts=(account,),
            streams=tuple(self._streams),
            habits=tuple(self._habits),
        )

    # --- income

    def _earn_employee(self) -> None:
        net = self._between(185_000, 320_000)
        self._receives("inkomen.loon", "Veldman Techniek B.V.", "Salaris {maand} {jjjj}", net, _When(day=24))
        self._earned(net)

    def _earn_four_weekly_pay(self) -> None:
        net = self._between(165_000, 290_000)
        self._receives(
            "inkomen.loon",
            "Randstad Uitzendbureau BV",
            "Loon periode {n}",
            net,
            _When("four_weekly", 23),
        )
        self._earned(net * 13 // 12)

    def _earn_self_employed(self) -> None:
        """Two clients, VAT of 21% each quarter, and income tax each month."""
        month = 0
        for name, low, high, day in (
            ("Atelier Noord B.V.", 180_000, 260_000, 12),
            ("Vonk Media B.V.", 120_000, 240_000, 26),
        ):
            cents = self._between(low, high)
            month += cents
            self._receives("inkomen.zzp", name, "factuur {jjjj}-{n}", cents, _When(day=day), varies=10)
        vat, tax = month * 21 // 121, self._between(25_000, 45_000)
        self._pays("belasting.btw", _TAX, "omzetbelasting kwartaal", vat * 3, _When("quarterly", 30, 7))
        self._pays(
            "belasting.inkomsten", _TAX, "voorlopige aanslag inkomstenbelasting {jjjj}", tax, _When(day=28)
        )
        self._earned(month - vat - tax)

    def _earn_benefits(self) -> None:
        net = self._between(150_000, 230_000)
        self._receives("inkomen.uitkering_wia", "UWV", "WIA-uitkering {maand}", net, _When(day=23))
        self._earned(net)

    def _earn_pension(self) -> None:
        state, own = 146_000, self._between(25_000, 120_000)
        self._receives("inkomen.aow", "SVB", "AOW {maand}", state, _When(day=23))
        self._receives(
            "inkomen.pensioen", "Stichting Pensioenfonds ABP", "Pensioen {maand}", own, _When(day=22)
        )
        self._earned(state + own)

    def _earn_student(self) -> None:
        net, grant = self._between(90_000, 160_000), 31_000
        self._receives(
            "inkomen.loon",
            "Jumbo Supermarkten B.V.",
            "Salaris periode {n}",
            net,
            _When("four_weekly", 26),
        )
        self._receives(
            "inkomen.studiefinanciering", "DUO Groningen", "Studiefinanciering {maand}", grant, _When(day=24)
        )
        self._earned(net * 13 // 12)
        self._income += grant

    def _earned(self, cents: int) -> None:
        self._income += cents
        self._counted += cents
        if self.parent:
            self._receives(
                "inkomen.toeslag_kindgebonden",
                "Belastingdienst",
                "Voorschot kindgebonden budget {maand}",
                41_000,
            )
            self._receives(
                "inkomen.kinderbijslag",
                "SVB",
                "Kinderbijslag kwartaal",
                33_000,
                _When("quarterly", 2, 7),
            )
            self._income += 41_000 + 11_000

    # --- costs

    def _pay_fixed(self) -> None:
        private = self._work == "student" or self._chance(25)
        self.rent = self._income * self._between(26, 34) // 100
        if private:
            self._pays(
                "wonen.huur", self._name(1), "Huur {maand}", self.rent, way="standing_order", mandate=""
            )
        else:
            self._pays("wonen.huur", "Stichting Ymere", "Huur {maand} {jjjj}", self.rent)
        if self._work != "student":
            self._pays(
                "wonen.energie",
                "Vattenfall",
                "Termijnbedrag {maand}",
                self._between(9_000, 17_000),
                _When(day=5),
            )
        self._pays(
            "zorg.premie", "Zilveren Kruis", "Premie {maand}", self._between(14_000, 16_500), _When(day=3)
        )
        self._pays("telecom.abonnement", "KPN", "Factuur {maand}", self._between(2_500, 6_500), _When(day=12))

    def _spend(self) -> None:
        """Spend what brings the person to the room that was drawn, a third of it on what can wait."""
        wanted = self._between(-50_000, 45_000)
        month = max(30_000, self._income - self._costs - wanted)
        waits = month // 3
        groceries = (month - waits) * _WEEKS_A_MONTH[1] // _WEEKS_A_MONTH[0]
        self._does("huishouden.boodschappen", _SHOPS, groceries, ("week", 1), 15)
        self._does(_WAITS, _OUTINGS, waits // 3, ("month", 3), 40)
        self._pays(
            "huishouden.particulier",
            self._name(2),
            "terug van lunch",
            1_000,
            _When(day=18),
            way="transfer",
            mandate="",
        )

    def _get_into_trouble(self) -> None:
        what = self._dice.below(3)
        if what == 0:
            since = date(2026, 6, 16)
            self._pays(
                "schuld.incassobureau", "Intrum Nederland BV", "dossier 5520331 {n}", 4_500, first=since
            )
        elif what == 1:
            self._does(_DEFERRED, ("Klarna",), 3_200, ("month", 6), 30)
        else:
            back = dict.fromkeys(("2026-03", "2026-06", "2026-08", "2026-10"), "AM04")
            self._pays(
                "verzekering.overig", "Centraal Beheer", "Premie {maand}", 2_150, _When(day=9), returned=back
            )

    # --- how money moves

    def _receives(
        self, category: str, name: str, text: str, cents: int, when: _When = _SOMETIME, **more: Any
    ) -> None:
        """Receive on a day, or the banking day before it."""
        stream = replace(
            _STREAM,
            category=category,
            way="wage" if category == "inkomen.loon" else "received",
            payee=_payee(name),
            cadence=when.cadence,
            first=when.first,
            amounts=((date.min, cents),),
            text=text,
            rolls="before",
        )
        self._streams.append(replace(stream, **more))

    def _pays(
        self, category: str, name: str, text: str, cents: int, when: _When = _FIRST_OF_MONTH, **more: Any
    ) -> None:
        """Pay by direct debit, or as `more` says of the stream; tax is no cost but never was income."""
        stream = replace(
            _STREAM,
            category=category,
            way="direct_debit",
            payee=_payee(name),
            cadence=when.cadence,
            first=when.first,
            amounts=((date.min, cents),),
            text=text,
            mandate=f"M{self._number:09d}",
        )
        self._streams.append(replace(stream, **more))
        if not category.startswith("belasting."):
            self._costs += cents

    def _does(
        self, category: str, names: tuple[str, ...], cents: int, often: tuple[str, int], spread: int
    ) -> None:
        """Spend about an amount so often in a week or month; what a month comes to is known beforehand."""
        around = cents * spread // 100
        deferred = category == _DEFERRED
        per, times = often
        self._habits.append(
            Habit(
                category=category,
                way="ideal" if deferred else "card",
                payees=tuple(map(_payee, names)),
                account="betaal",
                per=per,
                times=times,
                low_ct=cents - around,
                high_ct=cents + around,
                step_ct=1,
                first=_DEFERRED_SINCE if deferred else FIRST_DAY,
                until=LAST_DAY,
                text="factuur {ref}" if deferred else "",
            )
        )
        weeks, months = _WEEKS_A_MONTH
        month = cents * times * weeks // months if per == "week" else cents * times
        self._costs += month
        self._waits += month if category == _WAITS else 0

    # --- chance

    def _between(self, low: int, high: int) -> int:
        return self._dice.between(low, high)

    def _chance(self, percent: int) -> bool:
        return self._dice.below(100) < percent

    def _name(self, which: int) -> str:
        return self._names[(self._number + which) % len(self._names)]


@cache
def _payee(name: str) -> Payee:
    """Make a payee with an account of its own, the same each time."""
    number = Dice(f"payee/{name}").below(10**10)
    return Payee(name, name, dutch_iban("INGB", str(number)))


_TAX = "Belastingdienst"
_WAITS, _DEFERRED = "huishouden.horeca", "schuld.achteraf_betalen"
_DEFERRED_SINCE = date(2026, 8, 1)
_BANDS = ((26, "18 to 26"), (39, "27 to 39"), (66, "40 to 66"), (150, "67 and over"))
_SHOPS = ("Albert Heijn 1401, Tilburg", "Jumbo Wagnerplein, Tilburg", "Lidl 204, Tilburg")
_OUTINGS = ("McDonald's Tilburg, Tilburg", "Domino's Pizza, Tilburg", "Pathe Tilburg, Tilburg")
_STREAM = Stream(
    category="",
    way="",
    payee=None,
    account="betaal",
    to="",
    cadence="monthly",
    first=FIRST_DAY,
    until=LAST_DAY,
    amounts=(),
    varies=0,
    leaves_ct=None,
    text="",
    mandate="",
    purpose="",
    rolls="after",
    skipped=frozenset(),
    returned={},
    late={},
)
