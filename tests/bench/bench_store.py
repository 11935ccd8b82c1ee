"""How fast data are kept, and how little it costs to bring the same data again."""

import secrets
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from makers import make_portfolio
from measure import Measurement

from psd2_affordability.store.store import Store

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
        again = _rows_per_second(store, frame)
        store.close()
    return [
        Measurement("keep new rows, sealed", first, "rows/s"),
        Measurement("bring the same rows again", again, "rows/s", peer="new rows", peer_value=first),
    ]


def _rows_per_second(store: Store, frame: object) -> float:
    start = time.perf_counter()
    store.ledger.keep("case", frame, (), at=_NOW, source="file")
    return _ROWS / (time.perf_counter() - start)
