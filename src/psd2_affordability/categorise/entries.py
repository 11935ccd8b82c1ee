"""Payees and trades as the knowledge lists them."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from psd2_affordability.categorise.strict import Row, Shape, only_keys, rows
from psd2_affordability.categorise.taxonomy import UNKNOWN, Leaf
from psd2_affordability.core.errors import RuleFileError
from psd2_affordability.core.iban import is_iban
from psd2_affordability.ledger.clean import fold

PROCESSOR = "processor"
_SURE_OF_NAME = 92
_SURE_OF_TRADE = 75
_SURE_OF_MERCHANTS = 85
_HEAD = {"as_of", "source", "kind", "payees"}
_HEAD_SHAPE = Shape(must={"as_of": date, "source": str, "kind": str})
_PAYEE = Shape(
    must={"name": str, "category": str},
    may={
        "match": list,
        "counter": list,
        "incoming": str,
        "earned": str,
        "kind": str,
        "creditor_ids": list,
        "ibans": list,
        "text": list,
        "mcc": list,
        "only_exact": bool,
        "ended": date,
        "source": str,
        "as_of": date,
        "sure": int,
    },
)
_TRADE = Shape(
    must={"category": str},
    may={
        "words": list,
        "counter": list,
        "ends": list,
        "starts": list,
        "incoming": str,
        "kind": str,
        "sure": int,
    },
)
_MERCHANTS = Shape(must={"codes": list, "category": str}, may={"kind": str, "sure": int})
_CREDITOR_ID = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]{3}[A-Z0-9]{1,28}", re.ASCII)
_MCC = re.compile(r"\d{4}", re.ASCII)
_PLAIN_FORM = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*", re.ASCII)
_RARE = {
    "earned",
    "counter",
    "creditor_ids",
    "ibans",
    "text",
    "mcc",
    "only_exact",
    "ended",
    "source",
    "as_of",
}
_SHORT = 3


class Entry(NamedTuple):
    """A payee, or a trade that a name tells of.

    Attributes:
        name: as shown; empty for a trade, where the bank's own print is shown.
        outgoing: category of a payment to it.
        incoming: category of money from it.
        kind: what kind of party it is; text rules ask for kinds.
        earned: category of its money that no payment to it explains, or empty.
        forms: folded word sequences that name it.
        counter: the same where a card terminal prints them: of a payee only at the front of the name.
        ends: what a longer word ends with that tells the trade.
        starts: what a longer word begins with, printed by a card terminal, that tells the trade.
        sure: confidence in percent when found by name.
        creditor_ids: SEPA creditor identifiers.
        ibans: account numbers known to be its own.
        texts: folded word sequences in a description that name it.
        mcc: merchant category codes that are only its own.
        only_exact: a form of one word counts only as the whole name.
        ended: the day it stopped; its payments before and after it are still its own.
        source: where the knowledge is from.
        as_of: the day it was looked up.
    """

    name: str
    outgoing: str
    incoming: str
    kind: str
    forms: tuple[str, ...]
    sure: int
    earned: str = ""
    counter: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    creditor_ids: tuple[str, ...] = ()
    ibans: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    mcc: tuple[str, ...] = ()
    only_exact: bool = False
    ended: date | None = None
    source: str = ""
    as_of: date | None = None

    @property
    def processor(self) -> bool:
        """Whether it passes on payments for others."""
        return self.kind == PROCESSOR


def read_payees(
    where: str, told: Mapping[str, Any], taxonomy: Mapping[str, Leaf], first_names: Collection[str]
) -> Iterator[Entry]:
    """Read one file of payees; its head gives source, day and kind of all that say nothing else."""
    only_keys(where, told, _HEAD)
    _HEAD_SHAPE.check(where, {key: value for key, value in told.items() if key != "payees"})
    source, as_of = told["source"], told["as_of"]
    known: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows(where, told, "payees", _PAYEE):
        name, both = row["name"], (row["category"], row.get("incoming", ""))
        if both not in known:
            known[both] = _directions(where, row, taxonomy)
        outgoing, incoming = known[both]
        entry = Entry(
            name=name,
            outgoing=outgoing,
            incoming=incoming,
            kind=row.get("kind", told["kind"]),
            forms=_forms(where, row["match"]) if "match" in row else (fold(name),),
            sure=row.get("sure", _SURE_OF_NAME),
            source=source,
            as_of=as_of,
        )
        if not _RARE.isdisjoint(row):
            entry = _with_rare(where, row, entry, taxonomy)
        if not entry.only_exact:
            _check_forms(where, entry, first_names)
        yield entry


def _with_rare(where: str, row: Row, entry: Entry, taxonomy: Mapping[str, Leaf]) -> Entry:
    """Add what few entries have: most of the time of loading goes to what all of them have."""
    earned = row.get("earned", "")
    if earned and earned not in taxonomy:
        raise RuleFileError(f"'{entry.name}' has the unknown category '{earned}'", where=where)
    entry = entry._replace(
        earned=earned,
        counter=_forms(where, row.get("counter", [])),
        creditor_ids=tuple(row.get("creditor_ids", ())),
        ibans=tuple(row.get("ibans", ())),
        texts=_forms(where, row.get("text", [])),
        mcc=tuple(row.get("mcc", ())),
        only_exact=row.get("only_exact", False),
        ended=row.get("ended"),
        source=row.get("source", entry.source),
        as_of=row.get("as_of", entry.as_of),
    )
    _check_keys(where, entry)
    return entry


def _check_keys(where: str, entry: Entry) -> None:
    """Refuse a number that cannot be what its key says."""
    for iban in entry.ibans:
        if not is_iban(iban):
            raise RuleFileError(f"'{entry.name}' has '{iban}', which is not an IBAN", where=where)
    for creditor in entry.creditor_ids:
        if not _CREDITOR_ID.fullmatch(creditor) or not _adds_up(creditor):
            raise RuleFileError(f"'{entry.name}' has '{creditor}', no creditor identifier", where=where)
    for code in entry.mcc:
        if not _MCC.fullmatch(code):
            raise RuleFileError(f"'{entry.name}' has '{code}', which is not a category code", where=where)


def _adds_up(creditor: str) -> bool:
    """Tell whether the check digits hold; the three letters of the creditor's own choice do not count."""
    letters = creditor[7:] + creditor[:4]
    return int("".join(str(int(letter, 36)) for letter in letters)) % 97 == 1


