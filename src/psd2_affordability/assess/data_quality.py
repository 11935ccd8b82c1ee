"""How much of a life the data show, and what to ask because they do not show it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from psd2_affordability.assess.case import KnownBalance
from psd2_affordability.assess.facts import SILENT_DAYS, AccountFacts, Facts
from psd2_affordability.assess.joint import not_in_data
from psd2_affordability.assess.kinds import CASH, GROCERIES, HEALTH_PREMIUM, HOME, OWN_ACCOUNT, OWN_SAVINGS
from psd2_affordability.assess.reckoning import day_of, number_of
from psd2_affordability.assess.results import AccountSeen, DataQuality
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.unexplained import nameless
from psd2_affordability.assess.unlikely import say_unlikely
from psd2_affordability.assess.wording import reason, whole_months
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.iban import masked
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

_NO_BALANCE = Unknown(
    "balance.not_known", "The source states no balance for this account.", "What is the balance today?"
)
#: Costs that nearly every household has, and what they are called.
_EVERYBODY = (
    (HOME, ("rent or a mortgage", "huur of hypotheek")),
    (GROCERIES, ("groceries", "boodschappen")),
    (HEALTH_PREMIUM, ("health insurance", "zorgverzekering")),
)
#: A statement with more gaps is asked for as a whole anyway.
_MOST_GAPS = 3
_FOUR_DECIMALS, _NOTHING = Decimal("0.0001"), Decimal("0.0000")

_NO_HISTORY = reason(
    "history.none",
    "There are no transactions in euros booked on or before this day, so nothing can be told. Ask "
    "for bank data.",
    "Er zijn tot en met deze dag geen geboekte betalingen in euro's. Daarom is er niets te zeggen. "
    "Vraag om bankgegevens.",
)
_UNDER_A_YEAR = reason(
    "history.under_a_year",
    "Less than a year is visible, so yearly costs and holiday pay may be missing. "
    "Ask which costs come once a year.",
    "Er is minder dan een jaar te zien. Kosten die één keer per jaar komen en vakantiegeld kunnen "
    "ontbreken. Vraag welke kosten één keer per jaar komen.",
)
_NO_BALANCES = reason(
    "balance.none",
    "No balance is known, so the money in the account cannot be told. Ask for the balance of today.",
    "Er is geen saldo bekend. Daarom is niet te zeggen hoeveel geld er op de rekening staat. Vraag "
    "naar het saldo van vandaag.",
)
_NO_HOUSEHOLD = reason(
    "household.not_given",
    "The household is not known, so the legal floor cannot be told. Ask who lives in the household.",
    "Het is niet bekend met wie de persoon woont. Daarom is niet te zeggen welk bedrag de wet "
    "beschermt. Vraag wie er in huis wonen.",
)


def share(part: int, whole: int) -> Decimal:
    """Return a part of a whole with four decimals; a part of nothing is nothing.

    >>> share(1, 3), share(1, 0)
    (Decimal('0.3333'), Decimal('0.0000'))
    """
    return (Decimal(part) / Decimal(whole)).quantize(_FOUR_DECIMALS) if part and whole else _NOTHING


def data_quality(facts: Facts) -> DataQuality:
    """Judge the data of one subject."""
    absent, away, accounts = _absent(facts), _left_for_elsewhere(facts), _accounts(facts)
    stale = None if facts.last_day is None else number_of(facts.on) - _newest(facts, facts.last_day)
    unknown = share(*nameless(facts))
    months = _months_with_bookings(facts)
    in_cash = share(-facts.last_year.get(CASH, 0), facts.spent)
    missing = tuple(map(masked, facts.unseen_accounts))
    return DataQuality(
        first_on=None if facts.first_day is None else day_of(facts.first_day),
        last_on=None if facts.last_day is None else day_of(facts.last_day),
        full_months=months,
        transactions=facts.rows,
        pending=facts.pending,
        other_currency=facts.other_currency,
        days_stale=stale,
        unknown_share=unknown,
        cash_share=in_cash,
        unseen_share=_unseen_share(away, facts.spent, len(absent)),
        accounts=accounts,
        missing_accounts=missing,
        cannot_know=(
            *_history(facts, months, stale),
            *_gaps(unknown, in_cash, missing, facts.other_currency),
            *say_unlikely(facts),
            *_silent(facts),
            *_unseen(facts, absent, away),
            *_balances(facts.rows, accounts),
            *facts.once(unproven),
            *not_in_data(facts),
            *_people(facts),
        ),
    )


def _months_with_bookings(facts: Facts) -> int:
    """Count the whole months that bookings show something of; most lives have some cost in each."""
    if not facts.months:
        return 0
    for sums in facts.by_month.values():
        if all(sums):
            return len(facts.months)
    return sum(map(any, zip(*facts.by_month.values(), strict=True)))


def _newest(facts: Facts, last_day: int) -> int:
    """Day number of the last thing the source told: a booking, or a balance."""
    stated = [number_of(one.on) for one in facts.case.balances if one.on is not None and one.on <= facts.on]
    return max([last_day, *[day for day in stated if day - last_day <= SILENT_DAYS]]) if stated else last_day


def _unseen_share(away: int, spent: int, absent: int) -> Decimal:
    """The larger of the part of the money that leaves and the part of everybody's costs that is absent."""
    whole, every = away + spent, len(_EVERYBODY)
    return share(away, whole) if away * every > absent * whole else share(absent, every)


