"""Keeping what a bank or a file brought in; the same data twice changes nothing."""

from psd2_affordability.connect.result import Received
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.store.shapes import Kept


def keep_received(product: Product, subject: str, received: Received, *, source: str) -> Kept:
    """Keep it under a case, which is opened if it is new.

    Args:
        product: the wired product.
        subject: the case.
        received: what came in.
        source: the bank's id, or `file`, for the log.
    """
    return product.store.ledger.keep(
        subject, received.transactions, received.accounts, at=product.clock.now(), source=source
    )
