"""What is written down about calls: enough to find a fault, and nothing about people or secrets."""

import logging
import re

import pytest

from psd2_affordability.connect.breaker import Breaker
from psd2_affordability.connect.traffic_log import masked
from psd2_affordability.connect.transport import Call, Limits, Transport
from psd2_affordability.core.errors import AffordabilityError
from raw_bank import answer, raw_bank

IBAN, NAME, TOKEN, CONSENT = "NL91ABNA0417164300", "Wilhelmina", "geheimtoken", "toestemming-17"
SECRET = re.compile(f"{IBAN}|{NAME}|{TOKEN}|{CONSENT}|verborgen", re.IGNORECASE)
BODY = f'{{"iban": "{IBAN}", "{IBAN}": "{NAME}", "token": "{TOKEN}"}}'.encode()
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Consent-ID": CONSENT, "PSU-IP-Address": "192.0.2.77"}
ODD_HEADER = (
    ("Retry-After", NAME),
    ("Location", f"/{IBAN}"),
    ("Set-Cookie", f"a={TOKEN}"),
    ("X-Request-ID", NAME),
)


def hang_up(connection):
    connection.close()


SAID = {
    "fine": answer(200, BODY, *ODD_HEADER),
    "refused": answer(400, BODY, *ODD_HEADER),
    "consent gone": answer(401, BODY.replace(b"token", b"error"), *ODD_HEADER),
    "too often": answer(429, BODY, *ODD_HEADER),
    "down": answer(500, BODY, *ODD_HEADER),
    "redirect": answer(302, BODY, *ODD_HEADER),
    "web page": answer(200, BODY, *ODD_HEADER, kind="text/html"),
    "kind with a name": answer(200, BODY, *ODD_HEADER, kind=f"text/{NAME}"),
    "cut": answer(200, BODY, length=5000),
    "cut json": answer(200, BODY[:-5]),
    "key twice": answer(200, b'{"' + NAME.encode() + b'": 1, "' + NAME.encode() + b'": 2}'),
    "no http": f"{NAME} {IBAN}\r\n\r\n".encode(),
    "bad header": f"HTTP/1.1 200 OK\r\n{NAME} {IBAN}\r\n\r\n{{}}".encode(),
    "bad status": f"HTTP/1.1 {NAME} {IBAN}\r\n\r\n".encode(),
    "bad length": answer(200, BODY, ("Content-Length", NAME), length=-1),
    "bad packing": answer(200, BODY, ("Content-Encoding", "gzip")),
    "odd packing": answer(200, BODY, ("Content-Encoding", NAME)),
    "hang up": hang_up,
}


@pytest.fixture
def everything(caplog):
    """Listen to every log there is, the HTTP library's own at its most talkative too."""
    caplog.set_level(logging.DEBUG)
    for name in ("urllib3", "urllib3.connectionpool", "urllib3.connection", "urllib3.response", "requests"):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def written(caplog):
    formatter = logging.Formatter("%(name)s %(levelname)s %(message)s")
    return "\n".join(formatter.format(record) for record in caplog.records)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("said", SAID)
def test_no_log_and_no_error_holds_a_person_or_a_secret(said, method, everything):
    told = ""
    with raw_bank(SAID[said]) as bank:
        transport = Transport(
            bank.url, limits=Limits(seconds=1, retries=1), sleep=lambda _: None, breaker=Breaker(failures=99)
        )
        call = Call(
            method,
            f"{bank.url}/v1/accounts/{IBAN}/transactions?token=verborgen&name={NAME}",
            "nl.bank transactions",
            headers=HEADERS,
            body={"naam": NAME} if method == "POST" else None,
        )
        try:
            transport.send(call)
        except AffordabilityError as error:
            told = f"{error} {error!r} {error.args} {error.__cause__!r}"
        finally:
            transport.close()

    assert not SECRET.search(told)
    assert not SECRET.search(written(everything))
    assert "nl.bank transactions" in written(everything)
    assert "192.0.2.77" not in written(everything)


def test_one_line_says_what_was_asked_and_how_it_went(everything):
    with raw_bank(answer(429, b"{}", ("Retry-After", "90"))) as bank:
        transport = Transport(bank.url)
        try:
            transport.exchange(Call("GET", bank.url + "/v1", "nl.bank accounts"))
        finally:
            transport.close()
        sent = re.search(rb"X-Request-ID: (\S+)", bank.heard[0]).group(1).decode()

    lines = [record.getMessage() for record in everything.records if record.levelno == logging.INFO]
    assert len(lines) == 1
    assert re.fullmatch(
        rf"GET nl\.bank accounts status=429 ms=\d+ bytes=2 retry_after=90 request={sent}", lines[0]
    )


def test_a_call_without_an_answer_has_its_line_too(everything):
    with raw_bank(hang_up) as bank:
        transport = Transport(bank.url, limits=Limits(retries=0))
        try:
            with pytest.raises(AffordabilityError):
                transport.exchange(Call("POST", bank.url + "/v1", "nl.bank consent"))
        finally:
            transport.close()

    warned = [record.getMessage() for record in everything.records if record.levelno == logging.WARNING]
    assert len(warned) == 1
    assert warned[0].startswith("POST nl.bank consent failed=bank.unreachable ms=")


def test_others_in_this_process_keep_the_words_of_the_http_library(everything):
    import urllib3

    with raw_bank() as bank, urllib3.PoolManager() as pool:
        pool.request("GET", bank.url + "/somebody-elses-call")

    assert "/somebody-elses-call" in written(everything)


def test_a_shape_tells_how_an_answer_is_built_and_not_what_it_says():
    document = {
        "accounts": [
            {"iban": IBAN, "name": "Zoë de Vries-2", "balance": {"amount": "-1.234,50"}, "main": True}
        ],
        IBAN: {"a": None, "n": 12345, "d": "2026-07-01T12:00:00Z"},
        "arabic": "١٢٣ محمد",
        "emoji": "😀",
    }

    assert masked(document) == {
        "accounts": [
            {
                "iban": "XX99XXXX9999999999",
                "name": "Xxx xx Xxxxx-9",
                "balance": {"amount": "-9.999,99"},
                "main": True,
            }
        ],
        "XX99XXXX9999999999": {"a": None, "n": "99999", "d": "9999-99-99X99:99:99X"},
        "arabic": "999 xxxx",
        "emoji": "x",
    }
