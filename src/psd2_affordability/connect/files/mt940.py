"""MT940 and MT942 as Dutch banks write them: with or without envelopes, several statements to a file."""

import re
from datetime import date
from functools import lru_cache
from itertools import accumulate

from psd2_affordability.connect.files.narrative import read_narrative
from psd2_affordability.connect.files.statement import (
    NO_BALANCE,
    Entry,
    Parsed,
    Statement,
    day_number,
    hundredths,
    made,
    to_date,
)
from psd2_affordability.connect.files.text import clean, decoded, iban_or_nothing
from psd2_affordability.connect.reference import believable
from psd2_affordability.connect.result import BalanceRead, Rejected
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.schema import BOOKED, PENDING

_FIELD = re.compile(r"\n:([0-9]{2}[A-Z]?):")

#: value day, entry day, mark, (third letter of the currency), amount, (type), reference
_LINE = re.compile(
    r"([0-9]{6})([0-9]{4})?([RE]?[CD])[A-Z]?([0-9]++)(?:[.,]([0-9]*)|(?![^NSF\s][0-9.,]))"
    r"((?!NONREF)[NSF][A-Z0-9]{3}|N[A-Z]{2} )?([^\n]*)\n?(.*)",
    re.DOTALL,
)
_BALANCE = re.compile(r"([CD])([0-9]{6})([A-Z]{3})([0-9]+)(?:[.,]([0-9]*))?")
_SUMMARY = re.compile(r"([0-9]{1,5})([A-Z]{3})([0-9]+)(?:[.,]([0-9]*))?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_ACCOUNT = re.compile(r"(.*[0-9]) ?([A-Z]{3})")
_BANK_CODE = re.compile(r"/TRCD/([0-9A-Z]+)")

#: A reversal of a credit takes money off, a reversal of a debit brings it back; E is only expected.
_SIGN = {"C": 1, "D": -1, "RC": -1, "RD": 1, "EC": 1, "ED": -1}

_BALANCE_TYPES = {
    "60": "openingBooked",
    "62": "closingBooked",
    "64": "closingAvailable",
    "65": "forwardAvailable",
}

#: A bank's own file with two-digit years: 80 and later are of the last century.
_CENTURY_SPLIT = 80


def read_mt940(name: str, content: bytes) -> Parsed:
    """Read every statement of an MT940 or MT942 file; a line that cannot be read is rejected with its number.

    An MT942 tells about the day so far: it has no opening and closing balance to prove it with,
    but often says how many debits and credits it holds, and what they come to.
    """
    parts = _FIELD.split("\n" + decoded(content))
    reader = _Reader(name, parts)
    line, narrative = -1, ""
    for at in range(1, len(parts), 2):
        tag = parts[at]
        if tag == "86":
            # one that follows a balance tells about the statement, and is no line's
            narrative = f"{narrative}\n{parts[at + 1]}" if narrative else parts[at + 1]
            continue
        if line > 0:
            reader.line(line, narrative)
        if tag == "61":
            line, narrative = at, ""
        else:
            line = -1
            reader.field(at, tag)
    if line > 0:
        reader.line(line, narrative)
    reader.close()
    return reader.parsed


class _Reader:
    """Takes the fields of one file in order; `at` is where the tag stands among the parts."""

    def __init__(self, name: str, parts: list[str]) -> None:
        self.parsed = Parsed()
        self._name = name
        self._parts = parts
        self._line_numbers: list[int] = []
        self._statement: Statement | None = None
        self._started_at = 0
        self._interim = False

    def line(self, at: int, narrative: str) -> None:
        """Take a line (:61:) with the text that belongs to it."""
        statement = self._statement
        if statement is None:
            self._reject(at, "a line (:61:) stands outside any statement")
            return
        try:
            statement.entries.append(_entry(self._parts[at + 1], narrative, statement.currency or "EUR"))
        except ValueError as error:
            statement.unread += 1
            self._reject(at, str(error))

    def field(self, at: int, tag: str) -> None:
        """Take any other field."""
        body = self._parts[at + 1]
        if tag == "20":
            self.close()
            self._open(at)
        elif tag == "25":
            statement = self._statement
            if statement is None or statement.account:
                self.close()
                statement = self._open(at)
            statement.account, statement.currency = _account(body)
        elif self._statement is None:
            return
        elif tag[:2] == "28":
            self._statement.number = clean(body.partition("\n")[0])
        elif tag[:2] in _BALANCE_TYPES:
            self._balance(at, tag[:2], body)
        elif tag == "34F":
            self._interim = True
            if found := _CURRENCY.match(body):
                self._statement.currency = found[0]
        elif tag in {"90D", "90C"}:
            self._summary(self._statement, at, tag)

    def _open(self, at: int) -> Statement:
        self._statement, self._started_at, self._interim = Statement(file=self._name), at, False
        return self._statement

    def close(self) -> None:
        """End the statement at hand."""
        statement, self._statement = self._statement, None
        if statement is None:
            return
        if not statement.account:
            self._reject(self._started_at, "a statement begins here, but names no account (:25:)")
            return
        if statement.closing is None and not self._interim:
            cut = "has no closing balance (:62F:): the file may be cut off"
            self._reject(self._started_at, f"the statement that begins here {cut}")
            statement.fault = statement.fault or f"it {cut}"
        statement.currency = statement.currency or "EUR"
        self.parsed.statements.append(statement)

    def _balance(self, at: int, kind: str, body: str) -> None:
        statement = self._statement
        found = _BALANCE.match(body)
        if statement is None or found is None:
            self._reject(at, f"the balance (:{kind}:) cannot be read")
            return
        mark, day, currency, whole, part = found.groups()
        try:
            cents = hundredths(whole, part or "")
            on = to_date(_day(day))
        except ValueError as error:
            self._reject(at, f"the balance (:{kind}:) cannot be read: {error}")
            return
        balance = BalanceRead(_BALANCE_TYPES[kind], Money(cents if mark == "C" else -cents), on)
        if kind == "60":
            statement.currency, statement.opening = currency, balance
        elif kind == "62":
            statement.closing = balance
        statement.balances.append(balance)

    def _summary(self, statement: Statement, at: int, tag: str) -> None:
        """Compare what an MT942 says of its debits or credits with its lines."""
        found = _SUMMARY.match(self._parts[at + 1])
        if not self._interim or found is None:
            return
        count, _, whole, part = found.groups("")
        side, sign = ("debits", -1) if tag == "90D" else ("credits", 1)
        lines = [entry.cents for entry in statement.entries if entry.cents * sign > 0]
        try:
            stated = Money(hundredths(whole, part))
        except ValueError as error:
            self._reject(at, f"the summary (:{tag}:) cannot be read: {error}")
            return
        read = Money(abs(sum(lines)))
        if (len(lines), read) != (int(count), stated):
            statement.fault = (
                f"it says it holds {count} {side} of {stated}, but {len(lines)} of {read} are there"
            )

    def _reject(self, at: int, why: str) -> None:
        if not self._line_numbers:
            inside = accumulate(part.count("\n") for part in self._parts[::2])
            self._line_numbers = [lines + index + 1 for index, lines in enumerate(inside)]
        line = self._line_numbers[at // 2]
        self.parsed.rejected.append(Rejected(f"{self._name}, line {line}", why))


def _account(body: str) -> tuple[str, str]:
    """Split field 25 into account and currency, which some banks write behind it."""
    text = clean(body.partition("\n")[0]).upper()
    found = _ACCOUNT.fullmatch(text)
    number, currency = (found[1].strip(), found[2]) if found else (text, "")
    return iban_or_nothing(number) or number, currency


def _entry(body: str, narrative: str, currency: str) -> Entry:
    found = _LINE.match(body)
    if found is None:
        raise ValueError("the line (:61:) has no day, mark and amount where they belong")
    value_day, entry_day, mark, whole, part, kind, reference, extra = found.groups("")
    cents = int(whole + part) if len(part) == 2 and len(whole) < 16 else hundredths(whole, part)
    booked, valued = _days(value_day, entry_day)
    name, iban, creditor_id, mandate_id, remittance, purpose, reason = read_narrative(narrative)
    number = believable(reference.partition("//")[2]) if "//" in reference else ""
    if extra or len(reference) > 16:
        extra = extra.strip()
        iban = iban or iban_or_nothing(extra.partition("\n")[0]) or iban_or_nothing(reference.strip())
        name = name or _name_beside(reference, extra, iban)
        if own_code := _BANK_CODE.match(extra):
            kind = own_code[1]
    return made(
        Entry,
        (
            PENDING if mark[0] == "E" else BOOKED,
            booked,
            valued,
            _SIGN[mark] * cents,
            currency,
            name,
            iban,
            creditor_id,
            mandate_id,
            remittance,
            _code(kind, mark),
            purpose,
            reason,
            NO_BALANCE,
            number,
        ),
    )


@lru_cache(maxsize=4096)
def _code(kind: str, mark: str) -> str:
    """Bank code of a line: its type, without the letter before a number, and marked when it reverses."""
    code = kind[1:] if kind[:1].isalpha() and kind[1:].isdigit() else kind.rstrip()
    return f"{mark}/{code}" if mark[0] == "R" else code


def _name_beside(reference: str, extra: str, iban: str) -> str:
    """Find a name outside field 86: under an IBAN used as reference, or behind a padded reference."""
    if iban and reference.startswith(iban):
        return clean(extra)
    return clean(reference[16:]) if reference[15:16] == " " else ""


def _day(text: str) -> int:
    """Read a day written as YYMMDD."""
    year = int(text[:2])
    century = 1900 if year >= _CENTURY_SPLIT else 2000
    try:
        return day_number(date(century + year, int(text[2:4]), int(text[4:])))
    except ValueError:
        raise ValueError(f"'{text}' is not a day (YYMMDD)") from None


@lru_cache(maxsize=65_536)
def _days(value_day: str, entry_day: str) -> tuple[int, int]:
    """Booking day and value day; the first is MMDD, of the year that brings it nearest to the second."""
    valued = _day(value_day)
    if not entry_day:
        return valued, valued
    year = to_date(valued).year
    candidates = []
    for candidate in (year - 1, year, year + 1):
        try:
            candidates.append(day_number(date(candidate, int(entry_day[:2]), int(entry_day[2:]))))
        except ValueError:
            continue
    if not candidates:
        raise ValueError(f"'{entry_day}' is not a day (MMDD)")
    return min(candidates, key=lambda day: abs(day - valued)), valued
