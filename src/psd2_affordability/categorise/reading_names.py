"""What a printed name says: a known payee, a private person, a company, or an imitation."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from psd2_affordability.categorise.imitations import imitates, mixes_alphabets
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.name_shapes import shapes_of
from psd2_affordability.categorise.names import Holder, Match, best
from psd2_affordability.categorise.printed_names import HEADLESS
from psd2_affordability.categorise.taxonomy import UNKNOWN
from psd2_affordability.ledger.clean import clean_text, words_of

_WORDS_READ = 16
_SHOWN = 70
#: A payment service stands before the name of the shop: `CCV*`, `SumUp  *`, `BCK*`, `SQ *`.
_STARRED = r"^[A-Za-z0-9.]{2,12}[ _]{0,3}\*"
_SERVICE = re.compile(_STARRED, re.ASCII)
#: Trades of these kinds keep a counter; others, such as a school or town, may only own the building.
_SHOPKEEPER = "shop"
#: What a name says of debt counts before any other trade it tells.
_DEBT = {"bailiff", "collector", "administrator"}
_EATING = "huishouden.horeca"
_MAY_SERVE = {
    *("huishouden.boodschappen", "huishouden.winkel", "wonen.inrichting", "vervoer.brandstof"),
    *("huishouden.vrije_tijd", "huishouden.vakantie"),
}
_BRANCHES = {"housing", "mortgage", "lender", "insurer", "pension", "health_insurer"}
#: An insurer's name says what it sells: a division's name goes before the group's.
_OF_INSURERS = {"mortgage", "pension", "health_insurer"}
_INSURER = "insurer"
#: A town's own office for benefits, which its name tells.
_TOWN = "gemeente"
_DEPARTMENTS = {"schuld.uitkering_terugvordering", "schuld.schuldregeling"}
#: After the word that is also a shop's name, what it is for: `Praxis voor Fysiotherapie`.
_FOR = "voor"
#: May be called as a chain of shops is: `Basisschool De Bijenkorf`.
_LIKE_NAMED = {"childcare", "school", "care"}
_LANDLORD = "housing"
_OWNERS = {"gemeente", "school", "care", "government", "employer", "housing", "bank", "health_insurer"}
#: Up to so many names, reading each costs less than finding out which are alike.
_FEW = 4_000
#: Python 3.11 runs code of its own whenever a member is looked up by name.
_NOBODY, _PERSON = Holder.NOBODY, Holder.PERSON
_UNCLEAN = r"[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]|\s\s|^\s|\s$|\pZ\pZ"


@dataclass(frozen=True, slots=True)
class NamesRead:
    """What each of many printed names says.

    Attributes:
        entry: position in the knowledge's entries; -1 when not known.
        counter: the same for a name that a card terminal prints.
        holder: number of the kind of holder.
        odd: the name mixes alphabets or imitates a known one.
        lookalike: it imitates a known one.
        shown: as shown to people.
    """

    entry: npt.NDArray[np.int32]
    counter: npt.NDArray[np.int32]
    holder: npt.NDArray[np.int16]
    odd: npt.NDArray[np.bool_]
    lookalike: npt.NDArray[np.bool_]
    shown: list[str]


def read_names(names: pa.Array, knowledge: Knowledge) -> NamesRead:
    """Read many distinct names; those that differ only in words that nothing knows are read once."""
    if len(names) <= _FEW:
        read = [read_name(text, knowledge) for text in names.to_pylist()]
        return _as_arrays(read, np.arange(len(read)), [each.shown for each in read])
    shape, first = shapes_of(names, _tells(knowledge), _WORDS_READ, HEADLESS, _STARRED)
    read = [read_name(text, knowledge) for text in names.take(pa.array(first)).to_pylist()]
    return _as_arrays(read, shape, _all_shown(names, read, shape, knowledge))


def _tells(knowledge: Knowledge) -> Callable[[str], bool]:
    """Return what tells whether reading a name looks for a word."""
    told = knowledge.name_words
    listed = {
        word for entry in knowledge.entries for form in entry.forms + entry.counter for word in form.split()
    }
    known = listed.union(
        told.company, told.trade, told.title, told.first, told.particle, knowledge.connecting
    )
    compound = knowledge.compounds.tells
    return lambda word: word in known or compound(word)


def _as_arrays(reads: list["Read"], shape: npt.NDArray[np.intp], shown: list[str]) -> NamesRead:
    return NamesRead(
        entry=np.array([each.entry for each in reads], dtype=np.int32)[shape],
        counter=np.array([each.counter for each in reads], dtype=np.int32)[shape],
        holder=np.array([each.holder for each in reads], dtype=np.int16)[shape],
        odd=np.array([each.odd for each in reads], dtype=np.bool_)[shape],
        lookalike=np.array([each.lookalike for each in reads], dtype=np.bool_)[shape],
        shown=shown,
    )


def _all_shown(
    names: pa.Array, reads: list["Read"], shape: npt.NDArray[np.intp], knowledge: Knowledge
) -> list[str]:
    """Return what is shown of each name: the payee that it is, or else the name itself."""
    fixed = np.array([each.named or not each.shown for each in reads], dtype=np.bool_)[shape]
    served = np.array([each.served for each in reads], dtype=np.bool_)[shape]
    own = pc.if_else(pa.array(fixed), "", names)  # texts that stand in for a name are never shown
    own = pc.utf8_slice_codeunits(_cleaned(own), 0, _SHOWN)
    told = pa.array([each.shown for each in reads], type=pa.large_string()).take(pa.array(shape))
    shown: list[str] = pc.if_else(pa.array(fixed), told, own).to_pylist()
    for at in np.flatnonzero(served).tolist():
        shown[at] = read_name(names[at].as_py(), knowledge).shown
    return shown


def _cleaned(names: pa.Array) -> pa.Array:
    unclean = pc.match_substring_regex(names, _UNCLEAN)
    if not pc.any(unclean).as_py():
        return names
    clean = [clean_text(text) for text in names.filter(unclean).to_pylist()]
    return pc.replace_with_mask(names, unclean, pa.array(clean, type=names.type))


class Read(NamedTuple):
    """What one printed name says.

    Attributes:
        entry: position in the knowledge's entries; -1 when not known.
        counter: the same when a card terminal prints it.
        holder: kind of holder.
        shown: as shown to people.
        odd: the name mixes alphabets or imitates a known one.
        lookalike: it imitates a known one.
        named: what is shown is the name of a known payee.
        served: a payment service stands beside the shop's own name.
    """

    entry: int
    counter: int
    holder: Holder
    shown: str
    odd: bool = False
    lookalike: bool = False
    named: bool = False
    served: bool = False


def read_name(text: str, knowledge: Knowledge) -> Read:
    """Read one printed name."""
    headless = text.startswith(HEADLESS)
    words = _joined(words_of(text)[:_WORDS_READ], knowledge)
    if not words:
        return Read(-1, -1, _NOBODY, "")
    holder = _NOBODY if headless else knowledge.name_words.holder(words)
    if not text.isascii() and mixes_alphabets(words):
        lookalike = imitates(words, knowledge.names)
        return Read(-1, -1, holder, _shown(text), odd=True, lookalike=lookalike)
    matches = knowledge.names.find(words)
    if not matches and imitates(words, knowledge.names):
        return Read(-1, -1, holder, _shown(text), odd=True, lookalike=True)
    found = counter = payee = _payee_among(matches, knowledge)
    if not headless:
        trades, at_counter = _trades(_without(words, matches), knowledge)
        if _only_sounds_like(payee, trades, knowledge):
            payee = -1
        found = _found(words, matches, payee, trades, holder, knowledge)
        counter = _found_at_counter(text, words, matches, payee, at_counter, knowledge)
    if payee >= 0 and not knowledge.entries[payee].processor:
        return Read(found, counter, holder, knowledge.entries[payee].name, named=True)
    if headless or (rest := _beside_service(text, words, matches, knowledge)) is None:
        return Read(found, counter, holder, _shown(text))
    return Read(found, counter, holder, rest or _shown(text), served=True)


def _shown(text: str) -> str:
    """Return what is shown of a name: nothing where a description stands in for it."""
    return "" if text.startswith(HEADLESS) else clean_text(text)[:_SHOWN]


def _joined(words: list[str], knowledge: Knowledge) -> list[str]:
    """Write the letters of a known short form together: `v.v.` and `r.k.v.v.` are no one's initials."""
    if not words or len(words[0]) > 1:
        return words
    letters = next((at for at, word in enumerate(words) if len(word) > 1), len(words))
    short = "".join(words[:letters])
    if short in knowledge.name_words.trade and (letters > 2 or (letters == 2 and short[0] == short[1])):
        return [short, *words[letters:]]
    return words


