"""Keeping what a bank or a file brought in; the same data twice changes nothing."""

from collections.abc import Mapping
from datetime import date, timedelta

from psd2_affordability.connect.result import Received
from psd2_affordability.ledger.merge import Window
from psd2_affordability.ledger.schema import BOOKED
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.privacy import masking
from psd2_affordability.service.purposes import consent_for
from psd2_affordability.service.purposes import purpose as known_purpose
from psd2_affordability.store.shapes import Kept
from psd2_affordability.store.sources import FILE

_DAY = timedelta(days=1)
_NEVER = date(1970, 1, 1)


def keep_files(product: Product, subject: str, received: Received, purpose_code: str = "") -> Kept:
    """Keep what was read from files that somebody brings, under a case, which is opened if it is new.

    Args:
        product: the wired product.
        subject: the case.
        received: what was read.
        purpose_code: what it is kept for; without one it is masked as for the narrowest.

    Raises:
        UnknownName: there is no such purpose.
        ConsentNotValid: there are consents in the case, but none for this purpose that stands.
        UsageError: the key of the case cannot be one.
    """
    if purpose_code:
        consents = product.store.consents.list(subject) if subject else ()
        consent_for(consents, known_purpose(purpose_code), subject)
    return keep_received(product, subject, received, source=FILE, purpose=purpose_code)


def keep_received(
    product: Product,
    subject: str,
    received: Received,
    *,
    source: str,
    whole_since: Mapping[str, date] | None = None,
    purpose: str = "",
) -> Kept:
    """Keep it under a case, which is opened if it is new.

    Args:
        product: the wired product.
        subject: the case.
        received: what came in.
        source: the bank's id, or `file`, for the log.
        whole_since: account key to the day from which every page of a bank's answer arrived, so that what
            is absent since then is gone; an account that is missing here came in part.
        purpose: what it is kept for; without one it is masked as for the narrowest.
    """
    now = product.clock.now()
    if source == FILE:
        windows: Mapping[str, Window] | None = _of_files(received)
    elif whole_since is None:
        windows = None
    else:
        windows = {account: Window(since, now.date()) for account, since in whole_since.items()}
    return product.store.ledger.keep(
        subject,
        received.transactions,
        received.accounts,
        at=now,
        source=source,
        windows=windows,
        masking=masking(product, subject, received, purpose),
    )


def _of_files(received: Received) -> dict[str, Window]:
    """Days between the first and the last of each account; those may have begun or ended halfway.

    Whoever brings a file may have left something out, so only a proven one tells what else there
    was on its days, and none ends what was kept before.
    """
    booked = received.transactions[received.transactions["status"] == BOOKED]
    windows = {}
    for each in received.accounts:
        days = booked.loc[booked["account"] == each.account, "booked_on"].dt.date.tolist()
        whole = bool(days) and each.proven is True
        first, last = (min(days), max(days)) if days else (_NEVER, _NEVER)
        windows[each.account] = Window(first + _DAY, last - _DAY, whole, ends_rows=False)
    return windows
