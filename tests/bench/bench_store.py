"""How fast data are kept, masked or not, and how little it costs to bring the same data again."""

import secrets
import tempfile
import time
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from makers import make_portfolio
from measure import Measurement

from psd2_affordability.categorise.privacy import Mark, Masked, mask
from psd2_affordability.service.bootstrap import product
from psd2_affordability.store.store import Store
from psd2_affordability.store.transactions import Masking

_ROWS = 100_000
_NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def run() -> list[Measurement]:
    """Keep the rows of one large case, then bring the same rows once more."""
    frame = make_portfolio(_ROWS // 500, 500)
    frame = frame.assign(subject="case", account="NL00SNBX0000000000")
    frame = frame.drop_duplicates("tx").reset_index(drop=True)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{Path(folder) / 'bench.db'}", secrets.token_bytes(32))
        first = _rows_per_second(store, frame)
        again = max(_rows_per_second(store, frame) for _ in range(3))
        store.close()
        store = Store(f"sqlite:///{Path(folder) / 'masked.db'}", secrets.token_bytes(32))
        masking = _masking()
        first_masked = _rows_per_second(store, frame, masking)
        again_masked = max(_rows_per_second(store, frame, masking) for _ in range(3))
        store.close()
    return [
        Measurement("keep new rows, sealed", first, "rows/s"),
        Measurement("bring the same rows again", again, "rows/s", peer="new rows", peer_value=first),
        Measurement("mask and keep new rows", first_masked, "rows/s"),
        Measurement(
            "bring the same masked rows again",
            again_masked,
            "rows/s",
            peer="the same without masking",
            peer_value=again,
        ),
    ]


def _masking() -> Masking:
    knowledge = product().knowledge

    def masked(frame: pd.DataFrame, mark: Mark, known: Collection[str]) -> Masked:
        return mask(frame, knowledge, {"case": set(known)}, mark)

    return masked


def _rows_per_second(store: Store, frame: pd.DataFrame, masking: Masking | None = None) -> float:
    start = time.perf_counter()
    store.ledger.keep("case", frame, (), at=_NOW, source="file", masking=masking)
    return _ROWS / (time.perf_counter() - start)
