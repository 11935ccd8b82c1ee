"""What the codes of banks and of ISO 20022 tell: the channel, and at times the category."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from psd2_affordability.categorise.strict import Shape, only_keys, rows
from psd2_affordability.core.errors import RuleFileError


class Channel(IntEnum):
    """How money moved; the names in lower case are the ledger's words."""

    UNKNOWN = 0
    CARD = 1
    IDEAL = 2
    DIRECT_DEBIT = 3
    TRANSFER = 4
    STANDING_ORDER = 5
    ATM = 6
    FEE = 7
    RETURN = 8
    INTEREST = 9


CHANNELS = tuple(channel.name.lower() for channel in Channel)

_CODE = Shape(must={"code": str, "channel": str}, may={"out": str, "in": str, "sure": int})
_PURPOSE = Shape(must={"code": str}, may={"out": str, "in": str, "sure": int, "weak": bool})


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """What one code says; an empty category says nothing.

    Attributes:
        channel: how the money moved.
        outgoing: category of a debit.
        incoming: category of a credit.
        sure: confidence in percent.
        weak: gives way to a known payee.
    """

    channel: Channel = Channel.UNKNOWN
    outgoing: str = ""
    incoming: str = ""
    sure: int = 90
    weak: bool = False


SAYS_NOTHING = CodeMeaning()


def read_bank_codes(
    where: str, told: Mapping[str, Any], categories: Collection[str]
) -> dict[str, CodeMeaning]:
    """Read the bank transaction codes."""
    only_keys(where, told, {"codes"})
    found: dict[str, CodeMeaning] = {}
    for row in rows(where, told, "codes", _CODE):
        if row["channel"] not in CHANNELS:
            raise RuleFileError(f"'{row['code']}' has the unknown channel '{row['channel']}'", where=where)
        channel = Channel[row["channel"].upper()]
        _keep(where, found, row, _meaning(where, row, categories, channel))
    return found


def read_purposes(where: str, told: Mapping[str, Any], categories: Collection[str]) -> dict[str, CodeMeaning]:
    """Read the ISO 20022 external purposes."""
    only_keys(where, told, {"purposes"})
    found: dict[str, CodeMeaning] = {}
    for row in rows(where, told, "purposes", _PURPOSE):
        _keep(where, found, row, _meaning(where, row, categories, Channel.UNKNOWN))
    return found


def look_up(codes: Mapping[str, CodeMeaning], code: str) -> CodeMeaning:
    """Find the meaning of a code; of an ISO code the family or domain counts when the whole is not listed."""
    parts = code.lower().replace("/", "-").split("-")
    while parts:
        meaning = codes.get("-".join(parts))
        if meaning is not None:
            return meaning
        parts.pop()
    return SAYS_NOTHING


def _meaning(
    where: str, row: Mapping[str, Any], categories: Collection[str], channel: Channel
) -> CodeMeaning:
    for key in ("out", "in"):
        if key in row and row[key] not in categories:
            raise RuleFileError(f"the category '{row[key]}' is not in the taxonomy", where=where)
    return CodeMeaning(
        channel, row.get("out", ""), row.get("in", ""), row.get("sure", 90), weak=row.get("weak", False)
    )


def _keep(where: str, found: dict[str, CodeMeaning], row: Mapping[str, Any], meaning: CodeMeaning) -> None:
    code = row["code"]
    if code != code.lower():
        raise RuleFileError(f"the code '{code}' is to be written in lower case", where=where)
    if code in found:
        raise RuleFileError(f"the code '{code}' is listed twice", where=where)
    found[code] = meaning
