"""Money, days, IBANs, reasons, receipts and errors: the words that every floor shares."""
