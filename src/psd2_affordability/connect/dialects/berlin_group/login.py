"""The ways through the authorisation server of a bank that follows the standard."""

from psd2_affordability.connect.approval import Approval
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.oauth.server import AuthorisationServer, Kind, discover
from psd2_affordability.connect.port import Grant
from psd2_affordability.connect.transport import Call
from psd2_affordability.core.errors import BankAnswerBroken

_KINDS: tuple[Kind, ...] = ("openid-configuration", "oauth-authorization-server")


class Logins:
    """Approval by OAuth at one bank, whose server its file names or its consents link to.

    Args:
        connections: our lines to the bank.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._made: dict[str, Approval] = {}

    def at(self, link: str) -> Approval:
        """Return the way through the server that a consent links to; its file's where that is named.

        Raises:
            BankAnswerBroken: the link is to no server that the bank's file lists.
            UsageError: we have no client number there.
        """
        named = bool(self._connections.bank.urls.get("authorise"))
        place = "" if named else link
        if place not in self._made:
            self._made[place] = Approval(self._connections, server=None if named else self._server(place))
        return self._made[place]

    def of(self, grant: Grant) -> Approval:
        """Return the way that a grant was approved by."""
        return self.at(grant.kept.get("metadata", ""))

    def page(self, address: str) -> str:
        """Ask the bank for the page to send the person to, where it tells that to us alone.

        Raises:
            BankError: it names none, or one that nobody may be sent to.
        """
        where = f"{self._connections.bank.id} login page"
        line = self._connections.at("authorise")
        got = line.exchange(Call("GET", address, where, sends_person=True))
        line.accepted(Call("GET", address, where), got)
        page = got.headers.get("Location", "")
        if not page:
            raise BankAnswerBroken("the bank names no login page", where=where, do="Nobody was sent there")
        return line.base.page_for_person(page, where=where)

    def _server(self, link: str) -> AuthorisationServer:
        """Read the description that the bank links to; without one, only tokens of our own can be had."""
        bank, where = self._connections.bank, f"{self._connections.bank.id} authorisation server"
        token = self._connections.address("token")
        issuer = bank.urls.get("issuer", "")
        if not link:
            return AuthorisationServer(issuer or token, authorisation_endpoint="", token_endpoint=token)
        for kind in _KINDS:
            head, marked, tail = link.partition(f"/.well-known/{kind}")
            if marked and issuer in ("", head + tail):
                lines = [self._connections.at("token"), self._connections.base]
                return discover(head + tail, lines, where=where, kind=kind)
        raise BankAnswerBroken(
            "the bank's link for approval is to no authorisation server that its file names",
            where=where,
            do="Nobody was sent there; compare the link with the bank's documentation and its file",
        )
