"""Field 86: what each Dutch bank packs into the free text of a statement line, unpacked."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from psd2_affordability.connect.files.statement import made
from psd2_affordability.connect.files.text import iban_or_nothing


class Narrative(NamedTuple):
    """What a bank's text says about an entry; absent is empty."""

    name: str = ""
    iban: str = ""
    creditor_id: str = ""
    mandate_id: str = ""
    remittance: str = ""
    purpose_code: str = ""
    return_reason: str = ""


_NOTHING = Narrative()

#: Words between slashes. What stands behind /REMI/ is written by the payer, who may imitate
#: any of them, so behind it only those count that a bank itself writes there.
_WORDS = re.compile(
    r"/(TRTP|IBAN|BBAN|BIC|NAME|EREF|PREF|IREF|CSID|MARF|ORDP|BENM|ADDR|ACCW|CNTP|RTRN|PURP|ULTD|ULTB"
    r"|ULTC|SVCL|NRTX|ISDT)/"
)
_USUAL_STARTS = ("/TRTP/", "/REMI/")
_WORDS_AFTER = re.compile(r"/(EREF|PREF|IBAN|BIC|CSID|MARF|ISDT|ULTD|ULTB|ULTC)/")
_RETURN_REASON = re.compile(r"[A-Z]{2}[0-9]{2}")
_NO_REFERENCE = frozenset({"", "NOTPROVIDED", "NONREF", "NOTPROV"})

_SUBFIELDS = {">": re.compile(r">([0-9]{2})"), "?": re.compile(r"\?([0-9]{2})")}
_SUBFIELD_START = re.compile(r"[0-9]{3}([>?])[0-9]{2}")
_FULL_SUBFIELD = 27

_IBAN_FIRST = re.compile(r"([A-Z]{2}[0-9]{2}[A-Z0-9]{10,30})(?: ([^\n]*))?(?:\n(.*))?", re.DOTALL)
_CARD = re.compile(
    r"(?:BEA|GEA|eCom)(?:, ?(?:Betaalpas|Geldautomaat|Apple Pay|Google Pay|Wallet))?\s+"
    r"(?:NR:\S+\s+)?(?:[0-9]{2}\.[0-9]{2}\.[0-9]{2}/[0-9]{2}[.:][0-9]{2}\s+)?(.{2,70}?),\s?PAS\s?[0-9]{3}"
)
_GIRO = re.compile(r"(?:GIRO\s+[0-9]{1,8}|[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{3})\s+(\S+(?: \S+){0,12})")
_LABEL = re.compile(
    r"(?:^|(?<=[\s/-]))(Naam|NAAM|REK|IBAN|BIC|Omschrijving|Kenmerk Machtiging|Machtiging ID|Machtiging"
    r"|Incassant ID|Incassant|Kenmerk|Overige partij|Datum/Tijd|Valutadatum): ?"
)

#: The same labels as ING writes them to people who bank in English.
_ENGLISH = {
    "Name": "Naam",
    "Description": "Omschrijving",
    "IBAN": "IBAN",
    "Reference": "Kenmerk",
    "Mandate ID": "Machtiging ID",
    "Creditor ID": "Incassant ID",
    "Other party": "Overige partij",
    "Value date": "Valutadatum",
}
_ENGLISH_LABEL = re.compile(rf"(?:^|(?<= ))({'|'.join(_ENGLISH)}): ?")
_ENGLISH_START = ("Name: ", "Description: ")


def read_narrative(text: str) -> Narrative:
    """Unpack one field 86, in whichever of the known forms it is.

    >>> read_narrative("/IBAN/NL91ABNA0417164300/NAME/J. Voorbeeld/REMI/huur mei").name
    'J. Voorbeeld'
    """
    if not text:
        return _NOTHING
    if text[0] == "/":
        if text.startswith(_USUAL_STARTS) or _WORDS.match(text):
            return _between_slashes(text)
    elif found := _CARD.match(line := _one_line(text)):
        return made(Narrative, (found[1].strip(), "", "", "", _spaced(line), "", ""))
    elif start := _SUBFIELD_START.match(text):
        return _subfields(text, start[1])
    elif found := _IBAN_FIRST.match(text):
        return _iban_first(found)
    line = _one_line(text)
    if found := _GIRO.match(text.partition("\n")[0]):
        return Narrative(name=found[1].strip(), remittance=_spaced(line))
    return _labelled(line) or Narrative(remittance=_spaced(line))


def _one_line(text: str) -> str:
    """Join lines as the bank cut them: a line of full width goes on, a shorter one ended with a space."""
    if "\n" not in text:
        return text
    lines = text.rstrip("\n- ").split("\n")
    joined = lines[0]
    for before, line in pairwise(lines):
        joined += line if len(before) >= 65 else " " + line
    return joined


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _between_slashes(text: str) -> Narrative:
    line = text
    if "\n" in text:
        line = _cut_anywhere(text) if text.startswith("/TRTP/") else _one_line(text)
    head, _, tail = line.partition("/REMI/")
    (name, iban, creditor_id, mandate_id, _, purpose, reason), reference, is_transfer = _before_text(head)
    if "/" in tail and (after := _WORDS_AFTER.search(tail)):
        behind, tail = tail[after.start() :], tail[: after.start()]
        if not is_transfer:  # in a transfer these are the payer's own words
            later = _said_behind(behind)
            creditor_id = creditor_id or _word(later, "CSID")
            mandate_id = mandate_id or _word(later, "MARF")
            iban = iban or iban_or_nothing(_word(later, "IBAN"))
        if not tail and not reference:
            reference = _word(_said_behind(behind), "EREF")
    remittance = _remittance(tail, reference)
    if not name and not remittance:
        remittance = _spaced(line)
    return made(Narrative, (name, iban, creditor_id, mandate_id, remittance, purpose, reason))


