"""The blocks of the room for a plan: what fits, the ways to repay, and the months ahead with a plan."""

from collections.abc import Iterator

from psd2_affordability.assess.results import PlanOption, Profile, Room
from psd2_affordability.core.answer import Unknown
from psd2_affordability.service.printed.blocks import (
    Band,
    Block,
    Heading,
    Key,
    Keys,
    Note,
    Sheet,
    Tone,
    Verdict,
)
from psd2_affordability.service.printed.charts import course_band
from psd2_affordability.service.printed.desk import Column, Desk
from psd2_affordability.service.wording import advised

_TONES: dict[str, Tone] = {
    "plan": "good",
    "plan_not_sure": "careful",
    "no_room": "careful",
    "refer_to_debt_help": "careful",
    "ask_first": "careful",
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
    return Verdict(room_in_words(desk, room), _TONES[advised(room)], beside, desk.because(month))


def room_in_words(desk: Desk, room: Room) -> str:
    """Say what is advised about the room, to the person as to who reads of themselves."""
    said = advised(room)
    mine = desk.seen.use.rows and said == "ask_first"
    return desk.say("room.person.ask_first") if mine else desk.say.fixed(f"room.{said}")


def room_keys(desk: Desk, room: Room) -> Keys:
    """Show the room in a lean, usual and good month, and what the law protects."""
    say, month = desk.say, room.monthly
    if isinstance(month, Unknown):
        keys = [Key(say("room.usual"), say("unknown"))]
    else:
        sizes = (("room.lean", month.low), ("room.usual", month.mid), ("room.good", month.high))
        keys = [Key(say(name), say.money(size), say("room.note")) for name, size in sizes]
    floors = {"room.floor": room.floor, "room.plan_floor": room.plan_floor}
    kept = [
        Key(say(name), say.amount(floor.value), say("flow.month")) for name, floor in floors.items() if floor
    ]
    return Keys((*keys, *kept))


def floors_by_law(desk: Desk, room: Room) -> Iterator[Sheet]:
    """Show step by step what the law protects, and what a plan must leave."""
    floors = {"law.floor": room.floor, "law.plan_floor": room.plan_floor}
    for caption, floor in floors.items():
        sheet = None if floor is None else desk.law(caption, floor)
        if sheet is not None:
            yield sheet


def room_options(desk: Desk, room: Room) -> Iterator[Block]:
    """Show the ways to repay, or that there is none; below them what somebody proposed."""
    say = desk.say
    if room.options:
        yield _options(desk, "room.options", room.options)
    else:
        yield Note(say("room.no_options"))
    proposal = room.proposal
    if proposal is not None:
        yield _options(desk, "room.proposal", (proposal.option,))
        yield Note(say.fixed(f"proposal.{proposal.word}") + ".")
        points = desk.points(proposal.reasons)
        if points is not None:
            yield points


def _options(desk: Desk, caption: str, options: tuple[PlanOption, ...]) -> Sheet:
    """Show plans; what could be saved, and the lowest balance, are for who sees the whole picture."""
    say, named = desk.say, desk.seen.use.named
    heads = ["option.kind", "option.amount", "option.months", "option.first", "option.day", "option.chance"]
    heads += ["option.careful", "option.lowest"] if named else []
    rows = []
    for option in options:
        cells = [
            say(f"option.kind.{option.kind}"),
            say.money(option.amount),
            say("option.months.unknown") if option.months is None else str(option.months),
            say.short_day(option.first_on),
            str(option.day_of_month),
            say.percent(option.chance_holds),
        ]
        cells += [say.percent(option.chance_if_careful), say.amount(option.lowest_balance)] if named else []
        rows.append(tuple(cells))
    columns = [Column(name, 1, right=name != "option.kind") for name in heads]
    return desk.sheet(say(caption), columns, rows)


def months_ahead(desk: Desk, room: Room) -> Band | None:
    """Draw the lowest balance of each coming month with the first plan in it."""
    if not room.ahead or not room.options:
        return None
    return course_band(room.ahead, room.options[0], desk.say)


def approach(desk: Desk, profile: Profile | None) -> Iterator[Block]:
    """Say how a collector can best approach the person."""
    say = desk.say
    if profile is None:
        return
    said = [say.fixed(f"profile.{profile.action}"), say.fixed(f"tone.{profile.tone}")]
    said += [say.fixed("profile.call_first")] if profile.call_first else []
    if profile.look_again_on is not None:
        said.append(say("profile.look_again", day=say.day(profile.look_again_on)))
    yield Heading(say.fixed("heading.profile"))
    yield Note(". ".join(said) + ".")
    points = desk.points(profile.reasons)
    if points is not None:
        yield points
