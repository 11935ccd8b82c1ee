"""A bank that speaks UK Open Banking over real HTTP, for the same invented people."""

from psd2_affordability.sandbox.uk_bank.app import create_uk_bank
from psd2_affordability.sandbox.uk_bank.client import SandboxClient, SandboxCredentials, sandbox_credentials

__all__ = ["SandboxClient", "SandboxCredentials", "create_uk_bank", "sandbox_credentials"]
