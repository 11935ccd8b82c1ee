"""Which rows are masked when: before anything is kept, and on request for what is only shown."""

import hmac
import secrets
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from psd2_affordability.connect.result import Received
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.purposes import PURPOSES

if TYPE_CHECKING:
    import pandas as pd

    from psd2_affordability.categorise.engine import Understood
    from psd2_affordability.categorise.privacy import Mark, Masked
    from psd2_affordability.store.transactions import Masking


def masking(product: Product, subject: str, received: Received, purpose: str) -> "Masking":
    """Return how the store masks what came in for a case.

    Args:
        product: the wired product.
        subject: the case.
        received: what came in; its accounts are the person's own.
        purpose: what it is kept for; without one no description is kept.
    """
    from psd2_affordability.categorise.privacy import mask

    keeps_text = purpose in PURPOSES and PURPOSES[purpose].keeps_text
    own = {account.iban for account in received.accounts if account.iban}

    def masked(frame: "pd.DataFrame", mark: "Mark", known: Collection[str]) -> "Masked":
        return mask(frame, product.knowledge, {subject: own | set(known)}, mark, keeps_text=keeps_text)

    return masked


def masked_for_showing(product: Product, received: Received) -> Received:
    """Mask what was read and is not kept; pseudonyms and keys are new every time."""
    import pandas as pd

    from psd2_affordability.categorise.privacy import mask
    from psd2_affordability.ledger.schema import TEXT_MARK

    key = secrets.token_bytes(32)

    def mark(*parts: str) -> str:
        said = "\x1f".join(parts).encode("utf-8", "surrogatepass")
        return hmac.digest(key, said, "sha256").hex()

    frame = received.transactions
    own = [account.iban for account in received.accounts if account.iban]
    masked = mask(frame, product.knowledge, {"": own}, mark).frame.drop(columns=TEXT_MARK)
    keys = [tx and f"{tx[0]}{mark('tx', tx)[:16]}" for tx in frame["tx"]]
    return replace(received, transactions=masked.assign(tx=pd.Series(keys, index=frame.index, dtype="str")))


def without_texts(understood: "Understood") -> "Understood":
    """Leave descriptions out for a purpose that does not need them, whoever else had them kept."""
    frame = understood.frame
    blank = frame["remittance"].where(frame["remittance"] == "", "")
    return replace(understood, frame=frame.assign(remittance=blank))
