"""Decides the category of every row, by the strongest evidence first."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.categorise.channels import find_channels
from psd2_affordability.categorise.codes import Channel, CodeMeaning, look_up
from psd2_affordability.categorise.doubts import FLOOR, LOST, doubtful
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.figures import first_letters, with_noughts
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.names import FormIndex, Holder
from psd2_affordability.categorise.parties import Parties, find_parties, payee_in
from psd2_affordability.categorise.sayings import Sayings
from psd2_affordability.categorise.settled import apply_settled
from psd2_affordability.categorise.tables import PARTICULIER, one_of
from psd2_affordability.categorise.taxonomy import UNKNOWN
from psd2_affordability.categorise.texts import TextRules
from psd2_affordability.ledger.clean import encoded, words_of
from psd2_affordability.ledger.columns import Columns
from psd2_affordability.ledger.own_accounts import (
    AMBIGUOUS,
    OwnTransfers,
    find_own_transfers,
    name_own_accounts,
)

OWN = "intern.eigen_rekening"
RETURNED = "storno.teruggeboekt"
_CARD_PURCHASE = "huishouden.kaartbetaling"
_SURE_OF_CARD = 45
_PROCESSED = "huishouden.betaalverzoek"
_SURE_OF_PROCESSED = 70
_SURE_OF_OWN = 98
_SURE_OF_AMBIGUOUS = 80
_SURE_OF_RETURN = 97
_SURE_OF_PERSON = 70
_SURE_OF_WORDS = 75
_WORDS_IN = 200
#: Words beside the number of an order or a payment, and in the names of those who pass payments on.
_SAYS_NOTHING = frozenset(
    [
        *("id", "ideal", "order", "ord", "ordernr", "ordernummer", "bestelling", "bestelnummer", "nr", "no"),
        *("ref", "referentie", "kenmerk", "transactie", "betaling", "betalingen", "payment", "payments"),
        *(
            "van",
            "bij",
            "via",
            "pay",
            "paynl",
            "nl",
            "online",
            "stichting",
            "stg",
            "st",
            "derdengelden",
            "europe",
        ),
        *("sarl", "et", "cie", "sca", "sa", "bv", "b", "v", "nv", "n", "ltd", "limited", "s", "a", "r", "l"),
    ]
)

_Mask = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Decided:
    """What is decided of each row, in row order; numbers are those of the knowledge's tables.

    Attributes:
        category: number of the category; -1 while open.
        evidence: number of the evidence.
        sure: confidence in percent.
        wants_cadence: the claim is fully believed only in a regular rhythm.
        channel: number of the channel.
        incoming: money comes in.
        parties: who stands at the other side.
        own: transfers between own accounts.
        silent: the description was read, and no rule's words hold in it.
        sayings: what the descriptions say.
    """

    category: npt.NDArray[np.int16]
    evidence: npt.NDArray[np.int8]
    sure: npt.NDArray[np.int8]
    wants_cadence: _Mask
    channel: npt.NDArray[np.int8]
    incoming: _Mask
    parties: Parties
    own: OwnTransfers
    silent: _Mask
    sayings: Sayings

    @property
    def open(self) -> _Mask:
        """Rows that nothing has decided yet."""
        return self.category < 0

    def settle(
        self,
        rows: _Mask | npt.NDArray[np.intp],
        category: npt.ArrayLike,
        evidence: npt.ArrayLike,
        sure: npt.ArrayLike,
    ) -> None:
        """Decide rows, given as a mask or as positions."""
        self.category[rows] = category
        self.evidence[rows] = evidence
        self.sure[rows] = sure


def decide(
    columns: Columns,
    knowledge: Knowledge,
    own_ibans: Mapping[str, Collection[str]],
    *,
    alone: bool = False,
) -> Decided:
    """Decide every row by itself; what only several rows together tell comes after.

    Args:
        columns: any number of subjects.
        knowledge: what is known beforehand.
        own_ibans: for each subject, account numbers known to be its own besides those in the frame.
        alone: not even look for the other half of a transfer, so that a row is the same among any others.
    """
    rows = len(columns)
    incoming = columns.amount > 0
    code, codes = columns.coded("bank_code")
    meanings = [look_up(knowledge.bank_codes, text) for text in codes]
    by_code = np.array([meaning.channel for meaning in meanings], dtype=np.int8)[code]
    channel = find_channels(columns, by_code, incoming)
    decided = Decided(
        category=np.full(rows, -1, dtype=np.int16),
        evidence=np.full(rows, Evidence.NONE, dtype=np.int8),
        sure=np.zeros(rows, dtype=np.int8),
        wants_cadence=np.zeros(rows, dtype=np.bool_),
        channel=channel,
        incoming=incoming,
        parties=find_parties(columns, knowledge, at_counter=channel == Channel.CARD),
        own=(name_own_accounts if alone else find_own_transfers)(columns, own_ibans),
        silent=np.zeros(rows, dtype=np.bool_),
        sayings=Sayings(columns, knowledge.texts),
    )
    everyone = np.ones(rows, dtype=np.bool_)
    _by_own_account(decided, knowledge)
    _by_return(decided, columns, knowledge)
    if decided.parties.registered.any():
        _by_text(decided, knowledge, decided.parties.registered)
        _by_party(decided, knowledge, decided.parties.registered)
    _by_meaning(decided, knowledge, code, meanings, Evidence.BANK_CODE, everyone)
    _by_purpose(decided, columns, knowledge, weak=False)
    refine(decided, knowledge, everyone)
    _by_text(decided, knowledge, ~decided.parties.odd)
    _by_shop_behind_processor(decided, columns, knowledge)
    _by_party(decided, knowledge, everyone)
    _by_purpose(decided, columns, knowledge, weak=True)
    _by_payee_text(decided, columns, knowledge)
    _by_what_is_left(decided, columns, knowledge)
    doubt = doubtful(columns, knowledge, decided)
    decided.sure[doubt] = np.maximum(decided.sure[doubt] - LOST, np.minimum(decided.sure[doubt], FLOOR))
    apply_settled(decided, columns, knowledge)
    return decided


def _by_own_account(decided: Decided, knowledge: Knowledge) -> None:
    own = decided.own
    paired = own.partner >= 0
    how = np.where(paired, Evidence.PAIR, Evidence.OWN_ACCOUNT)
    sure = np.where(own.state == AMBIGUOUS, _SURE_OF_AMBIGUOUS, _SURE_OF_OWN)
    decided.settle(own.own, knowledge.tables.number[OWN], how[own.own], sure[own.own])


def _by_return(decided: Decided, columns: Columns, knowledge: Knowledge) -> None:
    back = (decided.channel == Channel.RETURN) | ~columns.blank("return_reason")
    back &= decided.open & decided.incoming
    decided.settle(back, knowledge.tables.number[RETURNED], Evidence.BANK_CODE, _SURE_OF_RETURN)


def _by_meaning(
    decided: Decided,
    knowledge: Knowledge,
    code: npt.NDArray[np.int32],
    meanings: list[CodeMeaning],
    evidence: Evidence,
    believed: _Mask,
) -> None:
    """Decide what the code itself says."""
    if not any(meaning.outgoing or meaning.incoming for meaning in meanings):
        return
    number = {**knowledge.tables.number, "": -1}
    out = np.array([number[meaning.outgoing] for meaning in meanings], dtype=np.int16)[code]
    into = np.array([number[meaning.incoming] for meaning in meanings], dtype=np.int16)[code]
    sure = np.array([meaning.sure for meaning in meanings], dtype=np.int8)[code]
    category = np.where(decided.incoming, into, out)
    rows = decided.open & believed & (category >= 0)
    decided.settle(rows, category[rows], evidence, sure[rows])


def _by_purpose(decided: Decided, columns: Columns, knowledge: Knowledge, *, weak: bool) -> None:
    """Believe a purpose, unless a private person set it; a weak one after the known payees."""
    code, purposes = columns.coded("purpose_code")
    meanings = [knowledge.purposes.get(text.lower(), CodeMeaning()) for text in purposes]
    wanted = [meaning if meaning.weak is weak else CodeMeaning() for meaning in meanings]
    believed = decided.parties.kind != Holder.PERSON
    _by_meaning(decided, knowledge, code, wanted, Evidence.PURPOSE, believed)


def refine(decided: Decided, knowledge: Knowledge, among: _Mask) -> None:
    """Read descriptions of rows decided by account or code, where some rule makes them more precise."""
    codes, rules = knowledge.tables.codes, knowledge.texts
    refined = among & one_of(decided.category, knowledge.tables.refined)
    _apply_texts(
        decided,
        knowledge,
        np.flatnonzero(refined),
        decided.category,
        lambda said, category, incoming: rules.refine(said, codes[category], incoming=incoming),
    )


def _by_text(decided: Decided, knowledge: Knowledge, among: _Mask) -> None:
    """Read descriptions of some rows, only where some rule could believe this kind of party."""
    tables, rules = knowledge.tables, knowledge.texts
    kind, side = decided.parties.kind, decided.incoming.astype(np.int8)
    at_counter = decided.channel == Channel.CARD
    told = np.where(at_counter, tables.read_at_counter[kind, side], tables.read_text[kind, side])
    _apply_texts(
        decided,
        knowledge,
        np.flatnonzero(decided.open & among & told),
        kind,
        lambda said, kind, incoming: rules.decide(said, tables.kinds[kind], incoming=incoming),
    )


def _apply_texts(
    decided: Decided,
    knowledge: Knowledge,
    rows: npt.NDArray[np.intp],
    about: npt.NDArray[np.int16],
    choose: Callable[[frozenset[int], int, bool], int],
) -> None:
    """Choose a rule once for every distinct case of what is said, what it is about, and the direction."""
    if not len(rows):
        return
    said = decided.sayings.of(rows, decided.incoming)
    decided.silent[rows[said == 0]] = True
    rows, said = rows[said > 0], said[said > 0]
    tables, sayings = knowledge.tables, decided.sayings.rules
    wide = max(len(tables.kinds), len(tables.codes))
    cases, case = np.unique((said * wide + about[rows]) * 2 + decided.incoming[rows], return_inverse=True)
    chosen = [choose(sayings[one // 2 // wide], one // 2 % wide, bool(one % 2)) for one in cases.tolist()]
    found = np.array(chosen, dtype=np.int64)[case]
    rows, found = rows[found >= 0], found[found >= 0]
    rules = tables.rules
    decided.settle(rows, rules.category[found], rules.evidence[found], rules.sure[found])
    decided.wants_cadence[rows] = rules.wants_cadence[found]


def _by_party(decided: Decided, knowledge: Knowledge, among: _Mask) -> None:
    """Decide some rows by who stands at the other side, and the direction."""
    parties, tables = decided.parties, knowledge.tables
    category = np.where(decided.incoming, tables.incoming[parties.entry], tables.outgoing[parties.entry])
    rows = decided.open & among & (parties.entry >= 0) & (category != tables.number[UNKNOWN])
    decided.settle(rows, category[rows], parties.how[rows], parties.sure[rows])


def _by_shop_behind_processor(decided: Decided, columns: Columns, knowledge: Knowledge) -> None:
    """Find a known payee in what is written of a payment that a processor passes on."""
    parties = decided.parties
    rows = np.flatnonzero(decided.open & knowledge.tables.is_processor[parties.entry] & (parties.entry >= 0))
    _by_words(decided, columns, knowledge, rows, knowledge.names)


def _by_payee_text(decided: Decided, columns: Columns, knowledge: Knowledge) -> None:
    """Find the words that a known payee writes, where nobody known is named and no private person."""
    if not knowledge.tables.payee_hint:
        return
    nobody = (decided.parties.entry < 0) & (decided.parties.kind != Holder.PERSON) & ~decided.parties.odd
    rows = np.flatnonzero(decided.open & nobody)
    texts = columns.texts("remittance").take(pa.array(rows))
    hinted = pc.match_substring_regex(texts, knowledge.tables.payee_hint).to_numpy(zero_copy_only=False)
    _by_words(decided, columns, knowledge, rows[hinted], knowledge.payee_texts)


def _by_words(
    decided: Decided, columns: Columns, knowledge: Knowledge, rows: npt.NDArray[np.intp], index: FormIndex
) -> None:
    """Decide rows by the payee that their description names."""
    if not len(rows):
        return
    texts = columns.texts("remittance").take(pa.array(rows))
    code, alike = encoded(with_noughts(first_letters(texts, _WORDS_IN)))
    entry = np.array([payee_in(text, index, knowledge) for text in alike])[code]
    rows, entry = rows[entry >= 0], entry[entry >= 0]
    tables = knowledge.tables
    category = np.where(decided.incoming[rows], tables.incoming[entry], tables.outgoing[entry])
    known = category != tables.number[UNKNOWN]
    decided.settle(rows[known], category[known], Evidence.TEXT, _SURE_OF_WORDS)


def _by_what_is_left(decided: Decided, columns: Columns, knowledge: Knowledge) -> None:
    """Private persons, card purchases, and for the rest the reason why nothing is known."""
    number, parties = knowledge.tables.number, decided.parties
    private = decided.open & (parties.kind == Holder.PERSON)
    side = np.where(decided.incoming, number[PARTICULIER[True]], number[PARTICULIER[False]])
    decided.settle(private, side[private], Evidence.PAYEE_NAME, _SURE_OF_PERSON)
    bought = decided.open & (decided.channel == Channel.CARD) & ~decided.incoming & ~parties.odd
    decided.settle(bought, number[_CARD_PURCHASE], Evidence.BANK_CODE, _SURE_OF_CARD)
    passed_on = _names_nothing_but_a_processor(decided, columns, knowledge)
    decided.settle(passed_on, number[_PROCESSED], Evidence.PAYEE_NAME, _SURE_OF_PROCESSED)
    left = decided.open
    silent = columns.wordless & (parties.kind == Holder.NOBODY)
    why = np.where(parties.entry >= 0, Evidence.NONE_PURPOSE_NOT_SHOWN, Evidence.NONE_UNKNOWN_PAYEE)
    why = np.where(silent, Evidence.NONE_NO_DETAILS, why)
    why = np.where(parties.odd, Evidence.NONE_MIXED_ALPHABETS, why)
    why = np.where(parties.lookalike, Evidence.NONE_LOOKALIKE, why)
    decided.settle(left, number[UNKNOWN], why[left], 0)


def _names_nothing_but_a_processor(
    decided: Decided, columns: Columns, knowledge: Knowledge
) -> npt.NDArray[np.intp]:
    """Return the payments to a processor whose description has no word beside references and its own name."""
    parties, tables = decided.parties, knowledge.tables
    passed_on = decided.open & ~decided.incoming & (parties.entry >= 0)
    rows = np.flatnonzero(passed_on & tables.is_processor[parties.entry])
    texts = columns.taken("remittance", rows)
    shown = [parties.shown[name] for name in parties.name[rows].tolist()]
    entries = [tables.names[entry] for entry in parties.entry[rows].tolist()]
    bare = [
        not (
            _words_without_figures(f"{TextRules.message(text)} {name}") - set(words_of(entry)) - _SAYS_NOTHING
        )
        for text, name, entry in zip(texts, shown, entries, strict=True)
    ]
    return rows[np.array(bare, dtype=np.bool_)]


def _words_without_figures(text: str) -> set[str]:
    """Return the words of a text that are no references, days or times."""
    return {word for word in words_of(text) if not any(letter.isdigit() for letter in word)}
