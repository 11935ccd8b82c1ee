"""On what a category rests, strongest first; the names in lower case are the ledger's words."""

from enum import IntEnum


class Evidence(IntEnum):
    """What decided a row."""

    OWN_ACCOUNT = 0
    CREDITOR_ID = 1
    IBAN = 2
    BANK_CODE = 3
    PURPOSE = 4
    PAYEE_NAME = 5
    TEXT = 6
    RECURRENCE = 7
    PAIR = 8
    NONE = 9
    NONE_NO_DETAILS = 10
    NONE_UNKNOWN_PAYEE = 11
    NONE_PURPOSE_NOT_SHOWN = 12
    NONE_MIXED_ALPHABETS = 13


#: `none` is followed by why; the first underscore parts them.
EVIDENCE = tuple(evidence.name.lower().replace("none_", "none.", 1) for evidence in Evidence)
