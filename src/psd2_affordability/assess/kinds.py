"""The categories that calculators speak of by name; every other one is known by its taxonomy leaf."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from psd2_affordability.categorise.engine import OWN_PAYEE, PRIVATE_PAYEE
from psd2_affordability.categorise.taxonomy import Leaf

WAGE = "inkomen.loon"
HOLIDAY_PAY = "inkomen.vakantiegeld"
THIRTEENTH_MONTH = "inkomen.eindejaarsuitkering"
CARE_ALLOWANCE = "inkomen.toeslag_zorg"
CHILD_BENEFIT = "inkomen.kinderbijslag"
#: German Kindergeld, the Belgian Groeipakket: the country where a parent works pays first.
CHILD_BENEFIT_ABROAD = "inkomen.kinderbijslag_buitenland"
RENT_ALLOWANCE = "inkomen.toeslag_huur"
ALLOWANCE_UNKNOWN = "inkomen.toeslag_onbepaald"
TURNOVER = frozenset({"inkomen.zzp", "inkomen.platform"})
ASSISTANCE = "inkomen.uitkering_bijstand"
STUDENT_FINANCE = "inkomen.studiefinanciering"
#: Benefits that come in the place of wages.
REPLACING = frozenset(
    {
        ASSISTANCE,
        "inkomen.uitkering_ww",
        "inkomen.uitkering_wia",
        "inkomen.uitkering_ziektewet",
        # around a birth (WAZO), among others
        "inkomen.uitkering_overig",
    }
)
#: Income that a person has at times, and of which one takes the place of another.
IN_SPELLS = REPLACING | {WAGE}
#: Tax on turnover: money that was never the entrepreneur's own.
VAT, INCOME_TAX = "belasting.btw", "belasting.inkomsten"
SET_ASIDE = frozenset({VAT, INCOME_TAX})
RENT = "wonen.huur"
MORTGAGE = "wonen.hypotheek"
HOME = frozenset({RENT, MORTGAGE})
#: Put by with a landlord: it comes back one day.
DEPOSIT = "wonen.waarborgsom"
GROCERIES = frozenset({"huishouden.boodschappen"})
HEALTH_PREMIUM = frozenset({"zorg.premie"})
#: Bills that come once a year, or in a few instalments: one seen in less than a year is a year's.
PUBLIC_BILLS = frozenset({"wonen.gemeente", "wonen.waterschap"})
INSURANCE = "verzekering.overig"
YEARLY_BILLS = PUBLIC_BILLS | {INSURANCE}
#: Costs that a home has every month, each from one payee.
MONTHLY_BILLS = HOME | HEALTH_PREMIUM | {"wonen.energie", "telecom.abonnement", "kinderen.opvang"}
#: Comes from the tax authority: it is no income itself.
REFUNDS = frozenset({"inkomen.belastingteruggaaf", "inkomen.voorlopige_teruggaaf"})
#: Taxed or not, depending on what bookings do not tell.
PERHAPS_TAXED = frozenset({"inkomen.alimentatie", "inkomen.uitkering_overig"})
NOT_SURELY_TAXED = TURNOVER | REFUNDS | PERHAPS_TAXED
OWN_ACCOUNT = "intern.eigen_rekening"
OWN_BUSINESS = "intern.onderneming"
OWN_SAVINGS = "intern.sparen"
BORROWED = "krediet.opgenomen"
#: Paid back in equal instalments, each month; what a credit card asks follows what was bought with it.
CREDIT_BANK = "schuld.kredietbank"
LOANS = frozenset({"schuld.lening", CREDIT_BANK})
#: Shown where money moves between a person's own accounts; a name there is an administrator's.
OWN_PAYEES = frozenset({OWN_PAYEE, PRIVATE_PAYEE, ""})
CASH = "contant.opname"
CASH_IN = "contant.storting"
STAKES = "gokken.inzet"
ADMINISTRATOR = "schuld.bewind"
#: Paid into a scheme for all debts together: the Wsnp, one of a municipality or of a credit bank.
SCHEME = "schuld.schuldregeling"
PLAN = "schuld.betalingsregeling"
SEIZED = "schuld.beslag"
RETURNED = "storno.teruggeboekt"
REFUND = "storno.terugbetaling"
TO_PERSON = "huishouden.particulier"
UNKNOWN = "onbekend"
MAINTENANCE = "kinderen.alimentatie"
#: What a thing is paid under that is bought now and then: never what is due by contract, by law or each year,
#: nor what tells of health.
THINGS = frozenset({"wonen.inrichting", "huishouden.winkel", "vervoer.overig"})
#: The same, among what may be due each year too: a car beside its insurance, and what nothing tells of.
PERHAPS_THINGS = frozenset(
    {"vervoer.auto", "huishouden.kaartbetaling", "huishouden.betaalverzoek", TO_PERSON, UNKNOWN}
)
#: What nobody can do without, or is owed by contract or judgment: it does not end by not being paid.
OWED = HOME | HEALTH_PREMIUM | {"wonen.energie", "wonen.water", "wonen.vve", MAINTENANCE}
#: What is repaid in instalments: it ends some day.
REPAID = LOANS | {
    PLAN,
    "schuld.creditcard",
    "schuld.duo",
    "schuld.incassobureau",
    "schuld.deurwaarder",
    "schuld.cjib",
    "schuld.belastingschuld",
    "schuld.toeslag_terugvordering",
    "schuld.toeslag_terug_zorg",
    "schuld.toeslag_terug_huur",
    "schuld.toeslag_terug_kindgebonden",
    "schuld.toeslag_terug_kinderopvang",
    "schuld.uitkering_terugvordering",
}
#: What counts on when it stops being paid, until the household tells that it is free of it.
MAY_STOP = OWED | REPAID
_COLLECTED = frozenset({PLAN, "schuld.incassobureau", "schuld.deurwaarder"})
#: Which kinds may take the place of a cost beside its own: another home, the CAK that collects premiums,
#: and of what is repaid another loan, an arrangement, a collector or a bailiff. A fine or a tax is one more.
TAKEN_OVER_BY: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(HOME, HOME),
    **dict.fromkeys(HEALTH_PREMIUM, HEALTH_PREMIUM | {"zorg.cak", "schuld.zorgpremie_achterstand"}),
    **{code: LOANS | _COLLECTED | {code} for code in REPAID},
}
SENSITIVE = "huishouden.bijzonder"
#: Bills for care tell of health: they count in sums, and credit checks never point at them.
CARE = "zorg.kosten"
#: Incoming money without a category, kept apart from outgoing money without one.
UNKNOWN_IN = "onbekend.ontvangen"


@dataclass(frozen=True, slots=True)
class Kinds:
    """The taxonomy, sorted once by what calculators ask of it.

    Attributes:
        leaves: every category by its code.
        income: what people live on month after month: no one-offs, nothing from private persons.
        one_off: holiday pay, refunds, back payments.
        private: money from or to private persons.
        protected: income that counts for the protected income; turnover does too once tax is set aside.
        fixed: fixed and reserve costs.
        debts: credit, arrears and collection.
        flexible: household spending and payments to private persons; no cash, no stakes.
        can_wait: costs that are not essential, owed to nobody and not hidden from view.
        internal: own money that moves.
        relied_on: income that a household counts on, turnover left out.
        allowances: allowances and child benefit.
        reserve: reserve costs: due now and then.
        by_signal: categories by the kind of debt signal that a payment is.
        lent: payments on loans, cards and deferred payments.
        collecting: payments to collectors and bailiffs, what they seized, and payment plans.
    """

    leaves: Mapping[str, Leaf]
    income: frozenset[str]
    one_off: frozenset[str]
    private: frozenset[str]
    protected: frozenset[str]
    fixed: frozenset[str]
    reserve: frozenset[str]
    debts: frozenset[str]
    flexible: frozenset[str]
    can_wait: frozenset[str]
    internal: frozenset[str]
    relied_on: frozenset[str]
    allowances: frozenset[str]
    by_signal: Mapping[str, frozenset[str]]
    lent: frozenset[str]
    collecting: frozenset[str]
    _asked: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, leaves: Mapping[str, Leaf]) -> "Kinds":
        """Sort a taxonomy."""

        def having(wanted: Callable[[Leaf], bool]) -> frozenset[str]:
            return frozenset(code for code, leaf in leaves.items() if wanted(leaf))

        costs = having(lambda leaf: leaf.group in {"vast", "reservering", "huishoudelijk"}) | {TO_PERSON}
        income = having(lambda leaf: leaf.group == "inkomen" and not leaf.one_off and not leaf.private)
        protected = having(lambda leaf: leaf.floor) | TURNOVER
        debts = having(lambda leaf: leaf.group == "schuld")
        return cls(
            leaves=leaves,
            income=income,
            one_off=having(lambda leaf: leaf.one_off),
            private=having(lambda leaf: leaf.private),
            protected=protected,
            fixed=having(lambda leaf: leaf.group in {"vast", "reservering"}),
            reserve=having(lambda leaf: leaf.group == "reservering"),
            debts=debts,
            flexible=having(lambda leaf: leaf.group == "huishoudelijk") - {CASH, STAKES} | {TO_PERSON},
            can_wait=having(lambda leaf: not leaf.essential and not leaf.open) & costs - {CASH, SENSITIVE},
            internal=having(lambda leaf: leaf.group == "intern"),
            allowances=having(lambda leaf: leaf.allowance),
            relied_on=(income & protected) - TURNOVER,
            by_signal={
                signal: frozenset(code for code, leaf in leaves.items() if leaf.signal == signal)
                for signal in {leaf.signal for leaf in leaves.values() if leaf.signal}
            },
            lent=having(lambda leaf: leaf.signal in {"lender", "bnpl"}) & debts,
            collecting=having(lambda leaf: leaf.signal in {"collector", "bailiff", "seizure"}) | {PLAN},
        )

    def signalling(self, *signals: str) -> frozenset[str]:
        """Return the categories that carry one of these kinds of debt signal."""
        if signals not in self._asked:
            groups = [self.by_signal.get(signal, frozenset()) for signal in signals]
            self._asked[signals] = frozenset().union(*groups)
        return self._asked[signals]
