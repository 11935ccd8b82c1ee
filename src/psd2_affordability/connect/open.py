"""From a bank's file to a bank that can be spoken to."""

from dataclasses import replace

from psd2_affordability.connect.dialects.berlin_group import BerlinGroup
from psd2_affordability.connect.port import BankPort
from psd2_affordability.connect.registry import Bank
from psd2_affordability.connect.transport import Transport
from psd2_affordability.core.errors import UnknownName, UsageError

_DIALECTS = {"berlin_group": BerlinGroup}


def open_bank(bank: Bank, *, base_url: str = "", transport: Transport | None = None) -> BankPort:
    """Speak to a bank in its dialect.

    Args:
        bank: from the registry.
        base_url: where it is, when that is not what its file says.
        transport: made for that address, with certificates and limits of one's own.

    Raises:
        UsageError: the bank has no address, or its dialect is not built.
    """
    address = base_url or bank.base_url
    if not address:
        raise UsageError(f"the file of {bank.id} gives no address", do="Give its base URL")
    dialect = _DIALECTS.get(bank.profile.dialect)
    if dialect is None:
        raise UnknownName.among("dialect", bank.profile.dialect, list(_DIALECTS))
    return dialect(replace(bank, base_url=address), transport or Transport(address))
