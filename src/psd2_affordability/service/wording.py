"""Plain words, in English and Dutch, for the fixed values that answers are made of."""

from typing import Literal

from psd2_affordability.assess.results import DataQuality, Room

Language = Literal["en", "nl"]

_WORDS: dict[str, tuple[str, str]] = {
    "room.plan": ("A payment plan fits", "Een betalingsregeling past"),
    "room.plan_not_sure": (
        "A payment plan may fit, but none is sure",
        "Misschien past een betalingsregeling, maar zeker is het niet",
    ),
    "room.no_room": ("There is no room for a payment plan", "Er is geen ruimte voor een betalingsregeling"),
    "room.refer_to_debt_help": ("Refer to debt help", "Verwijs naar schuldhulp"),
    "room.ask_first": ("Ask first: no plan is sound yet", "Vraag eerst door: nog geen regeling is zeker"),
    "seizure.no_yield": ("Do not seize: it yields nothing", "Geen beslag leggen: het levert niets op"),
    "seizure.costs_exceed": (
        "Do not seize: it costs more than it yields",
        "Geen beslag leggen: het kost meer dan het oplevert",
    ),
    "seizure.yields": ("A seizure would yield more than it costs", "Beslag levert meer op dan het kost"),
    "seizure.unknown": ("Not known", "Niet bekend"),
    "route.payment_plan": ("Cheaper: a payment plan", "Goedkoper: een betalingsregeling"),
    "route.wage_seizure": (
        "Cheaper: a seizure of wages or a benefit",
        "Goedkoper: beslag op loon of uitkering",
    ),
    "route.wait": ("Cheaper: wait", "Goedkoper: wachten"),
    "route.write_off": ("Cheaper: write it off", "Goedkoper: afboeken"),
    "credit.within_norms": ("Within norms", "Binnen de normen"),
    "credit.refer_to_person": ("A person should look at this", "Laat een mens hiernaar kijken"),
    "level.fine": ("fine", "goed"),
    "level.watch": ("watch", "let op"),
    "level.concern": ("concern", "zorgelijk"),
    "level.unknown": ("not known", "niet bekend"),
    "signal.1": ("watch", "let op"),
    "signal.2": ("talk", "bel"),
    "signal.3": ("act", "help nu"),
    "signals.none": ("No signs of new debt in these data", "Geen tekenen van nieuwe schuld in deze gegevens"),
    "signals.cannot_tell": (
        "The data are too short or too old to show signs; that does not mean that all is well",
        "De gegevens zijn te kort of te oud om tekenen te zien. Dat betekent niet dat alles goed gaat",
    ),
    "allowance.unclaimed": ("probably not claimed", "waarschijnlijk niet aangevraagd"),
    "allowance.too_low": ("probably too low", "waarschijnlijk te laag"),
    "allowance.in_line": ("in line", "klopt"),
    "allowance.too_high": ("probably too high", "waarschijnlijk te hoog"),
    "allowance.none": ("no right to it", "geen recht"),
    "allowance.unknown": ("ask first", "vraag eerst door"),
    "heading.allowances": ("Allowances a month", "Toeslagen per maand"),
    "proposal.fits": ("The proposal fits", "Het voorstel past"),
    "proposal.does_not_fit": ("The proposal does not fit", "Het voorstel past niet"),
    "proposal.ask_first": (
        "Ask first: whether the proposal fits is not known",
        "Vraag eerst: of dit past, is niet bekend",
    ),
    "heading.room": ("Room for a payment plan", "Ruimte voor een betalingsregeling"),
    "heading.seizure": ("Seizing the bank account", "Beslag op de bankrekening"),
    "heading.credit_check": ("Credit check", "Krediettoets"),
    "heading.signals": ("Signs of new debt", "Tekenen van nieuwe schuld"),
    "profile.offer_plan": ("Offer a payment plan", "Bied een betalingsregeling aan"),
    "profile.agree_small_amount": ("Agree on a small amount", "Spreek een klein bedrag af"),
    "profile.refer_to_debt_help": ("Refer to debt help", "Verwijs naar schuldhulp"),
    "profile.claim_allowances_first": (
        "Help to claim allowances first",
        "Help eerst om toeslagen aan te vragen",
    ),
    "profile.wait_and_look_again": ("Wait, and look again later", "Wacht en kijk later opnieuw"),
    "profile.ask_first": ("Ask first", "Vraag eerst door"),
    "profile.call_first": ("Call before you write", "Bel voordat u schrijft"),
    "tone.plain": ("Tone: plain and friendly", "Toon: gewoon en vriendelijk"),
    "tone.supportive": ("Tone: offer help", "Toon: bied hulp aan"),
    "tone.inquiring": ("Tone: ask, do not assume", "Toon: vraag, vul niets in"),
    "heading.lending_evidence": (
        "What the bank data showed before the credit was granted",
        "Wat de bankgegevens lieten zien voordat het krediet werd verleend",
    ),
    "heading.profile": ("How to approach this person", "Hoe deze persoon te benaderen"),
    "heading.data_quality": ("What the data show", "Wat de gegevens laten zien"),
    "heading.income": ("Income", "Inkomen"),
    "heading.expenses": ("Costs", "Kosten"),
    "heading.receipt": ("Receipt", "Bewijs van berekening"),
    "turns": ("What would turn this", "Wat dit zou veranderen"),
    "turns.together": (
        "None of these is enough alone, all of them together are",
        "Niets hiervan is alleen genoeg, alles samen wel",
    ),
    "options": ("Ways to repay", "Manieren om af te lossen"),
    "option.sure": ("sure", "zeker"),
    "option.careful": ("careful", "voorzichtig"),
    "option.usual": ("usual", "gewoon"),
    "option.quick": ("quick", "snel"),
    "option.proposed": ("proposed", "voorgesteld"),
    "ahead": (
        "The lowest balance to expect in each month, with a payment of",
        "Het laagste saldo van elke maand, met een betaling van",
    ),
    "look_again": ("Look again on", "Kijk opnieuw op"),
    "table.forecast": ("Income of the next three months", "Inkomen van de komende drie maanden"),
    "table.creditors": ("Who is paid for a debt or a loan", "Wie wordt betaald voor een schuld of lening"),
    "creditors.none": (
        "No payment on a debt or a loan was seen in the last year.",
        "In het laatste jaar is geen betaling aan een schuld of lening gezien.",
    ),
    "streams.income": ("Sources of income with a rhythm", "Inkomen dat op vaste tijden komt"),
    "streams.income.none": (
        "No income with a rhythm was found.",
        "Er is geen inkomen gevonden dat op vaste tijden komt.",
    ),
    "streams.expenses": ("Costs with a rhythm", "Kosten op vaste tijden"),
    "streams.expenses.none": (
        "No other cost with a rhythm was found.",
        "Er zijn geen andere kosten gevonden die op vaste tijden komen.",
    ),
    "unseen": (
        "Of this life seems to take place elsewhere, about",
        "Van dit leven lijkt zich elders af te spelen, ongeveer",
    ),
    "shared": ("Part of this account that counts", "Deel van deze rekening dat telt"),
    "gaps.none": ("No gaps were found in the data.", "Er zijn geen gaten in de gegevens gevonden."),
    "figure.for_protection": ("Counts for the protected income", "Telt mee voor de beslagvrije voet"),
    "figure.set_aside": ("Tax a month, which is not income", "Belasting per maand, die geen inkomen is"),
    "figure.vat_unpaid": ("VAT that must still be paid", "Btw die nog betaald moet worden"),
    "figure.living_money": (
        "Living money a month, which is not income",
        "Leefgeld per maand, dat geen inkomen is",
    ),
    "figure.unsplit": (
        "A usual month with joint accounts counted whole",
        "Een gewone maand als gezamenlijke rekeningen heel tellen",
    ),
    "figure.fixed": ("Fixed costs and reserves", "Vaste lasten en reserveringen"),
    "figure.reserve": (
        "Of these, put by for bills that come now and then",
        "Waarvan opzij voor rekeningen die af en toe komen",
    ),
    "figure.flexible": ("Household spending", "Huishouden"),
    "figure.debts": ("Debts and credit", "Schulden en krediet"),
    "figure.cash": ("Cash", "Contant"),
    "figure.gambling": ("Gambling", "Gokken"),
    "figure.unexplained": ("Without a category", "Zonder categorie"),
    "figure.essential": ("Of all costs, needed to live", "Van alle kosten nodig om te leven"),
    "figure.can_wait": ("Of all costs, can wait", "Van alle kosten kan wachten"),
    "made.sum": ("the sum of", "de som van"),
    "made.sum_above_zero": ("the sum of, never below zero", "de som van, nooit onder nul"),
    "made.least": ("the least of, never below zero", "het laagste van, nooit onder nul"),
    "made.average": ("spread over the months", "verdeeld over de maanden"),
    "made.share": ("the first as a part of the second", "het eerste als deel van het tweede"),
    "kind.wages": ("Wages", "Loon"),
    "kind.own_business": ("Own business", "Eigen bedrijf"),
    "kind.allowance": ("Allowance", "Toeslag of kinderbijslag"),
    "kind.benefit_or_pension": ("Benefit or pension", "Uitkering of pensioen"),
    "kind.other_income": ("Other income", "Ander inkomen"),
    "kind.onbekend.ontvangen": ("Received, kind not known", "Ontvangen, soort niet bekend"),
    "unknown": ("Not known", "Niet bekend"),
    "ask": ("Ask", "Vraag"),
}

