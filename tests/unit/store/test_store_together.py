"""Several processes on one store: nobody overspends, renews twice, loses a row or breaks the log."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from psd2_affordability.core.errors import ConsentNotValid, StoreError
from psd2_affordability.store.store import Store
from store_material import KEY, NOW
from store_processes import heard, keep_page, keep_pages, process, renew, spend

KILLS = 12


def at_once(url: str, deed, workers: int = 6) -> list[object]:
    """Do something in several threads at once, each with a store of its own."""
    gate = threading.Barrier(workers, timeout=60)

    def one(number: int) -> object:
        store = Store(url, KEY)
        try:
            gate.wait()
            return deed(store, number)
        finally:
            store.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, range(workers)))


def consent_with(store: Store, journey: dict[str, str]) -> str:
    consent = store.consents.begin("case-1", "nl.bank", "debt_help", "s1", {}, at=NOW)
    store.consents.grant(consent, date(2026, 11, 1), journey, at=NOW)
    return consent


def test_an_empty_database_may_be_opened_by_many_at_once(database_url):
    assert at_once(database_url, lambda store, number: store.audit.verify()) == [0] * 6


def test_many_may_keep_rows_of_one_case_at_once(store, database_url):
    at_once(database_url, keep_page)
    again = at_once(database_url, lambda store, number: keep_page(store, 0))

    assert [kept.new for kept in again] == [0] * 6
    assert store.cases.list()[0].transactions == 6 * 3
    assert store.audit.verify() == 1 + 12


def test_the_budget_cannot_be_overspent_by_many_at_once(store, database_url):
    def spend(store: Store, number: int) -> bool:
        return store.calls.spend("c1", "a1", "transactions", limit=4, attended=False, at=NOW) is None

    assert sum(at_once(database_url, spend, workers=8)) == 4


def test_calls_that_were_counted_stay_counted_when_the_processes_are_killed(store, database_url):
    with process(spend, database_url, 4) as (one, _), process(spend, database_url, 4) as (other, _):
        said = []
        for pipe in (one, other):
            while (word := pipe.recv()) == "spent":
                said.append(word)

    free_at = store.calls.spend("c1", "a1", "accounts", limit=4, attended=False, at=NOW)

    assert (len(said), free_at) == (4, NOW + timedelta(hours=24))


def test_a_bank_that_asks_to_be_left_alone_is_left_alone_by_everybody(store, database_url):
    until = NOW + timedelta(minutes=10)
    store.calls.cool_down("c1", until)
    store.calls.cool_down("c1", NOW + timedelta(minutes=1))

    def spend(store: Store, minutes: int, consent: str = "c1"):
        at = NOW + timedelta(minutes=minutes)
        return store.calls.spend(consent, "a1", "balances", limit=4, attended=False, at=at)

    assert set(at_once(database_url, lambda other, number: spend(other, 5))) == {until}
    assert (spend(store, 10), spend(store, 0, "c2")) == (None, None)


def test_one_alone_renews_and_everybody_gets_what_it_brought(store, database_url):
    """The bank takes each refresh token once: a second renewal with the same one would end the consent."""
    consent = consent_with(store, {"refresh": "r0"})
    used: list[str] = []

    def make(journey):
        used.append(journey["refresh"])
        time.sleep(0.2)
        return {"refresh": f"r{len(used)}"}

    brought = at_once(
        database_url,
        lambda store, number: store.consents.renewing(consent, make, at=NOW, seen={"refresh": "r0"}),
    )

    assert used == ["r0"]
    assert brought == [{"refresh": "r1"}] * 6
    assert store.consents.show(consent).journey == {"refresh": "r1"}


def test_two_processes_renew_once(store, database_url):
    consent = consent_with(store, {"refresh": "r0"})

    with (
        process(renew, database_url, consent, 0.5) as (one, _),
        process(renew, database_url, consent, 0.5) as (other, _),
    ):
        said = [heard(one), heard(other)]

    assert sorted(said) == [["r0+"], ["renews", "r0+"]]


def test_a_renewal_that_fails_lets_the_next_one_try(store):
    consent = consent_with(store, {"refresh": "r0"})

    def fail(_journey):
        raise StoreError("the bank did not answer")

    with pytest.raises(StoreError, match="did not answer"):
        store.consents.renewing(consent, fail, at=NOW)

    assert store.consents.renewing(consent, lambda _: {"refresh": "r1"}, at=NOW) == {"refresh": "r1"}


def test_a_renewal_whose_process_died_may_be_done_anew_after_a_minute(store, database_url):
    consent = consent_with(store, {"refresh": "r0"})
    with process(renew, database_url, consent, 60.0) as (pipe, _):
        assert pipe.recv() == "renews"

    later = NOW + timedelta(seconds=59, milliseconds=900)
    brought = store.consents.renewing(consent, lambda _: {"refresh": "r1"}, at=later)

    assert brought == {"refresh": "r1"}


def test_no_transaction_is_open_while_tokens_are_renewed(store):
    """Another consent, another case and the log can be written meanwhile."""
    consent = consent_with(store, {"refresh": "r0"})

    def make(_journey):
        keep_page(store, 1)
        store.consents.begin("case-2", "nl.bank", "monitoring", "s2", {}, at=NOW)
        return {"refresh": "r1"}

    store.consents.renewing(consent, make, at=NOW)

    assert store.audit.entries()[-1].action == "consent.renewed"


def test_one_alone_of_those_who_bring_the_same_answer_of_a_bank_may_take_it_there(store, database_url):
    """Who loads the page of the callback again must not send the bank's code a second time."""
    consent = store.consents.begin("case-1", "nl.bank", "debt_help", "s1", {}, at=NOW)

    def claim(store: Store, _number: int) -> str:
        try:
            return store.consents.claim("s1").id
        except ConsentNotValid:
            return ""

    assert sorted(at_once(database_url, claim)) == [""] * 5 + [consent]
    assert store.consents.is_claimed(consent)
    store.consents.give_back(consent, "s1")
    assert not store.consents.is_claimed(consent)
    assert store.consents.claim("s1").id == consent


def test_a_process_killed_at_any_moment_loses_no_page_it_acknowledged_and_doubles_none(store, database_url):
    moments = random.Random(7)  # noqa: S311 - it must repeat, and keeps no secret
    done = -1
    for _ in range(KILLS):
        with process(keep_pages, database_url, max(0, done)) as (pipe, other):
            said = [pipe.recv() for _ in range(moments.randrange(2, 5))]
            time.sleep(moments.uniform(0.0, 0.03))
            other.kill()
            done = max([*said, *heard(pipe)])

    rows = store.ledger.load("case-1", purpose="debt_help", at=NOW).transactions
    per_day = rows.groupby("booked_on")["amount_ct"].agg(["size", "sum"])
    assert len(per_day) >= done + 1 > KILLS
    assert set(per_day["size"]) == {3}
    assert [int(cents) for cents in per_day["sum"]] == [-650 - 1000 - n for n in range(len(per_day))]
    assert store.audit.verify() > len(per_day)
