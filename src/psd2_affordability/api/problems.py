"""Errors as RFC 9457 problem details: the same stable code here, on the command line and in the log."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from psd2_affordability.core.errors import AffordabilityError, RateLimited
from psd2_affordability.service.statuses import http_status

_log = logging.getLogger(__name__)

#: In the pattern of a field for money.
_CENTS = r"\.[0-9]{2}"
MEDIA_TYPE = "application/problem+json"

_HTTP_CODES = {401: "usage.not_allowed", 404: "usage.not_found", 405: "usage.method", 413: "usage.too_large"}

SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "A problem (RFC 9457). Programs key on `code`; people read `title` and `detail`.",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:psd2-affordability:problem:usage.unknown_name"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "examples": ["usage.unknown_name", "bank.rate_limited"]},
        "detail": {"type": "string", "description": "what is wrong, where, and what to do about it"},
        "errors": {
            "type": "array",
            "description": "each part of the request that is not as it should be",
            "items": {
                "type": "object",
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
                "required": ["where", "what"],
            },
        },
    },
}


def problem(
    status: int,
    code: str,
    title: str,
    detail: str = "",
    *,
    headers: dict[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """Write a problem document."""
    content = {
        "type": f"urn:psd2-affordability:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
    }
    if detail:
        content["detail"] = detail
    return JSONResponse(content | more, status, media_type=MEDIA_TYPE, headers=headers)


def add_to(app: FastAPI) -> None:
    """Let an application answer every error with a problem document."""
    app.add_exception_handler(AffordabilityError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def _ours(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AffordabilityError)  # noqa: S101 - registered for this kind alone
    headers = None
    if isinstance(error, RateLimited) and error.retry_after_s is not None:
        headers = {"Retry-After": str(error.retry_after_s)}
    title = (type(error).__doc__ or "").split("\n", 1)[0].split(";")[0].rstrip(".")
    return problem(http_status(error.code), error.code, title, str(error), headers=headers)


def _invalid(_request: Request, error: Exception) -> JSONResponse:
    """Name what is wrong without repeating the values: they may be somebody's data."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this kind alone
    errors = [
        {"where": ".".join(str(step) for step in fault["loc"]), "what": _what(fault)}
        for fault in error.errors()
    ]
    return problem(422, "usage.request", "The request is not as described", errors=errors)


def _what(fault: Mapping[str, Any]) -> str:
    """Say what a field should be; a pattern that asks for cents is one for money."""
    pattern = str(fault.get("ctx", {}).get("pattern", ""))
    return "This should be an amount such as 75.00" if _CENTS in pattern else str(fault["msg"])


def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this kind alone
    code = _HTTP_CODES.get(error.status_code, "usage")
    headers = dict(error.headers) if error.headers else None
    return problem(error.status_code, code, str(error.detail), headers=headers)


def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    _log.error("a fault of ours at %s", request.url.path, exc_info=error)
    return problem(500, "error", "A fault of ours", "It is in the log; the data were not changed")
