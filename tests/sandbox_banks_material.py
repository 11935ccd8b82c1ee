"""All sandbox banks on one server, a product that knows them, and people who walk to each of them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from psd2_affordability._data import data_files
from psd2_affordability.sandbox.approve import approve, approve_in_app
from psd2_affordability.sandbox.bank import Fault, Faults
from psd2_affordability.sandbox.banks import ONE_ACCOUNT, PLACES, SandboxBanks, create_banks
from psd2_affordability.sandbox.model import BankedPerson
from psd2_affordability.sandbox.people import SandboxPerson, load_people
from psd2_affordability.sandbox.registrations import Registrations
from psd2_affordability.sandbox.server import serve_in_thread
from psd2_affordability.service.assess_case import Answered, Question, assess_kept
from psd2_affordability.service.bootstrap import Product, product
from psd2_affordability.service.clock import FixedClock
from psd2_affordability.service.connect_bank import Brought, begin_consent, complete_consent
from psd2_affordability.service.settings import DATABASE, from_environment

CALLBACK = "http://127.0.0.1:9/consents/callback"
IP = "127.0.0.1"
PURPOSE = "debt_help"
#: The banks that a person is led to by a page; at the fifth they approve in its app.
BY_PAGE = tuple(bank for bank in PLACES if not bank.endswith("_app"))
IN_APP = "sandbox.berlin_group_app"


@cache
def registrations() -> Registrations:
    """One client for all tests: a key takes long to make."""
    return Registrations()


@cache
def sandbox_people() -> Mapping[str, SandboxPerson]:
    return load_people(data_files("sandbox_fixtures"))


@dataclass(frozen=True)
class House:
    """The sandbox banks, open, and the product beside them."""

    banks: SandboxBanks
    product: Product
    folder: Path

    def beside(self, name: str) -> "House":
        """The same banks with another product, which keeps what it knows elsewhere."""
        settings = from_environment({DATABASE: f"sqlite:///{self.folder / name}.db"})
        return replace(self, product=replace(self.product, settings=settings))

    def visit(self, bank: str, subject: str, person: str, ibans: Sequence[str], *, refuse=False) -> Brought:
        """Ask for consent, decide as the person, and come back."""
        started = begin_consent(self.product, subject, bank, PURPOSE, redirect_uri=CALLBACK, psu_ip=IP)
        came_back = started.redirect_url
        if started.in_app:
            approve_in_app(self.product.bank_urls[bank], person, ibans, refuse=refuse)
        else:
            came_back = approve(started.redirect_url, person, ibans, refuse=refuse)
        return complete_consent(self.product, dict(parse_qsl(urlsplit(came_back).query)), psu_ip=IP)

    def share_everything(self, bank: str, subject: str, person: BankedPerson) -> list[Brought]:
        ibans = [account.iban for account in person.accounts]
        visits = [[iban] for iban in ibans] if bank in ONE_ACCOUNT else [ibans]
        return [self.visit(bank, subject, person.name, chosen) for chosen in visits]

    def answered(self, subject: str, person: SandboxPerson) -> Answered:
        question = Question(on=person.on, household=person.household, total_debt=person.total_debt or None)
        return assess_kept(self.product, subject, PURPOSE, question)


@contextmanager
def open_house(
    folder: Path, people: Mapping[str, BankedPerson], on, faults: Sequence[Fault] = ()
) -> Iterator[House]:
    """Open every sandbox bank, each with its own copy of what is to go wrong."""
    clock = FixedClock.at_noon(on)
    banks = create_banks(
        people,
        clock.now,
        registrations=registrations(),
        faults=lambda: Faults(*(replace(fault) for fault in faults)),
    )
    settings = from_environment({DATABASE: f"sqlite:///{folder / 'cases.db'}"})
    with serve_in_thread(banks.app) as url:
        wired = product(
            settings=settings, clock=clock, bank_urls=banks.urls(url), registrations=banks.credentials()
        )
        yield House(banks, wired, folder)
        wired.store.close()
