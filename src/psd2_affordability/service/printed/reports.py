"""The reports, one function each: which blocks stand in it, in which order."""

from collections.abc import Callable, Iterator, Mapping

from psd2_affordability.assess.results import CreditCheck, Room, Seizure
from psd2_affordability.service.printed import (
    answers,
    closing,
    credit_blocks,
    money_flows,
    plan_blocks,
    seizure_blocks,
)
from psd2_affordability.service.printed.blocks import About, Block, Break, Heading, Note, Report
from psd2_affordability.service.printed.desk import Column, Desk
from psd2_affordability.service.printed.printable import fitted
from psd2_affordability.service.receipts import receipt_number

_PAYEE = 44


def laid_out(desk: Desk, *, reference: str = "") -> Report:
    """Put a report together.

    Args:
        desk: what its use may see, and the language.
        reference: what the receiver calls the case; may be empty.
    """
    say, found, code = desk.say, desk.found, desk.seen.use.code
    title, receipt = say(f"title.{code}"), receipt_number(found.receipt)
    about = [About(say("about.on"), say.day(found.on))]
    if reference:
        about.append(About(say("about.reference"), fitted(reference, 40)))
    about.append(About(say("about.receipt"), receipt))
    return Report(
        language=say.language,
        product=say("product"),
        title=title,
        subtitle=say(f"for.{code}"),
        made_for=(found.on.year, found.on.month, found.on.day),
        about=tuple(about),
        foot=say("foot", title=title, day=say.day(found.on), receipt=receipt),
        page_word=say("page"),
        blocks=tuple(_BLOCKS[code](desk)),
    )


def _plan(desk: Desk) -> Iterator[Block]:
    room, thin = desk.found.room, answers.is_thin(desk)
    if room is None:
        return
    yield plan_blocks.room_verdict(desk, room)
    if thin:
        yield Note(desk.say("thin"))
    else:
        yield plan_blocks.room_keys(desk, room)
    yield from _why(desk, room)
    if not thin:
        yield from plan_blocks.room_options(desk, room)
        yield from _there(plan_blocks.months_ahead(desk, room))
        yield from answers.turns(desk, room.turns)
        yield from money_flows.flow_charts(desk)
        yield from money_flows.flow_keys(desk)
        yield from plan_blocks.approach(desk, desk.found.profile)
    yield from plan_blocks.floors_by_law(desk, room)
    yield from _end(desk, thin=thin)


def _seizure(desk: Desk) -> Iterator[Block]:
    seizure, thin = desk.found.seizure, answers.is_thin(desk)
    if seizure is None:
        return
    yield seizure_blocks.seizure_verdict(desk, seizure)
    yield seizure_blocks.seizure_keys(desk, seizure)
    yield from _why(desk, seizure)
    yield from _there(seizure_blocks.seizure_scale(desk, seizure))
    yield Note(desk.say("seizure.advice"))
    yield from _there(
        desk.law("law.protected", seizure.protected),
        desk.law("law.costs", seizure.costs),
    )
    yield from _end(desk, thin=thin)


def _credit_check(desk: Desk) -> Iterator[Block]:
    check, thin = desk.found.credit_check, answers.is_thin(desk)
    if check is None:
        return
    yield credit_blocks.credit_verdict(desk, check)
    if thin:
        yield Note(desk.say("thin"))
    else:
        yield from money_flows.flow_keys(desk)
    yield from credit_blocks.obligation(desk, check)
    yield from _why(desk, check)
    yield from money_flows.flow_charts(desk)
    yield credit_blocks.credit_indicators(desk, check)
    yield from answers.turns(desk, check.turns)
    yield from credit_blocks.law(desk, check)
    yield from _end(desk, thin=thin)


def _whole(desk: Desk) -> Iterator[Block]:
    """Show every answer and every figure, for the counsellor and the person."""
    found, thin, say = desk.found, answers.is_thin(desk), desk.say
    if found.room is not None:
        yield plan_blocks.room_verdict(desk, found.room)
    if thin:
        yield Note(say("thin"))
    else:
        yield from money_flows.flow_keys(desk)
        yield from money_flows.flow_charts(desk)
    yield from answers.all_answers(desk)
    if found.room is not None:
        yield from _why(desk, found.room)
        if found.room.options:
            yield from plan_blocks.room_options(desk, found.room)
            yield from _there(plan_blocks.months_ahead(desk, found.room))
    yield from answers.allowances(desk)
    for answer in (found.seizure, found.credit_check):
        if answer is not None:
            yield from _why(desk, answer)
    yield from answers.turns(desk, found.room.turns if found.room is not None else ())
    if found.signals is not None:
        yield Heading(say("signals"))
        yield from answers.signals(desk)