def _check_forms(where: str, entry: Entry, first_names: Collection[str]) -> None:
    """Refuse a form that would be found in the names of others."""
    for form in entry.forms:
        if len(form) < _SHORT or form in first_names:
            why = "too short" if len(form) < _SHORT else "a first name too"
            raise RuleFileError(
                f"'{form}' of '{entry.name}' is {why}",
                where=where,
                do="Write a longer form, or only_exact = true",
            )


def read_trades(where: str, told: Mapping[str, Any], taxonomy: Mapping[str, Leaf]) -> Iterator[Entry]:
    """Read the words that tell a trade, such as `apotheek`."""
    for row in rows(where, told, "trades", _TRADE):
        outgoing, incoming = _directions(where, row, taxonomy)
        yield Entry(
            name="",
            outgoing=outgoing,
            incoming=incoming,
            kind=row.get("kind", "trade"),
            forms=_forms(where, row.get("words", [])),
            sure=row.get("sure", _SURE_OF_TRADE),
            counter=_forms(where, row.get("counter", [])),
            ends=_forms(where, row.get("ends", [])),
            starts=_forms(where, row.get("starts", [])),
        )


def read_merchants(where: str, told: Mapping[str, Any], taxonomy: Mapping[str, Leaf]) -> Iterator[Entry]:
    """Read the merchant category codes of ISO 18245: what a card terminal's owner sells."""
    for row in rows(where, told, "merchants", _MERCHANTS):
        outgoing, incoming = _directions(where, row, taxonomy)
        entry = Entry(
            name="",
            outgoing=outgoing,
            incoming=incoming,
            kind=row.get("kind", "shop"),
            forms=(),
            sure=row.get("sure", _SURE_OF_MERCHANTS),
            mcc=tuple(row["codes"]),
        )
        _check_keys(where, entry)
        yield entry


def _directions(where: str, row: Mapping[str, Any], taxonomy: Mapping[str, Leaf]) -> tuple[str, str]:
    for code in (row["category"], row.get("incoming", UNKNOWN)):
        if code not in taxonomy:
            raise RuleFileError(f"the category '{code}' is not in the taxonomy", where=where)
    leaf = taxonomy[row["category"]]
    if leaf.incoming:
        return UNKNOWN, row["category"]
    return row["category"], row.get("incoming", leaf.back)


def _forms(where: str, forms: list[str]) -> tuple[str, ...]:
    for form in forms:
        if not _PLAIN_FORM.fullmatch(form) and (fold(form) != form or not form):
            raise RuleFileError(f"'{form}' is not written as it is compared: '{fold(form)}'", where=where)
    return tuple(forms)
