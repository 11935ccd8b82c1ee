"""What a use of a report may see of an answer. What is left out here cannot end up on paper."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from psd2_affordability.assess.kinds import TURNOVER
from psd2_affordability.assess.results import (
    PARTS,
    Assessment,
    CreditCheck,
    Expenses,
    Income,
    Indicator,
    KindAmount,
    Room,
    StreamSeen,
    Turn,
)
from psd2_affordability.categorise.taxonomy import Leaf
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.service.printed.flows import MonthFlow, months_of
from psd2_affordability.service.printed.rounded import in_hundreds
from psd2_affordability.service.printed.told import told, told_unknown
from psd2_affordability.service.printed.uses import Use

if TYPE_CHECKING:
    import pandas as pd

    from psd2_affordability.service.assess_case import Answered

_WAGES = frozenset({"inkomen.loon", "inkomen.vakantiegeld", "inkomen.eindejaarsuitkering"})


@dataclass(frozen=True, slots=True)
class RowSeen:
    """One transaction as the person may see it; `tx` is its key."""

    tx: str
    on: date
    who: str = field(repr=False)
    category: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Seen:
    """What a use may see.

    Attributes:
        use: which.
        found: the answer, with only what the use may see; kinds are broad ones for a receiver.
        months: what came in and went out, month by month; empty where the purpose has no income and costs.
        days: booking day of each transaction, to draw payments with; empty for a receiver.
        rows: the transactions, oldest first; the person's own version alone has them.
    """

    use: Use
    found: Assessment
    months: tuple[MonthFlow, ...]
    days: Mapping[str, date] = field(default_factory=dict, repr=False)
    rows: tuple[RowSeen, ...] = field(default=(), repr=False)


def seen_by(use: Use, answered: "Answered", leaves: Mapping[str, Leaf]) -> Seen:
    """Return what a use may see of an answer."""
    found = _bounded(answered.assessment, use)
    frame = answered.understood.frame
    frame = frame[(frame["subject"] == found.subject) & (frame["booked_on"] <= str(found.on))]
    months = months_of(frame, found.on) if found.income is not None or found.expenses is not None else ()
    if not use.plans:
        found = replace(found, room=found.room and _without_plans(found.room))
    if not use.named:
        return Seen(use, _without_names(found, leaves), months)
    days = {tx: on.date() for tx, on in zip(frame["tx"], frame["booked_on"], strict=True)}
    return Seen(use, found, months, days, _rows(frame) if use.rows else ())


def _bounded(found: Assessment, use: Use) -> Assessment:
    """Leave out the parts that the purpose does not let anybody see."""
    parts = {part: getattr(found, part) for part in PARTS if part in use.purpose.parts}
    return Assessment(found.subject, found.on, found.receipt, found.data_quality, **parts)


def _without_plans(room: Room) -> Room:
    """Leave out on which days a plan could be paid: they tell when the account is full."""
    reasons = tuple(each for each in room.reasons if not each.code.startswith("plan."))
    return replace(room, options=(), proposal=None, ahead=(), turns=(), reasons=reasons)


def _without_names(found: Assessment, leaves: Mapping[str, Leaf]) -> Assessment:
    """Leave out payees, accounts and exact kinds; what stays says no more than the answer needs."""
    bounded = replace(
        found,
        subject="",
        data_quality=replace(found.data_quality, accounts=(), missing_accounts=()),
        income=found.income and _income(found.income, leaves),
        expenses=found.expenses and _expenses(found.expenses),
        credit_check=found.credit_check and _check(found.credit_check),
        seizure=found.seizure and in_hundreds(replace(found.seizure, forecast=(), turns=())),
        signals=None,
        allowances=None,
    )
    cleaned: Assessment = as_told(bounded)
    return cleaned


def _income(income: Income, leaves: Mapping[str, Leaf]) -> Income:
    sums: dict[str, Money] = {}
    for kind in income.by_kind:
        broad = broad_kind(kind.category, leaves)
        sums[broad] = sums.get(broad, ZERO) + kind.monthly
    return replace(
        income,
        by_kind=tuple(KindAmount(broad, amount) for broad, amount in sorted(sums.items())),
        streams=tuple(_nameless(each, leaves) for each in income.streams),
    )


def _nameless(stream: StreamSeen, leaves: Mapping[str, Leaf]) -> StreamSeen:
    """Keep of a source its broad kind, how often and how much, and in which months; not on which days."""
    last = stream.last_on.replace(day=1)
    return replace(
        stream,
        category=broad_kind(stream.category, leaves),
        payee="",
        first_on=stream.first_on.replace(day=1),
        last_on=(last + timedelta(days=31)).replace(day=1) - timedelta(days=1),
        next_on=None,
        transactions=(),
    )


def _expenses(expenses: Expenses) -> Expenses:
    return replace(expenses, by_kind=(), streams=(), creditors=())


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


def as_told(value: Any) -> Any:
    """Return an answer, or a part of it, with every reason and every gap in it as a receiver is told it."""
    match value:
        case Unknown():
            return told_unknown(value)
        case Reason():
            return told(value) or replace(value, says="", says_nl="", transactions=())
        case tuple():
            return tuple(as_told(each) for each in value if _is_told(each))
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        name: now
        for name in (each.name for each in dataclasses.fields(value))
        if (now := as_told(before := getattr(value, name))) is not before
    }
    return replace(value, **changed) if changed else value


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


def _rows(frame: "pd.DataFrame") -> tuple[RowSeen, ...]:
    used = (frame["status"] == "booked") & (frame["currency"] == "EUR")
    shown = frame[used].sort_values(["booked_on", "tx"])
    fields = (shown[name] for name in ("tx", "booked_on", "payee", "category", "amount_ct"))
    return tuple(
        RowSeen(tx, on.date(), who, category, Money(int(cents)))
        for tx, on, who, category, cents in zip(*fields, strict=True)
    )
