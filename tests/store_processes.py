"""Other processes that work on a store, each with what it did sent back as it does it."""

import multiprocessing
import time
from contextlib import contextmanager
from datetime import date, timedelta
from multiprocessing.connection import Connection

from psd2_affordability.connect.result import Received
from psd2_affordability.store.store import Store
from store_material import KEY, NOW, entry, received

_CONTEXT = multiprocessing.get_context("forkserver")
#: Loaded once, not by each process; what lies beside this file is not found so early.
_LOADED_ONCE = (
    "psd2_affordability.store.store",
    "psd2_affordability.connect.result",
    "psycopg",
    "sqlalchemy.dialects",
)
_CONTEXT.set_forkserver_preload([*_LOADED_ONCE])


def load_once(*modules: str) -> None:
    """Let more modules be loaded once for all processes; to be said before the first of them starts."""
    _CONTEXT.set_forkserver_preload([*_LOADED_ONCE, *modules])


def shared_number():
    """A whole number that this process and the others read and write, and that outlives each of them."""
    return _CONTEXT.RawValue("q", 0)


@contextmanager
def process(work, url: str, *args: object):
    """Run a piece of work in a process that is killed at the end, and give its pipe and the process."""
    here, there = _CONTEXT.Pipe(duplex=False)
    other = _CONTEXT.Process(target=_at_work, args=(work, url, there, *args), daemon=True)
    other.start()
    there.close()
    try:
        yield here, other
    finally:
        other.kill()
        other.join()
        here.close()


def heard(pipe: Connection) -> list[object]:
    """Everything that a process still said before it ended."""
    said = []
    try:
        while True:
            said.append(pipe.recv())
    except EOFError:
        return said


def _at_work(work, url: str, pipe: Connection, *args: object) -> None:
    work(Store(url, KEY), pipe, *args)


def page(number: int) -> Received:
    """A day of its own, with twins on it."""
    day = date(2026, 1, 1) + timedelta(days=number)
    return received([entry(day, -325, "koffie"), entry(day, -325, "koffie"), entry(day, -1000 - number)])


def keep_page(store: Store, number: int):
    """Keep one page as somebody's file."""
    data = page(number)
    return store.ledger.keep("case-1", data.transactions, data.accounts, at=NOW, source="file")


def keep_pages(store: Store, pipe: Connection, first: int) -> None:
    """Keep page after page, and say of each that it is kept."""
    for number in range(first, first + 1_000):
        keep_page(store, number)
        pipe.send(number)


def spend(store: Store, pipe: Connection, limit: int) -> None:
    """Count calls until no more may be made; say each that may, and then wait."""
    while store.calls.spend("c1", "a1", "accounts", limit=limit, attended=False, at=NOW) is None:
        pipe.send("spent")
    pipe.send("no more")
    time.sleep(60)


def renew(store: Store, pipe: Connection, consent: str, seconds: float) -> None:
    """Renew a token that takes a while, and say what came of it."""

    def make(journey):
        pipe.send("renews")
        time.sleep(seconds)
        return {"refresh": journey["refresh"] + "+"}

    pipe.send(store.consents.renewing(consent, make, at=NOW, seen={"refresh": "r0"})["refresh"])
