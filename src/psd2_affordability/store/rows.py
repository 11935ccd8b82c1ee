"""Ledger rows as the table keeps them: what names people sealed, the rest plain."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from psd2_affordability.ledger.schema import COLUMNS, DAY, SETTLED, TEXT, TEXT_MARK, validated
from psd2_affordability.store.vault import Seal
from psd2_affordability.store.visit import Place

#: Free text, numbers that name people, and codes that tell what a payment is for: one sealed blob per row.
SEALED = (
    "counterparty_name",
    "counterparty_iban",
    "creditor_id",
    "mandate_id",
    "remittance",
    "entry_reference",
    "bank_code",
    "purpose_code",
    "return_reason",
)
#: What masked rows carry besides, sealed along; blank for the others.
MASKED = (SETTLED, TEXT_MARK)
_PLAIN = tuple(name for name in COLUMNS if name not in (*SEALED, "subject", "account", "tx"))


def sealed_rows(frame: pd.DataFrame, place: Place, tx: Sequence[str]) -> list[dict[str, Any]]:
    """Return rows as the table takes them, just given by the source that visits.

    Args:
        frame: rows of one account, with the keys of what they say.
        place: their case and account.
        tx: our key for each, which it keeps whatever it says later.
    """
    columns: dict[str, Iterable[Any]] = {}
    for name in _PLAIN:
        values = frame[name]
        if COLUMNS[name] == DAY:
            columns[name] = values.to_numpy().astype("datetime64[D]").astype(object).tolist()
        elif COLUMNS[name] == "Int64":
            columns[name] = [None if value is pd.NA else value for value in values.tolist()]
        elif COLUMNS[name] == TEXT:
            columns[name] = storable(values.tolist())
        else:
            columns[name] = values.tolist()
    blank = [""] * len(frame)
    masked = [frame[name].tolist() if name in frame else blank for name in MASKED]
    texts = zip(*(frame[name].tolist() for name in SEALED), *masked, strict=True)
    columns["sealed_text"] = place.seal.close_rows(zip(tx, texts, strict=True))
    columns["said"] = frame["tx"].tolist()
    columns["numbered"] = (frame["entry_reference"] != "").tolist()
    columns["tx"] = tx
    same = {
        "subject": place.subject,
        "account_id": place.account_id,
        "sources": place.source,
        "valid_from": place.at,
    }
    return [{**dict(zip(columns, row, strict=True)), **same} for row in zip(*columns.values(), strict=True)]


def opened_frame(
    subject: str, rows: Sequence[Mapping[str, Any]], names: Mapping[int, str], seal: Seal
) -> pd.DataFrame:
    """Build the ledger frame of rows as the table keeps them, with what masked rows carry besides."""
    texts = [seal.open_texts(row["sealed_text"], row["tx"]) for row in rows]
    columns: dict[str, pd.Series[Any]] = {}
    for name, dtype in COLUMNS.items():
        if name == "subject":
            values: list[Any] = [subject] * len(rows)
        elif name == "account":
            values = [names[row["account_id"]] for row in rows]
        elif name in SEALED:
            at = SEALED.index(name)
            values = [text[at] for text in texts]
        else:
            values = [row[name] for row in rows]
        columns[name] = pd.Series(values, dtype=dtype)
    for at, name in enumerate(MASKED, start=len(SEALED)):
        columns[name] = pd.Series([text[at] for text in texts], dtype=TEXT)
    return validated(pd.DataFrame(columns))


def storable(texts: list[str]) -> list[str]:
    r"""Leave out what no database keeps as text: the NUL, and halves of letters.

    >>> storable(["PMNT", "a\x00b"])
    ['PMNT', 'ab']
    """
    clean = {text: text.replace("\x00", "").encode("utf-8", "ignore").decode() for text in set(texts)}
    return [clean[text] for text in texts]
