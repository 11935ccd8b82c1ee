"""What a collector owes a debtor in conduct: when to make contact, what a claim must say (Wki, Bki)."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from psd2_affordability.core.duties import Check
from psd2_affordability.core.errors import UnknownName
from psd2_affordability.jurisdictions.nl.days import good_friday, holiday, sunday
from psd2_affordability.rulebook.lookup import RulesOn

_RULE = "nl.incassodienstverlening"

# What the written description of a claim contains: field, article, what it is.
DESCRIPTION = (
    ("debtor_name", "3.1 lid 2 onder a Bki", "name of the debtor"),
    ("debtor_address", "3.1 lid 2 onder a Bki", "address and town of the debtor"),
    ("agency_name", "3.1 lid 2 onder b Bki; 11 Wki", "registered name of the collector"),
    ("agency_address", "3.1 lid 2 onder b Bki", "address and town of the collector"),
    ("agency_kvk", "3.1 lid 2 onder b Bki", "KvK number of the collector"),
    ("agency_registration", "11 Wki", "registration mark of the collector"),
    ("creditor_name", "3.1 lid 2 onder c Bki", "name of the creditor"),
    ("creditor_address", "3.1 lid 2 onder c Bki", "address of the creditor"),
    ("title", "3.1 lid 2 onder d Bki", "object and title of the obligation to pay"),
    ("payment_term", "3.1 lid 2 onder e Bki", "term to pay"),
    ("extended_term", "3.1 lid 2 onder e Bki", "extended term to pay"),
    ("invoice_date", "3.1 lid 2 onder f Bki", "date of the invoice"),
    ("invoice_number", "3.1 lid 2 onder f Bki", "number of the invoice"),
    ("principal", "3.1 lid 3 onder a Bki", "principal"),
    ("total", "3.1 lid 3 onder a Bki", "total"),
    ("interest", "3.1 lid 3 onder b Bki", "amount of interest"),
    ("interest_rate", "3.1 lid 3 onder b Bki", "rates of interest"),
    ("interest_period", "3.1 lid 3 onder b Bki", "periods of the interest"),
    ("interest_basis", "3.1 lid 3 onder b Bki", "ground of the interest"),
    ("costs", "3.1 lid 3 onder c Bki", "amount of the collection costs"),
)
WITH_VAT = (
    ("vat", "3.1 lid 3 onder d Bki", "amount of VAT"),
    ("vat_rate", "3.1 lid 3 onder d Bki", "rate of VAT"),
)


def check_contact(rules: RulesOn, at: datetime) -> tuple[Check, ...]:
    """Tell for each limit whether contact at a moment, Dutch local time, keeps it."""
    opens, closes = (time(rules.count(_RULE, name)) for name in ("contact_from", "contact_until"))
    name, day = holiday(at.date()), at.date()
    wait = f"; wait until {_next_moment(at, opens, closes):%Y-%m-%d %H:%M}"
    in_hours = opens <= at.time() < closes
    checks = [
        Check(
            "contact.hours",
            "4.2 lid 1 Bki",
            f"no contact between {closes:%H:%M} and {opens:%H:%M}" + ("" if in_hours else wait),
            in_hours,
        ),
        Check(
            "contact.sunday", "4.2 lid 2 Bki", "no contact on a Sunday" + wait * sunday(day), not sunday(day)
        ),
        Check(
            "contact.holiday",
            "4.2 lid 2 Bki; 3 lid 1 Algemene termijnenwet",
            f"no contact on a recognised holiday ({name}){wait}" if name else "no contact on a holiday",
            not name,
        ),
    ]
    if good_friday(day):
        says = "Good Friday is a holiday for terms; whether contact is barred is not settled, so better wait"
        checks.append(Check("contact.good_friday", "3 lid 2 Algemene termijnenwet", says, None))
    return tuple(checks)


def check_description(rules: RulesOn, given: Collection[str], *, vat: bool) -> tuple[Check, ...]:
    """Tell for each field that the description of a claim must have whether it is there.

    Args:
        rules: of the day.
        given: names of the fields that the description has.
        vat: whether VAT is asked for, so that it must be specified.

    Raises:
        UnknownName: a field that is in no list.
    """
    rules.require(_RULE)
    known = {field for field, _, _ in (*DESCRIPTION, *WITH_VAT)}
    for field in given:
        if field not in known:
            raise UnknownName.among("field of a claim", field, sorted(known))
    wanted = (*DESCRIPTION, *WITH_VAT) if vat else DESCRIPTION
    return tuple(
        Check(f"claim.{field}", article, f"must state: {says}", field in given)
        for field, article, says in wanted
    )


def _next_moment(at: datetime, opens: time, closes: time) -> datetime:
    """Return the moment itself when contact is allowed, else the next opening hour."""
    if opens <= at.time() < closes and not _closed(at):
        return at
    moment = at.replace(hour=opens.hour, minute=0, second=0, microsecond=0)
    while moment < at or _closed(moment):
        moment += timedelta(days=1)
    return moment


def _closed(at: datetime) -> bool:
    return sunday(at.date()) or bool(holiday(at.date())) or good_friday(at.date())
