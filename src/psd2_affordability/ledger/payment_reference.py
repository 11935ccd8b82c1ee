"""References of payments to public bodies: the kind and year stay, the number goes.

A `betalingskenmerk` has 16 digits: a check digit, eight digits of a BSN or RSIN, the kind of tax or
allowance, and its year. The number of an assessment writes the same with the whole BSN and a letter.
Both hold a citizen's number, so `betalingskenmerk(zorgtoeslag 2025)` is written in its place, or
`betalingskenmerk ••••` where the kind is not known.
"""

import re

from psd2_affordability.core.iban import is_iban
from psd2_affordability.ledger.clean import clean_text

WORD = "betalingskenmerk"
MASK = f"{WORD} ••••"

_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
_CHECK = "01987654321"  # by the rest of a division by 11: 11 less the rest, where 11 is 0 and 10 is 1
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_BSN_DIGITS = 9
#: Digits 10 and 11 of the 16, where the 12th is the last of the year.
_KINDS = {
    "24": "huurtoeslag",
    "25": "zorgtoeslag",
    "70": "inkomstenbelasting",
    "74": "vennootschapsbelasting",
    "75": "bijdrage zvw",
    "76": "naheffing motorrijtuigenbelasting",
    "78": "motorrijtuigenbelasting",
}
#: Digit 10 of the returns, where the 11th is the last of the year.
_RETURNS = {
    "0": "naheffing loonheffing",
    "1": "omzetbelasting",
    "5": "naheffing omzetbelasting",
    "6": "loonheffing",
}
#: Assessments of wage tax look like its returns of a year in 8 or 9: the kind is sure, the year is not.
_YEAR_UNSURE = frozenset({"68", "69"})
#: Letter of an assessment: its kind, and which digit behind the letter is the last of the year.
_LETTERS = {
    "A": ("naheffing loonheffing", None),
    "B": ("omzetbelasting", None),
    "F": ("naheffing omzetbelasting", None),
    "H": ("inkomstenbelasting", 0),
    "J": ("loonheffing", None),
    "L": ("loonheffing", None),
    "M": ("motorrijtuigenbelasting", 0),
    "O": ("omzetbelasting", None),
    "T": ("toeslag", 0),
    "V": ("vennootschapsbelasting", 0),
    "W": ("bijdrage zvw", 0),
    "Y": ("naheffing motorrijtuigenbelasting", 0),
}
_ALLOWANCES = {"1": "kinderopvangtoeslag", "2": "huurtoeslag", "3": "zorgtoeslag", "4": "kindgebonden budget"}

_START, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_LETTERED = re.compile(
    rf"{_START}(?P<bsn>\d(?:[ .]?\d){{7,8}})[ .]?(?P<letter>[A-Z])[ .]?(?P<tail>\d(?:[ .]?\d){{0,8}}){_END}"
    rf"|{_START}(?P<alone>\d{{9}})(?P<kind>[{''.join(_LETTERS)}]){_END}"
)
_PLAIN = re.compile(
    rf"(?P<account>{_START}[A-Z]{{2}}\d\d(?: ?[A-Z0-9]{{4}}){{2,7}}(?: ?[A-Z0-9]{{1,3}})?{_END})"
    rf"|{_START}(?P<fours>\d{{4}}(?:[ .-]?\d{{4}}){{3}}){_END}"
    rf"|{_START}(?P<spread>\d(?:[ .]?\d){{15}})(?![0-9A-Za-z]|[ .]?\d)"
)
_NAMED_BSN = re.compile(rf"(?i)\b(bsn\W{{0,3}})\d(?:[ .]?\d){{7,8}}{_END}")
_REPEATED = re.compile(rf"(?i)\b{WORD}\W{{1,3}}(?={WORD}(?:\(| •))")


def masked(text: str, year: int | None, *, tax: bool) -> str:
    """Return text with each reference in it replaced.

    Args:
        text: what the bank or the payer wrote.
        year: of the booking, which tells the decade of the reference's year; None when not known.
        tax: the tax authority stands at the other side, so that the kind can be read.

    >>> masked("Kenmerk 5000.0567.8901.2345", 2026, tax=False)
    'Kenmerk betalingskenmerk ••••'
    """
    if not text.isprintable():
        text = clean_text(text)

    def lettered(found: re.Match[str]) -> str:
        if not _is_bsn(_digits(found["bsn"] or found["alone"])):
            return found[0]
        if found["alone"]:
            return _written((_LETTERS[found["kind"]][0], ""), year, tax=tax)
        return _written(_by_letter(found["letter"], _digits(found["tail"])), year, tax=tax)

    def plain(found: re.Match[str]) -> str:
        if found["account"]:
            if is_iban(found[0].replace(" ", "")):
                return found[0]
            return found[0][:4] + _PLAIN.sub(plain, found[0][4:])
        digits = _digits(found[0])
        return _written(_by_digits(digits), year, tax=tax) if _adds_up(digits) else found[0]

    text = _NAMED_BSN.sub(r"\1••••", _PLAIN.sub(plain, _LETTERED.sub(lettered, text)))
    return _REPEATED.sub("", text)


def _by_digits(digits: str) -> tuple[str, str]:
    """Return the kind and the last digit of the year of a reference; empty where not known."""
    code = digits[9:11]
    if code in _KINDS:
        return _KINDS[code], digits[11]
    return _RETURNS.get(code[0], ""), "" if code in _YEAR_UNSURE else code[1]


def _by_letter(letter: str, tail: str) -> tuple[str, str]:
    """Return the same of the number of an assessment; the last digit of an allowance tells which."""
    kind, year_at = _LETTERS.get(letter, ("", None))
    if letter == "T":
        kind = _ALLOWANCES.get(tail[-1], kind)
    return kind, "" if year_at is None else tail[year_at]


def _written(told: tuple[str, str], year: int | None, *, tax: bool) -> str:
    """Write kind and year: next year at the latest, as allowances are paid ahead."""
    kind, last = told
    if not kind or not tax:
        return MASK
    if not last or year is None:
        return f"{WORD}({kind})"
    return f"{WORD}({kind} {year + 1 - (year + 1 - int(last)) % 10})"


def _adds_up(digits: str) -> bool:
    total = sum(int(digit) * _WEIGHTS[at % 10] for at, digit in enumerate(reversed(digits[1:])))
    return digits[0] == _CHECK[total % 11] and digits != "0" * len(digits)


def _is_bsn(digits: str) -> bool:
    """Tell whether eight or nine digits are a BSN or RSIN."""
    full = digits.zfill(_BSN_DIGITS)
    total = sum(int(digit) * weight for digit, weight in zip(full, _BSN_WEIGHTS, strict=True))
    return total % 11 == 0 and int(full) > 0


def _digits(text: str) -> str:
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())
