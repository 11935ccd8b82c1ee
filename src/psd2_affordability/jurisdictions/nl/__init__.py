"""The Dutch law that the assessments ask about: formulas here, yearly figures in the rule files."""
