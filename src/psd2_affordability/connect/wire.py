"""One request over the wire and the bytes that come back: signed, pinned, bounded, never redirected."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urlencode

import requests

from psd2_affordability.connect.call import Call, Limits
from psd2_affordability.connect.deadline import DeadlineAdapter
from psd2_affordability.connect.pinned import ForbiddenAddress, PinnedBase
from psd2_affordability.connect.refusals import LATER
from psd2_affordability.connect.signing import MessageSigner, OutgoingMessage
from psd2_affordability.connect.tls_failure import tls_failure
from psd2_affordability.connect.traffic_log import only_our_words
from psd2_affordability.core.errors import BankAnswerBroken, BankError, BankUnreachable, UsageError

_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", re.ASCII)
_HEADER_VALUE = re.compile(r"[\t -~]*", re.ASCII)
_ENCODINGS = ("", "identity", "gzip")
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Received:
    """An answer as bytes, unpacked."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Failed(Exception):
    """No whole answer came.

    Attributes:
        error: what to tell.
        may_pass: whether the same request may fare better a moment later.
    """

    def __init__(self, error: BankError, *, may_pass: bool = False) -> None:
        super().__init__(error.code)
        self.error = error
        self.may_pass = may_pass


@dataclass(frozen=True, slots=True)
class Security:
    """How we and the bank know each other.

    Attributes:
        certificate: files of the client certificate and its key, where the bank wants mutual TLS.
        authorities: file with the certificate authorities to trust; the usual ones otherwise.
        signer: signs every attempt, where the bank wants signed messages.
        proxy: address of a proxy to go through; the environment is never asked for one.
    """

    certificate: tuple[str, str] | None = None
    authorities: str | None = None
    signer: MessageSigner | None = None
    proxy: str = ""


class Wire:
    """Sends single requests to one bank."""

    def __init__(self, base: PinnedBase, security: Security, limits: Limits) -> None:
        self._base = base
        self._signer = security.signer
        self._limits = limits
        self._adapter = DeadlineAdapter(base)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.cert = security.certificate
        self._session.verify = security.authorities or True
        if security.proxy:
            self._session.proxies = {"http": security.proxy, "https": security.proxy}
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, self._adapter)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def prepare(self, call: Call, headers: Mapping[str, str]) -> requests.PreparedRequest:
        """Write the request down to its last byte, and sign it.

        Raises:
            BankAnswerBroken: the address is not at this bank.
            UsageError: a value does not fit a header.
        """
        url = self._base.link(call.url, where=call.where)
        kind, body = _encoded(call)
        named = {
            **kind,
            "Accept": call.accept,
            "Accept-Encoding": "gzip",
            **headers,
            **call.headers,
            **call.anew(),
        }
        _check(named, call.where)
        request = self._session.prepare_request(requests.Request(call.method, url, headers=named, data=body))
        if self._signer:
            message = OutgoingMessage(call.method, str(request.url), request.headers, body)
            signed = self._signer.headers(message)
            _check(signed, call.where)
            request.headers.update(signed)
        return request

    def send(self, request: requests.PreparedRequest, where: str) -> Received:
        """Send a request and read the answer to its end.

        Raises:
            Failed: no whole answer in time, or more than the bank gets.
        """
        with self._adapter.within(self._limits.seconds) as exchange, only_our_words():
            try:
                received = self._exchange(request, where)
            except ForbiddenAddress:
                raise Failed(_forbidden(where)) from None
            except requests.RequestException as error:
                raise self._failure(error, where, too_late=exchange.is_over) from None
        if exchange.is_over:
            raise self._too_late(where)
        return received

    def _exchange(self, request: requests.PreparedRequest, where: str) -> Received:
        limits = self._limits
        with self._session.send(
            request,
            timeout=(min(limits.connect_seconds, limits.seconds), limits.seconds),
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.headers.get("Content-Encoding", "").strip().lower() not in _ENCODINGS:
                raise Failed(_broken("the bank's answer is packed in a way that was not asked for", where))
            body = bytearray()
            for piece in response.iter_content(_PIECE):
                body += piece
                if len(body) > limits.max_bytes:
                    raise Failed(_broken(f"the bank's answer is larger than {limits.max_bytes} bytes", where))
            return Received(response.status_code, response.headers, bytes(body))

    def _failure(self, error: requests.RequestException, where: str, *, too_late: bool) -> Failed:
        """Say what went wrong without the library's words: they quote whole URLs."""
        if too_late or isinstance(error, requests.Timeout):
            return self._too_late(where)
        if isinstance(error, requests.ConnectionError):
            return self._not_connected(error, where)
        cut = isinstance(error, requests.exceptions.ChunkedEncodingError)
        return Failed(BankAnswerBroken("the bank's answer was cut off", where=where, do=LATER), may_pass=cut)

    def _not_connected(self, error: requests.ConnectionError, where: str) -> Failed:
        handshake = isinstance(error, requests.exceptions.SSLError)
        known = tls_failure(error) if self._base.is_secure else None
        what = known.what if known else "the bank cannot be reached"
        advice = known.do if known else "Check the network and the address"
        return Failed(BankUnreachable(what, where=where, do=advice), may_pass=not handshake)

    def _too_late(self, where: str) -> Failed:
        return Failed(
            BankUnreachable(
                f"the bank gave no complete answer within {self._limits.seconds:g} seconds",
                where=where,
                do=LATER,
            )
        )


def _encoded(call: Call) -> tuple[dict[str, str], bytes]:
    """Write the body exactly as it goes over the wire, since signatures are over these bytes."""
    if call.form is not None:
        return {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(call.form).encode()
    if call.body is not None:
        text = json.dumps(call.body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return {"Content-Type": "application/json"}, text.encode()
    return {}, b""


def _check(headers: Mapping[str, str], where: str) -> None:
    """Refuse a header that would end early and begin another one."""
    for name, value in headers.items():
        if not (_HEADER_NAME.fullmatch(name) and _HEADER_VALUE.fullmatch(value) and value == value.strip()):
            raise UsageError(
                "a value for a header of the request is not one line of plain text",
                where=where,
                do="Nothing was sent; check the key, token or number of the consent that it is made from",
            )


def _broken(what: str, where: str) -> BankAnswerBroken:
    return BankAnswerBroken(what, where=where, do="Nothing was taken over from it; report it to the bank")


def _forbidden(where: str) -> BankUnreachable:
    return BankUnreachable(
        "the name of the bank leads into a private network",
        where=where,
        do="Nothing was sent; check the bank's address and the name servers of this machine",
    )
