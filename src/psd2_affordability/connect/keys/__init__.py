"""Private keys that sign for us, wherever they are kept: a file, the environment or a hardware token."""

from psd2_affordability.connect.keys.algorithms import Algorithm, PublicKey, SigningKey
from psd2_affordability.connect.keys.pem import key_from_pem, plain_pem
from psd2_affordability.connect.keys.reference import (
    FileReference,
    TokenReference,
    VariableReference,
    key_from_reference,
    parse_reference,
)

__all__ = [
    "Algorithm",
    "FileReference",
    "PublicKey",
    "SigningKey",
    "TokenReference",
    "VariableReference",
    "key_from_pem",
    "key_from_reference",
    "parse_reference",
    "plain_pem",
]
