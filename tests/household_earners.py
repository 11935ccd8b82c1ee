"""One adult with wages: how wages come, debts that are paid, costs that come now and then."""

from datetime import date, timedelta

from household_contracts import EMPLOYERS, OUTINGS, SHOPS, allowance, earn, home_costs, live
from household_truth import CASH, DEBT, FIXED, INCOME, NEEDED, OPTIONAL, RESERVE, STAKES, WAITS, Home, back


def wage(home: Home) -> None:
    name, cents = earn(home, 2250)
    home.holiday_pay(name, round(cents * 0.75))
    home_costs(home, 780)
    live(home)


def low_wage(home: Home) -> None:
    earn(home, 1780)
    allowance(home, "zorgtoeslag", 95)
    home_costs(home, 560)
    live(home, 62, 2, 1)


def good_wage(home: Home) -> None:
    earn(home, 3150)
    home_costs(home, 1050, 160)
    live(home, 90, 5, 3)
    home.pays(OPTIONAL, "Netflix", "Abonnement", 1399, day=8)
    home.pays(OPTIONAL, "Basic-Fit", "Lidmaatschap", 2999, day=2)


def four_weekly(home: Home) -> None:
    cents = home.about(1650)
    home.pays(
        INCOME, "Albert Heijn B.V.", "Salaris periode {n}", cents, cadence="four_weekly", day=3, way="in"
    )
    allowance(home, "zorgtoeslag", 85)
    home_costs(home, 590)
    live(home, 60)


def weekly_wage(home: Home) -> None:
    home.pays(INCOME, "Tempo-Team", "Loon week {n}", home.about(470), cadence="weekly", day=4, way="in")
    home_costs(home, 640)
    live(home, 65)


def two_jobs(home: Home) -> None:
    earn(home, 1250)
    home.pays(
        INCOME,
        "Jumbo Supermarkten B.V.",
        "Salaris periode {n}",
        home.about(690),
        cadence="four_weekly",
        day=2,
        way="in",
    )
    home_costs(home, 610)
    live(home, 62)


def uneven_hours(home: Home) -> None:
    home.pays(
        INCOME, "Bakkerij Kroonenberg B.V.", "Loon {m}", home.about(1850), day=25, way="in", varies=0.05
    )
    home_costs(home, 600)
    live(home, 60, 2, 1)


def raised(home: Home) -> None:
    cents = home.about(2150)
    begins = back(home.on, home.chance.randrange(2, 6))
    home.pays(
        INCOME, EMPLOYERS[0], "Salaris {m}", cents, day=24, way="in", changes=(begins, round(cents * 1.05))
    )
    home_costs(home, 720)
    live(home)


def just_raised(home: Home) -> None:
    cents = home.about(2450)
    home.pays(
        INCOME,
        EMPLOYERS[1],
        "Salaris {m}",
        cents,
        day=24,
        way="in",
        changes=(back(home.on, 2), round(cents * 1.04)),
    )
    home_costs(home, 760)
    live(home)


def fewer_hours(home: Home) -> None:
    cents = home.about(2600)
    home.pays(
        INCOME,
        EMPLOYERS[2],
        "Salaris {m}",
        cents,
        day=24,
        way="in",
        changes=(back(home.on, home.chance.randrange(1, 4)), round(cents * 0.8)),
    )
    home_costs(home, 700)
    live(home)


def extras(home: Home) -> None:
    name, cents = earn(home, 2380)
    home.holiday_pay(name, round(cents * 0.72))
    home.book(date(2025, 12, 19), round(cents * 0.8), name, "Eindejaarsuitkering", "in")
    refund = home.about(410)
    home.book(date(2026, 6, 26), refund, "Belastingdienst", "Teruggaaf inkomstenbelasting 2025", "in")
    home_costs(home, 800)
    live(home)


