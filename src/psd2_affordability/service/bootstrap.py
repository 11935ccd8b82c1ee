"""The one place that wires the product: rules, knowledge, banks, store and clock."""

import gc
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from psd2_affordability.service.clock import Clock, SystemClock
from psd2_affordability.service.settings import Settings, from_environment

if TYPE_CHECKING:
    from psd2_affordability.assess.ports import NationalRules
    from psd2_affordability.categorise.knowledge import Knowledge
    from psd2_affordability.connect.breaker import Breakers
    from psd2_affordability.connect.connections import Connections
    from psd2_affordability.connect.credentials import Credentials
    from psd2_affordability.connect.port import BankPort
    from psd2_affordability.connect.registry import Banks
    from psd2_affordability.jurisdictions.nl.parameters import Parameters
    from psd2_affordability.rulebook.lookup import Rulebook
    from psd2_affordability.store.store import Store

#: Answers hold no loops of references, and looking for them after every 700 new objects, as Python does,
#: walks rules, banks and payees time and again: a seventh of the time of a portfolio.
_NEW_OBJECTS = 50_000


@dataclass(frozen=True)
class Product:
    """Everything a use case may need, each part made when it is first asked for.

    Attributes:
        settings: from the environment.
        clock: says what day it is.
        bank_urls: where a bank is, when not where its file says: the sandbox bank's port.
        registrations: who we are at banks that were opened along with the product: the sandbox.
    """

    settings: Settings
    clock: Clock = field(default_factory=SystemClock)
    bank_urls: Mapping[str, str] = field(default_factory=dict)
    registrations: "Mapping[str, Credentials]" = field(default_factory=dict, repr=False)

    @cached_property
    def rulebook(self) -> "Rulebook":
        """The dated rules."""
        from psd2_affordability.service.shipped_rules import shipped_rules

        return shipped_rules()

    @cached_property
    def leennorm(self) -> "Parameters | None":
        """The amounts of the lending norm that the settings name; None when they name none.

        Raises:
            ParametersError: the file is not there, or is not as its template says.
        """
        from psd2_affordability.service.supplied import read_supplied

        return read_supplied(self.settings.leennorm) if self.settings.leennorm else None

    @cached_property
    def vtlb(self) -> "Parameters | None":
        """The nominal amounts of the vtlb that the settings name; None when they name none.

        Raises:
            ParametersError: the file is not there, or is not as its template says.
        """
        from psd2_affordability.service.supplied import read_supplied

        return read_supplied(self.settings.vtlb) if self.settings.vtlb else None

    @cached_property
    def law(self) -> "NationalRules":
        """The law of the Netherlands, with the lending norm and the vtlb of the settings.

        Raises:
            ParametersError: the file of such a norm is not there, or is not as its template says.
        """
        return self.law_with(self.leennorm, self.vtlb)

    def law_with(self, leennorm: "Parameters | None", vtlb: "Parameters | None") -> "NationalRules":
        """Return the law of the Netherlands with the amounts of a lending norm and of the vtlb, if any."""
        from psd2_affordability.jurisdictions.nl.netherlands import Netherlands

        return Netherlands(self.rulebook, leennorm=leennorm, vtlb=vtlb)

    @cached_property
    def knowledge(self) -> "Knowledge":
        """What is known of payees and categories."""
        from psd2_affordability._data import data_files
        from psd2_affordability.categorise.knowledge import load_knowledge

        return load_knowledge(data_files("rules"))

    @cached_property
    def banks(self) -> "Banks":
        """Every bank there is a file for."""
        from psd2_affordability._data import data_files
        from psd2_affordability.connect.registry import load_banks

        return load_banks(data_files("connectors"))

    def bank(self, bank_id: str) -> "BankPort":
        """Open the way to a bank.

        Raises:
            UnknownName: there is no such bank.
            UsageError: it wants to know who we are, and nothing says it.
        """
        from psd2_affordability.connect.open import open_bank

        return open_bank(self.connections(bank_id))

    def connections(self, bank_id: str) -> "Connections":
        """Return our lines to a bank, before anything is said.

        Raises:
            UnknownName: there is no such bank.
        """
        from psd2_affordability.connect.connections import Connections

        return Connections(
            self.banks.bank(bank_id),
            clock=self.clock.now,
            base_url=self.bank_urls.get(bank_id, ""),
            credentials=self.credentials.get(bank_id),
            breaker=self._breakers.of(bank_id),
        )

    def bank_app(self, bank_id: str) -> str:
        """Return the address of what stands for the bank's own app; empty but in the sandbox."""
        known = "app" in self.banks.bank(bank_id).urls
        return self.connections(bank_id).address("app") if known else ""

    def is_set_up(self, bank_id: str) -> bool:
        """Tell whether somebody said where a bank is, or who we are there."""
        return bank_id in self.bank_urls or bank_id in self.credentials

    @cached_property
    def _breakers(self) -> "Breakers":
        """One breaker for each bank, for as long as the product runs."""
        from psd2_affordability.connect.breaker import Breakers

        return Breakers()

    @cached_property
    def credentials(self) -> "Mapping[str, Credentials]":
        """Who we are at each bank; what the user says goes before what a running sandbox wrote.

        Raises:
            UsageError: the file that says so cannot be read.
        """
        from psd2_affordability.service.credentials import load_credentials

        file = self.settings.sandbox
        written = load_credentials(file if file and file.exists() else None)
        sandbox = {bank: us for bank, us in written.items() if bank.startswith("sandbox.")}
        return {**sandbox, **load_credentials(self.settings.credentials), **self.registrations}

    @cached_property
    def store(self) -> "Store":
        """What is kept; made on first use.

        Raises:
            StoreError: it is broken, belongs to something else, or the key is another one.
        """
        from psd2_affordability.store.store import Store
        from psd2_affordability.store.vault import key_beside, key_from_text

        settings = self.settings
        key = (
            key_from_text(settings.key_text)
            if settings.key_text
            else key_beside(settings.key_file, make=not settings.store_exists)
        )
        settings.key_file.parent.mkdir(parents=True, exist_ok=True)
        return Store(settings.database, key)


def product(
    *,
    settings: Settings | None = None,
    clock: Clock | None = None,
    bank_urls: Mapping[str, str] | None = None,
    registrations: "Mapping[str, Credentials] | None" = None,
) -> Product:
    """Wire the product, and have this process look for loops of garbage less often than Python does.

    Args:
        settings: otherwise from the environment.
        clock: otherwise this machine's.
        bank_urls: bank id to base URL, for a bank that is not where its file says.
        registrations: bank id to who we are there, when that is in no file.
    """
    often, *later = gc.get_threshold()
    if 0 < often < _NEW_OBJECTS:
        gc.set_threshold(_NEW_OBJECTS, *later)
    return Product(
        settings or from_environment(), clock or SystemClock(), bank_urls or {}, registrations or {}
    )