def _found(
    words: list[str],
    matches: list[Match],
    payee: int,
    trades: list[Match],
    holder: Holder,
    knowledge: Knowledge,
) -> int:
    """Return the entry that a name means on a transfer: a payee, or else a trade in it."""
    if holder is _PERSON:
        more = [match for match in matches if _not_a_surname(match, words, knowledge)]
        return _payee_among(more, knowledge)
    if payee >= 0 and not knowledge.entries[payee].processor:
        if not _may_be_more(payee, words, knowledge):
            return payee
        trades = [trade for trade in trades if trade.firm and _is_more(trade, payee, words, knowledge)]
    trade = _surest(trades, knowledge)
    return payee if trade is None else trade.value


def _only_sounds_like(payee: int, trades: list[Match], knowledge: Knowledge) -> bool:
    """Tell whether a name that has a shop's in it begins with another trade, or lets houses."""
    if payee < 0 or knowledge.entries[payee].kind != _SHOPKEEPER:
        return False
    told = [(knowledge.entries[trade.value].kind, trade.at) for trade in trades if trade.firm]
    return any(kind == _LANDLORD or (kind in _LIKE_NAMED and not at) for kind, at in told)


def _may_be_more(payee: int, words: list[str], knowledge: Knowledge) -> bool:
    """Tell whether a trade beside a known payee's name may say more than that name."""
    entry = knowledge.entries[payee]
    return entry.outgoing == UNKNOWN or entry.kind in {_INSURER, _TOWN} or _FOR in words[1:2]


