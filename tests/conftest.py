"""What every test may use."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pytest
from hypothesis import HealthCheck, settings

from database_material import fresh_schema, postgres_server

# how busy the machine is says nothing about the product
_calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("any machine", _calm)
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def postgres():
    """Address of a PostgreSQL that runs for this run's tests alone."""
    with postgres_server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """Address of an empty database, of each kind that a store may use."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'cases.db'}"
    return fresh_schema(request.getfixturevalue("postgres"))
