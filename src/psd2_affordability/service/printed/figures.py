"""Every figure that a use may see, one by one, for a spreadsheet or a program."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from psd2_affordability.assess.results import (
    Allowance,
    CreditCheck,
    DataQuality,
    Expenses,
    Income,
    Room,
    Seizure,
    Signal,
    StreamSeen,
)
from psd2_affordability.core.answer import Interval, LegalAnswer, Range, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.service.printed.flows import MonthFlow
from psd2_affordability.service.printed.seen import Seen

_A_MONTH, _ONCE = "EUR/month", "EUR"
_EUROS = re.compile(r"-?[0-9]+\.[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        part: of which answer.
        code: which figure; stable.
        value: a word in place of an amount: a verdict, a level, or why nothing is known.
        low: lowest or lean.
        mid: usual; of an exact figure all three are the same.
        high: highest or good.
        unit: EUR/month, EUR, percent, share, months, number, day.
        rule: id of the dated rule behind it.
        article: where the law says it.
        transactions: how many transactions show it; None when it rests on all of them.
    """

    part: str
    code: str
    value: str = ""
    low: str = ""
    mid: str = ""
    high: str = ""
    unit: str = ""
    rule: str = ""
    article: str = ""
    transactions: int | None = None


def figures_of(seen: Seen) -> tuple[Figure, ...]:
    """Return every figure that the use may see, in a fixed order."""
    return tuple(_figures(seen))


def _figures(seen: Seen) -> Iterator[Figure]:
    found, named = seen.found, seen.use.named
    if found.room is not None:
        yield from _room(found.room)
    if found.seizure is not None:
        yield from _seizure(found.seizure)
    if found.credit_check is not None:
        yield from _credit_check(found.credit_check)
    if found.income is not None:
        yield from _income(found.income, named=named)
    if found.expenses is not None:
        yield from _expenses(found.expenses)
    for allowance in found.allowances or ():
        yield from _allowance(allowance)
    if found.profile is not None:
        yield Figure("profile", "action", found.profile.action)
    yield from _signals(found.signals or ())
    yield from _months(seen.months)
    yield from _data(found.data_quality)


def _signals(signals: Sequence[Signal]) -> Iterator[Figure]:
    for number, signal in enumerate(signals, 1):
        level, shown = str(signal.level), len(signal.transactions)
        yield replace(_plain("signals", f"{signal.code}.{number}", level, "number"), transactions=shown)


def _months(months: Sequence[MonthFlow]) -> Iterator[Figure]:
    for month in months:
        at = f"{month.year}-{month.month:02d}"
        yield _amount("months", f"came_in.{at}", month.came_in, _ONCE)
        yield _amount("months", f"went_out.{at}", month.went_out, _ONCE)


def _room(room: Room) -> Iterator[Figure]:
    yield Figure("room", "advice", room.advice)
    yield _amount("room", "monthly", room.monthly, _A_MONTH, by=room.reasons)
    yield from _law("room", "floor", room.floor)
    if room.plan_floor is not None:
        yield from _law("room", "plan_floor", room.plan_floor)
    for number, option in enumerate(room.options, 1):
        code = f"option.{number}"
        yield _amount("room", f"{code}.amount", option.amount, _A_MONTH)
        if option.months is not None:
            yield _plain("room", f"{code}.months", str(option.months), "months")
        yield _plain("room", f"{code}.first_on", option.first_on.isoformat(), "day")
        yield _plain("room", f"{code}.chance_holds", str(option.chance_holds), "share")
    if room.fair_share is not None:
        yield _amount("room", "fair_share", room.fair_share, _A_MONTH)
    if room.proposal is not None:
        yield Figure("room", "proposal", room.proposal.word)
        yield _amount("room", "proposal.amount", room.proposal.option.amount, _A_MONTH)
        yield _plain("room", "proposal.chance_holds", str(room.proposal.option.chance_holds), "share")
    for number, month in enumerate(room.ahead, 1):
        yield _amount("room", f"ahead.{number}", Range(month.p10, month.p50, month.p90), _ONCE)


def _seizure(seizure: Seizure) -> Iterator[Figure]:
    balance = seizure.expected_balance
    spread = balance if isinstance(balance, Unknown) else Range(balance.p10, balance.p50, balance.p90)
    yield Figure("seizure", "verdict", seizure.verdict)
    yield Figure("seizure", "cheaper_route", seizure.cheaper_route)
    yield from _law("seizure", "protected", seizure.protected)
    yield _amount("seizure", "expected_balance", spread, _ONCE)
    yield _amount("seizure", "expected_proceeds", seizure.expected_proceeds, _ONCE)
    yield from _law("seizure", "costs", seizure.costs)
    yield _amount("seizure", "net", seizure.net, _ONCE)
    yield _amount("seizure", "yields_above", seizure.yields_above, _ONCE)
    for day in seizure.forecast:
        yield _amount("seizure", f"forecast.{day.on}", Range(day.p10, day.p50, day.p90), _ONCE)


def _credit_check(check: CreditCheck) -> Iterator[Figure]:
    yield Figure("credit_check", "outcome", check.outcome)
    for each in check.indicators:
        amount, unit = _measured("" if isinstance(each.value, Unknown) else each.value)
        yield Figure(
            part="credit_check",
            code=each.code,
            value=each.level,
            low=amount,
            mid=amount,
            high=amount,
            unit=unit,
            rule=each.says.rule,
            article=each.says.article,
            transactions=len(each.says.transactions),
        )
    if check.obligation is not None:
        yield _amount("credit_check", "obligation", check.obligation.monthly, _A_MONTH)
    if check.room_after is not None:
        yield _amount("credit_check", "room_after", check.room_after, _A_MONTH)
    if check.norm is not None:
        yield from _law("credit_check", "norm", check.norm)


