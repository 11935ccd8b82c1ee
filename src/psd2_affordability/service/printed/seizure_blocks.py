"""The blocks of a seizure: what it would yield, against what is protected and what it costs."""

from psd2_affordability.assess.results import Seizure
from psd2_affordability.core.answer import Interval, Unknown
from psd2_affordability.service.printed.blocks import Band, Key, Keys, Note, Scale, Tone, Verdict
from psd2_affordability.service.printed.charts import balance_band, balance_scale
from psd2_affordability.service.printed.desk import Desk

_TONES: dict[str, Tone] = {
    "no_yield": "bad",
    "costs_exceed": "bad",
    "yields": "careful",
    "unknown": "careful",
}


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
    exact = desk.seen.use.named
    when = say("seizure.balance.note" if exact else "seizure.balance.rounded")
    return Keys(
        (
            Key(say("seizure.protected"), say.amount(seizure.protected.value), say("seizure.protected.note")),
            Key(say("seizure.balance"), usual, when),
            Key(say("seizure.costs"), say.amount(seizure.costs.value), say("seizure.costs.note")),
            Key(say("seizure.net"), say.amount(seizure.net), "" if exact else say("seizure.net.rounded")),
        )
    )


def means_for_the_person(desk: Desk, seizure: Seizure) -> Note:
    """Say to the person what the answer means for them."""
    return Note(desk.say(f"seizure.means.{seizure.verdict}"))


def seizure_scale(desk: Desk, seizure: Seizure) -> Scale | None:
    """Draw the balance against what is protected, over all days together: no day is named."""
    balance, protected, costs = seizure.expected_balance, seizure.protected.value, seizure.costs.value
    if isinstance(balance, Unknown) or not isinstance(protected, Interval):
        return None
    worth = protected.high + costs.high if isinstance(costs, Interval) else None
    return balance_scale((balance.p10, balance.p50, balance.p90), protected, worth, desk.say)


def balance_ahead(desk: Desk, seizure: Seizure) -> Band | None:
    """Draw the balance of the coming weeks by day; for the person and who helps them alone."""
    if not seizure.forecast or not desk.seen.use.named:
        return None
    return balance_band(seizure.forecast, desk.say)
