"""The interface and the pages as one application, for this machine."""

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from psd2_affordability.api.app import create_api
from psd2_affordability.service.bootstrap import Product, product
from psd2_affordability.web.app import create_web

#: Names this machine has for itself; another name is a foreign page that points here.
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def create_app(wired: Product | None = None, *, hosts: tuple[str, ...] = LOOPBACK) -> FastAPI:
    """Make the whole application: pages at `/`, interface at `/api`.

    Args:
        wired: the product; otherwise wired from the environment.
        hosts: names that it may be called by.

    Raises:
        StoreError: the store does not open; better now than at the first visit.
    """
    made = wired or product()
    _ = made.store
    interface = create_api(made)
    app = create_web(made, interface.openapi)
    app.mount("/api", interface)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    return app
