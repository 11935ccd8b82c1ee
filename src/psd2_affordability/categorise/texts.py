"""What descriptions say: words that name a category, if the right kind of party writes them."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from psd2_affordability.categorise.names import FormIndex
from psd2_affordability.categorise.strict import Shape, only_keys, rows
from psd2_affordability.core.errors import RuleFileError
from psd2_affordability.ledger.clean import fold, words_of

#: No more of a description is looked at; a bank line has 140 characters, with its labels some 400.
READ_AT_MOST = 600
#: Banks that label the parts of a description, and where the other side's own words stand.
_LABELS = (("/REMI/", ("/EREF/", "/ISDT/")), ("Omschrijving: ", ("IBAN: ",)))
#: Figures differ on every line: each run of them is read as one nought, in rules and texts alike.
_FIGURES = "[0-9]+"
_FIGURE = re.compile(_FIGURES)
_PLAIN_FORM = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*", re.ASCII)
ANYBODY = "any"
ORGANISATION = "organisation"
_NO_ORGANISATION = frozenset({"nobody", "unclear", "person"})
_RULE = Shape(
    must={"category": str, "direction": str, "from": list, "words": list, "sure": int},
    may={"unless": list, "proof": str, "refines": list, "reference": bool, "claim": bool},
)


@dataclass(frozen=True, slots=True)
class TextRule:
    """Words that name a category.

    Attributes:
        category: the category.
        incoming: whether the rule is about money that comes in.
        kinds: kinds of party that the rule believes.
        sure: confidence in percent.
        proof: `cadence` when only a regular rhythm makes the claim fully believed.
        refines: categories that the words make more precise, whoever writes them.
        reference: the words stand for a payment reference that was masked.
        claim: the words contradict another category, whoever writes them.
    """

    category: str
    incoming: bool
    kinds: frozenset[str]
    sure: int
    proof: str = ""
    refines: frozenset[str] = frozenset()
    reference: bool = False
    claim: bool = False

    def believes(self, kind: str, *, incoming: bool) -> bool:
        """Tell whether the rule is about money in this direction from or to this kind of party."""
        if self.incoming is not incoming:
            return False
        if kind in self.kinds or ANYBODY in self.kinds:
            return True
        return ORGANISATION in self.kinds and kind not in _NO_ORGANISATION


@dataclass(frozen=True, slots=True)
class TextRules:
    """Every rule, in order of precedence, and the index of their words.

    Attributes:
        rules: the first that holds decides.
        words: every word sequence that some rule asks for.
        hints: for each direction (out, in) a pattern without which no rule can hold: a cheap first sieve.
        claim_hints: the same for the rules that claim.
        claims: numbers of the rules that claim.
    """

    rules: tuple[TextRule, ...]
    words: frozenset[str]
    hints: tuple[str, str]
    claim_hints: tuple[str, str]
    claims: frozenset[int]
    _index: FormIndex
    _members: list[tuple[frozenset[int], frozenset[int]]]

    def forms_in(self, text: str) -> frozenset[int]:
        """Return the numbers of the word sequences that occur in a text with noughts for its figures."""
        return self._index.values_in(words_of(_message(text)))

    def said(self, forms: frozenset[int]) -> frozenset[int]:
        """Return the numbers of the rules whose words occur, and none of whose veto words does.

        Args:
            forms: as `forms_in` tells.
        """
        holds: set[int] = set()
        vetoed: set[int] = set()
        for number in forms:
            wanted, unwanted = self._members[number]
            holds |= wanted
            vetoed |= unwanted
        return frozenset(holds - vetoed)

    @staticmethod
    def message(text: str) -> str:
        """Return the part of a description that the other side wrote."""
        return _message(text)

    def known_words(self, text: str, unspoken: frozenset[str] = frozenset()) -> str:
        """Return only the words that some rule knows, in the order of the text.

        Args:
            text: a description.
            unspoken: categories whose words are left out too, because the words alone tell too much.
        """
        words = words_of(_message(text[:READ_AT_MOST]))
        kept = []
        for match in self._index.find([_FIGURE.sub("0", word) for word in words]):
            wanted, unwanted = self._members[match.value]
            if all(self.rules[rule].category not in unspoken for rule in wanted | unwanted):
                kept.append(" ".join(words[match.at : match.at + match.words]))
        return " ".join(kept)

    def decide(self, said: frozenset[int], kind: str, *, incoming: bool) -> int:
        """Return the number of the first rule that holds for this kind of party; -1 for none."""
        for number in sorted(said):
            if self.rules[number].believes(kind, incoming=incoming):
                return number
        return -1

    def refine(self, said: frozenset[int], category: str, *, incoming: bool) -> int:
        """Return the number of the first rule that makes a category more precise; -1 for none."""
        for number in sorted(said):
            rule = self.rules[number]
            if rule.incoming is incoming and category in rule.refines:
                return number
        return -1

    def claimed(self, said: frozenset[int], *, incoming: bool) -> int:
        """Return the number of the first rule that claims a category, whoever writes it; -1 for none."""
        claims = [number for number in said & self.claims if self.rules[number].incoming is incoming]
        return min(claims, default=-1)

    @property
    def refined(self) -> frozenset[str]:
        """The categories that some rule makes more precise."""
        return frozenset().union(*(rule.refines for rule in self.rules))

    def believes(self, kind: str, *, incoming: bool) -> bool:
        """Tell whether any rule is about this direction and kind of party."""
        return any(rule.believes(kind, incoming=incoming) for rule in self.rules)


def _message(text: str) -> str:
    """Return the part of a description that the other side wrote, where the bank labels its parts."""
    for start, ends in _LABELS:
        _, found, rest = text.partition(start)
        if found:
            for end in ends:
                rest = rest.partition(end)[0]
            return rest
    return text


def read_text_rules(where: str, told: Mapping[str, Any], categories: Collection[str]) -> TextRules:
    """Read the text rules.

    Raises:
        RuleFileError: an unknown key, category or direction, or words not written as compared.
    """
    only_keys(where, told, {"rules"})
    index, members, rules = FormIndex(), list[tuple[set[int], set[int]]](), list[TextRule]()
    hints: dict[bool, set[str]] = {False: set(), True: set()}
    claims: dict[bool, set[str]] = {False: set(), True: set()}
    for row in rows(where, told, "rules", _RULE):
        if row["category"] not in categories:
            raise RuleFileError(f"the category '{row['category']}' is not in the taxonomy", where=where)
        if row["direction"] not in {"in", "out"}:
            raise RuleFileError(f"the direction '{row['direction']}' is neither in nor out", where=where)
        for side, forms in enumerate((row["words"], row.get("unless", []))):
            for form in forms:
                if not _PLAIN_FORM.fullmatch(form) and fold(form) != form:
                    raise RuleFileError(
                        f"'{form}' is not written as it is compared: '{fold(form)}'", where=where
                    )
                if forms is row["words"]:
                    hints[row["direction"] == "in"].add(form)
                    if row.get("claim", False):
                        claims[row["direction"] == "in"].add(form)
                number = index.add(_FIGURE.sub("0", form), len(members))
                if number == len(members):
                    members.append((set(), set()))
                members[number][side].add(len(rules))
        rules.append(
            TextRule(
                row["category"],
                row["direction"] == "in",
                frozenset(row["from"]),
                row["sure"],
                row.get("proof", ""),
                frozenset(row.get("refines", ())),
                row.get("reference", False),
                row.get("claim", False),
            )
        )
    frozen = [(frozenset(wanted), frozenset(unwanted)) for wanted, unwanted in members]
    return TextRules(
        tuple(rules),
        frozenset(hints[False] | hints[True]),
        (hint_of(hints[False]), hint_of(hints[True])),
        (hint_of(claims[False]), hint_of(claims[True])),
        frozenset(number for number, rule in enumerate(rules) if rule.claim),
        index,
        frozen,
    )


def hint_of(forms: Iterable[str]) -> str:
    """Join forms into one pattern, empty for none; text with accents or underscores always passes."""
    alike = "|".join(sorted({_FIGURE.sub("0", form) for form in forms}))  # letters, figures, spaces
    listed = alike.replace("0", _FIGURES).replace(" ", "[^a-z0-9]+")
    return rf"(?i)\b(?:{listed})\b|[^\x00-\x7F]|_" if listed else ""
