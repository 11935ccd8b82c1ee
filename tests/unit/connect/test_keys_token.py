"""Keys inside a token, with the software token of the SoftHSM project standing in for one of hardware."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA512

from certificate_material import NOW, authority, qsealc
from psd2_affordability.connect.keys import Algorithm, key_from_reference
from psd2_affordability.connect.keys.token import TokenKey
from psd2_affordability.connect.signing import OutgoingMessage, SignatureRule, signer_for
from psd2_affordability.core.errors import CredentialsError

PIN = "482913"
DATA = b"digest: SHA-256=..."
PLACES = ("/usr/lib/softhsm", "/usr/lib/x86_64-linux-gnu/softhsm", "/usr/lib/aarch64-linux-gnu/softhsm")
MODULE = next((path for place in PLACES if (path := Path(place, "libsofthsm2.so")).exists()), None)

needs_softhsm = pytest.mark.skipif(
    MODULE is None or shutil.which("softhsm2-util") is None, reason="needs softhsm2 on the machine"
)


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    """A token with an RSA and an ECDSA key that were made elsewhere and put in."""
    folder = tmp_path_factory.mktemp("softhsm")
    tokens = folder / "tokens"
    tokens.mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(settings))
        tool = ("softhsm2-util", "--module", str(MODULE))
        new = ("--init-token", "--free", "--label", "Kantoor", "--pin", PIN, "--so-pin", "99887766")
        subprocess.run([*tool, *new], check=True, capture_output=True)
        for number, (label, pem) in enumerate(
            {"seal": qsealc().key_pem, "token key": authority().server().key_pem}.items(), start=1
        ):
            path = folder / f"{number}.pem"
            path.write_bytes(pem)
            put = ("--import", str(path), "--token", "Kantoor", "--label", label, "--id", f"0{number}")
            subprocess.run([*tool, *put, "--pin", PIN], check=True, capture_output=True)
        yield "Kantoor"


@pytest.fixture
def opened(token):
    keys = []

    def open_key(label="seal", *, pin=PIN, of=token, module=MODULE):
        keys.append(TokenKey(module=str(module), token=of, label=label, pin=pin))
        return keys[-1]

    yield open_key
    for key in keys:
        key.close()


@needs_softhsm
@pytest.mark.parametrize(
    ("algorithm", "padding", "digest"),
    [
        (Algorithm.RSA_SHA256, PKCS1v15(), SHA256()),
        (Algorithm.RSA_SHA512, PKCS1v15(), SHA512()),
        (Algorithm.RSA_PSS_SHA256, PSS(MGF1(SHA256()), 32), SHA256()),
        (Algorithm.RSA_PSS_SHA512, PSS(MGF1(SHA512()), 64), SHA512()),
    ],
)
def test_a_token_signs_each_way_that_banks_ask_for(opened, algorithm, padding, digest):
    signature = opened().sign(DATA, algorithm)

    qsealc().key.public_key().verify(signature, DATA, padding, digest)


@needs_softhsm
def test_a_token_signs_with_ecdsa_as_two_numbers_of_32_bytes(opened):
    key = opened("token key")

    signature = key.sign(DATA, Algorithm.ECDSA_P256_SHA256)

    assert len(signature) == 64
    in_der = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    key.public_key.verify(in_der, DATA, ec.ECDSA(SHA256()))


@needs_softhsm
def test_a_message_is_sealed_without_the_key_leaving_the_token(opened):
    rule = SignatureRule("cavage", headers=("digest", "x-request-id"))
    signer = signer_for(rule, opened(), qsealc().pem, clock=lambda: NOW)

    headers = signer.headers(OutgoingMessage("GET", "https://api.bank.example/", {"X-Request-ID": "1"}))

    assert 'algorithm="rsa-sha256"' in headers["Signature"]


@needs_softhsm
def test_a_reference_opens_the_key(token):
    text = f"pkcs11:token={token};object=token%20key;module={MODULE}"

    key = key_from_reference(text, content=lambda _: b"", secret=PIN)

    assert repr(key) == "TokenKey(key 'token key' on token 'Kantoor')"
    key.close()


@needs_softhsm
@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"pin": "000000"}, "the token refuses the PIN. Check the PIN before trying again"),
        ({"label": "anders"}, r"cannot be used \(NoSuchKey\)"),
        ({"of": "Elders"}, r"cannot be used \(NoSuchToken\)"),
        ({"module": "/nergens/lib.so"}, r"cannot be used \(PKCS11Error\). Check the module"),
    ],
)
def test_a_token_that_cannot_be_used_says_why_and_never_the_pin(opened, given, says):
    with pytest.raises(CredentialsError, match=says) as raised:
        opened(**given)

    assert given.get("pin", PIN) not in str(raised.value)


@needs_softhsm
def test_a_token_does_not_sign_in_the_way_of_another_kind_of_key(opened):
    with pytest.raises(CredentialsError, match="an ECDSA key cannot sign with rsa-sha256"):
        opened("token key").sign(DATA, Algorithm.RSA_SHA256)


def test_without_the_optional_library_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pkcs11", None)

    with pytest.raises(CredentialsError, match=r"Install psd2-affordability\[pkcs11\]"):
        TokenKey(module="/lib.so", token="Kantoor", label="seal", pin=PIN)
