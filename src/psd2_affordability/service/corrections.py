"""Correcting what rows of a case were taken for: by hand, and by rules that somebody accepts."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from psd2_affordability.core.errors import ConsentNotValid, UnknownName, UsageError
from psd2_affordability.service.assess_case import kept_household, open_purposes, read_case
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.store.corrections import Correction, KeptRule

if TYPE_CHECKING:
    import pandas as pd

    from psd2_affordability.categorise.corrections import Corrections, NarrowRule

BY = ("person", "worker")
_LONGEST_REASON = 500
#: So many equal corrections of one payee suggest a rule.
_OFTEN = 2


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction led to.

    Attributes:
        id: our key of the correction.
        tx: key of the row.
        decided: what the row was taken for.
        category: what it is now.
        proposal: a rule that somebody may accept; None when there is nothing to propose.
    """

    id: str
    tx: str
    decided: str
    category: str
    proposal: "Proposal | None" = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule in words.

    Attributes:
        id: our key of the rule.
        says: what it would do.
        state: proposed, accepted or ended.
    """

    id: str
    says: str
    state: str


def correct(
    product: Product, subject: str, tx: str, category: str, *, reason: str, by: str, rule: bool = False
) -> Corrected:
    """Correct one row of a case.

    A rule is proposed when it is asked for, or when the same was said of the same payee before.
    It does nothing until somebody accepts it.

    Args:
        product: the wired product.
        subject: the case.
        tx: key of the row.
        category: what it is.
        reason: why, in the person's words.
        by: `person` or `worker`.
        rule: propose a rule for rows like this one.

    Raises:
        UnknownName: no such case, row, category or kind of person.
        UsageError: no reason, or income where money went out.
        ConsentNotValid: nobody may read the case now.
    """
    from psd2_affordability.categorise.engine import understand

    _check(product, category, reason, by)
    rows, ibans, corrections = _readable(product, subject)
    if tx not in set(rows["tx"]):
        raise UnknownName(f"case {subject} has no transaction '{tx}' that may be read now")
    frame = understand(rows, product.knowledge, {subject: ibans}, {subject: corrections}).frame
    row = frame[frame["tx"] == tx].iloc[0]
    if product.knowledge.taxonomy[category].group == "inkomen" and row["amount_ct"] < 0:
        raise UsageError(f"'{category}' is income, and this money went out")
    store, now = product.store.corrections, product.clock.now()
    decided = row["corrected_from"] or row["category"]
    told = {"category": category, "reason": reason.strip(), "by": by}
    key = store.add(subject, tx, {**told, "decided": decided, "evidence": row["evidence"]}, at=now)
    proposal = _propose(product, subject, frame, key, asked=rule)
    return Corrected(key, tx, decided, category, proposal)


def _propose(
    product: Product, subject: str, frame: "pd.DataFrame", key: str, *, asked: bool
) -> "Proposal | None":
    """Propose a rule from the newest correction, and those like it; None when there is nothing to propose."""
    from psd2_affordability.categorise.corrections import party_of, rule_from

    store = product.store.corrections
    standing = [each for each in store.list(subject) if each.undone_at is None]
    newest = next(each for each in standing if each.id == key)
    row = frame[frame["tx"] == newest.tx].iloc[0]
    party, incoming = party_of(row), row["amount_ct"] > 0
    alike = {each.tx: each.id for each in standing if each.category == newest.category}
    rows = frame[frame["tx"].isin(list(alike)) & ((frame["amount_ct"] > 0) == incoming)]
    rows = rows[[party_of(each) == party for _, each in rows.iterrows()]]
    if not asked and len(rows) < _OFTEN:
        return None
    made = rule_from(rows, newest.category, asked=asked)
    if made is None or any(_covers(each, made) for each in store.rules(subject)):
        return None
    rests_on = [alike[each] for each in rows["tx"]]
    rule_id = store.propose(subject, made, rests_on, at=product.clock.now())
    return Proposal(rule_id, made.says(product.knowledge.taxonomy[made.category].en), "proposed")


def _covers(kept: KeptRule, made: "NarrowRule") -> bool:
    """Whether a rule that stands or waits says the same of all these amounts already."""
    rule = kept.rule
    same = (rule.by, rule.value, rule.incoming, rule.category) == (
        made.by,
        made.value,
        made.incoming,
        made.category,
    )
    return kept.ended_at is None and same and rule.low_ct <= made.low_ct and rule.high_ct >= made.high_ct


def history(product: Product, subject: str) -> dict[str, Any]:
    """Return all corrections and rules of a case, undone and ended ones among them.

    Raises:
        UnknownName: there is no such case.
    """
    store = product.store.corrections
    return {
        "corrections": [_shown(each) for each in store.list(subject)],
        "rules": [proposal_of(product, each) for each in store.rules(subject)],
    }


def accept_rule(product: Product, subject: str, rule: str, since: date | None = None) -> Proposal:
    """Let a proposed rule hold, from today on or from a day that was asked about.

    Raises:
        UnknownName: no such case or rule.
        UsageError: it is no proposal any more.
    """
    store = product.store.corrections
    store.accept(subject, rule, since or product.clock.today(), at=product.clock.now())
    return next(proposal_of(product, each) for each in store.rules(subject) if each.id == rule)


def undo(product: Product, subject: str, key: str) -> tuple[str, ...]:
    """Take back a correction with what rests on it, or a rule; return the keys of what ended.

    Raises:
        UnknownName: nothing stands under this key.
    """
    return product.store.corrections.undo(subject, key, at=product.clock.now())


def proposal_of(product: Product, kept: KeptRule) -> Proposal:
    """Say a rule in words."""
    leaf = product.knowledge.taxonomy.get(kept.rule.category)
    state = "ended" if kept.ended_at else "accepted" if kept.accepted_at else "proposed"
    return Proposal(kept.id, kept.rule.says(leaf.en if leaf else kept.rule.category), state)


def _shown(correction: Correction) -> dict[str, Any]:
    undone = correction.undone_at
    return {
        "id": correction.id,
        "tx": correction.tx,
        "decided": correction.decided,
        "evidence": correction.evidence,
        "category": correction.category,
        "reason": correction.reason,
        "by": correction.by,
        "made_at": correction.made_at.isoformat(timespec="seconds"),
        "undone_at": undone.isoformat(timespec="seconds") if undone else None,
    }


def _check(product: Product, category: str, reason: str, by: str) -> None:
    if category not in product.knowledge.taxonomy:
        raise UnknownName.among("category", category, list(product.knowledge.taxonomy))
    if by not in BY:
        raise UnknownName.among("corrector", by, list(BY))
    if not reason.strip() or len(reason) > _LONGEST_REASON or not reason.isprintable():
        raise UsageError(f"a correction needs a reason of 1 to {_LONGEST_REASON} characters on one line")


def _readable(product: Product, subject: str) -> "tuple[pd.DataFrame, list[str], Corrections]":
    """Read the case for the widest purpose that is open."""
    purposes = open_purposes(product, subject)
    if not purposes:
        raise ConsentNotValid("no purpose is open", where=f"case {subject}", do="Ask for consent")
    household = kept_household(product, subject)
    read = read_case(product, subject, purposes[0], household)
    return read.rows, [*read.ibans, *household.own_ibans], read.corrections
