"""The verdict on one allowance, with its amounts."""

from collections.abc import Sequence

from psd2_affordability.assess.allowances.look import NOTHING, Doubt, Look
from psd2_affordability.assess.allowances.schemes import CHILDCARE
from psd2_affordability.assess.results import AllowanceVerdict
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.core.money import ZERO, Money

_MONTHS = 12


def verdict_on(
    look: Look, *, childcare_paid: bool, children_told: bool, elsewhere: bool, spared: int
) -> AllowanceVerdict:
    """Judge an allowance by what is due and what arrives.

    Args:
        look: both.
        childcare_paid: there are costs of childcare.
        children_told: the children are listed, so that child benefit for another one is no guess.
        elsewhere: it may well arrive on an account of a partner that is not in the data.
        spared: a difference over a year up to this, in cents, is not asked back.
    """
    due, received = look.due, look.received.monthly
    if look.scheme is CHILDCARE and look.received.nothing and not childcare_paid:
        return "none"
    if isinstance(due, Unknown):
        return "unknown"
    if look.together:
        return _together(look)
    if isinstance(received, Unknown):
        return "unknown" if due.high.cents else "none"
    arrives, low, high, slack = received.cents, due.low.cents, due.high.cents, NORMS.allowance_slack_ct
    bearable = max(spared, slack * _MONTHS) if look.scheme.by_income else slack * _MONTHS
    if (arrives - high) * _MONTHS > bearable:
        return "too_high" if look.scheme.by_income or children_told else "unknown"
    if not arrives:
        return _nothing_arrives(look, due, elsewhere=elsewhere)
    if low - arrives > slack:
        return "too_low"
    return "unknown" if low == 0 < high and arrives > slack else "in_line"


def _together(look: Look) -> AllowanceVerdict:
    if look.together == "fits":
        return "in_line"
    return "too_high" if look.together == "too_much" else "unknown"


def _nothing_arrives(look: Look, due: Interval, *, elsewhere: bool) -> AllowanceVerdict:
    if not due.high.cents:
        return "unknown" if look.possible else "none"
    return "unclaimed" if due.low.cents > 0 and not elsewhere else "unknown"


def unsure_of(verdict: AllowanceVerdict, doubts: Sequence[Doubt]) -> AllowanceVerdict:
    """Return the verdict that the doubts leave: never that something is missing, where it may not be."""
    unsure = {doubt.kind for doubt in doubts} - {"note", "ended"}
    if verdict in {"unclaimed", "too_low"} and unsure:
        return "unknown"
    return "unknown" if verdict == "in_line" and "right" in unsure else verdict


def entitled_to(look: Look, verdict: AllowanceVerdict, *, all_seen: bool) -> Look:
    """Return it with no right where no childcare is paid, so that there is nothing to allow for.

    Args:
        look: the allowance.
        verdict: on it.
        all_seen: nobody else, and no account that is not shared, may pay for childcare.
    """
    if verdict == "none" and isinstance(look.due, Unknown) and all_seen:
        return look._replace(entitled=NOTHING, due=NOTHING)
    return look


def gap_of(look: Look, doubts: Sequence[Doubt]) -> Interval | Unknown:
    """Return what is missing a month, never below zero; perhaps nothing where there is a doubt."""
    gap = _gap(look)
    if not doubts or isinstance(gap, Unknown) or not gap.low.cents:
        return gap
    if all(doubt.kind == "note" for doubt in doubts):
        return gap
    return Interval(ZERO, gap.high)


def _gap(look: Look) -> Interval | Unknown:
    due, received = look.due, look.received.monthly
    if isinstance(due, Unknown):
        return due
    if look.together in {"fits", "too_much"}:
        return NOTHING
    if isinstance(received, Unknown):
        return received
    arrives = received.cents
    return _beyond(due.low.cents - arrives, due.high.cents - arrives) if arrives else due


def clawback_of(look: Look, joint_due: Interval | None, doubts: Sequence[Doubt]) -> Interval | Unknown:
    """Return what may be asked back over a year.

    Args:
        look: the allowance.
        joint_due: of all allowances in one payment, where it is too much for them together.
        doubts: what tells it by itself where a ground has gone.
    """
    found = _clawback(look, joint_due)
    for doubt in doubts:
        if doubt.back is None:
            continue
        if doubt.kind == "ended" or isinstance(found, Unknown):
            found = doubt.back
        else:
            found = Interval(max(found.low, doubt.back.low), max(found.high, doubt.back.high))
    return found


def _clawback(look: Look, joint_due: Interval | None) -> Interval | Unknown:
    due, received = look.due, look.received.monthly
    if look.together == "too_much" and joint_due is not None:
        due, received = joint_due, look.joint
    if isinstance(received, Unknown):
        return NOTHING if look.together == "fits" else received
    arrives = received.cents
    if not arrives:
        return NOTHING
    if isinstance(due, Unknown):
        return due
    return _beyond((arrives - due.high.cents) * _MONTHS, (arrives - due.low.cents) * _MONTHS)


def _beyond(low: int, high: int) -> Interval:
    """The part of two amounts in cents that lies above zero."""
    return Interval(Money(max(0, low)), Money(high)) if high > 0 else NOTHING
