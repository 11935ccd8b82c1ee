"""A process that syncs one consent at the sandbox bank again and again, on a clock that all share."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any

from psd2_affordability.service.bootstrap import Product, product
from psd2_affordability.service.clock import ZONE
from psd2_affordability.service.connect_bank import refresh_consent
from psd2_affordability.service.settings import DATABASE, KEY, from_environment
from psd2_affordability.store.store import Store
from store_material import KEY as STORE_KEY
from store_material import NOW

BANK = "sandbox.berlin_group"
STEP_MINUTES = 120


@dataclass(frozen=True)
class SharedClock:
    """A clock that all processes read, and that goes on where a killed one left it.

    Attributes:
        moved: minutes since it was set, in memory that the processes share.
    """

    moved: Any

    def now(self) -> datetime:
        return (NOW + timedelta(minutes=self.moved.value)).astimezone(ZONE)

    def today(self) -> date:
        return self.now().date()


def syncing_product(url: str, bank_url: str, clock: SharedClock) -> Product:
    """Wire the product to a database and the sandbox bank."""
    settings = from_environment({DATABASE: url, KEY: b64encode(STORE_KEY).decode()})
    return product(settings=settings, clock=clock, bank_urls={BANK: bank_url})


def sync(store: Store, pipe: Connection, url: str, bank_url: str, moved: Any, consent: str) -> None:
    """Sync every two hours; say of each time that it begins, and of what day all is kept."""
    store.close()
    clock = SharedClock(moved)
    wired = syncing_product(url, bank_url, clock)
    wired.store.consents.show(consent)
    wired.bank(BANK)
    pipe.send(("ready", None))
    while True:
        moved.value += STEP_MINUTES
        day = clock.today()
        pipe.send(("begins", day))
        brought = refresh_consent(wired, consent)
        pipe.send(("refused" if brought.problems else "kept", day))
