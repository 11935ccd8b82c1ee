"""The rules that travel with the product, loaded once."""

from functools import cache

from psd2_affordability._data import data_files
from psd2_affordability.rulebook.load import load_rulebook
from psd2_affordability.rulebook.lookup import Rulebook


@cache
def shipped_rules() -> Rulebook:
    """Load the shipped rule files; every process reads them once."""
    return load_rulebook(data_files("rules"))
