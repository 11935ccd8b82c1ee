"""The one way to a bank over HTTP: pinned, bounded in bytes and time, and silent about people."""

import re
import time
from collections.abc import Callable, Mapping
from itertools import count
from secrets import SystemRandom
from typing import Any, Protocol
from uuid import uuid4

from psd2_affordability.connect.breaker import Breaker
from psd2_affordability.connect.call import Answer, Call, Limits
from psd2_affordability.connect.pinned import PinnedBase
from psd2_affordability.connect.refusals import LATER, refusal, retry_after
from psd2_affordability.connect.signing import MessageSigner
from psd2_affordability.connect.strict_json import read_object
from psd2_affordability.connect.traffic_log import log_answer, log_failure, log_shape
from psd2_affordability.connect.wire import Failed, Received, Security, Wire
from psd2_affordability.core.errors import BankAnswerBroken, BankError

__all__ = ["Answer", "Call", "Limits", "Refusals", "Transport"]

_JSON = re.compile(r"application/([a-z0-9.+-]+\+)?json(\s*;.*)?", re.ASCII | re.IGNORECASE)
#: The longest wait that a bank may ask for and that is sat out.
_SHORT_WAIT_S = 5


class Refusals(Protocol):
    """Turns an answer that is an error into one of ours."""

    def __call__(
        self, status: int, body: Mapping[str, Any], headers: Mapping[str, str], *, where: str
    ) -> BankError:
        """Return the error to raise."""
        ...


class Transport:
    """Sends calls to one bank and returns its answers as JSON objects.

    Args:
        base_url: the only scheme, host and port that is ever talked to.
        certificate: files of the client certificate and its key, where the bank wants mutual TLS.
        authorities: file with the certificate authorities to trust; the usual ones otherwise.
        limits: bounds of one answer.
        sleep: how to wait between attempts.
        signer: signs every attempt, where the bank wants signed messages.
        request_id_header: what this bank calls the number of a request.
        refuse: what this bank's refusals mean.
        breaker: of this bank, shared by all who ask it; one of its own otherwise.
        proxy: address of a proxy to go through; the environment is never asked for one.
    """

    def __init__(  # noqa: PLR0913 -- named options with a default each; a group of them would be one layer more
        self,
        base_url: str,
        *,
        certificate: tuple[str, str] | None = None,
        authorities: str | None = None,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
        signer: MessageSigner | None = None,
        request_id_header: str = "X-Request-ID",
        refuse: Refusals = refusal,
        breaker: Breaker | None = None,
        proxy: str = "",
    ) -> None:
        self.base = PinnedBase(base_url)
        self._limits = limits or Limits()
        self._wire = Wire(self.base, Security(certificate, authorities, signer, proxy), self._limits)
        self._sleep = sleep
        self._request_id_header = request_id_header
        self._refuse = refuse
        self._breaker = breaker or Breaker()
        self._jitter = SystemRandom()

    def close(self) -> None:
        """Let go of the connections."""
        self._wire.close()

    def send(self, call: Call) -> dict[str, Any]:
        """Send a call and return the JSON object of the answer; an answer without a body is empty.

        Raises:
            BankUnreachable: no connection, or no complete answer in time.
            BankAnswerBroken: cut off, too large, a redirect, or not the JSON it should be.
            RateLimited: the bank says later.
            ConsentNotValid: the bank no longer, or not yet, accepts the consent.
            BankRefused: any other refusal.
        """
        return self.accepted(call, self.exchange(call))

    def accepted(self, call: Call, answer: Answer) -> dict[str, Any]:
        """Return the JSON object of an answer, unless it is a refusal.

        Raises:
            BankError: what the refusal means.
        """
        if answer.status >= 400:
            raise self._refuse(answer.status, answer.body, answer.headers, where=call.where)
        return answer.body

    def exchange(self, call: Call) -> Answer:
        """Send a call and return the answer, also when it is a refusal (status 400 to 499).

        A question (GET) is repeated when the bank has a fault that may pass, and once when the bank
        asks for a short wait; an order never is.

        Raises:
            BankUnreachable: no connection, or no complete answer in time; or the bank failed too often.
            BankAnswerBroken: cut off, too large, a redirect, or not the JSON it should be.
            BankDown: the bank has a fault (status 500 and up), after the retries.
            RateLimited: the bank is closed (status 503) and says until when.
        """
        for attempt in count():
            got = self._guarded(call)
            pause = self._pause(call, got, attempt)
            if pause is not None:
                self._sleep(pause)
            elif isinstance(got, Failed):
                raise got.error from None
            else:
                return got
        raise AssertionError("an endless loop ended")

    def _guarded(self, call: Call) -> Answer | Failed:
        """Make one attempt, unless the bank is left alone; what is refused before it costs no call."""
        with self._breaker.attempt(call.where) as judged:
            call.before()
            try:
                return self._attempt(call)
            except Failed as failed:
                judged.failed = True
                return failed

    def _pause(self, call: Call, got: Answer | Failed, attempt: int) -> float | None:
        """Say how long to wait before asking again; None when that is not done."""
        if call.method != "GET" or attempt >= self._limits.retries or self._breaker.is_open:
            return None
        if isinstance(got, Failed):
            return self._jitter.uniform(0.5, 1.0) * 2**attempt if got.may_pass else None
        wait = retry_after(got.headers, got.body) if got.status == 429 and attempt == 0 else None
        return wait if wait is not None and wait <= _SHORT_WAIT_S else None

    def _attempt(self, call: Call) -> Answer:
        request_id = str(uuid4())
        request = self._wire.prepare(call, {self._request_id_header: request_id})
        started = time.monotonic()
        try:
            received = self._wire.send(request, call.where)
            log_answer(
                call.method,
                call.where,
                request_id,
                status=received.status,
                headers=received.headers,
                size=len(received.body),
                passed_s=time.monotonic() - started,
            )
            answer = self._understood(call, received)
        except Failed as failed:
            passed_s = time.monotonic() - started
            log_failure(call.method, call.where, request_id, code=failed.error.code, passed_s=passed_s)
            raise
        log_shape(call.where, request_id, answer.body)
        return answer

    def _understood(self, call: Call, received: Received) -> Answer:
        status, headers = received.status, received.headers
        if status >= 500:
            error = self._refuse(status, _if_readable(received), headers, where=call.where)
            raise Failed(error, may_pass=status != 501 and retry_after(headers) is None)
        if status >= 400:
            return Answer(status, headers, _if_readable(received))
        if call.sends_person and 300 <= status < 400 and headers.get("Location"):
            return Answer(status, headers, {})
        if not 200 <= status < 300:
            raise Failed(
                BankAnswerBroken(
                    "the bank's answer sends us to another address",
                    where=call.where,
                    do="It was not followed, since it would carry the consent along; report it to the bank",
                )
            )
        if not received.body and (status == 204 or call.method != "GET"):
            return Answer(status, headers, {})
        if not _is_json(received):
            raise Failed(BankAnswerBroken("the bank's answer is not JSON", where=call.where, do=LATER))
        try:
            return Answer(status, headers, read_object(received.body, where=call.where, list_as=call.list_as))
        except BankAnswerBroken as broken:
            raise Failed(broken) from None


def _is_json(received: Received) -> bool:
    return bool(_JSON.fullmatch(received.headers.get("Content-Type", "")))


def _if_readable(received: Received) -> dict[str, Any]:
    """Read the body of an error answer, which is often a gateway's web page: then nothing."""
    if not _is_json(received):
        return {}
    try:
        return read_object(received.body, where="", list_as="errors")
    except BankAnswerBroken:
        return {}
