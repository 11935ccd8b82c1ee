"""Mutual TLS for real: a bank on this machine that answers only to a QWAC of an issuer it trusts."""

import ssl
import threading
import warnings
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from certificate_material import NOW, as_files, authority, qsealc, qwac
from psd2_affordability._data import data_files
from psd2_affordability.connect.call import Call, Limits
from psd2_affordability.connect.certificates import CertificateUse
from psd2_affordability.connect.connections import Connections
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.connect.registry import load_banks
from psd2_affordability.connect.signing import SignatureRule, signer_for
from psd2_affordability.connect.transport import Transport
from psd2_affordability.core.errors import BankUnreachable, CredentialsError
from psd2_affordability.sandbox.authority import CertificateAuthority
from signature_material import verify_cavage

AT_THE_BANK = "127.0.0.1"


class Accounts(BaseHTTPRequestHandler):
    """Answers any question, and keeps what it was asked."""

    def do_GET(self):
        self.server.asked.append(self.path)
        self.answer()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.signed.append((self.path, dict(self.headers), body))
        self.answer()

    def answer(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *said):
        """Say nothing."""


class Bank(ThreadingHTTPServer):
    """A server that shakes hands in the thread of each visitor, and shrugs off those it refuses."""

    daemon_threads = True

    def __init__(self, tls):
        self.asked = []
        self.signed = []
        super().__init__((AT_THE_BANK, 0), Accounts)
        self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, request, client_address):
        """A refused visitor is no error of the server."""


@contextmanager
def a_bank(*, issued=None, version=ssl.TLSVersion.TLSv1_2, oldest=False):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with as_files((issued or server()).pem, (issued or server()).key_pem, authority().root.pem) as files:
        tls.load_cert_chain(files[0], files[1])
        tls.load_verify_locations(files[2])
    tls.verify_mode = ssl.CERT_REQUIRED
    tls.maximum_version = version
    if oldest:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            tls.set_ciphers("DEFAULT:@SECLEVEL=0")
            tls.minimum_version = tls.maximum_version = ssl.TLSVersion.TLSv1_1
    bank = Bank(tls)
    thread = threading.Thread(target=bank.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield bank
    finally:
        bank.shutdown()
        thread.join()
        bank.server_close()


@cache
def server():
    return authority().server((AT_THE_BANK,))


def ask(bank, *, client=None, trusted=None, host=AT_THE_BANK, signer=None, **more):
    """Ask the bank for accounts with a client certificate, and with an authority to trust."""
    call = {"method": "GET", "where": "accounts"} | more
    pems = [(trusted or authority()).root.pem]
    if client is not None:
        pems += [client.pem, client.key_pem]
    with as_files(*pems) as (root, *mine):
        transport = Transport(
            f"https://{host}:{bank.server_address[1]}",
            certificate=tuple(mine) or None,
            authorities=root,
            limits=Limits(seconds=5, retries=0),
            signer=signer,
        )
        try:
            return transport.send(Call(url=transport.base.url("/v1/accounts?all=true"), **call))
        finally:
            transport.close()


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_the_bank_answers_to_our_qwac(version):
    with a_bank(version=version) as bank:
        assert ask(bank, client=qwac()) == {}
        assert bank.asked == ["/v1/accounts?all=true"]


@pytest.mark.parametrize("algorithm", ["rsa-sha256", "rsa-sha512"])
def test_a_sealed_message_arrives_as_it_was_sealed(algorithm):
    rule = SignatureRule(
        "cavage", algorithm=algorithm, headers=("(request-target)", "date", "digest", "x-request-id")
    )
    key = key_from_pem(qsealc().key_pem, where="seal")
    signer = signer_for(rule, key, qsealc().pem, clock=lambda: NOW)

    with a_bank() as bank:
        ask(bank, client=qwac(), signer=signer, method="POST", body={"naam": "Zoë"})
        [(target, headers, body)] = bank.signed

    verify_cavage("POST", target, headers, body, qsealc().certificate.public_key())


def ended():
    return authority().issue(CertificateUse.QWAC, since=NOW - timedelta(days=400), days=30)


def of_another_authority():
    return CertificateAuthority(now=NOW, name="Other Root").issue(CertificateUse.QWAC)


REFUSED = {
    "none": (lambda: None, r"it refused. Check that the client certificate \(QWAC\) .* is given"),
    "ended": (ended, "our client certificate is not valid today. Ask its issuer for a new"),
    "of another authority": (of_another_authority, "does not trust the issuer of our client certificate"),
    "QSealC": (qsealc, r"not take this certificate for a connection. .*not the seal \(QSealC\)"),
}


@pytest.mark.parametrize("which", REFUSED)
def test_a_certificate_that_the_bank_refuses_is_named_with_what_to_do(which):
    client, says = REFUSED[which]
    with a_bank() as bank:
        with pytest.raises(BankUnreachable, match=says) as raised:
            ask(bank, client=client())

        assert "QWAC" in raised.value.do
        assert bank.asked == []


@pytest.mark.parametrize("which", REFUSED)
def test_a_refusal_after_the_handshake_is_named_too(which):
    """With TLS 1.3 the refusal comes when we ask already, and the bank may just hang up."""
    client, _ = REFUSED[which]
    with a_bank(version=ssl.TLSVersion.TLSv1_3) as bank:
        with pytest.raises(BankUnreachable, match="QWAC"):
            ask(bank, client=client())

        assert bank.asked == []


def test_a_server_that_speaks_only_old_tls_is_not_talked_to():
    with a_bank(oldest=True) as bank, pytest.raises(BankUnreachable, match=r"TLS 1\.2 is the least"):
        ask(bank, client=qwac())


@pytest.mark.parametrize(
    ("hosts", "asked", "says"),
    [
        (("bank.example",), AT_THE_BANK, "a certificate for another address"),
        ((AT_THE_BANK,), "localhost", "a certificate for another name"),
    ],
)
def test_a_server_with_a_certificate_for_another_name_is_not_talked_to(hosts, asked, says):
    with a_bank(issued=authority().server(hosts)) as bank, pytest.raises(BankUnreachable, match=says):
        ask(bank, client=qwac(), host=asked)


def test_a_server_that_we_have_no_reason_to_trust_is_not_talked_to():
    with a_bank() as bank, pytest.raises(BankUnreachable, match="bank's server is not trusted"):
        ask(bank, client=qwac(), trusted=CertificateAuthority(now=NOW, name="Other Root"))


def test_a_server_whose_certificate_has_ended_is_not_talked_to():
    old = CertificateAuthority(now=NOW - timedelta(days=400))
    with (
        a_bank(issued=old.server((AT_THE_BANK,), days=30)) as bank,
        pytest.raises(BankUnreachable, match="certificate of the bank's server has ended"),
    ):
        ask(bank, client=qwac(), trusted=old)


def test_an_ended_certificate_of_ours_is_found_before_the_bank_is_asked_anything():
    bank = load_banks(data_files("connectors")).bank("sandbox.berlin_group")
    later = NOW + timedelta(days=400)
    with a_bank() as server_of_bank, as_files(qwac().pem, qwac().key_pem) as (certificate, key):
        lines = Connections(
            bank,
            clock=lambda: later,
            base_url=f"https://{AT_THE_BANK}:{server_of_bank.server_address[1]}",
            credentials=Credentials(transport_certificate=(certificate, key)),
        )

        with pytest.raises(CredentialsError, match="client certificate: the certificate ended on"):
            _ = lines.base
