"""Who may call the sandbox banks: made anew at every start, worthless anywhere else."""

import json
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from tempfile import mkstemp

from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.keys import key_from_pem
from psd2_affordability.sandbox.abn_bank.tokens import Registration
from psd2_affordability.sandbox.enable_banking.application import Application, new_application
from psd2_affordability.sandbox.uk_bank.client import SandboxCredentials, sandbox_credentials

UK, AGGREGATOR, OWN = "sandbox.uk_open_banking", "sandbox.enable_banking", "sandbox.abn_amro"


_FIRST_LINE = "# Made by `psd2-affordability sandbox`, for as long as it runs. Run"


class Registrations:
    """One client at each sandbox bank that wants to know its clients; a key is made when it is asked for."""

    def __init__(self) -> None:
        self._mark = f"{_FIRST_LINE} {token_hex(8)}"

    @cached_property
    def uk(self) -> SandboxCredentials:
        """The client of the bank that speaks UK Open Banking."""
        return sandbox_credentials()

    @cached_property
    def aggregator(self) -> Application:
        """The application that may call the aggregator."""
        return new_application()

    @cached_property
    def own(self) -> Registration:
        """The client of the bank with an interface of its own."""
        return Registration(f"test-only-{token_hex(4)}", token_hex(16))

    def credentials(self, bank_id: str) -> Credentials:
        """Return what the client needs at one of the banks."""
        where = "the key made for the sandbox"
        if bank_id == UK:
            key = key_from_pem(self.uk.private_key, where=where)
            return Credentials(client_id=self.uk.client_id, token_key=key)
        if bank_id == AGGREGATOR:
            key = key_from_pem(self.aggregator.private_key, where=where)
            return Credentials(token_key=key, token_key_id=self.aggregator.id)
        if bank_id == OWN:
            return Credentials(client_id=self.own.client_id, api_key=self.own.api_key)
        return Credentials()

    def write(self, file: Path, urls: Mapping[str, str]) -> None:
        """Write the credentials file of all banks, readable by its owner alone, with the keys beside it.

        Args:
            file: where to; what stands there is replaced.
            urls: where each bank is.
        """
        keys = {UK: self.uk.private_key, AGGREGATOR: self.aggregator.private_key}
        told = {
            UK: {"client_id": self.uk.client_id, "token_key": f"file:{_key_file(file, UK)}"},
            AGGREGATOR: {
                "token_key_id": self.aggregator.id,
                "token_key": f"file:{_key_file(file, AGGREGATOR)}",
            },
            OWN: {"client_id": self.own.client_id, "api_key": self.own.api_key},
        }
        for bank, key in keys.items():
            _write(_key_file(file, bank), key.decode())
        lines = [self._mark]
        for bank, url in urls.items():
            lines += [f'\n["{bank}"]', *_set(told.get(bank, {})), f'["{bank}".urls]', *_set({"base": url})]
        _write(file, "\n".join(lines) + "\n")

    def remove(self, file: Path) -> None:
        """Remove what `write` wrote, unless sandbox banks that were opened later have replaced it."""
        if file.exists() and file.read_text(encoding="utf-8").startswith(f"{self._mark}\n"):
            for each in (file, _key_file(file, UK), _key_file(file, AGGREGATOR)):
                each.unlink(missing_ok=True)


def _key_file(file: Path, bank: str) -> Path:
    return file.with_name(f"{bank.partition('.')[2]}.key")


def _set(values: Mapping[str, str]) -> list[str]:
    return [f"{name} = {json.dumps(value)}" for name, value in values.items()]  # TOML quotes as JSON does


def _write(file: Path, text: str) -> None:
    """Put a file in its place whole, so that nobody reads half of it or somebody else's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(dir=file.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(text)
    Path(name).replace(file)
