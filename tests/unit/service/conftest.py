"""A product of its own for each test, on a store that is empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from psd2_affordability.service.bootstrap import Product, product
from psd2_affordability.service.clock import FixedClock
from psd2_affordability.service.settings import DATABASE, from_environment
from store_material import NOW


@pytest.fixture
def wired(tmp_path: Path) -> Iterator[Product]:
    made = product(
        settings=from_environment({DATABASE: f"sqlite:///{tmp_path / 'a.db'}"}), clock=FixedClock(NOW)
    )
    yield made
    made.store.close()
