"""A store of the layout before this one opens, with all that was in it; codes are sealed from then on."""

from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    inspect,
    select,
    text,
)

from psd2_affordability.core.errors import StoreError
from psd2_affordability.store import schema
from psd2_affordability.store.store import Store
from psd2_affordability.store.vault import Vault
from store_material import KEY, NOW, entry, received

CODES = {"bank_code": "PMNT/RDDT/UPDD", "purpose_code": "HSPC", "return_reason": "AM04"}
ROWS = [
    entry(date(2026, 5, 4), -4_500, "nota", entry_reference="R-0001", **CODES),
    entry(date(2026, 5, 5), -325, "koffie"),
    entry(date(2026, 5, 5), -325, "koffie"),
    entry(date(2026, 5, 6), -499, "in behandeling", status="pending", purpose_code="GDDS"),
]
BEFORE = Table(
    "transactions",
    MetaData(),
    Column("subject", String(120), ForeignKey(schema.cases.c.subject, ondelete="CASCADE"), primary_key=True),
    Column("tx", String(80), primary_key=True),
    Column("account_id", Integer, ForeignKey(schema.accounts.c.id, ondelete="CASCADE"), nullable=False),
    Column("status", String(10), nullable=False),
    Column("booked_on", Date),
    Column("value_on", Date),
    Column("amount_ct", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("bank_code", Text, nullable=False),
    Column("purpose_code", Text, nullable=False),
    Column("return_reason", Text, nullable=False),
    Column("balance_after_ct", BigInteger),
    Column("sealed_text", LargeBinary, nullable=False),
    Column("said", String(80), nullable=False),
    Column("numbered", Boolean, nullable=False),
    Column("sources", Text, nullable=False),
    Column("valid_from", DateTime(timezone=True), nullable=False),
    Column("valid_to", DateTime(timezone=True)),
    Column("superseded_by", String(80)),
    Index("transactions_of_account", "account_id", "status", "booked_on"),
    sqlite_with_rowid=False,
)
TEXTS = 6  # of a row, in the layout before: codes came after these, and plain


def keep(store, *, rows=ROWS):
    given = received(rows, opening=100_000)
    return store.ledger.keep("case-1", given.transactions, given.accounts, at=NOW, source="nl.ing")


def load(store):
    return store.ledger.load("case-1", purpose="debt_help", at=NOW, banks={"nl.ing"})


@contextmanager
def changing(url):
    """A connection of our own to the database, beside the store."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def made_earlier(url):
    """Make a store as the layout before this one had it, and return what is in it."""
    store = Store(url, KEY)
    keep(store)
    kept = load(store), store.ledger.versions("case-1")
    store.close()
    with changing(url) as connection:
        [wrapped] = connection.scalars(select(schema.cases.c.sealed_key))
        seal = Vault(KEY).case_seal(wrapped, "case-1")
        lines = []
        for row in connection.execute(select(schema.transactions)).all():
            texts = seal.open_texts(row.sealed_text, row.tx)
            codes, texts[TEXTS : TEXTS + 3] = texts[TEXTS : TEXTS + 3], []
            plain = dict(zip(CODES, codes, strict=True))
            lines.append({**row._asdict(), **plain, "sealed_text": seal.close_texts(texts, row.tx)})
        schema.transactions.drop(connection)
        schema.questions.drop(connection)
        schema.decisions.drop(connection)
        BEFORE.create(connection)
        connection.execute(BEFORE.insert(), lines)
        connection.execute(text("update about set value = '3' where name = 'version'"))
    return kept


@pytest.fixture
def earlier(database_url):
    """What is in a store of the layout before."""
    return made_earlier(database_url)


def layout(url) -> str:
    with changing(url) as connection:
        return connection.scalar(text("select value from about where name = 'version'"))


def test_a_store_of_the_layout_before_opens_with_all_that_was_in_it(earlier, database_url):
    before, versions = earlier
    store = Store(database_url, KEY)

    after = load(store)

    assert after.transactions.equals(before.transactions)
    assert after.accounts == before.accounts
    assert store.ledger.versions("case-1") == versions
    row = after.transactions.set_index("amount_ct").loc[-4_500]
    assert {name: row[name] for name in CODES} == CODES
    store.close()


def test_the_same_rows_are_found_again_after_the_layout_changed(earlier, database_url):
    store = Store(database_url, KEY)

    kept = keep(store)

    assert (kept.new, kept.same, kept.changed, kept.gone) == (0, 3, 0, 0)
    store.close()


def test_no_code_stands_beside_what_is_sealed(earlier, database_url):
    Store(database_url, KEY).close()

    with changing(database_url) as connection:
        columns = {column["name"] for column in inspect(connection).get_columns("transactions")}
        tables = inspect(connection).get_table_names()
    assert not columns & set(CODES)
    assert [name for name in tables if name.startswith("transactions")] == ["transactions"]
    assert layout(database_url) == schema.VERSION


def test_nothing_of_the_codes_is_left_in_the_file(tmp_path):
    url = f"sqlite:///{tmp_path / 'cases.db'}"
    made_earlier(url)
    assert b"HSPC" in (tmp_path / "cases.db").read_bytes()

    Store(url, KEY).close()

    assert not [path.name for path in tmp_path.iterdir() if b"HSPC" in path.read_bytes()]


def test_a_store_is_not_changed_under_another_key(earlier, database_url):
    with pytest.raises(StoreError, match="made with another key"):
        Store(database_url, bytes(32))

    assert layout(database_url) == "3"


def test_a_row_that_does_not_open_leaves_the_store_as_it_was(earlier, database_url):
    with changing(database_url) as connection:
        connection.execute(BEFORE.update().where(BEFORE.c.amount_ct == -4_500).values(sealed_text=bytes(60)))

    with pytest.raises(StoreError, match="does not open"):
        Store(database_url, KEY)

    with changing(database_url) as connection:
        assert connection.scalar(text("select count(*) from transactions where purpose_code = 'HSPC'")) == 1
    assert layout(database_url) == "3"
