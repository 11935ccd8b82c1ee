"""Masks what a purpose does not need: names of private persons, payees that tell too much, free text.

What is masked of a row depends on that row, the case's key and the knowledge alone, never on the
rows beside it: the same row is masked the same in every answer that brings it.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.categorise import withheld
from psd2_affordability.categorise.codes import Channel
from psd2_affordability.categorise.decide import Decided, decide
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import Holder
from psd2_affordability.categorise.settled import written
from psd2_affordability.categorise.taxonomy import UNKNOWN
from psd2_affordability.ledger.clean import encoded, fold, text_column
from psd2_affordability.ledger.columns import Columns
from psd2_affordability.ledger.schema import SETTLED, TEXT_MARK

#: Makes a keyed hash of some texts, in hexadecimal.
Mark = Callable[..., str]

PERSON = "particulier"
UNCLEAR = "partij"
#: Only a business takes cards, collects under a mandate or has an iDEAL contract.
_BUSINESS = [Channel.CARD, Channel.ATM, Channel.DIRECT_DEBIT, Channel.RETURN, Channel.IDEAL, Channel.FEE]
#: How a description without its words still says what stood in it, in the form that banks use.
_STARTS = {Channel.CARD: "BEA ", Channel.ATM: "GEA "}
#: What is looked for in descriptions beside the words of rules and of what was withheld: why a debit came
#: back.
_ALSO_READ = re.compile(r"\b(?:AC|AG|AM|BE|CNOR|DNOR|FF|MD|MS|RC|RR|SL)[0-9]{2}\b")
#: Numbers by which a veiled payee or a person could be found; each stays as distinct as it was.
_NUMBERS = ("creditor_id", "mandate_id", "entry_reference")
_DIGITS = 8
_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Masked:
    """Rows as they may be kept, and how much was masked.

    Attributes:
        frame: the rows, in the same order, with `settled` and `text_mark` besides.
        persons: rows whose other side now is a pseudonym.
        special: rows whose payee now is a neutral name.
        texts: rows whose description is gone.
    """

    frame: pd.DataFrame
    persons: int
    special: int
    texts: int


def mask(
    frame: pd.DataFrame,
    knowledge: Knowledge,
    own_ibans: Mapping[str, Collection[str]],
    mark: Mark,
    *,
    keeps_text: bool = False,
) -> Masked:
    """Mask the rows of one case.

    Args:
        frame: the rows as they came.
        knowledge: tells persons from organisations, and what needs veiling.
        own_ibans: for each subject its own account numbers, which stay.
        mark: the case's keyed hash.
        keeps_text: the purpose needs descriptions; those of veiled payees go all the same.
    """
    seen = _see(frame, knowledge, own_ibans, keeps_text=keeps_text)
    columns = seen.columns
    pseudonym = _pseudonyms(seen, knowledge, mark)
    processed = _by_processor(seen.decided, knowledge) & ~seen.hidden & ~seen.unnamed
    names = _replaced(columns, "counterparty_name", seen.hidden & ~seen.unnamed, pseudonym)
    settled = np.array(written(seen.decided, knowledge), dtype=object)
    settled[seen.decided.own.own | ~(seen.hidden | seen.textless)] = ""
    told = {
        "counterparty_name": pc.replace_with_mask(
            names, pa.array(processed), _shown(seen.decided, np.flatnonzero(processed))
        ),
        "counterparty_iban": _replaced(
            columns, "counterparty_iban", seen.hidden & ~columns.blank("counterparty_iban"), pseudonym
        ),
        **{name: _marked(columns, name, seen.hidden, mark) for name in _NUMBERS},
        **_texts(seen, knowledge, pseudonym, mark),
        SETTLED: pa.array(settled, type=pa.large_string()),
    }
    masked = frame.assign(
        **{name: pd.Series(text_column(texts), index=frame.index) for name, texts in told.items()}
    )
    persons = int((seen.person | processed).sum())
    return Masked(masked, persons, int(seen.special.sum()), int(seen.textless.sum()))


def own_again(frame: pd.DataFrame, own_ibans: Collection[str], mark: Mark) -> pd.DataFrame:
    """Give own accounts their numbers back where they were masked before anybody knew whose they are."""
    if SETTLED not in frame:
        return frame
    number = {f"{prefix}-{_short(mark, iban)}": iban for iban in own_ibans for prefix in (PERSON, UNCLEAR)}
    found = frame["counterparty_iban"].isin(list(number)) & (frame[SETTLED] != "")
    if not found.any():
        return frame
    told = frame["counterparty_iban"].where(~found, frame["counterparty_iban"].map(number))
    return frame.assign(counterparty_iban=told.astype("str"))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is seen of each row before it is masked.

    Attributes:
        columns: the rows.
        decided: what they are.
        special: the payee tells about health, faith, union or party.
        person: the other side is a private person, or may be one.
        unnamed: the name has no field of its own; the description may have it.
        textless: the description goes.
    """

    columns: Columns
    decided: Decided
    special: _Mask
    person: _Mask
    unnamed: _Mask
    textless: _Mask

    @property
    def hidden(self) -> _Mask:
        """Rows whose other side is replaced."""
        return self.special | self.person


