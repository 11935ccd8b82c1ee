"""A bank that says too much, too slowly or nonsense: a typed error, in bounded time and memory."""

import gzip
import time
import tracemalloc
import zlib

import pytest

from psd2_affordability.connect.breaker import Breaker
from psd2_affordability.connect.transport import Call, Limits, Transport
from psd2_affordability.core.errors import BankAnswerBroken, BankError, BankUnreachable
from raw_bank import answer, raw_bank

LIMIT = 1024 * 1024

TWICE_PACKED = gzip.compress(gzip.compress(b"{}", mtime=0))
CUT_PACKING = gzip.compress(b'{"a": [1, 2, 3, 4, 5, 6]}', mtime=0)[:-14]


def ask(bank, *, seconds=2.0, method="GET", retries=0):
    transport = Transport(
        bank.url, limits=Limits(seconds=seconds, max_bytes=LIMIT, retries=retries), sleep=lambda _: None
    )
    try:
        return transport.send(Call(method, bank.url + "/v1/accounts", "accounts"))
    finally:
        transport.close()


def test_a_bomb_is_stopped_while_it_is_unpacked():
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join([packer.compress(b" " * LIMIT) for _ in range(500)]) + packer.flush()
    assert len(bomb) < LIMIT
    with raw_bank(answer(200, bomb, ("Content-Encoding", "gzip"))) as bank:
        tracemalloc.start()
        started = time.monotonic()
        try:
            with pytest.raises(BankAnswerBroken, match="larger than 1048576 bytes"):
                ask(bank, seconds=20)
            passed, peak = time.monotonic() - started, tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert passed < 5
    assert peak < 8 * LIMIT


@pytest.mark.parametrize("packed", ["gzip, gzip", "deflate", "br", "zstd", "compress", "gzip, deflate, br"])
def test_packing_that_was_not_asked_for_is_not_unpacked(packed):
    with (
        raw_bank(answer(200, TWICE_PACKED, ("Content-Encoding", packed))) as bank,
        pytest.raises(BankAnswerBroken, match="packed in a way that was not asked for"),
    ):
        ask(bank)


def test_a_packed_answer_is_unpacked():
    with raw_bank(answer(200, gzip.compress(b'{"ok": 1}', mtime=0), ("Content-Encoding", "gzip"))) as bank:
        assert ask(bank) == {"ok": 1}


@pytest.mark.parametrize("body", [b"no gzip at all", CUT_PACKING])
def test_a_packed_answer_that_is_damaged_is_broken(body):
    with (
        raw_bank(answer(200, body, ("Content-Encoding", "gzip"))) as bank,
        pytest.raises(BankAnswerBroken),
    ):
        ask(bank)


