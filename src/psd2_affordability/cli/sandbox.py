"""`sandbox`: the sandbox banks as servers on this machine."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from psd2_affordability.sandbox.bank import Fault
    from psd2_affordability.sandbox.bank.state import Clock
    from psd2_affordability.sandbox.banks import SandboxBanks


def sandbox(
    port: Annotated[int, typer.Option(help="Port to listen on; 0 for any that is free.")] = 8321,
    on: Annotated[str, typer.Option(help="The day it is there; two banks insist on today.  [today]")] = "",
    faults: Annotated[int, typer.Option(min=0, help="How often each bank is to misbehave.")] = 0,
    seed: Annotated[int, typer.Option(help="Which misbehaviours; the same number gives the same.")] = 0,
) -> None:
    """Open the sandbox banks on this machine, until Ctrl-C."""
    from psd2_affordability._data import data_files
    from psd2_affordability.sandbox.bank import Faults, faults_by_seed
    from psd2_affordability.sandbox.banks import create_banks
    from psd2_affordability.sandbox.people import load_people
    from psd2_affordability.sandbox.server import serve
    from psd2_affordability.service.settings import from_environment

    people = {name: person.banked for name, person in load_people(data_files("sandbox_fixtures")).items()}
    banks = create_banks(people, _clock(on), faults=lambda: Faults(*faults_by_seed(seed, faults)))
    file = from_environment().sandbox

    def greet(url: str) -> None:
        if file:
            banks.registrations.write(file, banks.urls(url))
        _greet(banks, url, list(people), file)
        _warn(faults_by_seed(seed, faults), seed)

    try:
        serve(banks.app, port, ready=greet)
    finally:
        if file:
            banks.registrations.remove(file)


def _greet(banks: "SandboxBanks", url: str, people: list[str], file: "Path | None") -> None:
    sys.stdout.write(f"The sandbox banks are open at {url}\n\n")
    for bank, place in banks.urls(url).items():
        sys.stdout.write(f"  {bank:26} {place}\n")
    sys.stdout.write(f"\nTheir customers: {', '.join(people)}\n")
    sys.stdout.write(f"Who may call them, until they close: {file}\n")
    sys.stdout.write("Connect one from another terminal:\n")
    sys.stdout.write("  psd2-affordability connect sandbox.uk_open_banking --purpose payment_plan\n")
    sys.stdout.write("Stop them with Ctrl-C.\n")
    sys.stdout.flush()


def _warn(faults: "list[Fault]", seed: int) -> None:
    """Say what each bank will do wrong, so that a run can be repeated."""
    for fault in faults:
        where = f"{fault.endpoint}, page {fault.page + 1}" if fault.endpoint == "transactions" else "balances"
        sys.stdout.write(f"Each bank once, by seed {seed}: {fault.kind} on {where}\n")
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
