"""Payees and trades as the knowledge lists them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from psd2_affordability.categorise.strict import Shape, only_keys, rows
from psd2_affordability.categorise.taxonomy import UNKNOWN, Leaf
from psd2_affordability.core.errors import RuleFileError
from psd2_affordability.core.iban import is_iban
from psd2_affordability.ledger.clean import fold

PROCESSOR = "processor"
_SURE_OF_NAME = 92
_SURE_OF_TRADE = 75
_HEAD = {"as_of", "source", "kind", "payees"}
_PAYEE = Shape(
    must={"name": str, "category": str},
    may={
        "match": list,
        "incoming": str,
        "kind": str,
        "creditor_id": list,
        "iban": list,
        "source": str,
        "as_of": date,
        "sure": int,
    },
)
_TRADE = Shape(must={"words": list, "category": str}, may={"incoming": str, "kind": str, "sure": int})


@dataclass(frozen=True, slots=True)
class Entry:
    """A payee, or a trade that a name tells of.

    Attributes:
        name: as shown; empty for a trade, where the bank's own print is shown.
        outgoing: category of a payment to it.
        incoming: category of money from it.
        kind: what kind of party it is; text rules ask for kinds.
        forms: folded word sequences that name it.
        sure: confidence in percent when found by name.
        creditor_ids: SEPA creditor identifiers.
        ibans: account numbers known to be its own.
        source: where the knowledge is from.
        as_of: the day it was looked up.
    """

    name: str
    outgoing: str
    incoming: str
    kind: str
    forms: tuple[str, ...]
    sure: int
    creditor_ids: tuple[str, ...] = ()
    ibans: tuple[str, ...] = ()
    source: str = ""
    as_of: date | None = None

    @property
    def processor(self) -> bool:
        """Whether it passes on payments for others."""
        return self.kind == PROCESSOR


def read_payees(where: str, told: Mapping[str, Any], taxonomy: Mapping[str, Leaf]) -> Iterator[Entry]:
    """Read one file of payees; its head gives the source, the day and the kind of all of them."""
    only_keys(where, told, _HEAD)
    Shape(must={"as_of": date, "source": str, "kind": str}).check(
        where, {key: value for key, value in told.items() if key != "payees"}
    )
    for row in rows(where, told, "payees", _PAYEE):
        for iban in row.get("iban", ()):
            if not is_iban(iban):
                raise RuleFileError(f"'{row['name']}' has '{iban}', which is not an IBAN", where=where)
        outgoing, incoming = _directions(where, row, taxonomy)
        yield Entry(
            name=row["name"],
            outgoing=outgoing,
            incoming=incoming,
            kind=row.get("kind", told["kind"]),
            forms=_forms(where, row.get("match", [fold(row["name"])])),
            sure=row.get("sure", _SURE_OF_NAME),
            creditor_ids=tuple(row.get("creditor_id", ())),
            ibans=tuple(row.get("iban", ())),
            source=row.get("source", told["source"]),
            as_of=row.get("as_of", told["as_of"]),
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
            forms=_forms(where, row["words"]),
            sure=row.get("sure", _SURE_OF_TRADE),
        )


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
        if fold(form) != form or not form:
            raise RuleFileError(f"'{form}' is not written as it is compared: '{fold(form)}'", where=where)
    return tuple(forms)
