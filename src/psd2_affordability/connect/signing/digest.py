"""The digest of a body, as headers carry it."""

import hashlib
from base64 import b64encode


def body_hash(body: bytes, digest: str) -> str:
    """Return the hash of a body in base64; a message without one has the hash of nothing.

    >>> body_hash(b"", "SHA-256")
    '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return b64encode(hashlib.new(digest.replace("-", "").lower(), body).digest()).decode()


def digest_header(body: bytes, digest: str) -> str:
    """Return the value of `Digest`, which the draft signature covers.

    >>> digest_header(b"", "SHA-256")
    'SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return f"{digest}={body_hash(body, digest)}"


def content_digest_header(body: bytes, digest: str) -> str:
    """Return the value of `Content-Digest` (RFC 9530).

    >>> content_digest_header(b"", "SHA-256")
    'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:'
    """
    return f"{digest.lower()}=:{body_hash(body, digest)}:"
