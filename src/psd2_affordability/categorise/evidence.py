"""On what a category rests, strongest first; the names in lower case are the ledger's words."""

from enum import IntEnum


class Evidence(IntEnum):
    """What decided a row."""

    OWN_ACCOUNT = 0
    CREDITOR_ID = 1
    IBAN = 2
    BANK_CODE = 3
    PURPOSE = 4
    REFERENCE = 5
    PAYEE_NAME = 6
    TEXT = 7
    RECURRENCE = 8
    PAIR = 9
    NONE = 10
    NONE_NO_DETAILS = 11
    NONE_UNKNOWN_PAYEE = 12
    NONE_PURPOSE_NOT_SHOWN = 13
    NONE_MIXED_ALPHABETS = 14
    NONE_LOOKALIKE = 15
    NONE_AMBIGUOUS = 16
    HUMAN = 17
    LEARNT = 18


#: `none` is followed by why; the first underscore parts them.
EVIDENCE = tuple(evidence.name.lower().replace("none_", "none.", 1) for evidence in Evidence)
