"""The pages in a real browser: the journey by clicking, no scripts, no faults of style, a printed case."""

import shutil
from datetime import date
from urllib.parse import urlsplit

import pytest

from psd2_affordability.service.connect_bank import erase_case
from psd2_affordability.service.corrections import Said, correct
from psd2_affordability.service.purposes import PURPOSES
from running_product import BANK, running
from sandbox_banks_material import BY_PAGE, IN_APP
from statement_material import mt940_statement

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with running(tmp_path_factory.mktemp("browser")) as everything:
        yield everything


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium):
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("dialog", lambda dialog: page.complaints.append(dialog.message))
    yield page
    context.close()


def walk(tab, served, subject: str, person: str = "Jan", bank: str = BANK) -> None:
    ask(tab, served, subject, bank)
    tab.get_by_role("link", name="Continue to the bank").click()
    decide(tab, "Approve", person)
    tab.wait_for_url("**/cases/**")


def ask(tab, served, subject: str, bank: str) -> None:
    tab.goto(served.url)
    form = tab.get_by_role("region", name="Ask for consent at a bank")
    form.get_by_label("Case name").fill(subject)
    form.get_by_label("What for").select_option(PURPOSES["debt_help"].code)
    form.get_by_label("Bank", exact=True).select_option(bank)
    form.get_by_role("button", name="Connect the bank").click()


def decide(tab, decision: str, person: str = "Jan") -> None:
    tab.get_by_role("radio", name=person).check()
    tab.get_by_role("button", name="Log in").click()
    tab.get_by_role("button", name=decision).click()


def test_a_person_clicks_from_the_first_page_through_the_bank_to_the_answers(tab, served):
    walk(tab, served, "clicked")

    assert tab.get_by_role("heading", level=1).inner_text() == "Case clicked"
    assert tab.get_by_role("heading", name="Room for a payment plan").is_visible()
    assert tab.complaints == []


@pytest.mark.parametrize("bank", [bank for bank in BY_PAGE if bank != BANK])
def test_a_person_connects_every_other_sandbox_bank_by_clicking(tab, served, bank):
    subject = bank.rpartition(".")[2]

    walk(tab, served, subject, bank=bank)

    assert tab.get_by_role("heading", name="Room for a payment plan").is_visible()
    assert (
        tab.get_by_role("table", name="Consents of this case").get_by_text("valid", exact=True).is_visible()
    )
    assert tab.complaints == []


def test_a_person_who_approves_in_the_banks_app_may_come_back_too_early_and_try_again(tab, served):
    ask(tab, served, "in-app", IN_APP)
    tab.get_by_role("link", name="The decision is made, go on").click()
    assert "still waiting for the decision" in tab.get_by_role("status").inner_text()

    with tab.expect_popup() as opened:
        tab.get_by_role("link", name="Open the app of this sandbox bank").click()
    app = opened.value
    app.get_by_role("link", name="A request to share account information").first.click()
    decide(app, "Approve")
    assert app.get_by_role("heading", name="Your decision is known").is_visible()
    tab.get_by_role("link", name="The decision is made, go on").click()

    tab.wait_for_url("**/cases/in-app*")
    assert tab.get_by_role("heading", name="Room for a payment plan").is_visible()


def test_a_person_who_refuses_at_a_bank_with_oauth_is_told_so_plainly(tab, served):
    ask(tab, served, "refused", "sandbox.uk_open_banking")
    tab.get_by_role("link", name="Continue to the bank").click()

    decide(tab, "Refuse")

    assert "did not approve" in tab.get_by_role("main").inner_text()


def test_evidence_opens_by_keyboard(tab, served):
    walk(tab, served, "keyboard")
    stream = tab.locator("details.stream").first

    stream.locator("summary").focus()
    tab.keyboard.press("Enter")

    assert stream.locator("table").is_visible()


def test_a_person_corrects_a_transaction_and_accepts_the_rule_with_the_keyboard_alone(tab, served):
    walk(tab, served, "corrected")
    salary = tab.locator("details.stream", has_text="Werkgever BV")
    salary.locator("summary").focus()
    tab.keyboard.press("Enter")
    salary.get_by_role("link", name="Correct this Werkgever BV, 2025-06-25").focus()
    tab.keyboard.press("Enter")

    assert tab.get_by_role("heading", level=1).inner_text() == "What is this transaction?"
    tab.get_by_role("button", name="Correct it").press("Enter")
    assert tab.get_by_label("Kind").evaluate("each => each.validity.valueMissing"), "nothing was sent"
    tab.get_by_label("Kind").select_option("Maintenance received")
    tab.get_by_label("How do you know?").fill("The court's decision was seen")
    tab.get_by_role("group", name="Who says so?").get_by_label("A case worker").press("Space")
    tab.get_by_label("Propose a rule").press("Space")
    tab.get_by_role("button", name="Correct it").press("Enter")

    tab.wait_for_url("**/corrections/c1?**")
    assert "Now it counts as Maintenance received" in tab.get_by_role("status").inner_text()
    tab.reload()
    tab.get_by_role("button", name="Accept, also for earlier bookings Rule r1").press("Enter")
    tab.wait_for_url("**/corrections?**")
    assert tab.get_by_role("article", name="Rule r1 holds").is_visible()
    tab.get_by_role("link", name="Back to the case").press("Enter")
    assert tab.locator("details.stream", has_text="Maintenance received").is_visible()
    assert tab.complaints == []


