"""Forty-nine ways to live: those of `household_earners`, and here benefits, families and businesses."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from household_contracts import (
    OUTINGS,
    SHOPS,
    allowance,
    benefit,
    earn,
    home_costs,
    live,
    make_ends_meet,
    turnover,
)
from household_earners import EARNERS
from household_truth import ALLOWANCE, FIXED, INCOME, NEEDED, WAITS, Home, Written, iban
from psd2_affordability.assess.household import AccountShare, HouseholdType

Life = Callable[[Home], None]


def homes(seed: int, months: tuple[int, ...]) -> list[tuple[Home, Written]]:
    """Write every life once, each over one of the given lengths in turn."""
    made = []
    for number, (kind, life) in enumerate(LIVES.items()):
        chance = random.Random(f"{seed} {kind}")  # noqa: S311 - no secret
        on = date(2025, 12, 15) + timedelta(days=chance.randrange(330))
        home = Home(f"{kind}-{seed}", on, months[(number + seed) % len(months)], chance)
        life(home)
        make_ends_meet(home)
        made.append((home, home.written(kind)))
    return made


def assistance(home: Home) -> None:
    benefit(home, "Gemeente Zwolle", "Bijstandsuitkering {m}", 1330)
    allowance(home, "zorgtoeslag", 129)
    allowance(home, "huurtoeslag", 310)
    home_costs(home, 560, 110)
    live(home, 48, 1, 1)


def disabled(home: Home) -> None:
    benefit(home, "UWV", "WIA-uitkering {m}", 1620)
    allowance(home, "zorgtoeslag", 110)
    allowance(home, "huurtoeslag", 190)
    home_costs(home, 590)
    live(home, 55, 2, 1)


def out_of_work(home: Home) -> None:
    benefit(home, "UWV", "WW-uitkering {m}", 1710, 14)
    allowance(home, "zorgtoeslag", 96)
    home_costs(home, 600)
    live(home, 56, 2, 1)


def ill(home: Home) -> None:
    home.pays(
        INCOME, "UWV", "Ziektewet-uitkering week {n}", home.about(385), cadence="weekly", day=1, way="in"
    )
    home_costs(home, 570)
    live(home, 55, 1, 1)


def state_pension(home: Home) -> None:
    home.born = 1953
    benefit(home, "SVB", "AOW {m}", 1460)
    home.pays(INCOME, "Pensioenfonds Zorg en Welzijn", "Pensioen {m}", home.about(520), day=24, way="in")
    allowance(home, "zorgtoeslag", 60)
    home_costs(home, 640)
    live(home, 60, 2, 1)


def small_pension(home: Home) -> None:
    home.born = 1950
    benefit(home, "SVB", "AOW {m}", 1465)
    allowance(home, "zorgtoeslag", 129)
    allowance(home, "huurtoeslag", 260)
    home_costs(home, 600, 120, phone=False)
    live(home, 50, 1, 1)


def student(home: Home) -> None:
    home.born = 2003
    home.pays(
        INCOME,
        "Albert Heijn B.V.",
        "Salaris periode {n}",
        home.about(560),
        cadence="four_weekly",
        day=3,
        way="in",
    )
    home.pays(ALLOWANCE, "DUO Groningen", "Studiefinanciering {m}", home.about(310), day=24, way="in")
    allowance(home, "zorgtoeslag", 129)
    home.pays(FIXED, "SSH Studentenhuisvesting", "Huur {m}", home.about(460))
    home.pays(FIXED, "Zilveren Kruis", "Premie {m}", home.about(142), day=2)
    live(home, 36, 3, 1)


def at_home(home: Home) -> None:
    home.born = 2004
    home.housing = "other"
    earn(home, 1720)
    home.pays(FIXED, "Menzis", "Premie {m}", home.about(147), day=2)
    home.pays(NEEDED, "M. de Boer", "Kostgeld", home.about(250), day=28, way="standing")
    live(home, 22, 5, 3, drugs=False)


def survivor(home: Home) -> None:
    home.born = 1964
    home.pays(INCOME, "SVB", "Anw-uitkering {m}", home.about(1240), day=23, way="in")
    home.pays(INCOME, "ABP", "Nabestaandenpensioen {m}", home.about(560), day=22, way="in")
    home_costs(home, 620)
    live(home, 58, 2, 1)


def single_parent(home: Home) -> None:
    home.type, home.children = HouseholdType.SINGLE_PARENT, [date(2016, 9, 3)]
    earn(home, 2050)
    allowance(home, "kindgebonden budget", 480)
    allowance(home, "zorgtoeslag", 90)
    home.pays(
        ALLOWANCE, "SVB", "Kinderbijslag kwartaal", home.about(330), cadence="quarterly", way="in", day=2
    )
    home_costs(home, 690)
    live(home, 95, 2, 2)


def parent_on_assistance(home: Home) -> None:
    home.type, home.children = HouseholdType.SINGLE_PARENT, [date(2018, 2, 11), date(2020, 5, 1)]
    benefit(home, "Gemeente Utrecht", "Bijstandsuitkering {m}", 1340)
    allowance(home, "kindgebonden budget", 690)
    allowance(home, "huurtoeslag", 320)
    allowance(home, "zorgtoeslag", 129)
    home_costs(home, 640)
    live(home, 95, 1, 1)


def maintenance_received(home: Home) -> None:
    home.type, home.children = HouseholdType.SINGLE_PARENT, [date(2013, 6, 21)]
    earn(home, 1980)
    home.pays(INCOME, "R. Bakker", "Alimentatie {m}", home.about(350), day=1, way="in")
    allowance(home, "kindgebonden budget", 430)
    home_costs(home, 680)
    live(home, 88, 2, 1)


def maintenance_paid(home: Home) -> None:
    earn(home, 2700)
    home.pays(FIXED, "S. Willems", "Kinderalimentatie {m}", home.about(410), day=1, way="standing")
    home_costs(home, 750)
    live(home)


def couple(home: Home) -> None:
    home.type = HouseholdType.COUPLE
    earn(home, 2150)
    earn(home, 1480, employer="Stichting Openbaar Onderwijs Vechtdal", day=22)
    home_costs(home, 830, 180, premiums=2)
    live(home, 120, 5, 3)


def couple_one_wage(home: Home) -> None:
    home.type, home.children = HouseholdType.COUPLE_WITH_CHILDREN, [date(2015, 1, 9), date(2019, 10, 30)]
    earn(home, 2850)
    allowance(home, "kindgebonden budget", 260)
    home_costs(home, 790, 190, premiums=2)
    live(home, 135, 2, 2)


def couple_on_assistance(home: Home) -> None:
    home.type = HouseholdType.COUPLE
    benefit(home, "Gemeente Rotterdam", "Bijstandsuitkering {m}", 1900)
    allowance(home, "zorgtoeslag", 245)
    allowance(home, "huurtoeslag", 300)
    home_costs(home, 650, 150, premiums=2)
    live(home, 85, 1, 1)


def pensioners(home: Home) -> None:
    home.type, home.born, home.partner_born = HouseholdType.COUPLE, 1951, 1953
    benefit(home, "SVB", "AOW {m}", 1010)
    home.pays(INCOME, "SVB", "AOW partner {m}", home.about(1000) + 777, day=24, way="in")
    home.pays(INCOME, "ABP", "Pensioen {m}", home.about(640), day=25, way="in")
    home_costs(home, 700, 150, premiums=2)
    live(home, 95, 2, 1)


def owners(home: Home) -> None:
    home.type, home.housing = HouseholdType.COUPLE_WITH_CHILDREN, "owner"
    home.children = [date(2021, 4, 4)]
    earn(home, 2600)
    earn(home, 1900, employer="Zorggroep De Linde", day=25)
    allowance(home, "kinderopvangtoeslag", 610)
    home.pays(FIXED, "Obvion Hypotheken", "Hypotheek {m}", home.about(1080))
    home.pays(FIXED, "Kinderopvang Humanitas", "Factuur opvang {m}", home.about(980), day=26)
    home.pays(FIXED, "Essent", "Termijnbedrag {m}", home.about(190), day=5)
    home.pays(FIXED, "VGZ", "Premie {m}", home.about(300), day=2)
    home.pays(FIXED, "Vitens", "Waternota", home.about(66), cadence="quarterly", day=15)
    live(home, 130, 4, 3)


def owner(home: Home) -> None:
    home.housing = "owner"
    earn(home, 2900)
    home.pays(FIXED, "ING Hypotheken", "Hypotheek {m}", home.about(790))
    home.pays(FIXED, "VvE De Meerpaal", "VvE bijdrage {m}", home.about(165), day=4, way="standing")
    home.pays(FIXED, "Vattenfall", "Termijnbedrag {m}", home.about(150), day=5)
    home.pays(FIXED, "CZ", "Premie {m}", home.about(158), day=2)
    live(home)


def joint(home: Home) -> None:
    shared = iban(f"{home.subject} joint")
    home.shares = [AccountShare(shared, Fraction(1, 2))]
    earn(home, 2300)
    home.weight = 0.5
    home.pays(FIXED, "Ymere", "Huur {m}", home.about(980), account=shared)
    home.pays(FIXED, "Eneco", "Termijnbedrag {m}", home.about(190), day=5, account=shared)
    home.pays(FIXED, "Ziggo", "Factuur {m}", home.about(55), day=12, account=shared)
    home.spends(NEEDED, SHOPS, home.about(115), 0, spread=0.15, weekday=5, account=shared)
    home.weight = 1.0
    home.pays(FIXED, "CZ", "Premie {m}", home.about(151), day=2)
    home.spends(WAITS, OUTINGS, home.about(24), 3)


def self_employed(home: Home) -> None:
    turnover(home, 3900, 0.01)
    home_costs(home, 720)
    live(home)


def uneven_business(home: Home) -> None:
    turnover(home, 5200, 0.2)
    home_costs(home, 820)
    live(home)


#: Every life by its name.
LIVES: dict[str, Life] = EARNERS | {
    life.__name__: life
    for life in (
        assistance,
        disabled,
        out_of_work,
        ill,
        state_pension,
        small_pension,
        student,
        at_home,
        survivor,
        single_parent,
        parent_on_assistance,
        maintenance_received,
        maintenance_paid,
        couple,
        couple_one_wage,
        couple_on_assistance,
        pensioners,
        owners,
        owner,
        joint,
        self_employed,
        uneven_business,
    )
}
