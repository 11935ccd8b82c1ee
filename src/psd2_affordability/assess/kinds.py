"""The categories that calculators speak of by name; every other one is known by its taxonomy leaf."""

from collections.abc import Callable, Mapping

from psd2_affordability.categorise.taxonomy import Leaf

WAGE = "inkomen.loon"
HOLIDAY_PAY = "inkomen.vakantiegeld"
CARE_ALLOWANCE = "inkomen.toeslag_zorg"
RENT_ALLOWANCE = "inkomen.toeslag_huur"
ALLOWANCE_UNKNOWN = "inkomen.toeslag_onbepaald"
TURNOVER = frozenset({"inkomen.zzp", "inkomen.platform"})
#: Benefits that come in the place of wages.
REPLACING = frozenset(
    {
        "inkomen.uitkering_bijstand",
        "inkomen.uitkering_ww",
        "inkomen.uitkering_wia",
        "inkomen.uitkering_ziektewet",
    }
)
#: Tax on turnover: money that was never the entrepreneur's own.
SET_ASIDE = frozenset({"belasting.btw", "belasting.inkomsten"})
RENT = "wonen.huur"
CASH = "contant.opname"
STAKES = "gokken.inzet"
ADMINISTRATOR = "schuld.bewind"
PLAN = "schuld.betalingsregeling"
SEIZED = "schuld.beslag"
RETURNED = "storno.teruggeboekt"
REFUND = "storno.terugbetaling"
TO_PERSON = "huishouden.particulier"
SENSITIVE = "huishouden.bijzonder"
UNKNOWN = "onbekend"
#: Incoming money without a category, kept apart from outgoing money without one.
UNKNOWN_IN = "onbekend.ontvangen"

Taxonomy = Mapping[str, Leaf]


def having(taxonomy: Taxonomy, wanted: Callable[[Leaf], bool]) -> frozenset[str]:
    """Return the codes of the leaves that a question is about."""
    return frozenset(code for code, leaf in taxonomy.items() if wanted(leaf))
