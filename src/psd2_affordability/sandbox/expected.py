"""What a professional would say about a sandbox person, written from the life and not from the code."""

from collections.abc import Mapping
from dataclasses import dataclass

from psd2_affordability.core.errors import BrokenFile
from psd2_affordability.core.toml_table import Table, parse_table

ADVICE = ("plan", "no_room", "refer_to_debt_help", "ask_first")
VERDICTS = ("no_yield", "costs_exceed", "yields")
OUTCOMES = ("within_norms", "refer_to_person")
SIGNALS = (
    "missed_income", "returned_debit", "new_lender", "new_bnpl",
    "first_collector", "first_bailiff", "skipped_fixed_cost", "gambling_burst", "income_replaced",
)  # fmt: skip

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Expected:
    """The outcome that a professional would accept; amounts in whole cents.

    Attributes:
        says: the judgement in a few sentences.
        income: bounds of the usual net month, allowances included.
        income_kinds: usual month by category, as the life has it now.
        fixed: bounds of the fixed and reserve costs in a usual month.
        fixed_kinds: usual month by category, as the life has it now.
        room: bounds of the usual monthly room.
        advice: every advice that a professional could give.
        verdict: whether a bank-account seizure would yield.
        outcomes: every outcome of the credit check that a professional could reach.
        because: indicators that must be at watch or concern.
        signals: signals that must be there, each with the months it may first show in.
        no_signals: codes that must not be there.
        missing_account: whether an own account is not shared.
        allowances_not_seen: allowances that the person could get and does not receive.
    """

    says: str
    income: Bounds
    income_kinds: Mapping[str, int]
    fixed: Bounds
    fixed_kinds: Mapping[str, int]
    room: Bounds
    advice: tuple[str, ...]
    verdict: str
    outcomes: tuple[str, ...]
    because: tuple[str, ...]
    signals: Mapping[str, tuple[str, ...]]
    no_signals: tuple[str, ...]
    missing_account: bool
    allowances_not_seen: tuple[str, ...]


def read_expected(content: bytes, where: str) -> Expected:
    """Read an expected file strictly.

    Raises:
        BrokenFile: not TOML, an unknown or missing key, or a value that cannot be.
    """
    top = parse_table(content, where, BrokenFile)
    income, fixed, room = top.table("income"), top.table("fixed"), top.table("room")
    seizure, credit, data = top.table("seizure"), top.table("credit"), top.table("data")
    signals = top.table("signals")
    expected = Expected(
        says=top.text("says"),
        income=_bounds(income),
        income_kinds=_amounts(income.table("kinds", optional=True)),
        fixed=_bounds(fixed),
        fixed_kinds=_amounts(fixed.table("kinds", optional=True)),
        room=_bounds(room),
        advice=_among(room, "advice", ADVICE),
        verdict=seizure.choice("verdict", VERDICTS),
        outcomes=_among(credit, "outcome", OUTCOMES),
        because=credit.texts("because", ()),
        signals=_signals(signals.table("expected", optional=True)),
        no_signals=_among(signals, "none_of", SIGNALS),
        missing_account=data.flag("missing_account"),
        allowances_not_seen=data.texts("allowances_not_seen", ()),
    )
    top.done()
    return expected


def _bounds(table: Table) -> Bounds:
    low, high = table.bounds("monthly")
    return low.cents, high.cents


def _amounts(table: Table) -> dict[str, int]:
    return {key: table.amount(key).cents for key in table.names()}


def _among(table: Table, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    values = table.texts(key)
    for value in values:
        if value not in known:
            raise table.fault(key, f"holds '{value}'", f"Allowed: {', '.join(known)}")
    return values


def _signals(table: Table) -> dict[str, tuple[str, ...]]:
    return {code: table.texts(code) for code in table.names(among=SIGNALS)}