#: Labels of reports, by their English form.
_LABELS_NL = {
    "a month": "per maand",
    "allowance": "toeslag",
    "apply or report at": "aanvragen of doorgeven bij",
    "as of": "per",
    "balances add up": "saldo klopt",
    "balances do NOT add up": "saldo klopt NIET",
    "costs, excluding VAT": "kosten, zonder btw",
    "arrives": "komt binnen",
    "due": "recht op",
    "ended": "gestopt",
    "expected balance": "verwacht saldo",
    "expected proceeds": "verwachte opbrengst",
    "first on": "eerste keer op",
    "full months": "hele maanden",
    "granted on": "verleend op",
    "hangs on it": "hangt ervan af",
    "holds": "kans dat het lukt",
    "if careful": "als u zuinig leeft",
    "lowest balance": "laagste saldo",
    "consent": "toestemming",
    "in": "erbij",
    "in force": "geldig vanaf",
    "version": "versie",
    "vtlb, the floor of a plan": "vtlb, de ondergrens van een regeling",
    "last": "laatste",
    "lending norm": "leennorm",
    "legal floor": "wettelijk minimum",
    "missing": "ontbreekt",
    "months": "maanden",
    "net": "netto",
    "next": "volgende",
    "not booked yet, left out": "nog niet geboekt, niet meegeteld",
    "no balance proof": "saldo niet te controleren",
    "of the money": "van het geld",
    "on": "op",
    "out": "eraf",
    "own account that is not shared": "eigen rekening die niet is gedeeld",
    "period": "periode",
    "protected": "beschermd",
    "to": "tot",
    "transactions": "betalingen",
    "without a category": "zonder categorie",
    "four weekly": "per vier weken",
    "irregular": "onregelmatig",
    "monthly": "per maand",
    "quarterly": "per kwartaal",
    "two monthly": "per twee maanden",
    "weekly": "per week",
    "yearly": "per jaar",
    "extra": "waarvan extra",
    "give the debt": "geef de schuld op",
    "good": "ruim",
    "last on": "laatst op",
    "late": "te laat",
    "lean": "krap",
    "month": "maand",
    "transaction": "betaling",
    "usual": "gewoon",
}


