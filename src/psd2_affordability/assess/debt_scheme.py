"""A debt scheme that runs, or somebody who manages the money: no creditor then makes a plan of its own.

In the Wsnp all that a person has and earns is for all creditors together; a scheme of a municipality or a
credit bank shares it out too, and who manages somebody's money decides what is paid. A plan beside that
breaks it. A municipal credit bank also lends to who has no other debts: whether that is a scheme is asked.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import ADMINISTRATOR, BORROWED, CREDIT_BANK, OWN_ACCOUNT, SCHEME
from psd2_affordability.assess.living_money import RUNS_DAYS, administered
from psd2_affordability.assess.results import Expenses
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.reasons import Reason

_MANAGED = frozenset({ADMINISTRATOR, OWN_ACCOUNT, BORROWED})
_THROUGH_OTHERS = frozenset({ADMINISTRATOR, SCHEME})

ASK = reason(
    "ask.debt_scheme",
    "Does a debt scheme run, such as the Wsnp or one of the municipality? Is this debt part of it?",
    "Loopt er een schuldregeling, zoals de Wsnp of een regeling van de gemeente? Hoort deze schuld daarbij?",
)


class DebtScheme(NamedTuple):
    """What stands between a creditor and the person.

    Attributes:
        kind: a scheme is paid into, somebody manages the money, or perhaps a scheme: a credit bank is paid.
        names: who is paid or pays out, as the bank names them.
        transactions: the newest rows that show it.
    """

    kind: Literal["scheme", "manager", "perhaps"]
    names: tuple[str, ...]
    transactions: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether nothing has to be asked to know that a plan is not for one creditor to make."""
        return self.kind != "perhaps"


def debt_scheme(facts: Facts) -> DebtScheme | None:
    """Find what runs now, the surest first; nothing where the last payment is a quarter of a year ago."""
    spans = facts.spans
    if SCHEME in spans and (found := _paid(facts, SCHEME, "scheme")):
        return found
    if not _MANAGED.isdisjoint(spans):
        manager = facts.once(administered)
        if manager is not None:
            return DebtScheme("manager", manager.names, manager.transactions)
    return _paid(facts, CREDIT_BANK, "perhaps") if CREDIT_BANK in spans else None


def _paid(facts: Facts, category: str, kind: Literal["scheme", "perhaps"]) -> DebtScheme | None:
    since = facts.seen_to - RUNS_DAYS
    rows = [row for row in facts.of(category) if row.day >= since and row.cents < 0]
    if not rows:
        return None
    return DebtScheme(kind, tuple(sorted({row.payee for row in rows})), tuple([row.tx for row in rows]))


def paid_through_others(facts: Facts, expenses: Expenses) -> int:
    """Return the cents a month that go to who manages the money or into a scheme: they count as debts."""
    if SCHEME not in facts.by_month and ADMINISTRATOR not in facts.by_month:
        return 0
    return sum(kind.monthly.cents for kind in expenses.by_kind if kind.category in _THROUGH_OTHERS)


def says_paid_through_others(expenses: Expenses) -> Iterator[Reason]:
    """Say what goes to who manages the money, and what into a scheme."""
    for kind in expenses.by_kind:
        if kind.category not in _THROUGH_OTHERS:
            continue
        keys = [one.transactions[-1] for one in expenses.streams if one.category == kind.category]
        if kind.category == SCHEME:
            yield reason(
                "room.into_scheme",
                "{amount} a month goes into a debt scheme, for all creditors together.",
                "Er gaat {amount} per maand naar een schuldregeling, voor alle schuldeisers samen.",
                amount=kind.monthly,
                transactions=keys,
            )
        else:
            yield reason(
                "room.to_manager",
                "{amount} a month goes to who manages the money: for bills, debts or the work itself. What "
                "is paid from it is not seen here.",
                "Er gaat {amount} per maand naar wie het geld beheert: voor rekeningen, schulden of het "
                "beheer zelf. Waar het aan opgaat, is hier niet te zien.",
                amount=kind.monthly,
                transactions=keys,
            )


def no_plan_beside(found: DebtScheme) -> Reason:
    """Say why one creditor offers no plan, and whom to speak to."""
    names = ", ".join(found.names)
    if found.kind == "scheme":
        return reason(
            "room.in_scheme",
            "A debt scheme runs; it is paid through {names}. No plan with one creditor fits beside it. Agree "
            "with who runs the scheme: the administrator, the credit bank or the municipality.",
            "Er loopt een schuldregeling. Die wordt betaald via {names}. Daarnaast past geen regeling met "
            "één schuldeiser. Maak afspraken met de bewindvoerder, de kredietbank of de gemeente.",
            names=names,
            transactions=found.transactions,
        )
    if found.kind == "manager":
        return reason(
            "room.money_managed",
            "An administrator or budget manager keeps the money: {names}. Make no plan beside that. Agree "
            "with them, and ask whether a debt scheme runs.",
            "Een bewindvoerder of budgetbeheerder beheert het geld: {names}. Maak geen regeling daarnaast. "
            "Maak afspraken met hen en vraag of er een schuldregeling loopt.",
            names=names,
            transactions=found.transactions,
        )
    return reason(
        "room.perhaps_in_scheme",
        "A municipal credit bank is paid: {names}. That can be a debt scheme, and no plan fits beside one. "
        "This question comes first. {question}",
        "Er gaat geld naar een gemeentelijke kredietbank: {names}. Dat kan een schuldregeling zijn. "
        "Daarnaast past geen andere regeling. Deze vraag komt eerst. {question}",
        names=names,
        question=(ASK.says, ASK.says_nl),
        transactions=found.transactions,
    )


def no_seizure_beside(found: DebtScheme) -> Reason:
    """Say why not to seize, whatever the balance is."""
    if found.kind == "scheme":
        return reason(
            "seizure.in_scheme",
            "A debt scheme runs, so do not seize: speak to who runs it. In the Wsnp a seizure by one "
            "creditor is not possible: all money is for all creditors together. In another scheme it harms "
            "them all.",
            "Er loopt een schuldregeling. Leg geen beslag en praat met wie de regeling uitvoert. In de Wsnp "
            "is al het geld voor alle schuldeisers samen. Eén schuldeiser kan dan geen beslag leggen. Bij "
            "een andere schuldregeling schaadt beslag alle schuldeisers.",
            article="art. 295 Fw",
            transactions=found.transactions,
        )
    if found.kind == "manager":
        return reason(
            "seizure.money_managed",
            "An administrator or budget manager keeps the money, so do not seize: speak to them first. They "
            "know which debts there are, and whether a debt scheme runs.",
            "Een bewindvoerder of budgetbeheerder beheert het geld. Leg geen beslag en praat eerst met hen. "
            "Zij weten welke schulden er zijn en of er een schuldregeling loopt.",
            transactions=found.transactions,
        )
    return reason(
        "seizure.perhaps_in_scheme",
        "A municipal credit bank is paid, which can be a debt scheme. Ask that first. In a scheme a seizure "
        "is not possible or harms all creditors.",
        "Er gaat geld naar een gemeentelijke kredietbank. Dat kan een schuldregeling zijn. Vraag dat eerst. "
        "Bij een schuldregeling kan beslag niet, of het schaadt alle schuldeisers.",
        transactions=found.transactions,
    )


def scheme_not_known() -> Unknown:
    """Say that a proposal hangs on whether a scheme runs."""
    return Unknown("scheme.not_known", "Whether a debt scheme runs is not known.", ASK.says)
