"""The blocks that end a report: what to ask, what it rests on, how to make it again, and what one may do."""

from collections.abc import Iterator

from psd2_affordability.service.printed.answers import allowance_questions
from psd2_affordability.service.printed.blocks import Asks, Block, Heading, Note
from psd2_affordability.service.printed.desk import Column, Desk
from psd2_affordability.service.printed.printable import fitted
from psd2_affordability.service.receipts import receipt_number
from psd2_affordability.service.unknowns import of_law

_SHORT = 12
_RIGHTS = 5
_ACCOUNT = 40
#: A taxable income is asked for in other words by the room, of each adult, and by the allowances.
_INCOMES = frozenset({"ask.taxable_income", "ask.taxable_income_again", "ask.partner_income"})
_INCOMES_OF_ALLOWANCES = frozenset({"ask.assessment_income", "ask.assessment_incomes"})
_TAXABLE = "What is the taxable income (belastbaar inkomen) a year"
#: Questions of the law that the answers ask in words of their own.
_ASKED_ALREADY = {
    "Who lives in the household: a partner, children under 18?": frozenset({"ask.household_type"}),
    f"{_TAXABLE}?": _INCOMES,
    f"{_TAXABLE}, of both partners together?": _INCOMES,
    f"{_TAXABLE}, with a partner of both together?": _INCOMES,
}


def questions(desk: Desk, *, thin: bool) -> Iterator[Block]:
    """Yield what to ask: of the answer, of the law, and when the data are thin, for more of them."""
    say, found = desk.say, desk.found
    asked = [
        *(found.room.questions if found.room else ()),
        *(found.seizure.questions if found.seizure else ()),
        *allowance_questions(found.allowances),
    ]
    codes = {each.code for each in asked}
    if not codes.isdisjoint(_INCOMES):
        asked = [each for each in asked if each.code not in _INCOMES_OF_ALLOWANCES]
    more = [say("thin.ask")] if thin else []
    if found.room is not None:
        new = [each for each in found.room.floor.ask if codes.isdisjoint(_ASKED_ALREADY.get(each, ()))]
        more += [fitted(told, 300) for told in (of_law(each, say.language) for each in new) if told]
    asks = desk.asks(asked, more)
    if asks is not None:
        yield Heading(say("ask.person" if desk.seen.use.rows else "ask"))
        yield asks


def rests_on(desk: Desk) -> Iterator[Block]:
    """Yield what was looked at, what it cannot tell, and how the same report is made again."""
    say, quality, receipt = desk.say, desk.found.data_quality, desk.found.receipt
    yield Heading(say("data"))
    if quality.first_on is None:
        yield Note(say("data.none"))
    else:
        yield Note(
            say(
                "data.says",
                transactions=say.transactions(quality.transactions),
                first=say.day(quality.first_on),
                last=say.day(quality.last_on),
                months=str(quality.full_months),
                unknown=say.percent(quality.unknown_share),
            )
        )
    gaps = desk.points(quality.cannot_know)
    if gaps is not None:
        yield Note(say("data.gaps"))
        yield gaps
    data = receipt.data
    rows = (
        ""
        if data is None or not data.rows
        else say("receipt.data", transactions=say.transactions(data.rows), sha256=data.sha256[:_SHORT])
    )
    made = say(
        "receipt",
        receipt=receipt_number(receipt),
        engine=receipt.engine,
        day=say.day(receipt.on),
        rules=str(len(receipt.rules)),
        data=rows,
    )
    yield Note(f"{made} {say('advice_only')}")
    if not desk.seen.use.named:
        purpose = desk.seen.use.purpose
        shared_for = purpose.says_nl if say.language == "nl" else purpose.says
        ground = say(
            "receiver.consent" if receipt.consent else "receiver.no_consent",
            purpose=shared_for[0].lower() + shared_for[1:],
        )
        yield Note(f"{ground} {say('receiver.sees')}")


def accounts(desk: Desk) -> Iterator[Block]:
    """Show the accounts, and those that are not shared."""
    say, quality = desk.say, desk.found.data_quality
    proof = {True: "yes", False: "no", None: "cannot_tell"}
    rows = [
        (
            fitted(each.account, _ACCOUNT),
            say.money(each.came_in),
            say.money(each.went_out),
            say.amount(each.balance),
            say(proof[each.proven]),
        )
        for each in quality.accounts
    ]
    rows += [(fitted(each, _ACCOUNT), "", "", "", say("data.missing")) for each in quality.missing_accounts]
    if rows:
        amounts = ("data.in", "data.out", "data.balance")
        columns = (
            Column("data.account", 1),
            *(Column(name, right=True) for name in amounts),
            Column("data.proven"),
        )
        yield desk.sheet(say("data.accounts"), columns, rows, dense=True)


def rights(desk: Desk) -> Iterator[Block]:
    """Yield how the person may object, correct and complain."""
    yield Heading(desk.say("rights"))
    yield Asks(tuple(desk.say(f"rights.{number}") for number in range(1, _RIGHTS + 1)))
