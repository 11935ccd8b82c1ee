"""The small words of camt XML: texts, amounts and days, by local name.

Children are taken as a slice: an iterator over few elements takes longer to make than they do.
"""

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from lxml import etree

from psd2_affordability.connect.files.statement import NO_DAY, day_number, hundredths
from psd2_affordability.connect.files.text import clean, iban_or_nothing

_BANK_TIME = ZoneInfo("Europe/Amsterdam")


class LocalNames(dict[object, str]):
    """Local name of each qualified tag; a file has few, so each is cut once."""

    def __missing__(self, tag: object) -> str:
        """Cut the namespace off."""
        name = self[tag] = str(tag).rpartition("}")[2]
        return name

    def children(self, element: etree._Element) -> dict[str, etree._Element]:
        """Children by local name; of a repeated one the last."""
        return {self[each.tag]: each for each in element[:]}


def text_of(element: etree._Element | None) -> str:
    """Text of an element, or empty."""
    return (element.text or "").strip() if element is not None else ""


def texts_of(element: etree._Element) -> list[str]:
    """Every text inside an element, in order."""
    return [text for each in element.iter() if (text := (each.text or "").strip())]


def first_text(element: etree._Element | None) -> str:
    """Text of the first element at the bottom: the chosen one, where the standard offers a choice."""
    if element is None:
        return ""
    while len(element):
        element = element[0]
    return (element.text or "").strip()


def amount_of(element: etree._Element | None) -> tuple[int, str]:
    """Whole cents and currency of an `Amt`.

    Raises:
        ValueError: absent, or not an amount in whole cents.
    """
    if element is None:
        raise ValueError("there is no amount")
    whole, _, part = (element.text or "").strip().partition(".")
    digits = whole + part
    if len(part) == 2 and 0 < len(whole) < 16 and digits.isdigit() and digits.isascii():
        return int(digits), element.get("Ccy") or "EUR"
    return hundredths(whole, part), element.get("Ccy") or "EUR"


def day_of(element: etree._Element | None) -> int:
    """Day number of a date or date-time choice; NO_DAY when there is none."""
    text = first_text(element)
    return _day(text) if text else NO_DAY


@lru_cache(maxsize=65_536)
def _day(text: str) -> int:
    """Day of an ISO date, or of a moment: one in UTC is told in the bank's own time."""
    try:
        if len(text) > 11 and text.endswith(("Z", "+00:00")):
            moment = datetime.fromisoformat(text[:19]).replace(tzinfo=UTC)
            return day_number(moment.astimezone(_BANK_TIME).date())
        return day_number(date.fromisoformat(text[:10]))
    except (ValueError, OverflowError):
        raise ValueError(f"'{clean(text)[:30]}' is not a day") from None


def account_number(account: etree._Element, names: LocalNames) -> str:
    """IBAN of an account, or the bank's own number, wherever the version at hand puts it."""
    number = first_text(names.children(account).get("Id"))
    return iban_or_nothing(number) or clean(number)
