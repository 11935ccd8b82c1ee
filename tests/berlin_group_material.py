"""A sandbox bank on the Berlin Group standard with habits of its own, and our way to it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlsplit

from fastapi import FastAPI

from bank_material import CALLBACK, CURRENT, IP, JAN, PEOPLE, SAVINGS, Clock, a_daily_life
from certificate_material import qsealc
from psd2_affordability._data import data_files
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.journey import Begun, Completed, begin, complete
from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.connect.open import open_bank
from psd2_affordability.connect.port import BankPort, Grant
from psd2_affordability.connect.registry import Bank, load_banks
from psd2_affordability.sandbox.approve import approve, approve_in_app
from psd2_affordability.sandbox.bank import Faults, Habits, SandboxBank, create_bank
from psd2_affordability.sandbox.model import BankedAccount, BankedPerson, BankEntry
from psd2_affordability.sandbox.server import serve_in_thread

SANDBOX = "sandbox/berlin_group.toml"
CARD_PAN = "525412******3241"


def card_holder() -> BankedPerson:
    """Return a person with a current account, a savings account and a card that is in the red."""
    last = a_daily_life()[-1].booked_on
    spent = BankEntry(last, last, -4_250, "Boekhandel De Pagina", remittance="kaart 3241")
    back = BankEntry(last, last, 1_000, "Boekhandel De Pagina", remittance="retour")
    waiting = BankEntry(last, last, -999, "Streamdienst", status="pending")
    card = BankedAccount(CARD_PAN, "Creditcard", "CARD", "EUR", -5_000, (spent, back, waiting))
    return replace(JAN, accounts=(*JAN.accounts, card))


def sandbox_bank(approach: str = "redirect", more: str = "", issuer: str = "") -> Bank:
    """Return the sandbox bank's file, with another approach and more lines at its end."""
    named = f'issuer = "{issuer}"\n' if issuer else ""
    files = data_files("connectors")
    text = files[SANDBOX].decode()
    text = text.replace('approach          = "redirect"', f'approach          = "{approach}"')
    scope = 'scope = "AIS"\n' if approach == "oauth_first" else ""
    text = text.replace("[consent]", f'token = "/oauth/token"\n{named}\n[consent]\n{scope}', 1)
    if approach == "oauth_first":
        text = text.replace("token =", 'authorise = "/oauth/authorize"\ntoken =', 1)
    assert f'"{approach}"' in text
    return load_banks(files | {SANDBOX: f"{text}\n{more}".encode()}).bank("sandbox.berlin_group")


@dataclass
class Journey:
    """One bank that is open, our way to it, and every grant as it was stored on the way."""

    url: str
    books: SandboxBank
    port: BankPort
    clock: Clock
    stored: list[Grant] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def begin(self) -> Begun:
        return begin(self.port, redirect_uri=CALLBACK, psu_ip=IP, clock=self.clock)

    def renew(self, grant: Grant, make: Callable[[Grant], Grant]) -> Grant:
        self.stored.append(make(grant))
        return self.stored[-1]

    def approve(self, begun: Begun, *, refuse: bool = False, ibans=(CURRENT, SAVINGS)) -> dict[str, str]:
        """Decide at the bank's page, and return what the person comes back with."""
        came_back = approve(begun.redirect_url, "jan", ibans, refuse=refuse)
        return dict(parse_qsl(urlsplit(came_back).query))

    def approve_in_app(self, *, refuse: bool = False, ibans=(CURRENT, SAVINGS)) -> None:
        approve_in_app(self.url, "jan", ibans, refuse=refuse)

    def complete(self, begun: Begun, answer: Mapping[str, str]) -> Completed:
        return complete(self.port, begun, answer=answer, psu_ip=IP, clock=self.clock, renew=self.renew)

    def consented(self, **choice) -> Completed:
        begun = self.begin()
        return self.complete(begun, self.approve(begun, **choice))

    def paths(self, ending: str) -> list[str]:
        """Return the questions that were asked at addresses with this end."""
        return [query for _, path, query in self.asked if path.endswith(ending)]


def _credentials(client_id: str, urls: Mapping[str, str]) -> Credentials:
    """Return who we are, with a key to sign messages for those banks that want it."""
    issued = qsealc()
    return Credentials(
        client_id=client_id,
        client_secret="any",
        seal_key=key_from_pem(issued.key_pem, where="test"),
        seal_certificate=issued.pem,
        urls=urls,
    )


@contextmanager
def open_berlin(
    habits: Habits | None = None,
    *,
    more: str = "",
    issuer: str = "",
    mounted: str = "",
    bank: str = "",
    page_size: int = 100,
    people: Mapping[str, BankedPerson] | None = None,
    sleep: Callable[["Journey", float], None] = lambda *_: None,
    recorder: type | None = None,
) -> Iterator[Journey]:
    """Open a sandbox bank with its habits on a free port, perhaps under a path of a larger server.

    It is spoken to by its own file with `more` lines, or by the file of a real `bank`.
    """
    habits, clock = habits or Habits(), Clock()
    app = create_bank(people or PEOPLE, clock, Faults(), page_size=page_size, habits=habits)
    books, asked = app.state.bank, []

    @app.middleware("http")
    async def write_along(request, call_next):
        asked.append((request.method, request.url.path, request.url.query))
        return await call_next(request)

    if recorder:
        app.add_middleware(recorder)
    if mounted:
        whole = FastAPI()
        whole.mount(mounted, app)
        app = whole
    with serve_in_thread(app) as url:
        slept: list[Journey] = []
        file = (
            load_banks(data_files("connectors")).bank(bank)
            if bank
            else sandbox_bank(habits.approach, more, issuer)
        )
        addresses = {
            "authorise": f"{url}{mounted}/oauth/authorize",
            "token": f"{url}{mounted}/oauth/token?role=DEDICATED_AISP",
        }
        here = {name: address for name, address in addresses.items() if bank and name in file.urls}
        connections = Connections(
            file,
            clock=clock,
            base_url=f"{url}{mounted}",
            credentials=_credentials(habits.client_id, here),
            sleep=lambda seconds: sleep(slept[0], seconds),
        )
        try:
            slept.append(Journey(f"{url}{mounted}", books, open_bank(connections), clock, asked=asked))
            yield slept[0]
        finally:
            connections.close()
