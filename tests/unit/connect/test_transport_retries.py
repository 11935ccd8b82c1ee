"""What is asked again and what never is, counted at the bank."""

import pytest

from psd2_affordability.connect.breaker import Breaker
from psd2_affordability.connect.transport import Call, Limits, Transport
from psd2_affordability.core.errors import (
    BankAnswerBroken,
    BankDown,
    BankError,
    BankRefused,
    BankUnreachable,
    ConsentNotValid,
    NotOffered,
    RateLimited,
)
from raw_bank import answer, raw_bank

FINE = answer(200, b'{"ok": true}')
CUT = answer(200, b'{"ok": ', length=500)


def wait(status, seconds):
    return answer(status, b"", ("Retry-After", str(seconds)))


def hang_up(connection):
    connection.close()


class Visit:
    """One call and what it cost."""

    def __init__(self, *script, method="GET", before=lambda: None, retries=2):
        self.slept, self.counted, self.error, self.said = [], 0, None, None
        with raw_bank(*script) as bank:
            transport = Transport(
                bank.url,
                limits=Limits(seconds=2, retries=retries),
                sleep=self.slept.append,
                breaker=Breaker(failures=100),
            )

            def count():
                before()
                self.counted += 1

            try:
                self.said = transport.send(Call(method, bank.url + "/v1", "accounts", before=count))
            except BankError as error:
                self.error = error
            finally:
                transport.close()
            self.asked = len(bank.heard)


@pytest.mark.parametrize("fault", [answer(500), answer(502), answer(503), answer(504), hang_up, CUT])
def test_a_question_is_asked_again_after_a_fault_that_may_pass(fault):
    visit = Visit(fault, FINE)

    assert visit.said == {"ok": True}
    assert (visit.asked, visit.counted) == (2, 2)
    assert 0.5 <= visit.slept[0] <= 1


def test_each_wait_is_longer_and_no_two_are_alike():
    visits = [Visit(answer(500)).slept for _ in range(3)]

    assert all(0.5 <= first <= 1 <= second <= 2 for first, second in visits)
    assert len({wait for slept in visits for wait in slept}) == 6


@pytest.mark.parametrize("fault", [answer(500), answer(503), hang_up, CUT])
def test_after_three_attempts_the_fault_is_told(fault):
    visit = Visit(fault)

    assert visit.asked == visit.counted == 3
    assert isinstance(visit.error, (BankDown, BankUnreachable, BankAnswerBroken))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("fault", [answer(500), answer(503), hang_up, CUT, wait(429, 1), wait(503, 1)])
def test_an_order_is_never_given_twice(method, fault):
    visit = Visit(fault, FINE, method=method)

    assert visit.asked == 1
    assert visit.error
    assert visit.slept == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 406, 409, 410, 422])
def test_a_refusal_is_not_asked_again(status):
    visit = Visit(answer(status), FINE)

    assert visit.asked == 1
    assert isinstance(visit.error, (BankRefused, ConsentNotValid))


@pytest.mark.parametrize(
    "broken",
    [answer(200, b"{"), answer(200, b"{}", kind="text/html"), answer(302, b"", ("Location", "/"))],
)
def test_nonsense_is_not_asked_for_again(broken):
    assert Visit(broken, FINE).asked == 1


def test_a_service_that_the_bank_does_not_have_is_not_asked_again():
    visit = Visit(answer(501), FINE)

    assert visit.asked == 1
    assert isinstance(visit.error, NotOffered)


def test_a_short_wait_that_the_bank_asks_for_is_sat_out_once():
    visit = Visit(wait(429, 3), FINE)

    assert visit.said == {"ok": True}
    assert visit.slept == [3]
    assert visit.counted == 2


def test_a_bank_that_keeps_asking_for_short_waits_gets_one():
    visit = Visit(wait(429, 1))

    assert visit.asked == 2
    assert isinstance(visit.error, RateLimited)
    assert visit.error.retry_after_s == 1


@pytest.mark.parametrize("seconds", [6, 90, 86_400])
@pytest.mark.parametrize("status", [429, 503])
def test_a_long_wait_is_told_and_not_sat_out(status, seconds):
    visit = Visit(wait(status, seconds), FINE)

    assert visit.asked == 1
    assert visit.slept == []
    assert isinstance(visit.error, RateLimited)
    assert visit.error.retry_after_s == seconds


@pytest.mark.parametrize("said", [answer(429), wait(429, "soon"), wait(429, -1), wait(429, "1.5")])
def test_a_bank_that_does_not_say_how_long_is_left_at_once(said):
    visit = Visit(said, FINE)

    assert visit.asked == 1
    assert isinstance(visit.error, RateLimited)
    assert visit.error.retry_after_s is None


@pytest.mark.parametrize("fault", [answer(500), wait(429, 1)])
def test_no_call_is_repeated_that_our_own_count_does_not_allow(fault):
    allowed = [1]

    def spend():
        if not allowed:
            raise RateLimited("our own count of calls")
        allowed.pop()

    visit = Visit(fault, FINE, before=spend)

    assert visit.asked == visit.counted == 1
    assert isinstance(visit.error, RateLimited)


def test_without_retries_every_question_is_asked_once():
    assert Visit(answer(500), FINE, retries=0).asked == 1


def test_a_bank_that_is_not_there_is_tried_again_and_then_told():
    with raw_bank() as gone:
        url = gone.url
    slept = []
    transport = Transport(url, sleep=slept.append)
    try:
        with pytest.raises(BankUnreachable, match="cannot be reached"):
            transport.send(Call("GET", url + "/v1", "accounts"))
    finally:
        transport.close()
    assert len(slept) == 2
