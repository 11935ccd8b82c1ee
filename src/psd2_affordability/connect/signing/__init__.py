"""Signed messages: what a bank asks besides mutual TLS to know that a request is ours."""

from psd2_affordability.connect.signing.message import MessageSigner, OutgoingMessage
from psd2_affordability.connect.signing.rule import ALGORITHMS, DIGESTS, KEY_IDS, SCHEMES, SignatureRule
from psd2_affordability.connect.signing.signer import signer_for

__all__ = [
    "ALGORITHMS",
    "DIGESTS",
    "KEY_IDS",
    "SCHEMES",
    "MessageSigner",
    "OutgoingMessage",
    "SignatureRule",
    "signer_for",
]
