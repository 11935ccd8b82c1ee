"""The sandbox bank with an interface of its own, hung under a path, and our way to it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from fastapi import FastAPI

from bank_material import CURRENT, IP, PEOPLE, Clock
from budget_material import MemoryBudget
from psd2_affordability._data import data_files
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.journey import Begun, Completed, begin, complete, refresh
from psd2_affordability.connect.open import open_bank
from psd2_affordability.connect.port import BankPort, Fetched, Grant
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.connect.transport import Limits
from psd2_affordability.sandbox.abn_bank import Registration, create_abn_bank
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.sandbox.bank import Fault, Faults, SandboxBank
from psd2_affordability.sandbox.model import BankedPerson
from psd2_affordability.sandbox.server import serve_in_thread

CALLBACK = "http://127.0.0.1:9/callback"
REGISTERED = Registration("test-only-client", "test-only-key")


@dataclass
class Visit:
    """One bank that is open, and our way to it."""

    url: str
    books: SandboxBank
    port: BankPort
    clock: Clock
    budget: MemoryBudget = field(default_factory=MemoryBudget)
    stored: list[Grant] = field(default_factory=list)

    def begin(self) -> Begun:
        return begin(self.port, redirect_uri=CALLBACK, psu_ip=IP, clock=self.clock)

    def come_back(
        self, begun: Begun, person: str = "jan", iban: str = CURRENT, *, refuse: bool = False
    ) -> dict[str, str]:
        """Decide as the person and return what came back with them."""
        came_back = approve(begun.redirect_url, person, [iban], refuse=refuse)
        return dict(parse_qsl(urlsplit(came_back).query))

    def complete(self, begun: Begun, answer: Mapping[str, str]) -> Completed:
        return complete(self.port, begun, answer=answer, psu_ip=IP, clock=self.clock, renew=self.store)

    def consented(self, iban: str = CURRENT) -> Completed:
        """Walk the whole journey."""
        begun = self.begin()
        return self.complete(begun, self.come_back(begun, iban=iban))

    def refresh(self) -> Fetched:
        """Fetch what is new while the person is not there."""
        return refresh(self.port, self.stored[-1], clock=self.clock, budget=self.budget, renew=self.store)

    def store(self, grant, make):
        """Keep a renewed grant, as a store does, before it is used."""
        self.stored.append(make(grant))
        return self.stored[-1]


@contextmanager
def open_abn_sandbox(
    *faults: Fault,
    page_size: int = 50,
    seconds: float = 5.0,
    people: Mapping[str, BankedPerson] | None = None,
    recorder: type | None = None,
    us: Registration = REGISTERED,
) -> Iterator[Visit]:
    """Open the bank on a free port, with what is to go wrong and what is to write along."""
    clock = Clock()
    app = create_abn_bank(
        people or PEOPLE, clock, Faults(*faults), registration=REGISTERED, page_size=page_size
    )
    if recorder:
        app.add_middleware(recorder)
    server = FastAPI(openapi_url=None)
    server.mount("/abn", app)
    with serve_in_thread(server) as url:
        connections = Connections(
            load_banks(data_files("connectors")).bank("sandbox.abn_amro"),
            clock=clock,
            base_url=f"{url}/abn",
            credentials=Credentials(client_id=us.client_id, api_key=us.api_key),
            limits=Limits(seconds=seconds, max_bytes=4 * 2**20),
            sleep=lambda _: None,
        )
        try:
            yield Visit(f"{url}/abn", app.state.bank, open_bank(connections), clock)
        finally:
            connections.close()
