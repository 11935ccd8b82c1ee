"""Accounts that count for a part: what is said of them."""

from collections.abc import Iterator
from decimal import Decimal

from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.household import AccountShare
from psd2_affordability.assess.wording import percent, reason
from psd2_affordability.core.iban import masked
from psd2_affordability.core.reasons import Reason


def shared_in(facts: Facts) -> tuple[AccountShare, ...]:
    """Return the accounts with a stated share that are among the data."""
    if not facts.case.household.accounts:
        return ()
    seen = _seen(facts)
    return tuple(one for one in facts.case.household.accounts if one.iban in seen)


def not_in_data(facts: Facts) -> Iterator[Reason]:
    """Name each account with a stated share of which no statement was given: its share counts for nothing."""
    if not facts.case.household.accounts:
        return
    seen = _seen(facts)
    for one in facts.case.household.accounts:
        if facts.accounts and one.iban not in seen:
            yield reason(
                "accounts.not_in_data",
                "The account {account} in the household file is not among the statements. Is it a typing "
                "error?",
                "De rekening {account} uit de gegevens van het huishouden zit niet bij de afschriften. Is "
                "het een typefout?",
                account=masked(one.iban),
            )


def _seen(facts: Facts) -> frozenset[str]:
    with_rows = {account.account for account in facts.accounts}
    return frozenset(with_rows | {known.account for known in facts.case.balances})


def joint_accounts(code: str, facts: Facts) -> Reason:
    """Say which stated share of which account counts."""
    counted = ", ".join(
        f"{percent(Decimal(one.share.numerator) / Decimal(one.share.denominator))} {masked(one.iban)}"
        for one in shared_in(facts)
    )
    return reason(
        code,
        "Of these accounts the stated share is counted: {shares}. The whole amounts are shown beside it.",
        "Van deze rekeningen telt alleen het deel dat is opgegeven: {shares}. De hele bedragen staan erbij.",
        shares=counted,
        article="art. 3:166 BW",
    )
