"""What a purpose shows of the rows of a case, and of what people corrected in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from psd2_affordability.assess.results import Assessment
from psd2_affordability.categorise.corrections import Corrections
from psd2_affordability.core.errors import ConsentNotValid, UnknownName
from psd2_affordability.core.money import Money
from psd2_affordability.service.assess_case import Question, kept_household, read_case
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.purposes import Purpose, consent_for, purpose
from psd2_affordability.service.receivers.shown import show_case
from psd2_affordability.store.corrections import Correction, KeptRule

if TYPE_CHECKING:
    import pandas as pd

#: Before every row: a rule that holds from here on is tried on all of them.
_EVER = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One transaction, and what it was taken for.

    Attributes:
        tx: its key.
        on: booking day.
        who: the payee.
        text: the bank's description; empty for a purpose that does not need it.
        amount: signed.
        category: what it is taken for now.
        evidence: what decided that.
        confidence: how sure that is, in percent.
        decided: what it was taken for before anybody corrected it; empty when nobody did.
    """

    tx: str
    on: date
    who: str = field(repr=False)
    text: str = field(repr=False)
    amount: Money
    category: str
    evidence: str
    confidence: int
    decided: str = ""


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule with what it would do.

    Attributes:
        kept: the rule and its history.
        who: the payee it is about.
        touches: how many rows of now would become something else if a rule that waits held for all of
            them; 0 for one that does not wait.
        first_on: booking day of the first of those; None when there are none.
    """

    kept: KeptRule
    who: str = field(repr=False)
    touches: int = 0
    first_on: date | None = None

    @property
    def low(self) -> Money:
        """Smallest amount that it is about."""
        return Money(self.kept.rule.low_ct)

    @property
    def high(self) -> Money:
        """Largest amount that it is about."""
        return Money(self.kept.rule.high_ct)


@dataclass(frozen=True, slots=True)
class Told:
    """What people corrected, as far as one purpose shows it.

    Attributes:
        corrections: each with its row, newest first.
        rules: those that rest on these corrections alone, newest first.
    """

    corrections: tuple[tuple[Correction, Row], ...]
    rules: tuple[RuleShown, ...]

    def require(self, key: str) -> None:
        """Refuse the key of what is not shown.

        Raises:
            UnknownName: no correction and no rule that is shown has it.
        """
        known = {each.id for each, _ in self.corrections} | {each.kept.id for each in self.rules}
        if key not in known:
            raise UnknownName(f"no correction or rule is called '{key}'", do="The list shows which there are")


def transactions_of(found: Assessment) -> Iterator[str]:
    """Return the key of every transaction that something shown points at."""
    reasons = [*found.data_quality.cannot_know]
    for part in (found.income, found.expenses):
        if part is not None:
            reasons += part.reasons
            for stream in part.streams:
                yield from stream.transactions
    for answer in (found.room, found.seizure, found.credit_check, found.profile):
        reasons += answer.reasons if answer is not None else ()
    for allowance in found.allowances or ():
        reasons += allowance.reasons
    for signal in found.signals or ():
        yield from signal.transactions
    for reason in reasons:
        yield from reason.transactions


def frame_showing(
    product: Product, subject: str, tx: str, purpose_code: str, on: date | None = None
) -> "pd.DataFrame":
    """Return the understood rows of a case, if the purpose shows this one: an answer for it points at it.

    The whole picture shows every row.

    Raises:
        UnknownName: no such case or purpose, or it does not show the row.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
    """
    asked = purpose(purpose_code)
    if asked.whole:
        return _whole_frame(product, subject, tx, asked)
    question = Question(on=on or product.clock.today(), household=kept_household(product, subject))
    shown = show_case(product, subject, purpose_code, question)
    if shown.behind is None or tx not in set(transactions_of(shown.found)):
        raise UnknownName(f"the answers for '{purpose_code}' show no transaction '{tx}'")
    return shown.behind.understood.frame


def _whole_frame(product: Product, subject: str, tx: str, asked: Purpose) -> "pd.DataFrame":
    from psd2_affordability.categorise.engine import understand

    household = kept_household(product, subject)
    read = read_case(product, subject, asked, household)
    if tx not in set(read.rows["tx"]):
        raise UnknownName(f"case {subject} has no transaction '{tx}' that may be read now")
    own = {subject: [*read.ibans, *household.own_ibans]}
    return understand(read.rows, product.knowledge, own, {subject: read.corrections}).frame


def shown_row(product: Product, subject: str, tx: str, purpose_code: str, on: date | None = None) -> Row:
    """Return a row that a purpose shows.

    Raises:
        UnknownName: no such case or purpose, or it does not show the row.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
    """
    frame = frame_showing(product, subject, tx, purpose_code, on)
    [row] = frame[frame["tx"] == tx].to_dict("records")
    return _row(row, whole=purpose(purpose_code).keeps_text)


def shown_rows(product: Product, subject: str, purpose_code: str, part: str = "") -> tuple[Row, ...]:
    """Return the rows of a case that a purpose shows, oldest first: for the whole picture, all of them.

    Args:
        product: the wired product.
        subject: the case.
        purpose_code: what for.
        part: only rows with this in the payee, the category or what the purpose shows of the description.

    Raises:
        UnknownName: no such case or purpose.
        ConsentNotValid: the purpose names no bookings, or the person did not consent to it.
    """
    asked = purpose(purpose_code)
    question = Question(on=product.clock.today(), household=kept_household(product, subject))
    shown = show_case(product, subject, purpose_code, question)
    if shown.behind is None:
        raise ConsentNotValid(
            f"single transactions are not shown for '{asked.code}'",
            where=f"case {subject}",
            do="The person and who helps them see each one",
        )
    frame = shown.behind.understood.frame
    if not asked.whole:
        frame = frame[frame["tx"].isin(set(transactions_of(shown.found)))]
    every = (
        _row(row, whole=asked.keeps_text) for row in frame.sort_values(["booked_on", "tx"]).to_dict("records")
    )
    return tuple(row for row in every if _has(row, part.casefold()))


def _has(row: Row, part: str) -> bool:
    return any(part in each.casefold() for each in (row.who, row.category, row.text))


def keys_for(product: Product, subject: str, purpose_code: str) -> frozenset[str]:
    """Return the keys of the corrections and rules that a purpose shows.

    The whole picture shows every one, also of rows that are gone.

    Raises:
        UnknownName: no such case or purpose.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
    """
    asked = purpose(purpose_code)
    if asked.whole:
        consent_for(product.store.consents.list(subject), asked, subject)
        store = product.store.corrections
        corrections = frozenset(each.id for each in store.list(subject))
        return corrections | {each.id for each in store.rules(subject)}
    told = told_for(product, subject, purpose_code)
    return frozenset((*(each.id for each, _ in told.corrections), *(each.kept.id for each in told.rules)))


def told_for(product: Product, subject: str, purpose_code: str) -> Told:
    """Return what people corrected for a purpose; for the whole picture, all of it.

    A purpose that names no bookings shows nothing of it.

    Raises:
        UnknownName: no such case or purpose.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
    """
    from psd2_affordability.categorise.engine import understand

    asked = purpose(purpose_code)
    household = kept_household(product, subject)
    read = read_case(product, subject, asked, household)
    if not asked.names:
        return Told((), ())
    own = {subject: [*read.ibans, *household.own_ibans]}

    def understood(corrections: Corrections) -> "pd.DataFrame":
        return understand(read.rows, product.knowledge, own, {subject: corrections}).frame

    now = understood(read.corrections)
    every = product.store.corrections.list(subject)
    mine = [each for each in every if asked.whole or each.purpose == asked.code]
    corrected = now[now["tx"].isin({each.tx for each in mine})]
    rows = {row["tx"]: _row(row, whole=asked.keeps_text) for row in corrected.to_dict("records")}
    shown = {each.id: (each, rows[each.tx]) for each in mine if each.tx in rows}

    def with_its_effect(kept: KeptRule) -> RuleShown:
        who = shown[kept.rests_on[0]][1].who
        if kept.state != "proposed":
            return RuleShown(kept, who)
        tried = replace(read.corrections, rules=[*read.corrections.rules, replace(kept.rule, since=_EVER)])
        days = now["booked_on"][understood(tried)["category"] != now["category"]]
        return RuleShown(kept, who, len(days), days.min().date() if len(days) else None)

    rules = [each for each in product.store.corrections.rules(subject) if set(each.rests_on) <= set(shown)]
    return Told(
        corrections=tuple(reversed(shown.values())),
        rules=tuple(with_its_effect(each) for each in reversed(rules)),
    )


def _row(row: Mapping[Any, Any], *, whole: bool) -> Row:
    return Row(
        tx=row["tx"],
        on=row["booked_on"].date(),
        who=row["payee"],
        text=row["remittance"] if whole else "",
        amount=Money(int(row["amount_ct"])),
        category=row["category"],
        evidence=row["evidence"],
        confidence=int(row["confidence"]),
        decided=row.get("corrected_from") or "",
    )
