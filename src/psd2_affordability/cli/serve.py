"""`serve`: the interface, the pages and the sandbox banks on this machine."""

import sys
from typing import Annotated

import typer


def serve(
    port: Annotated[int, typer.Option(help="Port to listen on; 0 for any that is free.")] = 8000,
    sandbox_port: Annotated[int, typer.Option(help="Port of the sandbox banks; 0 for any.")] = 0,
) -> None:
    """Serve the interface and the pages, with the sandbox banks beside them, until Ctrl-C."""
    from importlib import import_module

    from psd2_affordability._data import data_files
    from psd2_affordability.sandbox.banks import create_banks
    from psd2_affordability.sandbox.people import load_people
    from psd2_affordability.sandbox.server import serve as serve_here
    from psd2_affordability.sandbox.server import serve_in_thread
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.clock import SystemClock

    # By name, as a web server loads it: the command line stands beside the interface and the pages.
    application = import_module("psd2_affordability.asgi")
    people = load_people(data_files("sandbox_fixtures"))
    banks = create_banks({name: person.banked for name, person in people.items()}, SystemClock().now)
    with serve_in_thread(banks.app, sandbox_port) as sandbox_url:
        wired = product(bank_urls=banks.urls(sandbox_url), registrations=banks.credentials())

        def greet(url: str) -> None:
            sys.stdout.write(f"pages      {url}\ninterface  {url}/api/docs\nsandbox    {sandbox_url}\n")
            sys.stdout.write(f"kept in    {wired.settings.place}\nStop with Ctrl-C.\n")
            sys.stdout.flush()

        serve_here(application.create_app(wired), port, ready=greet)
