"""What is said of the money that comes in beside the income that counts."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from psd2_affordability.assess.begun import Begun
from psd2_affordability.assess.evidence import bookings
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.guessed import says_guessed
from psd2_affordability.assess.joint import joint_accounts, shared_in
from psd2_affordability.assess.kinds import CASH_IN, OWN_BUSINESS, UNKNOWN_IN
from psd2_affordability.assess.living_money import Administered, says
from psd2_affordability.assess.reckoning import day_of, share_out
from psd2_affordability.assess.results import IncomeShock
from psd2_affordability.assess.unexplained import in_months, says_large
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason

#: Own money that may have been earned, and what is said of it.
_PAID_IN = {
    CASH_IN: (
        "income.cash",
        "{amount} a month was paid in as cash; it is not counted. Ask where it comes from.",
        "Er komt {amount} per maand contant binnen. Dit telt niet mee. Vraag waar het vandaan komt.",
    ),
    OWN_BUSINESS: (
        "income.own_business",
        "{amount} a month came from an own business; it is not counted. Ask what the business earns.",
        "Er kwam {amount} per maand uit een eigen bedrijf. Dit telt niet mee. Vraag wat dat verdient.",
    ),
}


class OneOff(NamedTuple):
    """What came once in the last year, with its categories."""

    categories: Sequence[str]
    amount: Money

    @classmethod
    def of(cls, facts: Facts) -> "OneOff":
        """Sum what came once, less what went back."""
        came = facts.last_year
        once = [category for category in facts.kinds.one_off if category in came]
        return cls(once, Money(sum([came[category] for category in once if came[category] > 0])))


def noticed(
    facts: Facts, one_off: OneOff, manager: Administered | None, shock: IncomeShock | None
) -> Iterator[Reason]:
    """Say what was noticed of what comes in beside the income that counts."""
    if shock is not None:
        yield _fell(shock)
    if shared_in(facts):
        yield joint_accounts("income.joint", facts)
    if one_off.amount:
        yield reason(
            "income.one_off",
            "{amount} came as one-offs in the last year (holiday pay, refunds, back payments); a month does "
            "not count on it.",
            "Er kwam in het laatste jaar {amount} eenmalig binnen (vakantiegeld, teruggaaf, nabetaling). "
            "Dit telt niet mee voor een gewone maand.",
            amount=one_off.amount,
            transactions=bookings(facts, *sorted(one_off.categories)),
        )
    yield from says_guessed(facts)
    yield from says_large(facts)
    by_month = facts.by_month
    private = _average(facts, [in_months(facts, code) for code in facts.kinds.private if code in by_month])
    if private:
        yield reason(
            "income.private",
            "{amount} a month came from private persons; nobody can count on it, so it is not income here.",
            "Er kwam {amount} per maand van andere mensen. Dat is niet zeker. Daarom telt het hier niet als "
            "inkomen.",
            amount=Money(private),
        )
    for category, (code, english, dutch) in _PAID_IN.items():
        if category in by_month and (paid_in := _average(facts, [sum(by_month[category])])):
            newest = bookings(facts, category, newest=12)
            yield reason(code, english, dutch, amount=Money(paid_in), transactions=newest)
    unknown = _average(facts, [in_months(facts, UNKNOWN_IN)]) if UNKNOWN_IN in by_month else 0
    if unknown:
        yield reason(
            "income.unexplained",
            "{amount} a month came in without a known ground and is not counted. Ask what it is.",
            "Er kwam {amount} per maand binnen waarvan niet bekend is waarvoor. Dit telt niet mee. Vraag wat "
            "het is.",
            amount=Money(unknown),
            transactions=bookings(facts, UNKNOWN_IN, newest=12),
        )
    if facts.wage_notes:
        yield reason(
            "income.wage_seizure",
            "Part of the wage or benefit is already being seized: what arrives is what the law left.",
            "Er ligt al beslag op het loon of de uitkering. Wat er binnenkomt, is wat de wet overlaat.",
            article="art. 475b Rv",
            transactions=facts.wage_notes,
        )
    yield from _set_off(facts)
    if manager is not None:
        yield says(manager)


def _set_off(facts: Facts) -> Iterator[Reason]:
    """Say that part of what is earned or allowed goes elsewhere before it arrives."""
    if facts.set_off:
        yield reason(
            "income.set_off",
            "Part of the wage or benefit goes to somebody else, or is set off against a debt, before it "
            "arrives. What arrives counts.",
            "Een deel van het loon of de uitkering gaat eerst naar een ander. Of er gaat een schuld vanaf. "
            "Wat er binnenkomt, telt.",
            transactions=facts.set_off,
        )
    if facts.allowance_set_off:
        yield reason(
            "income.allowance_set_off",
            "With an allowance or a tax refund it says that something is set off: a debt may be taken from "
            "it before it arrives.",
            "Bij een toeslag of een belastingteruggaaf staat dat er iets is verrekend. Misschien gaat er een "
            "schuld van af.",
            transactions=facts.allowance_set_off,
        )


def says_begun(begun: Begun, time: tuple[str, str]) -> Reason:
    """Say since when something comes, and how it counts; `time` is what a payment is taken to be for."""
    first, newest = begun.rows[0], begun.rows[-1]
    since = _AGAIN if begun.again else _FIRST
    if begun.beside is None:
        code, english, dutch = "income.new", *_TAKEN_AS
    else:
        code, english, dutch = "income.new_beside", *_BESIDE
    return reason(
        code,
        f"{{amount}} from {{payee}} {since[0]} on {{day}}{english}",
        f"{{amount}} van {{payee}} kwam {since[1]} op {{day}}.{dutch}",
        amount=Money(newest.cents),
        time=time,
        payee=newest.payee,
        day=day_of(first.day),
        other=begun.beside.payee if begun.beside is not None else "",
        transactions=[row.tx for row in begun.rows],
    )


_FIRST, _AGAIN = ("came for the first time", "voor het eerst"), ("came again", "opnieuw")
_TAKEN_AS = "; it is taken as the income of {time}.", " Dit telt als inkomen voor {time}."
_BESIDE = (
    ". Only a good month counts it beside the income from {other}, as it may replace it. Ask which goes on.",
    " Vervangt dit het inkomen van {other}? Alleen een goede maand telt beide. Vraag welk inkomen doorgaat.",
)


def _fell(shock: IncomeShock) -> Reason:
    return reason(
        "income.fell",
        "Since {day} the income of a month is {now}; before it was {before}. Ask what changed and for how "
        "long.",
        "Sinds {day} is het inkomen {now} per maand. Daarvoor was het {before}. Vraag wat er is veranderd "
        "en voor hoelang.",
        day=shock.since,
        now=shock.now,
        before=shock.before,
        transactions=shock.transactions,
    )


def _average(facts: Facts, kinds: Sequence[int]) -> int:
    """What the kinds of money that came on balance brought in a month, in cents."""
    total = sum([came for came in kinds if came > 0])
    return share_out(total, facts.slots) if total else 0
