"""What a bank wants on the wire: certificates, signatures, and how we prove who we are."""

from dataclasses import dataclass
from typing import Literal, get_args

from psd2_affordability.connect.signing.rule import DIGESTS, KEY_IDS, SCHEMES, SignatureRule
from psd2_affordability.core.errors import ConnectorFileError
from psd2_affordability.core.toml_table import Table

ClientAuth = Literal[
    "none", "tls_client_auth", "private_key_jwt", "client_secret_post", "client_secret_basic"
]


_UNSIGNED = SignatureRule()

ResponseType = Literal["code", "code id_token"]


@dataclass(frozen=True, slots=True)
class WireRule:
    """The security of the wire at one bank.

    Attributes:
        client_certificate: whether it wants mutual TLS, at a real bank with a QWAC.
        signature: how it wants messages signed.
        client_auth: how we say who we are when we ask for a token.
        token_algorithm: the JWS algorithm of our assertions, such as PS256; empty without any.
        audience: who our assertions are for, where that is not the issuer.
        pkce: whether a code is bound to us by PKCE.
        pushed: whether the request for authorisation is pushed first (PAR).
        request_object: whether that request is a signed object (JAR).
        response_type: `code`, or `code id_token` at a bank that signs its answer in the browser.
        dpop: whether tokens are bound to a key by DPoP.
    """

    client_certificate: bool = False
    signature: SignatureRule = _UNSIGNED
    client_auth: ClientAuth = "none"
    token_algorithm: str = ""
    audience: str = ""
    pkce: bool = True
    pushed: bool = False
    request_object: bool = False
    response_type: ResponseType = "code"
    dpop: bool = False


def read_wire_rule(table: Table) -> WireRule:
    """Read the table `[wire]`; every key of it may be absent."""
    usual = WireRule()
    return WireRule(
        client_certificate=table.flag("client_certificate", usual.client_certificate),
        signature=_signature(table.table("signature", optional=True)),
        client_auth=table.choice("client_auth", get_args(ClientAuth), usual.client_auth),
        token_algorithm=table.text("token_algorithm", usual.token_algorithm),
        audience=table.text("audience", usual.audience),
        pkce=table.flag("pkce", usual.pkce),
        pushed=table.flag("pushed", usual.pushed),
        request_object=table.flag("request_object", usual.request_object),
        response_type=table.choice("response_type", get_args(ResponseType), usual.response_type),
        dpop=table.flag("dpop", usual.dpop),
    )


def _signature(table: Table) -> SignatureRule:
    usual = _UNSIGNED
    try:
        return SignatureRule(
            scheme=table.choice("scheme", SCHEMES, usual.scheme),
            algorithm=table.text("algorithm", usual.algorithm),
            digest=table.choice("digest", DIGESTS, usual.digest),
            headers=table.texts("headers", usual.headers),
            key_id=table.choice("key_id", KEY_IDS, usual.key_id),
            certificate_header=table.flag("certificate_header", usual.certificate_header),
            request_id_header=table.text("request_id_header", usual.request_id_header),
        )
    except ConnectorFileError as error:
        if error.where:
            raise
        raise table.fault("scheme", f"cannot be kept: {error.what}", error.do) from None
