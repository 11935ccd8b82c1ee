"""The verdict on one allowance, with its amounts."""

from psd2_affordability.assess.allowances.look import Look
from psd2_affordability.assess.allowances.schemes import CHILDCARE
from psd2_affordability.assess.results import AllowanceVerdict
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.money import ZERO, Money

_MONTHS = 12
#: No euros.
NOTHING = Interval(ZERO, ZERO)


def verdict_on(
    look: Look, *, childcare_paid: bool, children_told: bool, elsewhere: bool, spared: Money
) -> AllowanceVerdict:
    """Judge an allowance by what is due and what arrives.

    Args:
        look: both.
        childcare_paid: there are costs of childcare.
        children_told: the children are listed, so that child benefit for another one is no guess.
        elsewhere: it may well arrive on an account of a partner that is not in the data.
        spared: a difference over a year up to this is not asked back.
    """
    due, received = look.due, look.received.monthly
    if look.scheme is CHILDCARE and look.received.nothing and not childcare_paid:
        return "none"
    if isinstance(due, Unknown):
        return "unknown"
    if look.together:
        return _together(look)
    if isinstance(received, Unknown):
        return "none" if due.high == ZERO else "unknown"
    slack = Money(NORMS.allowance_slack_ct)
    spared = spared if look.scheme.by_income else ZERO
    if (received - due.high) * _MONTHS > max(spared, slack * _MONTHS):
        return "too_high" if look.scheme.by_income or children_told else "unknown"
    if received == ZERO:
        return _nothing_arrives(look, due, elsewhere=elsewhere)
    if due.low - received > slack:
        return "too_low"
    return "unknown" if due.low == ZERO < due.high and received > slack else "in_line"


def _together(look: Look) -> AllowanceVerdict:
    if look.together == "fits":
        return "in_line"
    return "too_high" if look.together == "too_much" else "unknown"


def _nothing_arrives(look: Look, due: Interval, *, elsewhere: bool) -> AllowanceVerdict:
    if due.high == ZERO:
        return "unknown" if look.possible else "none"
    return "unclaimed" if due.low > ZERO and not elsewhere else "unknown"


def gap_of(look: Look) -> Interval | Unknown:
    """Return what is missing a month; never below zero."""
    due, received = look.due, look.received.monthly
    if isinstance(due, Unknown):
        return due
    if look.together in {"fits", "too_much"}:
        return NOTHING
    if isinstance(received, Unknown):
        return received
    return Interval(max(ZERO, due.low - received), max(ZERO, due.high - received))


def clawback_of(look: Look, joint_due: Interval | None) -> Interval | Unknown:
    """Return what may be asked back over a year.

    Args:
        look: the allowance.
        joint_due: of all allowances in one payment, where it is too much for them together.
    """
    due, received = look.due, look.received.monthly
    if look.together == "too_much" and joint_due is not None:
        due, received = joint_due, look.joint
    if isinstance(received, Unknown):
        return NOTHING if look.together == "fits" else received
    if received == ZERO:
        return NOTHING
    if isinstance(due, Unknown):
        return due
    return Interval(max(ZERO, received - due.high) * _MONTHS, max(ZERO, received - due.low) * _MONTHS)
