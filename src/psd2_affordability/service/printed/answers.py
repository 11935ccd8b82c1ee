"""The blocks of each answer: room for a plan, a seizure, a credit check, signs of new debt."""

from collections.abc import Iterator

from psd2_affordability.assess.results import CreditCheck, Room, Seizure
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.service.printed.blocks import Block, Key, Keys, Note, Scale, Sheet, Tone, Verdict
from psd2_affordability.service.printed.charts import balance_scale
from psd2_affordability.service.printed.desk import Desk
from psd2_affordability.service.wording import without_signals

_TONES: dict[str, Tone] = {
    "plan": "good",
    "no_room": "careful",
    "refer_to_debt_help": "careful",
    "ask_first": "careful",
    "no_yield": "bad",
    "costs_exceed": "bad",
    "yields": "careful",
    "unknown": "careful",
    "within_norms": "good",
    "refer_to_person": "careful",
}


def room_verdict(desk: Desk, room: Room) -> Verdict:
    """Say whether a plan fits, and between which amounts."""
    say = desk.say
    month = room.monthly
    beside = (
        say("unknown")
        if isinstance(month, Unknown)
        else say("a_month", amount=say.span(month.low, month.high))
    )
    return Verdict(say.fixed(f"room.{room.advice}"), _TONES[room.advice], beside, desk.because(month))


def room_keys(desk: Desk, room: Room) -> Keys:
    """Show the room in a lean, usual and good month, and what the law protects."""
    say, month = desk.say, room.monthly
    if isinstance(month, Unknown):
        keys = [Key(say("room.usual"), say("unknown"))]
    else:
        sizes = (("room.lean", month.low), ("room.usual", month.mid), ("room.good", month.high))
        keys = [Key(say(name), say.money(size), say("room.note")) for name, size in sizes]
    floor = Key(say("room.floor"), say.amount(room.floor.value), say("flow.month"))
    return Keys((*keys, floor))


def room_options(desk: Desk, room: Room) -> Block:
    """Show the ways to repay, or that there is none."""
    say = desk.say
    if not room.options:
        return Note(say("room.no_options"))
    heads = ("option.amount", "option.months", "option.first", "option.day", "option.chance")
    return Sheet(
        caption=say("room.options"),
        head=tuple(map(say, heads)),
        rows=tuple(
            (
                say.money(option.amount),
                say("option.months.unknown") if option.months is None else str(option.months),
                say.day(option.first_on),
                str(option.day_of_month),
                say.percent(option.chance_holds),
            )
            for option in room.options
        ),
        right=(False, True, True, True, True),
        widths=(1, 1, 1, 1, 1),
    )


def seizure_verdict(desk: Desk, seizure: Seizure) -> Verdict:
    """Say whether a seizure would yield anything, and what is cheaper."""
    say = desk.say
    route = say.fixed(f"route.{seizure.cheaper_route}") if seizure.cheaper_route else ""
    return Verdict(
        say.fixed(f"seizure.{seizure.verdict}"), _TONES[seizure.verdict], route, desk.because(seizure.net)
    )


def seizure_keys(desk: Desk, seizure: Seizure) -> Keys:
    """Show what the law protects, the balance to expect, the costs and what is left."""
    say, balance = desk.say, seizure.expected_balance
    usual = say("unknown") if isinstance(balance, Unknown) else say.money(balance.p50)
    return Keys(
        (
            Key(say("seizure.protected"), say.amount(seizure.protected.value), say("seizure.protected.note")),
            Key(say("seizure.balance"), usual, say("seizure.balance.note")),
            Key(say("seizure.costs"), say.amount(seizure.costs.value), say("seizure.costs.note")),
            Key(say("seizure.net"), say.amount(seizure.net)),
        )
    )


def seizure_scale(desk: Desk, seizure: Seizure) -> Scale | None:
    """Draw the balance against what is protected, over all days together: no day is named."""
    balance, protected, costs = seizure.expected_balance, seizure.protected.value, seizure.costs.value
    if isinstance(balance, Unknown) or not isinstance(protected, Interval):
        return None
    worth = protected.high + costs.high if isinstance(costs, Interval) else None
    return balance_scale((balance.p10, balance.p50, balance.p90), protected, worth, desk.say)


def credit_verdict(desk: Desk, check: CreditCheck) -> Verdict:
    """Say whether all is within norms or a person should look."""
    say = desk.say
    outcome = check.outcome
    return Verdict(say.fixed(f"credit.{outcome}"), _TONES[outcome], more=(say("credit.advice"),))


def credit_indicators(desk: Desk, check: CreditCheck) -> Sheet:
    """Show everything that was looked at."""
    say = desk.say
    return Sheet(
        caption=say("credit.indicators"),
        head=(say("credit.level"), say("credit.says")),
        rows=tuple((say.fixed(f"level.{each.level}"), say.reason(each.says)) for each in check.indicators),
        right=(False, False),
        widths=(0, 1),
    )


def all_answers(desk: Desk) -> Iterator[Block]:
    """Show every answer in one table, for who sees them all."""
    say, found = desk.say, desk.found
    rows = []
    if found.room is not None:
        rows.append(("room", f"room.{found.room.advice}", desk.around(found.room.monthly)))
    if found.seizure is not None:
        net = found.seizure.net
        rows.append(("seizure", f"seizure.{found.seizure.verdict}", say.amount(net)))
    if found.credit_check is not None:
        rows.append(("credit_check", f"credit.{found.credit_check.outcome}", ""))
    if rows:
        yield Sheet(
            caption=say("answers"),
            head=(say("answers.question"), say("answers.answer"), say("answers.figure")),
            rows=tuple(
                (say.fixed(f"heading.{part}"), say.fixed(answer), figure) for part, answer, figure in rows
            ),
            right=(False, False, True),
            widths=(0, 1, 0),
        )


def signals(desk: Desk) -> Iterator[Block]:
    """Show the signs of new debt, and number what they rest on."""
    say, found = desk.say, desk.found
    if found.signals is None:
        return
    if not found.signals:
        yield Note(say.fixed(f"signals.{without_signals(found.data_quality)}") + ".")
        return
    points = desk.points(each.why for each in found.signals)
    numbers = iter(points.items if points else ())
    yield Sheet(
        caption="",
        head=("", say("signals.since"), say("signals.level"), say("signals.says")),
        rows=tuple(
            (str(point.number), say.short_day(each.first_on), say.fixed(f"signal.{each.level}"), point.says)
            for each, point in zip(found.signals, numbers, strict=False)
        ),
        right=(True, False, False, False),
        widths=(0, 0, 0, 1),
    )


def is_thin(desk: Desk) -> bool:
    """Tell whether the data give no answer at all."""
    found = desk.found
    room, seizure = found.room, found.seizure
    known = [
        room is not None and not isinstance(room.monthly, Unknown),
        seizure is not None and seizure.verdict != "unknown",
        found.income is not None and not isinstance(found.income.monthly, Unknown),
    ]
    return not any(known)
