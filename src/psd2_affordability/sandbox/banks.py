"""All sandbox banks on one server: which there are, where each hangs, and who may call it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from fastapi import FastAPI

from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.sandbox.abn_bank import create_abn_bank
from psd2_affordability.sandbox.bank import Faults, Habits, create_bank
from psd2_affordability.sandbox.bank.state import Clock
from psd2_affordability.sandbox.enable_banking import create_enable_banking
from psd2_affordability.sandbox.model import BankedPerson
from psd2_affordability.sandbox.registrations import AGGREGATOR, OWN, UK, Registrations
from psd2_affordability.sandbox.uk_bank import create_uk_bank

BERLIN, IN_APP = "sandbox.berlin_group", "sandbox.berlin_group_app"

#: Bank id to the path that it hangs under; the one without a path answers all the rest.
PLACES: Mapping[str, str] = {
    UK: "/uk",
    AGGREGATOR: "/enable",
    OWN: "/abn",
    IN_APP: "/decoupled",
    BERLIN: "",
}

#: Where a consent opens one account, so that a person with two consents twice.
ONE_ACCOUNT = frozenset({OWN})


@dataclass(frozen=True, slots=True)
class SandboxBanks:
    """Some or all sandbox banks, put together.

    Attributes:
        app: all of them, as one ASGI application.
        each: bank id to its own application; its books are `app.state.bank`.
        registrations: who may call them.
    """

    app: FastAPI
    each: Mapping[str, FastAPI]
    registrations: Registrations = field(repr=False)

    def urls(self, server: str) -> dict[str, str]:
        """Return where each bank is, once the server has an address."""
        return {bank: f"{server}{PLACES[bank]}" for bank in self.each}

    def credentials(self) -> dict[str, Credentials]:
        """Return what a client needs at each bank."""
        return {bank: self.registrations.credentials(bank) for bank in self.each}


def create_banks(
    people: Mapping[str, BankedPerson],
    clock: Clock,
    *,
    only: Collection[str] = tuple(PLACES),
    faults: Callable[[], Faults] = Faults,
    registrations: Registrations | None = None,
) -> SandboxBanks:
    """Make the sandbox banks.

    Args:
        people: the customers of every bank by key.
        clock: the time there, with a time zone.
        only: ids of those to make.
        faults: how each is to misbehave.
        registrations: who may call them; made anew when not given.
    """
    known = registrations or Registrations()
    makers: Mapping[str, Callable[[Faults], FastAPI]] = {
        UK: lambda faults: create_uk_bank(people, clock, known.uk.client, faults),
        AGGREGATOR: lambda faults: create_enable_banking(people, clock, faults, application=known.aggregator),
        OWN: lambda faults: create_abn_bank(people, clock, faults, registration=known.own),
        IN_APP: lambda faults: create_bank(people, clock, faults, habits=Habits(approach="decoupled")),
        BERLIN: lambda faults: create_bank(people, clock, faults),
    }
    server = FastAPI(openapi_url=None)
    each = {bank: makers[bank](faults()) for bank in PLACES if bank in only}
    for bank, app in each.items():
        server.mount(PLACES[bank], app)
    return SandboxBanks(server, each, known)
