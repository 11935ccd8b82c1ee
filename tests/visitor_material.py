"""A visitor of the pages without a browser, and what every page must have for all who read it."""

from itertools import pairwise
from urllib.parse import urlsplit

import requests
from lxml import html

from bank_material import CURRENT, SAVINGS
from psd2_affordability.sandbox.approve import approve
from running_product import BANK, Running


class Visitor:
    """A browser without scripts: keeps cookies, reads pages, sends forms."""

    def __init__(self, served: Running, language: str = "en") -> None:
        self.served = served
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = language

    def open(self, path: str, status: int = 200) -> html.HtmlElement:
        url = path if path.startswith("http") else f"{self.served.url}{path}"
        self.answer = self.session.get(url, timeout=60)
        assert self.answer.status_code == status, self.answer.text
        return html.document_fromstring(self.answer.content)

    def send(self, page: html.HtmlElement, action: str, **values: str | list[str]) -> requests.Response:
        """Fill in the form that goes to an address, and send it."""
        return self.bring(page, action, None, **values)

    def bring(
        self, page: html.HtmlElement, action: str, files: dict[str, bytes] | None, **values: str | list[str]
    ) -> requests.Response:
        """Fill in the form that goes to an address, choose files in it, and send it."""
        [form] = [each for each in page.forms if urlsplit(each.get("action")).path == action]
        fields: dict[str, str | list[str]] = {}
        for name, value in form.form_values():
            if name != "files":
                fields[name] = [*fields.get(name, []), value or ""]
        chosen = None if files is None else [("files", each) for each in files.items()]
        return self.session.post(
            f"{self.served.url}{form.get('action')}", data=fields | values, files=chosen, timeout=60
        )

    def to_the_bank(self, subject: str, purpose: str = "debt_help") -> str:
        page = html.document_fromstring(
            self.send(self.open("/"), "/connect", subject=subject, purpose=purpose, bank=BANK).content
        )
        [link] = page.cssselect("a.button")
        return link.get("href")

    def case(self, subject: str, purpose: str = "debt_help", person: str = "jan") -> html.HtmlElement:
        accounts = [CURRENT, SAVINGS] if person == "jan" else [CURRENT]
        back = approve(self.to_the_bank(subject, purpose), person, accounts)
        return self.open(back)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def check_structure(page: html.HtmlElement) -> None:
    """Hold a page against what a reader with a screen reader or a keyboard needs."""
    for landmark in ("header", "nav", "main", "footer"):
        assert page.cssselect(landmark), landmark
    assert len(page.cssselect("h1")) == 1
    levels = [int(each.tag[1]) for each in page.cssselect("h1, h2, h3, h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    assert all(table.cssselect("caption") for table in page.cssselect("table"))
    named = {label.get("for") for label in page.cssselect("label")}
    fields = page.cssselect("select, input:not([type='hidden'])")
    assert {each.get("id") for each in fields} == named
    assert all(fieldset.cssselect("legend") for fieldset in page.cssselect("fieldset"))
    ids = [each.get("id") for each in page.cssselect("[id]")]
    assert len(ids) == len(set(ids))
    told = {
        name for each in page.cssselect("[aria-describedby]") for name in each.get("aria-describedby").split()
    }
    labelled = {each.get("aria-labelledby") for each in page.cssselect("[aria-labelledby]")}
    assert told | labelled <= set(ids)
