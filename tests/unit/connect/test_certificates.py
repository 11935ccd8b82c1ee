"""What certificates say about themselves, and whether ours can be used."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given, settings
from hypothesis import strategies as st

from certificate_material import NOW, as_files, authority, qsealc, qwac
from psd2_affordability.connect.certificates import (
    CertificateUse,
    Psd2Statement,
    certificate_use,
    check_certificate,
    check_client_certificate,
    facts_of,
    load_certificate,
    psd2_statement,
    statements_extension,
)
from psd2_affordability.core.errors import CredentialsError
from psd2_affordability.sandbox.authority import Visitor

STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
# Written out by hand from ETSI TS 119 495 and EN 319 412-5: a QWAC of an account information provider,
# with a third statement that has no information (compliance, 0.4.0.1862.1.1) as real certificates have.
BY_HAND = bytes.fromhex(
    "305f"  # the list
    "3008060604008e460101"  # compliance, nothing more
    "3013060604008e4601063009060704008e46010603"  # what for: web, which is the QWAC
    "303e0606040081982702"  # payment services
    "3034301330110607040081982701030c065053505f4149"  # the role PSP_AI
    "0c154465204e656465726c616e64736368652042616e6b"  # De Nederlandsche Bank
    "0c064e4c2d444e42"  # NL-DNB
)


def with_statements(content):
    """A certificate whose statements are these bytes, however wrong."""
    root = authority().root
    return (
        x509.CertificateBuilder()
        .subject_name(root.certificate.subject)
        .issuer_name(root.certificate.subject)
        .public_key(root.key.public_key())
        .serial_number(0x1F2E)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.UnrecognizedExtension(STATEMENTS, content), critical=False)
        .sign(root.key, SHA256())
    )


def test_statements_written_out_by_hand_from_the_standard_are_read():
    certificate = with_statements(BY_HAND)

    assert certificate_use(certificate) is CertificateUse.QWAC
    assert psd2_statement(certificate) == Psd2Statement(("PSP_AI",), "De Nederlandsche Bank", "NL-DNB")


def test_statements_that_we_write_are_the_bytes_of_the_standard():
    said = Psd2Statement(("PSP_AI",), "De Nederlandsche Bank", "NL-DNB")

    written = statements_extension(CertificateUse.QWAC, said).value

    assert written == b"\x30\x55" + BY_HAND[12:]


@given(
    roles=st.lists(st.sampled_from(["PSP_AS", "PSP_PI", "PSP_AI", "PSP_IC"]), unique=True).map(tuple),
    name=st.text(min_size=1, max_size=256),
    number=st.text(min_size=1, max_size=40),
)
@settings(max_examples=25, deadline=None)
def test_whatever_authority_and_roles_are_written_are_read_again(roles, name, number):
    said = Psd2Statement(roles, name, number)
    certificate = with_statements(statements_extension(CertificateUse.QSEALC, said).value)

    assert psd2_statement(certificate) == said
    assert certificate_use(certificate) is CertificateUse.QSEALC


@given(content=st.one_of(st.binary(max_size=80), st.integers(0, len(BY_HAND) - 1).map(lambda n: BY_HAND[:n])))
@settings(max_examples=60, deadline=None)
def test_damaged_statements_are_a_plain_error(content):
    try:
        facts_of(with_statements(content), where="qwac.pem")
    except CredentialsError as error:
        assert str(error).startswith("qwac.pem: what the certificate says about itself is damaged")  # noqa: PT017 (either answer is right)


def test_a_certificate_says_whose_it_is_what_for_and_until_when():
    facts = facts_of(qwac().certificate, where="qwac.pem")

    assert facts.use is CertificateUse.QWAC
    assert facts.organisation_id == "PSDNL-DNB-T0000001"
    assert facts.subject == (
        "CN=TEST ONLY QWAC,organizationIdentifier=PSDNL-DNB-T0000001,O=Schuldhulp Voorbeeld BV,C=NL"
    )
    assert facts.roles == ("PSP_AI",)
    assert facts.days_left(NOW.date()) == 365
    assert int(facts.serial, 16) == qwac().certificate.serial_number


def test_a_certificate_without_statements_says_nothing_of_roles():
    facts = facts_of(authority().server().certificate, where="server.pem")

    assert (facts.use, facts.roles, facts.organisation_id) == (None, (), "")


def test_of_a_chain_the_owners_certificate_comes_first():
    chain = qwac().pem + authority().root.pem

    assert load_certificate(chain, where="chain.pem") == qwac().certificate


@pytest.mark.parametrize(
    "pem", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"]
)
def test_what_is_no_certificate_is_an_error_that_names_the_file(pem):
    with pytest.raises(CredentialsError, match=r"^qwac\.pem: there is no certificate that can be read"):
        load_certificate(pem, where="qwac.pem")


def check(issued, *, use=CertificateUse.QWAC, key=None, days=0):
    return check_certificate(
        issued.certificate,
        use=use,
        key=key or issued.key.public_key(),
        on=NOW.date() + timedelta(days=days),
        where="qwac.pem",
    )


def test_a_good_certificate_passes_without_a_word():
    assert check(qwac()) == ()
    assert check(qsealc(), use=CertificateUse.QSEALC) == ()


@pytest.mark.parametrize(("days", "left"), [(335, 30), (364, 1), (365, 0)])
def test_the_end_is_announced_thirty_days_ahead(days, left):
    [warning] = check(qwac(), days=days)

    assert warning.startswith("qwac.pem: the certificate ends on ")
    assert f"in {left} days" in warning
    assert check(qwac(), days=334) == ()


def test_a_test_banks_certificate_without_a_word_on_payment_services_passes_with_a_warning():
    [warning] = check(authority().server())

    assert "says nothing of payment services; real banks refuse it" in warning


def initiation_only():
    licence = Psd2Statement(("PSP_PI",), "De Nederlandsche Bank", "NL-DNB")
    return authority().issue(CertificateUse.QWAC, Visitor(statement=licence))


UNUSABLE = {
    "ended": (lambda: check(qwac(), days=366), "the certificate ended on"),
    "not yet": (lambda: check(qwac(), days=-1), "the certificate counts from"),
    "other use": (lambda: check(qsealc()), "this is a QSealC, and a QWAC is needed"),
    "other role": (lambda: check(initiation_only()), r"the role of account information \(PSP_AI\)"),
    "other key": (lambda: check(qwac(), key=qsealc().key.public_key()), "belongs to another key"),
}


@pytest.mark.parametrize("which", UNUSABLE)
def test_a_certificate_that_cannot_be_used_is_refused_before_a_bank_does(which):
    attempt, says = UNUSABLE[which]

    with pytest.raises(CredentialsError, match=says) as raised:
        attempt()

    assert raised.value.do


def test_a_client_certificate_is_checked_with_its_key_before_a_connection_is_made(caplog):
    with as_files(qwac().pem, qwac().key_pem, qsealc().key_pem) as (certificate, key, other):
        check_client_certificate((certificate, key), on=NOW.date())
        assert not caplog.records
        check_client_certificate((certificate, key), on=NOW.date() + timedelta(days=360))
        assert "in 5 days" in caplog.text
        with pytest.raises(CredentialsError, match="belongs to another key"):
            check_client_certificate((certificate, other), on=NOW.date())
        with pytest.raises(CredentialsError, match="client certificate: cannot be read"):
            check_client_certificate(("/nowhere.pem", key), on=NOW.date())