@pytest.mark.parametrize("page", ["transactions/{tx}", "corrections/c1", "corrections"])
def test_the_pages_about_corrections_fit_a_telephone(tab, served, page):
    wired = served.product
    walk(tab, served, "fits")
    link = tab.locator("details.stream", has_text="Werkgever BV").locator("td a").last
    tx = urlsplit(link.get_attribute("href")).path.rpartition("/")[2]
    if page != "transactions/{tx}":
        said = Said("inkomen.alimentatie", "seen", "person", rule=True)
        correct(wired, "fits", tx, said, purpose="debt_help")

    tab.goto(f"{served.url}/cases/fits/{page.format(tx=tx)}?purpose=debt_help")
    tab.set_viewport_size({"width": 360, "height": 740})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    erase_case(wired, "fits")


def test_what_a_payee_wrote_runs_nothing(tab, served):
    walk(tab, served, "attacked", person="Mal")

    for details in tab.locator("details").all():
        details.evaluate("each => each.open = true")

    assert tab.complaints == []
    assert tab.locator("script, img").count() == 0


def test_the_case_fits_a_telephone(tab, served):
    walk(tab, served, "phone")

    tab.set_viewport_size({"width": 360, "height": 740})

    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_a_telephone_a_consent_can_be_withdrawn_and_a_balance_read_without_scrolling_aside(tab, served):
    walk(tab, served, "thumb")

    tab.set_viewport_size({"width": 360, "height": 740})

    for table in ("Consents of this case", "Accounts seen", "Rules used"):
        box = tab.get_by_role("table", name=table)
        assert box.evaluate("each => each.scrollWidth <= each.parentElement.clientWidth"), table
    button = tab.get_by_role("button", name="Withdraw").bounding_box()
    assert button["x"] + button["width"] <= 360


def test_a_long_case_name_pushes_nothing_off_the_page(tab, served):
    name = "dossier" * 17
    file = {
        "name": "a.sta",
        "mimeType": "text/plain",
        "buffer": mt940_statement([(date(2026, 1, 2), -600_00, "/BENM//NAME/Woonstad")]),
    }
    tab.goto(served.url)
    form = tab.get_by_role("region", name="Bring statement files")
    form.get_by_label("Case name").fill(name)
    form.get_by_label("Files").set_input_files(file)
    form.get_by_role("button", name="Read and keep").click()
    wide = "document.documentElement.scrollWidth"
    read = tab.evaluate(wide)
    tab.get_by_role("link", name="To the case").click()
    case = tab.evaluate(wide)
    tab.goto(served.url)
    cases = tab.get_by_role("table", name="Cases that are kept here")

    assert max(read, case) <= 1280
    assert cases.evaluate("each => each.scrollWidth <= each.parentElement.clientWidth")
    erase_case(served.product, name)


def test_the_case_prints_on_a4_without_buttons(tab, served, tmp_path):
    walk(tab, served, "printed")

    tab.emulate_media(media="print")
    printed = tab.pdf(path=tmp_path / "case.pdf", prefer_css_page_size=True)

    assert printed.startswith(b"%PDF")
    assert not any(button.is_visible() for button in tab.locator("button").all())
    assert tab.get_by_role("heading", name="Receipt").is_visible()


def test_a_counsellor_brings_files_and_the_taxable_income_by_clicking(tab, served):
    entries = [
        (date(2026, month, day), cents, f"/BENM//NAME/{name}/REMI/{name}")
        for month in range(1, 7)
        for day, cents, name in ((2, -600_00, "Woonstad"), (24, 2100_00, "Bakker BV salaris"))
    ]
    file = {
        "name": "mei.sta",
        "mimeType": "text/plain",
        "buffer": mt940_statement(entries, last=date(2026, 6, 30)),
    }
    tab.goto(served.url)
    form = tab.get_by_role("region", name="Bring statement files")
    form.get_by_role("button", name="Read and keep").click()
    assert form.get_by_label("Case name").evaluate("each => each.validity.valueMissing"), "nothing was sent"
    form.get_by_label("Case name").fill("brought")
    form.get_by_label("Files", exact=True).set_input_files([file])
    form.get_by_role("button", name="Read and keep").click()

    assert tab.get_by_role("heading", level=1).inner_text() == "The files were read"
    assert tab.get_by_role("row", name="They add up").is_visible()
    tab.set_viewport_size({"width": 360, "height": 740})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.get_by_role("link", name="To the case").click()
    tab.get_by_label("Taxable income a year").fill("28.500,00")
    tab.get_by_label("Who lives there").select_option("single")
    tab.get_by_role("button", name="Keep", exact=True).click()
    assert tab.get_by_label("Taxable income a year").input_value() == "28500.00"
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert tab.complaints == []
