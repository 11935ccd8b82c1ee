"""A syncing process killed at random moments, over and over, against a bank that counts for itself."""

import random
import time
from collections import Counter, defaultdict
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from database_material import fresh_schema
from psd2_affordability.sandbox.approve import approve
from psd2_affordability.sandbox.banks import create_banks
from psd2_affordability.sandbox.model import BankedAccount, BankedPerson, BankEntry
from psd2_affordability.sandbox.server import serve_in_thread
from psd2_affordability.service.connect_bank import begin_consent, complete_consent
from sandbox_banks_material import registrations
from store_material import ACCOUNT, NOW
from store_processes import heard, load_once, process, shared_number
from syncing_material import BANK, SharedClock, sync, syncing_product

LIMIT = 4
DAY = timedelta(hours=24)
FIRST = NOW.date() - timedelta(days=20)
IP = "127.0.0.1"
CALLBACK = "http://127.0.0.1:9/consents/callback"

load_once(
    "psd2_affordability.service.connect_bank",
    "psd2_affordability.connect.dialects.berlin_group",
    "psd2_affordability.ledger.identity",
)


def entries_of(day: date, number: int) -> list[BankEntry]:
    """A day at the bank: two equal coffees and a shop."""
    coffee = BankEntry(day, day, -325, "Koffiehuis", remittance="koffie")
    return [coffee, coffee, BankEntry(day, day, -1000 - number, "Buurtwinkel", remittance="boodschappen")]


def person() -> BankedPerson:
    entries = [each for n in range(220) for each in entries_of(FIRST + timedelta(days=n), n)]
    account = BankedAccount(ACCOUNT, "Betaalrekening", "CACC", "EUR", 1_000_000, tuple(entries))
    return BankedPerson("jan", "Jan Voorbeeld", (account,))


class CountingBank:
    """The sandbox bank, with the unattended calls for data that arrive noted before it answers them."""

    def __init__(self, app, clock: SharedClock) -> None:
        self._app = app
        self._clock = clock
        self.arrived = defaultdict(list)
        self.statuses = Counter()

    async def __call__(self, scope, receive, send) -> None:
        headers = dict(scope.get("headers", ()))
        if "/accounts" in scope.get("path", "") and b"psu-ip-address" not in headers:
            self.arrived[headers.get(b"consent-id"), scope["path"]].append(self._clock.now())

        async def noting(message) -> None:
            if message["type"] == "http.response.start":
                self.statuses[message["status"]] += 1
            await send(message)

        await self._app(scope, receive, noting)

    def most_in_a_day(self) -> int:
        """The most calls of one kind within any 24 hours."""
        each = [
            sum(1 for later in moments[at:] if later - moment < DAY)
            for moments in self.arrived.values()
            for at, moment in enumerate(moments)
        ]
        return max(each, default=0)


def consented(wired) -> str:
    """Walk the person through the consent, with the first fetch done."""
    started = begin_consent(wired, "case-1", BANK, "debt_help", redirect_uri=CALLBACK, psu_ip=IP)
    came_back = approve(started.redirect_url, "jan", [ACCOUNT])
    brought = complete_consent(wired, dict(parse_qsl(urlsplit(came_back).query)), psu_ip=IP)
    assert brought.problems == ()
    return started.consent


def check_rows(wired, acknowledged: date) -> None:
    """All days up to what was acknowledged are there, and each day there is holds its rows once."""
    case = wired.store.ledger.load("case-1", purpose="debt_help", at=wired.clock.now(), banks=[BANK])
    per_day = case.transactions.groupby("booked_on")["amount_ct"].agg(["size", "sum"])
    days = [stamp.date() for stamp in per_day.index]
    assert days == [FIRST + timedelta(days=n) for n in range(len(days))]
    assert acknowledged <= days[-1] <= wired.clock.today()
    assert set(per_day["size"]) == {3}
    assert [int(cents) for cents in per_day["sum"]] == [-650 - 1000 - n for n in range(len(days))]


@pytest.mark.parametrize(("kind", "kills", "latest"), [("sqlite", 200, 0.4), ("postgresql", 20, 0.8)])
def test_no_kill_of_a_sync_loses_or_doubles_a_row_or_overspends_the_calls(
    kind, kills, latest, request, tmp_path
):
    """The first sync of a process takes 0.15 s or more: the latest moment lets some of them end."""
    url = (
        f"sqlite:///{tmp_path / 'cases.db'}"
        if kind == "sqlite"
        else fresh_schema(request.getfixturevalue("postgres"))
    )
    moments = random.Random(7)  # noqa: S311 - it must repeat, and keeps no secret
    moved = shared_number()
    clock = SharedClock(moved)
    banks = create_banks({"jan": person()}, clock.now, only=[BANK], registrations=registrations())
    bank = CountingBank(banks.app, clock)
    said, cut_off = Counter(), 0
    with serve_in_thread(bank) as bank_url:
        wired = syncing_product(url, bank_url, clock)
        consent = consented(wired)
        acknowledged = clock.today()
        for _ in range(kills):
            with process(sync, url, url, bank_url, moved, consent) as (pipe, other):
                assert pipe.recv()[0] == "ready"
                time.sleep(moments.uniform(0.020, latest))
                assert other.is_alive()
                other.kill()
                words = heard(pipe)
            said.update(word for word, _ in words)
            cut_off += bool(words) and words[-1][0] == "begins"
            acknowledged = max([acknowledged, *(day for word, day in words if word == "kept")])
            check_rows(wired, acknowledged)

        assert wired.store.audit.verify() > said["kept"]
        wired.store.close()

    print(f"\n{kind}: {kills} kills, {cut_off} amid a sync; {dict(said)}; bank {dict(bank.statuses)}")
    assert bank.most_in_a_day() == LIMIT
    assert bank.statuses[429] == 0
    assert cut_off >= kills // 4
    assert min(said["kept"], said["refused"]) >= kills // 10
