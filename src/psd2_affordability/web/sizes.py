"""How much a visitor may send at once: what is larger is refused before it fills this machine."""

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Statements of many years, and transactions of a whole case as a program sends them.
LARGEST_FORM = 32 << 20
LARGEST_CALL = 256 << 20
#: A browser that is cut off while it sends shows a fault of the network and not our page: so much is let by.
_LET_BY = 4


class Sizes:
    """Counts what a call brings; too much is answered with status 413.

    Args:
        app: which answers.
        largest_form: bytes for the pages.
        largest_call: bytes for the interface, at `/api`.
    """

    def __init__(
        self, app: ASGIApp, largest_form: int = LARGEST_FORM, largest_call: int = LARGEST_CALL
    ) -> None:
        self._app = app
        self._largest_form = largest_form
        self._largest_call = largest_call

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call in, and count what it brings."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._largest_call if scope["path"].startswith("/api/") else self._largest_form
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += _size(message)
            if seen <= most:
                return message
            while message.get("more_body") and seen <= _LET_BY * most:
                message = await receive()
                seen += _size(message)
            raise HTTPException(413)

        await self._app(scope, counted, send)


def _size(message: Message) -> int:
    return len(message.get("body", b""))
