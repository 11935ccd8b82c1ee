"""Everything known beforehand: leaves, payees, trades, codes and texts, loaded strictly from data files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from psd2_affordability.categorise.codes import CodeMeaning, read_bank_codes, read_purposes
from psd2_affordability.categorise.compounds import Compounds
from psd2_affordability.categorise.entries import Entry, read_merchants, read_payees, read_trades
from psd2_affordability.categorise.mappings import ForeignCodes, read_mapping
from psd2_affordability.categorise.names import FormIndex, NameWords
from psd2_affordability.categorise.plain_rows import parse_rows_file
from psd2_affordability.categorise.rhythms import RhythmRule, read_rhythm_rules
from psd2_affordability.categorise.strict import Shape, only_keys
from psd2_affordability.categorise.tables import Tables, make_tables
from psd2_affordability.categorise.taxonomy import Leaf, read_taxonomy
from psd2_affordability.categorise.texts import TextRules, read_text_rules
from psd2_affordability.core.errors import RuleFileError
from psd2_affordability.ledger.clean import fold

__all__ = ["Entry", "Knowledge", "Leaf", "load_knowledge"]

_HOME = "nl/categories/"
_PAYEES = _HOME + "payees/"
_MAPPINGS = _HOME + "mappings/"
_MUNICIPALITY = "gemeente"
_NAME_WORDS = ("company", "title", "first", "surname", "particle", "connecting")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the categoriser knows before it sees a transaction.

    Attributes:
        taxonomy: code to leaf.
        entries: payees, then trades, then what merchant category codes say.
        names: forms of payees' names, to positions in `entries`.
        counters: the same for forms that count only where a card terminal prints them, in front.
        trades: words that tell a trade, to positions in `entries`.
        counter_trades: the same for words that count only where a card terminal prints them.
        compounds: parts of words that tell a trade, to positions in `entries`.
        creditors: SEPA creditor identifier to a position in `entries`.
        ibans: account number to a position in `entries`.
        payee_texts: words in a description that name a payee, to positions in `entries`.
        mccs: merchant category code to a position in `entries`.
        name_words: what tells persons from companies.
        connecting: words that join a payment processor's name to the shop's.
        bank_codes: in lower case, to their meaning.
        purposes: in lower case, to their meaning.
        texts: rules on descriptions.
        rhythms: what a regular rhythm alone says of income.
        mappings: name of another taxonomy to its codes for our leaves.
        tables: the same as arrays.
        sha256: over all files read.
    """

    taxonomy: Mapping[str, Leaf]
    entries: tuple[Entry, ...]
    names: FormIndex
    counters: FormIndex
    trades: FormIndex
    counter_trades: FormIndex
    compounds: Compounds
    creditors: Mapping[str, int]
    ibans: Mapping[str, int]
    payee_texts: FormIndex
    mccs: Mapping[str, int]
    name_words: NameWords
    connecting: frozenset[str]
    bank_codes: Mapping[str, CodeMeaning]
    purposes: Mapping[str, CodeMeaning]
    texts: TextRules
    rhythms: tuple[RhythmRule, ...]
    mappings: Mapping[str, ForeignCodes]
    tables: Tables
    sha256: str


def load_knowledge(files: Mapping[str, bytes]) -> Knowledge:
    """Read the knowledge from the data files of `rules`; only those of the categories are looked at.

    Raises:
        RuleFileError: a file is missing or broken, a key is unknown, two entries claim the
            same name, creditor or account, or a category is not in the taxonomy.
    """
    mine = {path: files[path] for path in sorted(files) if path.startswith(_HOME) and path.endswith(".toml")}
    tables = {path: parse_rows_file(content, path) for path, content in mine.items()}

    def table(name: str) -> tuple[str, Mapping[str, object]]:
        where = f"{_HOME}{name}.toml"
        if where not in tables:
            raise RuleFileError("this file is missing", where=where)
        return where, tables.pop(where)

    taxonomy = read_taxonomy(*table("taxonomy"))
    bank_codes = read_bank_codes(*table("bank_codes"), taxonomy)
    purposes = read_purposes(*table("purposes"), taxonomy)
    texts = read_text_rules(*table("text"), taxonomy)
    rhythms = read_rhythm_rules(*table("rhythm"), taxonomy)
    words = _name_words(*table("names"))
    trades_at, trades_told = table("trades")
    only_keys(trades_at, trades_told, {"trades"})
    trades = list(read_trades(trades_at, trades_told, taxonomy))
    merchants_at, merchants_told = table("mcc")
    only_keys(merchants_at, merchants_told, {"merchants"})
    mappings = {
        path[len(_MAPPINGS) : -len(".toml")]: read_mapping(path, tables.pop(path), taxonomy)
        for path in [*tables]
        if path.startswith(_MAPPINGS)
    }
    if strangers := [path for path in tables if not path.startswith(_PAYEES)]:
        raise RuleFileError("no part of the knowledge has this name", where=strangers[0])
    listed = [
        (path, entry)
        for path, told in tables.items()
        for entry in read_payees(path, told, taxonomy, words["first"])
    ]
    listed += [(trades_at, trade) for trade in trades]
    listed += [(merchants_at, entry) for entry in read_merchants(merchants_at, merchants_told, taxonomy)]
    entries = tuple(entry for _, entry in listed)
    index = _Index(listed, FormIndex(_towns(entries) | words["connecting"]))
    trade_names = frozenset(form for trade in trades for form in trade.forms if " " not in form)
    return Knowledge(
        taxonomy=taxonomy,
        entries=entries,
        names=index.names,
        counters=index.counters,
        trades=index.trades,
        counter_trades=index.counter_trades,
        compounds=index.compounds,
        creditors=index.creditors,
        ibans=index.ibans,
        payee_texts=index.texts,
        mccs=index.mccs,
        name_words=NameWords(
            company=words["company"],
            trade=trade_names,
            surname=words["surname"],
            title=words["title"],
            first=words["first"],
            particle=words["particle"],
        ),
        connecting=words["connecting"],
        bank_codes=bank_codes,
        purposes=purposes,
        texts=texts,
        rhythms=rhythms,
        mappings=mappings,
        tables=make_tables(taxonomy, entries, texts),
        sha256=_digest(mine),
    )


