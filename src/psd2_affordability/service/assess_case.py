"""Answers about a case: from rows at hand, from statement files, or from what is kept."""

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pandas as pd

from psd2_affordability.assess.case import Case, KnownBalance
from psd2_affordability.assess.household import Household
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.assess.results import PARTS, Assessment
from psd2_affordability.categorise.corrections import Corrections
from psd2_affordability.connect.result import AccountRead, Received
from psd2_affordability.core.errors import UsageError
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.service.asked import Asked, NormAsked
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.purposes import Purpose, banks_for, consent_for, purpose
from psd2_affordability.store.shapes import AccountKept

if TYPE_CHECKING:
    from psd2_affordability.assess.ports import NationalRules
    from psd2_affordability.categorise.engine import Understood
    from psd2_affordability.jurisdictions.nl.parameters import Parameters

#: What a case is called that nobody gave a key: rows posted or files read without keeping them.
NAMELESS = "case"
#: Outside these a day is a slip of the pen, and the months around it may not exist.
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
_BOOKED_BALANCES = frozenset({"closingBooked", "interimBooked"})


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a case.

    Attributes:
        on: the day the answer is for.
        household: what is known of the people.
        parts: which answers, of `PARTS`.
        total_debt: what the asking creditor wants back; None when not given.
        title_served: the bailiff has served the title already.
        proposal: a monthly payment that somebody proposes; None when nobody does.
        obligation: a new obligation that a credit check is asked about; None when none is.
        protection_used: what an earlier seizure in the same calendar month has left already.
        leennorm: amounts of the lending norm; None for those of the settings, if any.
        vtlb: nominal amounts of the vtlb, the floor of a plan; None for those of the settings, if any.
    """

    on: date
    household: Household = field(default_factory=Household)
    parts: frozenset[str] = frozenset(PARTS)
    total_debt: Money | None = None
    title_served: bool = False
    proposal: Money | None = None
    obligation: Obligation | None = None
    protection_used: Money = ZERO
    leennorm: "Parameters | None" = None
    vtlb: "Parameters | None" = None

    def __post_init__(self) -> None:
        if not _FIRST_DAY <= self.on <= _LAST_DAY:
            raise UsageError(
                f"no answer can be for {self.on}", do=f"Give a day from {_FIRST_DAY} to {_LAST_DAY}"
            )
        if self.proposal is not None and self.proposal <= ZERO:
            raise UsageError("a proposal is more than nothing a month", where=str(self.proposal))

    def law(self, product: Product) -> "NationalRules":
        """Return the law to answer under: with the norms of the question, else those of the settings."""
        if self.leennorm is None and self.vtlb is None:
            return product.law
        return product.law_with(self.leennorm or product.leennorm, self.vtlb or product.vtlb)


@dataclass(frozen=True, slots=True)
class Answered:
    """An assessment with the understood rows and the case behind it; `sha256` names it where it is kept."""

    assessment: Assessment
    understood: "Understood"
    sha256: str = ""
    case: Case = field(default_factory=Case, repr=False)


def assess_received(
    product: Product,
    subject: str,
    received: Received,
    question: Question,
    law: "NationalRules | None" = None,
) -> Answered:
    """Answer from what a bank or a file brought in, without keeping it; under the law of the question."""
    read = CaseRead(
        rows=received.transactions,
        balances=tuple(_stated(account) for account in received.accounts),
        ibans=tuple(account.iban for account in received.accounts if account.iban),
    )
    return _answer(product, subject, question, read, law)


def assess_kept(product: Product, subject: str, purpose_code: str, question: Question) -> Answered:
    """Answer from what is kept of a case, for one purpose; the answer and its receipt are kept too.

    Raises:
        UnknownName: no such case or purpose.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
    """
    from psd2_affordability.service.privacy import without_texts
    from psd2_affordability.service.wire import to_json

    asked = purpose(purpose_code)
    now = product.clock.now()
    read = read_case(product, subject, asked, question.household)
    bounded = replace(question, parts=question.parts & asked.parts)
    answered = _answer(product, subject, bounded, read)
    if not asked.keeps_text:
        answered = replace(answered, understood=without_texts(answered.understood))
    assessment = answered.assessment
    sha256 = product.store.assessments.keep(
        subject,
        question.on,
        asked.code,
        to_json(assessment),
        to_json(assessment.receipt),
        at=now,
        asked=asked_with(product, bounded, read).json(),
    )
    return replace(answered, sha256=sha256)


def ask_again(product: Product, subject: str, asked: Asked, read: "CaseRead") -> Assessment:
    """Answer a question that was kept, from rows that were read for it; nothing is kept of it."""
    told = {each.name: getattr(asked, each.name) for each in fields(Question)}
    leennorm, vtlb = (None if kept is None else kept.norm for kept in (asked.leennorm, asked.vtlb))
    question = Question(**{**told, "leennorm": leennorm, "vtlb": vtlb})
    same = (leennorm, vtlb) == (product.leennorm, product.vtlb)
    law = product.law if same else product.law_with(leennorm, vtlb)
    known = replace(read, balances=asked.balances, ibans=asked.ibans)
    return _answer(product, subject, question, known, law).assessment


def asked_with(product: Product, question: Question, read: "CaseRead") -> Asked:
    """Return what has to be kept of a question, so that it can be asked again."""
    told = {each.name: getattr(question, each.name) for each in fields(Question)}
    leennorm, vtlb = question.leennorm or product.leennorm, question.vtlb or product.vtlb
    kept = {**told, "leennorm": leennorm and NormAsked.of(leennorm), "vtlb": vtlb and NormAsked.of(vtlb)}
    return Asked(**kept, balances=read.balances, ibans=read.ibans)


@dataclass(frozen=True, slots=True)
class CaseRead:
    """What is kept of a case, read for a purpose.

    Attributes:
        rows: the transactions.
        balances: of its accounts.
        ibans: its account numbers.
        consent: under which it was read.
        corrections: what people said of the rows.
    """

    rows: pd.DataFrame = field(repr=False)
    balances: tuple[KnownBalance, ...] = ()
    ibans: tuple[str, ...] = ()
    consent: str = ""
    corrections: Corrections = field(default_factory=Corrections)


def read_case(
    product: Product,
    subject: str,
    asked: Purpose,
    household: Household,
    *,
    known_at: datetime | None = None,
) -> CaseRead:
    """Read what is kept of a case, for one purpose; the rows and corrections of a moment when one is given.

    Raises:
        UnknownName: there is no such case.
        ConsentNotValid: the person did not consent to this purpose, or withdrew it.
    """
    from psd2_affordability.categorise.privacy import own_again

    consents = product.store.consents.list(subject)
    consent = consent_for(consents, asked, subject)
    data = product.store.ledger.load(
        subject,
        purpose=asked.code,
        at=product.clock.now(),
        banks=banks_for(consents, asked),
        known_at=known_at,
    )
    ibans = tuple(account.iban for account in data.accounts if account.iban)
    return CaseRead(
        rows=own_again(data.transactions, [*ibans, *household.own_ibans], data.mark),
        balances=tuple(_kept(account) for account in data.accounts),
        ibans=ibans,
        consent=consent,
        corrections=product.store.corrections.standing(subject, at=known_at),
    )


def kept_household(product: Product, subject: str) -> Household:
    """Return the household that is kept for a case; nothing is known when none is.

    Raises:
        UnknownName: there is no such case.
    """
    from psd2_affordability.service.household_file import parse_household

    toml = product.store.cases.household(subject)
    if not toml:
        return Household()
    return parse_household(toml.encode(), f"household of {subject}", product.clock.today())


def keep_household(product: Product, subject: str, toml: str) -> Household:
    """Keep the household file of a case, if it can be read.

    Raises:
        HouseholdError: a key or a value that cannot be.
    """
    from psd2_affordability.service.household_file import parse_household

    household = parse_household(toml.encode(), f"household of {subject}", product.clock.today())
    product.store.cases.keep_household(subject, toml, at=product.clock.now())
    return household


def open_purposes(product: Product, subject: str) -> tuple[Purpose, ...]:
    """Return the purposes for which a case may be read now, the widest first."""
    from psd2_affordability.core.errors import ConsentNotValid
    from psd2_affordability.service.purposes import PURPOSES

    consents = product.store.consents.list(subject)
    open_now = []
    for each in PURPOSES.values():
        try:
            consent_for(consents, each, subject)
        except ConsentNotValid:
            continue
        open_now.append(each)
    return tuple(open_now)


def _answer(
    product: Product,
    subject: str,
    question: Question,
    read: CaseRead,
    law: "NationalRules | None" = None,
) -> Answered:
    """Answer from rows; under the law of the question when no other is given."""
    from psd2_affordability.assess.run import assess
    from psd2_affordability.categorise.engine import understand

    claimed = read.rows.assign(subject=pd.Series(subject, index=read.rows.index, dtype="str"))
    own = {subject: [*read.ibans, *question.household.own_ibans]}
    said = {subject: read.corrections} if read.corrections else None
    understood = understand(claimed, product.knowledge, own, said)
    case = Case(
        household=question.household,
        balances=read.balances,
        total_debt=question.total_debt,
        title_served=question.title_served,
        proposal=question.proposal,
        obligation=question.obligation,
        protection_used=question.protection_used,
        consent=read.consent,
        corrections=read.corrections.use(),
    )
    answers = assess(
        understood,
        {subject: case},
        law or question.law(product),
        product.knowledge,
        question.on,
        question.parts,
    )
    return Answered(answers[subject], understood, case=case)


def _stated(account: AccountRead) -> KnownBalance:
    closing = account.closing
    return KnownBalance(
        account=account.account,
        amount=closing.amount if closing else None,
        on=closing.on if closing else None,
        proven=account.proven,
        currency=account.currency,
    )


def _kept(account: AccountKept) -> KnownBalance:
    booked = [each for each in account.balances if each.type in _BOOKED_BALANCES]
    newest = booked[0] if booked else account.closing
    return KnownBalance(
        account=account.account,
        amount=newest.amount if newest else None,
        on=newest.on if newest else None,
        proven=account.proven,
        currency=account.currency,
        unreconciled=account.unreconciled,
    )
