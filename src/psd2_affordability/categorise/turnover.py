"""Invoices that private customers of an entrepreneur pay."""

import numpy as np

from psd2_affordability.categorise.decide import Decided
from psd2_affordability.categorise.evidence import Evidence
from psd2_affordability.categorise.knowledge import Knowledge
from psd2_affordability.categorise.tables import PARTICULIER
from psd2_affordability.ledger.columns import Columns

TURNOVER = "inkomen.zzp"
_VAT = "belasting.btw"
_SURE = 66
#: So many invoices of organisations show an entrepreneur, where no VAT is seen.
_INVOICES = 2


def find_private_customers(columns: Columns, decided: Decided, knowledge: Knowledge) -> None:
    """Take a private payment of an invoice for turnover, where other rows show an entrepreneur.

    The word alone proves nothing: anybody can write it. VAT that is paid, or invoices that
    organisations pay, make it believed.
    """
    number = knowledge.tables.number
    private = decided.incoming & (decided.category == number[PARTICULIER[True]])
    rows = np.flatnonzero(private)
    if not len(rows):
        return
    who, subjects = columns.coded("subject")
    paid_vat = np.bincount(who[decided.category == number[_VAT]], minlength=len(subjects))
    invoiced = np.bincount(who[decided.category == number[TURNOVER]], minlength=len(subjects))
    entrepreneur = (paid_vat > 0) | (invoiced >= _INVOICES)
    rows = rows[entrepreneur[who[rows]]]
    if not len(rows):
        return
    rules = knowledge.texts.rules
    said = decided.sayings.of(rows, decided.incoming)
    invoice = [any(rules[rule].category == TURNOVER for rule in each) for each in decided.sayings.rules]
    rows = rows[np.array(invoice, dtype=np.bool_)[said]]
    decided.settle(rows, number[TURNOVER], Evidence.TEXT, _SURE)
