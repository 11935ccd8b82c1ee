"""How fast transactions are understood: in bulk, and for one person who is waiting."""

import importlib.util
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
from makers import make_distinct, make_transactions, sandbox_people
from measure import Measurement, best_of

from psd2_affordability._data import data_files
from psd2_affordability.categorise.engine import categorise, understand
from psd2_affordability.categorise.knowledge import Knowledge, load_knowledge
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.sandbox.ledger_view import ledger_of

_ROWS = 1_000_000
_SAMPLE = 2_000
_WAITING = 2_000
_AUTOMATON = "ahocorasick_rs"
#: What one process that does nothing else needs: the rows themselves, and the work on them.
_MEMORY = """
import sys
sys.path.insert(0, sys.argv[1])
import pandas as pd
from psd2_affordability._data import data_files
from psd2_affordability.categorise.engine import categorise
from psd2_affordability.categorise.knowledge import load_knowledge
rows = pd.read_feather(sys.argv[2]).astype({"booked_on": "datetime64[s]", "value_on": "datetime64[s]"})
categorise(rows, load_knowledge(data_files("rules")), {})
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


def run() -> list[Measurement]:
    """Categorise a million rows beside two common ways to do it, and understand one person's years."""
    knowledge = load_knowledge(data_files("rules"))
    rows = make_transactions(_ROWS)
    ours = _ROWS / best_of(3, lambda: categorise(rows, knowledge, {}))
    sample = rows.head(_SAMPLE)
    alternation = _SAMPLE / best_of(2, lambda: _flat_alternation(sample, knowledge))
    contains = _SAMPLE / best_of(1, lambda: _contains_loop(sample, knowledge))
    joined = _ROWS / best_of(2, lambda: _dict_join(rows, knowledge))
    automaton = _automaton(sample, knowledge)
    distinct = make_distinct(_ROWS)
    alone = best_of(3, lambda: categorise(distinct, knowledge, {}))
    memory = _memory(distinct)
    person = _one_person()
    waiting = best_of(15, lambda: understand(person, knowledge, {})) * 1000
    whole = best_of(1, lambda: understand(rows, knowledge, {}))
    what = "categorise 1,000,000 transactions of 30,000 payees"
    return [
        Measurement(what, ours, "rows/s", 1_000_000, True, "flat `re` alternation", alternation),
        Measurement("  times a flat `re` alternation", ours / alternation, "x", 500),
        Measurement("  the same", ours, "rows/s", None, True, "pandas `str.contains` loop", contains),
        Measurement(
            "  the same", ours, "rows/s", None, True, "dict join (`Series.map`) on the payee", joined
        ),
        Measurement("  the same", ours, "rows/s", None, True, _AUTOMATON + automaton[0], automaton[1]),
        Measurement(
            "categorise 1,000,000 transactions, no two names or narratives alike", alone, "s", 4, False
        ),
        Measurement("  memory of that process, the rows included", memory, "MiB", 1024, False),
        Measurement("  with pairs, returns and streams", _ROWS / whole, "rows/s"),
        Measurement(f"understand one person's {len(person):,} transactions", waiting, "ms"),
        Measurement(
            "load the knowledge", best_of(5, lambda: load_knowledge(data_files("rules"))) * 1000, "ms"
        ),
    ]


def _forms(knowledge: Knowledge) -> list[str]:
    """Every name and word that the categoriser looks for."""
    names = {form for entry in knowledge.entries for form in entry.forms}
    return sorted(names | knowledge.texts.words)


def _narratives(rows: pd.DataFrame) -> pd.Series:
    return rows["counterparty_name"] + " " + rows["remittance"]


def _flat_alternation(rows: pd.DataFrame, knowledge: Knowledge) -> list[list[str]]:
    """Find every name and word in each narrative, as choosing the best of them needs."""
    known = re.compile("|".join(map(re.escape, _forms(knowledge))), re.IGNORECASE)
    return list(map(known.findall, _narratives(rows).tolist()))


def _contains_loop(rows: pd.DataFrame, knowledge: Knowledge) -> pd.Series:
    narratives = _narratives(rows)
    found = pd.Series("", index=rows.index, dtype="str")
    for form in _forms(knowledge):
        found[narratives.str.contains(form, case=False, regex=False)] = form
    return found


def _dict_join(rows: pd.DataFrame, knowledge: Knowledge) -> pd.Series:
    """Look the whole printed name up: what is not printed as it is listed is not found."""
    known = {form: entry.outgoing for entry in knowledge.entries for form in entry.forms}
    return rows["counterparty_name"].str.lower().map(known)


def _automaton(rows: pd.DataFrame, knowledge: Knowledge) -> tuple[str, float | None]:
    """Find the forms with an automaton, where that library is on this machine."""
    if importlib.util.find_spec(_AUTOMATON) is None:
        return " (not installed)", None
    known = importlib.import_module(_AUTOMATON).AhoCorasick(_forms(knowledge))
    narratives = _narratives(rows).str.lower().tolist()
    return "", len(rows) / best_of(3, lambda: list(map(known.find_matches_as_indexes, narratives)))


def _memory(rows: pd.DataFrame) -> float:
    """Categorise in a process of its own, and return the most memory that it held, in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "rows.feather"
        rows.to_feather(kept, chunksize=len(rows))
        told = subprocess.run(
            [sys.executable, "-c", _MEMORY, str(Path(__file__).parent), str(kept)],
            check=True,
            capture_output=True,
            text=True,
        )
    return int(told.stdout) / 1024


def _one_person() -> pd.DataFrame:
    """Lives of sandbox people one after another, until one account has as many rows as wanted."""
    lives = ledger_of(sandbox_people().values())
    rows = lives.head(_WAITING)
    text = pd.Series("waiting", index=rows.index, dtype="str")
    return with_keys(rows.assign(subject=text, tx=pd.Series("", index=rows.index, dtype="str")))
