"""The Dutch law that the assessments ask about: formulas here, yearly figures in the rule files."""

from psd2_affordability.jurisdictions.nl.netherlands import Netherlands

__all__ = ["Netherlands"]
