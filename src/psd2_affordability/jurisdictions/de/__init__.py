"""The German law on protected wages and accounts: formulas here, yearly figures in the rule files."""

from psd2_affordability.jurisdictions.de.germany import Germany

__all__ = ["Germany"]
