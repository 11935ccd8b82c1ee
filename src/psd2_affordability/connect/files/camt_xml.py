"""The small words of camt XML: text, codes, amounts and days, by local name."""

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


def text_of(element: etree._Element | None) -> str:
    """Text of an element, or empty."""
    return (element.text or "").strip() if element is not None else ""


def child(element: etree._Element | None, name: str, names: LocalNames) -> etree._Element | None:
    """First child with a local name."""
    if element is not None:
        for each in element:
            if names[each.tag] == name:
                return each
    return None


def code_of(element: etree._Element | None, names: LocalNames) -> str:
    """Code of a choice between a standard code and the bank's own, at whatever depth it stands."""
    if element is not None:
        for each in element.iter():
            if names[each.tag] in {"Cd", "Prtry"} and (text := text_of(each)):
                return text
    return ""


def amount_of(element: etree._Element | None) -> tuple[int, str]:
    """Whole cents and currency of an `Amt`.

    Raises:
        ValueError: absent, or not an amount in whole cents.
    """
    if element is None:
        raise ValueError("there is no amount")
    whole, _, part = text_of(element).partition(".")
    return hundredths(whole, part), element.get("Ccy") or "EUR"


def day_of(element: etree._Element | None, names: LocalNames) -> int:
    """Day number of a date or date-time choice; NO_DAY when there is none."""
    if element is not None:
        for each in element:
            if names[each.tag] in {"Dt", "DtTm"} and (text := text_of(each)):
                return _day(text)
        if len(element) == 0 and (text := text_of(element)):
            return _day(text)
    return NO_DAY


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


def iban_or_number(account: etree._Element, names: LocalNames) -> str:
    """IBAN of an account, or the bank's own number, wherever the version at hand puts it."""
    identifier = child(account, "Id", names)
    if identifier is None:
        return ""
    for each in identifier.iter():
        if names[each.tag] in {"IBAN", "BBAN", "UPIC", "Id"} and (text := clean(text_of(each))):
            return iban_or_nothing(text) or text
    return ""
