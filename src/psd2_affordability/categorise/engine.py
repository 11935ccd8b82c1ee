"""Understands transactions: what each one is, on what evidence, and which of them come back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from psd2_affordability.categorise.codes import CHANNELS, Channel
from psd2_affordability.categorise.decide import RETURNED, Decided, decide
from psd2_affordability.categorise.evidence import EVIDENCE, Evidence
from psd2_affordability.categorise.income import confirm_income
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import Holder
from psd2_affordability.categorise.returns import pair_returns
from psd2_affordability.categorise.stream_table import stream_table
from psd2_affordability.categorise.streams import find_streams
from psd2_affordability.ledger.clean import text_column

_PRIVATE_PAYEE = "particulier"


@dataclass(frozen=True, slots=True)
class Understood:
    """Transactions with what they are.

    Attributes:
        frame: the ledger frame with `category, payee, group, channel, evidence, confidence,
            stream, pair, pair_state`; the same rows in the same order.
        streams: one row per stream, see `categorise.stream_table`.
    """

    frame: pd.DataFrame
    streams: pd.DataFrame


def understand(
    frame: pd.DataFrame, knowledge: Knowledge, own_ibans: Mapping[str, Collection[str]]
) -> Understood:
    """Categorise every row, pair transfers and returned debits, and find the streams.

    Args:
        frame: any number of subjects; every row has its key.
        knowledge: what is known beforehand.
        own_ibans: for each subject, account numbers known to be its own besides those in the frame.
    """
    decided = decide(frame, knowledge, own_ibans)
    partner = _partners(frame, decided, knowledge)
    streams = find_streams(frame, decided, knowledge)
    confirm_income(frame, decided, streams, knowledge)
    told = _described(frame, decided, knowledge)
    table, of_row = stream_table(frame, told["payee"], decided, knowledge, streams)
    tx = np.append(frame["tx"].to_numpy(dtype=object), "")
    told["stream"] = pd.Series(of_row, index=frame.index, dtype="str")
    told["pair"] = pd.Series(tx[partner], index=frame.index, dtype="str")
    return Understood(told, table)


def categorise(
    frame: pd.DataFrame, knowledge: Knowledge, own_ibans: Mapping[str, Collection[str]]
) -> pd.DataFrame:
    """Say of each row by itself what it is, without looking for streams and returns; for bulk work."""
    return _described(frame, decide(frame, knowledge, own_ibans), knowledge)


def _partners(frame: pd.DataFrame, decided: Decided, knowledge: Knowledge) -> npt.NDArray[np.int64]:
    """Return the position of each row's partner, of a transfer or a return; -1 for none."""
    returned = decided.category == knowledge.tables.number[RETURNED]
    returns = pair_returns(frame, decided.parties, returned)
    found = returned & (returns >= 0)
    decided.evidence[found] = Evidence.PAIR
    return np.where(returns >= 0, returns, decided.own.partner)


def _described(frame: pd.DataFrame, decided: Decided, knowledge: Knowledge) -> pd.DataFrame:
    """Write what is decided in the ledger's words."""
    tables, category = knowledge.tables, decided.category
    return frame.assign(
        category=_words(category, tables.codes, frame.index),
        payee=_payees(decided, knowledge, frame.index),
        group=_words(category, tables.groups, frame.index),
        channel=_words(decided.channel, CHANNELS, frame.index),
        evidence=_words(decided.evidence, EVIDENCE, frame.index),
        confidence=decided.sure,
        pair_state=pd.Series(decided.own.state, index=frame.index, dtype="str"),
    )


def _payees(decided: Decided, knowledge: Knowledge, index: pd.Index) -> "pd.Series[str]":
    """Show the payee, or what stands in its place where the name would tell too much."""
    parties, shown = decided.parties, knowledge.tables.shown
    entries = tuple(entry.name for entry in knowledge.entries)
    words = (*parties.shown, *entries, *shown, _PRIVATE_PAYEE)
    number = parties.name.astype(np.int64)
    by_key = np.isin(decided.parties.how, [Evidence.CREDITOR_ID, Evidence.IBAN])
    number = np.where(by_key, len(parties.shown) + parties.entry, number)
    private = parties.kind == Holder.PERSON
    number = np.where(private, len(words) - 1, number)
    veiled = np.array([bool(text) for text in shown])[decided.category]
    number = np.where(veiled, len(parties.shown) + len(entries) + decided.category, number)
    return _words(number, words, index)


def _words(number: npt.NDArray[np.integer], words: Collection[str], index: pd.Index) -> "pd.Series[str]":
    """Turn numbers into the words that they stand for."""
    table = pa.array(list(words), type=pa.large_string())
    return text_column(table.take(pa.array(number)), index)
