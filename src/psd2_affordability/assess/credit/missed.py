"""The indicator of costs and instalments that are owed and stopped being paid."""

from collections.abc import Sequence

from psd2_affordability.assess.credit.conduct import span
from psd2_affordability.assess.credit.levels import indicator
from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.kinds import HOME
from psd2_affordability.assess.results import Indicator, Level
from psd2_affordability.assess.signals.fixed_costs import skipped
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.assess.unpaid import missed
from psd2_affordability.assess.wording import counted


def missed_obligations(facts: Facts, days: int) -> Indicator:
    """Count the costs and instalments that stopped being paid, or of which the debits came back.

    One is watched. A home is a concern alone, and so is anything of which three months are missing, but a
    loan: that may have been paid off. A fixed cost that missed a payment and was paid again has not
    stopped; unless it was made up for it may still be owed, so that it is watched and told beside them.

    Args:
        facts: of the subject.
        days: how far back a payment that was missed is looked at.
    """
    stopped, skips = missed(facts), facts.once(skipped)
    if not (stopped or skips):
        return _NONE
    since, gone = facts.seen_to - days, {one.category for one in stopped}
    late = [one for one in skips if one.expected >= since and not one.made_up and one.category not in gone]
    if not (stopped or late):
        return _NONE
    concern = len(stopped) > NORMS.unpaid_watch or any(
        one.category in HOME
        or (not one.may_be_over and facts.seen_to - one.missing_since >= NORMS.unpaid_concern_days)
        for one in stopped
    )
    keys = [tx for one in stopped for tx in one.transactions]
    keys += [tx for one in late for tx in one.evidence]
    says_late = _late(len({one.category for one in late}), days)
    return _stopped(len(stopped), "concern" if concern else "watch", keys, says_late)


def _late(count: int, days: int) -> tuple[str, str]:
    """Say how many fixed costs missed a payment; nothing of none."""
    if not count:
        return "", ""
    english, dutch = counted(
        count,
        ("1 fixed cost missed a payment", "is 1 vaste last een keer overgeslagen"),
        ("{count} fixed costs missed a payment", "zijn {count} vaste lasten een keer overgeslagen"),
    )
    in_english, in_dutch = span(days)
    return f" In {in_english} {english}.", f" In {in_dutch} {dutch}."


def _stopped(count: int, level: Level, keys: Sequence[str], late: tuple[str, str] = ("", "")) -> Indicator:
    stopped = counted(
        count,
        ("1 cost or instalment that is owed stopped", "1 vaste last of aflossing wordt niet meer betaald"),
        (
            "{count} costs or instalments that are owed stopped",
            "{count} vaste lasten of aflossingen worden niet meer betaald",
        ),
    )
    return indicator(
        "missed_obligations",
        level,
        str(count),
        "{stopped} being paid.{late}",
        "{stopped}.{late}",
        stopped=stopped if count else _NOTHING_STOPPED,
        late=late,
        transactions=keys,
    )


_NOTHING_STOPPED = (
    "No cost or instalment that is owed stopped",
    "Alle vaste lasten en aflossingen worden nog betaald",
)
#: Most people pay what they owe, and of all of them the same is said.
_NONE = _stopped(0, "fine", ())
