"""Understands transactions: what each one is, on what evidence, and which of them come back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import InitVar, dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.categorise.codes import CHANNELS
from psd2_affordability.categorise.corrections import Corrections, apply_corrections
from psd2_affordability.categorise.decide import RETURNED, Decided, decide
from psd2_affordability.categorise.earnings import find_earnings
from psd2_affordability.categorise.evidence import EVIDENCE, Evidence
from psd2_affordability.categorise.extras import take_out_extras
from psd2_affordability.categorise.gambling import find_payouts
from psd2_affordability.categorise.income import confirm_income
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.loans import find_loans
from psd2_affordability.categorise.names import Holder
from psd2_affordability.categorise.own_name import find_own_name
from psd2_affordability.categorise.own_savings import find_own_savings
from psd2_affordability.categorise.pairing import SharedNames
from psd2_affordability.categorise.refunds import pair_refunds
from psd2_affordability.categorise.returns import RETURN_KINDS, Returns, pair_returns
from psd2_affordability.categorise.stream_table import stream_table
from psd2_affordability.categorise.streams import find_streams
from psd2_affordability.categorise.tables import one_of
from psd2_affordability.categorise.taxonomy import UNKNOWN
from psd2_affordability.categorise.turnover import find_private_customers
from psd2_affordability.ledger.clean import decoded, text_column
from psd2_affordability.ledger.columns import Coded, Columns
from psd2_affordability.ledger.own_accounts import AMBIGUOUS, OWN_STATES

#: Shown instead of a name: a private person, and the other side of own money that moves.
PRIVATE_PAYEE = "particulier"
OWN_PAYEE = "eigen rekening"
#: What is told of each row, in the order of the frame's columns.
_TOLD = (
    *("category", "payee", "group", "channel", "evidence", "pair_state"),
    *("corrected_from", "stream", "pair", "return_kind"),
)


@dataclass(frozen=True, slots=True)
class Understood:
    """Transactions with what they are.

    Attributes:
        frame: the ledger frame with `category, payee, group, channel, evidence, confidence,
            stream, pair, pair_state, return_kind`; the same rows in the same order.
        streams: one row per stream, see `categorise.stream_table`.
        columns: the columns of the frame; those that `understand` looked at are at hand.
        stream_columns: the same of the streams.
    """

    frame: pd.DataFrame
    streams: pd.DataFrame
    at_hand: InitVar[tuple[Columns, Columns] | None] = None
    columns: Columns = field(init=False, repr=False, compare=False)
    stream_columns: Columns = field(init=False, repr=False, compare=False)

    def __post_init__(self, at_hand: tuple[Columns, Columns] | None) -> None:
        """Read the columns anew where none are at hand."""
        columns, stream_columns = at_hand or (Columns(self.frame), Columns(self.streams))
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "stream_columns", stream_columns)


def understand(
    frame: pd.DataFrame,
    knowledge: Knowledge,
    own_ibans: Mapping[str, Collection[str]],
    corrections: Mapping[str, Corrections] | None = None,
) -> Understood:
    """Categorise every row, pair transfers and returned debits, and find the streams.

    Args:
        frame: any number of subjects; every row has its key.
        knowledge: what is known beforehand.
        own_ibans: for each subject, account numbers known to be its own besides those in the frame.
        corrections: for each subject what people said of its rows; then the frame has the column
            `corrected_from` too, with what was decided without them.
    """
    columns = Columns(frame)
    decided = decide(columns, knowledge, own_ibans)
    find_own_name(columns, decided, knowledge)
    find_own_savings(columns, decided, knowledge)
    find_private_customers(columns, decided, knowledge)
    returned = decided.category == knowledge.tables.number[RETURNED]
    shared = SharedNames(columns, decided.parties, knowledge)
    returns = pair_returns(columns, shared, returned)
    partner = _partners(decided, knowledge, returned, returns)
    find_earnings(columns, decided, knowledge)
    streams = find_streams(columns, decided, knowledge)
    confirm_income(columns, decided, streams, knowledge)
    streams = take_out_extras(columns, decided, streams, knowledge)
    find_loans(columns, decided, knowledge, streams, shared)
    find_payouts(columns, decided, knowledge, shared)
    pair_refunds(columns, decided, knowledge, shared, partner, streams.among(len(frame)))
    more: dict[str, pa.Array] = {}
    if corrections:
        more["corrected_from"] = _corrected(columns, decided, knowledge, corrections)
        streams = find_streams(columns, decided, knowledge)
    coded = _coded_columns(decided, knowledge)
    streams_at_hand, coded["stream"] = stream_table(columns, coded["payee"], decided, knowledge, streams)
    texts = _texts(decided, knowledge, coded) | more
    texts["pair"] = pc.fill_null(columns.texts("tx").take(pa.array(partner, mask=partner < 0)), "")
    texts["return_kind"] = decoded((returns.kind, RETURN_KINDS))
    told = _beside(frame, decided, texts)
    columns.extend(told, coded, texts)
    return Understood(told, streams_at_hand.frame, (columns, streams_at_hand))


def categorise(
    frame: pd.DataFrame, knowledge: Knowledge, own_ibans: Mapping[str, Collection[str]]
) -> pd.DataFrame:
    """Say of each row by itself what it is, without looking for streams and returns; for bulk work."""
    decided = decide(Columns(frame), knowledge, own_ibans)
    return _beside(frame, decided, _texts(decided, knowledge, _coded_columns(decided, knowledge)))


def _corrected(
    columns: Columns, decided: Decided, knowledge: Knowledge, corrections: Mapping[str, Corrections]
) -> pa.Array:
    """Correct rows, and return what each of them was before; the empty text where nobody said anything."""
    before = apply_corrections(columns, decided, knowledge, corrections)
    said = one_of(decided.evidence, [Evidence.HUMAN, Evidence.LEARNT])
    number = np.where(said, before, len(knowledge.tables.codes))
    return decoded((number, (*knowledge.tables.codes, "")))


def _partners(
    decided: Decided, knowledge: Knowledge, returned: npt.NDArray[np.bool_], returns: Returns
) -> npt.NDArray[np.int64]:
    """Return the position of each row's partner, of a transfer or a return; -1 for none."""
    decided.evidence[returned & (returns.partner >= 0)] = Evidence.PAIR
    unclear = (decided.own.state == AMBIGUOUS) & (decided.category == knowledge.tables.number[UNKNOWN])
    decided.evidence[unclear] = Evidence.NONE_AMBIGUOUS
    return np.where(returns.partner >= 0, returns.partner, decided.own.partner)


