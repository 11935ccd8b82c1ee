"""Turnover: which part of it is tax, and what of that must still be paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from psd2_affordability.assess.evidence import bookings
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import INCOME_TAX, SET_ASIDE, VAT
from psd2_affordability.assess.reckoning import day_of, number_of, share_out
from psd2_affordability.assess.results import SetAside
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

_QUARTER = 3
#: So many payments of VAT are looked back at: a year of quarters.
_LOOKED_BACK = 4
#: Turnover of which nothing is known to be set aside.
NO_TAX = Unknown(
    "income.tax_not_seen",
    "There is turnover, but no payment of VAT or income tax is visible, so what is left of it is not known.",
    "Which VAT and income tax must be paid on the turnover, and from which account?",
)
_NO_VAT = Unknown(
    "income.vat_not_seen",
    "No payment of VAT is visible.",
    "Is VAT due on the turnover, for which period, and what is not paid yet?",
)
_NOT_SEEN, _NO_SHARE = SetAside(NO_TAX, NO_TAX), Fraction(0)


@dataclass(frozen=True, slots=True)
class TaxOnTurnover:
    """What turnover owes.

    Attributes:
        share: VAT as a part of the turnover; nothing when it is only known as an amount a month.
        flat: tax that does not move with the turnover, a month, in cents; None when no tax is seen.
        told: what is said of it.
        reasons: what was noticed.
    """

    share: Fraction
    flat: int | None
    told: SetAside
    reasons: tuple[Reason, ...]

    def after(self, cents: int) -> int:
        """Return what is left of a month's turnover."""
        return max(0, cents - self.of(cents))

    def of(self, cents: int) -> int:
        """Return the tax on a month's turnover."""
        return self.vat_of(cents) + (self.flat or 0)

    def vat_of(self, cents: int) -> int:
        """Return the part of the tax that moves with the turnover."""
        return -(-cents * self.share.numerator // self.share.denominator)


def tax_on_turnover(facts: Facts, turnover: Sequence[str], usual: int) -> TaxOnTurnover:
    """Work out what of a turnover is tax, from the tax that was paid.

    VAT is paid in the month after the quarter that it is for. When the payments have that rhythm, they
    are a part of the turnover of their quarters where these are seen, else a third of the usual payment
    is owed each month; and the time since the last quarter that was paid for is owed still. VAT with
    another rhythm, and income tax, count by the average of the months.

    Args:
        facts: of the subject.
        turnover: categories of turnover.
        usual: turnover of a usual month, in cents.
    """
    income_tax = _income_tax(facts)
    if SET_ASIDE.isdisjoint(facts.spans):
        return TaxOnTurnover(_NO_SHARE, None, _NOT_SEEN, (_untaxed(),))
    unpaid: Money | Unknown = _NO_VAT
    share, vat = _NO_SHARE, share_out(max(0, -sum(facts.by_month.get(VAT, ()))), max(1, facts.slots))
    paid = [(row.day, -row.cents) for row in facts.of(VAT)]
    quarter = _quarter(paid, facts.slots)
    if quarter is not None:
        share = _part_of_turnover(facts, turnover, paid)
        vat = 0 if share else share_out(quarter, _QUARTER)
    tax = TaxOnTurnover(share, vat + income_tax, _NOT_SEEN, ())
    monthly = Money(tax.of(usual))
    reasons = [_taxed(monthly, facts)] if monthly else [_untaxed()]
    if quarter is not None:
        since = _paid_until(day_of(paid[-1][0]))
        days = max(0, number_of(facts.on) - number_of(since))
        unpaid = Money(share_out((tax.of(usual) - income_tax) * days * 12, 365))
        if unpaid > ZERO:
            reasons.append(_owed(unpaid, since, facts))
    return TaxOnTurnover(share, tax.flat, SetAside(monthly, unpaid), tuple(reasons))


def _income_tax(facts: Facts) -> int:
    """Income tax a month in cents: as it is paid in instalments now, and the average of the rest."""
    running = [
        one.usual
        for one in facts.rhythms
        if one.category == INCOME_TAX and not one.incoming and one.status != "ended"
    ]
    rest = max(0, -sum(facts.loose.get(INCOME_TAX, ())))
    return sum(running) - (-rest // max(1, facts.slots))


def _part_of_turnover(facts: Facts, turnover: Sequence[str], paid: Sequence[tuple[int, int]]) -> Fraction:
    """VAT as a part of the turnover of those quarters with turnover in each month; nothing without one.

    Where the first month of the oldest is not seen whole, the part comes out a little too high: that is
    the careful side.
    """
    book, by_month = facts.book, dict[int, int]()
    for code in turnover:
        start, end = facts.spans[code]
        days, amounts = book.days[start:end].tolist(), book.cents[start:end].tolist()
        for day, cents, gone in zip(days, amounts, book.gone[start:end], strict=True):
            if not gone:
                month = _month_of(day)
                by_month[month] = by_month.get(month, 0) + cents
    vat = earned = 0
    for day_paid, cents in paid[-_LOOKED_BACK:]:
        quarter = _month_of(day_paid) // _QUARTER * _QUARTER
        sums = [by_month.get(quarter - back, 0) for back in range(1, _QUARTER + 1)]
        if min(sums) > 0:
            vat += cents
            earned += sum(sums)
    return Fraction(vat, earned) if 0 < vat < earned else _NO_SHARE


@lru_cache(maxsize=4_096)
def _month_of(day: int) -> int:
    """Number the months from the year nought on, so that a quarter begins at each third."""
    on = day_of(day)
    return on.year * 12 + on.month - 1


def _quarter(paid: Sequence[tuple[int, int]], slots: int) -> int | None:
    """The usual VAT of a quarter in cents, when it is paid by the quarter; else None."""
    if not paid or len(paid) > -(-slots // _QUARTER) + 1 or (len(paid) == 1 and slots > 2 * _QUARTER):
        return None
    gaps = [late[0] - early[0] for early, late in pairwise(paid)]
    if any(not 60 <= gap <= 125 for gap in gaps):
        return None
    recent = [cents for _, cents in paid[-_LOOKED_BACK:]]
    return max(0, share_out(max(0, sum(recent)), len(recent)))


def _paid_until(paid_on: date) -> date:
    """First day after the quarter that a payment on this day was for."""
    return date(paid_on.year, (paid_on.month - 1) // _QUARTER * _QUARTER + 1, 1)


def _taxed(share: Money, facts: Facts) -> Reason:
    return reason(
        "income.turnover",
        "Turnover is not income: {amount} a month of VAT and income tax was paid from it and is set "
        "aside. The lower quarter of the months is taken as a lean month.",
        "Omzet is geen inkomen. Er is {amount} per maand aan btw en inkomstenbelasting van betaald. "
        "Dat bedrag gaat eraf. Een slechte maand is een maand uit het laagste kwart.",
        amount=share,
        transactions=bookings(facts, INCOME_TAX, VAT),
    )


def _owed(amount: Money, since: date, facts: Facts) -> Reason:
    return reason(
        "income.vat_unpaid",
        "VAT was paid for the quarters before {day}. About {amount} is owed for the time since and must "
        "stay on the account.",
        "De btw is betaald tot {day}. Voor de tijd daarna is ongeveer {amount} nodig. Dat geld moet "
        "blijven staan.",
        amount=amount,
        day=since,
        transactions=bookings(facts, VAT, newest=_LOOKED_BACK),
    )


def _untaxed() -> Reason:
    return reason(
        "income.turnover_untaxed",
        "There is turnover, but no payment of VAT or income tax. Only a good month counts it. Ask what must "
        "still be paid of it.",
        "Er is omzet, maar er is geen betaling van btw of inkomstenbelasting te zien. De omzet telt alleen "
        "mee voor een goede maand. Vraag hoeveel belasting er nog betaald moet worden.",
    )
