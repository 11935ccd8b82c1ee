"""Who may call the interface, and that nothing of it stays behind in a cache."""

import hmac

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from psd2_affordability.api.problems import problem

_OPEN = "/health"


class Guard:
    """Demands the bearer token, if one is set, on every route but the health check."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call through, or answer it with a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def unstored(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Cache-Control"] = "no-store"
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        if self._allows(scope):
            await self._app(scope, receive, unstored)
            return
        refused = problem(
            401,
            "usage.not_allowed",
            "The bearer token is missing or not right",
            headers={"WWW-Authenticate": "Bearer"},
        )
        await refused(scope, receive, unstored)

    def _allows(self, scope: Scope) -> bool:
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if not self._token or path == _OPEN:
            return True
        scheme, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), self._token)
