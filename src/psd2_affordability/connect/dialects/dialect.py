"""What all ways of speaking to a bank share: its file, the line to it, and names for places."""

from collections.abc import Callable
from urllib.parse import quote

from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.port import Access, ConsentState
from psd2_affordability.core.errors import ConsentNotValid, NotOffered


class Dialect:
    """One bank, spoken to by the words of its profile.

    Args:
        connections: our lines to it.
    """

    def __init__(self, connections: Connections) -> None:
        self.bank = connections.bank
        self._profile = self.bank.profile
        self._transport = connections.base

    def _url(self, path: str, **names: str) -> str:
        """Return a path of the profile as an address, with the names filled in."""
        quoted = {name: quote(value, safe="") for name, value in names.items()}
        return self._transport.base.url(self._profile.paths[path].format(**quoted))

    def _where(self, what: str) -> str:
        return f"{self.bank.id} {what}"


def state_by_token(access: Access, ask: Callable[[], object]) -> ConsentState:
    """Tell how a consent stands where the bank describes none: whether its token opens what is asked."""
    if "access_token" not in access.grant.kept:
        return ConsentState("received")
    try:
        ask()
    except ConsentNotValid:
        return ConsentState("expired")
    return ConsentState("valid")


class EndedByPersonAlone(Dialect):
    """A bank that has no call by which we could end a consent."""

    def delete_consent(self, access: Access) -> None:
        """Say that only the person can end it.

        Raises:
            NotOffered: always.
        """
        del access
        raise NotOffered(
            "this bank has no call that ends a consent",
            where=self._where("consent"),
            do="We ask no more; the person can also end it in the bank's app or internet banking",
        )
