"""`sandbox`: the sandbox bank as a server on this machine."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from psd2_affordability.sandbox.bank.state import Clock


def sandbox(
    port: Annotated[int, typer.Option(help="Port to listen on; 0 for any that is free.")] = 8321,
    on: Annotated[str, typer.Option(help="The day it is at the bank, such as 2026-11-20.  [today]")] = "",
) -> None:
    """Open the sandbox bank on this machine, until Ctrl-C."""
    from psd2_affordability._data import data_files
    from psd2_affordability.sandbox.bank import create_bank
    from psd2_affordability.sandbox.people import load_people
    from psd2_affordability.sandbox.server import serve

    people = {name: person.banked for name, person in load_people(data_files("sandbox_fixtures")).items()}
    serve(create_bank(people, _clock(on)), port, ready=lambda url: _greet(url, list(people)))


def _greet(url: str, people: list[str]) -> None:
    sys.stdout.write(f"The sandbox bank (sandbox.berlin_group) is open at {url}\n")
    sys.stdout.write(f"Its customers: {', '.join(people)}\nStop it with Ctrl-C.\n")
    sys.stdout.flush()


def _clock(on: str) -> "Clock":
    """Return this machine's clock, or one that starts now on another day."""
    from datetime import datetime, timedelta

    from psd2_affordability.core.dates import iso_day
    from psd2_affordability.core.errors import UsageError

    def now() -> datetime:
        return datetime.now().astimezone()

    if not on:
        return now
    try:
        shift = timedelta(days=(iso_day(on) - now().date()).days)
    except ValueError as error:
        raise UsageError(str(error), where="--on") from None
    return lambda: now() + shift
