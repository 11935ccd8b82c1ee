"""What balances are called: the words of ISO 20022 as this project writes them."""

from collections.abc import Mapping

ISO_20022: Mapping[str, str] = {
    "OPBD": "openingBooked",
    "PRCD": "previouslyClosedBooked",
    "CLBD": "closingBooked",
    "ITBD": "interimBooked",
    "OPAV": "openingAvailable",
    "CLAV": "closingAvailable",
    "ITAV": "interimAvailable",
    "FWAV": "forwardAvailable",
    "XPCD": "expected",
    "INFO": "information",
}
