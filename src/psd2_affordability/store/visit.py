"""One source that brings data of one case, inside one transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from psd2_affordability.store.vault import Seal


@dataclass(frozen=True, slots=True)
class Visit:
    """Who brings what is kept now.

    Attributes:
        connection: inside the transaction.
        seal: of the case.
        subject: the case.
        source: id of a bank, or `file`.
        at: when.
    """

    connection: Connection
    seal: Seal
    subject: str
    source: str
    at: datetime

    def to(self, account_id: int) -> "Place":
        """Go to one account."""
        return Place(self.connection, self.seal, self.subject, self.source, self.at, account_id)


@dataclass(frozen=True, slots=True)
class Place(Visit):
    """The account that is visited.

    Attributes:
        account_id: its number in the table.
    """

    account_id: int
