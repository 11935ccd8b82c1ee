"""The UK sandbox bank with the same two customers, hung under a path, and our way to it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import parse_qsl, urlsplit

from fastapi import FastAPI

from bank_material import CURRENT, PEOPLE, SAVINGS, Clock, RenewingBank
from psd2_affordability._data import data_files
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.journey import Begun, Completed
from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.connect.open import open_bank
from psd2_affordability.connect.registry import Bank, Banks, load_banks
from psd2_affordability.connect.transport import Limits
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.sandbox.bank import Fault, Faults
from psd2_affordability.sandbox.model import BankedPerson
from psd2_affordability.sandbox.server import serve_in_thread
from psd2_affordability.sandbox.uk_bank import SandboxCredentials, create_uk_bank, sandbox_credentials


@cache
def registered() -> SandboxCredentials:
    """One client for all tests: a key takes long to make."""
    return sandbox_credentials()


@cache
def banks() -> Banks:
    """Every bank there is a file for."""
    return load_banks(data_files("connectors"))


def credentials() -> Credentials:
    """Who we are at the sandbox bank."""
    ours = registered()
    key = key_from_pem(ours.private_key, where="the sandbox's key")
    return Credentials(client_id=ours.client_id, token_key=key)


def in_version_3_1(sandbox: Bank, like: Bank | None) -> Bank:
    """Give the sandbox bank's file the profile of the older version, with its own few fields.

    Of a bank it is to be like, what is asked stays: the paths, the headers and the questions.
    """
    older, newer = banks().bank("nl.revolut").profile, sandbox.profile
    own = {
        name: newer.rows.fields[name]
        for name in ("creditor_id", "mandate_id", "bank_code", "return_text", "entry_reference")
    }
    rows = replace(older.rows, fields={**older.rows.fields, **own})
    query = like.profile.query if like else newer.query
    return replace(sandbox, profile=replace(older, query=query, rows=rows))


@dataclass
class Visit(RenewingBank):
    """The UK bank, and how long we waited for it."""

    slept: list[float]

    def come_back(
        self, begun: Begun, person: str = "jan", ibans: tuple[str, ...] = (CURRENT, SAVINGS), **how: bool
    ) -> dict[str, str]:
        """Decide as the person and return what came back with them."""
        came_back = approve(begun.redirect_url, person, ibans, **how)
        return dict(parse_qsl(urlsplit(came_back).query))

    def consented(self, ibans: tuple[str, ...] = (CURRENT, SAVINGS)) -> Completed:
        """Walk the whole journey."""
        begun = self.begin()
        return self.complete(begun, self.come_back(begun, ibans=ibans))


@contextmanager
def open_uk_sandbox(
    *faults: Fault,
    page_size: int = 100,
    seconds: float = 5.0,
    people: Mapping[str, BankedPerson] | None = None,
    recorder: type | None = None,
    version: str = "4.0",
    ours: Credentials | None = None,
    like: Bank | None = None,
) -> Iterator[Visit]:
    """Open the bank on a free port, with what is to go wrong, who writes along, and whose file we go by."""
    clock, slept = Clock(), []
    app = create_uk_bank(
        people or PEOPLE, clock, registered().client, Faults(*faults), page_size=page_size, version=version
    )
    if recorder:
        app.add_middleware(recorder)
    server = FastAPI(openapi_url=None)
    server.mount("/uk", app)
    bank = banks().bank("sandbox.uk_open_banking")
    with serve_in_thread(server) as url:
        connections = Connections(
            in_version_3_1(bank, like) if version == "3.1" else bank,
            clock=clock,
            base_url=f"{url}/uk",
            credentials=ours or credentials(),
            limits=Limits(seconds=seconds, max_bytes=4 * 2**20),
            sleep=slept.append,
        )
        try:
            yield Visit(f"{url}/uk", app.state.bank, open_bank(connections), clock, slept)
        finally:
            connections.close()
