"""Indicators of what is already owed: credit that runs, deferred payments, returns, collectors, stakes."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from psd2_affordability.assess.credit.levels import above, indicator
from psd2_affordability.assess.data_quality import share
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import PLAN, RETURNED, STAKES
from psd2_affordability.assess.results import Expenses, Income, Indicator
from psd2_affordability.assess.signals.gambling import bouts_of
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.wording import percent
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import ZERO, Money

QUARTER_YEAR, YEAR = 91, 365
#: Why debits come back, in words; one that the payer refused by hand is no sign and is not counted.
_RETURNS = {
    "lack_of_funds": ("for lack of money", "door te weinig geld"),
    "blocked": ("because the account was blocked", "omdat de rekening geblokkeerd was"),
    "account_closed": ("because the account was closed", "omdat de rekening was opgeheven"),
}
_NO_REASON = ("without a reason", "zonder reden")


def existing_credit(facts: Facts, income: Income) -> Indicator:
    """Hold what goes to loans and deferred payments that run against the income."""
    lenders = facts.kinds.signalling("lender", "bnpl") & facts.kinds.debts
    paid = Money.total(facts.usual(code) for code in sorted(lenders & facts.by_month.keys()))
    keys = [key for code in sorted(lenders & facts.spans.keys()) for key in facts.keys(code)[-6:]]
    month = income.monthly
    if isinstance(month, Unknown) or month.mid <= ZERO:
        part = Decimal(0) if paid == ZERO else Decimal(1)
    else:
        part = share(paid.cents, month.mid.cents)
    return indicator(
        "existing_credit",
        above(part, NORMS.credit_watch, NORMS.credit_concern),
        str(paid),
        "{paid} a month goes to credit that already runs.",
        "Er gaat {paid} per maand naar leningen die al lopen.",
        paid=paid,
        transactions=keys,
    )


def buy_now_pay_later(facts: Facts) -> Indicator:
    """Count deferred payments of three months."""
    codes = facts.kinds.signalling("bnpl") & facts.spans.keys()
    since = facts.seen_to - QUARTER_YEAR
    rows = [row for code in sorted(codes) for row in facts.of(code) if row.day >= since and row.cents < 0]
    count = len(rows)
    return indicator(
        "buy_now_pay_later",
        "concern" if count >= NORMS.bnpl_concern else "watch" if count >= NORMS.bnpl_watch else "fine",
        str(count),
        "{count} payments to buy-now-pay-later services in three months.",
        "{count} betalingen aan achteraf-betaaldiensten in drie maanden.",
        count=count,
        transactions=[row.tx for row in rows],
    )


def returned_debits(facts: Facts, days: int) -> Indicator:
    """Count the direct debits that came back, by why they did; those refused by hand are left out."""
    back = facts.keys(RETURNED, since=facts.seen_to - days)
    keys = [key for key in back if facts.returns.get(key, "") != "refused"]
    english, dutch = _by_kind(facts, keys) if keys else ("", "")
    return indicator(
        "returned_debits",
        "concern" if len(keys) > NORMS.returned_watch else "watch" if keys else "fine",
        str(len(keys)),
        "{count} direct debits came back in {span}" + english + ", those refused by hand left out.",
        "{count} incasso's kwamen in {span} terug" + dutch + ". Wat iemand zelf terugboekte, telt niet mee.",
        count=len(keys),
        span=_span(days),
        transactions=keys,
    )


def collectors(facts: Facts, days: int) -> Indicator:
    """Payments to collectors and bailiffs; a plan that runs now is one for a person to weigh.

    It runs when it is called one, or when collectors were paid twice or more of late.
    """
    codes = (facts.kinds.signalling("collector", "bailiff", "seizure") | {PLAN}) & facts.spans.keys()
    since = facts.seen_to - days
    rows = [row for code in sorted(codes) for row in facts.of(code) if row.day >= since and row.cents < 0]
    grave = facts.kinds.signalling("bailiff", "seizure")
    concern = (
        any(facts.keys(code, since=since) for code in sorted(grave))
        or bool(facts.keys(PLAN, since=facts.seen_to - QUARTER_YEAR))
        or len({row.payee for row in rows}) > 1
        or sum(row.day >= facts.seen_to - QUARTER_YEAR for row in rows) > 1
    )
    return indicator(
        "collectors",
        "concern" if concern else "watch" if rows else "fine",
        str(len(rows)),
        "{count} payments to collection agencies, to bailiffs or on payment plans in {span}.",
        "{count} betalingen aan incassobureaus, aan deurwaarders of voor een betalingsregeling in {span}.",
        count=len(rows),
        span=_span(days),
        transactions=[row.tx for row in rows],
    )


def gambling(facts: Facts, income: Income, expenses: Expenses) -> Indicator:
    """Hold stakes against the income, and look for short intense bouts."""
    month = income.monthly
    usual = month.mid.cents if not isinstance(month, Unknown) else 0
    stakes = expenses.gambling
    part = share(stakes.cents, usual) if usual else Decimal(1 if stakes else 0)
    bouts = bouts_of(facts, usual, facts.seen_to - YEAR)
    return indicator(
        "gambling",
        "concern" if bouts else above(part, NORMS.gambling_watch, NORMS.gambling_concern),
        percent(part),
        "Stakes in games of chance are {share} of the income, with {bouts} short intense bouts in a year.",
        "Aan kansspelen gaat {share} van het inkomen. In een jaar is er {bouts} keer in korte tijd veel "
        "gegokt.",
        share=part,
        bouts=len(bouts),
        transactions=facts.keys(STAKES, since=facts.seen_to - YEAR),
    )


def _span(days: int) -> tuple[str, str]:
    return ("a year", "een jaar") if days == YEAR else ("three months", "drie maanden")


def _by_kind(facts: Facts, keys: Sequence[str]) -> tuple[str, str]:
    """Say how many came back for which reason, the most first."""
    counts = Counter(_RETURNS.get(facts.returns.get(key, ""), _NO_REASON) for key in keys)
    most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    english = ", ".join(f"{count} {kind[0]}" for kind, count in most)
    dutch = ", ".join(f"{count} {kind[1]}" for kind, count in most)
    return f" ({english})", f" ({dutch})"