def drip(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{")
    while True:
        time.sleep(0.02)
        connection.sendall(b" ")


def drip_chunks(connection):
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    while True:
        time.sleep(0.02)
        connection.sendall(b"1\r\n{\r\n")


def drip_headers(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        time.sleep(0.02)
        connection.sendall(b"X-A: 1\r\n"[:1])


def say_continue_for_ever(connection):
    while True:
        time.sleep(0.02)
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


def say_nothing(connection):
    connection.recv(1)


@pytest.mark.parametrize("say", [drip, drip_chunks, drip_headers, say_continue_for_ever, say_nothing])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_bank_that_takes_its_time_is_left_when_ours_is_over(say, method):
    with raw_bank(say) as bank:
        started = time.monotonic()
        with pytest.raises(BankUnreachable, match=r"no complete answer within 0\.3 seconds"):
            ask(bank, seconds=0.3, method=method, retries=2)
        passed = time.monotonic() - started
        heard = len(bank.heard)

    assert passed < 1.5
    assert heard == 1  # a bank that was too slow is not asked at once again


def test_an_answer_without_end_stops_at_the_limit_of_bytes():
    def endless(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
        while True:
            connection.sendall(b"[" * 65536)

    with raw_bank(endless) as bank, pytest.raises(BankAnswerBroken, match="larger than"):
        ask(bank, seconds=10)


WHOLE = b'{"transactions": {"booked": [{"a": 1}]}}'


@pytest.mark.parametrize(
    "said",
    [
        answer(200, WHOLE[:20], length=len(WHOLE)),
        answer(200, WHOLE[:20], length=-1),
        answer(200, b'5\r\n{"a":\r\n', ("Transfer-Encoding", "chunked"), length=-1),
        answer(200, b"ffffffff\r\n{}", ("Transfer-Encoding", "chunked"), length=-1),
        answer(200, b"zz\r\n{}", ("Transfer-Encoding", "chunked"), length=-1),
        answer(200, b"", length=0),
        answer(200, WHOLE, length=10),
        answer(206, WHOLE[:20]),
    ],
)
def test_a_cut_off_answer_is_never_taken_for_a_whole_one(said):
    with raw_bank(said) as bank, pytest.raises(BankAnswerBroken):
        ask(bank)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\x16\x03\x01\x00\xa5",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/9.9 999 x\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\n" + b"X-A: 1\r\n" * 500 + b"\r\n{}",
        b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 200_000 + b"\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
        answer(200, b"{}", ("Content-Length", "9")),
        b"HTTP/1.1 200 OK\r\nnonsense without a colon\r\n\r\n{}",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
    ],
)
def test_what_is_no_http_is_an_error_of_ours_and_no_crash(said):
    with raw_bank(said) as bank, pytest.raises(BankError):
        ask(bank)


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/html",
        "text/json",
        "application/xml",
        "application/jsonp",
        "application/json-seq",
        "application/jsonx",
        "multipart/form-data",
        "application/octet-stream",
        "text/html; x=application/json",
    ],
)
def test_an_answer_that_is_not_called_json_is_not_read(kind):
    with (
        raw_bank(answer(200, b"{}", kind=kind)) as bank,
        pytest.raises(BankAnswerBroken, match="is not JSON"),
    ):
        ask(bank)


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": 1, "a": 1}',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": ' + b"7" * 5000 + b"}",
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b"{'a': 1}",
        b'{"a": 01}',
        b'{"a": 1,}',
        b'{"a": "\x01"}',
        b'\xef\xbb\xbf{"a": 1}',
        '{"a": "é"}'.encode("latin-1"),
        '{"a": 1}'.encode("utf-16"),
        b'{"a": 1}{"b": 2}',
        b'"text"',
        b"[]",
        b"null",
    ],
)
def test_json_that_may_mean_two_things_or_nothing_is_an_error(body):
    with raw_bank(answer(200, body)) as bank, pytest.raises(BankAnswerBroken):
        ask(bank)


def test_a_hostile_answer_to_one_call_says_nothing_in_the_next():
    smuggled = answer(200, b'{"who": "me"}') + answer(200, b'{"who": "somebody else"}')
    kept_open = smuggled.replace(b"Connection: close", b"Connection: keep-alive")
    with raw_bank(kept_open, answer(200, b'{"who": "me again"}')) as bank:
        transport = Transport(bank.url, breaker=Breaker())
        try:
            said = [transport.send(Call("GET", f"{bank.url}/{each}", "accounts")) for each in (1, 2)]
        finally:
            transport.close()

    assert said == [{"who": "me"}, {"who": "me again"}]


def test_two_persons_at_once_do_not_share_a_deadline():
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    from psd2_affordability.sandbox.server import serve_in_thread

    async def serve(request):
        await asyncio.sleep(float(request.query_params["after"]))
        return JSONResponse({"ok": True})

    with serve_in_thread(Starlette(routes=[Route("/", serve)])) as url, ThreadPoolExecutor(2) as pool:
        transport = Transport(url, limits=Limits(seconds=0.6, retries=0))
        try:
            slow = pool.submit(transport.send, Call("GET", url + "/?after=1.5", "slow"))
            time.sleep(0.3)
            fast = pool.submit(transport.send, Call("GET", url + "/?after=0.45", "fast"))
            assert fast.result() == {"ok": True}
            with pytest.raises(BankUnreachable, match="no complete answer"):
                slow.result()
        finally:
            transport.close()
