"""The indicator of costs and instalments that are owed and stopped being paid."""

from collections.abc import Sequence

from psd2_affordability.assess.credit.levels import indicator
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import HOME
from psd2_affordability.assess.results import Indicator, Level
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.unpaid import missed
from psd2_affordability.assess.wording import counted


def missed_obligations(facts: Facts) -> Indicator:
    """Count the costs and instalments that stopped being paid, or of which the debits came back.

    One is watched. A home is a concern alone, and so is anything of which three months are missing, but a
    loan: that may have been paid off.
    """
    stopped = missed(facts)
    if not stopped:
        return _NONE
    concern = len(stopped) > NORMS.unpaid_watch or any(
        one.category in HOME
        or (not one.may_be_over and facts.seen_to - one.missing_since >= NORMS.unpaid_concern_days)
        for one in stopped
    )
    keys = [tx for one in stopped for tx in one.transactions]
    return _stopped(len(stopped), "concern" if concern else "watch", keys)


def _stopped(count: int, level: Level, keys: Sequence[str]) -> Indicator:
    return indicator(
        "missed_obligations",
        level,
        str(count),
        "{costs} stopped being paid.",
        "{costs} niet meer betaald.",
        costs=counted(
            count,
            ("1 cost or instalment that is owed", "1 vaste last of aflossing wordt"),
            ("{count} costs or instalments that are owed", "{count} vaste lasten of aflossingen worden"),
        ),
        transactions=keys,
    )


#: Most people pay what they owe, and of all of them the same is said.
_NONE = _stopped(0, "fine", ())
