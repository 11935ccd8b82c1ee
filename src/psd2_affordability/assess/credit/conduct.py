"""Indicators of what is already owed: credit that runs, deferred payments, returns, collectors, stakes."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from psd2_affordability.assess.book import Row
from psd2_affordability.assess.credit.levels import above, indicator, not_known
from psd2_affordability.assess.data_quality import share
from psd2_affordability.assess.debt_scheme import debt_scheme, scheme_not_known
from psd2_affordability.assess.evidence import bookings
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import PLAN, RETURNED, STAKES
from psd2_affordability.assess.results import Expenses, Income, Indicator, Level
from psd2_affordability.assess.signals.gambling import bouts_of
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.unpaid import unpaid
from psd2_affordability.assess.wording import counted, percent
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Evidence

QUARTER_YEAR, YEAR = 91, 365
#: Why debits come back, in words; one that the payer refused by hand is no sign and is not counted.
_RETURNS = {
    "lack_of_funds": ("for lack of money", "door te weinig geld"),
    "blocked": ("because the account was blocked", "omdat de rekening geblokkeerd was"),
    "account_closed": ("because the account was closed", "omdat de rekening was opgeheven"),
}
_NO_REASON = ("without a reason", "zonder reden")
#: What never arrives; who pays an allowance does not say that what is set off is a debt.
_WAGE_SEIZED = (
    "Part of the wage or benefit is being seized. ",
    "Op een deel van het loon of de uitkering ligt beslag. ",
)
_SET_OFF = (
    "Part of the income is set off, or goes to somebody else first. ",
    "Een deel van het inkomen gaat eerst naar een ander of naar een schuld. ",
)
_PERHAPS_SET_OFF = (
    "Perhaps a debt is taken from an allowance or a tax refund first. ",
    "Misschien gaat er eerst een schuld van een toeslag of een belastingteruggaaf af. ",
)


def existing_credit(facts: Facts, income: Income, expenses: Expenses) -> Indicator:
    """Hold what goes to loans and deferred payments that run against the income, as creditors count it.

    Instalments that stopped and may still be owed are credit that runs.
    """
    if not expenses.creditors:
        return _NO_CREDIT
    lent = facts.kinds.lent
    running = [one for one in expenses.creditors if one.category in lent and one.status != "ended"]
    if not running:
        return _NO_CREDIT
    paid = Money.total(one.monthly for one in running)
    keys = [key for one in running for key in one.transactions[-6:]]
    month = income.monthly
    if isinstance(month, Unknown) or month.mid <= ZERO:
        part = Decimal(0) if paid == ZERO else Decimal(1)
    else:
        part = share(paid.cents, month.mid.cents)
    owed = Money(sum([one.usual for one in facts.once(unpaid) if one.category in lent]))
    return _running(paid, above(part, NORMS.credit_watch, NORMS.credit_concern), keys, owed)


def _running(paid: Money, level: Level, keys: Sequence[str], owed: Money = ZERO) -> Indicator:
    english = "{paid} a month goes to credit that already runs."
    dutch = "Er gaat {paid} per maand naar leningen die al lopen."
    if owed:
        english = "{paid} a month is due on credit that already runs. {owed} of it is not paid now."
        dutch = "Er moet {paid} per maand naar leningen die al lopen. Daarvan wordt {owed} nu niet betaald."
    return indicator(
        "existing_credit",
        level,
        str(paid),
        english,
        dutch,
        paid=paid,
        owed=owed,
        transactions=keys,
    )


def buy_now_pay_later(facts: Facts) -> Indicator:
    """Count deferred payments of three months."""
    codes = [code for code in facts.kinds.signalling("bnpl") if code in facts.spans]
    if not codes:
        return _NOT_DEFERRED
    since = facts.seen_to - QUARTER_YEAR
    return _deferred(_paid(facts, codes, since))


def _deferred(rows: Sequence[Row]) -> Indicator:
    count = len(rows)
    return indicator(
        "buy_now_pay_later",
        "concern" if count >= NORMS.bnpl_concern else "watch" if count >= NORMS.bnpl_watch else "fine",
        str(count),
        "{payments} to buy-now-pay-later services in three months.",
        "{payments} aan achteraf-betaaldiensten in drie maanden.",
        payments=_payments(count),
        transactions=[row.tx for row in rows],
    )


def returned_debits(facts: Facts, days: int) -> Indicator:
    """Count the direct debits that came back, by why they did; those refused by hand are left out."""
    if RETURNED not in facts.spans:
        return _NONE_BACK[days]
    back = facts.keys(RETURNED, since=facts.seen_to - days)
    kinds = {key: facts.returns.get(key, "") for key in back}
    return _came_back({key: kind for key, kind in kinds.items() if kind != "refused"}, days)


def _came_back(kinds: Mapping[str, str], days: int) -> Indicator:
    """Say how many came back, each named by its key with why it did."""
    count = len(kinds)
    english, dutch = _by_kind(kinds.values()) if kinds else ("", "")
    return indicator(
        "returned_debits",
        "concern" if count > NORMS.returned_watch else "watch" if count else "fine",
        str(count),
        "{debits} back in {span}" + english + ", those refused by hand left out.",
        "{debits} in {span} terug" + dutch + ". Wat iemand zelf terugboekte, telt niet mee.",
        debits=counted(
            count,
            ("1 direct debit came", "1 incasso kwam"),
            ("{count} direct debits came", "{count} incasso's kwamen"),
        ),
        span=span(days),
        transactions=tuple(kinds),
    )


def collectors(facts: Facts, days: int) -> Indicator:
    """Payments to collectors and bailiffs; a plan that runs now is one for a person to weigh.

    So is a seizure of wages or a benefit, which no payment shows: less arrives. What is set off, or goes
    from the wage to a lender, is watched. A plan runs when it is called one, or when collectors were paid
    twice or more of late.
    """
    codes = [code for code in facts.kinds.collecting if code in facts.spans]
    set_off, perhaps = facts.set_off, facts.allowance_set_off
    if not (codes or facts.wage_notes or set_off or perhaps):
        return _NOT_COLLECTED[days]
    since, of_late = facts.seen_to - days, facts.seen_to - QUARTER_YEAR
    rows = _paid(facts, codes, since)
    grave = facts.kinds.signalling("bailiff", "seizure").intersection(codes)
    concern = (
        bool(facts.wage_notes)
        or any(facts.any_since(code, since) for code in grave)
        or facts.any_since(PLAN, of_late)
        or len({row.payee for row in rows}) > 1
        or len([row for row in rows if row.day >= of_late]) > 1
    )
    level: Level = "concern" if concern else "watch" if rows or set_off or perhaps else "fine"
    return _collected(rows, level, days, facts.wage_notes, set_off, perhaps)


def _collected(
    rows: Sequence[Row],
    level: Level,
    days: int,
    seized: Sequence[str],
    set_off: Sequence[str] = (),
    perhaps: Sequence[str] = (),
) -> Indicator:
    """Say how much was paid, and that income is, or perhaps is, seized or set off when rows show it."""
    english = dutch = ""
    if seized:
        english, dutch = _WAGE_SEIZED
    if set_off or perhaps:
        also = _SET_OFF if set_off else _PERHAPS_SET_OFF
        english, dutch = english + also[0], dutch + also[1]
    return indicator(
        "collectors",
        level,
        str(len(rows)),
        english + "{payments} to collection agencies, to bailiffs or on payment plans in {span}.",
        dutch + "{payments} aan incassobureaus, aan deurwaarders of voor een betalingsregeling in {span}.",
        payments=_payments(len(rows)),
        span=span(days),
        transactions=[*(row.tx for row in rows), *seized, *set_off, *perhaps],
    )


def debt_scheme_runs(facts: Facts) -> tuple[Indicator, ...]:
    """Say that a debt scheme runs or somebody manages the money; nothing when neither is seen."""
    found = facts.once(debt_scheme)
    if found is None:
        return ()
    if found.sure:
        says = _IN_SCHEME if found.kind == "scheme" else _MANAGED
        return (indicator("debt_scheme", "concern", found.kind, *says, transactions=found.transactions),)
    return (_PERHAPS_IN_SCHEME,)


_PERHAPS_IN_SCHEME = not_known(
    "debt_scheme",
    scheme_not_known(),
    "A municipal credit bank is paid, which can be a debt scheme. Ask that first.",
    "Er gaat geld naar een gemeentelijke kredietbank. Dat kan een schuldregeling zijn. Vraag dat eerst.",
)
_IN_SCHEME = (
    "A debt scheme runs. Speak to who runs it before anything is agreed: new debt can end the scheme.",
    "Er loopt een schuldregeling. Praat eerst met wie die uitvoert: door nieuwe schuld kan die stoppen.",
)
_MANAGED = (
    "An administrator or budget manager keeps the money. Speak to them before anything is agreed.",
    "Een bewindvoerder of budgetbeheerder beheert het geld. Praat met hen voordat er iets wordt afgesproken.",
)


def gambling(facts: Facts, income: Income, expenses: Expenses) -> Indicator:
    """Hold stakes against the income, and look for short intense bouts."""
    stakes = expenses.gambling
    if not stakes.cents and STAKES not in facts.spans:
        return _NO_STAKES
    month = income.monthly
    usual = month.mid.cents if not isinstance(month, Unknown) else 0
    part = share(stakes.cents, usual) if usual else Decimal(1 if stakes else 0)
    bouts = bouts_in_a_year(facts, usual)
    level: Level = "concern" if bouts else above(part, NORMS.gambling_watch, NORMS.gambling_concern)
    return _staked(part, bouts, level, bookings(facts, STAKES, since=facts.seen_to - YEAR))


def bouts_in_a_year(facts: Facts, usual_income: int) -> int:
    """Count the short intense bouts of gambling, by a usual month of income in cents."""
    return len(bouts_of(facts, usual_income, facts.seen_to - YEAR))


def _staked(part: Decimal, bouts: int, level: Level, keys: Evidence) -> Indicator:
    return indicator(
        "gambling",
        level,
        percent(part),
        "Stakes in games of chance are {share} of the income, with {bouts} in a year.",
        "Aan kansspelen gaat {share} van het inkomen. In een jaar is er {bouts} keer in korte tijd veel "
        "gegokt.",
        share=part,
        bouts=counted(bouts, ("1 short intense bout", "1"), ("{count} short intense bouts", "{count}")),
        transactions=keys,
    )


def _paid(facts: Facts, codes: Collection[str], since: int) -> list[Row]:
    """Return the payments of some categories since a day."""
    return [row for code in sorted(codes) for row in facts.of(code) if row.day >= since and row.cents < 0]


def _payments(count: int) -> tuple[str, str]:
    return counted(count, ("1 payment", "1 betaling"), ("{count} payments", "{count} betalingen"))


def span(days: int) -> tuple[str, str]:
    """Say how far back is looked."""
    return ("a year", "een jaar") if days == YEAR else ("three months", "drie maanden")


def _by_kind(kinds: Iterable[str]) -> tuple[str, str]:
    """Say how many came back for which reason, the most first."""
    counts = Counter(_RETURNS.get(kind, _NO_REASON) for kind in kinds)
    most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    english = ", ".join(f"{count} {kind[0]}" for kind, count in most)
    dutch = ", ".join(f"{count} {kind[1]}" for kind, count in most)
    return f" ({english})", f" ({dutch})"


#: Most people show nothing of a kind, and of all of them the same is said.
_NO_CREDIT = _running(ZERO, "fine", ())
_NOT_DEFERRED = _deferred(())
_NONE_BACK = {days: _came_back({}, days) for days in (QUARTER_YEAR, YEAR)}
_NOT_COLLECTED = {days: _collected((), "fine", days, ()) for days in (QUARTER_YEAR, YEAR)}
_NO_STAKES = _staked(Decimal(0), 0, "fine", ())
