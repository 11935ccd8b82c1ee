"""The store: one database under one key, with a room for each kind of thing it keeps."""

from psd2_affordability.store.accounts import Accounts
from psd2_affordability.store.assessments import Assessments
from psd2_affordability.store.audit import AuditLog
from psd2_affordability.store.budget import Calls
from psd2_affordability.store.cases import Cases
from psd2_affordability.store.consents import Consents
from psd2_affordability.store.corrections import KeptCorrections
from psd2_affordability.store.database import Database
from psd2_affordability.store.decisions import Decisions
from psd2_affordability.store.transactions import Ledger
from psd2_affordability.store.vault import Vault


class Store:
    """Everything that is kept. It reads no clock: whoever calls says when it is.

    Args:
        url: a SQLAlchemy address, such as `sqlite:///cases.db`; tables are made when
            the database is empty.
        key: 32 bytes; whoever has not got them cannot read what names people.

    Raises:
        StoreError: the database is broken, belongs to something else, or has another key.
    """

    def __init__(self, url: str, key: bytes) -> None:
        vault = Vault(key)
        self._database = Database(url, vault)
        self.audit = AuditLog(self._database, vault)
        self.cases = Cases(self._database, vault, self.audit)
        self.ledger = Ledger(self._database, self.cases, Accounts(vault), self.audit)
        self.consents = Consents(self._database, vault, self.cases, self.audit)
        self.assessments = Assessments(self._database, self.cases, self.audit)
        self.decisions = Decisions(self._database, self.cases, self.audit)
        self.corrections = KeptCorrections(self._database, self.cases, self.audit)
        self.calls = Calls(self._database, vault)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()
