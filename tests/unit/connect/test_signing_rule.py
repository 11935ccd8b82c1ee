"""How a bank's file says what it wants signed."""

import pytest

from psd2_affordability.connect.signing import SignatureRule
from psd2_affordability.connect.wire_rule import read_wire_rule
from psd2_affordability.core.errors import ConnectorFileError
from psd2_affordability.core.toml_table import parse_table


def rule(text):
    table = parse_table(f"[wire.signature]\n{text}\n".encode(), "connectors/nl/bank.toml", ConnectorFileError)
    return read_wire_rule(table.table("wire")).signature


def test_a_bank_that_says_nothing_wants_nothing_signed():
    assert rule("") == SignatureRule()


def test_every_part_of_the_rule_stands_in_the_file():
    said = rule(
        'scheme = "cavage"\nalgorithm = "rsa-sha512"\ndigest = "SHA-512"\n'
        'headers = ["date", "digest", "x-request-id"]\nkey_id = "plain"\ncertificate_header = false'
    )

    assert said == SignatureRule(
        scheme="cavage",
        algorithm="rsa-sha512",
        digest="SHA-512",
        headers=("date", "digest", "x-request-id"),
        key_id="plain",
        certificate_header=False,
    )


@pytest.mark.parametrize(
    "text",
    [
        'scheme = "jws"',
        'scheme = "cavage"\nheaders = ["date"]',
        'scheme = "cavage"\nheaders = ["digest"]\nalgorithm = "rsa-sha1"',
        'key_id = "name"',
    ],
)
def test_a_rule_that_cannot_be_is_an_error_that_names_file_and_place(text):
    with pytest.raises(ConnectorFileError, match=r"^connectors/nl/bank\.toml: 'wire\.signature\."):
        rule(text)
