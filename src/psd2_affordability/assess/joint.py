"""Accounts that count for a part: what is said of them."""

from decimal import Decimal

from psd2_affordability.assess.facts import Facts
from psd2_affordability.assess.wording import percent, reason
from psd2_affordability.core.iban import masked
from psd2_affordability.core.reasons import Reason


def joint_accounts(code: str, facts: Facts) -> Reason:
    """Say which stated share of which account counts."""
    counted = ", ".join(
        f"{percent(Decimal(one.share.numerator) / Decimal(one.share.denominator))} {masked(one.iban)}"
        for one in facts.case.household.accounts
    )
    return reason(
        code,
        "Of these accounts the stated share is counted: {shares}. The whole amounts are shown beside it.",
        "Van deze rekeningen telt alleen het deel dat is opgegeven: {shares}. De hele bedragen staan erbij.",
        shares=counted,
        article="art. 3:166 BW",
    )
