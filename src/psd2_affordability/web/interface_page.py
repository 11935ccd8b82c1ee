"""The page that lists the operations of the JSON interface, made from its own OpenAPI document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from psd2_affordability.web.page import page

#: A part of an OpenAPI document.
Described: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is given with a call: in the path, the question or the body."""

    name: str
    kind: str
    needed: bool
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One call.

    Attributes:
        method: such as GET.
        path: from the root of this server.
        says: what it does, in paragraphs.
        fields: what is given with it.
        answers: by status, what comes back.
    """

    method: str
    path: str
    says: list[str]
    fields: list[Field]
    answers: list[tuple[str, str]]


def routes_of(described: Callable[[], Described]) -> APIRouter:
    """Make the route of the page over what gives the OpenAPI document."""
    routes = APIRouter()

    @routes.get("/api/docs")
    def interface(request: Request) -> Response:
        """List every call, by subject."""
        return page(request, "interface.html", subjects=operations_of(described()))

    return routes


def operations_of(document: Described) -> dict[str, list[Operation]]:
    """Read the operations of an OpenAPI document, by subject and in their order."""
    found: dict[str, list[Operation]] = {}
    schemas = document["components"]["schemas"]
    for path, by_method in document["paths"].items():
        for method, one in by_method.items():
            operation = Operation(
                method.upper(),
                f"/api{path}",
                _says(one).split("\n\n"),
                [*_parameters(one), *_body(one, schemas)],
                [(status, _answer(each)) for status, each in one["responses"].items()],
            )
            found.setdefault(one["tags"][0], []).append(operation)
    return found


def _parameters(operation: Described) -> list[Field]:
    return [
        Field(one["name"], _kind(one["schema"]), one.get("required", False), _says(one))
        for one in operation.get("parameters", [])
    ]


def _body(operation: Described, schemas: Described) -> list[Field]:
    """Return the fields of the body, which is always an object with a name."""
    found: list[Field] = []
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = schemas[_named(content["schema"])]
        needed = schema.get("required", [])
        found += [
            Field(name, _kind(one), name in needed, _says(one)) for name, one in schema["properties"].items()
        ]
    return found


def _answer(response: Described) -> str:
    """Say what kind of answer it is: by its schema where that has a name, else by its media type."""
    kinds = [
        _kind(one["schema"]) if media == "application/json" and one.get("schema") else media
        for media, one in response.get("content", {}).items()
    ]
    return ", ".join(kinds)


def _kind(schema: Described) -> str:
    """Say of what kind a value is, in a word or two.

    >>> _kind({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]})
    'date'
    >>> _kind({"type": "array", "items": {"$ref": "#/components/schemas/Row"}})
    'Row[]'
    """
    if "$ref" in schema:
        return _named(schema)
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"] if one.get("type") != "null")
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"{_kind(schema['items'])}[]"
    return str(schema.get("format") or schema.get("const") or schema.get("type", "any"))


def _says(one: Described) -> str:
    """Return the description as plain text."""
    return str(one.get("description", "")).replace("`", "")


def _named(schema: Described) -> str:
    return str(schema["$ref"]).rpartition("/")[2]
