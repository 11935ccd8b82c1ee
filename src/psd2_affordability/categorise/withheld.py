"""What the description of income says of a part of it: seized, set off, paid to another, or paid ahead."""

import re

from psd2_affordability.ledger.clean import fold

#: Words that stand between what is done and what it is done for.
_BETWEEN = (
    r"(?:(?:i v m|ivm|in verband met|wegens|van|voor|met|aan|op|uw|de|het|een|deel|oude|openstaande|lopende|"
    r"eerdere|inzake) ){0,4}"
)
_DEBT = (
    r"(?:(?:belasting|toeslag|huur)?schuld\w*|lening\w*|krediet\w*|(?:terug)?vordering\w*|boetes?|cjib|cak|"
    r"leenbijstand|bestuursrechtelijke premie|(?:huur|premie|betalings)achterstand)"
)
_WITHHELD = r"(?:inhouding\w*|inh|ingehouden|afdracht\w*)"
#: Smiths and shops for fittings sell another kind of *beslag*.
_SEIZED = re.compile(
    r"\b(?!(?:hoef|paarden|deur|raam|slot|bouw|meubel|metaal)beslag)\w*beslag"
    rf"|\b{_WITHHELD} {_BETWEEN}(?:gerechts)?deurwaarder"
)
_OVER = r"\b(?:teruggave|terugbetaling|restitutie|opheffing|einde|beeindiging|geen|zonder)"
#: A seizure that is over, or that never was.
_NO_SEIZURE = re.compile(
    rf"{_OVER} {_BETWEEN}\w*beslag\w*"
    r"|\b\w*beslag\w* (?:(?:is|werd|per) )?(?:opgeheven|beeindigd|vervallen|ingetrokken)\b"
)
_SET_OFF = re.compile(
    rf"\b(?:verreken\w*|aflossing\w*|{_WITHHELD}) {_BETWEEN}{_DEBT}\b"
    rf"|\b{_DEBT} (?:(?:is|wordt|werd|deels|maandelijks) ){{0,2}}(?:verreken\w*|ingehouden|inhouding)\b"
    r"|\b(?:loon|salaris)?cessie\b|\bloonoverdracht\b|\boverdracht van loon\b|\bgecedeerd\w*"
    r"|\bbroninhouding\w*"
)
#: What was set off comes back, or never was.
_NOT_SET_OFF = re.compile(
    rf"{_OVER} {_BETWEEN}(?:(?:ten onrechte|onterecht\w*|te veel) )?(?:verreken|aflossing|{_WITHHELD}\b)\w*"
)
#: Who pays an allowance or a refund says no more than this; what was paid in advance is no debt.
_SETTLED = re.compile(rf"\bverreken\w*\b(?! {_BETWEEN}(?:voorschot|voorlopig))")
_ADVANCE = re.compile(r"\b(?:voorschot\w*|voorlopige aanslag\w*) (?:(?:is|zijn|wordt|werd) )?verreken")
#: Part of the wages of a month that is paid before payday.
_PAID_AHEAD = re.compile(
    r"\b(?:salaris|loon) ?voorschot\b|\bvoorschot (?:op )?(?:(?:het|uw|je|mijn) )?(?:salaris|sal|loon)\b"
    r"|\b(?:wage|salary|pay) advance\b|\badvance (?:on |of )?(?:wages?|salary|pay)\b"
)
#: Part of each description that any of these can be found in, for a quick look.
STEMS = "beslag|deurwaarder|verreken|inh|ingeh|cessie|gecedeerd|overdracht|aflossing|afdracht"
STEMS += "|(?:salaris|loon) ?voorschot|voorschot (?:op )?(?:het |uw |je |mijn )?(?:sal|loon)|advance"


def is_seized(text: str) -> bool:
    """Tell whether a description of a wage or benefit says that part of it was seized.

    >>> [is_seized(one) for one in ("Salaris na loonbeslag", "loonbeslag opgeheven", "Hoefbeslag Smit, loon")]
    [True, False, False]
    """
    words = fold(text)
    return _SEIZED.search(words) is not None and _NO_SEIZURE.search(words) is None


def is_set_off(text: str, *, by_the_state: bool = False) -> bool:
    """Tell whether part of an income went to somebody else, or was set off against a debt.

    Args:
        text: the description of what arrived.
        by_the_state: it is an allowance or a refund, of which one word says it.

    >>> [is_set_off(one) for one in ("Loon, inhouding lening", "inhouding pensioen", "verrekening energie")]
    [True, False, False]
    >>> is_set_off("Huurtoeslag november verrekening", by_the_state=True)
    True
    >>> is_set_off("Teruggaaf na verrekening voorlopige aanslag", by_the_state=True)
    False
    """
    words = fold(text)
    if _NOT_SET_OFF.search(words) is not None:
        return False
    if _SET_OFF.search(words) is not None:
        return True
    return by_the_state and _SETTLED.search(words) is not None and _ADVANCE.search(words) is None


def is_paid_ahead(text: str) -> bool:
    """Tell whether a payment is part of the wages of a month, paid before payday.

    >>> [is_paid_ahead(one) for one in ("Voorschot salaris mei", "loonvoorschot", "Voorschot huurtoeslag")]
    [True, True, False]
    """
    return _PAID_AHEAD.search(fold(text)) is not None


def said(text: str) -> list[str]:
    """Return what of a description must stay readable for these to be told: never a name."""
    words = fold(text)
    found = _NO_SEIZURE.search(words)
    seizure = [found[0]] if found else ["beslag"] if _SEIZED.search(words) else []
    ahead = [found[0] for found in _PAID_AHEAD.finditer(words)]
    if back := _NOT_SET_OFF.search(words):
        return [*seizure, back[0], *ahead]
    settled = [] if _ADVANCE.search(words) else _SETTLED.findall(words)
    return [*seizure, *(found[0] for found in _SET_OFF.finditer(words)), *settled, *ahead]
