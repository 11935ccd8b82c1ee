"""A bank that keeps failing is left alone, and tried again after pauses that grow."""

import threading

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from psd2_affordability.connect.breaker import Breaker, Breakers
from psd2_affordability.connect.transport import Call, Limits, Transport
from psd2_affordability.core.errors import BankDown, BankRefused, BankUnreachable, RateLimited
from psd2_affordability.sandbox.server import serve_in_thread


class Seconds:
    """A clock that stands still until it is moved."""

    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def breaker(seconds):
    return Breaker(failures=3, pause_s=10, longest_pause_s=30, monotonic=seconds)


def fail(breaker, times=1):
    for _ in range(times):
        with breaker.attempt("accounts") as attempt:
            attempt.failed = True


def succeed(breaker):
    with breaker.attempt("accounts"):
        pass


def turned_away(breaker):
    try:
        succeed(breaker)
    except BankUnreachable as error:
        return error.do
    return ""


def test_only_failures_in_a_row_count(breaker):
    fail(breaker, 2)
    succeed(breaker)
    fail(breaker, 2)

    assert not breaker.is_open


def test_a_bank_that_failed_three_times_is_not_asked_and_the_error_says_until_when(breaker, seconds):
    fail(breaker, 3)

    assert turned_away(breaker).startswith("Ask again in 10 seconds")
    seconds.now += 9
    assert turned_away(breaker).startswith("Ask again in 1 second;")


def test_after_the_pause_one_call_tries_and_its_success_opens_the_way(breaker, seconds):
    fail(breaker, 3)
    seconds.now += 10

    succeed(breaker)

    assert not breaker.is_open
    fail(breaker, 2)
    assert not breaker.is_open


def test_every_trial_that_fails_doubles_the_pause_up_to_the_longest(breaker, seconds):
    fail(breaker, 3)
    waits = []
    for _ in range(4):
        seconds.now += 1000
        fail(breaker)
        waits.append(turned_away(breaker).split(";")[0])

    assert waits == [f"Ask again in {each} seconds" for each in (20, 30, 30, 30)]


def test_a_recovered_bank_starts_with_the_short_pause_again(breaker, seconds):
    fail(breaker, 3)
    seconds.now += 10
    fail(breaker)
    seconds.now += 20
    succeed(breaker)
    fail(breaker, 3)

    assert turned_away(breaker).startswith("Ask again in 10 seconds")


def test_while_one_call_tries_the_others_still_wait(breaker, seconds):
    fail(breaker, 3)
    seconds.now += 10
    with breaker.attempt("accounts"):
        assert turned_away(breaker)
    assert not turned_away(breaker)


def test_a_trial_that_was_never_made_leaves_the_place_to_the_next(breaker, seconds):
    fail(breaker, 3)
    seconds.now += 10
    with pytest.raises(RateLimited), breaker.attempt("accounts"):
        raise RateLimited("our own count")

    assert breaker.is_open
    succeed(breaker)
    assert not breaker.is_open


def test_each_bank_has_one_breaker_for_all_who_ask_it():
    breakers = Breakers()

    assert breakers.of("nl.een") is breakers.of("nl.een")
    assert breakers.of("nl.een") is not breakers.of("nl.twee")


def test_calls_at_the_same_time_are_all_counted():
    breaker = Breaker(failures=1000)
    threads = [threading.Thread(target=fail, args=(breaker, 100)) for _ in range(10)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert breaker.is_open


class Bank:
    """A bank whose answer is set, and that counts its visitors."""

    def __init__(self):
        self.visits = 0
        self.answer = JSONResponse({"ok": True})

    async def __call__(self, _request):
        self.visits += 1
        return self.answer


@pytest.fixture
def bank():
    bank = Bank()
    with serve_in_thread(Starlette(routes=[Route("/", bank.__call__, methods=["GET", "POST"])])) as bank.url:
        yield bank


@pytest.fixture
def transport(bank, breaker):
    opened = Transport(bank.url, breaker=breaker, limits=Limits(retries=0), sleep=lambda _: None)
    yield opened
    opened.close()


def ask(bank, transport, method="GET", **more):
    return transport.send(Call(method, bank.url + "/", "accounts", **more))


def test_a_bank_left_alone_gets_no_call_and_no_call_is_counted(bank, transport):
    bank.answer = Response(status_code=502)
    for _ in range(3):
        with pytest.raises(BankDown):
            ask(bank, transport)
    counted = []

    with pytest.raises(BankUnreachable, match="failed 3 times in a row and is left alone"):
        ask(bank, transport, before=lambda: counted.append(1))

    assert bank.visits == 3
    assert counted == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 429])
def test_a_refusal_is_no_failure_of_the_bank(bank, transport, breaker, status):
    bank.answer = Response(status_code=status)
    for _ in range(5):
        with pytest.raises((BankRefused, RateLimited)):
            ask(bank, transport)

    assert not breaker.is_open
    assert bank.visits == 5


def test_nonsense_from_a_bank_is_a_failure(bank, transport, breaker):
    bank.answer = Response(b"{", media_type="application/json")
    for _ in range(3):
        with pytest.raises(Exception, match="cut off"):
            ask(bank, transport)

    assert breaker.is_open


def test_retries_stop_when_the_bank_is_left_alone_and_the_banks_own_fault_is_told(bank, breaker):
    bank.answer = Response(status_code=500)
    transport = Transport(bank.url, breaker=breaker, limits=Limits(retries=9), sleep=lambda _: None)
    try:
        with pytest.raises(BankDown):
            ask(bank, transport)
    finally:
        transport.close()

    assert bank.visits == 3


def test_two_ways_to_one_bank_share_what_they_learnt(bank, transport, breaker):
    bank.answer = Response(status_code=500)
    for _ in range(3):
        with pytest.raises(BankDown):
            ask(bank, transport)
    other = Transport(bank.url, breaker=breaker)
    try:
        with pytest.raises(BankUnreachable, match="left alone"):
            ask(bank, other)
    finally:
        other.close()
