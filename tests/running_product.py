"""The whole product over real HTTP on this machine: pages, interface, store, and the sandbox banks."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bank_material import JAN, LANDLORD, TODAY
from psd2_affordability.asgi import create_app
from psd2_affordability.sandbox.bank import Faults
from psd2_affordability.sandbox.banks import create_banks
from psd2_affordability.sandbox.model import BankedPerson
from psd2_affordability.sandbox.server import serve_in_thread
from psd2_affordability.service.bootstrap import Product, product
from psd2_affordability.service.clock import FixedClock
from psd2_affordability.service.settings import API_TOKEN, DATABASE, from_environment
from sandbox_banks_material import registrations

BANK = "sandbox.berlin_group"
HOSTILE_NAME = "<script>alert(1)</script> \u202emoc.live"
HOSTILE_TEXT = "</td><img src=x onerror=alert(2)> {{ 7*7 }} \x1b[31m"


@dataclass(frozen=True, slots=True)
class Running:
    """Where everything is."""

    url: str
    bank_url: str
    product: Product


def hostile_person() -> BankedPerson:
    """A customer whose payees write attacks into what the bank prints."""
    account = JAN.accounts[0]
    entries = tuple(
        replace(each, counterparty_name=HOSTILE_NAME, remittance=HOSTILE_TEXT)
        if each.counterparty_iban == LANDLORD or each.purpose_code == "SALA"
        else each
        for each in account.entries
    )
    return BankedPerson("mal", "Mal Voorbeeld", (replace(account, entries=entries),))


@contextmanager
def running(
    folder: Path,
    people: Mapping[str, BankedPerson] | None = None,
    *,
    faults: Faults | None = None,
    token: str = "",
) -> Iterator[Running]:
    """Serve everything for as long as a block lasts."""
    clock = FixedClock.at_noon(TODAY)
    banks = create_banks(
        people or {"jan": JAN, "mal": hostile_person()},
        clock.now,
        faults=lambda: faults or Faults(),
        registrations=registrations(),
    )
    settings = from_environment({DATABASE: f"sqlite:///{folder / 'cases.db'}", API_TOKEN: token})
    with serve_in_thread(banks.app) as bank_url:
        wired = product(
            settings=settings,
            clock=clock,
            bank_urls=banks.urls(bank_url),
            registrations=banks.credentials(),
        )
        with serve_in_thread(create_app(wired)) as url:
            yield Running(url, bank_url, wired)
        wired.store.close()
