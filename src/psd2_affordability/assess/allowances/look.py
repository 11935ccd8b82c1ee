"""One allowance under the eye: what the law gives a month, and what arrives for it."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Literal, NamedTuple

from psd2_affordability.assess.allowances.received import Received
from psd2_affordability.assess.allowances.schemes import Scheme
from psd2_affordability.assess.reckoning import share_out
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

#: No euros.
NOTHING = Interval(ZERO, ZERO)
_MONTHS, _MONTHS_A_QUARTER = 12, 3
_EURO = 100


class Look(NamedTuple):
    """What is known of one allowance before it is judged.

    Attributes:
        scheme: which allowance.
        law: what the law gives, with its steps.
        entitled: the same a month.
        due: what the payment in view was for, a month; another quarter's amount for child benefit.
        received: what arrived.
        together: it comes in one payment with others that fits them (`fits`), is more than they
            can be (`too_much`), or does not say for which it is (`unclear`); else empty.
        joint: that payment.
    """

    scheme: Scheme
    law: LegalAnswer
    entitled: Interval | Unknown
    due: Interval | Unknown
    received: Received
    together: Literal["", "fits", "too_much", "unclear"] = ""
    joint: Money = ZERO

    @property
    def possible(self) -> bool:
        """Whether there may be a right to it, now or for the payment in view."""
        due, entitled = self.due, self.entitled
        if due is entitled is NOTHING:
            return False
        if isinstance(due, Unknown) or due.high.cents > 0:
            return True
        return entitled is not due and (isinstance(entitled, Unknown) or entitled.high.cents > 0)

    @property
    def matters(self) -> bool:
        """Whether there is anything to judge: a right, a payment, or data that do not reach."""
        received = self.received
        return received.last is not None or not received.nothing or self.possible


def arrives_of(look: Look) -> Money:
    """Return what arrives a month; the most that it can be where it comes with others."""
    arrives = look.received.monthly
    if isinstance(arrives, Money):
        return arrives
    return ZERO if isinstance(look.due, Unknown) else min(look.joint, look.due.high)


class Doubt(NamedTuple):
    """What makes an allowance less sure than its amounts.

    Attributes:
        kind: it may be paid to somebody else (`payee`), there may be less right to it or none
            (`right`), its ground has gone (`ended`), or it is only said (`note`).
        says: what was seen.
        asks: what to ask first.
        least: what is due at least, where the right is in doubt.
        back: what may be asked back over a year; None where the amounts tell it.
        most: what is due at most, where the law does not tell.
    """

    kind: Literal["payee", "right", "ended", "note"]
    says: Reason
    asks: tuple[Reason, ...] = ()
    least: Money = ZERO
    back: Interval | None = None
    most: Money | None = None


def doubted(look: Look, doubts: Sequence[Doubt]) -> Look:
    """Return it with what is surely due: no more than the doubts leave."""
    for doubt in doubts:
        if doubt.most is not None and isinstance(look.due, Unknown):
            look = look._replace(due=Interval(ZERO, doubt.most))
        if doubt.kind == "ended":
            look = look._replace(entitled=NOTHING, due=NOTHING)
        elif doubt.kind == "right":
            entitled = _at_least(look.entitled, doubt.least)
            same = look.due is look.entitled
            look = look._replace(
                entitled=entitled, due=entitled if same else _at_least(look.due, doubt.least)
            )
    return look


def _at_least(due: Interval | Unknown, least: Money) -> Interval | Unknown:
    return due if isinstance(due, Unknown) or due.low <= least else Interval(least, due.high)


def a_month(answer: LegalAnswer) -> Interval | Unknown:
    """Bring what the law gives to a month: a year in whole euros downward, a quarter to the cent."""
    value = answer.value
    if isinstance(value, Unknown):
        return value
    if not value.high.cents:
        return NOTHING
    if answer.per == "month":
        return value
    high = _spread(value.high, answer.per)
    return Interval(high if value.exact else _spread(value.low, answer.per), high)


def _spread(amount: Money, per: str) -> Money:
    if per == "quarter":
        return Money(share_out(amount.cents, _MONTHS_A_QUARTER))
    return Money(amount.cents // _MONTHS // _EURO * _EURO)


def settled(received: Received, due: Interval | Unknown) -> Received:
    """Tell what the one payment of a year is: the first of a series, or a year or more at once.

    Up to one and a half times a month's right it is a month; more than that is spread over the year.
    """
    lump = received.lump
    if lump is None:
        return received
    amount = Money(lump.cents)
    if isinstance(due, Interval) and amount > due.high.times(Fraction(3, 2)):
        return received._replace(monthly=amount.times(Fraction(1, _MONTHS)), rows=(lump,), begun=False)
    if received.rows:
        return received._replace(lump=None)
    return received._replace(lump=None, last=lump)


def shared_out(looks: Sequence[Look], paid: Received) -> tuple[Look, ...]:
    """Hold a payment for several allowances at once against their sums.

    When exactly one choice among those that do not arrive by themselves fits the amount, it is for
    those; the others do not arrive. More than all together are due is too much for one of them.
    """
    joint = paid.monthly
    if isinstance(joint, Unknown) or joint <= ZERO:
        return tuple(looks)
    missing = [at for at, look in enumerate(looks) if look.scheme.by_income and look.received.nothing]
    missing = [at for at in missing if looks[at].possible]
    bounds = {at: look.due for at, look in enumerate(looks) if at in missing}
    known = {at: due for at, due in bounds.items() if isinstance(due, Interval)}
    if len(known) < len(bounds):
        return _marked(looks, missing, paid, "unclear")
    fits = [
        chosen
        for count in range(1, len(missing) + 1)
        for chosen in combinations(missing, count)
        if _fits(joint, [known[at] for at in chosen])
    ]
    if len(fits) == 1 and len(fits[0]) == 1:
        (at,) = fits[0]
        return tuple(look._replace(received=paid) if n == at else look for n, look in enumerate(looks))
    if len(fits) == 1:
        return _marked(looks, fits[0], paid, "fits")
    most = Money.total(due.high for due in known.values())
    if missing and not fits and joint - most > Money(NORMS.allowance_slack_ct):
        return _marked(looks, missing, paid, "too_much")
    return _marked(looks, missing, paid, "unclear")


def _fits(joint: Money, dues: Sequence[Interval]) -> bool:
    slack = Money(NORMS.allowance_slack_ct)
    low, high = Money.total(due.low for due in dues), Money.total(due.high for due in dues)
    return low - slack <= joint <= high + slack


def _marked(
    looks: Sequence[Look],
    chosen: Sequence[int],
    paid: Received,
    how: Literal["fits", "too_much", "unclear"],
) -> tuple[Look, ...]:
    together = Received(_TOGETHER, paid.rows, paid_for=paid.paid_for)
    joint = paid.monthly if isinstance(paid.monthly, Money) else ZERO
    return tuple(
        look._replace(received=together, together=how, joint=joint) if at in chosen else look
        for at, look in enumerate(looks)
    )


_TOGETHER = Unknown(
    "allowance.paid_together",
    "It arrives in one payment with other allowances, or that payment does not say what it is for.",
    "For which allowances is that payment, and how much is each?",
)
