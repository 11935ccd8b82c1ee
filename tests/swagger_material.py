"""A description in Swagger 2.0 written as OpenAPI 3.0, which is what the validator reads."""

import json
from typing import Any

_SCHEMA = ("type", "format", "enum", "items", "default")


def as_openapi(text: str, server: str) -> dict[str, Any]:
    """Write a Swagger description as OpenAPI; security is left out, being checked by tests of its own."""
    old = json.loads(text.replace("#/definitions/", "#/components/schemas/"))
    paths = {
        path: {method: _operation(op) for method, op in operations.items() if method != "parameters"}
        for path, operations in old["paths"].items()
    }
    return {
        "openapi": "3.0.3",
        "info": old["info"],
        "servers": [{"url": server + old.get("basePath", "")}],
        "paths": paths,
        "components": {"schemas": old["definitions"]},
    }


def _operation(old: dict[str, Any]) -> dict[str, Any]:
    # OpenAPI 3 says: a parameter named Content-Type, Accept or Authorization is no parameter.
    given = [each for each in old.get("parameters", []) if each["in"] != "body"]
    body = [each for each in old.get("parameters", []) if each["in"] == "body"]
    new = {
        "parameters": [_parameter(each) for each in given if each["name"] != "Content-Type"],
        "responses": {status: _response(answer) for status, answer in old["responses"].items()},
    }
    if body:
        new["requestBody"] = {"required": True, "content": _json(body[0]["schema"])}
    return new


def _parameter(old: dict[str, Any]) -> dict[str, Any]:
    kept = {name: old[name] for name in ("name", "in", "required", "description") if name in old}
    return kept | {"schema": {name: old[name] for name in _SCHEMA if name in old}}


def _response(old: dict[str, Any]) -> dict[str, Any]:
    return {"description": old["description"]} | (
        {"content": _json(old["schema"])} if "schema" in old else {}
    )


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
