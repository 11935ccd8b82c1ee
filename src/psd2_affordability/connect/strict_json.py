"""JSON from a bank, read so that nothing doubtful gets in: no doubles, no NaN, no floats."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from psd2_affordability.core.errors import BankAnswerBroken

_AMOUNT = re.compile(r"([+-]?)([0-9]{1,14})(?:\.([0-9]{1,5}))?", re.ASCII)


def read_object(body: bytes, *, where: str, list_as: str = "") -> dict[str, Any]:
    """Read one JSON object; a number with a decimal point stays text, so that cents survive.

    Half a character, as is left where a bank cuts a text in an emoji, becomes the sign for one.
    A bare list becomes an object with the list under `list_as`, when that is given.

    Raises:
        BankAnswerBroken: not JSON, cut off, a key twice, NaN or Infinity, nested too deep,
            or something other than an object.
    """
    try:
        read = json.loads(
            body.decode("utf-8"),
            parse_float=str,
            parse_constant=_no_constant,
            object_pairs_hook=_each_key_once,
        )
    except RecursionError:
        raise _broken("is nested too deep", where) from None
    except (ValueError, UnicodeDecodeError) as error:
        raise _broken(_reason(error), where) from None
    if rb"\ud" in body or rb"\uD" in body:
        read = _mended(read)
    if list_as and isinstance(read, list):
        return {list_as: read}
    if not isinstance(read, dict):
        raise _broken("is not a JSON object", where)
    return read


def cents(amount: object) -> int:
    """Read an amount as whole cents.

    Raises:
        ValueError: not a plain decimal amount, or finer than a cent.

    >>> cents("-12.5"), cents("+3"), cents("0.10000")
    (-1250, 300, 10)
    """
    text = str(amount) if type(amount) is int else amount
    found = _AMOUNT.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise ValueError("the amount is not a plain decimal number")
    sign, euros, decimals = found.groups("")
    if decimals[2:].strip("0"):
        raise ValueError("the amount is finer than a cent")
    size = int(f"{euros}{decimals[:2]:0<2}")
    return -size if sign == "-" else size


def at(tree: Mapping[str, Any], dotted: str) -> Any:
    """Look up `a.b.c`, or `a.0` for the first of a list; None when any part is not there.

    >>> at({"a": {"b": 1}}, "a.b"), at({"a": "text"}, "a.b"), at({"a": [5, 6]}, "a.1")
    (1, None, 6)
    """
    found: Any = tree
    for key in _keys(dotted):
        if isinstance(found, dict):
            found = found.get(key)
        elif found is None:
            return None
        elif isinstance(found, list) and key.isdecimal():
            found = found[int(key)] if int(key) < len(found) else None
        else:
            return None
    return found


@lru_cache(maxsize=1024)
def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(dotted.split("."))


class _Doubtful(ValueError):
    """A part of the JSON that may mean two things."""


def _mended(read: Any) -> Any:
    """Replace halves of characters, which nothing could store."""
    if isinstance(read, str):
        return read.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(read, list):
        return [_mended(each) for each in read]
    if isinstance(read, dict):
        return {_mended(key): _mended(value) for key, value in read.items()}
    return read


def _no_constant(name: str) -> None:
    raise _Doubtful(f"has the number {name}")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise _Doubtful("gives a key twice")
    return read


def _reason(error: ValueError) -> str:
    """Say what is wrong without quoting the answer: it is somebody's bank account."""
    return str(error) if isinstance(error, _Doubtful) else "is cut off or not JSON"


def _broken(what: str, where: str) -> BankAnswerBroken:
    return BankAnswerBroken(
        f"the bank's answer {what}", where=where, do="Nothing was taken over from it; try again later"
    )