def _is_more(trade: Match, payee: int, words: list[str], knowledge: Knowledge) -> bool:
    """Tell whether a trade is a branch of a known payee, or what a like-named firm does.

    An employer or bank may let houses, lend or insure; an insurer may lend on houses; a town pays benefits
    and helps with debts.
    """
    entry, told = knowledge.entries[payee], knowledge.entries[trade.value]
    if entry.kind == _SHOPKEEPER:
        return _FOR in words[1:2]
    if entry.kind == _TOWN:
        return told.outgoing in _DEPARTMENTS
    if entry.kind == _INSURER:
        return told.kind in _OF_INSURERS
    return entry.outgoing == UNKNOWN and told.kind in _BRANCHES


def _found_at_counter(
    text: str, words: list[str], matches: list[Match], payee: int, trades: list[Match], knowledge: Knowledge
) -> int:
    """Return the entry that a name means that a card terminal prints."""
    entries = knowledge.entries
    named = payee >= 0 and not entries[payee].processor
    trade = _surest(trades, knowledge)
    owner = payee if named else trade.value if trade is not None else -1
    if owner >= 0 and entries[owner].kind in _OWNERS:
        keepers = [each for each in trades if entries[each.value].kind == _SHOPKEEPER]
        keeper = _surest([each for each in keepers if each.firm], knowledge)
        return keeper.value if keeper is not None else owner
    if named:
        eating = [each for each in trades if each.firm and entries[each.value].outgoing == _EATING]
        return eating[0].value if eating and _is_chain(payee, knowledge) else payee
    front = knowledge.counters.find_at(words, _shop_at(text, matches))
    if front is not None and _no_other_trade(front, trade, knowledge):
        return front.value
    return payee if trade is None else trade.value


