"""The pages as an application: no scripts, nothing from elsewhere, nothing left in a cache."""

import logging
from collections.abc import Callable
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.responses import Response

from psd2_affordability.core.errors import AffordabilityError, UnknownName
from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.statuses import http_status
from psd2_affordability.service.told import told_error
from psd2_affordability.web import (
    case_page,
    correct_page,
    decision_page,
    earlier_page,
    files_page,
    home_page,
    household_form,
    interface_page,
    report_page,
)
from psd2_affordability.web.forms import Forms, OldForm
from psd2_affordability.web.page import language, page
from psd2_affordability.web.show import environment
from psd2_affordability.web.sizes import Sizes

_log = logging.getLogger(__name__)

#: Kinds of errors that the reader is told of in their own words, before what exactly went wrong.
_TOLD = frozenset({"usage", "usage.unknown_name", "input", "bank", "bank.consent_not_valid"})

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def create_web(product: Product, described: Callable[[], interface_page.Described]) -> FastAPI:
    """Make the pages over a wired product, with one for the JSON interface that is described so."""
    app = FastAPI(openapi_url=None)
    app.state.product = product
    app.state.forms = Forms()
    app.state.templates = environment()
    app.include_router(home_page.routes)
    app.include_router(case_page.routes)
    app.include_router(household_form.routes)
    app.include_router(files_page.routes)
    app.include_router(correct_page.routes)
    app.include_router(decision_page.routes)
    app.include_router(report_page.routes)
    app.include_router(earlier_page.routes)
    app.include_router(interface_page.routes_of(described))
    app.add_api_route("/style.css", lambda: _file("style.css", "text/css"))
    app.add_api_route("/icon.svg", lambda: _file("icon.svg", "image/svg+xml"))
    app.add_middleware(Sizes)
    app.add_middleware(BaseHTTPMiddleware, dispatch=_guarded)
    for kind in (AffordabilityError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, _failed)
    return app


def _file(name: str, kind: str) -> Response:
    return Response((files("psd2_affordability.web") / name).read_bytes(), media_type=kind)


async def _guarded(request: Request, call_next: RequestResponseEndpoint) -> Response:
    response = await call_next(request)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _failed(request: Request, error: Exception) -> Response:
    """Show what went wrong and what to do, never how it looks inside."""
    status, says, code = 500, "error.fault", "error"
    more = english = ""
    match error:
        case OldForm():
            status, says, code = 403, "error.old_form", error.code
        case AffordabilityError():
            status, code, says = http_status(error.code), error.code, _kind(error.code)
            more = told_error(error, language(request))
            english = "" if more else str(error)
        case RequestValidationError():
            status, says, code = 422, "error.form", "usage.request"
        case HTTPException(status_code=413):
            status, says, code = 413, "error.too_large", "usage.too_large"
        case HTTPException(status_code=404 | 405):
            status, says, code = error.status_code, "error.missing", "usage.not_found"
        case HTTPException():
            status, says, code = error.status_code, "error.form", "usage.request"
        case _ if request.scope.get("root_path"):
            return Response(status_code=status)  # the mounted interface has answered already
        case _:
            _log.error("a fault of ours at %s", request.url.path, exc_info=error)
    known = not isinstance(error, UnknownName)
    subject = request.path_params.get("subject", "") if known else ""
    return page(
        request,
        "error.html",
        status=status,
        says=says,
        code=code,
        more=more,
        english=english,
        subject=subject,
    )


def _kind(code: str) -> str:
    """Return the text for the nearest kind of error that has one: `error` for those that have none."""
    while code and code not in _TOLD:
        code = code.rpartition(".")[0]
    return f"error.{code}" if code else "error"
