"""The sandbox aggregator, open, and a person who walks through its journey."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import parse_qsl, urlsplit

from bank_material import CALLBACK, CURRENT, IP, JAN, SAVINGS, Clock, a_daily_life
from budget_material import MemoryBudget
from psd2_affordability._data import data_files
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.journey import Begun, Completed, begin, complete, refresh
from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.connect.open import open_bank
from psd2_affordability.connect.port import BankPort, Fetched
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.connect.transport import Limits
from psd2_affordability.ledger.schema import BOOKED
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.sandbox.bank import Fault, Faults
from psd2_affordability.sandbox.enable_banking import (
    Application,
    Quirks,
    create_enable_banking,
    new_application,
)
from psd2_affordability.sandbox.enable_banking.sessions import Sessions
from psd2_affordability.sandbox.model import BankedPerson
from psd2_affordability.sandbox.server import serve_in_thread

DAYS = 120
#: One row a day, four salaries, and a direct debit that comes back.
BOOKED_ROWS = DAYS + 4 + 2
_SHORT = replace(JAN.accounts[0], entries=a_daily_life(DAYS))
PEOPLE = {"jan": replace(JAN, accounts=(_SHORT, *JAN.accounts[1:]))}


@cache
def our_application() -> Application:
    """One application for all tests: making its key takes a moment."""
    return new_application()


def our_credentials(application: Application | None = None, **more: str) -> Credentials:
    us = application or our_application()
    key = key_from_pem(us.private_key, where="our application's key")
    return Credentials(token_key=key, token_key_id=us.id, more=more)


@dataclass
class Seen:
    """One call as it came in."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]


class Watch:
    """Writes along which calls come in."""

    def __init__(self, app, calls):
        self.app = app
        self.calls = calls

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and "/authorise/" not in scope["path"]:
            headers = {name.decode(): value.decode() for name, value in scope["headers"]}
            query = dict(parse_qsl(scope["query_string"].decode()))
            self.calls.append(Seen(scope["method"], scope["path"], query, headers))
        await self.app(scope, receive, send)


@dataclass
class Visit:
    """One aggregator that is open, and our way to it."""

    url: str
    books: Sessions
    port: BankPort
    clock: Clock
    calls: list[Seen]
    budget: MemoryBudget = field(default_factory=MemoryBudget)

    def begin(self, **more) -> Begun:
        return begin(self.port, redirect_uri=CALLBACK, psu_ip=IP, clock=self.clock, **more)

    def approve(self, begun: Begun, ibans: Sequence[str] = (CURRENT, SAVINGS), **more) -> dict[str, str]:
        """Decide as the person, and return what they come back with."""
        return dict(parse_qsl(urlsplit(approve(begun.redirect_url, "jan", ibans, **more)).query))

    def complete(self, begun: Begun, answer: Mapping[str, str]) -> Completed:
        return complete(self.port, begun, answer=answer, psu_ip=IP, clock=self.clock)

    def consented(self, ibans: Sequence[str] = (CURRENT, SAVINGS)) -> Completed:
        """Walk the whole journey."""
        begun = self.begin()
        return self.complete(begun, self.approve(begun, ibans))

    def refresh(self, completed: Completed, **more) -> Fetched:
        return refresh(self.port, completed.grant, clock=self.clock, budget=self.budget, **more)

    def asked(self, ending: str) -> list[Seen]:
        return [call for call in self.calls if call.path.endswith(ending)]


@contextmanager
def open_aggregator(
    *faults: Fault,
    page_size: int = 30,
    quirks: Quirks | None = None,
    psu_headers: Sequence[str] = ("Psu-Ip-Address",),
    people: Mapping[str, BankedPerson] | None = None,
    credentials: Credentials | None = None,
    recorder: type | None = None,
    longest=None,
) -> Iterator[Visit]:
    """Open the sandbox aggregator on a free port."""
    clock, calls = Clock(), []
    app = create_enable_banking(
        people or PEOPLE,
        clock,
        Faults(*faults),
        application=our_application(),
        page_size=page_size,
        quirks=quirks,
        psu_headers=psu_headers,
    )
    if longest:
        app.state.bank.longest = longest
    app.add_middleware(Watch, calls=calls)
    if recorder:
        app.add_middleware(recorder)
    bank = load_banks(data_files("connectors")).bank("sandbox.enable_banking")
    with serve_in_thread(app) as url:
        connections = Connections(
            bank,
            clock=clock,
            base_url=url,
            credentials=credentials or our_credentials(),
            limits=Limits(seconds=5.0, max_bytes=4 * 2**20),
            sleep=lambda _: None,
        )
        try:
            yield Visit(url, app.state.bank, open_bank(connections), clock, calls)
        finally:
            connections.close()


def booked(fetched, account=CURRENT):
    """The booked rows of one account."""
    rows = fetched.received.transactions
    return rows[(rows["account"] == account) & (rows["status"] == BOOKED)]
