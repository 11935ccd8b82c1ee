"""The pages over real HTTP: the consent journey as a visitor, and what the case page says and hides."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from lxml import html

from bank_material import CURRENT, SAVINGS
from psd2_affordability.sandbox.approve import approve, approve_in_app
from running_product import BANK, HOSTILE_NAME, HOSTILE_TEXT, running
from sandbox_banks_material import IN_APP
from visitor_material import Visitor, check_structure, words

LABELS = {"en": "Answers", "nl": "Antwoorden"}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with running(tmp_path_factory.mktemp("web")) as everything:
        yield everything


@pytest.fixture
def visitor(served):
    return Visitor(served)


def test_an_empty_house_explains_how_to_start(tmp_path):
    with running(tmp_path) as served:
        page = Visitor(served).open("/")

        assert "There are no cases yet" in words(page)
        assert page.cssselect("form[action='/connect']")


def test_a_visitor_walks_from_the_first_page_to_the_answers(visitor, served):
    bank_page = visitor.to_the_bank("walk-1")

    assert bank_page.startswith(served.bank_url)
    page = visitor.open(approve(bank_page, "jan", [CURRENT, SAVINGS]))
    assert urlsplit(visitor.answer.url).path == "/cases/walk-1"
    headings = [words(each) for each in page.cssselect("h1, h2, h3")]
    expected = ["Case walk-1", "Answers", "Room for a payment plan", "Credit check"]
    expected += ["Seizing the bank account", "How to approach this person", "Signs of new debt"]
    assert expected == headings[:7]
    assert headings.index("The figures behind the answers") > 5
    assert headings.index("What the data show") < headings.index("Receipt")
    assert "walk-1" in words(visitor.open("/"))


def test_every_page_has_landmarks_one_main_heading_and_a_language(visitor):
    visitor.case("landmarks")

    for path in ("/", "/cases/landmarks", "/nowhere"):
        page = visitor.open(path, status=404 if path == "/nowhere" else 200)
        assert page.get("lang") == "en"
        check_structure(page)


def test_every_figure_of_a_stream_shows_its_transactions(visitor):
    page = visitor.case("evidence")

    [salary] = [each for each in page.cssselect("details.stream") if "Werkgever" in words(each)]
    rows = salary.cssselect("tbody tr")
    assert len(rows) >= 12
    assert all("€2,100.00" in words(row) for row in rows)


def test_the_page_speaks_dutch_when_asked_and_remembers_it(visitor):
    visitor.case("dutch")

    page = visitor.open("/cases/dutch?lang=nl")
    again = visitor.open("/cases/dutch")

    for each in (page, again):
        assert each.get("lang") == "nl"
        assert "Ruimte voor een betalingsregeling" in words(each)
        assert "Answers" not in [words(heading) for heading in each.cssselect("h2")]


def test_a_dutch_browser_gets_dutch(served):
    assert Visitor(served, "nl-NL,nl;q=0.9").open("/").get("lang") == "nl"


def test_what_a_payee_wrote_stays_text(visitor):
    page = visitor.case("hostile", person="mal")

    source = visitor.answer.text
    assert "alert(" in words(page)
    assert not page.cssselect("script, img, iframe, style, [onerror], [style]")
    for attack in (HOSTILE_NAME, HOSTILE_TEXT, "<script", "<img", "\u202e", "\x1b"):
        assert attack not in source
    assert "{{ 7*7 }}" in source
    isolated = [words(each) for each in page.cssselect("bdi")]
    assert any("alert(2)" in each for each in isolated)
    for element in page.iter():
        if isinstance(element.tag, str) and element.text and "alert(" in element.text:
            assert element.tag == "bdi"


def test_every_page_allows_nothing_from_elsewhere(visitor):
    for path, status in (("/", 200), ("/nowhere", 404), ("/style.css", 200)):
        answer = visitor.session.get(f"{visitor.served.url}{path}", timeout=30)
        assert answer.status_code == status
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        for way_in in ("<script", "javascript:"):
            assert way_in not in answer.text.lower()


def test_a_purpose_shows_no_other_answers_and_no_statement_text(visitor):
    page = visitor.case("seizure-only", "seizure_check")

    headings = {words(each) for each in page.cssselect("h3")}
    assert {"Room for a payment plan", "Seizing the bank account"} <= headings
    assert {"Credit check", "Signs of new debt", "Income"}.isdisjoint(headings)
    assert "Betaalautomaat" not in visitor.answer.text


def test_a_collector_sees_amounts_but_neither_payees_nor_the_banks_text(visitor):
    visitor.case("plan-only", "payment_plan")

    assert "2,100.00" in visitor.answer.text
    for secret in ("Woonstede", "Werkgever", "Betaalautomaat"):
        assert secret not in visitor.answer.text


def test_the_household_narrows_the_answers(visitor):
    page = visitor.case("household")

    answer = visitor.send(page, "/cases/household/household", type="single", rent="612,50")

    after = html.document_fromstring(answer.content)
    assert answer.status_code == 200
    assert after.cssselect("#type option[selected]")[0].get("value") == "single"
    assert after.cssselect("#rent")[0].get("value") == "612.50"


def test_a_home_without_rent_stays_one_when_something_else_is_saved(visitor):
    page = visitor.case("no-rent")

    page = html.document_fromstring(
        visitor.send(page, "/cases/no-rent/household", type="couple", rent="0").content
    )
    assert page.cssselect("#rent")[0].get("value") == "0.00"
    again = visitor.send(page, "/cases/no-rent/household", type="single", rent="0.00")
    assert html.document_fromstring(again.content).cssselect("#rent")[0].get("value") == "0.00"


def test_a_total_debt_gives_the_number_of_months(visitor):
    visitor.case("debt")

    page = visitor.open("/cases/debt?debt=600,00")

    for row in page.cssselect("table.options tbody tr"):
        assert words(row.cssselect("td")[0]).isdigit()


def test_a_withdrawn_consent_closes_the_case_page(visitor):
    page = visitor.case("closing")

    answer = visitor.send(page, "/cases/closing/withdraw")

    assert answer.status_code == 403
    closed = html.document_fromstring(answer.content)
    assert "no consent stands for it" in words(closed)
    assert "withdrawn" in words(closed)


def test_an_erased_case_is_gone_from_the_list(visitor):
    page = visitor.case("erased")

    answer = visitor.send(page, "/cases/erased/erase")

    assert answer.status_code == 200
    assert "/cases/erased" not in answer.text
    visitor.open("/cases/erased", status=404)


@pytest.mark.parametrize(
    "action", ["/connect", "/cases/any/erase", "/cases/any/withdraw", "/cases/any/household"]
)
def test_a_form_from_somebody_elses_page_is_refused(served, action):
    fields = {"token": "x", "subject": "a", "purpose": "debt_help", "bank": BANK, "consent": "c"}

    answer = requests.post(f"{served.url}{action}", data=fields, timeout=30)

    assert answer.status_code == 403
    assert "too old" in answer.text


def test_a_form_token_of_another_visitor_is_refused(served):
    mine, theirs = Visitor(served), Visitor(served)
    token = theirs.open("/").cssselect("input[name='token']")[0]

    answer = mine.send(mine.open("/"), "/connect", token=token.get("value"), subject="a")

    assert answer.status_code == 403


def test_an_answer_of_the_bank_for_another_visitor_is_refused(served):
    mine, theirs = Visitor(served), Visitor(served)
    back = approve(theirs.to_the_bank("not-yours"), "jan", [CURRENT])

    page = mine.open(back, status=403)

    assert "another visitor" in words(page)
    assert urlsplit(theirs.open(back) is not None and theirs.answer.url).path == "/cases/not-yours"


def test_who_comes_back_before_they_approved_in_the_app_is_kindly_asked_to_do_so_and_may_try_again(
    visitor, served
):
    answer = visitor.send(visitor.open("/"), "/connect", subject="app", purpose="debt_help", bank=IN_APP)
    [go_on] = html.document_fromstring(answer.content).cssselect("a.button")

    for _ in range(2):
        page = visitor.open(go_on.get("href"), status=409)
        assert "still waiting for the decision" in words(page)
        assert page.cssselect("a.button")[0].get("href") == go_on.get("href")
    approve_in_app(served.product.bank_urls[IN_APP], "jan", [CURRENT])
    visitor.open(go_on.get("href"))

    assert urlsplit(visitor.answer.url).path == "/cases/app"


def test_who_refuses_in_the_app_is_told_that_nothing_was_approved(visitor, served):
    answer = visitor.send(visitor.open("/"), "/connect", subject="no-app", purpose="debt_help", bank=IN_APP)
    [go_on] = html.document_fromstring(answer.content).cssselect("a.button")
    approve_in_app(served.product.bank_urls[IN_APP], "jan", [CURRENT], refuse=True)

    assert "did not approve" in words(visitor.open(go_on.get("href"), status=403))


def test_who_loads_the_page_again_during_the_first_fetch_waits_and_then_sees_the_case(visitor, served):
    back = approve(visitor.to_the_bank("reloaded"), "jan", [CURRENT])
    [state] = parse_qs(urlsplit(back).query)["state"]
    first = served.product.store.consents.claim(state)

    page = visitor.open(back, status=202)

    assert "The data are on their way" in words(page)
    [again] = page.cssselect("a.button")
    assert again.get("href") == back
    visitor.open(back, status=202)
    Visitor(served).open(back, status=403)
    served.product.store.consents.give_back(first.id, state)
    journey = visitor.session.cookies.get("journey", path="/consents")
    visitor.open(back)
    assert urlsplit(visitor.answer.url).path == "/cases/reloaded"
    visitor.session.cookies.set("journey", journey, path="/consents")
    visitor.open(back)
    assert urlsplit(visitor.answer.url).path == "/cases/reloaded"


def test_a_refused_consent_ends_in_a_clear_page(visitor):
    back = approve(visitor.to_the_bank("refuser"), "jan", [], refuse=True)

    page = visitor.open(back, status=403)

    assert "did not approve" in words(page)
    assert "bank.consent_not_valid" in words(page)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/cases/unknown", 404, "no case is called"),
        ("/cases/unknown?on=yesterday", 404, "no case is called"),
        ("/consents/unknown/bank", 404, "no consent is called"),
        ("/consents/callback?state=forged", 403, "no consent waits"),
        ("/consents/callback", 422, "form was not filled in"),
        ("/nowhere", 404, "no such page"),
    ],
)
def test_a_wrong_address_gets_a_plain_answer(visitor, path, status, says):
    page = visitor.open(path, status=status)

    assert says in words(page)
    assert "Traceback" not in visitor.answer.text


def test_what_cannot_be_filled_in_is_said_in_the_language_of_the_page_with_the_way_back(served):
    visitor = Visitor(served, "nl")
    visitor.case("mistyped", purpose="payment_plan")

    page = visitor.open("/cases/mistyped?purpose=payment_plan&proposal=0", status=400)

    assert "Er is iets ingevuld dat niet kan." in words(page)
    assert "een voorstel is meer dan nul euro per maand" in words(page)
    assert not page.cssselect("main [lang=en]")
    assert page.cssselect("a.button")[0].get("href") == "/cases/mistyped"
    nobody = words(visitor.open("/cases/nobody", status=404))
    assert "Dit bestaat hier niet." in nobody
    assert "er is geen dossier met de naam 'nobody'. In de lijst met dossiers staat welke er zijn" in nobody
    twice = words(visitor.open("/cases/mistyped?purpose=payment_plan&debt=1.250", status=400))
    assert "schuld: '1.250' kan twee dingen betekenen. Schrijf 1250 of € 1,25" in twice


def test_a_case_page_asks_only_what_its_purpose_answers_and_names_bank_and_purpose(visitor):
    asked = {}
    for purpose in ("monitoring", "seizure_check", "payment_plan"):
        page = visitor.case(f"asks-{purpose}", purpose=purpose)
        asked[purpose] = {each.get("id") for each in page.cssselect("form input[inputmode]")}
        register = words(page.cssselect("section[aria-labelledby=consents] tbody")[0])
        assert purpose not in register
        assert "Sandbox Bank" in register

    of_household = {"rent", "own-income", "partner-income"}
    assert asked == {
        "monitoring": set(),
        "seizure_check": {"debt", *of_household},
        "payment_plan": {"debt", "proposal", *of_household},
    }
