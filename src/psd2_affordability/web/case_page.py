"""The page of a case: answers first, then the figures, what they cannot tell, and the receipt."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from psd2_affordability.assess.explain import Made
from psd2_affordability.assess.household import Household, HouseholdType
from psd2_affordability.assess.results import Assessment
from psd2_affordability.core.answer import Range
from psd2_affordability.core.errors import UnknownName
from psd2_affordability.service.assess_case import kept_household, open_purposes
from psd2_affordability.service.connect_bank import erase_case, withdraw_consent
from psd2_affordability.service.decisions import OUTCOMES, decisions_of
from psd2_affordability.service.explaining import evidence as behind
from psd2_affordability.service.explaining import explain_first
from psd2_affordability.service.purposes import PURPOSES, standing
from psd2_affordability.service.receipts import receipt_number
from psd2_affordability.service.receivers import shown
from psd2_affordability.service.shown_figures import (
    expense_figures,
    income_figures,
    months_with_plan,
    other_costs,
)
from psd2_affordability.service.shown_rows import transactions_of
from psd2_affordability.service.wording import without_signals
from psd2_affordability.web.fields import Filled, day_in
from psd2_affordability.web.household_form import (
    MAY_HAVE_ENDED,
    Shared,
    accounts_in_form,
    answered_by,
    children_in_form,
)
from psd2_affordability.web.page import forms, page, wired
from psd2_affordability.web.report_page import offered
from psd2_affordability.web.show import Evidence, bar, evidence

routes = APIRouter()

Field = Annotated[str, Form(max_length=300)]


@routes.get("/cases/{subject}")
def show_case(
    request: Request,
    subject: str,
    filled: Annotated[Filled, Depends()],
    purpose: str = "",
    on: str = "",
    partial: str = "",
) -> Response:
    """Show the answers that the purpose allows, with everything behind them."""
    product = wired(request)
    today = product.clock.today()
    household = kept_household(product, subject)
    purposes = open_purposes(product, subject)
    consents = [(each, standing(each, today)) for each in product.store.consents.list(subject)]
    shared: dict[str, Any] = {
        "subject": subject,
        "today": today,
        "every_purpose": PURPOSES,
        "banks": product.banks.by_id,
        "purposes": purposes,
        "consents": consents,
        "household": household,
        "may_have_ended": MAY_HAVE_ENDED,
        "household_types": [kind.value for kind in HouseholdType],
        "partial": bool(partial),
        "filled": filled,
    }
    if not purposes:
        return page(request, "closed.html", status=403, **shared)
    question = filled.question(day_in(on, today), household)
    asked = purpose or purposes[0].code
    answer = shown.show_case(product, subject, asked, question)
    found, named = answer.found, answer.asked.names
    made = explain_first(product, answer.behind, question) if answer.behind is not None else ()
    accounts = _accounts(answer, household)
    asks_household = found.room is not None or found.credit_check is not None
    return page(
        request,
        "case.html",
        found=found,
        without_signals=without_signals(found.data_quality),
        asked=asked,
        reports=offered(asked),
        answer=answer.sha256,
        number=receipt_number(found.receipt),
        decided=decisions_of(product, subject, asked) if found.credit_check is not None else (),
        outcomes=OUTCOMES,
        bars=_bars(found),
        named=named,
        plans=answer.asked.plans,
        ahead=months_with_plan(found.room) if found.room is not None else (),
        noted={
            "income": income_figures(found.income) if found.income is not None else (),
            "expenses": expense_figures(found.expenses, named=named) if found.expenses is not None else (),
            "costs": other_costs(found.expenses) if found.expenses is not None else (),
        },
        made=made,
        asks_household=asks_household,
        children=children_in_form(household),
        accounts=accounts,
        answered_by=answered_by(everything=named, accounts=bool(accounts)) if asks_household else {},
        evidence=_evidence(answer, made),
        **shared,
    )


@routes.post("/cases/{subject}/withdraw")
def withdraw(request: Request, subject: str, token: Field, consent: Field) -> Response:
    """End a consent."""
    forms(request).check(request, token)
    product = wired(request)
    if product.store.consents.show(consent).subject != subject:
        raise UnknownName(f"case {subject} has no such consent")
    withdraw_consent(product, consent, via="person")
    return RedirectResponse(f"/cases/{quote(subject, safe='')}", 303)


@routes.post("/cases/{subject}/erase")
def erase(request: Request, subject: str, token: Field) -> Response:
    """Erase everything of a case."""
    forms(request).check(request, token)
    erase_case(wired(request), subject)
    return RedirectResponse("/", 303)


def _accounts(answer: shown.Shown, household: Household) -> tuple[Shared, ...]:
    """Return the accounts of which a part can be told; a receiver is shown none."""
    if answer.behind is None or not answer.asked.names:
        return ()
    return accounts_in_form(household, answer.behind.understood.frame["account"].unique().tolist())


def _evidence(answer: shown.Shown, explained: tuple[Made, ...]) -> dict[str, Evidence]:
    """Return the rows that the answers, and what is explained of them, point at; a receiver sees none."""
    if answer.behind is None:
        return {}
    keys = {*transactions_of(answer.found), *(key for each in explained for key in behind(each))}
    return evidence(answer.behind.understood.frame, keys, texts=answer.asked.keeps_text)


def _bars(found: Assessment) -> dict[str, object]:
    """Place the ranges that are drawn."""
    ranges = {
        "room": found.room.monthly if found.room else None,
        "income": found.income.monthly if found.income else None,
    }
    return {name: bar(each) for name, each in ranges.items() if isinstance(each, Range) and each.high}
