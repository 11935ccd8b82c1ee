"""Signed messages: what a bank asks besides mutual TLS to know that a request is ours."""

from psd2_affordability.connect.signing.message import MessageSigner, OutgoingMessage

__all__ = ["MessageSigner", "OutgoingMessage"]
