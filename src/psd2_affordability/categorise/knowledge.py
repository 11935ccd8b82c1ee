"""Everything known beforehand: leaves, payees, trades, codes and texts, loaded strictly from data files."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from psd2_affordability.categorise.codes import CodeMeaning, read_bank_codes, read_purposes
from psd2_affordability.categorise.entries import Entry, read_payees, read_trades
from psd2_affordability.categorise.names import FormIndex, NameWords
from psd2_affordability.categorise.rhythms import RhythmRule, read_rhythm_rules
from psd2_affordability.categorise.strict import Shape, only_keys
from psd2_affordability.categorise.tables import Tables, make_tables
from psd2_affordability.categorise.taxonomy import Leaf, read_taxonomy
from psd2_affordability.categorise.texts import TextRules, read_text_rules
from psd2_affordability.core.errors import RuleFileError
from psd2_affordability.core.toml_table import parse_toml
from psd2_affordability.ledger.clean import fold

__all__ = ["Entry", "Knowledge", "Leaf", "load_knowledge"]

_HOME = "nl/categories/"
_PAYEES = _HOME + "payees/"
_NAME_WORDS = ("company", "title", "first", "particle", "connecting")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the categoriser knows before it sees a transaction.

    Attributes:
        taxonomy: code to leaf.
        entries: payees, then trades.
        names: forms of payees' names, to positions in `entries`.
        trades: words that tell a trade, to positions in `entries`.
        creditors: SEPA creditor identifier to a position in `entries`.
        ibans: account number to a position in `entries`.
        name_words: what tells persons from companies.
        connecting: words that join a payment processor's name to the shop's.
        bank_codes: in lower case, to their meaning.
        purposes: in lower case, to their meaning.
        texts: rules on descriptions.
        rhythms: what a regular rhythm alone says of income.
        tables: the same as arrays.
        sha256: over all files read.
    """

    taxonomy: Mapping[str, Leaf]
    entries: tuple[Entry, ...]
    names: FormIndex
    trades: FormIndex
    creditors: Mapping[str, int]
    ibans: Mapping[str, int]
    name_words: NameWords
    connecting: frozenset[str]
    bank_codes: Mapping[str, CodeMeaning]
    purposes: Mapping[str, CodeMeaning]
    texts: TextRules
    rhythms: tuple[RhythmRule, ...]
    tables: Tables
    sha256: str


def load_knowledge(files: Mapping[str, bytes]) -> Knowledge:
    """Read the knowledge from the data files of `rules`; only those of the categories are looked at.

    Raises:
        RuleFileError: a file is missing or broken, a key is unknown, two entries claim the
            same name, creditor or account, or a category is not in the taxonomy.
    """
    mine = {path: files[path] for path in sorted(files) if path.startswith(_HOME) and path.endswith(".toml")}
    tables = {path: parse_toml(content, path, RuleFileError) for path, content in mine.items()}

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
    if strangers := [path for path in tables if not path.startswith(_PAYEES)]:
        raise RuleFileError("no part of the knowledge has this name", where=strangers[0])
    payees = [(path, entry) for path, told in tables.items() for entry in read_payees(path, told, taxonomy)]
    names, creditors, ibans = _index_payees(payees)
    trade_words = FormIndex()
    for position, trade in enumerate(trades, start=len(payees)):
        _claim_forms(trade_words, trades_at, trade, position)
    entries = (*(entry for _, entry in payees), *trades)
    trade_names = frozenset(form for trade in trades for form in trade.forms if " " not in form)
    return Knowledge(
        taxonomy=taxonomy,
        entries=entries,
        names=names,
        trades=trade_words,
        creditors=creditors,
        ibans=ibans,
        name_words=NameWords(
            words["company"], trade_names, words["title"], words["first"], words["particle"]
        ),
        connecting=words["connecting"],
        bank_codes=bank_codes,
        purposes=purposes,
        texts=texts,
        rhythms=rhythms,
        tables=make_tables(taxonomy, entries, texts),
        sha256=_digest(mine),
    )


def _name_words(where: str, told: Mapping[str, object]) -> dict[str, frozenset[str]]:
    Shape(must=dict.fromkeys(_NAME_WORDS, str)).check(where, told)
    words = {key: str(told[key]).split() for key in _NAME_WORDS}
    for listed in words.values():
        for word in listed:
            if fold(word) != word:
                raise RuleFileError(f"'{word}' is not written as it is compared: '{fold(word)}'", where=where)
    return {key: frozenset(listed) for key, listed in words.items()}


def _index_payees(payees: list[tuple[str, Entry]]) -> tuple[FormIndex, dict[str, int], dict[str, int]]:
    names, creditors, ibans = FormIndex(), dict[str, int](), dict[str, int]()
    shown: dict[str, str] = {}
    for position, (where, entry) in enumerate(payees):
        if entry.name in shown:
            raise RuleFileError(f"'{entry.name}' is listed twice, also in {shown[entry.name]}", where=where)
        shown[entry.name] = where
        _claim_forms(names, where, entry, position)
        for held, keys in ((creditors, entry.creditor_ids), (ibans, entry.ibans)):
            for key in keys:
                if held.setdefault(key, position) != position:
                    other = payees[held[key]][1].name
                    raise RuleFileError(f"'{key}' is claimed by '{entry.name}' and by '{other}'", where=where)
    return names, creditors, ibans


def _claim_forms(index: FormIndex, where: str, entry: Entry, position: int) -> None:
    for form in entry.forms:
        if index.add(form, position) != position or entry.forms.count(form) > 1:
            raise RuleFileError(f"'{form}' is claimed twice, here by '{entry.name or form}'", where=where)


def _digest(files: Mapping[str, bytes]) -> str:
    digest = sha256()
    for path, content in files.items():
        digest.update(f"{path} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()
