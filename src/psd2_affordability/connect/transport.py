"""The one way to a bank over HTTP: pinned, bounded in bytes and time, and silent about people."""

import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from secrets import SystemRandom
from typing import Any
from uuid import uuid4

import requests

from psd2_affordability.connect.deadline import DeadlineAdapter
from psd2_affordability.connect.pinned import PinnedBase
from psd2_affordability.connect.refusals import LATER, refusal
from psd2_affordability.connect.strict_json import read_object
from psd2_affordability.core.errors import BankAnswerBroken, BankUnreachable

_log = logging.getLogger(__name__)
# The HTTP library names whole URLs at its debug level, and a bank's URLs hold consents and accounts.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)

_JSON = re.compile(r"application/([a-z0-9.+-]+\+)?json(\s*;.*)?", re.ASCII | re.IGNORECASE)
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of our time and memory a bank gets.

    Attributes:
        seconds: for one whole answer, from the first byte sent to the last received.
        connect_seconds: to be reached at all.
        max_bytes: of one answer, unpacked.
        retries: how often a question (never an order) is repeated when the bank has a fault.
    """

    seconds: float = 30.0
    connect_seconds: float = 10.0
    max_bytes: int = 16 * 1024 * 1024
    retries: int = 2


@dataclass(frozen=True, slots=True)
class Call:
    """One call to a bank.

    Attributes:
        method: GET, POST or DELETE.
        url: whole, with its query, already held to the pinned base.
        where: what the call is for, for people; holds nothing personal.
        headers: besides the ones every call has.
        body: sent as JSON.
        before: run before every attempt, such as counting it against a budget.
    """

    method: str
    url: str
    where: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    before: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport:
    """Sends calls to one bank and returns its answers as JSON objects.

    Args:
        base_url: the only scheme, host and port that is ever talked to.
        certificate: files of the client certificate and its key, where the bank wants mutual TLS.
        authorities: file with the certificate authorities to trust; the usual ones otherwise.
        limits: bounds of one answer.
        sleep: how to wait between attempts.
    """

    def __init__(
        self,
        base_url: str,
        *,
        certificate: tuple[str, str] | None = None,
        authorities: str | None = None,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base = PinnedBase(base_url)
        self._limits = limits or Limits()
        self._sleep = sleep
        self._jitter = SystemRandom()
        self._adapter = DeadlineAdapter()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.cert = certificate
        self._session.verify = authorities or True
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, self._adapter)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def send(self, call: Call) -> dict[str, Any]:
        """Send a call and return the JSON object of the answer; an answer without a body is empty.

        Raises:
            BankUnreachable: no connection, or no complete answer in time.
            BankAnswerBroken: cut off, too large, a redirect, or not the JSON it should be.
            RateLimited: the bank says later.
            ConsentNotValid: the bank no longer, or not yet, accepts the consent.
            BankRefused: any other refusal.
        """
        retries = self._limits.retries if call.method == "GET" else 0
        for attempt in range(retries):
            call.before()
            answer = self._once(call)
            if answer.status < 500:
                return self._understood(call, answer)
            self._sleep(self._jitter.uniform(0.5, 1.0) * 2**attempt)
        call.before()
        return self._understood(call, self._once(call))

    def _understood(self, call: Call, answer: _Answer) -> dict[str, Any]:
        is_json = bool(_JSON.fullmatch(answer.headers.get("Content-Type", "")))
        if answer.status >= 400:
            raise refusal(answer.status, _if_readable(answer, is_json), answer.headers, where=call.where)
        if answer.status >= 300:
            raise BankAnswerBroken(
                "the bank's answer sends us to another address",
                where=call.where,
                do="It was not followed, since it would carry the consent along; report it to the bank",
            )
        if answer.status == 204 and not answer.body:
            return {}
        if not is_json:
            raise BankAnswerBroken("the bank's answer is not JSON", where=call.where, do=LATER)
        return read_object(answer.body, where=call.where)

    def _once(self, call: Call) -> _Answer:
        request_id = str(uuid4())
        headers = {"X-Request-ID": request_id, "Accept": "application/json", "Accept-Encoding": "gzip"}
        started = time.monotonic()
        with self._adapter.within(self._limits.seconds) as over:
            try:
                answer = self._exchange(call, headers | dict(call.headers))
            except requests.RequestException as error:
                raise self._failure(error, call, too_late=over.is_set()) from None
        if over.is_set():
            raise self._too_late(call)
        passed = int((time.monotonic() - started) * 1000)
        _log.info("%s: %d in %d ms, request %s", call.where, answer.status, passed, request_id)
        return answer

    def _exchange(self, call: Call, headers: Mapping[str, str]) -> _Answer:
        limits = self._limits
        with self._session.request(
            call.method,
            call.url,
            headers=headers,
            json=call.body,
            timeout=(min(limits.connect_seconds, limits.seconds), limits.seconds),
            allow_redirects=False,
            stream=True,
        ) as response:
            body = bytearray()
            for piece in response.iter_content(_PIECE):
                body += piece
                if len(body) > limits.max_bytes:
                    raise BankAnswerBroken(
                        f"the bank's answer is larger than {limits.max_bytes} bytes",
                        where=call.where,
                        do="Nothing was taken over from it; report it to the bank",
                    )
            return _Answer(response.status_code, response.headers, bytes(body))

    def _failure(
        self, error: requests.RequestException, call: Call, *, too_late: bool
    ) -> BankUnreachable | BankAnswerBroken:
        """Say what went wrong without the library's words: they quote whole URLs."""
        if too_late or isinstance(error, requests.Timeout):
            return self._too_late(call)
        if isinstance(error, requests.exceptions.SSLError):
            return BankUnreachable(
                "no secure connection to the bank: a certificate is not accepted",
                where=call.where,
                do="Check the bank's address, our client certificate and this machine's clock",
            )
        if isinstance(error, requests.ConnectionError):
            return BankUnreachable(
                "the bank cannot be reached", where=call.where, do="Check the network and the address"
            )
        return BankAnswerBroken("the bank's answer was cut off", where=call.where, do=LATER)

    def _too_late(self, call: Call) -> BankUnreachable:
        return BankUnreachable(
            f"the bank gave no complete answer within {self._limits.seconds:g} seconds",
            where=call.where,
            do=LATER,
        )


def _if_readable(answer: _Answer, is_json: bool) -> dict[str, Any]:
    """Read the body of an error answer, which is often a gateway's web page: then nothing."""
    if not is_json:
        return {}
    try:
        return read_object(answer.body, where="")
    except BankAnswerBroken:
        return {}