def _left_for_elsewhere(facts: Facts) -> int:
    """Cents of the last year that went to own accounts that are not shared, less what came back."""
    moved = facts.last_year.get(OWN_ACCOUNT, 0)
    return max(0, min(-moved, -moved - facts.last_year.get(OWN_SAVINGS, 0)))


def _absent(facts: Facts) -> list[tuple[str, str]]:
    """Name the costs of nearly every household that no booking shows, in English and Dutch."""
    if not facts.slots:
        return []
    lives_with_others = facts.case.household.housing.kind == "other"
    return [
        words
        for kinds, words in _EVERYBODY
        if not kinds & facts.spans.keys() and not (kinds is HOME and lives_with_others)
    ]


def _unseen(facts: Facts, absent: Sequence[tuple[str, str]], away: int) -> Iterator[Reason]:
    if absent:
        yield reason(
            "costs.not_seen",
            "No payment for {costs} is visible, while nearly every household has these costs. Ask who pays "
            "them, and from which account.",
            "Er is geen betaling te zien voor {costs}. Bijna iedereen heeft deze kosten. Vraag wie ze "
            "betaalt en van welke rekening.",
            costs=(" or ".join(one for one, _ in absent), " of ".join(one for _, one in absent)),
        )
    if away and share(away, away + facts.spent) > NORMS.unseen_heavy:
        yield reason(
            "money.elsewhere",
            "{amount} went to own accounts that are not shared in the last year; what it is used for is not "
            "visible. Ask for those accounts.",
            "Er ging in het laatste jaar {amount} naar eigen rekeningen die niet zijn gedeeld. Waarvoor is "
            "niet te zien. Vraag om die rekeningen.",
            amount=Money(away),
            transactions=facts.keys(OWN_ACCOUNT)[-12:],
        )


def _accounts(facts: Facts) -> tuple[AccountSeen, ...]:
    balances = {balance.account: balance for balance in facts.case.balances}
    parts = {one.iban: one.share for one in facts.case.household.accounts}
    return tuple(
        _seen(account, balances.get(account.account), parts.get(account.account))
        for account in facts.accounts
    )


def _seen(account: AccountFacts, known: KnownBalance | None, part: Fraction | None) -> AccountSeen:
    return AccountSeen(
        account=masked(account.account),
        first_on=day_of(account.first_day),
        last_on=day_of(account.last_day),
        came_in=Money(account.came_in_ct),
        went_out=Money(account.went_out_ct),
        balance=_NO_BALANCE if known is None or known.amount is None else known.amount,
        balance_on=None if known is None else known.on,
        proven=None if known is None else known.proven,
        share=share(part.numerator, part.denominator) if part else None,
    )


def _history(facts: Facts, full_months: int, days_stale: int | None) -> Iterator[Reason]:
    if not facts.rows:
        yield _NO_HISTORY
    elif full_months < 3:
        yield reason(
            "history.short",
            "The data cover {months}; from fewer than three, a lean and a good month "
            "cannot be told apart. Ask for at least three months.",
            "De gegevens gaan over {months}. Met minder dan drie maanden is niet te zien wat een "
            "slechte en wat een goede maand is. Vraag om minstens drie maanden.",
            months=whole_months(full_months),
        )
    # a year to the day need not hold twelve whole calendar months
    if facts.rows and full_months < 12 and facts.seen.months < 12:
        yield _UNDER_A_YEAR
    if days_stale is not None and days_stale > NORMS.stale_days:
        yield reason(
            "history.stale",
            "The newest data are {days} days old. Something may have happened since then that is not seen "
            "here. Ask for fresh data.",
            "De nieuwste gegevens zijn {days} dagen oud. Daarna kan er iets zijn gebeurd dat hier niet te "
            "zien is. Vraag om nieuwe gegevens.",
            days=days_stale,
        )


