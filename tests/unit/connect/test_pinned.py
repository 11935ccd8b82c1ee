"""Every call and every link stays at the one place a bank may be reached at."""

import pytest

from psd2_affordability.connect.pinned import PinnedBase
from psd2_affordability.core.errors import BankAnswerBroken, UsageError

BASE = "https://api.bank.example/psd2"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/psd2/v1/accounts?next=2", "https://api.bank.example/psd2/v1/accounts?next=2"),
        ("/other/v2/accounts", "https://api.bank.example/other/v2/accounts"),
        ("v1/accounts", "https://api.bank.example/psd2/v1/accounts"),
        ("https://api.bank.example/x", "https://api.bank.example/x"),
        ("https://API.bank.example:443/x", "https://API.bank.example:443/x"),
    ],
)
def test_a_link_on_the_same_host_is_followed_as_given(href, url):
    assert PinnedBase(BASE).link(href, where="accounts") == url


@pytest.mark.parametrize(
    "href",
    [
        "https://evil.example/x",
        "//evil.example/x",
        "http://api.bank.example/x",
        "https://api.bank.example:8443/x",
        "https://api.bank.example@evil.example/x",
        "https://user:pass@api.bank.example/x",
        "https://api.bank.example.evil.example/x",
        "/\\evil.example/x",
        "\\\\evil.example/x",
        "https:/\tevil.example/x",
        "/x\r\nHost: evil.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://[::1]/x",
        "https://api.bank.example:99999/x",
        "https://api.bank.example:0/x",
    ],
)
def test_a_link_that_leads_anywhere_else_is_refused(href):
    with pytest.raises(BankAnswerBroken, match="links to another host"):
        PinnedBase(BASE).link(href, where="accounts")


@pytest.mark.parametrize(
    "base",
    [
        "",
        "api.bank.example",
        "ftp://api.bank.example",
        "https://u@api.bank.example",
        "https://x.example/?a=1",
    ],
)
def test_an_address_that_is_no_plain_url_is_refused(base):
    with pytest.raises(UsageError, match="not a plain URL"):
        PinnedBase(base)


def test_plain_http_is_for_this_machine_alone():
    assert PinnedBase("http://127.0.0.1:8321").url("/v1/accounts") == "http://127.0.0.1:8321/v1/accounts"
    assert PinnedBase("http://localhost").url("/x") == "http://localhost/x"
    with pytest.raises(UsageError, match="does not start with https"):
        PinnedBase("http://api.bank.example")


def test_a_person_may_be_sent_to_another_host_of_the_bank_but_only_over_https():
    base = PinnedBase(BASE)

    assert (
        base.page_for_person("https://login.bank.example/x", where="consent")
        == "https://login.bank.example/x"
    )
    for page in (
        "http://login.bank.example/x",
        "javascript:alert(1)",
        "https://a@b.example/",
        "http://127.0.0.1/x",
    ):
        with pytest.raises(BankAnswerBroken, match="login page is not a safe address"):
            base.page_for_person(page, where="consent")
