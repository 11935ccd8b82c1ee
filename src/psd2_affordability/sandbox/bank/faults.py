"""Scripted misbehaviour of the sandbox bank: what real banks, networks and attackers do."""

import asyncio
import gzip
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from fastapi.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from psd2_affordability.sandbox.bank.state import Refused

_JSON = "application/json"
_DRIP_SECONDS = 0.1
_BOMB_BYTES = 64 * 1024 * 1024
_AMOUNT = re.compile(r'("amount": )(?=["0-9-])', re.IGNORECASE)


class Kind(StrEnum):
    """What goes wrong."""

    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    CONSENT_EXPIRED = "consent_expired"
    TRUNCATED = "truncated"
    CUT_OFF = "cut_off"
    NEXT_ELSEWHERE = "next_elsewhere"
    REDIRECT = "redirect"
    SLOW_DRIP = "slow_drip"
    GZIP_BOMB = "gzip_bomb"
    NAN = "nan"
    DUPLICATE_KEY = "duplicate_key"
    DEEP = "deep"
    WEB_PAGE = "web_page"
    ENDLESS_PAGES = "endless_pages"
    CIRCLE = "circle"
    EMPTY_PAGE = "empty_page"
    BAD_ROW = "bad_row"


@dataclass(slots=True)
class Fault:
    """One misbehaviour.

    Attributes:
        kind: what goes wrong.
        endpoint: `consents`, `consent`, `accounts`, `balances`, `transactions`, or `token` with OAuth.
        page: on which page, counted from 0.
        iban: on which account only; empty for all.
        times: how often, before the bank is well again.
        elsewhere: the other host, for the kinds that lead there.
    """

    kind: Kind
    endpoint: str
    page: int = 0
    iban: str = ""
    times: int = 1
    elsewhere: str = "http://127.0.0.1:9"


class Faults:
    """The misbehaviours that are still to come."""

    def __init__(self, *faults: Fault) -> None:
        self._faults = faults

    def take(self, endpoint: str, page: int = 0, iban: str = "") -> Fault | None:
        """Return the next misbehaviour that is due here, and count it."""
        for fault in self._faults:
            here = fault.endpoint == endpoint and fault.iban in {"", iban}
            on_page = fault.page == page or (fault.kind is Kind.ENDLESS_PAGES and page >= fault.page)
            if here and on_page and fault.times > 0:
                fault.times -= 1
                return fault
        return None


#: What a client gets over: it asks again, or keeps what did arrive and says what is missing.
_BORNE = (Kind.SERVER_ERROR, Kind.TRUNCATED, Kind.WEB_PAGE, Kind.NAN, Kind.REDIRECT, Kind.RATE_LIMITED)
_BORNE_ON_PAGES = (*_BORNE, Kind.CIRCLE, Kind.EMPTY_PAGE)


def faults_by_seed(seed: int, count: int) -> list[Fault]:
    """Choose misbehaviours that a client survives; the same seed gives the same.

    >>> faults_by_seed(7, 2) == faults_by_seed(7, 2) != faults_by_seed(8, 2)
    True
    """
    chance = Random(seed)  # noqa: S311 - a script to repeat, no secret
    return [_by_chance(chance) for _ in range(count)]


def _by_chance(chance: Random) -> Fault:
    if chance.random() < 1 / 4:
        return Fault(chance.choice(_BORNE), "balances")
    return Fault(chance.choice(_BORNE_ON_PAGES), "transactions", page=chance.randrange(3))


#: Makes an answer of the right shape whose content misleads: given the fault, the right one and its address.
Bend = Callable[[Fault, dict[str, Any], str], dict[str, Any]]


def spoiled(
    fault: Fault, body: dict[str, Any], headers: dict[str, str], again: str, bend: Bend | None = None
) -> Response:
    """Answer wrongly.

    Args:
        fault: what goes wrong.
        body: the right answer.
        headers: of the right answer.
        again: the address of this very call, for pages that never end.
        bend: how this bank's answers mislead; the Berlin Group's otherwise.
    """
    if fault.kind in _REFUSALS:
        raise Refused(*_REFUSALS[fault.kind])
    right = json.dumps(body)
    if fault.kind in _MISPRINTS:
        return Response(_MISPRINTS[fault.kind](right), media_type=_JSON, headers=headers)
    match fault.kind:
        case Kind.CUT_OFF:
            promised = headers | {"Content-Length": str(len(right) + 100)}
            return StreamingResponse(_hanging_up(right), media_type=_JSON, headers=promised)
        case Kind.REDIRECT:
            return RedirectResponse(f"{fault.elsewhere}/v1/accounts", 302, headers)
        case Kind.SLOW_DRIP:
            return StreamingResponse(_dripping(right), media_type=_JSON, headers=headers)
        case Kind.GZIP_BOMB:
            packed = gzip.compress(b" " * _BOMB_BYTES, compresslevel=1)
            return Response(packed, media_type=_JSON, headers=headers | {"Content-Encoding": "gzip"})
        case Kind.WEB_PAGE:
            return Response("<h1>Out of order</h1>", media_type="text/html", headers=headers)
        case _:
            return JSONResponse((bend or _bent)(fault, body, again), headers=headers)


_REFUSALS: Mapping[Kind, tuple[int, str, str, Mapping[str, str]]] = {
    Kind.RATE_LIMITED: (429, "ACCESS_EXCEEDED", "too many calls", {"Retry-After": "3600"}),
    Kind.SERVER_ERROR: (500, "INTERNAL_SERVER_ERROR", "something broke", {}),
    Kind.CONSENT_EXPIRED: (401, "CONSENT_EXPIRED", "the consent has expired", {}),
}

_MISPRINTS: Mapping[Kind, Callable[[str], str]] = {
    Kind.TRUNCATED: lambda text: text[: len(text) // 2],
    Kind.NAN: lambda text: text.replace("{", '{"odd": NaN, ', 1),
    Kind.DUPLICATE_KEY: lambda text: _AMOUNT.sub(r'\1"1.00", \1', text, count=1),
    Kind.DEEP: lambda _: '{"a":' * 100_000 + "1" + "}" * 100_000,
}


def _bent(fault: Fault, body: dict[str, Any], again: str) -> dict[str, Any]:
    """Return an answer of the right shape whose content misleads."""
    report = dict(body["transactions"])
    links = dict(report["_links"])
    match fault.kind:
        case Kind.NEXT_ELSEWHERE:
            links["next"] = {"href": f"{fault.elsewhere}/v1/accounts"}
        case Kind.CIRCLE:
            links["next"] = {"href": again}
        case Kind.ENDLESS_PAGES:
            links["next"] = {"href": f"{again}&step={fault.times}"}
        case Kind.EMPTY_PAGE:
            report["booked"] = []
        case _:
            bad = report["booked"][0] | {"transactionAmount": {"currency": "EUR", "amount": "1E+2"}}
            report["booked"] = [bad, *report["booked"][1:]]
    return body | {"transactions": report | {"_links": links}}


async def _dripping(text: str) -> AsyncIterator[str]:
    for letter in text:
        yield letter
        await asyncio.sleep(_DRIP_SECONDS)


async def _hanging_up(text: str) -> AsyncIterator[str]:
    yield text
    raise ConnectionAbortedError("the sandbox bank hangs up as it was told to")
