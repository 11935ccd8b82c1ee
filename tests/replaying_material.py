"""A server that answers as a real bank once did, and our way to it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import Response

from bank_material import CALLBACK, IP, Clock
from budget_material import MemoryBudget
from certificate_material import authority
from psd2_affordability._data import data_files
from psd2_affordability.connect.certificates import CertificateUse
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.journey import Begun, Completed, begin, complete, refresh
from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.connect.open import open_bank
from psd2_affordability.connect.port import Access, BankPort, Fetched, Grant
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.sandbox.authority import Issued
from psd2_affordability.sandbox.server import serve_in_thread
from shared_material import samples


class Step(NamedTuple):
    """One answer of a bank: to which request, and which recording, or an answer of ours where there is none.

    Steps for the same request are given one after the other; the last of them stays.
    """

    method: str
    path: str
    answer: str | Mapping[str, Any]
    having: str = ""


@dataclass
class Replayed:
    """A bank that is replayed, and how far the journey has come.

    Attributes:
        port: our way to it.
        clock: the time there.
        served: the recordings that were given, in their order.
        lacking: headers that came along when it was recorded, and that we leave out.
        grants: what we held, the last last.
    """

    port: BankPort
    clock: Clock
    served: list[str]
    lacking: set[str]
    grants: list[Grant] = field(default_factory=list)

    def begin(self) -> Begun:
        return begin(self.port, redirect_uri=CALLBACK, psu_ip=IP, clock=self.clock)

    def complete(self, begun: Begun) -> Completed:
        answer = {"state": begun.state, "code": "a-code"}
        done = complete(self.port, begun, answer=answer, psu_ip=IP, clock=self.clock, renew=self._store)
        self.grants.append(done.grant)
        return done

    def refresh(self) -> Fetched:
        return refresh(self.port, self.grants[-1], clock=self.clock, budget=MemoryBudget(), renew=self._store)

    def access(self) -> Access:
        return Access(self.grants[-1], renew=self._store)

    def _store(self, grant: Grant, make: Any) -> Grant:
        self.grants.append(make(grant))
        return self.grants[-1]


@contextmanager
def replayed(
    bank_id: str,
    folder: str,
    steps: Sequence[Step],
    *,
    at: datetime,
    base: str,
    token: str,
    recorder: type | None = None,
) -> Iterator[Replayed]:
    """Replay a bank.

    Args:
        bank_id: whose file we go by.
        folder: its recordings.
        steps: what it answers.
        at: when, so that the recorded days lie in its history.
        base: path of its interface on the server.
        token: path and query of its token endpoint.
        recorder: writes along.
    """
    recordings = samples()
    if recordings is None:
        pytest.skip("the recorded bank samples are not there")
    left, served, lacking, app = list(steps), [], set(), FastAPI()

    @app.api_route("/{path:path}", methods=["GET", "POST", "DELETE"])
    async def answer(request: Request) -> Response:
        told = f"{request.url.query} {(await request.body()).decode()}"
        due = [
            step
            for step in left
            if step.method == request.method
            and re.fullmatch(step.path, request.url.path.removeprefix(base))
            and step.having in told
        ]
        if not due:
            return Response(status_code=501)
        if len(due) > 1:
            left.remove(due[0])
        if not isinstance(due[0].answer, str):
            return _reply(200, dict(due[0].answer))
        served.append(due[0].answer)
        text = (recordings / "json" / folder / f"{due[0].answer}.json").read_text("utf-8")
        lacking.update(_required(text) - {name.lower() for name in request.headers})
        return _recorded(text)

    if recorder:
        app.add_middleware(recorder)
    bank, clock = load_banks(data_files("connectors")).bank(bank_id), Clock(at)
    with serve_in_thread(app) as url:
        addresses = {"authorise": f"{url}/oauth2/authorize", "token": f"{url}{token}"}
        lines = Connections(
            bank, clock=clock, base_url=url + base, credentials=_us(addresses), sleep=lambda _: None
        )
        try:
            yield Replayed(open_bank(lines), clock, served, lacking)
        finally:
            lines.close()


@cache
def _sealed_since_2017() -> Issued:
    return authority().issue(CertificateUse.QSEALC, since=datetime(2017, 1, 1, tzinfo=UTC), days=3650)


def _us(addresses: Mapping[str, str]) -> Credentials:
    issued = _sealed_since_2017()
    key = key_from_pem(issued.key_pem, where="test")
    return Credentials(
        client_id="client-7",
        client_secret="geheim",
        token_key=key,
        seal_key=key,
        seal_certificate=issued.pem,
        urls=addresses,
        more={"installation_token": "installation-1"},
    )


def _required(text: str) -> set[str]:
    """Name the headers that a bank wanted when the recording was made."""
    try:
        return {name.lower() for name in json.loads(text)["request"].get("headers", {})}
    except json.JSONDecodeError:
        return set()


def _recorded(text: str) -> Response:
    """Answer as a recording says; of one that is no JSON itself, the broken body stays as broken."""
    try:
        told = json.loads(text)["response"]
    except json.JSONDecodeError:
        return _reply(200, text.partition('"jsonBody":')[2])
    body = told.get("jsonBody", told.get("body", ""))
    headers = {name: value for name, value in told.get("headers", {}).items() if name == "Location"}
    return _reply(int(told["status"] or 200), body, headers)


def _reply(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Response:
    text = body if isinstance(body, str) else json.dumps(body)
    kind = "application/json" if text else None
    return Response(text.encode(), status, dict(headers or {}), media_type=kind)
