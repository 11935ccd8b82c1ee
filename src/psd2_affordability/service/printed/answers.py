"""The blocks that stand beside the answers: all of them in one table, signs of new debt, allowances."""

from collections.abc import Iterator, Sequence

from psd2_affordability.assess.results import Allowance, AllowanceVerdict, Turn
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.core.reasons import Reason
from psd2_affordability.service.printed.blocks import Block, Heading, Note
from psd2_affordability.service.printed.desk import Column, Desk
from psd2_affordability.service.printed.plan_blocks import room_in_words
from psd2_affordability.service.wording import without_signals

#: Verdicts on allowances, what is worth most to the person first.
_WEIGHTIEST: tuple[AllowanceVerdict, ...] = (
    "unclaimed",
    "too_low",
    "too_high",
    "unknown",
    "in_line",
    "none",
)


def all_answers(desk: Desk) -> Iterator[Block]:
    """Show every answer in one table, for who sees them all."""
    say, found = desk.say, desk.found
    rows = []
    if found.room is not None:
        rows.append(("room", room_in_words(desk, found.room), desk.around(found.room.monthly)))
    if found.allowances:
        rows.append(("allowances", *_allowances_in_short(desk, found.allowances)))
    if found.seizure is not None:
        net = found.seizure.net
        rows.append(("seizure", say.fixed(f"seizure.{found.seizure.verdict}"), say.amount(net)))
    if found.credit_check is not None:
        rows.append(("credit_check", say.fixed(f"credit.{found.credit_check.outcome}"), ""))
    if rows:
        columns = (
            Column("answers.question"),
            Column("answers.answer", 1),
            Column("answers.figure", right=True),
        )
        named = ((say.fixed(f"heading.{part}"), answer, figure) for part, answer, figure in rows)
        yield desk.sheet(say("answers"), columns, named)


def _allowances_in_short(desk: Desk, found: Sequence[Allowance]) -> tuple[str, str]:
    """Say how the allowances stand, of the weightiest verdict which, and what is missing a month."""
    say = desk.say
    verdict = next(each for each in _WEIGHTIEST if any(one.verdict == each for one in found))
    answer = say.fixed(f"allowance.{verdict}")
    if verdict != "none":
        which = ", ".join(one.code.replace("_", " ") for one in found if one.verdict == verdict)
        answer = say("answers.allowances", verdict=answer, which=which)
    gaps = [
        one.gap
        for one in found
        if one.verdict in {"unclaimed", "too_low"} and not isinstance(one.gap, Unknown)
    ]
    if not gaps:
        return answer, ""
    return answer, say.span(Money.total(gap.low for gap in gaps), Money.total(gap.high for gap in gaps))


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
    columns = (
        Column("", right=True),
        Column("signals.since"),
        Column("signals.level"),
        Column("signals.says", 1),
    )
    rows = (
        (str(point.number), say.short_day(each.first_on), say.fixed(f"signal.{each.level}"), point.says)
        for each, point in zip(found.signals, numbers, strict=False)
    )
    yield desk.sheet("", columns, rows, dense=True)


def turns(desk: Desk, found: Sequence[Turn]) -> Iterator[Block]:
    """Say which single change would turn an answer, the smallest first, and which would only together."""
    alone = desk.points(each.says for each in found if each.alone)
    together = desk.points(each.says for each in found if not each.alone)
    if alone is not None or together is not None:
        yield Heading(desk.say("turns"))
    if alone is not None:
        yield alone
    if together is not None:
        yield Note(desk.say("turns.together"))
        yield together


def allowances(desk: Desk) -> Iterator[Block]:
    """Show the allowances that may be due, against what arrives, and where to apply."""
    say, found = desk.say, desk.found.allowances or ()
    shown = [each for each in found if each.verdict != "none"]
    if not shown:
        return
    yield Heading(say.fixed("heading.allowances"))
    amounts = ("allowance.due", "allowance.arrives", "allowance.gap")
    columns = (
        Column("allowance", 1),
        Column("allowance.verdict", 1),
        *(Column(name, right=True) for name in amounts),
    )
    rows = (
        (
            each.code.replace("_", " "),
            say.fixed(f"allowance.{each.verdict}"),
            *map(say.amount, (each.entitled, each.received, each.gap)),
        )
        for each in shown
    )
    yield desk.sheet("", columns, rows)
    telling = (each for each in shown if each.verdict != "in_line" or desk.seen.use.rows)
    points = desk.points(reason for each in telling for reason in each.reasons)
    if points is not None:
        yield points
    sites = dict.fromkeys(each.apply_at.removeprefix("https://") for each in shown)
    yield Note(say("allowance.apply", sites=", ".join(sites)))


def allowance_questions(found: tuple[Allowance, ...] | None) -> Iterator[Reason]:
    """Yield what to ask about the allowances, the most euros first."""
    for each in found or ():
        if each.verdict != "none":
            yield from (question.says for question in each.questions)


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
