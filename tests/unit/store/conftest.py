"""The store on each kind of database."""

import pytest

from psd2_affordability.store.store import Store
from store_material import KEY


@pytest.fixture
def store(database_url):
    """An empty store."""
    opened = Store(database_url, KEY)
    yield opened
    opened.close()


@pytest.fixture
def file_store(tmp_path):
    """An empty store in a file of its own."""
    opened = Store(f"sqlite:///{tmp_path / 'cases.db'}", KEY)
    yield opened
    opened.close()