def _see(
    frame: pd.DataFrame,
    knowledge: Knowledge,
    own_ibans: Mapping[str, Collection[str]],
    *,
    keeps_text: bool,
) -> _Seen:
    columns = Columns(frame)
    decided = decide(columns, knowledge, own_ibans, alone=True)
    special = _special(decided, knowledge)
    person = _persons(columns, decided, knowledge) & ~special
    unnamed = columns.blank("counterparty_name")
    goes = special | (person & unnamed) if keeps_text else np.ones(len(frame), dtype=np.bool_)
    return _Seen(columns, decided, special, person, unnamed, goes & ~columns.wordless)


def _special(decided: Decided, knowledge: Knowledge) -> _Mask:
    """Rows of categories whose payee tells about health, faith, union or party."""
    leaves = knowledge.taxonomy.values()
    veiled = np.array([bool(leaf.shown) and not leaf.private for leaf in leaves])
    return veiled[decided.category] & ~decided.own.own


def _persons(columns: Columns, decided: Decided, knowledge: Knowledge) -> _Mask:
    """Rows whose other side is a private person, or may be one.

    A name that is unclear, or missing, counts as a person's when money was transferred to or from it
    for something that a person may pay or be paid for. What a shop's terminal, a collector or a web
    shop's payment page says is a business, and so is who pays wages.
    """
    kind, numbers = decided.parties.kind, knowledge.tables.number
    of_persons = {rule.category for rule in knowledge.texts.rules if _believes_persons(rule.kinds)}
    of_persons |= {code for code, leaf in knowledge.taxonomy.items() if leaf.private} | {UNKNOWN}
    possible = np.zeros(len(knowledge.tables.codes), dtype=np.bool_)
    possible[[numbers[code] for code in of_persons]] = True
    named = (kind == Holder.UNCLEAR) | ((kind == Holder.NOBODY) & ~columns.blank("counterparty_iban"))
    unclear = named & possible[decided.category] & ~np.isin(decided.channel, _BUSINESS)
    unclear &= columns.blank("creditor_id")
    found: _Mask = ((kind == Holder.PERSON) | unclear) & ~decided.own.own
    return found


def _believes_persons(kinds: frozenset[str]) -> bool:
    return not kinds.isdisjoint({"person", "any"})


def _by_processor(decided: Decided, knowledge: Knowledge) -> _Mask:
    """Rows of a payment request, where the name of the person who asked stands beside the processor's."""
    entries, parties = knowledge.entries, decided.parties
    processor = np.array([entry.processor for entry in entries], dtype=np.bool_)
    names = np.array([entry.name for entry in entries], dtype=object)
    shown = np.array(parties.shown, dtype=object)
    found: _Mask = (parties.entry >= 0) & processor[parties.entry]
    rows = np.flatnonzero(found)
    found[rows] = shown[parties.name[rows]] == names[parties.entry[rows]]
    return found


def _pseudonyms(seen: _Seen, knowledge: Knowledge, mark: Mark) -> dict[int, str]:
    """Return for each row that is masked what stands for its other side."""
    parties = seen.decided.parties
    neutral = [leaf.shown for leaf in knowledge.taxonomy.values()]
    names = [fold(name) for name in parties.shown]
    rows = np.flatnonzero(seen.hidden)
    known: dict[str, str] = {}
    found = {}
    by_row = zip(
        rows.tolist(),
        seen.special[rows].tolist(),
        (parties.kind[rows] == Holder.PERSON).tolist(),
        seen.decided.category[rows].tolist(),
        seen.columns.taken("creditor_id", rows),
        seen.columns.taken("counterparty_iban", rows),
        parties.name[rows].tolist(),
        strict=True,
    )
    for row, is_special, is_person, category, creditor, iban, name in by_row:
        basis = creditor or iban or names[name]
        if basis not in known:
            known[basis] = _short(mark, basis)
        prefix = neutral[category] if is_special else PERSON if is_person else UNCLEAR
        found[row] = f"{prefix}-{known[basis]}"
    return found


def _short(mark: Mark, basis: str) -> str:
    return mark("party", basis)[:_DIGITS]