def _gaps(unknown: Decimal, in_cash: Decimal, missing: Sequence[str], foreign: int) -> Iterator[Reason]:
    if unknown > NORMS.unknown_heavy:
        yield reason(
            "money.unknown",
            "{share} of the money has no category. Ask what the largest unknown payments are.",
            "Van {share} van het geld is niet bekend waarvoor het is. Vraag waarvoor de grootste onbekende "
            "betalingen zijn.",
            share=unknown,
        )
    if in_cash > NORMS.cash_heavy:
        yield reason(
            "money.cash",
            "{share} of the spending is cash, so what it goes to is not visible. Ask what is paid in cash.",
            "Van {share} van de uitgaven wordt contant betaald. Waarvoor is niet te zien. Vraag wat er "
            "contant wordt betaald.",
            share=in_cash,
        )
    if missing:
        yield reason(
            "accounts.missing",
            "Money goes to or comes from an own account that is not shared: {accounts}. Ask for its balance "
            "and its transactions.",
            "Er gaat geld van of naar een eigen rekening die niet is gedeeld: {accounts}. Vraag naar het "
            "saldo en de betalingen van die rekening.",
            accounts=", ".join(missing),
        )
    if foreign:
        yield reason(
            "money.other_currency",
            "{rows} transactions in another currency were left out. Ask what they were for.",
            "{rows} betalingen in een andere munt zijn niet meegeteld. Vraag waarvoor ze waren.",
            rows=foreign,
        )


def _silent(facts: Facts) -> Iterator[Reason]:
    for account in facts.accounts:
        if facts.last_day is not None and facts.last_day - account.last_day > SILENT_DAYS:
            yield reason(
                "accounts.silent",
                "Account {account} has had no bookings since {day}. Ask whether it is still used.",
                "Op rekening {account} is sinds {day} niets geboekt. Vraag of deze nog wordt gebruikt.",
                account=masked(account.account),
                day=day_of(account.last_day),
            )


def _balances(rows: int, accounts: Sequence[AccountSeen]) -> Iterator[Reason]:
    if rows and all(isinstance(account.balance, Unknown) for account in accounts):
        yield _NO_BALANCES


def unproven(facts: Facts) -> tuple[Reason, ...]:
    """Say for each account on which days its bookings do not explain its balances; answers repeat it."""
    if all(known.proven is not False for known in facts.case.balances):
        return ()
    return tuple(_unproven(facts))


def _unproven(facts: Facts) -> Iterator[Reason]:
    seen = {account.account for account in facts.accounts}
    for known in facts.case.balances:
        if known.account not in seen or known.proven is not False:
            continue
        for gap in known.unreconciled[:_MOST_GAPS]:
            yield reason(
                "balance.not_proven",
                "The bookings of account {account} after {after} and until {until} do not add up to its "
                "balances: they differ by {difference}. Some may be missing or doubled. Ask for the whole "
                "statement of these days.",
                "De betalingen op rekening {account} na {after} en tot en met {until} kloppen niet met het "
                "saldo: het verschil is {difference}. Misschien ontbreken er betalingen of staan ze er "
                "dubbel in. Vraag om het hele afschrift van die dagen.",
                account=masked(known.account),
                after=gap.after,
                until=gap.until,
                difference=abs(gap.difference),
            )
        if not known.unreconciled:
            yield reason(
                "balance.not_proven",
                "The bookings of account {account} do not add up to its balances: some may be missing. "
                "Ask for the whole statement.",
                "De betalingen op rekening {account} kloppen niet met het saldo. Misschien ontbreken er "
                "betalingen. Vraag om het hele afschrift.",
                account=masked(known.account),
            )


def _people(facts: Facts) -> Iterator[Reason]:
    if facts.case.household.type is None:
        yield _NO_HOUSEHOLD