def _said_behind(text: str) -> list[str]:
    """Split what begins with a word into the words and what stands behind each, in turns."""
    return _WORDS_AFTER.split(text)[1:]


def _word(pieces: list[str], word: str) -> str:
    """What stands behind a word, in pieces where words and what stands behind them take turns."""
    words = pieces[::2]
    return pieces[2 * words.index(word) + 1].strip() if word in words else ""


def _cut_anywhere(text: str) -> str:
    """Join lines that were cut in the middle of words; only a space at the cut itself is lost."""
    if text.count("\n") == text[65::66].count("\n"):
        return text.replace("\n", "")
    return "".join(part + " " if len(part) == 64 else part for part in text.split("\n"))


@lru_cache(maxsize=16_384)
def _before_text(head: str) -> tuple[Narrative, str, bool]:
    """Read what the bank wrote before the payer's text; it is the same month after month, so it is kept.

    Returns:
        What it says, the reference of the payment, and whether it is a transfer.
    """
    parts = _WORDS.split(head)
    said = dict(zip(parts[-2:0:-2], parts[-1:0:-2], strict=True))  # the first of a word counts
    if "CNTP" in said:
        _split_counterparty(said)
    get = said.get
    told = Narrative(
        name=_spaced(get("NAME", "")),
        iban=iban_or_nothing(get("IBAN") or get("ACCW", "").partition(",")[0]),
        creditor_id=get("CSID", "").strip(),
        mandate_id=get("MARF", "").strip(),
        purpose_code=get("PURP", "").removeprefix("CD/").strip(" /"),
        return_reason=_return_reason(get("RTRN", "")),
    )
    return told, get("EREF", ""), "TRTP" in said and "CSID" not in said


def _return_reason(text: str) -> str:
    found = _RETURN_REASON.match(text)
    return found[0] if found else ""


def _split_counterparty(said: dict[str, str]) -> None:
    """Split IBAN, BIC, name and town, which some banks write in one word CNTP."""
    iban, _, rest = said["CNTP"].partition("/")
    _, _, rest = rest.partition("/")
    said.setdefault("IBAN", iban)
    said.setdefault("NAME", rest.partition("/")[0])


def _remittance(tail: str, reference: str) -> str:
    text = _spaced(tail).strip("/")
    if text[:5] in {"USTD/", "STRD/"}:
        text = text[5:].removeprefix("CUR/").strip("/")
    if text:
        return text
    reference = reference.strip()
    return "" if reference in _NO_REFERENCE else reference


def _subfields(text: str, separator: str) -> Narrative:
    """Read numbered pieces: 20-29 and 60-63 text, 31 or an IBAN in it the account, 32-33 the name."""
    pieces = _SUBFIELDS[separator].split(text.replace("\n", ""))
    numbered = list(zip(pieces[1::2], pieces[2::2], strict=True))
    texts = [piece for number, piece in numbered if "20" <= number <= "29" or "60" <= number <= "63"]
    iban = ""
    if len(texts) > 1 and (iban := iban_or_nothing(texts[1])):
        texts = texts[2:]  # BIC and IBAN of the other side come before the text
    if not iban and separator == "?":
        iban = iban_or_nothing(next((piece for number, piece in numbered if number == "31"), ""))
    names = [piece for number, piece in numbered if number in {"32", "33"}]
    return Narrative(name=_pieced(names), iban=iban, remittance=_pieced(texts))


def _pieced(pieces: list[str]) -> str:
    return _spaced("".join(piece if len(piece) >= _FULL_SUBFIELD else piece + " " for piece in pieces))


def _iban_first(found: re.Match[str]) -> Narrative:
    """Read the IBAN and name on the first line, and the bank's own forms in the padded lines below."""
    iban, name, rest = found[1], found[2] or "", _one_line(found[3] or "").strip()
    below = rest.find("/TRTP/")
    told = _between_slashes(rest[below:]) if below >= 0 else _labelled(rest) or _NOTHING
    return told._replace(
        name=_spaced(told.name or name), iban=iban, remittance=told.remittance or _spaced(rest)
    )


def _labelled(line: str) -> Narrative | None:
    """Read `Naam: … Omschrijving: … IBAN: …`; the first of a label counts."""
    if ":" not in line:
        return None
    if line.startswith(_ENGLISH_START):
        pieces = _ENGLISH_LABEL.split(line)
        pieces[1::2] = [_ENGLISH[label] for label in pieces[1::2]]
    else:
        pieces = _LABEL.split(line)
    if len(pieces) == 1:
        return None
    said = {label: value.strip(" /-") for label, value in zip(pieces[-2:0:-2], pieces[-1:0:-2], strict=True)}
    creditor = said.get("Incassant ID") or said.get("Incassant", "")
    mandate = said.get("Kenmerk Machtiging") or said.get("Machtiging ID") or said.get("Machtiging", "")
    return Narrative(
        name=_spaced(said.get("Naam") or said.get("NAAM", "")),
        iban=iban_or_nothing((said.get("IBAN") or said.get("REK", "")).partition(" ")[0]),
        creditor_id=creditor.partition(" ")[0],
        mandate_id=mandate.partition(" ")[0],
        remittance=_spaced(said.get("Omschrijving") or pieces[0].strip(" /-")) or said.get("Kenmerk", ""),
    )
