"""Private keys from PEM text, and what is said about keys that cannot be used."""

from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from certificate_material import authority, qsealc
from psd2_affordability.connect.keys import (
    Algorithm,
    FileReference,
    VariableReference,
    key_from_pem,
    key_from_reference,
    parse_reference,
    plain_pem,
)
from psd2_affordability.connect.keys.as_files import held_as_file
from psd2_affordability.core.errors import CredentialsError, UsageError

DATA = b"digest: SHA-256=..."


def rsa_key():
    return key_from_pem(qsealc().key_pem, where="seal key")


def written(key, encryption=None, form=PrivateFormat.PKCS8):
    return key.private_bytes(Encoding.PEM, form, encryption or NoEncryption())


@pytest.mark.parametrize(
    ("algorithm", "padding", "digest"),
    [
        (Algorithm.RSA_SHA256, PKCS1v15(), SHA256()),
        (Algorithm.RSA_SHA512, PKCS1v15(), SHA512()),
        (Algorithm.RSA_PSS_SHA256, PSS(MGF1(SHA256()), 32), SHA256()),
        (Algorithm.RSA_PSS_SHA512, PSS(MGF1(SHA512()), 64), SHA512()),
    ],
)
def test_an_rsa_key_signs_each_way_that_banks_ask_for(algorithm, padding, digest):
    signature = rsa_key().sign(DATA, algorithm)

    rsa_key().public_key.verify(signature, DATA, padding, digest)
    with pytest.raises(InvalidSignature):
        rsa_key().public_key.verify(signature, DATA + b"!", padding, digest)


def test_an_ecdsa_signature_is_two_numbers_of_32_bytes():
    key = key_from_pem(authority().server().key_pem, where="token key")

    signature = key.sign(DATA, Algorithm.ECDSA_P256_SHA256)

    assert len(signature) == 64
    in_der = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    key.public_key.verify(in_der, DATA, ec.ECDSA(SHA256()))


def test_a_key_does_not_sign_in_the_way_of_another_kind():
    with pytest.raises(CredentialsError, match="an RSA key cannot sign with ecdsa-p256-sha256"):
        rsa_key().sign(DATA, Algorithm.ECDSA_P256_SHA256)


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_a_locked_key_opens_with_its_password_alone(form):
    locked = written(qsealc().key, BestAvailableEncryption(b"geheim"), form)

    assert key_from_pem(locked, password="geheim", where="seal").public_key == qsealc().key.public_key()
    with pytest.raises(CredentialsError, match="the password is wrong"):
        key_from_pem(locked, password="anders", where="seal")
    with pytest.raises(CredentialsError, match="locked with a password"):
        key_from_pem(locked, where="seal")


def test_a_password_for_a_key_that_has_none_does_no_harm():
    assert key_from_pem(qsealc().key_pem, password="geheim", where="seal").public_key


def test_a_key_is_found_beside_its_certificate():
    assert key_from_pem(qsealc().pem + qsealc().key_pem, where="seal").public_key == qsealc().key.public_key()


def weak():
    return written(rsa.generate_private_key(65537, 1024))  # noqa: S505 (weak on purpose: it is refused)


UNUSABLE = {
    "public": (
        lambda: qsealc().key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "this is a public key",
    ),
    "certificate": (lambda: qsealc().pem, "a certificate without its private key"),
    "nothing": (lambda: b"", "no private key in PEM form"),
    "DER": (lambda: b"\x30\x82\x04", "no private key in PEM form"),
    "damaged": (lambda: qsealc().key_pem[:80] + b"\n" + qsealc().key_pem[-40:], "cannot be read"),
    "weak": (weak, "an RSA key of 1024 bits is too weak"),
    "P-384": (lambda: written(ec.generate_private_key(ec.SECP384R1())), "of this kind is not accepted"),
    "Ed25519": (lambda: written(ed25519.Ed25519PrivateKey.generate()), "of this kind is not accepted"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_key_that_cannot_be_used_is_named_and_never_quoted(name):
    pem, says = UNUSABLE[name]
    content = pem()

    with pytest.raises(CredentialsError, match=says) as raised:
        key_from_pem(content, where="file:seal.pem")

    assert str(raised.value).startswith("file:seal.pem: ")
    assert all(line.decode("latin-1") not in str(raised.value) for line in content.split() if len(line) > 30)


def test_no_key_shows_itself():
    private = qsealc().key.private_numbers()

    assert repr(rsa_key()) == "PemKey(where='seal key')"
    assert str(private.d) not in repr(qsealc())


def test_a_locked_key_can_be_unlocked_for_a_library_that_takes_no_password():
    locked = written(qsealc().key, BestAvailableEncryption(b"geheim"))

    opened = load_pem_private_key(plain_pem(locked, password="geheim", where="client key"), None)

    assert opened.public_key() == qsealc().key.public_key()


def test_texts_have_paths_that_can_be_read_again_and_again():
    paths = [held_as_file(b"certificate"), held_as_file(b"key")]

    assert [Path(path).read_bytes() for path in paths * 2] == [b"certificate", b"key"] * 2


def test_a_key_is_opened_where_its_reference_says():
    asked = []

    def content(reference):
        asked.append(reference)
        return qsealc().key_pem

    for text in ("file:/etc/keys/seal.pem", "env:SEAL_KEY"):
        assert key_from_reference(text, content=content).public_key == qsealc().key.public_key()
    assert asked == [FileReference("/etc/keys/seal.pem"), VariableReference("SEAL_KEY")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "seal.pem",
        "file:",
        "env:",
        "env:NOT A NAME",
        "pkcs11:",
        "pkcs11:token=a;object=b",
        "pkcs11:token=a;object=b;module=",
        "pkcs11:token=a;object=b;module=c;pin-value=1234",
        "pkcs11:token=a;token=a;object=b;module=c",
        "MIIEvgIBADANBgkqhkiG9w0BAQEFAASC",
    ],
)
def test_a_reference_of_another_form_is_refused_without_repeating_it(text):
    with pytest.raises(UsageError, match="Write file:PATH") as raised:
        parse_reference(text)

    assert not text or text.partition(":")[2] in {"", "token=a;object=b"} or text not in str(raised.value)
