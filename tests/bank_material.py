"""A sandbox bank with two invented customers, and a person who walks through its consent journey."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from budget_material import MemoryBudget
from psd2_affordability._data import data_files
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.journey import Begun, Completed, begin, complete, refresh
from psd2_affordability.connect.open import open_bank
from psd2_affordability.connect.port import Access, BankPort, Fetched, Grant
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.connect.transport import Limits
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.sandbox.bank import Fault, Faults, SandboxBank, create_bank
from psd2_affordability.sandbox.model import BankedAccount, BankedPerson, BankEntry
from psd2_affordability.sandbox.server import serve_in_thread

TODAY = date(2026, 7, 1)
CURRENT = "NL91ABNA0417164300"
SAVINGS = "NL20INGB0001234567"
LANDLORD = "NL55RABO0347562190"
IP = "127.0.0.1"
CALLBACK = "http://127.0.0.1:9/callback?case=17"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = field(default_factory=lambda: datetime(2026, 7, 1, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: int) -> None:
        self.now += timedelta(**by)


def a_daily_life(days: int = 400, last: date = TODAY) -> tuple[BankEntry, ...]:
    """One shop a day, a salary on every 25th, and on the last day a direct debit that comes back."""
    entries = []
    for back in reversed(range(days)):
        day = last - timedelta(days=back)
        text = f"Betaalautomaat\npas 012 nr {back}"
        entries.append(BankEntry(day, day, -1000 - back, "Bakker Bol", remittance=text))
        if day.day == 25:
            entries.append(
                BankEntry(day, day, 210_000, "Werkgever BV", "NL47TRIO0212345675", purpose_code="SALA")
            )
    rent = BankEntry(
        booked_on=last,
        value_on=last,
        amount_ct=-70_000,
        counterparty_name="Woonstede",
        counterparty_iban=LANDLORD,
        creditor_id="NL55ZZZ123456780000",
        mandate_id="M-1",
        remittance="huur",
        bank_code="PMNT-RDDT-ESDD",
    )
    back_again = replace(
        rent, amount_ct=70_000, mandate_id="", bank_code="PMNT-RDDT-UPDD", return_reason="AM04"
    )
    waiting = BankEntry(last, last, -499, "Streamdienst", status="pending", remittance="in behandeling")
    return (*entries, rent, back_again, waiting)


JAN = BankedPerson(
    "jan",
    "Jan <b>Voorbeeld</b>",
    (
        BankedAccount(CURRENT, "Betaalrekening", "CACC", "EUR", 50_000, a_daily_life()),
        BankedAccount(
            SAVINGS,
            "Spaarrekening",
            "SVGS",
            "EUR",
            100_000,
            (BankEntry(date(2026, 6, 1), date(2026, 6, 1), 5_000, "Jan Voorbeeld", CURRENT),),
        ),
    ),
)
PIA = BankedPerson(
    "pia", "Pia Proef", (BankedAccount("NL02ABNA0123456789", "Rekening", "CACC", "EUR", 0, ()),)
)
PEOPLE = {"jan": JAN, "pia": PIA}


@dataclass
class OpenBank:
    """One bank that is open, and our way to it."""

    url: str
    books: SandboxBank
    port: BankPort
    clock: Clock
    budget: MemoryBudget = field(default_factory=MemoryBudget, kw_only=True)

    def begin(self, **more: int) -> Begun:
        return begin(self.port, redirect_uri=CALLBACK, psu_ip=IP, clock=self.clock, **more)

    def access(self, completed: Completed) -> Access:
        return Access(completed.grant)


@dataclass
class RenewingBank(OpenBank):
    """A bank whose grants are renewed, and where they are kept."""

    stored: list[Grant] = field(default_factory=list, kw_only=True)

    def complete(self, begun: Begun, answer: Mapping[str, str]) -> Completed:
        return complete(self.port, begun, answer=answer, psu_ip=IP, clock=self.clock, renew=self.store)

    def refresh(self, **more: object) -> Fetched:
        """Fetch what is new."""
        grant = self.stored[-1]
        return refresh(self.port, grant, clock=self.clock, budget=self.budget, renew=self.store, **more)

    def store(self, grant, make):
        """Keep a renewed grant, as a store does, before it is used."""
        self.stored.append(make(grant))
        return self.stored[-1]


@dataclass
class Visit(OpenBank):
    """The sandbox bank, where the state alone comes back."""

    slept: list[float]

    def approve(self, begun: Begun, person: str = "jan", ibans: tuple[str, ...] = (CURRENT, SAVINGS)) -> str:
        """Approve as the person and return the state that came back."""
        came_back = approve(begun.redirect_url, person, ibans)
        return dict(parse_qsl(urlsplit(came_back).query))["state"]

    def complete(self, begun: Begun, state: str) -> Completed:
        return complete(self.port, begun, answer={"state": state}, psu_ip=IP, clock=self.clock)

    def consented(self, ibans: tuple[str, ...] = (CURRENT, SAVINGS)) -> Completed:
        """Walk the whole journey."""
        begun = self.begin()
        return self.complete(begun, self.approve(begun, ibans=ibans))

    def refresh(self, completed: Completed, **more: object) -> Fetched:
        return refresh(self.port, completed.grant, clock=self.clock, budget=self.budget, **more)


@contextmanager
def open_sandbox(
    *faults: Fault,
    page_size: int = 100,
    seconds: float = 5.0,
    people: Mapping[str, BankedPerson] | None = None,
    recorder: type | None = None,
) -> Iterator[Visit]:
    """Open the sandbox bank on a free port, with what is to go wrong and what is to write along."""
    clock, slept = Clock(), []
    app = create_bank(people or PEOPLE, clock, Faults(*faults), page_size=page_size)
    if recorder:
        app.add_middleware(recorder)
    bank = load_banks(data_files("connectors")).bank("sandbox.berlin_group")
    with serve_in_thread(app) as url:
        limits = Limits(seconds=seconds, max_bytes=4 * 2**20)
        connections = Connections(bank, clock=clock, base_url=url, limits=limits, sleep=slept.append)
        try:
            yield Visit(url, app.state.bank, open_bank(connections), clock, slept)
        finally:
            connections.close()