def _debt_help(desk: Desk) -> Iterator[Block]:
    thin = answers.is_thin(desk)
    yield from _whole(desk)
    sheets = list(_sheets(desk))
    if sheets:
        yield Heading(desk.say("sheets"))
        yield from sheets
    yield from _end(desk, thin=thin)


def _sheets(desk: Desk) -> Iterator[Block]:
    """Yield who pays, who is paid, and the accounts that this goes over."""
    found = desk.found
    if found.income is not None:
        yield from _there(money_flows.streams(desk, "flow.streams.income", found.income.streams))
    if found.expenses is not None:
        yield from _there(
            money_flows.streams(desk, "flow.streams.costs", found.expenses.streams),
            money_flows.creditors(desk, found.expenses.creditors),
        )
    yield from closing.accounts(desk)


def _person(desk: Desk) -> Iterator[Block]:
    yield from _whole(desk)
    yield from closing.rights(desk)
    yield from _end(desk, thin=answers.is_thin(desk))
    yield Break()
    yield from _every_figure(desk)
    yield from _annex(desk)


def _every_figure(desk: Desk) -> Iterator[Block]:
    """Yield every figure with what it is made of."""
    found, say = desk.found, desk.say
    yield Heading(say("figures"))
    income, expenses = found.income, found.expenses
    if income is not None and expenses is not None:
        yield money_flows.flow_figures(desk, income, expenses)
    if income is not None:
        yield from _there(
            desk.points(income.reasons),
            money_flows.streams(desk, "flow.streams.income", income.streams),
            money_flows.months_ahead(desk, income),
        )
    if expenses is not None:
        yield from _there(
            desk.points(expenses.reasons),
            money_flows.not_paid(desk, expenses.not_paid),
            money_flows.creditors(desk, expenses.creditors),
            money_flows.streams(desk, "flow.streams.costs", expenses.streams),
        )
    yield from money_flows.kinds(desk)
    if found.room is not None:
        yield from plan_blocks.floors_by_law(desk, found.room)
    if found.seizure is not None:
        yield seizure_blocks.seizure_keys(desk, found.seizure)
        yield from _there(
            seizure_blocks.seizure_scale(desk, found.seizure),
            seizure_blocks.balance_ahead(desk, found.seizure),
            desk.law("law.protected", found.seizure.protected),
            desk.law("law.costs", found.seizure.costs),
        )
    if found.credit_check is not None:
        yield credit_blocks.credit_indicators(desk, found.credit_check)
        yield from answers.turns(desk, found.credit_check.turns)
    for each in found.allowances or ():
        yield from _there(desk.law("law.allowance", each.law, what=each.code.replace("_", " ").capitalize()))
    yield from plan_blocks.approach(desk, found.profile)
    yield from closing.accounts(desk)


def _annex(desk: Desk) -> Iterator[Block]:
    """Yield every transaction, with its kind and the reasons that rest on it."""
    say, rows = desk.say, desk.seen.rows
    if not rows:
        return
    yield Heading(say("annex"))
    yield Note(say("annex.says"))
    columns = (
        Column("annex.date"),
        Column("flow.who", 1),
        Column("flow.kind", 1),
        Column("law.amount", right=True),
        Column("annex.reason", right=True),
    )
    cells = (
        (
            say.short_day(row.on),
            fitted(row.who, _PAYEE),
            say.category(row.category),
            say.money(row.amount),
            ", ".join(map(str, desk.resting.get(row.tx, ()))),
        )
        for row in rows
    )
    yield desk.sheet("", columns, cells, dense=True)


def _why(desk: Desk, answer: Room | Seizure | CreditCheck) -> Iterator[Block]:
    """Yield the reasons of an answer, under the name of the answer where several stand in one report."""
    points = desk.points(answer.reasons)
    if points is None:
        return
    name = {Room: "room", Seizure: "seizure", CreditCheck: "credit_check"}[type(answer)]
    of_many = desk.seen.use.named
    yield Heading(desk.say.fixed(f"heading.{name}") if of_many else desk.say("why"))
    if isinstance(answer, Seizure) and desk.seen.use.rows:
        yield seizure_blocks.means_for_the_person(desk, answer)
    yield points


def _end(desk: Desk, *, thin: bool) -> Iterator[Block]:
    yield from closing.questions(desk, thin=thin)
    yield from closing.rests_on(desk)


def _there(*blocks: Block | None) -> Iterator[Block]:
    """Yield the blocks that there are."""
    yield from (block for block in blocks if block is not None)


_BLOCKS: Mapping[str, Callable[[Desk], Iterator[Block]]] = {
    "plan": _plan,
    "seizure": _seizure,
    "credit_check": _credit_check,
    "debt_help": _debt_help,
    "person": _person,
}
