"""What invented households have in common: what they earn, what a home costs, how they live."""

from datetime import date, timedelta

from household_truth import ALLOWANCE, DEBT, FIXED, INCOME, NEEDED, NOTHING, WAITS, Home, back

SHOPS = ("Albert Heijn", "Jumbo", "Lidl", "Aldi")
OUTINGS = ("McDonald's", "Thuisbezorgd.nl", "Domino's Pizza")
_STORES = ("bol.com", "HEMA", "Action")
EMPLOYERS = (
    "Veldman Techniek B.V.",
    "Zorggroep De Linde",
    "Drukkerij Vonk B.V.",
    "Installatiebedrijf Kuiper B.V.",
)


def make_ends_meet(home: Home) -> None:
    """Take on more costs, until what is left lies somewhere between a small gap and a sixth of the income."""
    chance, truth = home.chance, home.truth()
    spare = round(truth.left - chance.uniform(-0.03, 0.16) * truth.income)
    wanted = [
        (FIXED, "Justlease Private Lease", "Leasetermijn {m}", 1),
        (DEBT, "Qander Consumer Finance", "Aflossing lening {m}", 28),
        (FIXED, "Nationale-Nederlanden", "Premie verzekeringen {m}", 4),
    ]
    chance.shuffle(wanted)
    for at, (what, name, words, day) in enumerate(wanted):
        cents = spare if at == 2 else round(spare * chance.uniform(0.2, 0.7))
        if cents > 2000:
            home.pays(what, name, words, cents, day=day)
            spare -= cents


def live(
    home: Home, groceries: int = 75, outings: float = 3, stores: float = 2, *, drugs: bool = True
) -> None:
    """Groceries each week, some outings, some shops."""
    home.spends(NEEDED, SHOPS, home.about(groceries), 0, spread=0.15, weekday=home.chance.randrange(6))
    if drugs:
        home.spends(NEEDED, ("Kruidvat", "Etos"), home.about(11), 2)
    home.spends(WAITS, OUTINGS, home.about(22), outings)
    home.spends(WAITS, _STORES, home.about(32), stores)


def home_costs(
    home: Home, rent: int = 620, energy: int = 135, *, premiums: int = 1, phone: bool = True
) -> None:
    """Rent, energy, water, health insurance and the net."""
    chance = home.chance
    home.pays(
        FIXED, chance.choice(("Ymere", "Woonstad Rotterdam", "Vestia")), "Huur {m} {y}", home.about(rent)
    )
    home.pays(
        FIXED,
        chance.choice(("Vattenfall", "Essent", "Eneco")),
        "Termijnbedrag {m}",
        home.about(energy),
        day=5,
    )
    home.pays(
        FIXED, chance.choice(("Zilveren Kruis", "CZ", "VGZ")), "Premie {m}", home.about(152) * premiums, day=3
    )
    if phone:
        home.pays(FIXED, chance.choice(("Ziggo", "KPN")), "Factuur {m}", home.about(48), day=12)
        home.pays(FIXED, "Simyo", "Abonnement {m}", home.about(13), day=15)


def earn(home: Home, net: int, *, employer: str = "", day: int = 0, **more: object) -> tuple[str, int]:
    name = employer or home.chance.choice(EMPLOYERS)
    cents = home.about(net)
    home.pays(
        INCOME,
        name,
        "Salaris {m} {y}",
        cents,
        day=day or home.chance.choice((23, 24, 25, 27)),
        way="in",
        **more,
    )
    return name, cents


def allowance(home: Home, kind: str, euros: int) -> None:
    home.pays(ALLOWANCE, "Belastingdienst", f"Voorschot {kind} {{m}}", home.about(euros), day=20, way="in")


def benefit(home: Home, name: str, words: str, euros: int, day: int = 23) -> int:
    cents = home.about(euros)
    home.pays(INCOME, name, words, cents, day=day, way="in")
    return cents


def turnover(home: Home, euros: int, varies: float) -> None:
    """Turnover with VAT in it, VAT paid the month after each quarter, income tax paid monthly."""
    gross = home.about(euros)
    before = home.parts[INCOME]
    months: dict[tuple[int, int], int] = {}
    for at in range(home.months + 6, -1, -1):
        day = back(home.on, at).replace(day=18)
        cents = round(gross * (1 + max(-0.4, min(0.4, home.chance.gauss(0, varies)))))
        months[day.year, day.month] = cents
        home.book(day, cents, "Adviesbureau Holland B.V.", f"Factuur {day:%Y%m}", "in")
    for year, month in list(months):
        if month in {1, 4, 7, 10}:
            quarter = [back(date(year, month, 1), ago) for ago in (1, 2, 3)]
            if all((one.year, one.month) in months for one in quarter):
                vat = sum(months[one.year, one.month] for one in quarter) * 21 // 121
                home.book(
                    date(year, month, 28),
                    -vat,
                    "Belastingdienst",
                    f"Omzetbelasting kwartaal {year}",
                    "transfer",
                )
    tax = home.about(380)
    home.pays(
        NOTHING, "Belastingdienst", "Voorlopige aanslag inkomstenbelasting {m}", tax, day=29, way="transfer"
    )
    seen = [cents for (year, month), cents in months.items() if _whole(home, date(year, month, 1))]
    home.parts[INCOME] = before + sum(seen) / len(seen) * 100 / 121 - tax


def _whole(home: Home, month: date) -> bool:
    """Whether a month is over and can be seen whole, but for two days at its start."""
    return month >= home.first - timedelta(days=2) and back(month, -1) <= home.on + timedelta(days=1)
