"""`demo`: one sandbox person's whole journey, from consent at the bank to the answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl, urlsplit

import typer

from psd2_affordability.cli.options import Json, Spoken, language_of

if TYPE_CHECKING:
    from psd2_affordability.sandbox.people import SandboxPerson
    from psd2_affordability.service.bootstrap import Product
    from psd2_affordability.service.connect_bank import Brought
    from psd2_affordability.service.receivers.shown import Shown
    from psd2_affordability.service.wording import Language

_BANK = "sandbox.berlin_group"
PURPOSE = "debt_help"
_HERE = "127.0.0.1"
_COME_BACK_TO = f"http://{_HERE}/consents/callback"
#: What is told of the journey, step by step, in each language.
_STEPS = {
    "en": (
        "1. consent at {bank} for '{purpose}', valid until {until}",
        "2. {count} transactions fetched over HTTP in the callback, and kept",
        "3. understood and answered, as of {on}",
    ),
    "nl": (
        "1. toestemming bij {bank} voor '{purpose}', geldig tot {until}",
        "2. {count} transacties opgehaald over HTTP na de terugkeer van de bank, en bewaard",
        "3. begrepen en beantwoord, met als peildatum {on}",
    ),
}


def demo(
    person: Annotated[str, typer.Option(help="Which sandbox person.")] = "amina",
    people: Annotated[bool, typer.Option("--list", help="List the sandbox people and stop.")] = False,
    bank: Annotated[str, typer.Option(help="At which sandbox bank.")] = _BANK,
    language: Spoken = "en",
    json: Json = False,
) -> None:
    """See the whole journey on the sandbox bank: consent, first fetch, and every answer."""
    from psd2_affordability._data import data_files
    from psd2_affordability.cli.assess import show
    from psd2_affordability.cli.output import console
    from psd2_affordability.sandbox.people import load_people, load_person

    spoken = language_of(language)
    screen = console(stderr=json)
    fixtures = data_files("sandbox_fixtures")
    if people:
        for each in load_people(fixtures).values():
            screen.print(f"{each.name:10} {_who(each, spoken)}", markup=False)
        return
    chosen = load_person(person, fixtures)
    consented, fetched, answered = (f"[dim]{step}[/]" for step in _STEPS[spoken])
    with _banking(chosen, bank) as product:
        screen.print(f"[bold]{chosen.name}[/]: {_who(chosen, spoken)}")
        visits = _consent(product, chosen, bank)
        until = visits[-1].consent.valid_until
        screen.print(consented.format(bank=bank, purpose=PURPOSE, until=until))
        screen.print(fetched.format(count=sum(brought.kept.new for brought in visits)))
        shown = _answers(product, chosen)
        screen.print(answered.format(on=chosen.on), end="\n\n")
        show(product, shown, spoken, json=json)


def _who(person: "SandboxPerson", language: "Language") -> str:
    return person.says_nl if language == "nl" else person.says


@contextmanager
def _banking(person: "SandboxPerson", bank: str) -> Iterator["Product"]:
    """Open a sandbox bank and a store that lasts as long as the demo."""
    from psd2_affordability.core.errors import UnknownName
    from psd2_affordability.sandbox.banks import PLACES, create_banks
    from psd2_affordability.sandbox.server import serve_in_thread
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.clock import FixedClock
    from psd2_affordability.service.settings import DATABASE, from_environment

    if bank not in PLACES:
        raise UnknownName.among("sandbox bank", bank, list(PLACES))
    clock = FixedClock.at_noon(person.on)
    banks = create_banks({person.name: person.banked}, clock.now, only=[bank])
    with TemporaryDirectory(prefix="psd2-affordability-") as folder, serve_in_thread(banks.app) as url:
        settings = from_environment({DATABASE: f"sqlite:///{Path(folder) / 'demo.db'}"})
        wired = product(
            settings=settings, clock=clock, bank_urls=banks.urls(url), registrations=banks.credentials()
        )
        yield wired
        wired.store.close()


def _consent(product: "Product", person: "SandboxPerson", bank: str) -> "list[Brought]":
    """Ask for consent as often as the bank needs to give every account."""
    from psd2_affordability.sandbox.banks import ONE_ACCOUNT

    ibans = [account.iban for account in person.banked.accounts]
    visits = [[iban] for iban in ibans] if bank in ONE_ACCOUNT else [ibans]
    return [_visit(product, person.name, bank, chosen) for chosen in visits]


def _visit(product: "Product", person: str, bank: str, ibans: list[str]) -> "Brought":
    """Ask for consent, approve it at the bank as the person would, and come back."""
    from psd2_affordability.sandbox.approve import approve, approve_in_app
    from psd2_affordability.service.connect_bank import answer_of, begin_consent, complete_consent

    started = begin_consent(product, person, bank, PURPOSE, redirect_uri=_COME_BACK_TO, psu_ip=_HERE)
    came_back = started.redirect_url
    if started.in_app:
        approve_in_app(product.bank_urls[bank], person, ibans)
    else:
        came_back = approve(started.redirect_url, person, ibans)
    return complete_consent(product, answer_of(parse_qsl(urlsplit(came_back).query)), psu_ip=_HERE)


def _answers(product: "Product", person: "SandboxPerson") -> "Shown":
    from psd2_affordability.service.assess_case import Question
    from psd2_affordability.service.receivers.shown import show_case

    question = Question(on=person.on, household=person.household, total_debt=person.total_debt or None)
    return show_case(product, person.name, PURPOSE, question)
