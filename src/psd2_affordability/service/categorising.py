"""What each transaction of some statement files is."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from psd2_affordability.connect.result import Received
from psd2_affordability.core.money import Money
from psd2_affordability.service.bootstrap import Product

if TYPE_CHECKING:
    import pandas as pd


def categorised(product: Product, received: Received) -> Received:
    """Return what was read with the columns that say what each row is, and why."""
    from psd2_affordability.categorise.engine import understand

    ibans = [account.iban for account in received.accounts if account.iban]
    understood = understand(received.transactions, product.knowledge, {"": ibans})
    return replace(received, transactions=understood.frame)


@dataclass(frozen=True, slots=True)
class CategorySum:
    """What the rows of one category come to."""

    category: str
    currency: str
    rows: int
    total: Money


def summed(frame: "pd.DataFrame") -> list[CategorySum]:
    """Sum each category, largest first; together they are the sum of the statement."""
    grouped = frame.groupby(["category", "currency"], sort=True)["amount_ct"].agg(["sum", "size"])
    sums = [
        CategorySum(category, currency, size, Money(cents))
        for (category, currency), cents, size in zip(
            grouped.index.tolist(), grouped["sum"].tolist(), grouped["size"].tolist(), strict=True
        )
    ]
    return sorted(sums, key=lambda found: abs(found.total), reverse=True)
