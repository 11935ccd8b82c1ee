"""The JSON interface as an application."""

import json
from typing import Any

from fastapi import FastAPI

import psd2_affordability
from psd2_affordability.api import (
    decision_routes,
    explain_routes,
    law_routes,
    problems,
    report_routes,
    routes,
)
from psd2_affordability.api.guard import Guard
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.explaining import Explained
from psd2_affordability.service.reproduce import Reproduced
from psd2_affordability.service.schema import assessment_schema
from psd2_affordability.service.wire import schema_of

_ABOUT = """Consented bank data in, honest answers out: what a person can repay, whether a seizure would
work, whether a new obligation is bearable, and the first signs of new debt.

Money is a string with two decimals, days are ISO 8601, and every error is a problem document
(RFC 9457) with a stable `code`."""


def create_api(product: Product) -> FastAPI:
    """Make the interface over a wired product."""
    app = FastAPI(
        title="psd2-affordability",
        version=psd2_affordability.__version__,
        description=_ABOUT,
        # FastAPI's own pages load scripts from elsewhere, which the pages here forbid: they have one instead
        docs_url=None,
        redoc_url=None,
        responses={"default": {"description": "A problem", "content": {problems.MEDIA_TYPE: _PROBLEM}}},
    )
    app.state.product = product
    for router in (
        routes.health,
        routes.consents,
        routes.answers,
        decision_routes.decisions,
        report_routes.reports,
        explain_routes.explaining,
        law_routes.law,
        law_routes.rules,
    ):
        app.include_router(router)
    problems.add_to(app)
    app.add_middleware(Guard, token=product.settings.api_token)
    _describe(app)
    return app


#: Results besides the assessment.
_ALSO = (Explained, Reproduced)
_PROBLEM = {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}


def _describe(app: FastAPI) -> None:
    """Put the schemas of the results into the OpenAPI document."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = described()
            schemas = document["components"]["schemas"]
            for schema in (assessment_schema(), *(schema_of(each, title=each.__name__) for each in _ALSO)):
                text = json.dumps(schema["$defs"])
                schemas |= json.loads(text.replace("#/$defs/", "#/components/schemas/"))
            schemas["ProblemDocument"] = problems.SCHEMA
            for path in document["paths"].values():
                for operation in path.values():
                    operation["responses"].pop("422", None)  # covered by the default: a problem document
            schemas.pop("HTTPValidationError", None)
            schemas.pop("ValidationError", None)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign] # FastAPI's documented way to extend the document
