"""How fast transactions are understood: in bulk, and for one person who is waiting."""

import re

import pandas as pd
from makers import make_transactions, sandbox_people
from measure import Measurement, best_of

from psd2_affordability._data import data_files
from psd2_affordability.categorise.engine import categorise, understand
from psd2_affordability.categorise.knowledge import Knowledge, load_knowledge
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.sandbox.ledger_view import to_ledger

_ROWS = 1_000_000
_SAMPLE = 2_000
_WAITING = 2_000


def run() -> list[Measurement]:
    """Categorise a million rows beside two common ways to do it, and understand one person's years."""
    knowledge = load_knowledge(data_files("rules"))
    rows = make_transactions(_ROWS)
    ours = _ROWS / best_of(3, lambda: categorise(rows, knowledge, {}))
    sample = rows.head(_SAMPLE)
    alternation = _SAMPLE / best_of(2, lambda: _flat_alternation(sample, knowledge))
    contains = _SAMPLE / best_of(1, lambda: _contains_loop(sample, knowledge))
    person = _one_person()
    waiting = best_of(15, lambda: understand(person, knowledge, {})) * 1000
    whole = best_of(1, lambda: understand(rows, knowledge, {}))
    what = "categorise 1,000,000 transactions of 30,000 payees"
    return [
        Measurement(what, ours, "rows/s", 1_000_000, True, "flat `re` alternation", alternation),
        Measurement("  times a flat `re` alternation", ours / alternation, "x", 500),
        Measurement("  the same", ours, "rows/s", None, True, "pandas `str.contains` loop", contains),
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


def _one_person() -> pd.DataFrame:
    """Lives of sandbox people one after another, until one account has as many rows as wanted."""
    lives = pd.concat([to_ledger(person) for person in sandbox_people().values()], ignore_index=True)
    rows = lives.head(_WAITING)
    text = pd.Series("waiting", index=rows.index, dtype="str")
    return with_keys(rows.assign(subject=text, tx=pd.Series("", index=rows.index, dtype="str")))
