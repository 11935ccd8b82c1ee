"""What the user supplies beside bank data: amounts of a norm, and the obligation that is asked about."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.core.errors import ParametersError, UsageError
from psd2_affordability.core.money import ZERO, Money
from psd2_affordability.jurisdictions.nl.parameters import Parameters, read_parameters

_LONGEST_MONTHS = 600
#: Norms that an answer about a person uses, when somebody supplies them.
_USED = ("leennorm", "vtlb")


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


def read_norms(paths: Sequence[Path]) -> Mapping[str, Parameters]:
    """Read the files of amounts that an answer about a person can use, by their kind.

    Raises:
        ParametersError: a file is not there, is not as its template says, or is of no use here.
    """
    norms: dict[str, Parameters] = {}
    for path in paths:
        norm = read_supplied(path)
        if norm.kind not in _USED:
            raise ParametersError(
                f"holds '{norm.kind}', which no answer about a person uses",
                where=str(path),
                do=f"Give amounts of {' or '.join(_USED)}",
            )
        if norm.kind in norms:
            raise ParametersError(
                f"holds '{norm.kind}' once more", where=str(path), do="Give one file of each kind"
            )
        norms[norm.kind] = norm
    return norms


def supplied_text(text: str) -> Parameters | None:
    """Read user-supplied amounts from the text of such a file; nothing was supplied when it is empty.

    Raises:
        ParametersError: it is not exactly as its template says.
    """
    return read_parameters(text.encode(), "parameters") if text.strip() else None


def obligation_of(monthly: Money | None, months: int | None) -> Obligation | None:
    """Return the obligation that is asked about, or None when none is.

    Raises:
        UsageError: a number of months without an amount, or what no obligation can be.
    """
    if monthly is None:
        if months is not None:
            raise UsageError("the months of an obligation say nothing without its monthly amount")
        return None
    if monthly <= ZERO:
        raise UsageError("an obligation asks more than nothing a month", where=str(monthly))
    if months is not None and not 1 <= months <= _LONGEST_MONTHS:
        raise UsageError(f"an obligation lasts 1 to {_LONGEST_MONTHS} months", where=str(months))
    return Obligation(monthly, months)
