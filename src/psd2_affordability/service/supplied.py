"""Reads the amounts of a norm that the user supplies from disk."""

from pathlib import Path

from psd2_affordability.core.errors import ParametersError
from psd2_affordability.jurisdictions.nl.parameters import Parameters, read_parameters


def read_supplied(path: Path) -> Parameters:
    """Read a file of user-supplied amounts.

    Raises:
        ParametersError: the file is not there, or is not exactly as its template says.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        do = "Copy a template from rules/nl/norms and fill it in"
        raise ParametersError(f"cannot be read: {error.strerror}", where=str(path), do=do) from error
    return read_parameters(content, str(path))
