"""Recorded answers of real banks, each as the bank gave it; there only where the samples are."""

from typing import Any

import pytest

from psd2_affordability.connect.strict_json import read_object
from shared_material import samples


def recorded(bank: str, name: str) -> dict[str, Any]:
    """Return the body of one recorded answer, read as we read a bank's answers; skip when there is none."""
    folder = samples()
    if folder is None:
        pytest.skip("the recorded bank samples are not there")
    response = read_object((folder / "json" / bank / f"{name}.json").read_bytes(), where=name)["response"]
    if "jsonBody" in response:
        return response["jsonBody"]
    return read_object(response["body"].encode(), where=name)
