"""Amounts as a receiver sees them: how somebody lives in whole tens, what lies on an account in hundreds."""

from dataclasses import replace
from typing import TypeVar

from psd2_affordability.assess.results import ExpectedBalance, Seizure
from psd2_affordability.core.answer import Interval, Range, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

_TEN, _HUNDRED = 10_00, 100_00

Amount = TypeVar("Amount", Money, Money | Unknown, Range | Unknown, ExpectedBalance)


def in_tens(value: Amount) -> Amount:
    """Return an amount, a range or a balance to expect in whole tens of euros; what is not known stays so.

    >>> in_tens(Money(123456)), in_tens(Money(-1234))
    (Money(cents=123000), Money(cents=-1000))
    """
    match value:
        case Money():
            return _near(value, _TEN)
        case Range():
            return Range(*(_near(each, _TEN) for each in (value.low, value.mid, value.high)))
        case ExpectedBalance():
            return ExpectedBalance(*(_near(each, _TEN) for each in (value.p10, value.p50, value.p90)))
    return value


def in_hundreds(seizure: Seizure) -> Seizure:
    """Return a seizure check with every amount that tells the balance in hundreds of euros.

    What the law protects and what a seizure costs stay exact.
    """
    balance = seizure.expected_balance
    if isinstance(balance, Unknown):
        return seizure
    return replace(
        seizure,
        expected_balance=ExpectedBalance(*map(_near, (balance.p10, balance.p50, balance.p90))),
        expected_proceeds=_bounds(seizure.expected_proceeds),
        net=_bounds(seizure.net),
        reasons=tuple(_said(each, _told_in(each.code, seizure, balance)) for each in seizure.reasons),
    )


def _near(amount: Money, step: int = _HUNDRED) -> Money:
    return Money((amount.cents + step // 2) // step * step)


def _bounds(value: Interval | Unknown) -> Interval | Unknown:
    return value if isinstance(value, Unknown) else Interval(_near(value.low), _near(value.high))


def _told_in(code: str, seizure: Seizure, balance: ExpectedBalance) -> Money | None:
    """Return the amount in a reason that tells the balance, if one does."""
    proceeds, limit = seizure.expected_proceeds, seizure.yields_above
    if code in {"seizure.above_protected", "seizure.below_protected"}:
        return balance.p50
    if code == "seizure.sensitive_to_the_day" and not isinstance(proceeds, Unknown):
        return proceeds.high
    if isinstance(limit, Unknown) or code not in {"seizure.turns_above", "seizure.turns_below"}:
        return None
    return limit - balance.p50 if balance.p50 < limit else balance.p50 - limit


def _said(reason: Reason, exact: Money | None) -> Reason:
    """Say a reason with its first amount, the one that tells the balance, in hundreds."""
    if exact is None:
        return reason
    near = _near(exact)
    says = reason.says.replace(exact.spoken(), f"about {_whole(near.spoken())}", 1)
    amount = f"ongeveer {_whole(near.spoken(language='nl'))}"
    return replace(reason, says=says, says_nl=reason.says_nl.replace(exact.spoken(language="nl"), amount, 1))


def _whole(spoken: str) -> str:
    return spoken[: -len(".00")]