def _income(income: Income, *, named: bool) -> Iterator[Figure]:
    yield _amount("income", "monthly", income.monthly, _A_MONTH)
    yield _amount("income", "for_protection", income.for_protection, _A_MONTH)
    for kind in income.by_kind:
        yield _amount("income", f"by_kind.{kind.category}", kind.monthly, _A_MONTH)
    if named:
        yield _amount("income", "one_off", income.one_off, "EUR/year")
        for month in income.forecast:
            expected = Range(month.low, month.mid, month.high)
            yield _amount("income", f"forecast.{month.month:%Y-%m}", expected, _A_MONTH)
        yield from _streams("income", income.streams)


def _expenses(expenses: Expenses) -> Iterator[Figure]:
    named = bool(expenses.by_kind)
    yield _amount("expenses", "fixed", expenses.fixed, _A_MONTH)
    yield _amount("expenses", "flexible", expenses.flexible, _A_MONTH)
    yield _amount("expenses", "debts", expenses.debts, _A_MONTH)
    if named:
        yield _amount("expenses", "cash", expenses.cash, _A_MONTH)
        yield _amount("expenses", "gambling", expenses.gambling, _A_MONTH)
        yield _amount("expenses", "unexplained", expenses.unexplained, _A_MONTH)
        yield _amount("expenses", "can_wait", expenses.can_wait, _A_MONTH)
        yield _amount("expenses", "reserve", expenses.reserve, _A_MONTH)
        yield _amount("expenses", "essential", expenses.essential, _A_MONTH)
    for missing in expenses.not_paid:
        made = _amount("expenses", f"not_paid.{missing.category}", missing.amount, _ONCE)
        yield replace(made, value=missing.payee, transactions=len(missing.transactions))
    for kind in expenses.by_kind:
        yield _amount("expenses", f"by_kind.{kind.category}", kind.monthly, _A_MONTH)
    yield from _streams("expenses", expenses.streams)


def _allowance(allowance: Allowance) -> Iterator[Figure]:
    code = allowance.code
    yield Figure("allowances", code, allowance.verdict)
    yield from _law("allowances", f"{code}.law", allowance.law)
    yield _amount("allowances", f"{code}.entitled", allowance.entitled, _A_MONTH)
    yield _amount("allowances", f"{code}.received", allowance.received, _A_MONTH, by=allowance.reasons)
    yield _amount("allowances", f"{code}.gap", allowance.gap, _A_MONTH)
    yield _amount("allowances", f"{code}.clawback_risk", allowance.clawback_risk, "EUR/year")


def _streams(part: str, streams: Sequence[StreamSeen]) -> Iterator[Figure]:
    for number, stream in enumerate(streams, 1):
        made = _amount(part, f"stream.{number}.{stream.category}", stream.monthly, _A_MONTH)
        yield replace(made, value=stream.payee, transactions=len(stream.transactions))


def _data(quality: DataQuality) -> Iterator[Figure]:
    yield _plain("data_quality", "full_months", str(quality.full_months), "months")
    yield _plain("data_quality", "transactions", str(quality.transactions), "number")
    yield _plain("data_quality", "unknown_share", str(quality.unknown_share), "share")


def _law(part: str, code: str, answer: LegalAnswer) -> Iterator[Figure]:
    rule = answer.rules[0].id if answer.rules else ""
    unit = _A_MONTH if answer.per == "month" else _ONCE
    article = answer.deciding_article if answer.steps else ""
    yield _amount(part, code, answer.value, unit, rule=rule, article=article)
    for number, step in enumerate(answer.steps, 1):
        if step.amount is not None:
            yield _amount(part, f"{code}.step.{number}", step.amount, unit, rule=rule, article=step.article)


def _plain(part: str, code: str, amount: str, unit: str) -> Figure:
    return Figure(part, code, low=amount, mid=amount, high=amount, unit=unit)


def _amount(
    part: str,
    code: str,
    value: Money | Range | Interval | Unknown,
    unit: str,
    *,
    rule: str = "",
    article: str = "",
    by: Sequence[Reason] = (),
) -> Figure:
    low, mid, high = _bounds(value)
    unknown = value.code if isinstance(value, Unknown) else ""
    shown = {tx for reason in by for tx in reason.transactions}
    return Figure(part, code, unknown, low, mid, high, unit, rule, article, len(shown) if shown else None)


def _bounds(value: Money | Range | Interval | Unknown) -> tuple[str, str, str]:
    match value:
        case Money():
            return (amount := str(value)), amount, amount
        case Range():
            return str(value.low), str(value.mid), str(value.high)
        case Interval():
            return str(value.low), str(value.low) if value.exact else "", str(value.high)
    return "", "", ""


def _measured(said: str) -> tuple[str, str]:
    """Read what an indicator says of itself.

    >>> _measured("63%"), _measured("12.50"), _measured("0.7"), _measured("")
    (('63', 'percent'), ('12.50', 'EUR'), ('0.7', 'number'), ('', ''))
    """
    if said.endswith("%"):
        return said[:-1], "percent"
    if _EUROS.fullmatch(said):
        return said, _ONCE
    return said, "number" if said else ""
