"""`connect`: the consent journey from the command line, then the first full fetch."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from psd2_affordability.cli.options import Json

if TYPE_CHECKING:
    from http.server import HTTPServer

    from rich.console import Console

    from psd2_affordability.service.bootstrap import Product
    from psd2_affordability.service.connect_bank import Brought, Started

_HERE = "127.0.0.1"
_CALLBACK = "/consents/callback"
_POLL_SECONDS = 1.0
_THANKS = b"<!doctype html><title>Thank you</title><p>Thank you. You can close this page."


def connect(
    bank: Annotated[str, typer.Argument(help="Id of the bank, as `banks list` shows.")],
    purpose: Annotated[str, typer.Option(help="What the data are for, such as payment_plan.")],
    case: Annotated[str, typer.Option(help="Key of the case; not a name.")] = "case",
    aspsp: Annotated[str, typer.Option(help="Which bank behind an aggregator, by name.")] = "",
    url: Annotated[str, typer.Option(help="Where the bank is, for a sandbox bank you run.")] = "",
    wait: Annotated[int, typer.Option(min=1, help="Seconds to wait for the person.")] = 600,
    json: Json = False,
) -> None:
    """Ask for consent at a bank, and fetch the full history when the person comes back."""
    from psd2_affordability.cli.output import console, print_json
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.connect_bank import begin_consent

    screen = console(stderr=json)
    wired = product(bank_urls={bank: url} if url else {})
    require_registration(wired, bank)
    with _listening() as desk:
        started = begin_consent(
            wired,
            case,
            bank,
            purpose,
            redirect_uri=f"http://{_HERE}:{desk.server_port}{_CALLBACK}",
            psu_ip=_HERE,
            options={"aspsp": aspsp} if aspsp else {},
        )
        brought = _decided(screen, wired, started, desk, bank, wait)
    if json:
        print_json(
            {
                "consent": brought.consent.id,
                "valid_until": brought.consent.valid_until,
                "kept": brought.kept,
                "problems": [str(problem) for problem in brought.problems],
            }
        )
    else:
        screen.print(
            f"consent {brought.consent.id}, valid until {brought.consent.valid_until}: "
            f"{brought.kept.new} transactions kept under case '{case}'",
            markup=False,
        )
    for problem in brought.problems:
        raise problem


def require_registration(wired: "Product", bank_id: str) -> None:
    """Say what to do when a sandbox bank is asked that does not run: it registers us when it starts."""
    from psd2_affordability.core.errors import UsageError

    bank = wired.banks.bank(bank_id)
    knows_clients = bank.is_sandbox and bank.profile.dialect != "berlin_group"
    if knows_clients and bank_id not in wired.credentials:
        raise UsageError(
            f"nothing says who we are at {bank_id}",
            do="Run `psd2-affordability sandbox` in another terminal, and try again while it runs",
        )


def _decided(
    screen: "Console", wired: "Product", started: "Started", desk: "HTTPServer", bank: str, wait: int
) -> "Brought":
    """Lead the person to their bank, wait until they have decided, and fetch everything."""
    from urllib.parse import parse_qsl, urlsplit

    from psd2_affordability.service.connect_bank import answer_of, complete_consent

    if started.in_app:
        screen.print("Approve in your bank's app; nothing needs to be opened here.")
        if app := wired.bank_app(bank):
            screen.print(f"The app of this sandbox bank is {app}", markup=False, soft_wrap=True)
        answer = answer_of(parse_qsl(urlsplit(started.redirect_url).query))
    else:
        screen.print("Open this page in a browser, log in and approve:")
        screen.print(started.redirect_url, markup=False, soft_wrap=True)
        answer = _wait_for_answer(desk, wait)
    with screen.status("approve in your bank's app" if started.in_app else "fetching the full history"):
        return _when_approved(lambda: complete_consent(wired, answer, psu_ip=_HERE), wait)


def _when_approved(complete: "Callable[[], Brought]", seconds: int) -> "Brought":
    """Try once a second, until the person has decided in the bank's app or the time is over."""
    import time

    from psd2_affordability.core.errors import NotApprovedYet

    until = time.monotonic() + seconds
    while True:
        try:
            return complete()
        except NotApprovedYet:
            if time.monotonic() > until:
                raise
        time.sleep(_POLL_SECONDS)


@contextmanager
def _listening() -> Iterator["HTTPServer"]:
    """Open a port on this machine for the person's return."""
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(_THANKS)
            vars(self.server).setdefault("paths", []).append(self.path)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - inherited name
            """Say nothing: the address holds the state."""

    with HTTPServer((_HERE, 0), Desk) as server:
        yield server


def _wait_for_answer(desk: "HTTPServer", seconds: int) -> dict[str, str]:
    import time
    from urllib.parse import parse_qsl, urlsplit

    from psd2_affordability.core.errors import ConsentNotValid
    from psd2_affordability.service.connect_bank import answer_of

    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        desk.timeout = left
        desk.handle_request()
        for path in vars(desk).pop("paths", []):
            came = urlsplit(str(path))
            if came.path == _CALLBACK and "state=" in came.query:
                return answer_of(parse_qsl(came.query))
    raise ConsentNotValid("nobody came back from the bank in time", do="Start the consent again")