def _coded_columns(decided: Decided, knowledge: Knowledge) -> dict[str, Coded]:
    """Say what is decided in the ledger's words, of the columns that are read on."""
    return {
        "category": _coded(decided.category, knowledge.tables.codes),
        "payee": _distinct(_payees(decided, knowledge)),
        "evidence": _coded(decided.evidence, EVIDENCE),
    }


def _texts(decided: Decided, knowledge: Knowledge, coded: Mapping[str, Coded]) -> dict[str, pa.Array]:
    """Write what is decided in the ledger's words."""
    return {
        **{name: decoded(each) for name, each in coded.items()},
        "group": decoded((decided.category, knowledge.tables.groups)),
        "channel": decoded((decided.channel, CHANNELS)),
        "pair_state": decoded((decided.own.state, OWN_STATES)),
    }


def _beside(frame: pd.DataFrame, decided: Decided, texts: Mapping[str, pa.Array]) -> pd.DataFrame:
    """Put what is decided beside the frame's own columns."""
    told = {name: text_column(texts[name]) for name in _TOLD if name in texts}
    beside = pd.DataFrame({**told, "confidence": decided.sure}, index=frame.index, copy=False)
    return pd.concat([frame, beside], axis=1)


def _payees(decided: Decided, knowledge: Knowledge) -> Coded:
    """Show the payee, or what stands in its place where the name would tell too much."""
    parties, shown = decided.parties, knowledge.tables.shown
    entries = knowledge.tables.names
    words = (*parties.shown, *entries, *shown, PRIVATE_PAYEE, OWN_PAYEE)
    number = parties.name.astype(np.int64)
    by_key = one_of(decided.parties.how, [Evidence.CREDITOR_ID, Evidence.IBAN])
    number = np.where(by_key, len(parties.shown) + parties.entry, number)
    private = parties.kind == Holder.PERSON
    number = np.where(private, len(words) - 2, number)
    veiled = np.array([bool(text) for text in shown])[decided.category]
    number = np.where(veiled, len(parties.shown) + len(entries) + decided.category.astype(np.int64), number)
    number = np.where(decided.own.own, len(words) - 1, number)
    return _coded(number, words)


def _coded(number: npt.NDArray[np.integer], words: Sequence[str]) -> Coded:
    """Return the numbers and their words, without the words that no row has."""
    occurs = np.zeros(len(words), dtype=np.bool_)
    occurs[number] = True
    code = np.cumsum(occurs, dtype=np.int32) - 1
    return code[number], [words[at] for at in np.flatnonzero(occurs).tolist()]


def _distinct(coded: Coded) -> Coded:
    """Give words that are written alike one code."""
    code, words = coded
    number: dict[str, int] = {}
    same = np.array([number.setdefault(word, len(number)) for word in words], dtype=np.int32)
    return same[code], list(number)
