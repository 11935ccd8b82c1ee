"""The one transport: what it sends, and what it never does."""

import asyncio
import time
from uuid import UUID

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from psd2_affordability.connect.transport import Call, Limits, Transport
from psd2_affordability.core.errors import BankAnswerBroken, BankDown, BankRefused, BankUnreachable
from psd2_affordability.sandbox.server import serve_in_thread


class Bank:
    """A server that keeps the requests it gets."""

    def __init__(self):
        self.requests = []
        self.answer = lambda _: JSONResponse({"ok": True})
        self.app = Starlette(routes=[Route("/{rest:path}", self._serve, methods=["GET", "POST", "DELETE"])])

    async def _serve(self, request):
        self.requests.append(request)
        answer = self.answer(request)
        return await answer if asyncio.iscoroutine(answer) else answer


@pytest.fixture
def bank():
    return Bank()


@pytest.fixture
def transport(bank):
    with serve_in_thread(bank.app) as url:
        opened = Transport(url, limits=Limits(seconds=0.5, max_bytes=1000), sleep=lambda _: None)
        yield opened
        opened.close()


def get(transport, **more):
    return transport.send(Call("GET", transport.base.url("/v1/accounts"), "accounts", **more))


def test_every_attempt_has_a_request_id_of_its_own(bank, transport):
    bank.answer = lambda _: Response(status_code=503)

    with pytest.raises(BankDown, match=r"the bank has a fault \(503\)"):
        get(transport)

    ids = [UUID(request.headers["X-Request-ID"]) for request in bank.requests]
    assert len(set(ids)) == 3


def test_every_attempt_is_counted_before_it_is_made(bank, transport):
    bank.answer = lambda _: Response(status_code=500)
    counted = []

    with pytest.raises(BankRefused):
        get(transport, before=lambda: counted.append(len(bank.requests)))

    assert counted == [0, 1, 2]


def test_nothing_is_sent_along_that_was_not_asked_for(bank, transport, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret")
    monkeypatch.setenv("HOME", str(tmp_path))
    bank.answer = lambda _: JSONResponse({}, headers={"Set-Cookie": "track=1"})

    get(transport)
    get(transport)

    sent = bank.requests[-1].headers
    assert "authorization" not in sent
    assert "cookie" not in sent
    assert "psu-ip-address" not in sent


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed_not_even_to_the_same_host(bank, transport, status):
    bank.answer = lambda _: Response(status_code=status, headers={"Location": "/v1/elsewhere"})

    with pytest.raises(BankAnswerBroken, match="sends us to another address"):
        get(transport, headers={"Consent-ID": "secret"})

    assert len(bank.requests) == 1


def test_an_answer_of_the_wrong_kind_is_not_read(bank, transport):
    bank.answer = lambda _: PlainTextResponse('{"ok": true}')

    with pytest.raises(BankAnswerBroken, match="is not JSON"):
        get(transport)


@pytest.mark.parametrize(
    "kind", ["application/json", "application/hal+json; charset=utf-8", "Application/JSON"]
)
def test_json_by_any_of_its_names_is_read(bank, transport, kind):
    bank.answer = lambda _: Response(b'{"ok": true}', headers={"Content-Type": kind})

    assert get(transport) == {"ok": True}


def test_an_answer_that_is_too_large_is_left(bank, transport):
    bank.answer = lambda _: JSONResponse({"a": "x" * 2000})

    with pytest.raises(BankAnswerBroken, match="larger than 1000 bytes"):
        get(transport)


def test_a_bank_that_hangs_is_left_in_time(bank, transport):
    async def hang():
        await asyncio.sleep(5)
        return JSONResponse({})

    bank.answer = lambda _: hang()
    started = time.monotonic()

    with pytest.raises(BankUnreachable, match=r"no complete answer within 0\.5 seconds"):
        get(transport)

    assert time.monotonic() - started < 2


def test_a_bank_that_was_slow_once_can_be_asked_again(bank, transport):
    async def hang():
        await asyncio.sleep(5)

    bank.answer = lambda _: hang()
    with pytest.raises(BankUnreachable):
        get(transport)
    bank.answer = lambda _: JSONResponse({"ok": True})

    assert get(transport) == {"ok": True}


def test_a_gateways_web_page_instead_of_an_error_is_still_a_refusal(bank, transport):
    bank.answer = lambda _: PlainTextResponse("<h1>Bad gateway</h1>", 400)

    with pytest.raises(BankRefused, match=r"the bank refused \(400\)"):
        get(transport)


def test_headers_that_drip_in_are_bounded_too():
    import socket
    import threading

    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip():
        connection, _ = listener.accept()
        with connection:
            while not over.wait(0.1):
                try:
                    connection.sendall(b"X")
                except OSError:
                    return

    server = threading.Thread(target=drip)
    server.start()
    slow = Transport(f"http://127.0.0.1:{listener.getsockname()[1]}", limits=Limits(seconds=0.5))
    started = time.monotonic()
    try:
        with pytest.raises(BankUnreachable, match="no complete answer"):
            get(slow)
    finally:
        over.set()
        slow.close()
        server.join()
        listener.close()
    assert time.monotonic() - started < 2
