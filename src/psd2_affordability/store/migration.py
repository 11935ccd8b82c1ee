"""Brings a store of an earlier layout to the present one, in the transaction that opens it."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Text, select, text

from psd2_affordability.store.schema import VERSION, about, cases, decisions, questions, transactions
from psd2_affordability.store.vault import Seal, Vault

_PLAIN_IN_3 = ("bank_code", "purpose_code", "return_reason")
_TEXTS_IN_3 = 6
_AT_ONCE = 5_000


def migrate(connection: Connection, vault: Vault, version: str) -> None:
    """Bring a store to the present layout.

    Args:
        connection: inside a transaction that nobody else opens a store in.
        vault: with the store's key.
        version: layout that the store has, one of `FROM`.

    Raises:
        StoreError: something that is sealed does not open; then nothing is changed.
    """
    for step in FROM[version]:
        step(connection, vault)
    connection.execute(about.update().where(about.c.name == "version").values(value=VERSION))


def _seal_codes(connection: Connection, vault: Vault) -> None:
    """Move the codes that stood beside the sealed texts of a row in among them.

    The rows are written anew in a new table, since a column that is dropped leaves its content behind.
    """
    connection.execute(text("DROP INDEX transactions_of_account"))
    connection.execute(text("ALTER TABLE transactions RENAME TO transactions_3"))
    transactions.create(connection)
    old = transactions.to_metadata(MetaData(), name="transactions_3")
    for name in _PLAIN_IN_3:
        old.append_column(Column(name, Text))
    for subject, wrapped in connection.execute(select(cases.c.subject, cases.c.sealed_key)).all():
        seal = vault.case_seal(wrapped, subject)
        rows = connection.execute(select(old).where(old.c.subject == subject))
        for part in rows.partitions(_AT_ONCE):
            connection.execute(
                transactions.insert(), [_with_codes_sealed(row._asdict(), seal) for row in part]
            )
    connection.execute(text("DROP TABLE transactions_3"))


def _with_codes_sealed(row: dict[str, Any], seal: Seal) -> dict[str, Any]:
    texts = seal.open_texts(row["sealed_text"], row["tx"])
    texts[_TEXTS_IN_3:_TEXTS_IN_3] = [row.pop(name) for name in _PLAIN_IN_3]
    return {**row, "sealed_text": seal.close_texts(texts, row["tx"])}


def _add_decisions(connection: Connection, vault: Vault) -> None:
    """Make room for what people decide."""
    del vault
    decisions.create(connection)


def _add_questions(connection: Connection, vault: Vault) -> None:
    """Make room for what answers were asked with."""
    del vault
    questions.create(connection)


_Step = Callable[[Connection, Vault], None]

#: Layouts that we can bring to the present one, with the steps that lead there.
FROM: Mapping[str, tuple[_Step, ...]] = {
    "3": (_seal_codes, _add_decisions, _add_questions),
    "4": (_add_decisions, _add_questions),
    "5": (_add_questions,),
}