def _surest(trades: list[Match], knowledge: Knowledge) -> Match | None:
    """Return the trade to believe of several: of debt, firm, the longest, the first."""
    if len(trades) < 2:
        return trades[0] if trades else None
    return max(
        trades,
        key=lambda trade: (
            knowledge.entries[trade.value].kind in _DEBT,
            trade.firm,
            trade.words,
            -trade.at,
        ),
    )


def _is_chain(payee: int, knowledge: Knowledge) -> bool:
    """Tell whether a payee is a shop that may keep a restaurant, or lend its name to one nobody listed."""
    return knowledge.entries[payee].outgoing in _MAY_SERVE


def _no_other_trade(front: Match, trade: Match | None, knowledge: Knowledge) -> bool:
    """Tell whether nothing in the name says another trade than a single word in front does."""
    if front.words > 1 or trade is None:
        return True
    return knowledge.entries[front.value].outgoing == knowledge.entries[trade.value].outgoing


def _shop_at(text: str, matches: list[Match]) -> int:
    """Return the position of the word where the shop's own name begins."""
    if service := _starred(text):
        return len(words_of(service[0]))
    first = matches[0] if matches else None
    return first.words if first is not None and first.at == 0 else 0


def _starred(text: str) -> re.Match[str] | None:
    """Find the payment service that stands before the name of a shop."""
    return _SERVICE.match(text) if "*" in text else None


def _without(words: list[str], matches: list[Match]) -> list[str]:
    """Return the words with those of known names put out of sight, the places kept."""
    if not matches:
        return words
    left = list(words)
    for match in matches:
        left[match.at : match.at + match.words] = [""] * match.words
    return left


def _trades(words: list[str], knowledge: Knowledge) -> tuple[list[Match], list[Match]]:
    """Return the trades that words tell on a transfer, and those that they tell at a counter.

    A part of a word counts only where no whole word does.
    """
    whole = knowledge.trades.find(words)
    printed = [trade._replace(firm=False) for trade in knowledge.counter_trades.find(words)]
    if whole:
        return whole, whole + printed
    parts = _parts(knowledge.compounds.endings(words))
    return parts, printed or parts or _parts(knowledge.compounds.beginnings(words))


def _parts(stems: list[tuple[int, int]]) -> list[Match]:
    """Return the trades that parts of words tell."""
    return [Match(value, at, 1, firm=False) for value, at in stems]


def _beside_service(text: str, words: list[str], matches: list[Match], knowledge: Knowledge) -> str | None:
    """Return what is shown of a name beside a payment service's; None when no service stands there."""
    entries = knowledge.entries
    services = [match for match in matches if entries[match.value].processor]
    starred = _starred(text)
    if not services and not starred:
        return None
    rest = _without_processor(text[starred.end() :] if starred else text, words, knowledge)
    left = words_of(rest)
    private = len(left) > 1 and knowledge.name_words.holder(left) is Holder.PERSON
    if rest and not private:
        return rest
    return entries[services[0].value].name if services else ""


def _payee_among(matches: list[Match], knowledge: Knowledge) -> int:
    """Return the entry that is named; a payment processor only when no other payee is named."""
    if len(matches) < 2:
        return matches[0].value if matches else -1
    payees = [match for match in matches if not knowledge.entries[match.value].processor]
    chosen = best(payees or matches)
    return -1 if chosen is None else chosen.value


def _not_a_surname(match: Match, words: list[str], knowledge: Knowledge) -> bool:
    """Tell whether a known name inside a person's name is more than that person's surname or initials."""
    if knowledge.entries[match.value].processor:
        return True
    return match.at == 0 and (match.words > 1 or match.words == len(words))


def _without_processor(text: str, words: list[str], knowledge: Knowledge) -> str:
    """Return what is left of a name without the payment processor and the words that join them."""
    taken = set()
    for match in knowledge.names.find(words):
        taken |= set(words[match.at : match.at + match.words])
    rest = [
        part
        for part in clean_text(text).replace("*", " ").split()
        if not set(words_of(part)) <= taken | knowledge.connecting
    ]
    return " ".join(rest)[:70]
