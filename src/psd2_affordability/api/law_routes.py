"""The law over HTTP: one question on one day, and the dated rules behind the answers."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from psd2_affordability.api.routes import Wired
from psd2_affordability.service import law_query, rules_view
from psd2_affordability.service.wire import to_json

On = Annotated[date | None, Query(description="the day asked; today when left out", examples=["2026-07-01"])]

law = APIRouter(prefix="/law", tags=["law"])
rules = APIRouter(prefix="/rules", tags=["law"])


def _described() -> dict[str, Any]:
    """Name every input in the OpenAPI document; which of them a question uses, `GET /law` says."""
    names = sorted({str(name) for each in law_query.questions() for name in _list(each["inputs"])})
    schema = {"type": "array", "items": {"type": "string"}}
    return {"parameters": [{"name": name, "in": "query", "schema": schema} for name in names]}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


@law.get("")
def list_questions() -> Response:
    """List the questions of law with their inputs."""
    return _json(law_query.questions())


@law.get("/{question}", openapi_extra=_described())
def answer_question(request: Request, wired: Wired, question: str, on: On = None) -> Response:
    """Answer a question with every step and its article; what is not known has status `unknown`."""
    words = [(name, value) for name, value in request.query_params.multi_items() if name != "on"]
    return _json(law_query.ask(wired.rulebook, question, on or wired.clock.today(), words))


@rules.get("")
def list_rules(wired: Wired, on: On = None) -> Response:
    """List the rules; with a day, those that give something for it."""
    return _json(rules_view.list_rules(wired.rulebook, on))


@rules.get("/{rule}")
def show_rule(
    wired: Wired,
    rule: str,
    on: On = None,
    where: Annotated[
        list[str] | None, Query(description="only figures with this key", examples=["type=single"])
    ] = None,
) -> Response:
    """Show one rule: its figures by date, each version with its source and grade."""
    chosen = rules_view.parse_where(where or [])
    return _json(rules_view.show_rule(wired.rulebook, rule, on, chosen))


def _json(shape: object) -> Response:
    return Response(to_json(shape), media_type="application/json")
