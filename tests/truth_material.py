"""The sandbox people as ledger rows, with what each row truly is."""

from collections.abc import Collection

import pandas as pd

from psd2_affordability.ledger.schema import TEXT
from psd2_affordability.sandbox.ledger_view import ledger_of
from psd2_affordability.sandbox.people import SandboxPerson


def with_truth(people: Collection[SandboxPerson]) -> pd.DataFrame:
    """Return several people as one ledger frame with the column `truth`."""
    frame = ledger_of(people)
    truth = [
        person.truth[entry.entry_reference]
        for person in people
        for account in person.banked.accounts
        for entry in account.entries
    ]
    return frame.assign(truth=pd.Series(truth, index=frame.index, dtype=TEXT))