def _replaced(columns: Columns, name: str, rows: _Mask, by: Mapping[int, str]) -> pa.Array:
    told = pa.array([by[row] for row in np.flatnonzero(rows).tolist()], type=pa.large_string())
    return pc.replace_with_mask(columns.texts(name), pa.array(rows), told)


def _shown(decided: Decided, rows: npt.NDArray[np.intp]) -> pa.Array:
    shown = decided.parties.shown
    return pa.array([shown[name] for name in decided.parties.name[rows].tolist()], type=pa.large_string())


def _marked(columns: Columns, name: str, rows: _Mask, mark: Mark) -> pa.Array:
    """Mark a number; blanks stay, because a bank that gives no number says something with that."""
    texts = columns.texts(name)
    blank = pc.equal(pc.utf8_trim_whitespace(texts), "").to_numpy(zero_copy_only=False)
    given = pa.array(rows & ~blank)
    code, values = encoded(texts.filter(given))
    marks = pa.array([mark(name, value)[: 2 * _DIGITS] for value in values], type=pa.large_string())
    return pc.replace_with_mask(texts, given, marks.take(pa.array(code)))


def _texts(
    seen: _Seen, knowledge: Knowledge, pseudonym: Mapping[int, str], mark: Mark
) -> dict[str, pa.Array]:
    """Return what is left of the descriptions, and the mark of each that changed."""
    texts = seen.columns.texts("remittance")
    changed = seen.textless | (seen.person & ~seen.columns.wordless)
    rows = np.flatnonzero(changed)
    whole = texts.take(pa.array(rows)).to_pylist()
    marks = {text: mark("text", fold(text))[: 2 * _DIGITS] for text in set(whole)}
    known = _KnownWords(knowledge)
    goes, special = seen.textless[rows].tolist(), seen.special[rows].tolist()
    said = [
        ("" if veiled else known.of(text))
        if gone
        else _without_party(known.message(text), party, pseudonym[row])
        for row, text, gone, veiled, party in zip(
            rows.tolist(), whole, goes, special, _parties(seen.columns, rows), strict=True
        )
    ]
    left = [
        _told(words, channel, name) if gone else words
        for words, gone, channel, name in zip(
            said,
            goes,
            seen.decided.channel[rows].tolist(),
            _names_in_text(seen, rows, pseudonym),
            strict=True,
        )
    ]
    at = pa.array(changed)
    blank = pa.array(np.full(len(changed), "", dtype=object), type=pa.large_string())
    marked = pa.array([marks[text] for text in whole], type=pa.large_string())
    return {
        "remittance": pc.replace_with_mask(texts, at, pa.array(left, type=pa.large_string())),
        TEXT_MARK: pc.replace_with_mask(blank, at, marked),
    }


class _KnownWords:
    """What is left of descriptions: words from our own lists, each distinct text read once."""

    def __init__(self, knowledge: Knowledge) -> None:
        leaves = knowledge.taxonomy.items()
        self._unspoken = frozenset(code for code, leaf in leaves if leaf.shown and not leaf.private)
        self._texts = knowledge.texts
        self._seen: dict[str, str] = {}

    def of(self, text: str) -> str:
        """Return the words that rules know, and what else is looked for in descriptions later."""
        if text not in self._seen:
            words = [self._texts.known_words(text, self._unspoken), *withheld.said(text)]
            words += _ALSO_READ.findall(text)
            self._seen[text] = " ".join(filter(None, words))
        return self._seen[text]

    def message(self, text: str) -> str:
        """Return the part that the other side wrote."""
        return self._texts.message(text)


def _parties(columns: Columns, rows: npt.NDArray[np.intp]) -> list[tuple[str, str]]:
    """Return name and account of the other side of some rows."""
    return list(
        zip(columns.taken("counterparty_name", rows), columns.taken("counterparty_iban", rows), strict=True)
    )


def _without_party(text: str, party: tuple[str, str], pseudonym: str) -> str:
    """Put the pseudonym in the place of a person who is named in a description that stays."""
    for said in filter(None, party):
        text = text.replace(said, pseudonym)
    return text


def _names_in_text(seen: _Seen, rows: npt.NDArray[np.intp], pseudonym: Mapping[int, str]) -> list[str]:
    """Return the names that only the descriptions of some rows give, as they may be kept."""
    shown, hidden = seen.decided.parties.shown, seen.hidden
    told = zip(rows.tolist(), seen.decided.parties.name[rows].tolist(), strict=True)
    return [
        (pseudonym[row] if hidden[row] else shown[name]) if seen.unnamed[row] else "" for row, name in told
    ]


def _told(words: str, channel: int, name: str) -> str:
    """Write what is left of a description in the form that banks use."""
    named = f"/NAME/{name.replace('/', ' ')}/REMI/" if name else ""
    return f"{_STARTS.get(Channel(channel), '')}{named}{words}".strip()
