"""The form on the page of a case: who lives there, what the rent is, what they earn, and what has ended."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import zip_longest
from typing import Annotated, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from psd2_affordability.assess.household import AccountShare, Household, HouseholdType, Housing, Person
from psd2_affordability.assess.kinds import MAY_STOP, OWED, REPAID
from psd2_affordability.core.dates import iso_day
from psd2_affordability.core.errors import UnknownName, UsageError
from psd2_affordability.core.iban import compact, is_iban, masked
from psd2_affordability.core.money import Money
from psd2_affordability.service.assess_case import keep_household, kept_household
from psd2_affordability.service.household_file import JOINT_SHARE, is_minor, no_cost_among, stated_share
from psd2_affordability.service.household_text import household_text
from psd2_affordability.service.typed import typed_euros
from psd2_affordability.web.page import forms, wired

#: What can be told to have ended: what nobody can do without, or is owed by contract, and what is repaid.
MAY_HAVE_ENDED = {"costs": sorted(OWED), "debts": sorted(REPAID)}

#: Which part of an account can be chosen beside all of it; a half is a joint account of two people.
_SHARES = (JOINT_SHARE, Fraction(1, 3), Fraction(1, 4), Fraction(0))
#: So many children can be added at a time, and so many children and accounts a form can have.
_MORE_CHILDREN, _MOST = 3, 30
_BIRTH_DATE = "birth date of a child"
#: Which field answers a question, by its code; the debt is asked for above the answers.
_ANSWERED_BY = {
    "household.not_given": "type",
    "household.type_unknown": "type",
    "credit.household_unknown": "type",
    "ask.household_type": "type",
    "ask.bare_rent": "rent",
    "ask.taxable_income": "own-income",
    "ask.taxable_income_again": "own-income",
    "ask.assessment_income": "own-income",
    "ask.assessment_incomes": "own-income",
    "ask.partner_income": "partner-income",
    "ask.total_debt": "debt",
    "ask.claim": "debt",
}
#: The same of the fields that only who reads the whole case is shown.
_ANSWERED_BY_ALL = {
    "ask.children": "child-1",
    "children.not_given": "child-1",
    "ask.joint_account": "shares",
    "ask.still_due": "ended",
    "ask.paid_off": "ended",
}

routes = APIRouter(prefix="/cases/{subject}")

_NOBODY = Person()


class Shared(NamedTuple):
    """An account of the case in the form.

    Attributes:
        iban: the account.
        name: as it is shown.
        share: the part that is kept, empty when all of it counts.
        choices: the parts that can be chosen.
    """

    iban: str
    name: str
    share: str
    choices: tuple[str, ...]


def accounts_in_form(household: Household, accounts: Collection[str]) -> tuple[Shared, ...]:
    """Return the accounts of a case of which a part can be told: those in the data, and those kept."""
    kept = {one.iban: one.share for one in household.accounts}
    ibans = dict.fromkeys([*sorted(compact(each) for each in accounts if is_iban(each)), *kept])
    return tuple(_shared(iban, kept.get(iban)) for iban in ibans)


def _shared(iban: str, share: Fraction | None) -> Shared:
    choices = dict.fromkeys([*_SHARES, *([] if share is None else [share])])
    kept = "" if share is None else str(share)
    return Shared(iban, masked(iban), kept, tuple(map(str, choices)))


def children_in_form(household: Household) -> tuple[date | None, ...]:
    """Return the birth dates of the children that are known, and room for more."""
    return (*household.children, *[None] * _MORE_CHILDREN)


def answered_by(*, everything: bool, accounts: bool) -> dict[str, str]:
    """Return which field answers which question.

    Args:
        everything: the fields for who reads the whole case are there.
        accounts: there is an account of which a part can be told.
    """
    found = _ANSWERED_BY | (_ANSWERED_BY_ALL if everything else {})
    return {code: field for code, field in found.items() if accounts or field != "shares"}


class Filled(BaseModel):
    """The form as it was filled in; what is left empty is not known.

    A box that is not ticked is not sent: `ended_shown` tells that there were boxes, and none was ticked.
    So does `children_shown` of birth dates, and the accounts are named beside their shares.
    """

    token: str = Field(max_length=300)
    type: str = Field("", max_length=40)
    rent: str = Field("", max_length=40)
    income: str = Field("", max_length=40)
    partner_income: str = Field("", max_length=40)
    children_shown: str = Field("", max_length=1)
    child: list[Annotated[str, Field(max_length=10)]] = Field([], max_length=_MOST)
    account: list[Annotated[str, Field(max_length=34)]] = Field([], max_length=_MOST)
    share: list[Annotated[str, Field(max_length=10)]] = Field([], max_length=_MOST)
    ended_shown: str = Field("", max_length=1)
    free_of: list[Annotated[str, Field(max_length=60)]] = Field([], max_length=len(MAY_STOP))


@routes.post("/household")
def write(
    request: Request,
    subject: str,
    filled: Annotated[Filled, Form()],
) -> Response:
    """Keep what is known of the household; what it does not ask stays, as does the question above it."""
    forms(request).check(request, filled.token)
    product = wired(request)
    told = _told(kept_household(product, subject), filled, product.clock.today())
    keep_household(product, subject, household_text(told))
    return RedirectResponse(f"/cases/{quote(subject, safe='')}?{request.url.query}", 303)


def _told(known: Household, filled: Filled, today: date) -> Household:
    if filled.type and filled.type not in list(HouseholdType):
        raise UnknownName.among("household type", filled.type, list(HouseholdType))
    kind = HouseholdType(filled.type) if filled.type else None
    incomes = (
        typed_euros(filled.income, "taxable income"),
        typed_euros(filled.partner_income, "income of the partner"),
    )
    if kind is not None and not kind.has_partner and incomes[1] is not None:
        raise UsageError(
            "a household of one adult has no income of a partner",
            do="Choose two adults, or leave that income empty",
        )
    children = _children(filled.child, today) if filled.children_shown else known.children
    if kind is not None and not kind.has_children and any(is_minor(born, today) for born in children):
        raise UsageError(
            "a household without children has no child under 18",
            do="Choose a household with children, or leave the birth date empty",
        )
    alone = kind is not None and not kind.has_partner
    return replace(
        known,
        type=kind,
        children=children,
        accounts=_accounts(known.accounts, filled),
        housing=_housing(known.housing, typed_euros(filled.rent, "rent")),
        persons=_persons(known.persons, incomes, alone=alone),
        working_adults=min(known.working_adults, 1)
        if alone and known.working_adults
        else known.working_adults,
        free_of=_free_of(filled) if filled.ended_shown else known.free_of,
    )


def _children(filled: Sequence[str], today: date) -> tuple[date, ...]:
    try:
        born = tuple(iso_day(one.strip()) for one in filled if one.strip())
    except ValueError as error:
        raise UsageError(str(error), where=_BIRTH_DATE) from None
    for each in born:
        if each > today:
            raise UsageError(f"{each} is still to come", where=_BIRTH_DATE)
    return born


def _accounts(known: Sequence[AccountShare], filled: Filled) -> tuple[AccountShare, ...]:
    """Return the accounts that count for a part; those that the form did not show stay."""
    shares = {one.iban: one for one in known}
    for given, told in zip_longest(filled.account, filled.share, fillvalue=""):
        iban, share = compact(given), stated_share(told)
        if not is_iban(iban):
            raise UsageError("an account of the form is no IBAN", do="Open the case again")
        shares.pop(iban, None)
        if share is not None:
            shares[iban] = AccountShare(iban, share)
        elif told:
            raise UsageError(
                f"'{told}' is no share", where="share of an account", do="Choose one of the list"
            )
    return tuple(shares.values())


def _free_of(filled: Filled) -> tuple[str, ...]:
    if (other := no_cost_among(filled.free_of)) is not None:
        raise UnknownName.among("cost", other, sorted(MAY_STOP))
    return tuple(sorted(set(filled.free_of)))


def _housing(known: Housing, rent: Money | None) -> Housing:
    if rent == known.rent_month:
        return known
    if rent is not None:
        return replace(known, kind="rent", rent_month=rent)
    return replace(known, kind="" if known.kind == "rent" else known.kind, rent_month=None)


def _persons(
    known: tuple[Person, ...], incomes: tuple[Money | None, Money | None], *, alone: bool
) -> tuple[Person, ...]:
    """Give each adult their income; who is not known at all is not written down."""
    adults = [*known, _NOBODY, _NOBODY][: 1 if alone else 2]
    told = [
        replace(adult, taxable_income_year=income) for adult, income in zip(adults, incomes, strict=False)
    ]
    while told and told[-1] == _NOBODY:
        told.pop()
    return tuple(told)
