"""The command line."""

import sys


def main() -> None:
    """Run the command line; an error is one line on stderr and the exit status of its kind.

    Exit status: 0 ok, 1 a refusal or finding, 2 wrong usage, 3 bad input file, 4 bank or network.
    """
    from typer import Abort
    from typer.exceptions import TyperException

    from psd2_affordability.cli.app import app
    from psd2_affordability.core.errors import AffordabilityError

    try:
        status = app(standalone_mode=False)
    except AffordabilityError as error:
        _fail(str(error), error.exit_status)
    except TyperException as error:
        _fail(error.format_message().replace("Value error, ", ""), error.exit_code)
    except Abort:
        _fail("stopped", 130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)


def _fail(line: str, status: int) -> None:
    sys.stderr.write(f"psd2-affordability: {' '.join(line.split())}\n")
    sys.exit(status)