def new_job(home: Home) -> None:
    turn = back(home.on, home.chance.randrange(3, 6))
    home.pays(INCOME, EMPLOYERS[0], "Salaris {m}", home.about(2000), day=24, way="in", ends=turn)
    home.pays(INCOME, EMPLOYERS[3], "Salaris {m}", home.about(2220), day=25, way="in", begins=turn)
    home_costs(home, 700)
    live(home)


def lost_job(home: Home) -> None:
    turn = back(home.on, 4)
    home.pays(INCOME, EMPLOYERS[0], "Salaris {m}", home.about(2500), day=24, way="in", ends=turn)
    home.pays(INCOME, "UWV", "WW-uitkering", home.about(1900), day=14, way="in", begins=turn)
    home.stopped = True
    home_costs(home, 690)
    live(home, 65, 2, 1)


def collectors(home: Home) -> None:
    earn(home, 2320)
    home.pays(
        DEBT,
        "Intrum Nederland B.V.",
        "Betalingsregeling dossier 88213",
        home.about(75),
        day=27,
        way="standing",
    )
    home.pays(
        DEBT, "Syncasso Gerechtsdeurwaarders", "Regeling dossier 5512", home.about(90), day=28, way="standing"
    )
    home_costs(home, 640)
    live(home, 60, 2, 1)


def fines(home: Home) -> None:
    earn(home, 2120)
    home.pays(DEBT, "CJIB", "Betalingsregeling termijn", home.about(60), day=26, way="transfer")
    home.pays(
        DEBT,
        "Belastingdienst",
        "Betalingsregeling toeslagen terugbetalen",
        home.about(45),
        day=28,
        way="transfer",
    )
    home_costs(home, 640)
    live(home, 60, 2, 1)


def borrower(home: Home) -> None:
    earn(home, 2520)
    home.pays(DEBT, "Santander Consumer Finance", "Termijn lening {m}", home.about(165), day=1)
    home.spends(
        DEBT, ("Klarna", "Riverty"), home.about(38), 1.2, way="transfer", words="Betaling factuur {name}"
    )
    home_costs(home, 690)
    live(home, 66, 3, 1)


def student_debt(home: Home) -> None:
    earn(home, 2480)
    home.pays(DEBT, "DUO Groningen", "Terugbetaling studieschuld {m}", home.about(120), day=25)
    home_costs(home, 800)
    live(home)


def gambler(home: Home) -> None:
    earn(home, 2600)
    home.spends(
        STAKES,
        ("TOTO Online", "Holland Casino Online"),
        2500,
        4,
        spread=0.2,
        way="transfer",
        words="Storting {name}",
    )
    home_costs(home, 700)
    live(home, 65, 2, 1)


def car(home: Home) -> None:
    earn(home, 2750)
    home_costs(home, 730)
    home.pays(
        FIXED,
        "Belastingdienst",
        "Motorrijtuigenbelasting kenteken XX-00-XX",
        home.about(150),
        cadence="quarterly",
        day=20,
    )
    home.pays(FIXED, "Centraal Beheer", "Autoverzekering {m}", home.about(62), day=1)
    home.spends(NEEDED, ("Shell", "Esso"), home.about(52), 2.5, spread=0.2)
    live(home)


def yearly_bills(home: Home) -> None:
    earn(home, 2400)
    home_costs(home, 690)
    home.pays(FIXED, "Univé", "Premie woonverzekering jaar", home.about(190), cadence="yearly", day=3)
    home.pays(
        RESERVE,
        "Gemeente Zwolle Belastingen",
        "Gemeentelijke belastingen {y}",
        home.about(330),
        cadence="yearly",
        day=28,
    )
    home.pays(RESERVE, "GBLT", "Waterschapsbelasting {y}", home.about(215), cadence="yearly", day=25)
    live(home)