def label(english: str, language: Language = "en") -> str:
    """Return a label of a report in a language.

    >>> label("expected balance", "nl")
    'verwacht saldo'
    """
    return _LABELS_NL[english] if language == "nl" else english


def word(key: str, language: Language = "en") -> str:
    """Return the plain words for a fixed value.

    >>> word("room.plan"), word("room.no_room", "nl")
    ('A payment plan fits', 'Er is geen ruimte voor een betalingsregeling')
    """
    english, dutch = _WORDS[key]
    return dutch if language == "nl" else english


def advised(room: Room) -> str:
    """Return the fixed value that says what is advised: a plan that may fail is not said to fit."""
    unsure = any(each.code == "plan.none_is_sure" for each in room.reasons)
    return "plan_not_sure" if room.advice == "plan" and unsure else room.advice


def how_made(how: str, language: Language = "en") -> str:
    """Return how the terms of a figure give it, in words; empty where they need none.

    >>> how_made("least"), how_made("law")
    ('the least of, never below zero', '')
    """
    return word(f"made.{how}", language) if f"made.{how}" in _WORDS else ""


def kind(code: str, language: Language = "en") -> str:
    """Return what a kind of money outside the taxonomy is called: a broad kind of income, or not known.

    >>> kind("wages"), kind("benefit_or_pension", "nl")
    ('Wages', 'Uitkering of pensioen')
    """
    return word(f"kind.{code}", language) if f"kind.{code}" in _WORDS else code


_TOO_LITTLE = frozenset({"history.none", "history.short", "history.stale"})


def without_signals(quality: DataQuality) -> Literal["none", "cannot_tell"]:
    """Say what it means that no sign was found: nothing there, or too little to see by."""
    return "cannot_tell" if any(each.code in _TOO_LITTLE for each in quality.cannot_know) else "none"
