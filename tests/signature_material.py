"""A bank's side of draft signatures: a verifier written from draft-cavage-http-signatures alone."""

import hashlib
import re
from base64 import b64decode

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256, SHA512


def cavage_parts(headers):
    """Take the `Signature` header apart."""
    return dict(re.findall(r'([a-zA-Z]+)="([^"]*)"', headers["Signature"]))


def verify_cavage(method, target, headers, body, public_key):
    """Rebuild the signing string as section 2.3 of the draft says, and check signature and digest."""
    said = cavage_parts(headers)
    sent = {name.lower(): value.strip() for name, value in headers.items()}
    sent["(request-target)"] = f"{method.lower()} {target}"
    string = "\n".join(f"{name}: {sent[name]}" for name in said["headers"].split(" "))
    kind = {"rsa-sha256": SHA256(), "rsa-sha512": SHA512()}[said["algorithm"]]
    public_key.verify(b64decode(said["signature"]), string.encode(), PKCS1v15(), kind)
    name, _, digest = sent["digest"].partition("=")
    assert b64decode(digest) == hashlib.new(name.replace("-", ""), body).digest()
