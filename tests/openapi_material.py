"""What goes over the wire between us and a sandbox bank, as the validator of descriptions reads it."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict


@dataclass
class Asked:
    """A request as it was on the wire."""

    method: str
    path: str
    body: bytes | None
    content_type: str
    parameters: RequestParameters
    host_url: str


@dataclass
class Answered:
    """An answer as it was on the wire."""

    status_code: int
    headers: Headers
    data: bytes
    content_type: str


def recorder(exchanges: list[tuple[Asked, Answered]], *, host_url: str, prefix: str = "", leave_out: str):
    """Make a middleware that writes along.

    Args:
        exchanges: where to.
        host_url: the server that the description names.
        prefix: the path of that server.
        leave_out: path of the pages for people, which no description knows.
    """

    class Recorder:
        def __init__(self, app):
            self.app = app

        async def __call__(self, scope, receive, send):
            if scope["type"] != "http" or scope["path"].startswith(leave_out):
                await self.app(scope, receive, send)
                return
            sent, got = [], []

            async def listen():
                message = await receive()
                got.append(message.get("body", b""))
                return message

            async def speak(message):
                sent.append(message)
                await send(message)

            await self.app(scope, listen, speak)
            asked = _asked(scope, b"".join(got), f"{prefix}{scope['path']}", host_url)
            exchanges.append((asked, _answered(sent)))

    return Recorder


def _headers(pairs):
    return Headers([(name.decode(), value.decode()) for name, value in pairs])


def _asked(scope, body, path, host_url):
    headers = _headers(scope["headers"])
    query = ImmutableMultiDict(parse_qsl(scope["query_string"].decode()))
    return Asked(
        method=scope["method"].lower(),
        path=path,
        body=body or None,
        content_type=headers.get("Content-Type", ""),
        parameters=RequestParameters(query=query, header=headers),
        host_url=host_url,
    )


def _answered(sent):
    headers = _headers(sent[0]["headers"])
    data = b"".join(message.get("body", b"") for message in sent[1:])
    return Answered(sent[0]["status"], headers, data, headers.get("Content-Type", ""))
