"""Whatever a bank's links and redirects say, nothing is sent to another place: counted at that place."""

import json
import socket

import pytest

from psd2_affordability.connect.breaker import Breaker
from psd2_affordability.connect.transport import Call, Limits, Transport
from psd2_affordability.core.errors import BankAnswerBroken, BankError, BankUnreachable
from raw_bank import answer, elsewhere, raw_bank

SECRETS = {"Authorization": "Bearer verygeheim-token", "Consent-ID": "verygeheim-consent"}
PREFIXES = (
    "http://",
    "https://",
    "HTTP://",
    "hTtP://",
    "//",
    "///",
    "/\\",
    "\\\\",
    "http:",
    "http:/",
    "http:///",
    "http:\\\\",
    " http://",
    "\thttp://",
    "\x00http://",
    "h\nttp://",
    "http://{own}@",
    "http://user:{own}@",
    "http://{own}#@",
    "http://{own}\\@",
    "http://{own}%40",
    "http://{own}%2f@",
    "http://{own}\r\nHost: ",
    "ftp://",
    "ws://",
    "gopher://",
)
PLACES = (
    "127.0.0.2:{port2}/x",
    "127.0.0.1:{port1}/x",
    "localhost:{port1}/x",
    "[::1]:{port3}/x",
    "[::ffff:127.0.0.2]:{port2}/x",
    "2130706434:{port2}/x",
    "0x7f000002:{port2}/x",
    "0177.0.0.2:{port2}/x",
    "127.2:{port2}/x",
    "127.0.0.2.:{port2}/x",
    "127\u30020\u30020\u30022:{port2}/x",
    "\uff11\uff12\uff17.0.0.2:{port2}/x",
    "0.0.0.0:{port1}/x",
)
OTHERS = (
    "javascript:fetch('http://127.0.0.2')",
    "data:application/json,1",
    "file:///etc/passwd",
    "jar:http://127.0.0.2:{port2}!/x",
    "unix:///var/run/docker.sock",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/x",
    "http://",
    "http://:80/x",
    "http://[::1/x",
    "http://169.254.169.254/latest/meta-data",
    "http://10.0.0.1/x",
    "http://192.168.0.1/x",
    "http://metadata.google.internal/x",
    "http://{own}:80/x",
    "http://127.0.0.1:-1/x",
    "http://127.0.0.1:99999/x",
    "http://127.0.0.1:0/x",
    "http://127.0.0.1:{port1}1/x",
    "https://{own}/x",
    "http://{own}.evil.example/x",
    "http://evil.example?{own}/x",
    "http://evil.example#{own}/x",
)
HREFS = [prefix + place for prefix in PREFIXES for place in PLACES] + list(OTHERS)


@pytest.fixture(scope="module")
def places():
    with elsewhere() as listening:
        yield listening


@pytest.fixture(scope="module")
def bank():
    with raw_bank() as opened:
        yield opened


@pytest.fixture(scope="module")
def transport(bank):
    opened = Transport(
        bank.url, limits=Limits(seconds=2, retries=0), breaker=Breaker(failures=10_000), sleep=lambda _: None
    )
    yield opened
    opened.close()


def filled(template, bank, places):
    ports = {f"port{place}": port for place, port in enumerate(places.ports + places.ports[:1], start=1)}
    return template.format(own=f"127.0.0.1:{bank.port}", **({"port3": 9} | ports))


def test_there_are_enough_hostile_links():
    assert len(set(HREFS)) >= 300


@pytest.mark.parametrize("template", HREFS)
def test_a_link_to_anywhere_else_reaches_nothing(template, bank, places, transport):
    href = filled(template, bank, places)
    before = len(bank.heard)

    try:
        link = transport.base.link(href, where="transactions")
    except BankAnswerBroken:
        link = ""
    if link:  # then it is a path at the bank itself, however odd
        transport.send(Call("GET", link, "transactions", headers=SECRETS))

    assert places.visits() == 0
    assert len(bank.heard) == before + bool(link)
    assert all(f"Host: 127.0.0.1:{bank.port}".encode() in heard for heard in bank.heard[before:])


@pytest.mark.parametrize("template", HREFS)
def test_an_address_that_nobody_checked_reaches_nothing_either(template, bank, places, transport):
    before = len(bank.heard)

    try:
        transport.send(Call("GET", filled(template, bank, places), "transactions", headers=SECRETS))
        went = 1
    except BankError:
        went = 0

    assert places.visits() == 0
    assert len(bank.heard) == before + went
    assert all(f"Host: 127.0.0.1:{bank.port}".encode() in heard for heard in bank.heard[before:])


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 305, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "place", ["http://127.0.0.2:{port2}/x", "//127.0.0.1:{port1}/x", "/v1/other", "http://[::1]:{port3}/x"]
)
def test_no_redirect_is_followed_and_no_secret_travels(status, method, place, places):
    with raw_bank() as bank:
        bank.script[:] = [answer(status, b"", ("Location", filled(place, bank, places)))]
        transport = Transport(bank.url, sleep=lambda _: None)
        try:
            with pytest.raises(BankAnswerBroken, match="sends us to another address"):
                transport.send(Call(method, bank.url + "/v1/accounts", "accounts", headers=SECRETS))
        finally:
            transport.close()

        assert len(bank.heard) == 1
    assert places.visits() == 0


