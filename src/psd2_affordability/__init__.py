"""Consented bank data turned into honest answers for the debt and credit field."""

__version__ = "0.1.0"
