"""An aggregator in the manner of Enable Banking, in front of the sandbox's people."""

from psd2_affordability.sandbox.enable_banking.app import create_enable_banking
from psd2_affordability.sandbox.enable_banking.application import Application, new_application
from psd2_affordability.sandbox.enable_banking.quirks import Quirks

__all__ = ["Application", "Quirks", "create_enable_banking", "new_application"]
