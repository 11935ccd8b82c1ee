"""Money that an administrator or budget manager pays out to live on: it is no income."""

from dataclasses import dataclass

from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import ADMINISTRATOR, BORROWED, CREDIT_BANK, OWN_ACCOUNT, OWN_PAYEES
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

#: Twelve weeks tell what comes each week or month, and are short enough to be about now.
_WEEKS = 12
#: Nothing for a quarter of a year: what is paid every month has ended.
RUNS_DAYS = 91
#: A lender does not lend at a rhythm: so many equal weeks or months are living money.
_RHYTHM = 4
#: Who does lend at one: to students.
_LENDS_BY_THE_MONTH = "DUO"


@dataclass(frozen=True, slots=True)
class Administered:
    """An administrator seen in the flows.

    Attributes:
        names: who, as the bank names them.
        monthly: living money a month, in cents; nothing when only payments to them are seen.
        transactions: the newest rows that show it.
    """

    names: tuple[str, ...]
    monthly: int
    transactions: tuple[str, ...]


def administered(facts: Facts) -> Administered | None:
    """Find who manages the money now: paid by the person, or paying living money to the person.

    Own money that moves is shown without a name, so a name beside it is that of an administrator.
    """
    names: dict[str, None] = {}
    keys: list[tuple[int, str]] = []
    total = 0
    since = facts.seen_to - 7 * _WEEKS
    for category in (OWN_ACCOUNT, BORROWED):
        for day, cents, payee, tx in _paid_out(facts, category):
            names[payee] = None
            keys.append((day, tx))
            total += cents if day > since else 0
    if ADMINISTRATOR in facts.spans:
        for day, cents, payee, tx in facts.of(ADMINISTRATOR):
            names[payee] = None
            keys.append((day, tx))
            total += cents if cents > 0 and day > since else 0
    if not keys:
        return None
    days = min(7 * _WEEKS, facts.seen_to - (facts.first_day or 0) + 1)
    keys.sort()
    if facts.seen_to - keys[-1][0] > RUNS_DAYS:
        return None
    newest = tuple([tx for _, tx in keys[-12:]])
    return Administered(tuple(sorted(names)), total * 365 // (12 * days), newest)


def _paid_out(facts: Facts, category: str) -> list[tuple[int, int, str, str]]:
    if category not in facts.spans:
        return []
    if category == BORROWED:
        steady = {
            one.payee
            for one in facts.rhythms
            if one.category == BORROWED
            and one.incoming
            and one.payee != _LENDS_BY_THE_MONTH
            and one.times >= _RHYTHM
        }
        steady = steady and steady - _paid_back(facts)
    else:
        steady = set(facts.book.payees(*facts.spans[category])) - OWN_PAYEES
    if not steady:
        return []
    return [row for row in facts.of(category) if row.cents > 0 and row.payee in steady]


def _paid_back(facts: Facts) -> set[str]:
    """Return the lenders that are paid back: what comes from them each month is drawn from a credit."""
    loans = (facts.kinds.signalling("lender") & facts.kinds.debts & facts.spans.keys()) - {CREDIT_BANK}
    return {payee for category in loans for payee in facts.book.payees(*facts.spans[category])}


def says(seen: Administered) -> Reason:
    """Name the administrator."""
    if not seen.monthly:
        return reason(
            "income.administrator",
            "Money goes through an administrator or budget manager, {names}; make agreements with them.",
            "Het geld loopt via een bewindvoerder of budgetbeheerder: {names}. Maak daar afspraken mee.",
            names=", ".join(seen.names),
            transactions=seen.transactions,
        )
    return reason(
        "income.administrator",
        "{amount} a month from {names} is living money from an administrator or budget manager, not income; "
        "make agreements with them.",
        "{amount} per maand van {names} is leefgeld van een bewindvoerder of budgetbeheerder. Dat is geen "
        "inkomen. Maak daar afspraken mee.",
        amount=Money(seen.monthly),
        names=", ".join(seen.names),
        transactions=seen.transactions,
    )


def ask_administrator(seen: Administered) -> Unknown:
    """Say that only the administrator knows the income."""
    names = ", ".join(seen.names)
    return Unknown(
        "income.living_money",
        f"Only living money from {names} arrives on these accounts; the income goes to the administrator.",
        f"What are the income and the fixed costs a month, according to {names}?",
    )
