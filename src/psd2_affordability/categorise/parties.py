"""Who stands at the other side of each row: found once for every distinct creditor, account and name."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import FormIndex, Holder, best
from psd2_affordability.categorise.printed_names import printed_names
from psd2_affordability.categorise.reading_names import read_names
from psd2_affordability.ledger.clean import words_of
from psd2_affordability.ledger.columns import Columns

_SURE_OF_CREDITOR = 98
_SURE_OF_IBAN = 97
#: A merchant category code so sure is believed before a word in the shop's name.
_SURE_OF_MERCHANT = 80
#: A pattern: Arrow finds one sooner than a plain substring.
_MERCHANT_MARK = "MCC"
_MERCHANT_CODE = r"\bMCC[: ]{0,2}(?P<code>[0-9]{4})\b"


@dataclass(frozen=True, slots=True)
class Parties:
    """The other side of each row, in row order.

    Attributes:
        entry: position in the knowledge's entries; -1 when not known.
        how: number of the evidence that found the entry.
        sure: confidence of that, in percent.
        kind: number of the kind of party.
        name: number of the printed name.
        shown: payee as shown for each printed name.
        odd: the printed name mixes alphabets, or only looks like a known one, as an imitation does.
        lookalike: it only looks like a known one.
        registered: the entry was found by creditor identifier or account.
        disputed: so found, while the name beside it is that of another known payee.
    """

    entry: npt.NDArray[np.int32]
    how: npt.NDArray[np.int8]
    sure: npt.NDArray[np.int8]
    kind: npt.NDArray[np.int16]
    name: npt.NDArray[np.int32]
    shown: list[str]
    odd: npt.NDArray[np.bool_]
    lookalike: npt.NDArray[np.bool_]
    registered: npt.NDArray[np.bool_]
    disputed: npt.NDArray[np.bool_]


def find_parties(columns: Columns, knowledge: Knowledge, at_counter: npt.NDArray[np.bool_]) -> Parties:
    """Find the other side: by creditor identifier, then account number, then name.

    A payment processor collects in its own name for many: the payee named beside it counts.
    A card pays no private person: at a counter, a name that looks like one's is a shop's.
    """
    name, names = printed_names(columns)
    read = read_names(names, knowledge)
    entry = np.where(at_counter, read.counter[name], read.entry[name])
    tables = knowledge.tables
    entry, by_code = _with_merchants(entry, columns, knowledge, at_counter)
    by_name = entry
    how = np.where(entry >= 0, Evidence.PAYEE_NAME, Evidence.NONE).astype(np.int8)
    how[by_code] = Evidence.BANK_CODE
    sure = np.where(entry >= 0, tables.sure[entry], 0).astype(np.int8)
    for column, known, evidence, certainty in (
        ("counterparty_iban", knowledge.ibans, Evidence.IBAN, _SURE_OF_IBAN),
        ("creditor_id", knowledge.creditors, Evidence.CREDITOR_ID, _SURE_OF_CREDITOR),
    ):
        if known:
            code, values = columns.coded(column)
            found = np.array([known.get(value, -1) for value in values], dtype=np.int32)[code]
            found[(by_name >= 0) & (found >= 0) & tables.is_processor[found]] = -1
            entry, how = np.where(found >= 0, found, entry), np.where(found >= 0, evidence, how)
            sure = np.where(found >= 0, certainty, sure)
    holder = read.holder[name]
    holder[at_counter & (holder == Holder.PERSON)] = Holder.UNCLEAR
    kind = np.where(entry >= 0, tables.kind[entry], holder)
    registered = (how == Evidence.CREDITOR_ID) | (how == Evidence.IBAN)
    return Parties(
        entry=entry.astype(np.int32),
        how=how.astype(np.int8),
        sure=sure.astype(np.int8),
        kind=kind.astype(np.int16),
        name=name,
        shown=read.shown,
        odd=read.odd[name],
        lookalike=read.lookalike[name],
        registered=registered,
        disputed=registered & (by_name >= 0) & tables.is_payee[by_name] & (by_name != entry),
    )


def _with_merchants(
    entry: npt.NDArray[np.int32],
    columns: Columns,
    knowledge: Knowledge,
    at_counter: npt.NDArray[np.bool_],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.intp]]:
    """Take what the merchant category code says where no payee is named, and return where that is."""
    rows = np.flatnonzero(at_counter & ~columns.wordless)
    texts = columns.texts("remittance")
    if len(rows):
        marked = pc.match_substring_regex(texts.take(pa.array(rows)), _MERCHANT_MARK)
        rows = rows[marked.to_numpy(zero_copy_only=False)]
    if not len(rows):
        return entry, rows
    told = pc.struct_field(pc.extract_regex(texts.take(pa.array(rows)), _MERCHANT_CODE), "code")
    said = np.array([knowledge.mccs.get(code, -1) for code in told.to_pylist()], dtype=np.int32)
    tables, named = knowledge.tables, entry[rows]
    nothing = (named < 0) | tables.is_processor[named]
    surer = ~tables.is_payee[named] & (tables.sure[said] >= _SURE_OF_MERCHANT)
    believed = (said >= 0) & (nothing | surer)
    rows = rows[believed]
    changed = entry.copy()
    changed[rows] = said[believed]
    return changed, rows


def payee_in(text: str, index: FormIndex, knowledge: Knowledge) -> int:
    """Return the entry of the payee that a description names, no processor; -1 for none."""
    matches = [match for match in index.find(words_of(text)) if knowledge.tables.is_payee[match.value]]
    chosen = best(matches)
    return -1 if chosen is None else chosen.value
