"""Who a printed name is: a known payee by its first word, a private person, a company, or unclear."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

#: A longer form of address names somebody by itself: `oma`, `papa`.
_TITLE_MOST = 2
#: Of these two letters hardly any person has both as initials behind the surname.
_LEGAL_FORMS = frozenset({("b", "v"), ("n", "v"), ("u", "a")})
_PARTNERSHIP = ("v", "o", "f")
#: `De Noord en Zuid Hollandsche` is short in front and joined inside, and no person.
_ARTICLES = frozenset({"de", "het", "la", "le", "the"})
#: What a bank writes behind the name of an account of two, as in `R van Asten CJ`.
_AND_PARTNER = "cj"
_PERSON_WORDS_MOST = 9  # Hr A van den Berg en/of Mw B Visser


class Holder(IntEnum):
    """What kind of party a name says it is."""

    NOBODY = 0
    UNCLEAR = 1
    PERSON = 2
    COMPANY = 3


#: Python 3.11 runs code of its own whenever a member is looked up by name.
_NOBODY, _UNCLEAR, _PERSON, _COMPANY = Holder


class Match(NamedTuple):
    """A known form of a name, found in a printed one.

    Attributes:
        value: what the form stands for.
        at: position of its first word.
        words: how many words it has.
        firm: it counts wherever a name is printed, not only at a counter.
    """

    value: int
    at: int
    words: int
    firm: bool = True


class FormIndex:
    """Finds known word sequences in text by their first word: one dictionary look-up for each word."""

    def __init__(self, after: Collection[str] = frozenset()) -> None:
        """Start with no forms.

        Args:
            after: words that may follow a form that counts only as a whole name: legal forms, towns.
        """
        self._values: dict[str, int] = {}
        #: How many words the forms have that start with a word, longest first.
        self._lengths: dict[str, list[int]] = {}
        self._after = after
        self._whole: set[int] = set()

    def add(self, form: str, value: int, *, whole: bool = False) -> int:
        """Add a folded form; return the value that already has this form, or its own.

        Args:
            form: words as they are compared.
            value: what the form stands for.
            whole: a single word counts only as the whole name, not inside another one.
        """
        taken = self._values.setdefault(form, value)
        if taken != value:
            return taken
        length = form.count(" ") + 1
        lengths = self._lengths.setdefault(form.partition(" ")[0], [length])
        if length not in lengths:
            lengths.append(length)
            lengths.sort(reverse=True)
        if whole:
            self._whole.add(value)
        return value

    def without(self, values: Collection[int]) -> "FormIndex":
        """Return an index that does not know the forms of these values."""
        left = FormIndex(self._after)
        for form, value in self._values.items():
            if value not in values:
                left.add(form, value, whole=value in self._whole)
        return left

    def find(self, words: list[str]) -> list[Match]:
        """Return every form that occurs, in the order of the text; the longest at each place."""
        if self._lengths.keys().isdisjoint(words):
            return []
        return [Match(value, at, length) for value, at, length in self._occurring(words)]

    def values_in(self, words: list[str]) -> frozenset[int]:
        """Return what the forms stand for that `find` finds."""
        if self._lengths.keys().isdisjoint(words):
            return frozenset()
        return frozenset([value for value, _, _ in self._occurring(words)])

    def _occurring(self, words: list[str]) -> list[tuple[int, int, int]]:
        """Return value, place and length of every form that occurs."""
        lengths, values = self._lengths, self._values
        found = []
        for at, word in enumerate(words):
            if word not in lengths:
                continue
            for length in lengths[word]:
                if length == 1:
                    value = values[word]
                    if value in self._whole and not self._alone(words, at):
                        continue
                elif at + length > len(words):
                    continue
                else:
                    several = values.get(" ".join(words[at : at + length]))
                    if several is None:
                        continue
                    value = several
                found.append((value, at, length))
                break
        return found

    def find_at(self, words: list[str], at: int) -> Match | None:
        """Return the longest form that starts at one place."""
        if at >= len(words):
            return None
        for length in self._lengths.get(words[at], ()):
            value = self._values.get(" ".join(words[at : at + length]))
            if value is not None and at + length <= len(words):
                return Match(value, at, length)
        return None

    def _alone(self, words: list[str], at: int) -> bool:
        """Tell whether a word is the whole name, a branch number, legal form or town aside."""
        if at > 0:
            return False
        return len(words) == 1 or words[1] in self._after or words[1][0].isdigit()


def best(matches: Iterable[Match]) -> Match | None:
    """Return the longest match, the first of equals."""
    return max(matches, key=lambda match: (match.words, -match.at), default=None)


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words that tell a person's name from a company's.

    Attributes:
        company: legal forms and other words of organisations.
        trade: words that tell a trade; a surname may be one of them.
        surname: words of trades that are at least as common as surnames.
        title: forms of address, and words of kinship.
        first: first names.
        particle: words inside a surname, such as `van`.
    """

    company: frozenset[str]
    trade: frozenset[str]
    surname: frozenset[str]
    title: frozenset[str]
    first: frozenset[str]
    particle: frozenset[str]

    def holder(self, words: list[str]) -> Holder:
        """Tell what kind of party a folded name says it is."""
        if not words:
            return _NOBODY
        if not self.company.isdisjoint(words) or self._legal_form(words):
            return _COMPANY
        if words[0] in self.title and (len(words) > 1 or len(words[0]) > _TITLE_MOST):
            return _PERSON
        if not self.trade.isdisjoint(words) and not self._surnamed(words):
            return _COMPANY
        if len(words) <= _PERSON_WORDS_MOST and all(map(str.isalpha, words)) and self._person(words):
            return _PERSON
        return _UNCLEAR

    @staticmethod
    def _legal_form(words: list[str]) -> bool:
        """Tell whether the name ends in letters such as `b v`, `n v` or `u a`, or begins with `v o f`."""
        return len(words) > 2 and ((words[-2], words[-1]) in _LEGAL_FORMS or tuple(words[:3]) == _PARTNERSHIP)

    def _surnamed(self, words: list[str]) -> bool:
        """Tell whether all trades in a person's name are surnames: `J. Bakker`, `Anna Slager`."""
        named = len(words) > 1 and (len(words[0]) == 1 or words[0] in self.first)
        return named and self.trade.isdisjoint(word for word in words if word not in self.surname)

    def _person(self, words: list[str]) -> bool:
        if words[0] in self.first:
            return True
        if len(words) == 1:
            return False
        if words[-1] == _AND_PARTNER:
            return True
        if len(words) == 2 and words[1] in self.first and words[0] not in self.particle:
            return True  # banks abroad print the surname first
        initials = len(words[0]) == 1 or len(words[-1]) == 1
        short = len(words[0]) <= 3 and any(word in self.particle for word in words[1:-1])
        short = short and words[0] not in _ARTICLES
        return (initials or short) and any(len(word) > 2 for word in words)