def instalments(home: Home) -> None:
    earn(home, 2300)
    home_costs(home, 700)
    home.pays(
        RESERVE,
        "Gemeente Utrecht Belastingen",
        "Gemeentelijke belastingen termijn",
        home.about(41),
        times=10,
        day=27,
    )
    home.pays(FIXED, "Vitens", "Waternota kwartaal", home.about(54), cadence="quarterly", day=18)
    live(home)


def indexed(home: Home) -> None:
    earn(home, 2260)
    rent, premium = home.about(700), home.about(148)
    year = home.on.year if home.on >= date(home.on.year, 7, 1) else home.on.year - 1
    home.pays(FIXED, "Ymere", "Huur {m}", rent, changes=(date(year, 7, 1), round(rent * 1.045)))
    home.pays(
        FIXED, "Menzis", "Premie {m}", premium, day=3, changes=(date(home.on.year, 1, 1), premium + 900)
    )
    home.pays(FIXED, "Eneco", "Termijnbedrag {m}", home.about(140), day=5)
    live(home)


def moved_house(home: Home) -> None:
    turn = back(home.on, home.chance.randrange(1, 4)).replace(day=1)
    earn(home, 2480)
    home.pays(FIXED, "Woonstad Rotterdam", "Huur {m}", home.about(610), ends=turn - timedelta(days=1))
    home.pays(FIXED, "Vesteda", "Huur {m}", home.about(890), begins=turn)
    home.pays(FIXED, "Essent", "Termijnbedrag {m}", home.about(130), day=5)
    home.pays(FIXED, "CZ", "Premie {m}", home.about(152), day=3)
    live(home)


def saver(home: Home) -> None:
    earn(home, 2650)
    home_costs(home, 760)
    home.saves(home.about(200))
    live(home)


def cash_life(home: Home) -> None:
    earn(home, 2080)
    home_costs(home, 610)
    home.spends(
        CASH,
        ("Geldmaat",),
        6000,
        0,
        spread=0.15,
        weekday=4,
        way="atm",
        words="GEA, Betaalpas {name}",
        step=1000,
    )
    home.spends(NEEDED, SHOPS, home.about(28), 0, spread=0.15, weekday=2)


def small_shops(home: Home) -> None:
    """Shops that nobody knows: what cannot be named counts in full."""
    earn(home, 2260)
    home_costs(home, 690)
    home.spends(NEEDED, ("Ter Aa Kaas en Noten", "Van Dril Woondecoratie"), home.about(19), 4)
    home.spends(NEEDED, SHOPS, home.about(66), 0, spread=0.15, weekday=3)
    home.spends(WAITS, OUTINGS, home.about(22), 2)


def troubled_bank(home: Home) -> None:
    """Debits that come back and are collected again, purchases that are sent back."""
    earn(home, 2150)
    home_costs(home, 660)
    for month in range(1, home.months):
        day = back(home.on, month).replace(day=9)
        if home.chance.random() < 0.3:
            home.book(day, -3995, "KPN", "Factuur mobiel", "debit")
            home.book(day + timedelta(days=3), 3995, "KPN", "Storno AM04 saldo ontoereikend", "in")
        if home.chance.random() < 0.5:
            price, order = home.about(60), home.chance.randrange(10_000, 99_999)
            home.book(day, -price, "Zalando", f"Bestelling {order}", "transfer")
            home.book(day + timedelta(days=8), price, "Zalando", f"Retour bestelling {order}", "in")
    live(home, 60, 2, 1)


#: Every life of this file by its name.
EARNERS = {
    life.__name__: life
    for life in (
        wage,
        low_wage,
        good_wage,
        four_weekly,
        weekly_wage,
        two_jobs,
        uneven_hours,
        raised,
        just_raised,
        fewer_hours,
        extras,
        new_job,
        lost_job,
        collectors,
        fines,
        borrower,
        student_debt,
        gambler,
        car,
        yearly_bills,
        instalments,
        indexed,
        moved_house,
        saver,
        cash_life,
        small_shops,
        troubled_bank,
    )
}
