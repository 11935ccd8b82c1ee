import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from psd2_affordability.core.errors import ConsentNotValid, StoreError, UnknownName, UsageError
from psd2_affordability.store.store import Store
from psd2_affordability.store.vault import key_beside, key_from_text
from store_material import NOW, entry, received


def begin(store: Store, state: str = "s1") -> str:
    return store.consents.begin("case-1", "sandbox.x", "payment_plan", state, {"ref": "b1"}, at=NOW)


def test_a_callback_finds_its_journey_once(store):
    consent = begin(store)

    waiting = store.consents.waiting("s1")
    store.consents.grant(waiting.id, date(2026, 11, 1), {"ref": "b1", "token": "t"}, at=NOW)

    assert (consent, {"ref": "b1"}) == (waiting.id, waiting.journey)
    assert store.consents.show(consent).journey == {"ref": "b1", "token": "t"}
    assert store.consents.show(consent).status == "valid"
    with pytest.raises(ConsentNotValid, match="no consent waits"):
        store.consents.waiting("s1")


@pytest.mark.parametrize("end", ["reject", "expire", "revoke"])
def test_an_ended_consent_stays_as_proof_and_takes_no_callback(store, end):
    consent = begin(store)

    more = {"via": "person"} if end == "revoke" else {}
    getattr(store.consents, end)(consent, at=NOW, **more)

    shown = store.consents.show(consent)
    assert shown.status in {"rejected", "expired", "revoked"}
    assert shown.withdrawn_at == NOW
    with pytest.raises(ConsentNotValid):
        store.consents.waiting("s1")


def test_consents_are_listed_newest_first(store):
    first = begin(store, "s1")
    second = store.consents.begin("case-2", "sandbox.x", "monitoring", "s2", {}, at=NOW + timedelta(1))

    assert [second, first] == [each.id for each in store.consents.list()]
    assert [first] == [each.id for each in store.consents.list("case-1")]


def test_an_unknown_consent_is_named(store):
    with pytest.raises(UnknownName, match="no consent is called 'nope'"):
        store.consents.show("nope")


def test_erasing_a_case_takes_its_consents_along(store):
    begin(store)

    store.cases.erase("case-1", at=NOW)

    assert store.consents.list() == []


@pytest.mark.parametrize("subject", ["", "  ", "a/b", "x\n", "y" * 121])
def test_a_case_needs_a_plain_key(store, subject):
    with pytest.raises(UsageError, match="1 to 120"):
        store.cases.open(subject, at=NOW)


def test_the_budget_allows_four_unattended_calls_in_any_24_hours(store):
    def spend(hours: float):
        return store.calls.spend(
            "c1", "a1", "transactions", limit=4, attended=False, at=NOW + timedelta(hours=hours)
        )

    allowed = [spend(hours) for hours in (0, 6, 12, 18)]

    assert allowed == [None] * 4
    assert spend(23) == NOW + timedelta(hours=24)
    assert spend(24) is None
    assert spend(25) == NOW + timedelta(hours=30)


def test_calls_with_the_person_present_take_nothing_from_the_budget(store):
    attended = [store.calls.spend("c1", "a1", "balances", limit=1, attended=True, at=NOW) for _ in range(9)]

    assert attended == [None] * 9
    assert store.calls.spend("c1", "a1", "balances", limit=1, attended=False, at=NOW) is None


def test_the_budget_is_shared_by_processes(store, database_url):
    script = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from store_material import *; from psd2_affordability.store.store import Store\n"
        "s = Store(sys.argv[1], KEY)\n"
        "print(s.calls.spend('c1', 'a1', 'accounts', limit=1, attended=False, at=NOW))\n"
    )
    tests = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", script, database_url, tests]

    first, second = (
        subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() for _ in range(2)
    )

    assert (first, second) == ("None", str(NOW + timedelta(hours=24)))


def test_every_read_is_logged_with_its_purpose_and_without_the_name(store):
    data = received([entry(date(2026, 5, 4), -100)])
    store.ledger.keep("case-1", data.transactions, data.accounts, at=NOW, source="file")

    store.ledger.load("case-1", purpose="seizure_check", at=NOW)

    last = store.audit.entries("case-1")[-1]
    assert (last.action, last.purpose) == ("read", "seizure_check")
    assert "case-1" not in str(store.audit.entries())


@pytest.mark.parametrize(
    "deed",
    [
        "update audit set action = 'read' where id = 2",
        "update audit set detail = '{}' where id = 3",
        "delete from audit where id = 2",
        "update audit set id = 9 where id = 2",
    ],
)
def test_a_changed_audit_log_is_noticed(store, database_url, deed):
    data = received([entry(date(2026, 5, 4), -100)])
    store.ledger.keep("case-1", data.transactions, data.accounts, at=NOW, source="file")
    begin(store)
    store.cases.erase("case-1", at=NOW)
    assert store.audit.verify() == 4

    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text(deed))
    engine.dispose()

    with pytest.raises(StoreError, match="audit log was changed at line"):
        store.audit.verify()


def test_the_same_answer_is_kept_once(store):
    hashes = {
        store.assessments.keep("case-1", NOW.date(), "payment_plan", '{"a": 1}', '{"r": 2}', at=NOW)
        for _ in range(2)
    }

    [given] = store.assessments.list("case-1")
    assert ({given.sha256}, '{"a": 1}', '{"r": 2}') == (hashes, given.json, given.receipt)


def test_the_key_file_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "deep" / "cases.key"

    key = key_beside(path, make=True)

    assert path.stat().st_mode & 0o777 == 0o600
    assert key == key_beside(path, make=False)


def test_a_lost_key_file_is_said_and_not_made_anew(tmp_path):
    with pytest.raises(StoreError, match=r"key file .* is gone"):
        key_beside(tmp_path / "cases.key", make=False)


@pytest.mark.parametrize("text", ["", "short", "ü" * 44, "A" * 40])
def test_a_key_that_is_no_key_is_refused(text):
    with pytest.raises(StoreError, match="32 bytes in base64"):
        key_from_text(text)
