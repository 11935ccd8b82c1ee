"""The routes of the interface; each asks one use case and writes its answer."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile

import psd2_affordability
from psd2_affordability.api import correction_models, models
from psd2_affordability.api.questions import CaseAsked, TypedEuros
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.assess.results import PARTS
from psd2_affordability.core.errors import AffordabilityError, UsageError
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.nl.parameters import Parameters
from psd2_affordability.service import connect_bank, corrections
from psd2_affordability.service.assess_case import Question
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.household_file import parse_household
from psd2_affordability.service.household_told import tell_household
from psd2_affordability.service.purposes import standing
from psd2_affordability.service.reading import names_of
from psd2_affordability.service.receivers import shown
from psd2_affordability.service.supplied import obligation_of, supplied_text
from psd2_affordability.service.typed import typed_euros
from psd2_affordability.store.consents import Consent

ASSESSMENT = {"$ref": "#/components/schemas/Assessment"}
_GIVES_ASSESSMENT: dict[int | str, dict[str, Any]] = {
    200: {"description": "The assessment", "content": {"application/json": {"schema": ASSESSMENT}}}
}

_SHOWN_TO = "what for; bounds which parts are given, and what of them is shown"

health = APIRouter(tags=["health"])
consents = APIRouter(prefix="/consents", tags=["consents"])
answers = APIRouter(tags=["answers"])


def _product(request: Request) -> Product:
    wired: Product = request.app.state.product
    return wired


Wired = Annotated[Product, Depends(_product)]


@health.get("/health")
def is_well() -> models.Health:
    """Say that it runs."""
    return models.Health(status="ok", version=psd2_affordability.__version__)


@consents.post("", status_code=201)
def begin_consent(request: Request, wired: Wired, body: models.ConsentRequest) -> models.ConsentStarted:
    """Begin a consent: answers with the bank's page to send the person to."""
    started = connect_bank.begin_consent(
        wired,
        body.subject,
        body.bank,
        body.purpose,
        redirect_uri=str(request.url_for("complete_consent")),
        psu_ip=body.psu_ip or _address(request),
        options={"aspsp": body.aspsp} if body.aspsp else {},
    )
    return models.ConsentStarted(**asdict(started))


@consents.get("/callback")
def complete_consent(request: Request, wired: Wired, state: str) -> models.Brought:
    """Take the person back from the bank, and fetch everything at once."""
    del state  # named so that the description of the interface asks for it; read with all the rest
    answer = connect_bank.answer_of(request.query_params.multi_items())
    return _brought(wired, connect_bank.complete_consent(wired, answer, psu_ip=_address(request)))


@consents.get("")
def list_consents(wired: Wired, subject: str = "") -> list[models.Consent]:
    """List the consents, of one case or all, newest first."""
    return [_consent(wired, each) for each in wired.store.consents.list(subject)]


@consents.get("/{consent}")
def show_consent(wired: Wired, consent: str) -> models.Consent:
    """Show one consent."""
    return _consent(wired, wired.store.consents.show(consent))


@consents.post("/{consent}/refresh")
def refresh_consent(wired: Wired, consent: str) -> models.Brought:
    """Fetch what is new, without the person there: counts against the bank's calls a day."""
    return _brought(wired, connect_bank.refresh_consent(wired, consent))


@consents.delete("/{consent}")
def withdraw_consent(wired: Wired, consent: str) -> models.Withdrawn:
    """End a consent, here at once and at the bank if it can be reached."""
    trouble = connect_bank.withdraw_consent(wired, consent, via="operator")
    shown = _consent(wired, wired.store.consents.show(consent))
    return models.Withdrawn(consent=shown, bank_problem=_problem(trouble) if trouble else None)


@answers.post("/assess", responses=_GIVES_ASSESSMENT)
def assess_rows(wired: Wired, body: models.AssessRequest) -> Response:
    """Answer from transactions in the call; nothing is kept."""
    return _json(shown.show_received(wired, body.received(), body.question(), body.purpose))


@dataclass(frozen=True, slots=True)
class _NewCredit:
    """A new obligation, and the amounts of the lending norm."""

    obligation: Obligation | None = None
    leennorm: Parameters | None = None


_NO_NEW_CREDIT = _NewCredit()


def _new_credit(
    obligation: Annotated[TypedEuros, Form(description="a new obligation, euros a month")] = "",
    months: Annotated[int | None, Form(ge=1, le=600, description="how long the obligation lasts")] = None,
    leennorm: Annotated[str, Form(description="amounts of the lending norm (TOML)", max_length=20_000)] = "",
) -> _NewCredit:
    """Read the obligation that a form asks about."""
    return _NewCredit(obligation_of(typed_euros(obligation, "obligation"), months), supplied_text(leennorm))


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a creditor wants back, and how far it got."""

    total_debt: Money | None = None
    title_served: bool = False
    proposal: Money | None = None
    protection_used: Money = ZERO
    vtlb: Parameters | None = None


_NO_CLAIM = _Claim()


def _claim(
    total_debt: Annotated[TypedEuros, Form()] = "",
    title_served: Annotated[bool, Form(description="the bailiff has served the title already")] = False,
    proposal: Annotated[TypedEuros, Form(description="a monthly payment to test")] = "",
    protection_used: Annotated[
        TypedEuros, Form(description="what an earlier seizure this month has left already")
    ] = "",
    vtlb: Annotated[
        str, Form(description="amounts of the vtlb, the floor of a plan (TOML)", max_length=20_000)
    ] = "",
) -> _Claim:
    """Read what a form says of a creditor's claim."""
    used = typed_euros(protection_used, "protection_used") or ZERO
    return _Claim(
        typed_euros(total_debt, "total_debt"),
        title_served,
        typed_euros(proposal, "proposal"),
        used,
        supplied_text(vtlb),
    )