def _name_words(where: str, told: Mapping[str, object]) -> dict[str, frozenset[str]]:
    Shape(must=dict.fromkeys(_NAME_WORDS, str)).check(where, told)
    words = {key: str(told[key]).split() for key in _NAME_WORDS}
    for listed in words.values():
        plain = " ".join(filter(str.isascii, listed))  # all at once: there are thousands
        odd = listed if fold(plain) != plain else [word for word in listed if not word.isascii()]
        for word in odd:
            if fold(word) != word:
                raise RuleFileError(f"'{word}' is not written as it is compared: '{fold(word)}'", where=where)
    return {key: frozenset(listed) for key, listed in words.items()}


class _Index:
    """Every key of every entry, each held by one entry only."""

    def __init__(self, listed: Sequence[tuple[str, Entry]], names: FormIndex) -> None:
        self.names = names
        self.counters = FormIndex()
        self.trades = FormIndex()
        self.counter_trades = FormIndex()
        self.compounds = Compounds()
        self.texts = FormIndex()
        self.creditors: dict[str, int] = {}
        self.ibans: dict[str, int] = {}
        self.mccs: dict[str, int] = {}
        self._listed = listed
        shown: dict[str, int] = {}
        for position, (where, entry) in enumerate(listed):
            if entry.name and (first := shown.setdefault(entry.name, position)) != position:
                raise RuleFileError(
                    f"'{entry.name}' is listed twice, also in {listed[first][0]}", where=where
                )
            self._claim_words(self.names if entry.name else self.trades, entry.forms, position)
            if entry.counter:
                at_counter = self.counters if entry.name else self.counter_trades
                self._claim_words(at_counter, entry.counter, position)
            for stems, add in (
                (entry.ends, self.compounds.add_end),
                (entry.starts, self.compounds.add_start),
            ):
                for stem in stems:
                    self._only(stem, add(stem, position), position)
            if entry.texts or entry.creditor_ids or entry.ibans or entry.mcc:
                self._claim_keys(entry, position)

    def _claim_keys(self, entry: Entry, position: int) -> None:
        self._claim_words(self.texts, entry.texts, position)
        for held, keys in (
            (self.creditors, entry.creditor_ids),
            (self.ibans, entry.ibans),
            (self.mccs, entry.mcc),
        ):
            for key in keys:
                self._only(key, held.setdefault(key, position), position)

    def _claim_words(self, index: FormIndex, forms: tuple[str, ...], position: int) -> None:
        where, entry = self._listed[position]
        for form in forms:
            holder = index.add(form, position, whole=entry.only_exact)
            if holder != position:
                self._only(form, holder, position)
        if len(forms) > 1 and len(set(forms)) < len(forms):
            raise RuleFileError(f"'{entry.name or forms[0]}' lists a form twice", where=where)

    def _only(self, key: str, holder: int, position: int) -> None:
        """Refuse a key that another entry holds."""
        if holder != position:
            where, entry = self._listed[position]
            elsewhere, other = self._listed[holder]
            raise RuleFileError(
                f"'{key}' is claimed by '{entry.name or key}' and by '{other.name or key}' in {elsewhere}",
                where=where,
            )


def _towns(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the first word of every municipality's name, as it stands after the name of a shop."""
    return frozenset(
        form.split()[1]
        for entry in entries
        if entry.kind == _MUNICIPALITY
        for form in entry.forms
        if form.startswith(_MUNICIPALITY + " ")
    )


def _digest(files: Mapping[str, bytes]) -> str:
    digest = sha256()
    for path, content in files.items():
        digest.update(f"{path} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()
