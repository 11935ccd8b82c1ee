"""What descriptions say that an allowance hangs on: a year that is over, a home that is not one's own."""

import re

from psd2_affordability.ledger.clean import fold

_YEAR = re.compile(r"\b20\d\d\b")
#: What is settled for good is of a year that is over.
_SETTLED = re.compile(r"\bdefinitieve? (?:berekening|toekenning|beschikking|vaststelling|afrekening)\b")
#: A room, a bed, a shelter, a holiday home, a boat or a home that is only looked after.
_NOT_OWN_HOME = re.compile(
    r"\b(?<!\d )(?:(?:huur|studenten|logeer)?kamers?|kamer(?:huur|verhuur)|room|zimmer|pokoj)\b"
    r"(?! (?:appartement|woning|flat|studio))"
    r"|\b(?:slaapplaats\w*|slaapplek\w*|bed|nachtopvang|dagopvang daklozen|crisisopvang|noodopvang|"
    r"maatschappelijke opvang|vrouwenopvang|opvang(?:locatie|plek)|leger des heils|asielzoekers\w*|hostel|"
    r"hotel|pension(?:kosten)?|camping|chalet\w*|\w*caravan\w*|bungalowpark|vakantie(?:woning|huis\w*|park)|"
    r"recreatie(?:woning|park)|ligplaats\w*|woonboot|woonark|anti ?kraak\w*|leegstandbeheer|"
    r"leegstandsbeheer|huisbewaar\w*)\b"
)
_REQUESTED = re.compile(r"\b(?:tikkie\w*|betaalverzoek\w*|payment request|betaalverzoekje)\b")


def of_earlier_year(description: str, year: int) -> bool:
    """Tell whether money is said to be of a year that is over.

    >>> [of_earlier_year(one, 2026) for one in ("Zorgtoeslag 2025", "Zorgtoeslag mei 2026", "Zorgtoeslag")]
    [True, False, False]
    >>> of_earlier_year("Huurtoeslag definitieve berekening", 2026)
    True
    """
    words = fold(description)
    named = [int(one) for one in _YEAR.findall(words)]
    return max(named) < year if named else _SETTLED.search(words) is not None


def not_own_home(description: str) -> bool:
    """Tell whether rent is said to be of something that is no home of one's own.

    >>> [not_own_home(one) for one in ("huur kamer mei", "huur 3-kamerwoning", "huur 3 kamer flat", "chalet")]
    [True, False, False, True]
    """
    return _NOT_OWN_HOME.search(fold(description)) is not None


def requested(description: str) -> bool:
    """Tell whether a private person asked for it by a payment request.

    >>> requested("Tikkie ID 0044, huur november")
    True
    """
    return _REQUESTED.search(fold(description)) is not None
