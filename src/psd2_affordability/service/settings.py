"""Where things are kept and under which key: read from the environment, once, at the top."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DATABASE = "PSD2_AFFORDABILITY_DATABASE"
KEY = "PSD2_AFFORDABILITY_KEY"
CREDENTIALS = "PSD2_AFFORDABILITY_CREDENTIALS"
LEENNORM = "PSD2_AFFORDABILITY_LEENNORM"
VTLB = "PSD2_AFFORDABILITY_VTLB"
API_TOKEN = "PSD2_AFFORDABILITY_API_TOKEN"  # noqa: S105 - the name of a variable, not a secret


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set.

    Attributes:
        database: SQLAlchemy address of the store.
        key_text: the store's key in base64; empty means the key file beside the database.
        key_file: that file.
        api_token: what a caller of the interface must bring; empty means anyone on this machine.
        credentials: file that says who we are at each bank; None where it is not set.
        sandbox: file that the sandbox banks write while they run: who we are there, and where they are.
        leennorm: file with the amounts of the lending norm; None where the user supplies none.
        vtlb: file with the nominal amounts of the vtlb; None where the user supplies none.
    """

    database: str = field(repr=False)
    key_text: str = field(repr=False)
    key_file: Path
    api_token: str = field(repr=False)
    credentials: Path | None = None
    sandbox: Path | None = None
    leennorm: Path | None = None
    vtlb: Path | None = None

    @property
    def place(self) -> str:
        """Where the store is, as a person may read it: a file, or an address without its password."""
        return str(_sqlite_file(self.database) or self.database.rsplit("@", 1)[-1].partition("?")[0])

    @property
    def store_exists(self) -> bool:
        """Whether the store was made before, so that a new key could only be a wrong one."""
        path = _sqlite_file(self.database)
        return path is None or path.exists()


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; what is not set lies in the user's own data folder."""
    given = os.environ if environment is None else environment
    database = given.get(DATABASE, "").strip() or f"sqlite:///{_data_folder() / 'cases.db'}"
    file = _sqlite_file(database)
    return Settings(
        database=database,
        key_text=given.get(KEY, ""),
        key_file=file.with_suffix(".key") if file else _data_folder() / "store.key",
        api_token=given.get(API_TOKEN, ""),
        credentials=Path(named) if (named := given.get(CREDENTIALS, "").strip()) else None,
        sandbox=_data_folder() / "sandbox" / "credentials.toml",
        leennorm=Path(norm) if (norm := given.get(LEENNORM, "").strip()) else None,
        vtlb=Path(norm) if (norm := given.get(VTLB, "").strip()) else None,
    )


def _data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("psd2-affordability", appauthor=False)


def _sqlite_file(address: str) -> Path | None:
    scheme, found, path = address.partition(":///")
    in_file = found and scheme.startswith("sqlite") and path not in ("", ":memory:")
    return Path(path.partition("?")[0]) if in_file else None
