"""What a credit checker looks at before a new obligation: indicators with reasons, never a refusal.

Nothing here looks at health, belief, origin, politics, union or sex life, nor at a stand-in for them:
sensitive spending is one unbroken sum that no indicator reads.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from psd2_affordability.assess.data_quality import share
from psd2_affordability.assess.facts import Facts, at_share
from psd2_affordability.assess.kinds import PLAN, RETURNED, STAKES, TURNOVER
from psd2_affordability.assess.results import (
    CreditCheck,
    DataQuality,
    Expenses,
    Income,
    Indicator,
    Level,
    Room,
)
from psd2_affordability.assess.signals.gambling import bouts_of
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.wording import Fact, filled, percent, reason
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import ZERO, Money

_RANK: dict[Level, int] = {"concern": 0, "unknown": 1, "watch": 2, "fine": 3}
_QUARTER_YEAR, _YEAR = 91, 365


def credit_check(
    facts: Facts, quality: DataQuality, income: Income, expenses: Expenses, room: Room
) -> CreditCheck:
    """Look at every indicator; any concern, or anything that cannot be told, is for a person to weigh."""
    indicators = (
        _income_stability(income),
        _committed_share(income, expenses),
        _room_left(room),
        _buffer(facts, expenses),
        _existing_credit(facts, income),
        _deferred_payments(facts),
        _returned_debits(facts),
        _collectors(facts),
        _gambling(facts, income, expenses),
        _overdraft(facts),
        _data(quality),
    )
    weighed = sorted((one for one in indicators if one.level != "fine"), key=lambda one: _RANK[one.level])
    watched = sum(one.level == "watch" for one in indicators)
    person = any(one.level in {"concern", "unknown"} for one in indicators) or watched > 2
    return CreditCheck(
        outcome="refer_to_person" if person else "within_norms",
        indicators=indicators,
        reasons=tuple(one.says for one in weighed),
    )


def _above(value: Decimal, watch: Decimal, concern: Decimal) -> Level:
    return "concern" if value > concern else "watch" if value > watch else "fine"


def _below(value: Decimal, watch: Decimal, concern: Decimal) -> Level:
    return "concern" if value < concern else "watch" if value < watch else "fine"


def _indicator(
    code: str,
    level: Level,
    value: str,
    english: str,
    dutch: str,
    *,
    transactions: Sequence[str] = (),
    **facts: Fact,
) -> Indicator:
    says = filled(f"credit.{code}", english, dutch, facts, transactions=transactions)
    return Indicator(code, level, value, says)


def _not_known(code: str, missing: Unknown, english: str, dutch: str) -> Indicator:
    return Indicator(code, "unknown", missing, reason(f"credit.{code}", english, dutch))


def _income_stability(income: Income) -> Indicator:
    month = income.monthly
    if isinstance(month, Unknown) or month.mid <= ZERO:
        missing = (
            month
            if isinstance(month, Unknown)
            else Unknown("income.stopped", "No income comes in any more.", "What comes in from now on?")
        )
        return _not_known(
            "income_stability",
            missing,
            f"How steady the income is cannot be told. {missing.because}",
            "Het is niet te zien hoe vast het inkomen is.",
        )
    steady = share(month.low.cents, month.mid.cents)
    ended = [one for one in income.reasons if one.code in {"income.ended", "income.late"}]
    turnover = Money.total(one.monthly for one in income.by_kind if one.category in TURNOVER)
    level = _below(steady, NORMS.steady_watch, NORMS.steady_concern)
    if turnover * 2 > month.mid and level == "watch":
        level = "concern"
    if (ended or turnover * 2 > month.mid) and level == "fine":
        level = "watch"
    return _indicator(
        "income_stability",
        level,
        percent(steady),
        "A lean month brings {steady} of the usual {mid}."
        + (" An income has stopped or is late." if ended else ""),
        "Een slechte maand brengt {steady} van de gewone {mid}."
        + (" Er is een inkomen gestopt of te laat." if ended else ""),
        steady=steady,
        mid=month.mid,
        transactions=[key for one in ended for key in one.transactions],
    )


def _committed_share(income: Income, expenses: Expenses) -> Indicator:
    month, fixed, debts = income.monthly, expenses.fixed, expenses.debts
    if isinstance(month, Unknown) or isinstance(fixed, Unknown) or isinstance(debts, Unknown):
        missing = next(one for one in (month, fixed, debts) if isinstance(one, Unknown))
        return _not_known(
            "committed_share",
            missing,
            f"Which part of the income is spoken for cannot be told. {missing.because}",
            "Het is niet te zien welk deel van het inkomen al vastligt.",
        )
    committed = share((fixed + debts).cents, month.mid.cents) if month.mid > ZERO else Decimal(1)
    return _indicator(
        "committed_share",
        _above(committed, NORMS.committed_watch, NORMS.committed_concern),
        percent(committed),
        "Fixed costs and debts of {sum} a month take {share} of the income.",
        "Vaste lasten en schulden van {sum} per maand zijn {share} van het inkomen.",
        sum=fixed + debts,
        share=committed,
        transactions=[key for stream in expenses.streams for key in stream.transactions[-1:]],
    )


def _room_left(room: Room) -> Indicator:
    month = room.monthly
    if isinstance(month, Unknown):
        return _not_known(
            "room_left",
            month,
            f"What is left above the legal floor cannot be told. {month.because}",
            "Het is niet te zien wat er overblijft boven het bedrag dat de wet beschermt.",
        )
    return _indicator(
        "room_left",
        _below(Decimal(month.mid.cents), Decimal(NORMS.room_watch_ct), Decimal(NORMS.least_room_ct)),
        str(month.mid),
        "In a usual month {mid} is left after costs and above what the law protects.",
        "In een gewone maand blijft er {mid} over na de kosten en boven wat de wet beschermt.",
        mid=month.mid,
    )


def _buffer(facts: Facts, expenses: Expenses) -> Indicator:
    fixed = expenses.fixed
    if not facts.balances or isinstance(fixed, Unknown) or fixed <= ZERO:
        missing = (
            fixed
            if isinstance(fixed, Unknown)
            else Unknown("balance.none", "No balance is known.", "What is the balance of each account?")
        )
        return _not_known(
            "buffer_months",
            missing,
            f"How long the money in the bank would last cannot be told. {missing.because}",
            "Het is niet te zien hoe lang er met het saldo geleefd kan worden.",
        )
    usual = at_share(sorted(facts.balances), Fraction(1, 2))
    months = (Decimal(max(0, usual)) / Decimal(fixed.cents)).quantize(Decimal("0.1"))
    return _indicator(
        "buffer_months",
        _below(months, NORMS.buffer_watch, NORMS.buffer_concern),
        str(months),
        "The balance of a usual day covers {months} months of fixed costs.",
        "Het saldo op een gewone dag is genoeg voor {months} maanden vaste lasten.",
        months=(str(months), str(months).replace(".", ",")),
    )


def _existing_credit(facts: Facts, income: Income) -> Indicator:
    lenders = facts.kinds.signalling("lender", "bnpl") & facts.kinds.debts
    paid = Money.total(facts.usual(code) for code in sorted(lenders & facts.by_month.keys()))
    keys = [key for code in sorted(lenders & facts.spans.keys()) for key in facts.keys(code)[-6:]]
    month = income.monthly
    if isinstance(month, Unknown) or month.mid <= ZERO:
        part = Decimal(0) if paid == ZERO else Decimal(1)
    else:
        part = share(paid.cents, month.mid.cents)
    return _indicator(
        "existing_credit",
        _above(part, NORMS.credit_watch, NORMS.credit_concern),
        str(paid),
        "{paid} a month goes to credit that already runs.",
        "Er gaat {paid} per maand naar leningen die al lopen.",
        paid=paid,
        transactions=keys,
    )


def _deferred_payments(facts: Facts) -> Indicator:
    codes = facts.kinds.signalling("bnpl") & facts.spans.keys()
    since = facts.seen_to - _QUARTER_YEAR
    rows = [row for code in sorted(codes) for row in facts.of(code) if row.day >= since and row.cents < 0]
    count = len(rows)
    return _indicator(
        "buy_now_pay_later",
        "concern" if count >= NORMS.bnpl_concern else "watch" if count >= NORMS.bnpl_watch else "fine",
        str(count),
        "{count} payments to buy-now-pay-later services in three months.",
        "{count} betalingen aan achteraf-betaaldiensten in drie maanden.",
        count=count,
        transactions=[row.tx for row in rows],
    )


def _returned_debits(facts: Facts) -> Indicator:
    back = facts.keys(RETURNED, since=facts.seen_to - _YEAR)
    keys = [key for key in back if facts.returns.get(key, "") != "refused"]
    return _indicator(
        "returned_debits",
        "concern" if len(keys) > 2 else "watch" if keys else "fine",
        str(len(keys)),
        "{count} direct debits came back in a year, those refused by hand left out.",
        "{count} incasso's kwamen in een jaar terug. Wat iemand zelf terugboekte, telt niet mee.",
        count=len(keys),
        transactions=keys,
    )


def _collectors(facts: Facts) -> Indicator:
    """Payments to collectors and bailiffs in a year; a plan that runs now is one for a person to weigh."""
    codes = (facts.kinds.signalling("collector", "bailiff", "seizure") | {PLAN}) & facts.spans.keys()
    since = facts.seen_to - _YEAR
    rows = [row for code in sorted(codes) for row in facts.of(code) if row.day >= since and row.cents < 0]
    grave = facts.kinds.signalling("bailiff", "seizure")
    concern = (
        any(facts.keys(code, since=since) for code in grave)
        or bool(facts.keys(PLAN, since=facts.seen_to - _QUARTER_YEAR))
        or len({row.payee for row in rows}) > 1
    )
    return _indicator(
        "collectors",
        "concern" if concern else "watch" if rows else "fine",
        str(len(rows)),
        "{count} payments to collection agencies, to bailiffs or on payment plans in a year.",
        "{count} betalingen aan incassobureaus, aan deurwaarders of voor een betalingsregeling in een jaar.",
        count=len(rows),
        transactions=[row.tx for row in rows],
    )


def _gambling(facts: Facts, income: Income, expenses: Expenses) -> Indicator:
    month = income.monthly
    usual = month.mid.cents if not isinstance(month, Unknown) else 0
    stakes = expenses.gambling
    part = share(stakes.cents, usual) if usual else Decimal(1 if stakes else 0)
    bouts = bouts_of(facts, usual, facts.seen_to - _YEAR)
    return _indicator(
        "gambling",
        "concern" if bouts else _above(part, NORMS.gambling_watch, NORMS.gambling_concern),
        percent(part),
        "Stakes in games of chance are {share} of the income, with {bouts} short intense bouts in a year.",
        "Aan kansspelen gaat {share} van het inkomen. In een jaar is er {bouts} keer in korte tijd veel "
        "gegokt.",
        share=part,
        bouts=len(bouts),
        transactions=facts.keys(STAKES, since=facts.seen_to - _YEAR),
    )


def _overdraft(facts: Facts) -> Indicator:
    if not facts.balances:
        return _not_known(
            "overdraft_days",
            Unknown("balance.none", "No balance is known.", "What is the balance of each account?"),
            "On how many days the account was below zero cannot be told: no balance is known.",
            "Het is niet te zien op hoeveel dagen de rekening rood stond.",
        )
    days = sum(balance < 0 for balance in facts.balances)
    return _indicator(
        "overdraft_days",
        "concern"
        if days >= NORMS.overdraft_concern
        else "watch"
        if days >= NORMS.overdraft_watch
        else "fine",
        str(days),
        "{days} of the last {all} days ended below zero.",
        "{days} van de laatste {all} dagen eindigden onder nul.",
        days=days,
        all=len(facts.balances),
    )


def _data(quality: DataQuality) -> Indicator:
    unknown, months = quality.unknown_share, quality.full_months
    stale = quality.days_stale is None or quality.days_stale > NORMS.too_stale_days
    if months < 3 or stale or unknown > NORMS.unknown_too_heavy:
        level: Level = "unknown"
    else:
        level = "watch" if unknown > NORMS.unknown_heavy or quality.missing_accounts else "fine"
    return _indicator(
        "data",
        level,
        percent(unknown),
        "{months} whole months of data, {share} of the money without a category, {missing} own accounts "
        "not shared.",
        "{months} hele maanden te zien, van {share} van het geld is niet bekend waarvoor het is, {missing} "
        "eigen rekeningen niet gedeeld.",
        months=months,
        share=unknown,
        missing=len(quality.missing_accounts),
    )
