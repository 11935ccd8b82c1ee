"""The form on the page of a case: who lives there, what the rent is, what they earn, and what has ended."""

from dataclasses import replace
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.assess.kinds import MAY_STOP, OWED, REPAID
from psd2_affordability.core.errors import UnknownName, UsageError
from psd2_affordability.core.money import Money
from psd2_affordability.service.assess_case import keep_household, kept_household
from psd2_affordability.service.household_file import no_cost_among
from psd2_affordability.service.household_text import household_text
from psd2_affordability.service.typed import typed_euros
from psd2_affordability.web.page import forms, wired

#: What can be told to have ended: what nobody can do without, or is owed by contract, and what is repaid.
MAY_HAVE_ENDED = {"costs": sorted(OWED), "debts": sorted(REPAID)}

routes = APIRouter(prefix="/cases/{subject}")

_NOBODY = Person()


class Filled(BaseModel):
    """The form as it was filled in; what is left empty is not known.

    A box that is not ticked is not sent: `ended_shown` tells that there were boxes, and none was ticked.
    """

    token: str = Field(max_length=300)
    type: str = Field("", max_length=40)
    rent: str = Field("", max_length=40)
    income: str = Field("", max_length=40)
    partner_income: str = Field("", max_length=40)
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
    told = _told(kept_household(product, subject), filled)
    keep_household(product, subject, household_text(told))
    return RedirectResponse(f"/cases/{quote(subject, safe='')}?{request.url.query}", 303)


def _told(known: Household, filled: Filled) -> Household:
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
    alone = kind is not None and not kind.has_partner
    return replace(
        known,
        type=kind,
        housing=_housing(known.housing, typed_euros(filled.rent, "rent")),
        persons=_persons(known.persons, incomes, alone=alone),
        working_adults=min(known.working_adults, 1)
        if alone and known.working_adults
        else known.working_adults,
        free_of=_free_of(filled) if filled.ended_shown else known.free_of,
    )


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
