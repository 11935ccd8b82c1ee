"""How to approach somebody who owes money: from what they can afford, never from who they are.

It reads the room, its advice, the levels of signs of new debt and the verdicts on allowances. No name,
text, age, sex, place, household or way of paying in the past is an input.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from psd2_affordability.assess.debt_scheme import ASK
from psd2_affordability.assess.floor_says import ASK_WHOLE_INCOME
from psd2_affordability.assess.results import Allowance, Collectability, Profile, ProfileAction, Room, Signal
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.wording import counted, reason
from psd2_affordability.core.answer import Range, Unknown
from psd2_affordability.core.dates import add_months
from psd2_affordability.core.money import ZERO
from psd2_affordability.core.reasons import Reason

_TALK = 2
_ASK = Unknown(
    "profile.ask_first",
    "The data show too little to say what can be paid.",
    "What comes in and goes out, and who else is paid?",
)
#: The question that decides, by why nothing can be said before it is answered; the first where none is named.
_DECIDED_BY = {
    "room.household_decides": "",
    "room.partner_unseen": "ask.partner_income",
    "room.perhaps_in_scheme": ASK.code,
    "room.whole_income_decides": ASK_WHOLE_INCOME.code,
}
#: These hold their question in their words, as there may be more questions like it.
_DECIDED_IN_WORDS = {"room.cost_decides", "room.guess_decides"}
_IN_SCHEME = {"room.in_scheme", "room.money_managed"}


def profile_of(room: Room, signals: Sequence[Signal], allowances: Sequence[Allowance], on: date) -> Profile:
    """Suggest what to ask and how, from affordability alone.

    Args:
        room: what can be repaid.
        signals: signs of new debt, where the purpose lets them be seen.
        allowances: what may be unclaimed, where the purpose lets it be seen.
        on: the day asked.
    """
    talk = [one for one in signals if one.level >= _TALK]
    unclaimed = [one for one in allowances if one.verdict in {"unclaimed", "too_low"}]
    collectability, action = _asked(room, unclaimed)
    plain = action == "offer_plan" and not talk
    reasons = (_ground(room, collectability, action), *_signs(signals, talk), *_allowances(unclaimed))
    waits = action in {"wait_and_look_again", "claim_allowances_first"}
    return Profile(
        collectability=collectability,
        action=action,
        tone="inquiring" if action == "ask_first" else "plain" if plain else "supportive",
        call_first=bool(talk) or collectability == "not_collectable_now",
        reasons=reasons,
        look_again_on=_look_again(on) if waits else None,
    )


def _asked(room: Room, unclaimed: Sequence[Allowance]) -> tuple[Collectability | Unknown, ProfileAction]:
    month = room.monthly
    if room.advice == "refer_to_debt_help":
        return "not_collectable_now", "refer_to_debt_help"
    if isinstance(month, Unknown):
        return month, "ask_first"
    if room.advice == "ask_first":
        return _what_decides(room), "ask_first"
    if room.advice == "plan":
        small = month.mid.cents < NORMS.small_effort_ct
        if not _is_sure(room):
            return "small_effort" if small else "plan", "ask_first"
        return ("small_effort", "agree_small_amount") if small else ("plan", "offer_plan")
    return "not_collectable_now", "claim_allowances_first" if unclaimed else "wait_and_look_again"


def _what_decides(room: Room) -> Unknown:
    """Say which question decides; one about a cost or payer keeps its code: not every reader may know it."""
    why = room.reasons[0]
    if why.code in _DECIDED_IN_WORDS:
        asked = next((one for one in room.questions if one.says in why.says), None)
        return _ASK if asked is None else replace(_ASK, code=asked.code, ask=asked.says)
    ask = _DECIDED_BY.get(why.code)
    asked = next((one for one in room.questions if ask in (one.code, "")), None)
    return _ASK if asked is None else replace(_ASK, ask=asked.says)


def _is_sure(room: Room) -> bool:
    """Whether nine in ten futures bear the first way to repay: the surest stands first."""
    return bool(room.options) and room.options[0].kind == "sure"


@lru_cache(maxsize=64)
def _look_again(on: date) -> date:
    return add_months(on, NORMS.look_again_months)


_ASK_FIRST = reason(
    "profile.ask_first",
    "What this person can pay is not known yet. Ask before you propose anything.",
    "Het is nog niet bekend wat deze persoon kan betalen. Vraag dat eerst.",
)
_NOTHING_LEFT = reason(
    "profile.no_room",
    "In a usual month nothing is left to pay with. Asking for money now only makes other bills late.",
    "In een gewone maand blijft er niets over om mee te betalen. Nu om geld vragen zorgt voor "
    "achterstand bij andere rekeningen.",
)


def _no_room(month: Range) -> Reason:
    if month.mid <= ZERO:
        return _NOTHING_LEFT
    return reason(
        "profile.no_room",
        "In a usual month too little is left to pay with: {mid}. Asking for money now only makes other "
        "bills late.",
        "In een gewone maand blijft er te weinig over om mee te betalen: {mid}. Nu om geld vragen zorgt voor "
        "achterstand bij andere rekeningen.",
        mid=month.mid,
    )


def _ground(room: Room, collectability: Collectability | Unknown, action: ProfileAction) -> Reason:
    month = room.monthly
    if action == "refer_to_debt_help" and room.reasons[0].code in _IN_SCHEME:
        return reason(
            "profile.in_scheme",
            "A debt scheme runs, or somebody manages the money. Ask for no money beside it: agree with who "
            "runs the scheme or manages the money.",
            "Er loopt een schuldregeling, of iemand beheert het geld. Vraag daarnaast geen geld. Maak "
            "afspraken met wie de regeling uitvoert of het geld beheert.",
            transactions=room.reasons[0].transactions,
        )
    if action == "refer_to_debt_help":
        return reason(
            "profile.debt_help",
            "One creditor alone cannot solve this. Debt help can make one arrangement for all debts.",
            "Eén schuldeiser kan dit niet alleen oplossen. Schuldhulp kan alle schulden samen regelen.",
            transactions=room.reasons[0].transactions if room.reasons else (),
        )
    if isinstance(collectability, Unknown) or not isinstance(month, Range):
        return _ASK_FIRST
    if collectability == "not_collectable_now":
        return _no_room(month)
    if action == "ask_first":
        return _not_sure(month, small=collectability == "small_effort")
    if collectability == "small_effort":
        return reason(
            "profile.small_room",
            "In a usual month {mid} is left. A small amount fits, a large one does not.",
            "In een gewone maand blijft er {mid} over. Een klein bedrag past, een groot bedrag niet.",
            mid=month.mid,
        )
    return reason(
        "profile.room",
        "In a usual month {mid} is left above what the law protects, so a plan fits.",
        "In een gewone maand blijft er {mid} over boven wat de wet beschermt. Een regeling past dus.",
        mid=month.mid,
    )


def _not_sure(month: Range, *, small: bool) -> Reason:
    """Say that there is room, but that as money is spent now no plan is sure."""
    return reason(
        "profile.room_not_sure",
        "In a usual month {mid} is left above what the law protects. {what} may fit, but none is sure. Ask "
        "first what can change.",
        "In een gewone maand blijft er {mid} over boven wat de wet beschermt. Misschien past {what}, maar "
        "zeker is het niet. Vraag eerst wat er kan veranderen.",
        mid=month.mid,
        what=("A small amount", "een klein bedrag") if small else ("A plan", "een regeling"),
    )


def _signs(signals: Sequence[Signal], talk: Sequence[Signal]) -> Iterator[Reason]:
    """Say how many signs there are when some ask for a talk, and how many of them do."""
    if talk:
        yield reason(
            "profile.signs",
            "{signs} of new debt{of_them}. Call first, ask what is going on, and do not blame.",
            "{signs} van nieuwe schuld{of_them}. Bel eerst, vraag wat er speelt en verwijt niets.",
            signs=counted(
                len(signals),
                ("There is 1 sign", "Er is 1 teken"),
                ("There are {count} signs", "Er zijn {count} tekenen"),
            ),
            of_them=("", "")
            if len(talk) == len(signals)
            else counted(
                len(talk),
                ("; 1 of them asks for a talk", ". Eén daarvan vraagt om een gesprek"),
                ("; {count} of them ask for a talk", ". Daarvan vragen er {count} om een gesprek"),
            ),
            transactions=tuple(dict.fromkeys(key for one in talk for key in one.transactions)),
        )


def _allowances(unclaimed: Sequence[Allowance]) -> Iterator[Reason]:
    if unclaimed:
        yield reason(
            "profile.allowances",
            "There may be a right to more: {names}. Help to claim that first.",
            "Misschien is er recht op meer: {names}. Help om dat eerst aan te vragen.",
            names=", ".join(one.code.replace("_", " ") for one in unclaimed),
        )
