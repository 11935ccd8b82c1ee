"""The sandbox bank with an interface of its own, hung under a path, and our way to it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from fastapi import FastAPI

from bank_material import CURRENT, PEOPLE, Clock, RenewingBank
from psd2_affordability._data import data_files
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.journey import Begun, Completed
from psd2_affordability.connect.open import open_bank
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.connect.transport import Limits
from psd2_affordability.sandbox.abn_bank import Registration, create_abn_bank
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.sandbox.bank import Fault, Faults
from psd2_affordability.sandbox.model import BankedPerson
from psd2_affordability.sandbox.server import serve_in_thread

REGISTERED = Registration("test-only-client", "test-only-key")


@dataclass
class Visit(RenewingBank):
    """The bank with an interface of its own."""

    def come_back(
        self, begun: Begun, person: str = "jan", iban: str = CURRENT, *, refuse: bool = False
    ) -> dict[str, str]:
        """Decide as the person and return what came back with them."""
        came_back = approve(begun.redirect_url, person, [iban], refuse=refuse)
        return dict(parse_qsl(urlsplit(came_back).query))

    def consented(self, iban: str = CURRENT) -> Completed:
        """Walk the whole journey."""
        begun = self.begin()
        return self.complete(begun, self.come_back(begun, iban=iban))


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
