"""A sandbox bank with an interface of its own, as ABN AMRO has it."""

from psd2_affordability.sandbox.abn_bank.app import create_abn_bank
from psd2_affordability.sandbox.abn_bank.tokens import Registration

__all__ = ["Registration", "create_abn_bank"]
