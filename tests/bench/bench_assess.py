"""How fast answers come: for a portfolio on one core, and for one person who is waiting."""

from collections import deque
from datetime import date

import pandas as pd
from makers import make_portfolio, person_behind, sandbox_people
from measure import Measurement, best_of

from psd2_affordability.assess.case import Case, KnownBalance
from psd2_affordability.assess.run import assess, each_assessment
from psd2_affordability.categorise.engine import Understood, understand
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.sandbox.ledger_view import closing_ct, ledger_of
from psd2_affordability.sandbox.people import SandboxPerson
from psd2_affordability.service.bootstrap import Product, product

_SUBJECTS, _ROWS_EACH = 1_000, 500
_WAITING = 2_000


def run() -> list[Measurement]:
    """Assess a thousand subjects with all parts, and one person from bare transactions."""
    wired = product()
    people = sandbox_people()
    (on,) = {person.on for person in people.values()}
    lives = understand(make_portfolio(_SUBJECTS, _ROWS_EACH), wired.knowledge, {})
    cases = {subject: _case(person_behind(subject)) for subject in lives.frame["subject"].unique()}
    seconds = best_of(3, lambda: _drain(wired, lives, cases, on))
    peer = len(cases) / best_of(1, lambda: _monthly_sums_alone(lives.frame))
    person, case = _one_person(people)
    cold = best_of(15, lambda: _from_bare_transactions(wired, person, case, on)) * 1000
    return [
        Measurement(
            f"assess {_SUBJECTS:,} subjects of 12 months and {_ROWS_EACH} transactions, every part",
            len(cases) / seconds,
            "subjects/s",
            1_000,
            peer="pandas group per subject, sums by month and category alone",
            peer_value=peer,
        ),
        Measurement("  a subject", seconds / len(cases) * 1000, "ms", 1, higher_is_better=False),
        Measurement(
            f"understand and assess one person's {len(person):,} transactions",
            cold,
            "ms",
            25,
            higher_is_better=False,
        ),
    ]


def _drain(wired: Product, lives: Understood, cases: dict[str, Case], on: date) -> None:
    deque(each_assessment(lives, cases, wired.law, wired.knowledge, on), maxlen=0)


def _from_bare_transactions(wired: Product, frame: pd.DataFrame, case: Case, on: date) -> object:
    lives = understand(frame, wired.knowledge, {})
    return assess(lives, {"waiting": case}, wired.law, wired.knowledge, on)


def _case(person: SandboxPerson) -> Case:
    balances = tuple(
        KnownBalance(account.iban, Money(closing_ct(account)), person.on, proven=True)
        for account in person.banked.accounts
    )
    return Case(person.household, balances, total_debt=person.total_debt)


def _monthly_sums_alone(frame: pd.DataFrame) -> list[pd.Series]:
    """The least that any affordability figure needs, done the usual way: one group at a time."""
    return [
        life.groupby(["category", life["booked_on"].dt.to_period("M")])["amount_ct"].sum()
        for _, life in frame.groupby("subject")
    ]


def _one_person(people: dict[str, SandboxPerson]) -> tuple[pd.DataFrame, Case]:
    """Lives of sandbox people as if they were one, until there are as many rows as wanted."""
    rows = ledger_of(people.values()).head(_WAITING)
    text = pd.Series("waiting", index=rows.index, dtype="str")
    keyed = with_keys(rows.assign(subject=text, tx=pd.Series("", index=rows.index, dtype="str")))
    return keyed, _case(next(iter(people.values())))
