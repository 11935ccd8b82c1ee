"""The certificate and keys of one bank in the credentials file."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from certificate_material import NOW, qsealc, qwac
from psd2_affordability.connect.certificates import check_client_certificate
from psd2_affordability.core.errors import AffordabilityError, CredentialsError, UsageError
from psd2_affordability.service.credentials import load_credentials

LOCKED = qwac().key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"geheim"))


@pytest.fixture
def bank(tmp_path):
    """Reads a credentials file with one bank, beside the files of a certificate and its key."""
    (tmp_path / "qwac.pem").write_bytes(qwac().pem)
    (tmp_path / "qwac-key.pem").write_bytes(qwac().key_pem)
    (tmp_path / "locked.pem").write_bytes(LOCKED)

    def read(*lines, **environment):
        path = tmp_path / "credentials.toml"
        text = '["nl.bank"]\n' + "\n".join(lines).replace("HERE", str(tmp_path))
        path.write_text(text)
        return load_credentials(path, environment)["nl.bank"]

    return read


@pytest.mark.parametrize(
    "lines",
    [
        ('transport_certificate = "HERE/qwac.pem"', 'transport_key = "HERE/qwac-key.pem"'),
        ('transport_certificate = "file:HERE/qwac.pem"', 'transport_key = "env:QWAC_KEY"'),
        (
            'transport_certificate = "env:QWAC"',
            'transport_key = "file:HERE/locked.pem"',
            'transport_key_secret = "env:QWAC_PASSWORD"',
        ),
    ],
    ids=["paths", "key in a variable", "locked key"],
)
def test_the_client_certificate_and_its_key_come_from_a_file_or_a_variable(bank, lines):
    read = bank(*lines, QWAC=qwac().pem.decode(), QWAC_KEY=qwac().key_pem.decode(), QWAC_PASSWORD="geheim")

    check_client_certificate(read.transport_certificate, on=NOW.date())
    assert Path(read.transport_certificate[0]).read_bytes() == qwac().pem


def test_the_seal_comes_from_a_variable_too(bank):
    read = bank(
        'seal_key = "env:SEAL_KEY"',
        'seal_certificate = "env:SEAL"',
        SEAL_KEY=qsealc().key_pem.decode(),
        SEAL=qsealc().pem.decode(),
    )

    assert read.seal_key.public_key == qsealc().key.public_key()
    assert read.seal_certificate == qsealc().pem
    assert "PRIVATE" not in repr(read)


@pytest.mark.parametrize(
    ("lines", "error", "says"),
    [
        (['transport_key = "HERE/qwac-key.pem"'], UsageError, "belong together"),
        (
            ['transport_certificate = "HERE/qwac.pem"', 'transport_key = "HERE/locked.pem"'],
            CredentialsError,
            "locked with a password",
        ),
        (
            [
                'transport_certificate = "HERE/qwac.pem"',
                'transport_key = "pkcs11:token=a;object=b;module=c"',
            ],
            UsageError,
            "cannot be on a token",
        ),
        (['transport_certificate = "env:NONE"', 'transport_key = "env:NONE"'], UsageError, "NONE is not set"),
        (['seal_key = "somewhere"'], UsageError, "it is not clear where a key is kept"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said_without_a_secret(bank, lines, error, says):
    with pytest.raises(error, match=says) as raised:
        bank(*lines)

    assert isinstance(raised.value, AffordabilityError)
    assert "BEGIN" not in str(raised.value)
