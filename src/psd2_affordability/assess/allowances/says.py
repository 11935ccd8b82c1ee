"""The sentences that go with an allowance; nothing here promises a right."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from psd2_affordability.assess.allowances.look import Doubt, Look
from psd2_affordability.assess.allowances.means import childcare_paid
from psd2_affordability.assess.allowances.schemes import CARE_COSTS, CHILD_BENEFIT, CHILDCARE, Scheme
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.ports import LastDay
from psd2_affordability.assess.reckoning import day_of
from psd2_affordability.assess.results import AllowanceVerdict
from psd2_affordability.assess.wording import Fact, reason
from psd2_affordability.core.answer import Interval, LegalAnswer, Unknown
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.core.reasons import Reason

_YEAR_DAYS = 366
#: The act that holds for all income-dependent allowances.
_GENERAL_ACT = "Awir"


def reasons_for(
    facts: Facts,
    look: Look,
    verdict: AllowanceVerdict,
    clawback: Interval | Unknown,
    spared: LegalAnswer,
    *,
    doubts: Sequence[Doubt],
    elsewhere: bool,
) -> list[Reason]:
    """Say what is in doubt, what was found, and what a reader must know with it."""
    match verdict:
        case "unclaimed":
            found = _unclaimed(look)
        case "too_low":
            found = _too_low(look)
        case "too_high":
            found = _too_high(look, clawback, spared)
        case "in_line":
            found = _in_line(look)
        case "none":
            found = no_right(look)
        case "unknown":
            found = _unknown(look, elsewhere=elsewhere)
    if not doubts:
        return [found, *_payments(facts, look)]
    first = [doubt.says for doubt in doubts if doubt.kind != "note"]
    gone = any(doubt.kind == "ended" for doubt in doubts)
    after = [doubt.says for doubt in doubts if doubt.kind == "note"]
    return [*first, *(() if gone else (found,)), *_payments(facts, look), *after]


def can_be_asked_back_to(scheme: Scheme, year: int, last: LastDay) -> Iterator[Reason]:
    """Say until when it can still be asked for."""
    if isinstance(last.on, Unknown):
        return
    yield reason(
        "allowance.last_day_to_claim",
        "The {name} of {year} can be asked for until {day}.",
        "U kunt {name} over {year} aanvragen tot en met {day}.",
        rule=last.rules[0].id if last.rules else "",
        article=last.article,
        name=scheme.name,
        year=str(year),
        day=last.on,
    )


def _law(look: Look) -> dict[str, str]:
    """The rule and the article behind an amount: of the act on this allowance, where a step names one."""
    return {"rule": _rule(look), "article": _article(look.law)}


def _rule(look: Look) -> str:
    rules, code = look.law.rules, look.scheme.code
    for use in rules:
        if use.id.endswith(code):
            return use.id
    return rules[0].id if rules else ""


def _article(law: LegalAnswer) -> str:
    for step in law.steps:
        if not step.article.endswith(_GENERAL_ACT):
            return step.article
    return law.deciding_article


def _keys(look: Look) -> tuple[str, ...]:
    return tuple([row.tx for row in look.received.rows])


def _unclaimed(look: Look) -> Reason:
    return reason(
        "allowance.unclaimed",
        "There is probably a right to {name}: {span} a month. Nothing arrives.",
        "Er is waarschijnlijk recht op {name}: {span} per maand. Er komt niets binnen.",
        **_law(look),
        name=look.scheme.name,
        span=_span(look),
    )


def _too_low(look: Look) -> Reason:
    return reason(
        "allowance.too_low",
        "{received} a month of {name} arrives; probably {span} is due.",
        "Er komt {received} per maand aan {name} binnen. Waarschijnlijk is er recht op {span} per maand.",
        **_law(look),
        transactions=_keys(look),
        received=_arrives(look),
        name=look.scheme.name,
        span=_span(look),
    )


def _too_high(look: Look, clawback: Interval | Unknown, spared: LegalAnswer) -> Reason:
    risk = ZERO if isinstance(clawback, Unknown) else clawback.low
    source = _law(look)
    if look.scheme.by_income and spared.rules:
        source = {"rule": spared.rules[0].id, "article": spared.deciding_article}
    return reason(
        "allowance.too_high",
        "{received} a month of {name} arrives; probably at most {most} is due. If it goes on all year, "
        "{risk} may be asked back. Report the change soon.",
        "Er komt {received} per maand aan {name} binnen. Waarschijnlijk is dat hoogstens {most}. Gaat het "
        "een heel jaar door, dan kan {risk} worden teruggevraagd. Geef de wijziging snel door.",
        **source,
        transactions=_keys(look),
        received=_arrives(look),
        name=look.scheme.name,
        most=ZERO if isinstance(look.due, Unknown) else look.due.high,
        risk=risk,
    )


def _in_line(look: Look) -> Reason:
    if look.together:
        return reason(
            "allowance.in_line_together",
            "One payment of {received} a month fits the {name} and other allowances together.",
            "Eén betaling van {received} per maand past bij {name} en andere toeslagen samen.",
            **_law(look),
            transactions=_keys(look),
            received=look.joint,
            name=look.scheme.name,
        )
    return reason(
        "allowance.in_line",
        "{received} a month of {name} arrives; that fits what is known.",
        "Er komt {received} per maand aan {name} binnen. Dat past bij wat bekend is.",
        **_law(look),
        transactions=_keys(look),
        received=_arrives(look),
        name=look.scheme.name,
    )


def no_right(look: Look) -> Reason:
    """Say that there is no right to it, or nothing that it could allow for."""
    if look.scheme is CHILDCARE and look.possible:
        return _NO_CHILDCARE
    return _no_right(look.scheme, _rule(look), _article(look.law))


_NO_CHILDCARE = reason(
    "allowance.no_childcare",
    "No costs of childcare are seen, so there is nothing to allow for.",
    "Er zijn geen kosten voor kinderopvang te zien. Dan is er ook geen toeslag voor.",
)


@lru_cache(maxsize=256)
def _no_right(scheme: Scheme, rule: str, article: str) -> Reason:
    return reason(
        "allowance.none",
        "By what is known there is no right to {name}.",
        "Met wat bekend is, is er geen recht op {name}.",
        rule=rule,
        article=article,
        name=scheme.name,
    )


def _unknown(look: Look, *, elsewhere: bool) -> Reason:
    due, received = look.due, look.received.monthly
    name = look.scheme.name
    if look.together:
        return reason(
            "allowance.kind_not_shown",
            "{sum} a month arrives without saying for which allowance; it may be the {name}.",
            "Er komt {sum} per maand binnen, maar er staat niet bij voor welke toeslag. Het kan {name} zijn.",
            transactions=_keys(look),
            sum=look.joint,
            name=name,
        )
    if isinstance(due, Unknown):
        return _right_not_known(look, due)
    if isinstance(received, Unknown):
        return reason(
            "allowance.not_seen",
            "Up to {most} a month of {name} may be due. What arrives cannot be told. {because}",
            "Misschien is er recht op {name}: hoogstens {most} per maand. Wat er binnenkomt, is in deze "
            "gegevens niet te zien.",
            most=due.high,
            name=name,
            because=received.because,
        )
    if due.high == ZERO == received:
        return _begins_later(look)
    if received > due.high:
        return reason(
            "allowance.more_than_known",
            "{received} a month of {name} arrives, more than fits what is known of the children.",
            "Er komt {received} per maand aan {name} binnen. Dat is meer dan past bij wat bekend is over de "
            "kinderen.",
            transactions=_keys(look),
            received=received,
            name=name,
        )
    if received > ZERO:
        return reason(
            "allowance.right_too_wide",
            "{received} a month of {name} arrives. What is due cannot be told yet: at most {most}.",
            "Er komt {received} per maand aan {name} binnen. Hoeveel recht er is, is nog niet te zeggen: "
            "hoogstens {most}.",
            **_law(look),
            transactions=_keys(look),
            received=received,
            name=name,
            most=due.high,
        )
    if elsewhere and due.low > ZERO:
        return reason(
            "allowance.perhaps_to_partner",
            "There may be a right to {name}: {span} a month. Nothing arrives here; it may arrive on an "
            "account of the partner.",
            "Misschien is er recht op {name}: {span} per maand. Hier komt niets binnen. Het kan zijn dat het "
            "op een rekening van de partner komt.",
            **_law(look),
            name=name,
            span=_span(look),
        )
    return reason(
        "allowance.possible",
        "There may be a right to {name}, at most {most} a month. Nothing arrives. Ask first.",
        "Misschien is er recht op {name}: hoogstens {most} per maand. Er komt niets binnen. Stel eerst de "
        "vragen.",
        **_law(look),
        name=name,
        most=due.high,
    )


def _begins_later(look: Look) -> Reason:
    """Say that the right begins now, so that its first payment is still to come."""
    return reason(
        "allowance.first_payment_later",
        "There is probably a right to {name} from this quarter: {span} a month. The first payment comes "
        "after the quarter. Ask whether it was applied for.",
        "Er is vanaf dit kwartaal waarschijnlijk recht op {name}: {span} per maand. De eerste betaling komt "
        "na het kwartaal. Vraag of het is aangevraagd.",
        **_law(look),
        name=look.scheme.name,
        span=("", "") if isinstance(look.entitled, Unknown) else look.entitled,
    )


def _right_not_known(look: Look, due: Unknown) -> Reason:
    arrives = isinstance(look.received.monthly, Money) and look.received.monthly > ZERO
    return reason(
        "allowance.right_not_known",
        "{received} a month of {name} arrives. What is due cannot be told: {because}."
        if arrives
        else "Whether there is a right to {name} cannot be told: {because}.",
        "Er komt {received} per maand aan {name} binnen. Hoeveel recht er is, is niet te zeggen."
        if arrives
        else "Of er recht is op {name}, is nog niet te zeggen. Er ontbreken gegevens.",
        **_law(look),
        transactions=_keys(look),
        received=_arrives(look),
        name=look.scheme.name,
        because=due.because,
    )


def _payments(facts: Facts, look: Look) -> Iterator[Reason]:
    received, name = look.received, look.scheme.name
    if received.lump is not None:
        yield reason(
            "allowance.once_a_year",
            "It came in one payment of {sum} on {day}, which is spread over twelve months here.",
            "Het kwam in één betaling van {sum} op {day}. Dat is hier verdeeld over twaalf maanden.",
            transactions=(received.lump.tx,),
            sum=Money(received.lump.cents),
            day=day_of(received.lump.day),
        )
    elif received.last is not None and received.monthly == ZERO:
        yield reason(
            "allowance.stopped",
            "The {name} last came on {day}: {sum}.",
            "De laatste betaling van {name} kwam op {day}: {sum}.",
            transactions=(received.last.tx,),
            name=name,
            day=day_of(received.last.day),
            sum=Money(received.last.cents),
        )
    if received.earlier is not None:
        yield reason(
            "allowance.of_earlier_year",
            "{sum} of {name} came on {day} for a year that is over. It does not count for this year.",
            "Op {day} kwam {sum} aan {name} voor een jaar dat voorbij is. Dat telt niet mee voor dit jaar.",
            transactions=(received.earlier.tx,),
            sum=Money(received.earlier.cents),
            name=name,
            day=day_of(received.earlier.day),
        )
    if received.begun:
        yield reason(
            "allowance.just_begun",
            "The {name} has only just begun to come.",
            "Het geld van {name} komt nog maar kort binnen.",
            name=name,
        )
    if look.scheme is CHILD_BENEFIT and look.entitled != look.due and received.rows:
        yield reason(
            "allowance.next_quarter_differs",
            "What arrives is for the quarter before; this quarter's right is paid after it ends.",
            "Wat binnenkomt, is voor het vorige kwartaal. Het bedrag van dit kwartaal komt na het kwartaal.",
        )
    if look.scheme.back and look.scheme.back in facts.spans:
        rows = [row for row in facts.of(look.scheme.back) if facts.seen_to - row.day <= _YEAR_DAYS]
        if rows:
            yield reason(
                "allowance.paid_back",
                "{sum} of {name} was paid back in the last year. A debt may also be set off against what "
                "arrives.",
                "In het laatste jaar is {sum} aan {name} terugbetaald. Een schuld kan ook worden verrekend "
                "met wat binnenkomt.",
                transactions=[row.tx for row in rows],
                sum=Money(-sum(row.cents for row in rows)),
                name=name,
            )
    if look.scheme is CHILDCARE and look.possible and (paid := childcare_paid(facts)).cents:
        yield reason(
            "allowance.childcare_paid",
            "{sum} a month is paid for childcare.",
            "Er wordt {sum} per maand betaald voor kinderopvang.",
            transactions=facts.keys(CARE_COSTS)[-3:],
            sum=paid,
        )


def _span(look: Look) -> Fact:
    return ("", "") if isinstance(look.due, Unknown) else look.due


def _arrives(look: Look) -> Money:
    """What arrives; the whole payment where it is for several."""
    received = look.received.monthly
    return look.joint if isinstance(received, Unknown) else received
