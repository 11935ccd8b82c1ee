"""One page: its language, its visitor, its words."""

from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse

from psd2_affordability.service.bootstrap import Product
from psd2_affordability.service.wording import Language
from psd2_affordability.web.forms import Forms
from psd2_affordability.web.show import Words

_LANGUAGE_COOKIE = "lang"


def wired(request: Request) -> Product:
    """Return the product behind the pages."""
    product: Product = request.app.state.product
    return product


def forms(request: Request) -> Forms:
    """Return the maker of form tokens."""
    made: Forms = request.app.state.forms
    return made


def language(request: Request) -> Language:
    """Return the language: asked for, remembered, or what the browser likes best."""
    for asked in (request.query_params.get("lang"), request.cookies.get(_LANGUAGE_COOKIE)):
        if asked in ("en", "nl"):
            return "nl" if asked == "nl" else "en"
    return "nl" if request.headers.get("accept-language", "").lower().startswith("nl") else "en"


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a page for its visitor."""
    spoken = language(request)
    visitor = forms(request).visitor(request)
    words = Words(spoken, wired(request).knowledge.taxonomy)
    here = request.url if request.method == "GET" else request.url.replace(path=_home(request), query="")
    others = {name: str(here.include_query_params(lang=name)) for name in ("en", "nl")}
    content = request.app.state.templates.get_template(template).render(
        t=words, language=spoken, languages=others, token=forms(request).token(visitor), **values
    )
    response = HTMLResponse(content, status)
    forms(request).remember(response, visitor)
    response.set_cookie(_LANGUAGE_COOKIE, spoken, httponly=True, samesite="lax", path="/")
    return response


def _home(request: Request) -> str:
    """Return where the answer to a form can be left for: the page of its case, or the first page."""
    subject = request.path_params.get("subject", "")
    return f"/cases/{quote(subject, safe='')}" if subject else "/"
