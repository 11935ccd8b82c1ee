"""Forms that only our own pages can send: a token that belongs to the visitor's cookie."""

import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

from psd2_affordability.core.errors import UsageError

COOKIE = "visitor"


class OldForm(UsageError):
    """A form from before the last start, or from somebody else's page."""


class Forms:
    """Makes and checks the tokens; they last as long as the process."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def visitor(self, request: Request) -> str:
        """Return who is visiting: from the cookie, or new."""
        return request.cookies.get(COOKIE) or secrets.token_urlsafe(24)

    def token(self, visitor: str) -> str:
        """Return what a form of this visitor carries."""
        return hmac.digest(self._secret, visitor.encode(), "sha256").hex()

    def remember(self, response: Response, visitor: str) -> None:
        """Give the visitor their cookie."""
        response.set_cookie(COOKIE, visitor, httponly=True, samesite="lax", path="/")

    def check(self, request: Request, token: str) -> None:
        """Refuse a form that does not belong to the visitor.

        Raises:
            OldForm: it does not.
        """
        visitor = request.cookies.get(COOKIE, "")
        if not visitor or not hmac.compare_digest(self.token(visitor).encode(), token.encode()):
            raise OldForm("this form is too old", do="Load the page again and try once more")
