"""What a purpose lets its receiver see of an answer: the one place that cuts it.

Reports, pages, the interface and the terminal all show what comes out here. The person and who
helps them see all of it; everybody else sees the answer, its figures without cents, and what they
may be told of the reasons.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from psd2_affordability.assess.kinds import HOLIDAY_PAY, THIRTEENTH_MONTH, TURNOVER, WAGE
from psd2_affordability.assess.results import (
    PARTS,
    Assessment,
    CreditCheck,
    DataQuality,
    Expenses,
    Income,
    Indicator,
    KindAmount,
    PlanOption,
    Room,
    Seizure,
    StreamSeen,
    Turn,
)
from psd2_affordability.categorise.taxonomy import Leaf
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.service.purposes import Purpose
from psd2_affordability.service.receivers.rounded import in_hundreds, in_tens
from psd2_affordability.service.receivers.told import told, told_unknown

#: Fields that a receiver does not see: left out of JSON, and holding nothing wherever else they are read.
LEFT_OUT: Mapping[type, frozenset[str]] = {
    DataQuality: frozenset({"accounts", "missing_accounts", "cash_share"}),
    Income: frozenset({"one_off", "forecast", "shock", "set_aside", "living_money", "unsplit"}),
    Expenses: frozenset(
        {
            "reserve",
            "cash",
            "gambling",
            "unexplained",
            "can_wait",
            "essential",
            "by_kind",
            "streams",
            "creditors",
            "unsplit",
            "not_paid",
        }
    ),
    PlanOption: frozenset({"chance_if_careful", "lowest_balance"}),
    Seizure: frozenset({"forecast", "turns"}),
}

_WAGES = frozenset({WAGE, HOLIDAY_PAY, THIRTEENTH_MONTH})
_NOT_SURE = frozenset({"plan.none_is_sure", "plan.none_holds"})
_NOT_SHOWN = Unknown("purpose.not_shown", "This purpose does not show it.")


def seen_for(asked: Purpose, found: Assessment, leaves: Mapping[str, Leaf]) -> Assessment:
    """Return an answer with only what the receiver of a purpose may see of it.

    Args:
        asked: the purpose that the person consented to.
        found: the answer.
        leaves: the taxonomy, which says what is an allowance or a benefit.
    """
    parts = {part: getattr(found, part) for part in PARTS if part in asked.parts}
    bounded = Assessment(found.subject, found.on, found.receipt, found.data_quality, **parts)
    return bounded if asked.names else _without_names(bounded, asked, leaves)


def _without_names(found: Assessment, asked: Purpose, leaves: Mapping[str, Leaf]) -> Assessment:
    """Leave out payees, accounts and exact kinds; what stays says no more than the answer needs."""
    cut = replace(
        found,
        data_quality=replace(found.data_quality, accounts=(), missing_accounts=()),
        income=found.income and _income(found.income, leaves),
        expenses=found.expenses and _expenses(found.expenses),
        room=found.room and _room(found.room, plans=asked.plans),
        credit_check=found.credit_check and _check(found.credit_check),
        seizure=found.seizure and in_hundreds(replace(found.seizure, forecast=(), turns=())),
        signals=None,
        allowances=None,
    )
    cleaned: Assessment = _as_told(cut, {})
    return cleaned


def _room(room: Room, *, plans: bool) -> Room:
    """Keep plans without the account behind them; without plans, no day either on which it is full.

    That no plan is sure, or that none holds, is said to everybody: without it a plan would seem to fit.
    """
    if not plans:
        reasons = tuple(each for each in room.reasons if not _tells_a_day(each))
        return replace(room, options=(), proposal=None, ahead=(), turns=(), reasons=reasons)
    proposal = room.proposal
    return replace(
        room,
        options=tuple(map(_option, room.options)),
        proposal=proposal and replace(proposal, option=_option(proposal.option)),
        ahead=tuple(map(in_tens, room.ahead)),
    )


def _tells_a_day(reason: Reason) -> bool:
    return reason.code.startswith("plan.") and reason.code not in _NOT_SURE


def _option(option: PlanOption) -> PlanOption:
    return replace(option, chance_if_careful=option.chance_holds, lowest_balance=_NOT_SHOWN)


def _income(income: Income, leaves: Mapping[str, Leaf]) -> Income:
    sums: dict[str, Money] = {}
    for kind in income.by_kind:
        broad = broad_kind(kind.category, leaves)
        sums[broad] = sums.get(broad, ZERO) + kind.monthly
    return Income(
        monthly=in_tens(income.monthly),
        for_protection=in_tens(income.for_protection),
        by_kind=tuple(KindAmount(broad, in_tens(amount)) for broad, amount in sorted(sums.items())),
        streams=tuple(_nameless(each, leaves) for each in income.streams),
        one_off=ZERO,
        reasons=income.reasons,
    )


def _nameless(stream: StreamSeen, leaves: Mapping[str, Leaf]) -> StreamSeen:
    """Keep of a source its broad kind, how often and how much, and in which months; not on which days."""
    last = stream.last_on.replace(day=1)
    return replace(
        stream,
        category=broad_kind(stream.category, leaves),
        payee="",
        monthly=in_tens(stream.monthly),
        last=in_tens(stream.last),
        first_on=stream.first_on.replace(day=1),
        last_on=(last + timedelta(days=31)).replace(day=1) - timedelta(days=1),
        next_on=None,
        transactions=(),
    )


def _expenses(expenses: Expenses) -> Expenses:
    return Expenses(
        fixed=in_tens(expenses.fixed),
        reserve=_NOT_SHOWN,
        flexible=in_tens(expenses.flexible),
        debts=in_tens(expenses.debts),
        cash=ZERO,
        gambling=ZERO,
        unexplained=ZERO,
        can_wait=_NOT_SHOWN,
        essential=_NOT_SHOWN,
        by_kind=(),
        streams=(),
        creditors=(),
        reasons=expenses.reasons,
    )


def _check(check: CreditCheck) -> CreditCheck:
    """Keep the indicators that a receiver is told of; what is not known says why only where that is told."""
    plainly = {each.says: _plainly(each) for each in check.indicators}
    return replace(
        check,
        indicators=tuple(
            replace(each, says=plainly[each.says]) for each in check.indicators if told(each.says) is not None
        ),
        reasons=tuple(plainly.get(each, each) for each in check.reasons),
    )


def _plainly(indicator: Indicator) -> Reason:
    """Return what an indicator says, without why nothing is known when a receiver is not told that."""
    says, missing = indicator.says, indicator.value
    if not isinstance(missing, Unknown) or told_unknown(missing) == missing:
        return says
    shorter = says.says.replace(missing.because, "").strip()
    return replace(says, says=shorter, says_nl=says.says_nl.replace(missing.because, "").strip())


def _as_told(value: Any, numbers: dict[str, str]) -> Any:
    """Return an answer, or a part of it, with every reason and every gap in it as a receiver is told it.

    Args:
        value: the answer, or a part of it.
        numbers: of the transactions met so far, by key.
    """
    match value:
        case Unknown():
            return told_unknown(value)
        case Reason():
            return _numbered(told(value) or replace(value, says="", says_nl="", transactions=()), numbers)
        case tuple():
            return _each_once(_as_told(each, numbers) for each in value if _is_told(each))
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        name: now
        for name in (each.name for each in dataclasses.fields(value))
        if (now := _as_told(before := getattr(value, name), numbers)) is not before
    }
    return replace(value, **changed) if changed else value


def _each_once(several: Iterable[Any]) -> tuple[Any, ...]:
    """Say a reason once where two of a kind are told in the same words."""
    kept: list[Any] = []
    said: set[tuple[str, str]] = set()
    for each in several:
        if isinstance(each, Reason):
            if (each.code, each.says) in said:
                continue
            said.add((each.code, each.says))
        kept.append(each)
    return tuple(kept)


def _numbered(reason: Reason, numbers: dict[str, str]) -> Reason:
    """Number the transactions of a reason in place of naming them: a receiver sees how many, not which."""
    if not reason.transactions:
        return reason
    told_as = tuple(numbers.setdefault(tx, str(len(numbers) + 1)) for tx in reason.transactions)
    return replace(reason, transactions=told_as)


def _is_told(each: Any) -> bool:
    """Tell whether a receiver is told of one of several: a reason, or a change that says one."""
    says = each.says if isinstance(each, Turn) else each
    return not isinstance(says, Reason) or told(says) is not None


def broad_kind(category: str, leaves: Mapping[str, Leaf]) -> str:
    """Return a kind of income that tells nothing of health, family or past: the code of a text.

    >>> broad_kind("inkomen.loon", {})
    'wages'
    """
    leaf = leaves.get(category)
    if category in _WAGES:
        return "wages"
    if category in TURNOVER:
        return "own_business"
    if leaf is not None and leaf.allowance:
        return "allowance"
    if leaf is not None and leaf.party in {"government", "municipality", "pension"}:
        return "benefit_or_pension"
    return "other_income"
