"""The plain words that a counsellor uses for money that comes and goes, and how a bank would show each.

One line a word: the category that it truly is, how the money moves, who stands on the other side
(empty: the situation names it), the usual day, and the description on the statement.
"""

from typing import NamedTuple


class Word(NamedTuple):
    """How one kind of money shows on a statement."""

    category: str
    way: str
    payee: str = ""
    day: int = 1
    text: str = ""
    purpose: str = ""


_KENMERK = "betalingskenmerk 0000000000{mm}{jjjj}"

#: Money that comes or goes by appointment.
WORDS = {
    # wages
    "wage": Word("inkomen.loon", "wage", "", 24, "Salaris {maand} {jjjj} pers.nr 40118", "SALA"),
    "wage_untold": Word("inkomen.loon", "received", "", 24, "Salaris {maand} {jjjj} pers.nr 40118"),
    "four_weekly_wage": Word("inkomen.loon", "wage", "", 1, "Salaris periode {n} pers.nr 990218", "SALA"),
    "weekly_wage": Word("inkomen.loon", "wage", "", 1, "Loon week {n} pers.nr 7730921", "SALA"),
    "holiday_pay": Word("inkomen.vakantiegeld", "wage", "", 22, "Vakantiegeld {jjjj} pers.nr 40118", "SALA"),
    "thirteenth_month": Word(
        "inkomen.eindejaarsuitkering", "wage", "", 19, "Eindejaarsuitkering {jjjj} pers.nr 40118", "SALA"
    ),
    "seized_wage": Word(
        "inkomen.loon", "wage", "", 25, "Salaris {maand} {jjjj} na inhouding loonbeslag deurwaarder", "SALA"
    ),
    # benefits
    "social_assistance": Word(
        "inkomen.uitkering_bijstand", "received", "", 22, "Uitkering Participatiewet {maand} {jjjj}"
    ),
    "assistance_holiday_pay": Word(
        "inkomen.vakantiegeld", "received", "", 5, "Participatiewet vakantietoeslag {jjjj}"
    ),
    "unemployment_benefit": Word(
        "inkomen.uitkering_ww", "received", "UWV", 18, "WW uitkering {maand} {jjjj} uw kenmerk WW-3320"
    ),
    "disability_benefit": Word(
        "inkomen.uitkering_wia", "received", "UWV", 23, "WIA uitkering {maand} {jjjj} uw kenmerk WIA-1190"
    ),
    "disability_insurance": Word(
        "inkomen.uitkering_overig", "received", "Movir", 23, "AOV uitkering {maand} {jjjj} polis 88120"
    ),
    "foster_care_allowance": Word(
        "inkomen.vergoeding", "received", "Pleegzorg Zilverlinde", 12, "Pleegvergoeding {maand} {jjjj}"
    ),
    "young_disability_benefit": Word(
        "inkomen.uitkering_wajong", "received", "UWV", 11, "Wajong uitkering {maand} {jjjj}"
    ),
    "sickness_benefit": Word(
        "inkomen.uitkering_ziektewet", "received", "UWV", 21, "Ziektewet uitkering {maand} {jjjj}"
    ),
    "back_payment": Word("inkomen.nabetaling", "received", "UWV", 15, "Nabetaling WIA-uitkering {jjjj}"),
    "state_pension": Word("inkomen.aow", "received", "SVB", 23, "AOW pensioen {maand} {jjjj}"),
    "pension": Word("inkomen.pensioen", "received", "PFZW", 20, "Pensioenuitkering {maand} {jjjj}"),
    "student_finance": Word(
        "inkomen.studiefinanciering", "received", "DUO", 24, "Studiefinanciering {maand} {jjjj}"
    ),
    # allowances
    "zorgtoeslag": Word(
        "inkomen.toeslag_zorg",
        "received",
        "Toeslagen",
        20,
        f"VOORSCHOT ZORGTOESLAG {{jjjj}} {{maand}} {_KENMERK}",
    ),
    "huurtoeslag": Word(
        "inkomen.toeslag_huur",
        "received",
        "Toeslagen",
        20,
        f"VOORSCHOT HUURTOESLAG {{jjjj}} {{maand}} {_KENMERK}",
    ),
    "kindgebonden_budget": Word(
        "inkomen.toeslag_kindgebonden",
        "received",
        "Toeslagen",
        20,
        f"VOORSCHOT KINDGEBONDEN BUDGET {{jjjj}} {{maand}} {_KENMERK}",
    ),
    "kinderopvangtoeslag": Word(
        "inkomen.toeslag_kinderopvang",
        "received",
        "Toeslagen",
        20,
        f"VOORSCHOT KINDEROPVANGTOESLAG {{jjjj}} {{maand}} {_KENMERK}",
    ),
    "kinderbijslag": Word("inkomen.kinderbijslag", "received", "SVB", 2, "Kinderbijslag kwartaal {jjjj}"),
    "kindergeld": Word(
        "inkomen.kinderbijslag_buitenland", "received", "Familienkasse", 12, "KG 123FK456789 {maand} {jjjj}"
    ),
    "provisional_tax_refund": Word(
        "inkomen.voorlopige_teruggaaf",
        "received",
        "Belastingdienst",
        15,
        "Voorlopige teruggaaf inkomstenbelasting {jjjj} termijn {n}",
    ),
    "tax_refund": Word(
        "inkomen.belastingteruggaaf",
        "received",
        "Belastingdienst",
        15,
        "Teruggaaf inkomstenbelasting 2025",
    ),
    # other money that comes
    "invoice": Word("inkomen.zzp", "received", "", 10, "Factuur 2026-{ref}"),
    "from_person": Word("inkomen.particulier", "received", "", 5, "bijdrage"),
    "maintenance_received": Word("inkomen.alimentatie", "received", "", 27, "Kinderalimentatie {maand}"),
    "loan_received": Word("krediet.opgenomen", "received", "Freo", 12, "Uitbetaling lening contract 88120"),
    "refund": Word("storno.terugbetaling", "refund", "", 8, "Terugbetaling retour bestelling {ref}"),
    "energy_paid_back": Word(
        "storno.terugbetaling", "received", "Vattenfall", 11, "Teruggave teruglevering {maand} klantnr 330912"
    ),
    "living_allowance": Word("schuld.bewind", "received", "", 5, "Leefgeld week {n}"),
    # the home
    "rent": Word("wonen.huur", "direct_debit", "Woonbron", 1, "Huur {maand} {jjjj} huurdersnr 778120"),
    "room_rent": Word("wonen.huur", "transfer", "", 1, "huur kamer {maand}"),
    "mortgage": Word("wonen.hypotheek", "direct_debit", "ING Hypotheken", 1, "Hypotheek {maand} {jjjj}"),
    "energy": Word("wonen.energie", "direct_debit", "Vattenfall", 5, "Termijnbedrag {maand} klantnr 330912"),
    "energy_year_bill": Word(
        "wonen.energie", "direct_debit", "Vattenfall", 12, "Jaarafrekening energie {jjjj} klantnr 330912"
    ),
    "water": Word("wonen.water", "direct_debit", "Vitens", 20, "Voorschot drinkwater klantnr 11208"),
    "council": Word(
        "wonen.gemeente", "direct_debit", "Cocensus", 28, "Gemeentelijke belastingen termijn {n}"
    ),
    # insurance, phone, transport, children
    "health_insurance": Word(
        "zorg.premie", "direct_debit", "Zilveren Kruis", 27, "Premie zorgverzekering {maand}"
    ),
    "insurance": Word(
        "verzekering.overig", "direct_debit", "Centraal Beheer", 3, "Verzekeringspakket polis 40033"
    ),
    "yearly_insurance": Word(
        "verzekering.overig", "direct_debit", "OHRA", 8, "Jaarpremie woonverzekering polis 70051"
    ),
    "phone": Word("telecom.abonnement", "direct_debit", "KPN", 18, "KPN Thuis {maand} klantnr 40118822"),
    "car_insurance": Word("vervoer.auto", "direct_debit", "Univé", 6, "Autoverzekering polis 66120"),
    "road_tax": Word(
        "vervoer.wegenbelasting", "direct_debit", "Belastingdienst", 27, "Motorrijtuigenbelasting kwartaal"
    ),
    "childcare": Word("kinderen.opvang", "direct_debit", "Partou", 26, "Factuur opvang {maand} {jjjj}"),
    "maintenance_paid": Word("kinderen.alimentatie", "standing_order", "", 26, "Kinderalimentatie {maand}"),
    "subscription": Word("huishouden.abonnementen", "direct_debit", "Netflix", 14, "Netflix {maand}"),
    "bank_fee": Word("bank.kosten", "fee", "bank", 2, "Kosten BetaalGemak {maand} {jjjj}"),
    "holiday": Word("huishouden.vakantie", "ideal", "Booking.com", 10, "Booking {ref}"),
    "web_shop_clothes": Word("huishouden.kleding", "ideal", "Zalando", 4, "Zalando bestelling {ref}"),
    "laptop": Word("huishouden.winkel", "ideal", "Coolblue", 12, "Coolblue bestelling laptop {ref}"),
    "car_repair": Word("vervoer.auto", "card", "Garage Osdorp, Amsterdam", 28),
    "car": Word("vervoer.auto", "transfer", "Autobedrijf De Wijs B.V.", 14, "Koop Opel Corsa factuur 2231"),
    "deposit": Word("wonen.waarborgsom", "transfer", "Woonbron", 28, "Waarborgsom huurdersnr 778120"),
    "furniture": Word("wonen.inrichting", "card", "IKEA Utrecht, Utrecht", 10),
    "regular_money": Word("onbekend", "received", "", 12, "overboeking {maand}"),
    "inheritance": Word(
        "onbekend", "received", "Derdengelden Notariskantoor Van Wijk", 14, "Uitkering nalatenschap"
    ),
    # tax on turnover
    "vat": Word(
        "belasting.btw",
        "transfer",
        "Belastingdienst",
        29,
        "Omzetbelasting aangifte kwartaal betalingskenmerk 0000000001{mm}{jjjj}",
    ),
    "income_tax": Word(
        "belasting.inkomsten",
        "transfer",
        "Belastingdienst",
        27,
        "Voorlopige aanslag inkomstenbelasting {jjjj} termijn {n} betalingskenmerk 0000000007{mm}{jjjj}",
    ),
    # debts
    "loan": Word("schuld.lening", "direct_debit", "Santander", 28, "Termijn lening contract 20944"),
    "klarna": Word("schuld.achteraf_betalen", "ideal", "Klarna", 6, "Klarna factuur {ref}"),
    "riverty": Word("schuld.achteraf_betalen", "ideal", "Riverty", 13, "Riverty factuur {ref}"),
    "in3": Word("schuld.achteraf_betalen", "ideal", "in3", 21, "in3 termijn {ref}"),
    "intrum": Word("schuld.incassobureau", "ideal", "Intrum", 27, "Intrum dossier 5520331 termijn {n}"),
    "vesting": Word("schuld.incassobureau", "ideal", "Vesting Finance", 28, "Vesting Finance dossier 900218"),
    "bailiff": Word("schuld.deurwaarder", "ideal", "Flanderijn", 26, "Dossier 31120877 termijn {n}"),
    "second_bailiff": Word("schuld.deurwaarder", "ideal", "GGN", 29, "GGN dossier 24119 deelbetaling"),
    "fine": Word("schuld.cjib", "transfer", "CJIB", 26, "CJIB termijnbetaling zaaknr 4{ref}"),
    "tax_debt": Word(
        "schuld.belastingschuld",
        "transfer",
        "Belastingdienst",
        28,
        "Betalingsregeling belastingschuld aanslag 2023 termijn {n}",
    ),
    "plan": Word(
        "schuld.betalingsregeling", "transfer", "Vattenfall", 27, "Betalingsregeling termijn {n} van 12"
    ),
    "seized_from_account": Word("schuld.beslag", "transfer", "GGN", 5, "Afdracht bankbeslag dossier 24119"),
    "wsnp": Word(
        "schuld.schuldregeling", "transfer", "Boedelrekening Wsnp", 26, "Afdracht boedel {maand} R.26/118"
    ),
    "administrator": Word("schuld.bewind", "transfer", "", 2, "Vergoeding bewindvoering {maand}"),
    "unibet": Word("gokken.inzet", "ideal", "Unibet", 1, "Unibet storting {ref}"),
    # own and private money
    "savings": Word("intern.sparen", "to_own", "", 25, "Sparen"),
    "own_account": Word("intern.eigen_rekening", "to_own", "", 25, "Overboeking eigen rekening"),
    "from_own_account": Word("intern.eigen_rekening", "from_own", "", 25, "Overboeking eigen rekening"),
    "to_person": Word("huishouden.particulier", "transfer", "", 3, "terugbetaling"),
    "cash": Word("contant.opname", "atm", "Geldmaat Plein, Utrecht", 1),
}


