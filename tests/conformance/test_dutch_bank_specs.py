"""Our requests keep to what de Volksbank and N26 describe, and so do the answers that we play for them."""

import json
from dataclasses import replace

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

from bank_material import Clock
from berlin_group_material import open_berlin
from openapi_material import Answered, Asked, recorder
from own_api_material import NOW, played_bank
from psd2_affordability.connect.credentials import Credentials
from psd2_affordability.connect.port import Access, ConsentRequest
from psd2_affordability.sandbox.bank import Habits
from shared_material import specs
from swagger_material import as_openapi

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(specs() is None, reason="the official descriptions are not on this machine"),
]

US = Credentials(client_id="client-7", client_secret="geheim")
IBAN = "NL86SNSB0256012733"
VOLKSBANK = "https://psd.bancairediensten.nl"
N26 = "https://xs2a.tech26.de"
ENTRY = {
    "entryReference": "20260630-00000001",
    "bookingDate": "2026-06-30",
    "valueDate": "2026-06-30",
    "transactionAmount": {"currency": "EUR", "amount": "-4.20"},
    "creditorName": "Bakkerij Korrel",
    "bankTransactionCode": 3723,
}
BOOKED = {"transactions": {"booked": [ENTRY], "_links": {}}}
TOKENS = {"access_token": "a", "refresh_token": "r", "token_type": "Bearer", "expires_in": 900}


def volksbank(asked):
    if asked.path == "/v1/consents":
        link = {"scaOAuth": {"href": "https://login.example/authorize"}}
        return 201, {"consentStatus": "received", "consentId": "consent-1", "_links": link}
    if asked.path == "/oauth2/token":
        return 200, TOKENS
    if asked.path == "/v1.1/accounts":
        return 200, {"accounts": [{"resourceId": "a-1", "iban": IBAN, "currency": "EUR"}]}
    if asked.path.endswith("/balances"):
        available = {"currency": "EUR", "amount": "12.00"}
        return 200, {"balances": [{"balanceType": "interimAvailable", "balanceAmount": available}]}
    return 200, BOOKED


def walk(port, grant):
    access = Access(grant, psu_ip="127.0.0.1")
    port.authorise(access, {"state": "s-1", "code": "code-1"})
    port.read_consent(access)
    for account in port.accounts(access):
        assert port.transactions(access, account, NOW.date()).whole
        port.balances(access, account)
    return access


def request():
    return ConsentRequest("https://us.example/back", "s-1", "127.0.0.1", NOW.date(), NOW.date(), 4)


def validated(one, host, prefix):
    """Show a request that was played as the validator reads it."""
    headers = Headers(dict(one.headers))
    return Asked(
        method=one.method.lower(),
        path=f"{prefix}{one.path}",
        body=one.body or None,
        content_type=headers.get("Content-Type", ""),
        parameters=RequestParameters(query=ImmutableMultiDict(one.query), header=headers),
        host_url=host,
    )


def answered(status, body):
    return Answered(
        status, Headers({"Content-Type": "application/json"}), json.dumps(body).encode(), "application/json"
    )


@pytest.mark.parametrize(("bank", "path"), [("nl.sns", "snsbank"), ("nl.asn", "asnbank")])
def test_every_request_to_de_volksbank_and_every_answer_we_play_keep_to_its_descriptions(bank, path):
    texts = [(specs() / f"volksbank-{name}.json").read_text("utf-8") for name in ("ais-v1.1", "consent-v1")]
    ais, consents = (OpenAPI.from_dict(as_openapi(text, VOLKSBANK)) for text in texts)
    with played_bank(bank, volksbank, US, clock=Clock()) as played:
        walk(played.port, played.port.create_consent(request()).grant)

    described = [one for one in played.asked if not one.path.startswith("/oauth2")]
    assert len(described) == 4, path
    for one in described:
        description = consents if one.path == "/v1/consents" else ais
        asked = validated(one, VOLKSBANK, "/psd2/asnbank")
        description.validate_request(asked)
        assert asked.content_type == "application/json"
        description.validate_response(asked, answered(*volksbank(one)))


def test_a_consent_that_names_accounts_would_be_noticed():
    text = (specs() / "volksbank-consent-v1.json").read_text("utf-8")
    description = OpenAPI.from_dict(as_openapi(text, VOLKSBANK))
    with played_bank("nl.sns", volksbank, US, clock=Clock()) as played:
        played.port.create_consent(request())
    asked = validated(played.asked[0], VOLKSBANK, "/psd2/asnbank")
    body = json.loads(asked.body)
    body["access"]["accounts"] = [{"iban": IBAN}]

    with pytest.raises(OpenAPIError):
        description.validate_request(replace(asked, body=json.dumps(body).encode()))


def test_every_request_to_n26_keeps_to_its_description_from_login_to_the_end_of_the_consent():
    document = yaml.load((specs() / "n26-xs2a.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    description, exchanges = OpenAPI.from_dict(document), []
    people_pages = ("/authorise", "/app", "/oauth")
    writes = recorder(exchanges, host_url=N26, prefix="/v1/berlin-group", leave_out=people_pages)
    bank = Habits("oauth_first", booked_only=True)
    with open_berlin(
        bank, bank="nl.n26", recorder=writes, sleep=lambda journey, _: journey.approve_in_app()
    ) as journey:
        done = journey.consented()
        journey.port.delete_consent(Access(done.grant))

    assert done.fetched.complete
    first = exchanges[0][0]
    assert (first.method, json.loads(first.body)["access"]) == ("post", {"allPsd2": "allAccounts"})
    for asked, _ in exchanges:
        assert asked.parameters.header["Authorization"].startswith("Bearer ")
        description.validate_request(asked)
    asked_for = {tuple(asked.parameters.query) for asked, _ in exchanges}
    assert asked_for >= {(), ("bookingStatus", "dateFrom")}
