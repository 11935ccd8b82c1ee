"""Reads a household file strictly: what it does not say stays unknown, what it says wrongly is refused."""

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

from psd2_affordability.assess.household import AccountShare, Household, HouseholdType, Housing, Person
from psd2_affordability.assess.kinds import MAY_STOP
from psd2_affordability.core.dates import whole_years
from psd2_affordability.core.errors import HouseholdError
from psd2_affordability.core.iban import compact, is_iban
from psd2_affordability.core.money import Money
from psd2_affordability.core.toml_table import Table, parse_table
from psd2_affordability.service.clock import SystemClock

_HOUSING_KINDS = ("rent", "owner", "other")
_ADULT_AGE, _MOST_ADULTS = 18, 2
#: Shares in a joint property are equal unless agreed otherwise (art. 3:166 lid 2 BW).
JOINT_SHARE = Fraction(1, 2)
CHOOSE_COST = f"Choose from: {', '.join(sorted(MAY_STOP))}"
_SHARE = re.compile(r"[01](\.[0-9]{1,6})?|[0-9]{1,3}/[1-9][0-9]{0,2}", re.ASCII)


def parse_household(content: bytes, where: str, on: date | None = None) -> Household:
    """Read a household file.

    Args:
        content: the bytes of the TOML file.
        where: its name, for messages.
        on: the day that nobody can be born after; today when absent.

    Raises:
        HouseholdError: naming the file, the key and what is allowed there.
    """
    today = on or SystemClock().today()
    top = parse_table(content, where, HouseholdError)
    household = Household(
        type=top.maybe("type", _household_type),
        own_ibans=top.maybe("own_ibans", _ibans) or (),
        accounts=_accounts(top),
        persons=tuple(_person(one, today) for one in top.tables("person", optional=True)),
        children=tuple(_born(one, today) for one in top.tables("child", optional=True)),
        housing=_housing(top.table("housing", optional=True)),
        debts=_debts(top.table("debts", optional=True)),
        working_adults=top.maybe("working_adults", _working),
        free_of=top.maybe("free_of", _free_of) or (),
    )
    top.done()
    _check_type(household, top, today)
    return household


def read_household(path: Path, on: date | None = None) -> Household:
    """Read a household file from disk.

    Raises:
        HouseholdError: the file is not there, or is not as it should be.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise HouseholdError(
            f"cannot be read: {error.strerror}", where=str(path), do="Give the path of a household file"
        ) from error
    return parse_household(content, str(path), on)


def _household_type(table: Table, key: str) -> HouseholdType:
    return table.choice(key, HouseholdType)


def _ibans(table: Table, key: str) -> tuple[str, ...]:
    given = table.texts(key)
    for text in given:
        if not is_iban(text):
            raise table.fault(key, "holds something that is not an IBAN", "Check the number")
    return tuple(map(compact, given))


def stated_share(text: str) -> Fraction | None:
    """Read a part of a whole; None when it is none.

    >>> stated_share("0.5"), stated_share("1/3"), stated_share("3/2")
    (Fraction(1, 2), Fraction(1, 3), None)
    """
    share = Fraction(text) if _SHARE.fullmatch(text) else None
    return share if share is not None and share <= 1 else None


def _accounts(top: Table) -> tuple[AccountShare, ...]:
    shares: dict[str, AccountShare] = {}
    for table in top.tables("account", optional=True):
        iban = table.text("iban")
        if not is_iban(iban):
            raise table.fault("iban", "is not an IBAN", "Check the number")
        if compact(iban) in shares:
            raise table.fault("iban", "is given twice", "Give each account once")
        joint, given = table.flag("joint", default=False), table.maybe("share", Table.value)
        if given is None and not joint:
            raise table.fault("share", "is missing", 'Give a share such as 0.5 or "1/2", or joint = true')
        share = JOINT_SHARE if given is None else stated_share(str(given))
        if share is None:
            raise table.fault("share", "is no share", 'Give a number from 0 to 1, or a text such as "1/3"')
        shares[compact(iban)] = AccountShare(compact(iban), share)
    return tuple(shares.values())


def _working(table: Table, key: str) -> int:
    return table.whole(key, low=0, high=_MOST_ADULTS)


def no_cost_among(codes: Iterable[str]) -> str | None:
    """Return the first of some leaf codes that a household cannot be free of; None when there is none.

    >>> no_cost_among(["wonen.huur", "huishouden.horeca"])
    'huishouden.horeca'
    """
    return next((code for code in codes if code not in MAY_STOP), None)


def is_minor(born: date, today: date) -> bool:
    """Whether somebody is a child by law, under eighteen."""
    return whole_years(born, today) < _ADULT_AGE


def _free_of(table: Table, key: str) -> tuple[str, ...]:
    codes = table.texts(key)
    if (other := no_cost_among(codes)) is not None:
        raise table.fault(key, f"cannot hold '{other}'", CHOOSE_COST)
    return tuple(codes)


def _person(table: Table, today: date) -> Person:
    return Person(
        _born(table, today) if table.has("birth_date") else None,
        table.maybe("taxable_income_year", Table.amount),
        table.maybe("taxable_income_month", Table.amount),
    )


def _housing(table: Table) -> Housing:
    return Housing(
        kind=table.choice("kind", _HOUSING_KINDS, ""),
        rent_month=table.maybe("rent_month", Table.amount),
        service_costs_month=table.maybe("service_costs_month", Table.amount),
        registered_address=table.maybe("registered_address", Table.flag),
        own_home=table.maybe("own_home", Table.flag),
    )


def _debts(table: Table) -> tuple[tuple[str, Money], ...]:
    return tuple((name, table.amount(name)) for name in table.names())


def _born(table: Table, today: date) -> date:
    born = table.day("birth_date")
    if born > today:
        raise table.fault("birth_date", f"is {born}, after {today}")
    return born


def _check_type(household: Household, top: Table, today: date) -> None:
    most = _MOST_ADULTS if household.type is None or household.type.has_partner else 1
    if (household.working_adults or 0) > most:
        raise top.fault(
            "working_adults", f"is {household.working_adults}", f"This household has {most} at most"
        )
    if len(household.persons) > most:
        raise top.fault(
            "person", f"is given {len(household.persons)} times", f"This household has {most} at most"
        )
    minors = any(is_minor(born, today) for born in household.children)
    if minors and household.type is not None and not household.type.has_children:
        raise top.fault(
            "type",
            f"is '{household.type.value}', but a child under {_ADULT_AGE} is listed",
            "Use single_parent or couple_with_children",
        )