def _asked(
    on: Annotated[date, Form(description="the day the answer is for")],
    household: Annotated[str, Form(description="a household file (TOML)")] = "",
    parts: Annotated[list[models.Part] | None, Form(description="which answers; all when left out")] = None,
    claim: Annotated[_Claim, Depends(_claim)] = _NO_CLAIM,
    new_credit: Annotated[_NewCredit, Depends(_new_credit)] = _NO_NEW_CREDIT,
) -> Question:
    """Read what a form asks about statement files."""
    return Question(
        on=on,
        household=parse_household(household.encode(), "household", on),
        parts=frozenset(parts or PARTS),
        total_debt=claim.total_debt,
        title_served=claim.title_served,
        proposal=claim.proposal,
        protection_used=claim.protection_used,
        obligation=new_credit.obligation,
        leennorm=new_credit.leennorm,
        vtlb=claim.vtlb,
    )


@answers.post("/assess/files", responses=_GIVES_ASSESSMENT)
def assess_files(
    wired: Wired,
    files: Annotated[list[UploadFile], File(description="statement files, or archives of them")],
    question: Annotated[Question, Depends(_asked)],
    purpose: Annotated[str, Form(description=_SHOWN_TO)] = shown.WHOLE,
) -> Response:
    """Answer from statement files; nothing is kept."""
    names = names_of([file.filename or "" for file in files])
    contents = [(name, file.file.read()) for name, file in zip(names, files, strict=True)]
    return _json(shown.show_files(wired, contents, question, purpose))


@answers.get("/cases")
def list_cases(wired: Wired) -> list[models.CaseLine]:
    """List the cases that are kept."""
    return [models.CaseLine(**asdict(case)) for case in wired.store.cases.list()]


@answers.get("/cases/{subject}/assessment", responses=_GIVES_ASSESSMENT)
def assess_case_for(wired: Wired, subject: str, asked: Annotated[CaseAsked, Query()]) -> Response:
    """Answer from what is kept of a case, for a purpose that the person consented to.

    The ETag names the whole answer, which is kept with what was asked.
    """
    return _json(shown.show_case(wired, subject, asked.purpose, asked.question(wired, subject)))


ShownFor = Annotated[str, Query(description="what for; what its answers do not show is not there")]


@answers.put("/cases/{subject}/household", status_code=204)
def set_household(wired: Wired, subject: str, body: models.Household, purpose: ShownFor) -> None:
    """Keep what is known of the household of a case, in the place of what was.

    What the purpose does not show cannot be told for it, and stays as it was kept.
    """
    tell_household(wired, subject, body.read(), purpose)


@answers.get("/cases/{subject}/corrections")
def list_corrections(wired: Wired, subject: str, purpose: ShownFor) -> correction_models.History:
    """List what people corrected in a case, and the rules from it; undone and ended ones too."""
    found = corrections.history(wired, subject, purpose)
    return correction_models.History(
        corrections=[correction_models.KeptCorrection(**each) for each in found["corrections"]],
        rules=[correction_models.RuleShown(**asdict(each)) for each in found["rules"]],
    )


@answers.post("/cases/{subject}/corrections", status_code=201)
def correct_row(
    wired: Wired, subject: str, body: correction_models.CorrectionRequest, purpose: ShownFor
) -> correction_models.Corrected:
    """Say what one transaction is; a rule that follows from it does nothing until it is accepted."""
    said = corrections.Said(body.category, body.reason, body.by, body.rule)
    return correction_models.Corrected(
        **asdict(corrections.correct(wired, subject, body.tx, said, purpose=purpose))
    )


@answers.delete("/cases/{subject}/corrections/{key}")
def undo_correction(wired: Wired, subject: str, key: str, purpose: ShownFor) -> correction_models.Undone:
    """Take back a correction with the rules that rest on it, or a rule."""
    return correction_models.Undone(undone=list(corrections.undo(wired, subject, key, purpose=purpose)))


@answers.post("/cases/{subject}/corrections/{rule}/accept")
def accept_rule(
    wired: Wired, subject: str, rule: str, body: correction_models.RuleAccepted, purpose: ShownFor
) -> correction_models.RuleShown:
    """Let a proposed rule hold: from today on, or from the day that is named."""
    accepted = corrections.accept_rule(wired, subject, rule, body.since, purpose=purpose)
    return correction_models.RuleShown(**asdict(accepted))


@answers.delete("/cases/{subject}", status_code=204)
def erase_case(wired: Wired, subject: str) -> None:
    """Erase everything of a case; consents that stand are ended at the bank first."""
    connect_bank.erase_case(wired, subject)


def _json(answer: shown.Shown) -> Response:
    headers = {"ETag": f'"{answer.sha256}"'} if answer.sha256 else {}
    return Response(answer.json(), media_type="application/json", headers=headers)


def _address(request: Request) -> str:
    if request.client is None:
        raise UsageError("the caller has no network address", do="Give psu_ip")
    return request.client.host


def _consent(wired: Product, consent: Consent) -> models.Consent:
    shown = {name: getattr(consent, name) for name in models.Consent.model_fields}
    return models.Consent(**shown | {"status": standing(consent, wired.clock.today())})


def _brought(wired: Product, brought: connect_bank.Brought) -> models.Brought:
    kept = brought.kept
    return models.Brought(
        consent=_consent(wired, brought.consent),
        new=kept.new,
        same=kept.same,
        pending=kept.pending,
        problems=[_problem(each) for each in brought.problems],
    )


def _problem(error: AffordabilityError) -> models.Problem:
    return models.Problem(code=error.code, detail=str(error))
