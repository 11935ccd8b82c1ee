"""What the invented people of `stream_truth` are paid and pay, by contract."""

from dataclasses import dataclass
from datetime import date

_MONTHS = [
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
]
_LATE = (20, 21, 22, 23, 24, 25, 26, 27, 28, 31)
_ANY = (1, 1, 1, 2, 3, 5, 12, 15, 20, 24, 25, 26, 27, 27, 28, 30)


@dataclass(frozen=True, slots=True)
class Contract:
    """One agreement to pay regularly.

    Attributes:
        kind: `income`, `fixed` or `other`.
        purpose: of costs a household has one of each purpose.
        name: as printed.
        words: the description, with `{m}` for the month and `{n}` for a number.
        low: smallest amount in cents.
        high: largest amount in cents.
        cadence: the rhythm.
        days: days of the month to choose from.
        way: `transfer`, `standing` or `debit`.
        early: paid before a shut day instead of after.
        as_it_falls: booked on shut days too.
        by_hand: paid a few days early or late at times.
        raised: month of the yearly raise; 0 for none.
        varies: standard deviation as a share of the amount.
        round_to: whole multiples of so many cents.
        share: part of the households that have it.
        main: can be somebody's main income.
        extras: holiday pay and the like come beside it.
        later: the name after a change of name.
    """

    kind: str
    purpose: str
    name: str
    words: str
    low: int
    high: int
    cadence: str = "monthly"
    days: tuple[int, ...] = _ANY
    way: str = "transfer"
    early: bool = False
    as_it_falls: bool = False
    by_hand: bool = False
    raised: int = 0
    varies: float = 0.0
    round_to: int = 0
    share: float = 1.0
    main: bool = False
    extras: bool = False
    later: str = ""

    def text(self, day: date, at: int) -> str:
        """Return the description of one payment."""
        return self.words.format(m=_MONTHS[day.month - 1], n=at + 1)


def _wage(name: str, words: str, low: int, high: int, **more: object) -> Contract:
    told = {"days": _LATE, "early": True, "main": True, "raised": 1, "extras": True} | more
    return Contract("income", "wage", name, words, low, high, **told)


def _paid(name: str, words: str, low: int, high: int, **more: object) -> Contract:
    told = {"days": _LATE, "early": True, "raised": 1} | more
    return Contract("income", "other", name, words, low, high, **told)


def _cost(purpose: str, name: str, words: str, low: int, high: int, **more: object) -> Contract:
    return Contract("fixed", purpose, name, words, low, high, **{"way": "debit"} | more)


INCOMES = (
    _wage("Veldman Techniek B.V.", "Salaris {m}", 170_000, 320_000),
    _wage("Veldman Techniek B.V.", "Salaris", 170_000, 320_000, varies=0.03),
    _wage("Zorggroep De Linde", "Salaris {m} {n}", 150_000, 260_000, varies=0.06, raised=7),
    _wage("Bakkerij Kroonenberg", "Loon {m}", 110_000, 190_000, varies=0.10),
    _wage("Drukkerij Vonk & Zn", "", 160_000, 240_000),
    _wage("Randstad Uitzendbureau", "Loon periode {n}", 130_000, 210_000, cadence="four_weekly", varies=0.05),
    _wage("Stichting Openbaar Onderwijs Vechtdal", "Salaris", 210_000, 380_000, raised=9),
    _wage("Tempo-Team", "Loon week {n}", 35_000, 60_000, cadence="weekly", varies=0.12, extras=False),
    _paid("Gemeente Zwolle", "Bijstandsuitkering {m}", 105_000, 150_000, main=True, raised=7),
    _paid("UWV", "WIA-uitkering", 110_000, 190_000, main=True, days=(21, 22, 23)),
    _paid("SVB", "AOW {m}", 105_000, 152_000, main=True, days=(22, 23)),
    _paid("Pensioenfonds Zorg en Welzijn", "Pensioen", 22_000, 120_000, days=(23, 24, 25)),
    _paid("Belastingdienst", "Voorschot zorgtoeslag {m}", 6_000, 13_100, days=(20,)),
    _paid("Belastingdienst", "Voorschot huurtoeslag {m}", 15_000, 42_000, days=(20,)),
    _paid("Belastingdienst", "", 6_000, 13_100, days=(20,)),
    _paid("Belastingdienst", "", 15_000, 42_000, days=(20,)),
    _paid("SVB", "Kinderbijslag kwartaal", 28_000, 80_000, cadence="quarterly", days=(1, 2), early=False),
    _paid("DUO Groningen", "Studiefinanciering {m}", 30_000, 90_000, days=(24,)),
    _paid("J. de Vries", "Alimentatie {m}", 20_000, 60_000, early=False, round_to=500),
)

