"""Correcting what rows of a case were taken for: by hand, and by rules that somebody accepts."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from psd2_affordability.core.errors import UnknownName, UsageError
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.shown_rows import frame_showing, keys_for
from psd2_affordability.store.corrections import Correction, KeptRule

if TYPE_CHECKING:
    import pandas as pd

    from psd2_affordability.categorise.corrections import NarrowRule

BY = ("person", "worker")
LONGEST_REASON = 500
#: So many equal corrections of one payee suggest a rule.
_OFTEN = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a row.

    Attributes:
        category: what it is.
        reason: why, in their words.
        by: `person` or `worker`.
        rule: propose a rule for rows like this one.
    """

    category: str
    reason: str = field(repr=False)
    by: str
    rule: bool = False


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
    product: Product, subject: str, tx: str, said: Said, *, purpose: str, on: date | None = None
) -> Corrected:
    """Correct one row of a case.

    A rule is proposed when it is asked for, or when the same was said of the same payee before.
    It does nothing until somebody accepts it.

    Args:
        product: the wired product.
        subject: the case.
        tx: key of the row.
        said: what it is, and why.
        purpose: for which the row is shown.
        on: the day those answers are for; today when left out.

    Raises:
        UnknownName: no such case, purpose, row, category or kind of person.
        UsageError: no reason, or income where money went out.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
    """
    _check(product, said)
    frame = frame_showing(product, subject, tx, purpose, on)
    row = frame[frame["tx"] == tx].iloc[0]
    if product.knowledge.taxonomy[said.category].group == "inkomen" and row["amount_ct"] < 0:
        raise UsageError(f"'{said.category}' is income, and this money went out")
    decided = row.get("corrected_from") or row["category"]
    told = {
        "category": said.category,
        "reason": said.reason.strip(),
        "by": said.by,
        "decided": decided,
        "evidence": row["evidence"],
        "purpose": purpose,
    }
    key = product.store.corrections.add(subject, tx, told, at=product.clock.now())
    proposal = _propose(product, subject, frame, key, asked=said.rule)
    return Corrected(key, tx, decided, said.category, proposal)


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


def history(product: Product, subject: str, purpose: str) -> dict[str, Any]:
    """Return the corrections and rules of a case, undone and ended ones among them.

    Args:
        product: the wired product.
        subject: the case.
        purpose: what for; what it does not show is left out.

    Raises:
        UnknownName: there is no such case or purpose.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
    """
    store = product.store.corrections
    seen = keys_for(product, subject, purpose)
    return {
        "corrections": [_shown(each) for each in store.list(subject) if each.id in seen],
        "rules": [proposal_of(product, each) for each in store.rules(subject) if each.id in seen],
    }


def accept_rule(
    product: Product, subject: str, rule: str, since: date | None = None, *, purpose: str
) -> Proposal:
    """Let a proposed rule hold, from today on or from a day that was asked about.

    Args:
        product: the wired product.
        subject: the case.
        rule: key of the rule.
        since: first booking day that it is about.
        purpose: what for; it must show the rule.

    Raises:
        UnknownName: no such case or rule.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
        UsageError: it is no proposal any more.
    """
    _require(product, subject, rule, purpose)
    store = product.store.corrections
    store.accept(subject, rule, since or product.clock.today(), at=product.clock.now())
    return next(proposal_of(product, each) for each in store.rules(subject) if each.id == rule)


def undo(product: Product, subject: str, key: str, *, purpose: str) -> tuple[str, ...]:
    """Take back a correction with what rests on it, or a rule; return the keys of what ended.

    Args:
        product: the wired product.
        subject: the case.
        key: of the correction or rule.
        purpose: what for; it must show what is taken back.

    Raises:
        UnknownName: nothing stands under this key.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
    """
    _require(product, subject, key, purpose)
    return product.store.corrections.undo(subject, key, at=product.clock.now())


def proposal_of(product: Product, kept: KeptRule) -> Proposal:
    """Say a rule in words."""
    leaf = product.knowledge.taxonomy.get(kept.rule.category)
    return Proposal(kept.id, kept.rule.says(leaf.en if leaf else kept.rule.category), kept.state)


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


def _check(product: Product, said: Said) -> None:
    if said.category not in product.knowledge.taxonomy:
        raise UnknownName.among("category", said.category, list(product.knowledge.taxonomy))
    if said.by not in BY:
        raise UnknownName.among("corrector", said.by, list(BY))
    if not said.reason.strip() or len(said.reason) > LONGEST_REASON or not said.reason.isprintable():
        raise UsageError(f"a correction needs a reason of 1 to {LONGEST_REASON} characters on one line")


def _require(product: Product, subject: str, key: str, purpose: str) -> None:
    """Refuse the key of a correction or rule that the purpose does not show."""
    if key not in keys_for(product, subject, purpose):
        raise UnknownName(f"no correction or rule is called '{key}'", do="The list shows which there are")
