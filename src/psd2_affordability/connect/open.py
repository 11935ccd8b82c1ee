"""From a bank's file to a bank that can be spoken to."""

from importlib import import_module
from typing import TYPE_CHECKING

from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.port import BankPort
from psd2_affordability.core.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable

#: Dialect to the class in the module of that name that speaks it; a module is read when it is needed.
DIALECTS = {
    "abn_amro": "AbnAmro",
    "bunq": "Bunq",
    "ing": "Ing",
    "berlin_group": "BerlinGroup",
    "rabobank": "Rabobank",
    "uk_open_banking": "UkOpenBanking",
    "volksbank": "Volksbank",
    "enable_banking": "EnableBanking",
    "gocardless": "GoCardless",
    "licensed_provider": "LicensedProvider",
}


def open_bank(connections: Connections) -> BankPort:
    """Speak to a bank in its dialect.

    Raises:
        UnknownName: the bank's profile names a dialect that is not built.
    """
    name = connections.bank.profile.dialect
    if name not in DIALECTS:
        raise UnknownName.among("dialect", name, list(DIALECTS))
    module = import_module(f"psd2_affordability.connect.dialects.{name}")
    make: Callable[[Connections], BankPort] = getattr(module, DIALECTS[name])
    return make(connections)
