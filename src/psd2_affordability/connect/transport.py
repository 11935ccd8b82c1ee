"""The one way to a bank over HTTP: pinned, bounded in bytes and time, and silent about people."""

import json
import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from secrets import SystemRandom
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import uuid4

import requests

from psd2_affordability.connect.deadline import DeadlineAdapter
from psd2_affordability.connect.pinned import PinnedBase
from psd2_affordability.connect.refusals import LATER, refusal
from psd2_affordability.connect.signing import MessageSigner, OutgoingMessage
from psd2_affordability.connect.strict_json import read_object
from psd2_affordability.core.errors import BankAnswerBroken, BankError, BankUnreachable

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
        method: GET, POST, PUT, PATCH or DELETE.
        url: whole, with its query, already held to the pinned base.
        where: what the call is for, for people; holds nothing personal.
        headers: besides the ones every call has.
        body: sent as JSON.
        before: run before every attempt, such as counting it against a budget.
        form: sent as a web form instead of `body`, as token endpoints want it.
        accept: media type asked for.
        list_as: key to put a bare JSON list under, for a bank that answers one; refused when empty.
    """

    method: str
    url: str = field(repr=False)
    where: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    before: Callable[[], None] = lambda: None
    form: Mapping[str, str] | None = field(default=None, repr=False)
    accept: str = "application/json"
    list_as: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bank answered, be it data or a refusal.

    Attributes:
        status: of HTTP, below 500.
        headers: looked up without regard to case.
        body: the JSON object; empty when there is none, or when a refusal is not JSON.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: dict[str, Any] = field(repr=False)


class Refusals(Protocol):
    """Turns an answer that is an error into one of ours."""

    def __call__(
        self, status: int, body: Mapping[str, Any], headers: Mapping[str, str], *, where: str
    ) -> BankError:
        """Return the error to raise."""
        ...


@dataclass(frozen=True, slots=True)
class _Received:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_json(self) -> bool:
        return bool(_JSON.fullmatch(self.headers.get("Content-Type", "")))


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
    ) -> None:
        self.base = PinnedBase(base_url)
        self._limits = limits or Limits()
        self._sleep = sleep
        self._signer = signer
        self._request_id_header = request_id_header
        self._refuse = refuse
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
        answer = self.exchange(call)
        if answer.status >= 400:
            raise self._refuse(answer.status, answer.body, answer.headers, where=call.where)
        return answer.body

    def exchange(self, call: Call) -> Answer:
        """Send a call and return the answer, also when it is a refusal (status 400 to 499).

        Raises:
            BankUnreachable: no connection, or no complete answer in time.
            BankAnswerBroken: cut off, too large, a redirect, or not the JSON it should be.
            BankRefused: the bank has a fault (status 500 and up), after the retries.
        """
        retries = self._limits.retries if call.method == "GET" else 0
        for attempt in range(retries):
            call.before()
            received = self._once(call)
            if received.status < 500:
                return self._understood(call, received)
            self._sleep(self._jitter.uniform(0.5, 1.0) * 2**attempt)
        call.before()
        return self._understood(call, self._once(call))

    def _understood(self, call: Call, received: _Received) -> Answer:
        status, headers = received.status, received.headers
        if status >= 500:
            raise self._refuse(status, _if_readable(received), headers, where=call.where)
        if status >= 400:
            return Answer(status, headers, _if_readable(received))
        if status >= 300:
            raise BankAnswerBroken(
                "the bank's answer sends us to another address",
                where=call.where,
                do="It was not followed, since it would carry the consent along; report it to the bank",
            )
        if status == 204 and not received.body:
            return Answer(status, headers, {})
        if not received.is_json:
            raise BankAnswerBroken("the bank's answer is not JSON", where=call.where, do=LATER)
        return Answer(status, headers, read_object(received.body, where=call.where, list_as=call.list_as))

    def _once(self, call: Call) -> _Received:
        request_id = str(uuid4())
        request = self._prepared(call, request_id)
        started = time.monotonic()
        with self._adapter.within(self._limits.seconds) as over:
            try:
                received = self._exchange(request, call.where)
            except requests.RequestException as error:
                raise self._failure(error, call, too_late=over.is_set()) from None
        if over.is_set():
            raise self._too_late(call)
        passed = int((time.monotonic() - started) * 1000)
        _log.info("%s: %d in %d ms, request %s", call.where, received.status, passed, request_id)
        return received

    def _prepared(self, call: Call, request_id: str) -> requests.PreparedRequest:
        headers, body = _encoded(call)
        headers |= {self._request_id_header: request_id, "Accept": call.accept, "Accept-Encoding": "gzip"}
        request = self._session.prepare_request(
            requests.Request(call.method, call.url, headers=headers | dict(call.headers), data=body)
        )
        if self._signer:
            message = OutgoingMessage(call.method, str(request.url), request.headers, body)
            request.headers.update(self._signer.headers(message))
        return request

    def _exchange(self, request: requests.PreparedRequest, where: str) -> _Received:
        limits = self._limits
        with self._session.send(
            request,
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
                        where=where,
                        do="Nothing was taken over from it; report it to the bank",
                    )
            return _Received(response.status_code, response.headers, bytes(body))

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


def _encoded(call: Call) -> tuple[dict[str, str], bytes]:
    """Write the body exactly as it goes over the wire, since signatures are over these bytes."""
    if call.form is not None:
        return {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(call.form).encode()
    if call.body is not None:
        text = json.dumps(call.body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return {"Content-Type": "application/json"}, text.encode()
    return {}, b""


def _if_readable(received: _Received) -> dict[str, Any]:
    """Read the body of an error answer, which is often a gateway's web page: then nothing."""
    if not received.is_json:
        return {}
    try:
        return read_object(received.body, where="", list_as="errors")
    except BankAnswerBroken:
        return {}
