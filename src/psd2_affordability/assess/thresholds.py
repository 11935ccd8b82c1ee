"""The norms that the calculators weigh with: one place, each with where it comes from.

None of these is a figure of the law (those are dated rules); they are choices of the trade, and a
reader should be able to disagree with one without reading a calculator.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Norms with their grounds.

    Attributes:
        shares: parts of the usual room that the careful, usual and quick plan ask. The careful half
            follows the British tax authority's payment plans, which leave the other half for setbacks.
        whole_euros: plan amounts are rounded down to a multiple of this, so that nobody pays odd cents.
        least_room_ct: below this room a month, in cents, a plan costs more to run than it brings.
        plan_months: a debt that takes longer is a problematic debt in the Dutch norm for debt help.
        many_creditors: this many parties that collect at once ask for one overview, so for debt help.
        worth_wage_seizure_ct: cents of income above the floor that make a seizure at its
            source bring something.
        room_watch_ct: below this room a month, in cents, a new obligation leaves nothing for setbacks.
        choices_kept: the part of spending that can wait which a plan leaves alone.
        cash_heavy: from this share of spending in cash, the picture of costs is a guess.
        unknown_heavy: from this share of money without a category, the same.
        unseen_heavy: from this part of the spending that leaves for own accounts that are not shared,
            the picture of costs is a guess too.
        unseen_too_heavy: from this part of a life that seems to take place elsewhere (more than two of
            rent, groceries and health insurance absent, or two thirds of the money leaving) a plan is
            not sized before questions are asked.
        income_shock: an income that lies this part lower than before, and stays there, has fallen; a
            substantial fall doubles the chance of problem debt (CBS, 2018), and one comes about five
            months before a default (JPMorgan Chase Institute). No source gives the part itself.
        unknown_too_heavy: from this share a plan is not sized before questions are asked.
        stale_days: after this many days without a booking the data say nothing about today.
        too_stale_days: after this many days a plan is not sized before fresh data are there.
        allowance_income: up to this multiple of the social minimum an unseen allowance is asked about;
            above it hardly anybody has a right to one.
        allowance_slack_ct: a difference a month, in cents, up to which an allowance is in line.
        service_costs_share: at most this part of a rent seen in bookings is taken for service costs; no
            source gives it, so the bare rent is asked for as well.
        whole_income: what arrives below this part of the social minimum is plainly not a whole income: a
            share of it says little of what the law protects. Who shares a home with two others has more.
        steady_watch: a lean month below this part of a usual month makes the income uneven
            (the mirror of the volatility of 0.35 that open affordability rules use).
        steady_concern: the same, very uneven.
        committed_watch: fixed costs and debts above this part of the income leave little to bend.
        committed_concern: the same, hardly anything.
        buffer_watch: a balance below this many months of fixed costs; under one month the chance of
            default was five times as high as with three to four months (JPMorgan Chase Institute).
        buffer_concern: the same, next to nothing.
        credit_watch: payments on credit above this part of the income.
        credit_concern: above this part open affordability rules refer (0.40).
        bnpl_watch: this many deferred payments in three months.
        bnpl_concern: the same, more than one every week.
        gambling_watch: stakes above this part of the income; half of all who gamble stake less than 1%.
        gambling_concern: above this part the same open rules refer.
        overdraft_watch: days below zero in three months; alone it is a weak sign.
        overdraft_concern: most of the three months.
        returned_watch: up to this many returned debits in a year are watched, more are a concern.
        light_total_ct: an obligation of at most this much in all, in cents, is checked lightly: the size
            of the credits that the directive of 2023 newly brings in.
        light_months: the same, when it also ends within this many months.
        thorough_total_ct: one above this much in all is checked thoroughly: the amount from which Dutch
            rules asked for proof of income before that directive.
        thorough_months: one that lasts longer is checked thoroughly too: for more than a year.
        small_effort_ct: below this room a month, in cents, only a small amount can be asked.
        look_again_months: where nothing can be asked now, look again after this many months: as far as
            the income is foreseen.
        large_once_ct: an amount of this many cents that came in once, without a known ground or from a
            private person, stands apart: it is more than a month of most households. So does one that was
            paid once for a car or for what nothing tells, with money that came in for it.
        large_purchase_ct: from this many cents a payment to a shop may be one large thing, bought once with
            money that came in for it; what costs less is spread, as something breaks down each year. No
            source gives it.
        yearly_premium_ct: an insurer that is paid this much at once, in cents, and never again, is not paid
            a premium: the dearest car insurance of a year costs less.
        unpaid_days: a cost that nobody can do without, or that is owed by contract or judgment, counts for so
            many days after its first payment that did not come: who went without it for half a year has
            found another way. No source gives this, nor the two that follow.
        unpaid_home_days: the same of rent and mortgage, as everybody lives somewhere.
        unpaid_loan_days: the same of loans and payment arrangements, which end some day; one that ended a
            quarter of a year ago was paid off, or its creditor has come forward.
        unpaid_watch: up to this many costs that stopped being paid are watched, more are a concern.
        unpaid_concern_days: what has been missing so long, three payments of a month, is a concern alone.
        guess_worth_asking: an income that only its rhythm explains is asked about from this part of the
            income; a smaller one hardly moves a plan.
        fresh_history_days: a payment is only the first one when the data were silent about it this long.
        news_days: signs older than this are history, not news.
    """

    shares: tuple[Fraction, ...] = (Fraction(1, 2), Fraction(13, 20), Fraction(4, 5))
    whole_euros: int = 5
    least_room_ct: int = 20_00
    plan_months: int = 36
    many_creditors: int = 4
    worth_wage_seizure_ct: int = 50_00
    room_watch_ct: int = 100_00
    choices_kept: Fraction = Fraction(1, 2)
    cash_heavy: Decimal = Decimal("0.25")
    unknown_heavy: Decimal = Decimal("0.10")
    unseen_heavy: Decimal = Decimal("0.25")
    unseen_too_heavy: Decimal = Decimal("0.67")
    income_shock: Fraction = Fraction(1, 4)
    unknown_too_heavy: Decimal = Decimal("0.40")
    stale_days: int = 14
    too_stale_days: int = 45
    allowance_income: Fraction = Fraction(3, 2)
    allowance_slack_ct: int = 5_00
    service_costs_share: Fraction = Fraction(1, 5)
    whole_income: Fraction = Fraction(3, 5)
    steady_watch: Decimal = Decimal("0.80")
    steady_concern: Decimal = Decimal("0.65")
    committed_watch: Decimal = Decimal("0.60")
    committed_concern: Decimal = Decimal("0.80")
    buffer_watch: Decimal = Decimal(1)
    buffer_concern: Decimal = Decimal("0.25")
    credit_watch: Decimal = Decimal("0.10")
    credit_concern: Decimal = Decimal("0.40")
    bnpl_watch: int = 1
    bnpl_concern: int = 13
    gambling_watch: Decimal = Decimal("0.01")
    gambling_concern: Decimal = Decimal("0.10")
    overdraft_watch: int = 1
    overdraft_concern: int = 45
    returned_watch: int = 2
    light_total_ct: int = 200_00
    light_months: int = 3
    thorough_total_ct: int = 1_000_00
    thorough_months: int = 12
    small_effort_ct: int = 50_00
    look_again_months: int = 3
    large_once_ct: int = 2_500_00
    large_purchase_ct: int = 1_000_00
    yearly_premium_ct: int = 2_500_00
    unpaid_days: int = 183
    unpaid_home_days: int = 365
    unpaid_loan_days: int = 91
    unpaid_watch: int = 1
    unpaid_concern_days: int = 91
    guess_worth_asking: Fraction = Fraction(1, 10)
    fresh_history_days: int = 91
    news_days: int = 365


NORMS = Thresholds()