class Spending(NamedTuple):
    """Spending without a fixed day: so many payments of one size in a week."""

    category: str
    times: int
    payees: tuple[str, ...]
    way: str = "card"


#: Spending a week, by the name a counsellor gives it.
SPENDING = {
    "groceries": Spending("huishouden.boodschappen", 3, ("Albert Heijn 1655, Utrecht", "Lidl 118, Utrecht")),
    "eating_out": Spending("huishouden.horeca", 1, ("Cafetaria De Hoek, Utrecht", "FEBO 31, Utrecht")),
    "shops": Spending("huishouden.winkel", 1, ("Action 1402, Utrecht", "HEMA 0133, Utrecht")),
    "leisure": Spending(
        "huishouden.vrije_tijd", 1, ("Pathe Utrecht, Utrecht", "Bioscoop Slachtstraat, Utrecht")
    ),
    "clothes": Spending("huishouden.kleding", 1, ("Zeeman 233, Utrecht", "Primark Utrecht, Utrecht")),
    "fuel": Spending("vervoer.brandstof", 1, ("Tinq Utrecht, Utrecht", "Esso Utrecht Noord, Utrecht")),
    "public_transport": Spending("vervoer.ov", 1, ("NS Utrecht Centraal, Utrecht",)),
    "cash": Spending("contant.opname", 1, ("Geldmaat Plein, Utrecht",), "atm"),
}
