"""Correcting a transaction in the pages: what is asked, what changes, for whom, and how it is undone."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from lxml import html

from masking_material import CANARY, life
from psd2_affordability.asgi import create_app
from psd2_affordability.categorise.evidence import EVIDENCE
from psd2_affordability.sandbox.server import serve_in_thread
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.clock import FixedClock
from psd2_affordability.service.keep import keep_received
from psd2_affordability.service.settings import DATABASE, from_environment
from psd2_affordability.service.wording import Language
from psd2_affordability.web.words import text
from running_product import Running, running
from store_material import NOW
from visitor_material import Visitor, check_structure, words

MAINTENANCE = "inkomen.alimentatie"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with running(tmp_path_factory.mktemp("corrections")) as everything:
        yield everything


@pytest.fixture
def visitor(served):
    return Visitor(served)


def wages(page: html.HtmlElement) -> list[str]:
    """Return the addresses that correct the wages on a case page, oldest first."""
    [salary] = [each for each in page.cssselect("details.stream") if "Werkgever" in words(each)]
    return [link.get("href") for link in salary.cssselect("td a")]


def key_of(address: str) -> str:
    return urlsplit(address).path.rpartition("/")[2]


def correct(visitor: Visitor, address: str, category: str = MAINTENANCE, **more: str) -> html.HtmlElement:
    """Fill in the form of a transaction and return the page after it."""
    told = {"category": category, "reason": "zie de beschikking", "by": "worker"}
    form = visitor.open(address)
    answer = visitor.send(form, urlsplit(address).path, **(told | more))
    assert answer.status_code == 200, answer.text
    visitor.answer = answer
    return html.document_fromstring(answer.content)


def press(visitor: Visitor, page: html.HtmlElement, button: str) -> html.HtmlElement:
    """Press the button that says this, and return the page after it."""
    [form] = [each for each in page.forms if words(each).startswith(button)]
    data = {name: value or "" for name, value in form.form_values()}
    answer = visitor.session.post(f"{visitor.served.url}{form.get('action')}", data=data, timeout=60)
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.content)


def test_every_transaction_that_is_shown_can_be_corrected(visitor):
    page = visitor.case("linked")

    rows = page.cssselect("table.rows tbody tr")

    assert rows
    assert all(words(row).count("Correct this") == 1 for row in rows)
    linked = visitor.open(wages(page)[0])
    assert words(linked.cssselect("h1")[0]) == "What is this transaction?"
    for says in ("Werkgever BV", "€2,100.00", "Wages", "The payer told what it is for.", "Almost certain"):
        assert says in words(linked)


def test_the_form_offers_plain_names_by_group(visitor):
    form = visitor.open(wages(visitor.case("offered"))[0])

    groups = [each.get("label") for each in form.cssselect("optgroup")]
    assert groups[:3] == ["Income", "Fixed costs", "Costs that come now and then"]
    assert len(groups) == 7
    shown = [words(each) for each in form.cssselect("#category option")]
    assert {"Wages", "Rent", "Groceries"} <= set(shown)
    assert not any("." in each for each in shown), "a code is no plain name"


def test_money_that_went_out_is_offered_no_income_and_money_of_files_can_be_corrected_too(tmp_path):
    settings = from_environment({DATABASE: f"sqlite:///{tmp_path / 'a.db'}"})
    wired = product(settings=settings, clock=FixedClock(NOW))
    keep_received(wired, "from-file", life(months=4), source="file")
    with serve_in_thread(create_app(wired)) as url:
        visitor = Visitor(Running(url, "", wired))
        page = visitor.open("/cases/from-file?purpose=debt_help&on=2026-06-01")
        rent = [row for row in page.cssselect("table.rows tbody tr") if "-€650.00" in words(row)]
        form = visitor.open(rent[0].cssselect("a")[0].get("href"))
    wired.store.close()

    assert "particulier" in words(form)
    assert CANARY not in visitor.answer.text
    assert form.cssselect("optgroup")[0].get("label") == "Fixed costs"


def test_the_pages_about_corrections_can_be_read_by_everybody(visitor):
    address = wages(visitor.case("readable"))[0]
    check_structure(visitor.open(address))

    changed = correct(visitor, address, rule="1")
    check_structure(changed)
    check_structure(visitor.open(changed.cssselect("main > p:last-child a")[0].get("href")))
    check_structure(visitor.open("/cases/readable"))


def test_a_correction_says_what_changed_and_the_answers_follow_it(visitor):
    address = wages(visitor.case("changed"))[0]

    changed = correct(visitor, address)

    assert urlsplit(visitor.answer.url).path == "/cases/changed/corrections/c1"
    assert "We thought it was Wages. Now it counts as Maintenance received." in words(changed)
    assert "zie de beschikking" in words(changed)
    again = visitor.open(address)
    assert "Before it was correctedWages" in words(again), "the whole picture shows it still"
    assert len(wages(visitor.open("/cases/changed"))) == 12


def test_a_rule_does_nothing_before_somebody_accepts_it_and_says_how_many_rows_it_would_change(visitor):
    address = wages(visitor.case("proposed"))[0]

    changed = correct(visitor, address, rule="1")

    assert "Money from Werkgever BV, from €1,680.00 to €2,520.00 at a time, is Maintenance" in words(changed)
    assert "It would change" not in words(changed)
    assert "it would change 12 transactions, the first on 25 July 2025" in words(changed)
    assert len(wages(visitor.open("/cases/proposed"))) == 12


def test_a_rule_that_holds_from_today_on_leaves_what_was_booked_before(visitor):
    changed = correct(visitor, wages(visitor.case("from-today"))[0], rule="1")

    after = press(visitor, changed, "Accept, from today on")

    assert "It holds for bookings from 1 July 2026." in words(after)
    assert len(wages(visitor.open("/cases/from-today"))) == 12


def test_a_rule_reaches_earlier_rows_only_when_that_was_asked_for(visitor):
    changed = correct(visitor, wages(visitor.case("earlier"))[0], rule="1")

    after = press(visitor, changed, "Accept, also for earlier bookings")

    assert "It holds for bookings from 25 July 2025." in words(after)
    page = visitor.open("/cases/earlier")
    [stream] = [each for each in page.cssselect("details.stream") if "Werkgever" in words(each)]
    assert "Maintenance received" in words(stream)
    assert words(stream).count("corrected") == 13
    assert "A rule tells it that somebody accepted." in words(visitor.open(wages(page)[1]))
    by_hand = visitor.open(wages(page)[0])
    assert "Somebody has said so." in words(by_hand)
    assert "Wages" in [words(each) for each in by_hand.cssselect("dd")]


def test_a_declined_rule_never_holds_and_stays_visible(visitor):
    changed = correct(visitor, wages(visitor.case("declined"))[0], rule="1")

    after = press(visitor, changed, "Decline")

    assert words(after.cssselect(".rule h3")[0]) == "Rule r1 ended"
    assert not after.cssselect(".rule form")
    assert len(wages(visitor.open("/cases/declined"))) == 12


def test_a_correction_that_is_undone_takes_its_rule_along_and_gives_the_old_answers_again(visitor):
    before = visitor.case("undone")
    changed = correct(visitor, wages(before)[0], rule="1")
    listed = press(visitor, changed, "Accept, also for earlier bookings")

    after = press(visitor, listed, "Undo")

    assert "undone or replaced" in words(after.cssselect("tbody tr")[0])
    assert words(after.cssselect(".rule h3")[0]) == "Rule r1 ended"
    assert wages(visitor.open("/cases/undone")) == wages(before)


def test_an_accepted_rule_can_be_ended_and_the_correction_stays(visitor):
    changed = correct(visitor, wages(visitor.case("ended"))[0], rule="1")
    listed = press(visitor, changed, "Accept, also for earlier bookings")

    after = press(visitor, listed, "End this rule")

    assert words(after.cssselect(".rule h3")[0]) == "Rule r1 ended"
    assert "undone" not in words(after.cssselect("tbody tr")[0])
    assert len(wages(visitor.open("/cases/ended"))) == 12


def test_only_a_purpose_that_shows_a_transaction_may_correct_it(visitor):
    visitor.case("bounded", "seizure_check")
    address = wages(visitor.case("bounded"))[0]
    form = visitor.open(address)
    other = f"{urlsplit(address).path}?purpose=seizure_check"

    refused = visitor.open(other, status=404)

    assert "show no transaction" in words(refused)
    [token] = {each.value for each in form.cssselect("input[name='token']")}
    told = {"token": token, "category": MAINTENANCE, "reason": "x", "by": "worker"}
    assert visitor.session.post(f"{visitor.served.url}{other}", data=told, timeout=60).status_code == 404
    visitor.open(f"{urlsplit(address).path}?purpose=monitoring", status=403)
    assert visitor.served.product.store.corrections.list("bounded") == []


def test_a_correction_is_shown_and_undone_for_the_whole_picture_alone(visitor):
    visitor.case("apart", "payment_plan")
    visitor.case("apart", "seizure_check")
    page = visitor.case("apart")
    visitor.open(wages(page)[0].replace("debt_help", "payment_plan"), status=404)
    correct(visitor, wages(page)[0], reason="gezien bij de hulp")

    def listed(purpose: str) -> str:
        return words(visitor.open(f"/cases/apart/corrections?purpose={purpose}"))

    assert "gezien bij de hulp" in listed("debt_help")
    for purpose in ("payment_plan", "seizure_check"):
        assert "Nothing was corrected." in listed(purpose)
    visitor.open("/cases/apart/corrections/c1?purpose=seizure_check", status=404)
    token = page.cssselect("input[name='token']")[0].value
    undo = f"{visitor.served.url}/cases/apart/corrections/c1/undo?purpose=seizure_check"
    assert visitor.session.post(undo, data={"token": token}, timeout=60).status_code == 404
    assert visitor.served.product.store.corrections.list("apart")[0].undone_at is None


def test_nothing_is_corrected_or_shown_after_the_consent_was_withdrawn(visitor):
    page = visitor.case("withdrawn")
    address = wages(page)[0]
    visitor.send(page, "/cases/withdrawn/withdraw")

    visitor.open(address, status=403)
    visitor.open("/cases/withdrawn/corrections?purpose=debt_help", status=403)


@pytest.mark.parametrize("path", ["transactions/t1", "corrections/c1/undo", "corrections/r1/accept"])
def test_a_correction_from_somebody_elses_page_is_refused(served, path):
    told = {"token": "x", "category": MAINTENANCE, "reason": "x", "by": "worker"}

    answer = requests.post(f"{served.url}/cases/any/{path}?purpose=debt_help", data=told, timeout=30)

    assert answer.status_code == 403
    assert "too old" in answer.text


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"category": "wonen.kasteel"}, 404),
        ({"category": ""}, 422),
        ({"by": "neighbour"}, 404),
        ({"reason": "  "}, 400),
        ({"reason": "x" * 501}, 422),
    ],
)
def test_a_form_that_says_nothing_usable_corrects_nothing(visitor, wrong, status):
    address = wages(visitor.case("unusable"))[0]
    told = {"category": MAINTENANCE, "reason": "gezien", "by": "person"}

    answer = visitor.send(visitor.open(address), urlsplit(address).path, **(told | wrong))

    assert answer.status_code == status
    assert visitor.served.product.store.corrections.list("unusable") == []


def test_what_somebody_gave_as_the_reason_stays_text(visitor):
    address = wages(visitor.case("typed"))[0]

    changed = correct(visitor, address, reason="<script>alert(3)</script>")

    assert not changed.cssselect("script")
    assert "<script>alert(3)</script>" in [words(each) for each in changed.cssselect("bdi")]


def test_the_pages_about_corrections_speak_dutch(visitor):
    address = wages(visitor.case("klopt-niet"))[0]

    case = visitor.open("/cases/klopt-niet?lang=nl")
    form = visitor.open(address)
    changed = correct(visitor, address, rule="1")

    assert "Klopt dit niet?" in words(case)
    assert "De betaler heeft gezegd waar het voor is." in words(form)
    assert "Vaste lasten" in [each.get("label") for each in form.cssselect("optgroup")]
    assert "Nu telt het als Alimentatie ontvangen" in words(changed)
    assert "Geld van Werkgever BV, van € 1.680,00 tot € 2.520,00 per keer" in words(changed)
    assert "Deze regel doet nog niets." in words(changed)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_whatever_decided_a_category_is_said_in_plain_words(served, language: Language):
    for evidence in EVIDENCE:
        assert text(f"why.{evidence}", language).endswith(".")
    leaves = served.product.knowledge.taxonomy.values()
    for group in {leaf.group for leaf in leaves}:
        assert text(f"group.{group}", language)
        names = [getattr(leaf, language) for leaf in leaves if leaf.group == group]
        assert len(names) == len(set(names)), "one name would be offered twice"


def test_the_form_remembers_which_answers_the_visitor_came_from(visitor):
    address = wages(visitor.case("remembers"))[0]

    correct(visitor, address)

    assert parse_qs(urlsplit(visitor.answer.url).query) == {"purpose": ["debt_help"], "on": ["2026-07-01"]}
    assert urlencode({"purpose": "debt_help", "on": "2026-07-01"}) in visitor.answer.text.replace(
        "&amp;", "&"
    )
