"""Our lines to one bank: one transport for each place it has, made when first used."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from psd2_affordability.connect.breaker import Breaker
from psd2_affordability.connect.certificates.check import check_client_certificate
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.registry import Bank
from psd2_affordability.connect.signing.message import MessageSigner
from psd2_affordability.connect.signing.signer import signer_for
from psd2_affordability.connect.transport import Limits, Transport
from psd2_affordability.core.errors import UsageError

#: Says what time it is where the bank is; with a time zone.
Clock = Callable[[], datetime]


class Connections:
    """Everything a dialect needs to speak: transports, our credentials there and the time.

    Args:
        bank: from the registry.
        clock: the time at the bank.
        base_url: where it is, when that is not what its file says.
        credentials: who we are there.
        limits: how much of our time and memory it gets.
        sleep: how to wait between attempts.
        breaker: guards this bank for all who ask it.
    """

    def __init__(
        self,
        bank: Bank,
        *,
        clock: Clock,
        base_url: str = "",
        credentials: Credentials | None = None,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
        breaker: Breaker | None = None,
    ) -> None:
        self.credentials = credentials or Credentials()
        given = {"base": base_url} if base_url else {}
        self.bank = replace(bank, urls={**bank.urls, **self.credentials.urls, **given})
        self.clock = clock
        self._limits = limits
        self.sleep = sleep
        self._breaker = breaker or Breaker()
        self._wrap: Callable[[MessageSigner | None], MessageSigner | None] = lambda usual: usual
        self._open: dict[str, Transport] = {}

    @cached_property
    def base(self) -> Transport:
        """The transport to where the data are."""
        return self.at("base")

    def address(self, name: str) -> str:
        """Return one of the bank's addresses whole; one that starts with a slash hangs from the base.

        Raises:
            UsageError: the bank's file does not give it.
        """
        given = self.bank.urls.get(name, "")
        if not given:
            raise UsageError(
                f"the file of {self.bank.id} gives no address '{name}'",
                do=f'Give it in the credentials file under ["{self.bank.id}".urls]; see docs/connectors.md',
            )
        return self.bank.base_url.rstrip("/") + given if given.startswith("/") else given

    def at(self, name: str) -> Transport:
        """Return the transport that is pinned to one of the bank's addresses."""
        address = self.address(name)
        if address not in self._open:
            self._open[address] = Transport(
                address.partition("?")[0],
                certificate=self._client_certificate,
                authorities=self.credentials.authorities or None,
                limits=self._limits,
                sleep=self.sleep,
                signer=self._signer,
                request_id_header=self.bank.wire.signature.request_id_header,
                breaker=self._breaker,
            )
        return self._open[address]

    @cached_property
    def _client_certificate(self) -> tuple[str, str] | None:
        """Our client certificate, checked before the bank sees it."""
        files = self.credentials.transport_certificate
        if files:
            check_client_certificate(files, on=self.clock().date())
        return files

    def wrap_signer(self, wrap: Callable[[MessageSigner | None], MessageSigner | None]) -> None:
        """Let a dialect sign in a way of its own; before the first transport is made."""
        self._wrap = wrap

    @cached_property
    def _signer(self) -> MessageSigner | None:
        """What signs our messages, where the bank wants them signed."""
        return self._wrap(self._usual_signer())

    def _usual_signer(self) -> MessageSigner | None:
        rule, us = self.bank.wire.signature, self.credentials
        if rule.scheme == "none":
            return None
        if us.seal_key is None:
            raise UsageError(
                f"no seal_key is set for {self.bank.id}, which wants messages signed",
                do="Set it in the credentials file; see docs/certificates.md",
            )
        return signer_for(rule, us.seal_key, us.seal_certificate, clock=self.clock, key_id=us.client_id)

    def close(self) -> None:
        """Let go of the connections."""
        for transport in self._open.values():
            transport.close()
