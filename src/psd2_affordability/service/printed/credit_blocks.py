"""The blocks of a credit check: the outcome, the new obligation, and everything that was looked at."""

from collections.abc import Iterator

from psd2_affordability.assess.results import CreditCheck
from psd2_affordability.service.printed.blocks import Block, Key, Keys, Note, Sheet, Tone, Verdict
from psd2_affordability.service.printed.desk import Column, Desk

_TONES: dict[str, Tone] = {"within_norms": "good", "refer_to_person": "careful"}


def credit_verdict(desk: Desk, check: CreditCheck) -> Verdict:
    """Say whether all is within norms or a person should look."""
    say = desk.say
    outcome = check.outcome
    return Verdict(say.fixed(f"credit.{outcome}"), _TONES[outcome], more=(say("credit.advice"),))


def credit_indicators(desk: Desk, check: CreditCheck) -> Sheet:
    """Show everything that was looked at."""
    say = desk.say
    rows = ((say.fixed(f"level.{each.level}"), say.reason(each.says)) for each in check.indicators)
    return desk.sheet(say("credit.indicators"), (Column("credit.level"), Column("credit.says", 1)), rows)


def obligation(desk: Desk, check: CreditCheck) -> Iterator[Block]:
    """Show the new obligation that was asked about, and what is left after it."""
    say, asked = desk.say, check.obligation
    if asked is None:
        return
    total = "" if asked.total is None else say("credit.total", amount=say.money(asked.total))
    keys = [Key(say("credit.obligation"), say.money(asked.monthly), total or say("flow.month"))]
    if asked.months is not None:
        keys.append(Key(say("option.months"), str(asked.months)))
    if check.room_after is not None:
        after = Key(say("credit.room_after"), say.amount(check.room_after), desk.around(check.room_after))
        keys.append(after)
    yield Keys(tuple(keys))


def law(desk: Desk, check: CreditCheck) -> Iterator[Block]:
    """Say under which law the check was made, as far as that is known for the day."""
    said = " ".join(desk.say.reason(each) for each in check.law)
    if said:
        yield Note(said)
