"""What people decide is kept beside the answer they saw, in the audit chain, and goes when the case goes."""

from datetime import date
from hashlib import sha256

import pytest
from sqlalchemy import create_engine, select, text

from psd2_affordability.core.errors import UnknownName
from psd2_affordability.store import schema
from psd2_affordability.store.store import Store
from store_material import KEY, NOW

ON = date(2026, 6, 1)
ANSWER = sha256(b"an answer").hexdigest()
TOLD = {"outcome": "decline", "reason": "Te weinig ruimte", "by": "R. de Wit", "advice": "refer_to_person"}


def decide(store: Store, **more: str) -> str:
    store.cases.open("case-1", at=NOW)
    return store.decisions.add("case-1", ON, "credit_check", ANSWER, {**TOLD, **more}, at=NOW)


def test_a_decision_is_kept_whole(store):
    key = decide(store)

    [kept] = store.decisions.list("case-1")

    assert (kept.id, kept.on, kept.purpose, kept.answer) == (key, ON, "credit_check", ANSWER)
    assert {name: getattr(kept, name) for name in TOLD} == TOLD
    assert kept.made_at == NOW


def test_a_later_decision_stands_beside_the_earlier_one(store):
    decide(store)
    decide(store, outcome="approve", reason="Loonstroken gezien")

    assert [(each.id, each.outcome) for each in store.decisions.list("case-1")] == [
        ("d2", "approve"),
        ("d1", "decline"),
    ]


def test_a_decision_is_a_line_of_the_audit_log_without_who_and_why(store):
    decide(store)

    line = store.audit.entries("case-1")[-1]

    assert (line.action, line.purpose) == ("decide", "credit_check")
    assert ANSWER in line.detail
    assert "decline" in line.detail
    assert "Wit" not in line.detail
    assert "ruimte" not in line.detail
    assert store.audit.verify() == len(store.audit.entries())


def test_who_decided_and_why_are_sealed(file_store, tmp_path):
    decide(file_store)
    file_store.close()

    for file in tmp_path.iterdir():
        assert b"de Wit" not in file.read_bytes()
        assert b"ruimte" not in file.read_bytes()


def test_erasing_a_case_erases_its_decisions_and_keeps_the_log(store):
    decide(store)

    store.cases.erase("case-1", at=NOW)

    with pytest.raises(UnknownName):
        store.decisions.list("case-1")
    with store._database.reading() as connection:
        assert connection.execute(select(schema.decisions)).all() == []
    assert store.audit.verify() > 0


def test_there_is_no_decision_in_a_case_that_does_not_exist(store):
    with pytest.raises(UnknownName):
        store.decisions.add("nobody", ON, "credit_check", ANSWER, TOLD, at=NOW)


def test_a_store_of_layout_4_gets_room_for_decisions_as_it_opens(database_url):
    before = Store(database_url, KEY)
    before.cases.open("case-1", at=NOW)
    before.close()
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        schema.questions.drop(connection)
        schema.decisions.drop(connection)
        connection.execute(text("update about set value = '4' where name = 'version'"))
    engine.dispose()

    store = Store(database_url, KEY)

    assert store.decisions.list("case-1") == []
    assert decide(store) == "d1"
    store.close()