COSTS = (
    _cost("rent", "Ymere", "Huur {m}", 52_000, 98_000, days=(1, 27, 28), raised=7, later="Stichting Ymere"),
    _cost(
        "rent",
        "Woonstichting Zuiderveld",
        "Huur woning",
        52_000,
        98_000,
        way="standing",
        raised=7,
        days=(25, 28, 30),
    ),
    _cost("rent", "Obvion Hypotheken", "Hypotheek {m}", 60_000, 150_000, days=(1, 31)),
    _cost("rent", "Vastgoed Lindeman", "Huur", 70_000, 120_000, way="transfer", raised=7, early=True),
    _cost(
        "rent",
        "P. Lindeman",
        "Huur kamer {m}",
        45_000,
        80_000,
        way="transfer",
        by_hand=True,
        as_it_falls=True,
    ),
    _cost("policy", "Klaverblad", "Premie", 1_000, 9_000, way="transfer", raised=1, share=0.3),
    _cost("policy too", "Klaverblad", "Premie", 1_000, 9_000, way="standing", raised=1, share=0.3),
    _cost("grave", "DELA", "Premie", 500, 4_500, share=0.4, as_it_falls=True),
    _cost("energy", "Essent", "Termijnbedrag {m}", 9_000, 28_000, round_to=100),
    _cost("energy", "Vattenfall", "Maandnota {m}", 9_000, 28_000, varies=0.22),
    _cost("energy", "Greenchoice", "Energie {n}", 9_000, 28_000, round_to=100),
    _cost("water", "Vitens", "Waternota", 2_500, 9_000, cadence="quarterly"),
    _cost("water", "Evides", "Waternota", 2_500, 9_000, cadence="two_monthly"),
    _cost("health", "Zilveren Kruis", "Premie {m}", 13_000, 17_500, raised=1),
    _cost("health", "CZ", "Zorgverzekering", 13_000, 17_500, raised=1, days=(1, 28)),
    _cost("mobile", "KPN Mobile", "Factuur {n}", 1_500, 4_500, varies=0.15),
    _cost("mobile", "Simyo", "Abonnement", 800, 2_500),
    _cost("internet", "Ziggo", "Factuur {n}", 4_500, 7_500, raised=7),
    _cost("internet", "KPN", "Internet en tv", 4_500, 7_500, raised=7),
    _cost("insurance", "Centraal Beheer", "Premie polis", 1_500, 9_000, raised=1, share=0.8),
    _cost("insurance", "Univé", "Premie jaar", 9_000, 30_000, cadence="yearly", raised=1, share=0.8),
    _cost("car", "Belastingdienst", "Motorrijtuigenbelasting", 9_000, 24_000, cadence="quarterly", share=0.4),
    _cost("roadside", "ANWB", "Contributie", 6_000, 14_000, cadence="yearly", share=0.4),
    _cost("tax", "Gemeente Zwolle", "Gemeentelijke belastingen", 18_000, 70_000, cadence="yearly", share=0.5),
    _cost("gym", "Basic-Fit", "Lidmaatschap", 2_000, 3_500, cadence="four_weekly", share=0.5),
    _cost("streaming", "Netflix", "Abonnement", 900, 2_200, share=0.7),
    _cost("childcare", "Kinderopvang Zonnetje", "Factuur {m}", 25_000, 90_000, varies=0.12, share=0.3),
    _cost("student", "DUO", "Studieschuld", 4_500, 18_000, share=0.3, raised=1),
    _cost("loan", "Santander Consumer Finance", "Aflossing lening {n}", 7_000, 28_000, share=0.3),
    _cost(
        "plan", "Flanderijn", "Betalingsregeling", 1_500, 5_000, cadence="weekly", way="standing", share=0.1
    ),
    _cost("plan", "GGN", "Betalingsregeling dossier", 2_500, 9_000, way="standing", share=0.3),
    Contract(
        "other",
        "child",
        "S. Bakker",
        "Zakgeld",
        2_000,
        6_000,
        way="standing",
        round_to=500,
        share=0.2,
        later="S. Bakker-Smit",
        as_it_falls=True,
    ),
)

SHOPS = ("Jumbo Zwolle", "Albert Heijn 1234", "Lidl 88", "Kruidvat 7", "Shell Noord", "Action 1120")
WEBSHOPS = ("bol.com", "Coolblue", "Zalando", "Wijnhandel De Gouden Ton")
PERSONS = ("A. Jansen", "M. Visser", "K. de Boer", "L. Smit", "R. Mulder", "E. Bos", "F. Peters")
GIGS = ("Uber", "Deliveroo", "Temper")
