"""A bank with an interface of its own, played on loopback; every request is written down."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from psd2_affordability._data import data_files
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.open import open_bank
from psd2_affordability.connect.port import BankPort
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.sandbox.server import serve_in_thread

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@dataclass
class Asked:
    """One request as the bank saw it."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Played:
    """A bank that is played, and our way to it."""

    url: str
    port: BankPort
    asked: list[Asked] = field(default_factory=list)


#: Answers a request with status and JSON, or with the status alone.
Play = Callable[[Asked], tuple[int, dict[str, Any] | None]]


@contextmanager
def played_bank(
    bank_id: str, play: Play, credentials: Credentials, *, clock: Callable[[], datetime] = lambda: NOW
) -> Iterator[Played]:
    """Play a bank whose file we have."""
    app, asked = FastAPI(), []

    @app.api_route("/{path:path}", methods=["GET", "POST", "DELETE"])
    async def answer(request: Request, path: str) -> Response:
        one = Asked(
            request.method, f"/{path}", dict(request.query_params), request.headers, await request.body()
        )
        asked.append(one)
        status, body = play(one)
        return Response(status_code=status) if body is None else JSONResponse(body, status)

    bank = load_banks(data_files("connectors")).bank(bank_id)
    with serve_in_thread(app) as url:
        addresses = {"authorise": f"{url}/login", "token": f"{url}/oauth2/token"}
        us = Credentials(
            **{
                name: getattr(credentials, name)
                for name in Credentials.__dataclass_fields__
                if name != "urls"
            },
            urls=addresses,
        )
        connections = Connections(bank, clock=clock, base_url=url, credentials=us)
        try:
            yield Played(url, open_bank(connections), asked)
        finally:
            connections.close()
