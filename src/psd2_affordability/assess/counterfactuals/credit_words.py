"""The words for what would turn a credit check."""

from dataclasses import dataclass

from psd2_affordability.assess.thresholds import NORMS

#: A sentence in English and in Dutch.
Says = tuple[str, str]
MORE_LEFT: Says = (
    "At least {by} a month more is left after costs and above the legal floor.",
    "Er blijft minstens {by} per maand meer over, na de kosten en boven het beschermde bedrag.",
)
LESS_COMMITTED: Says = (
    "Fixed costs and debts are at least {by} a month lower.",
    "De vaste lasten en schulden zijn minstens {by} per maand lager.",
)
LESS_WITH_MANAGED: Says = (
    "Fixed costs, debts and what goes to who manages the money are at least {by} a month lower.",
    "De vaste lasten, de schulden en het geld voor de beheerder zijn minstens {by} per maand lager.",
)
LESS_ASKED: Says = (
    "The new obligation asks at least {by} a month less.",
    "De nieuwe verplichting kost minstens {by} per maand minder.",
)


@dataclass(frozen=True, slots=True)
class Count:
    """An indicator that counts: how many may be watched, and how that is said."""

    watched: int
    at_most: Says
    none: Says


NOT_SEIZED: Says = (
    "The seizure of the wage or benefit has ended, and no collection agency or bailiff is paid.",
    "Het beslag op het loon of de uitkering is voorbij. Incassobureaus en deurwaarders krijgen niets meer.",
)
NOTHING_SET_OFF: Says = (
    "Nothing is taken off the income for somebody else, and no collection agency or bailiff is paid.",
    "Er gaat niets meer van het inkomen naar een ander. Incassobureaus en deurwaarders krijgen niets meer.",
)
NONE_SKIPPED: Says = (
    "No fixed cost that misses a payment in the time that is looked at.",
    "Geen vaste last die wordt overgeslagen in de tijd waar we naar kijken.",
)
COUNTS = {
    "buy_now_pay_later": Count(
        NORMS.bnpl_concern - 1,
        (
            "At most {most} payments to buy-now-pay-later services in three months.",
            "Hoogstens {most} betalingen aan achteraf-betaaldiensten in drie maanden.",
        ),
        (
            "No payment to a buy-now-pay-later service for three months.",
            "Drie maanden geen betaling aan een achteraf-betaaldienst.",
        ),
    ),
    "returned_debits": Count(
        NORMS.returned_watch,
        (
            "At most {most} direct debits that come back in the time that is looked at.",
            "Hoogstens {most} incasso's die terugkomen in de tijd waar we naar kijken.",
        ),
        (
            "No direct debit that comes back in the time that is looked at.",
            "Geen incasso die terugkomt in de tijd waar we naar kijken.",
        ),
    ),
    "overdraft_days": Count(
        NORMS.overdraft_concern - 1,
        (
            "At most {most} days below zero in three months.",
            "Hoogstens {most} dagen onder nul in drie maanden.",
        ),
        ("No day below zero in three months.", "Geen dag onder nul in drie maanden."),
    ),
    "collectors": Count(
        0,
        (
            "At most {most} payments to collection agencies and bailiffs.",
            "Hoogstens {most} betalingen aan incassobureaus en deurwaarders.",
        ),
        (
            "No payment to a collection agency or bailiff, or on a plan, in the time that is looked at.",
            "Geen betaling aan incasso of deurwaarder, of voor een regeling, in de tijd waar we naar kijken.",
        ),
    ),
    "missed_obligations": Count(
        0,
        (
            "At most {most} costs or instalments that are owed are unpaid.",
            "Hoogstens {most} vaste lasten of aflossingen worden niet betaald.",
        ),
        (
            "What stopped being paid is paid again, or the household tells that it ended.",
            "Het huishouden betaalt deze kosten weer. Of het vertelt dat ze zijn gestopt.",
        ),
    ),
}

NAMES: dict[str, tuple[str, str]] = {
    "income_stability": ("how steady the income is", "hoe vast het inkomen is"),
    "committed_share": ("the fixed costs and debts", "de vaste lasten en schulden"),
    "room_left": ("what is left above the legal floor", "wat er overblijft boven het beschermde bedrag"),
    "lending_norm": ("the lending norm", "de leennorm"),
    "buffer_months": ("the balance and the fixed costs", "het saldo en de vaste lasten"),
    "overdraft_days": ("the balance of the account", "het saldo van de rekening"),
    "debt_scheme": ("whether a debt scheme runs", "of er een schuldregeling loopt"),
    "data": ("more or newer bank data", "meer of nieuwere bankgegevens"),
}