@pytest.mark.parametrize(
    "name", ["Refresh", "Content-Location", "Link", "Alt-Svc", "Location", "X-Accel-Redirect"]
)
def test_no_other_header_moves_us(name, places):
    said = answer(200, b'{"ok": true}', (name, f"0; url=http://127.0.0.2:{places.ports[1]}/x"))
    with raw_bank(said) as bank:
        transport = Transport(bank.url)
        try:
            assert transport.send(Call("GET", bank.url + "/a", "accounts", headers=SECRETS)) == {"ok": True}
            transport.send(Call("GET", bank.url + "/b", "accounts", headers=SECRETS))
        finally:
            transport.close()

        assert len(bank.heard) == 2
    assert places.visits() == 0


def test_the_environment_does_not_send_us_through_a_proxy(monkeypatch, places):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{places.ports[0]}")
    with raw_bank() as bank:
        transport = Transport(bank.url)
        try:
            transport.send(Call("GET", bank.url + "/a", "accounts", headers=SECRETS))
        finally:
            transport.close()
    assert places.visits() == 0


def test_a_proxy_that_the_caller_names_is_used_and_asked_for_the_bank():
    with raw_bank(answer(200, b'{"by": "proxy"}')) as proxy:
        transport = Transport("http://127.0.0.1:9", proxy=proxy.url)
        try:
            said = transport.send(Call("GET", "http://127.0.0.1:9/v1/accounts", "accounts"))
        finally:
            transport.close()

    assert said == {"by": "proxy"}
    assert proxy.paths == ["http://127.0.0.1:9/v1/accounts"]


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.9.9",
        "192.168.1.1",
        "127.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "255.255.255.255",
        "224.0.1.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "ff02::1",
    ],
)
@pytest.mark.parametrize("beside", [[], ["9.9.9.9"]])
def test_a_name_that_leads_into_a_private_network_is_not_visited(address, beside, monkeypatch, places):
    asked = names(monkeypatch, [[*beside, address]])
    transport = Transport(f"https://api.bank.example:{places.ports[0]}", sleep=lambda _: None)
    try:
        with pytest.raises(BankUnreachable, match="leads into a private network"):
            transport.send(Call("GET", transport.base.url("/v1"), "accounts", headers=SECRETS))
    finally:
        transport.close()

    assert asked == ["api.bank.example"]
    assert places.visits() == 0


def test_between_the_look_and_the_visit_the_name_cannot_change(monkeypatch, places):
    asked = names(monkeypatch, [["127.0.0.1"], ["127.0.0.2"]])
    with raw_bank() as bank:
        transport = Transport(f"http://localhost:{bank.port}")
        try:
            transport.send(Call("GET", transport.base.url("/v1"), "accounts", headers=SECRETS))
        finally:
            transport.close()

        assert len(bank.heard) == 1
    assert asked == ["localhost"]
    assert places.visits() == 0


def test_localhost_is_only_this_machine_whatever_its_name_says(monkeypatch):
    names(monkeypatch, [["9.9.9.9"]])
    transport = Transport("http://localhost:9", sleep=lambda _: None)
    try:
        with pytest.raises(BankUnreachable, match="leads into a private network"):
            transport.send(Call("GET", "http://localhost:9/v1", "accounts"))
    finally:
        transport.close()


def test_the_next_address_of_a_bank_is_tried_when_the_first_does_not_answer(monkeypatch):
    with raw_bank() as bank:
        names(monkeypatch, [["127.0.0.3", "127.0.0.1"]])
        transport = Transport(f"http://localhost:{bank.port}")
        try:
            assert transport.send(Call("GET", transport.base.url("/v1"), "accounts")) == {}
        finally:
            transport.close()


def names(monkeypatch, answers):
    """Answer for the name servers, one list of addresses a question; the last is repeated."""
    real, asked = socket.getaddrinfo, []

    def look_up(host, port, *args, **more):
        if host[0].isdigit() or ":" in host:
            return real(host, port, *args, **more)
        asked.append(host)
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (socket.AF_INET6 if ":" in each else socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_a_next_link_in_an_answer_is_held_to_the_bank(places):
    with raw_bank() as bank:
        page = {"_links": {"next": {"href": f"http://127.0.0.2:{places.ports[1]}/x?page=2"}}}
        bank.script[:] = [answer(200, json.dumps(page).encode())]
        transport = Transport(bank.url)
        try:
            said = transport.send(Call("GET", bank.url + "/v1", "transactions", headers=SECRETS))
            with pytest.raises(BankAnswerBroken, match="links to another host"):
                transport.send(Call("GET", said["_links"]["next"]["href"], "transactions", headers=SECRETS))
        finally:
            transport.close()
    assert places.visits() == 0
