"""The certificate authority for tests, and the files it writes."""

import shutil
import subprocess

import pytest
from cryptography.x509 import ExtendedKeyUsage, KeyUsage
from cryptography.x509.oid import ExtendedKeyUsageOID

from certificate_material import NOW, authority, qsealc, qwac
from psd2_affordability.connect.certificates import check_certificate, facts_of, load_certificate
from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.core.errors import UsageError
from psd2_affordability.sandbox.certificate_files import write_test_certificates

OPENSSL = shutil.which("openssl")
FILES = {
    f"{name}.pem" for name in ("root", "qwac", "qwac-key", "qsealc", "qsealc-key", "server", "server-key")
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The files of a full set, in a folder that did not exist before."""
    made = tmp_path_factory.mktemp("set") / "new" / "certificates"
    write_test_certificates(made, NOW)
    return made


def extension(issued, kind):
    return issued.certificate.extensions.get_extension_for_class(kind).value


def test_a_qwac_is_for_connections_and_a_qsealc_is_not():
    assert ExtendedKeyUsageOID.CLIENT_AUTH in extension(qwac(), ExtendedKeyUsage)
    assert ExtendedKeyUsageOID.CLIENT_AUTH not in extension(qsealc(), ExtendedKeyUsage)
    assert extension(qsealc(), KeyUsage).content_commitment
    assert not extension(qwac(), KeyUsage).content_commitment


def test_every_certificate_stands_under_the_root_and_says_that_it_is_for_tests():
    root = authority().root.certificate
    for issued in (qwac(), qsealc(), authority().server()):
        issued.certificate.verify_directly_issued_by(root)
        assert "TEST ONLY" in facts_of(issued.certificate, where="").subject


@pytest.mark.skipif(OPENSSL is None, reason="needs openssl on the machine")
@pytest.mark.parametrize(
    ("name", "purpose", "accepted"),
    [("qwac", "sslclient", True), ("qsealc", "sslclient", False), ("server", "sslserver", True)],
)
def test_openssl_judges_the_certificates_as_a_bank_would(folder, name, purpose, accepted):
    judged = subprocess.run(
        [OPENSSL, "verify", "-CAfile", "root.pem", "-purpose", purpose, f"{name}.pem"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (judged.returncode == 0) is accepted, judged.stderr


def test_the_set_is_complete_and_nobody_else_may_read_it(folder):
    written = list(folder.iterdir())

    assert {path.name for path in written} == FILES
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["qwac", "qsealc"])
def test_each_key_belongs_to_its_certificate_and_passes_our_own_check(folder, name):
    certificate = load_certificate((folder / f"{name}.pem").read_bytes(), where=name)
    key = key_from_pem((folder / f"{name}-key.pem").read_bytes(), where=name)
    use = facts_of(certificate, where=name).use

    assert check_certificate(certificate, use=use, key=key.public_key, on=NOW.date(), where=name) == ()


def test_nothing_is_overwritten(tmp_path):
    mine = tmp_path / "server.pem"
    mine.write_text("mine")

    with pytest.raises(UsageError, match="there is a file already"):
        write_test_certificates(tmp_path, NOW)

    assert mine.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [mine]


def test_a_folder_that_cannot_be_made_is_a_plain_error(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(UsageError, match="cannot be written"):
        write_test_certificates(tmp_path / "file" / "below", NOW)
