"""Certificates of payment service providers: what they say, and whether they can be used."""

from psd2_affordability.connect.certificates.check import check_certificate, check_client_certificate
from psd2_affordability.connect.certificates.facts import CertificateFacts, facts_of, load_certificate
from psd2_affordability.connect.certificates.statements import (
    ACCOUNT_INFORMATION,
    CertificateUse,
    Psd2Statement,
    certificate_use,
    psd2_statement,
    statements_extension,
)

__all__ = [
    "ACCOUNT_INFORMATION",
    "CertificateFacts",
    "CertificateUse",
    "Psd2Statement",
    "certificate_use",
    "check_certificate",
    "check_client_certificate",
    "facts_of",
    "load_certificate",
    "psd2_statement",
    "statements_extension",
]
