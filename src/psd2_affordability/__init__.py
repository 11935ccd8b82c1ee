"""Consented bank data turned into honest answers for the debt and credit field."""

import logging

__version__ = "0.1.0"

# Whoever runs us decides where our log goes; until then it goes nowhere, not onto the screen.
logging.getLogger(__name__).addHandler(logging.NullHandler())
