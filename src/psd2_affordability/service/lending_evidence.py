"""The evidence of what bank data showed before a credit was granted, from statement files."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from psd2_affordability.assess.household import Household
from psd2_affordability.assess.lending_evidence import EVIDENCE_PARTS, lending_evidence, rows_before
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.assess.thresholds import NORMS
from psd2_affordability.connect.result import AccountRead, BalanceRead, Received
from psd2_affordability.core.errors import UsageError
from psd2_affordability.core.money import Money
from psd2_affordability.service.assess_case import NAMELESS, Question, assess_received
from psd2_affordability.service.bootstrap import Product

if TYPE_CHECKING:
    from psd2_affordability.assess.results.lending_evidence import LendingEvidence


def evidence_from_paths(
    product: Product,
    paths: Sequence[Path],
    granted_on: date,
    *,
    household: Household | None = None,
    credit: Obligation | None = None,
    creditor: str = "",
    mask: bool = False,
) -> "LendingEvidence":
    """Tell what statement files show of the time before a credit was granted.

    Args:
        product: the wired product.
        paths: files and folders.
        granted_on: the day of granting; nothing booked on it or later is looked at.
        household: what was known of the people then.
        credit: what the credit asks a month.
        creditor: who granted it.
        mask: replace private persons and sensitive payees first.

    Raises:
        InputError: a file that cannot be read whole.
        UsageError: the day has not come, or is long after the data.
    """
    from psd2_affordability.service.privacy import masked_for_showing
    from psd2_affordability.service.reading import read_paths

    received = read_paths(paths)
    received = masked_for_showing(product, received) if mask else received
    return evidence_of(product, received, granted_on, household=household, credit=credit, creditor=creditor)


def evidence_of(
    product: Product,
    received: Received,
    granted_on: date,
    *,
    household: Household | None = None,
    credit: Obligation | None = None,
    creditor: str = "",
) -> "LendingEvidence":
    """Tell what rows at hand show of the time before a credit was granted."""
    from psd2_affordability.assess.kinds import Kinds

    _check_day(granted_on, product.clock.today(), _last_told(received))
    question = Question(
        on=granted_on - timedelta(days=1),
        household=household or Household(),
        parts=EVIDENCE_PARTS,
        obligation=credit,
    )
    # what a plan must leave beside the legal floor does not bound a lender
    law = product.law if product.vtlb is None else product.law_with(product.leennorm, None)
    answered = assess_received(product, NAMELESS, as_of(received, granted_on), question, law)
    kinds = Kinds.of(product.knowledge.taxonomy)
    return lending_evidence(answered.assessment, answered.understood, kinds, granted_on, creditor)


def _check_day(granted_on: date, today: date, last: date | None) -> None:
    """Refuse a day that has not come, or of which the data say nothing."""
    if granted_on > today:
        raise UsageError(
            f"the day of granting, {granted_on}, is after today, {today}",
            do="Give the day on which the credit was granted",
        )
    if last is not None and (granted_on - last).days > NORMS.too_stale_days:
        raise UsageError(
            f"the day of granting, {granted_on}, is long after the data, which end on {last}",
            do="Give statements up to the day before the credit was granted",
        )


def _last_told(received: Received) -> date | None:
    """Return the last day of which the data tell a booking or a balance."""
    rows = received.transactions
    booked = rows["booked_on"][rows["status"] == "booked"]
    days = [] if booked.empty else [booked.max().date()]
    days += [each.closing.on for each in received.accounts if each.closing and each.closing.on]
    return max(days, default=None)


def as_of(received: Received, granted_on: date) -> Received:
    """Return what was there before a day: its rows, and each balance at the end of the day before."""
    rows = received.transactions
    accounts = tuple(_earlier(each, rows, granted_on) for each in received.accounts)
    return replace(received, accounts=accounts, transactions=rows_before(rows, granted_on))


def _earlier(account: AccountRead, rows: pd.DataFrame, granted_on: date) -> AccountRead:
    """Reckon the closing balance back to before the day; a balance without a day is dropped."""
    closing, first = account.closing, pd.Timestamp(granted_on)
    if closing is None or closing.on is None:
        return replace(account, closing=None, balances=())
    if closing.on < granted_on:
        return account
    its = (rows["account"] == account.account) & (rows["status"] == "booked")
    its &= (rows["booked_on"] >= first) & (rows["booked_on"] <= pd.Timestamp(closing.on))
    its &= rows["currency"] == account.currency
    before = closing.amount - Money(int(rows["amount_ct"][its].sum()))
    then = BalanceRead(closing.type, before, granted_on - timedelta(days=1))
    return replace(account, closing=then, balances=())
