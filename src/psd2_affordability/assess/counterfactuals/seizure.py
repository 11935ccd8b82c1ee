"""Which balance turns the verdict on a seizure."""

from psd2_affordability.assess.counterfactuals.least import euros_up
from psd2_affordability.assess.results import SeizureVerdict
from psd2_affordability.assess.results.counterfactuals import Turn
from psd2_affordability.assess.wording import reason
from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.money import Money

_HIGHER = (
    "Only with {by} more on the account on a usual day a seizure brings more than it costs.",
    "Pas met {by} meer op de rekening op een gewone dag levert beslag meer op dan het kost.",
)
_HIGHER_AND_LEAVES = (
    "Only with {by} more on a usual day a seizure brings more than it costs and leaves what may be owed.",
    "Pas met {by} meer op een gewone dag levert beslag iets op en blijft er genoeg voor wat openstaat.",
)


def seizure_turns(
    verdict: SeizureVerdict, free: Money, yields_above: Money | Unknown, *, owed: bool
) -> tuple[Turn, ...]:
    """Say how much more, or less, than the balance of a usual day would turn the verdict.

    Args:
        verdict: as it is.
        free: that balance, without what is owed to live and was not paid: it makes no seizure yield.
        yields_above: the balance from which a seizure yields.
        owed: whether there is something of that.
    """
    if isinstance(yields_above, Unknown):
        return ()
    if verdict == "yields":
        by = Money(100 * euros_up(free.cents - yields_above.cents))
        says = reason(
            "turn.balance_lower",
            "With {by} less on the account on a usual day a seizure does not surely yield.",
            "Met {by} minder op de rekening op een gewone dag levert beslag niet zeker iets op.",
            by=by,
        )
        return (Turn("balance", "no_yield", by, "", alone=True, says=says),)
    by = Money(100 * euros_up(yields_above.cents - free.cents + 1))
    says = reason("turn.balance_higher", *(_HIGHER_AND_LEAVES if owed else _HIGHER), by=by)
    return (Turn("balance", "yields", by, "", alone=True, says=says),)
