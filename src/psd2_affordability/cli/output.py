"""How the command line prints: the console, JSON, and text that came from a bank."""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def console(*, stderr: bool = False) -> "Console":
    """Return the console; wide enough for tables when nobody watches."""
    from rich.console import Console

    screen = Console(stderr=stderr, highlight=False)
    if not screen.is_terminal:
        screen = Console(stderr=stderr, highlight=False, width=110)
    return screen


def print_json(value: Any) -> None:
    """Print a result as JSON, the same bytes for the same result."""
    from psd2_affordability.service.wire import to_json

    sys.stdout.write(to_json(value) + "\n")


def plain(text: str, style: str = "") -> "Text":
    """Wrap text that is shown as it is: nothing in it is markup or a control character."""
    from rich.text import Text

    return Text("".join(c if c.isprintable() else " " for c in text), style=style)
