"""Finds the data folders that travel with the code: in an installed wheel or in a checkout."""

from pathlib import Path


def data_folder(name: str) -> Path:
    """Return the folder `rules`, `connectors` or `sandbox_fixtures`.

    An installed wheel carries them inside the package; an editable install reads them
    from the checkout, where they stand at the top.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "_data" / name, package.parents[1] / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"data folder '{name}' is neither in the installed package nor in a checkout")


def data_files(name: str, suffixes: tuple[str, ...] = (".toml", ".csv")) -> dict[str, bytes]:
    """Read every data file below a data folder: path inside the folder, with `/`, to its bytes."""
    top = data_folder(name)
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in sorted(top.rglob("*"))
        if path.is_file() and path.suffix in suffixes
    }
