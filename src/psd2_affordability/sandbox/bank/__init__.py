"""A bank that speaks Berlin Group NextGenPSD2 1.3 over real HTTP, for invented people."""

from psd2_affordability.sandbox.bank.app import create_bank
from psd2_affordability.sandbox.bank.faults import Fault, Faults, Kind, faults_by_seed
from psd2_affordability.sandbox.bank.habits import Habits
from psd2_affordability.sandbox.bank.state import SandboxBank

__all__ = ["Fault", "Faults", "Habits", "Kind", "SandboxBank", "create_bank", "faults_by_seed"]
