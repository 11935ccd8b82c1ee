"""One call to a bank and its answer, as values; and how much a bank gets of our time and memory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


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
        anew: headers that are made for every attempt, such as a proof that counts once.
        sends_person: whether the bank may answer with an address for the person's browser; never followed.
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
    anew: Callable[[], Mapping[str, str]] = dict
    sends_person: bool = False


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
