"""The household form of a case: what is filled in narrows the answers, what it does not ask stays."""

from datetime import date
from fractions import Fraction

import pytest
from lxml import html

from psd2_affordability.assess.household import AccountShare, HouseholdType, Person
from psd2_affordability.assess.kinds import MAY_STOP
from psd2_affordability.core.money import Money
from psd2_affordability.service.assess_case import keep_household, kept_household
from running_product import running
from visitor_material import Visitor, words


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with running(tmp_path_factory.mktemp("household")) as everything:
        yield everything


@pytest.fixture
def visitor(served):
    return Visitor(served)


def fill(visitor: Visitor, subject: str, status: int = 200, **values: str | list[str]) -> html.HtmlElement:
    answer = visitor.send(visitor.open(f"/cases/{subject}"), f"/cases/{subject}/household", **values)
    assert answer.status_code == status, answer.text
    return html.document_fromstring(answer.content)


def asked(visitor: Visitor, subject: str) -> dict[str, object]:
    """Return the room as the interface gives it, which reads the same household."""
    url = f"{visitor.served.url}/api/cases/{subject}/assessment"
    answer: dict[str, dict[str, object]] = visitor.session.get(
        url, params={"purpose": "debt_help"}, timeout=60
    ).json()
    return answer["room"]


def test_a_taxable_income_makes_the_protected_income_exact(visitor):
    visitor.case("exact")
    fill(visitor, "exact", type="single", rent="612,50")
    before = asked(visitor, "exact")["floor"]["value"]

    page = fill(visitor, "exact", income="28.500,00")

    after = asked(visitor, "exact")["floor"]["value"]
    assert before["low"] != before["high"]
    assert after["low"] == after["high"]
    assert page.cssselect("#own-income")[0].get("value") == "28500.00"
    assert page.cssselect("#rent")[0].get("value") == "612.50"


def test_what_was_asked_above_the_answers_is_still_asked_when_the_household_is_kept(visitor):
    visitor.case("asking")
    page = visitor.open("/cases/asking?purpose=debt_help&on=2026-05-01&debt=1.250,00&proposal=50")

    kept = visitor.send(page, "/cases/asking/household", type="single")

    shown = html.document_fromstring(kept.content)
    told = {name: shown.cssselect(f"#{name}")[0].get("value") for name in ("on", "debt", "proposal")}
    assert told == {"on": "2026-05-01", "debt": "1.250,00", "proposal": "50"}
    [kind] = shown.cssselect("#type option[selected]")
    assert kind.get("value") == "single"


def test_why_there_is_no_figure_ends_before_the_question_begins(visitor):
    visitor.case("no-birth-dates")

    page = fill(visitor, "no-birth-dates", type="couple_with_children")

    told = [words(each) for each in page.cssselect(".unknown")]
    assert any("birth dates of the children are not given. Ask: What are" in each for each in told)


def test_the_page_says_where_the_taxable_income_is_found(visitor):
    page = visitor.case("explained-income")

    for name in ("own-income", "partner-income"):
        [field] = page.cssselect(f"#{name}")
        assert field.get("aria-describedby") == "income-hint"
        assert "required" not in field.attrib
    assert "jaaropgave" in words(page.cssselect("#income-hint")[0])
    dutch = visitor.open("/cases/explained-income?lang=nl")
    assert "fiscaal loon" in words(dutch.cssselect("#income-hint")[0])


def test_both_partners_have_an_income_of_their_own_and_zero_is_one(visitor):
    visitor.case("couple")

    fill(visitor, "couple", type="couple", income="31000", partner_income="0")

    known = kept_household(visitor.served.product, "couple")
    assert known.persons == (
        Person(taxable_income_year=Money(31000_00)),
        Person(taxable_income_year=Money(0)),
    )


def test_what_the_form_does_not_ask_stays_as_it_was(visitor):
    visitor.case("richer")
    product = visitor.served.product
    toml = (
        'type = "couple_with_children"\nworking_adults = 1\n'
        "[[person]]\nbirth_date = 1988-04-12\ntaxable_income_month = 2450.00\n[[person]]\n"
        '[[child]]\nbirth_date = 2016-09-03\n[housing]\nkind = "owner"\n[debts]\nzorg = 310.50\n'
    )
    keep_household(product, "richer", toml)

    fill(visitor, "richer", type="couple_with_children", income="31000,00")

    known = kept_household(product, "richer")
    assert known.type is HouseholdType.COUPLE_WITH_CHILDREN
    assert known.persons == (Person(date(1988, 4, 12), Money(31000_00), Money(2450_00)),)
    assert (known.children, known.working_adults) == ((date(2016, 9, 3),), 1)
    assert (known.housing.kind, known.debts) == ("owner", (("zorg", Money(310_50)),))


def ticked(page: html.HtmlElement) -> list[str]:
    return [each.get("value") for each in page.cssselect("input[name=free_of][checked]")]


def test_costs_that_are_told_to_have_ended_are_kept_shown_and_taken_back(visitor):
    visitor.case("ended")

    page = fill(visitor, "ended", free_of=["schuld.lening", "wonen.huur"])

    assert kept_household(visitor.served.product, "ended").free_of == ("schuld.lening", "wonen.huur")
    assert sorted(ticked(page)) == ["schuld.lening", "wonen.huur"]
    fill(visitor, "ended", type="single")
    assert kept_household(visitor.served.product, "ended").free_of == ("schuld.lening", "wonen.huur")
    assert ticked(fill(visitor, "ended", free_of=[])) == []
    assert kept_household(visitor.served.product, "ended").free_of == ()


@pytest.mark.parametrize(
    ("language", "says", "rent"),
    [("en", "somebody else pays it", "Rent"), ("nl", "iemand anders betaalt het", "Huur")],
)
def test_every_cost_that_may_have_ended_has_a_box_with_its_name_under_a_hint(visitor, language, says, rent):
    visitor.case(f"boxes-{language}")
    page = visitor.open(f"/cases/boxes-{language}?lang={language}")

    boxes = page.cssselect("input[name=free_of]")
    assert {each.get("value") for each in boxes} == MAY_STOP
    names = [words(page.cssselect(f"label[for='{each.get('id')}']")[0]) for each in boxes]
    assert rent in names
    assert len(set(names)) == len(names)
    assert says in words(page.cssselect("#ended-hint")[0])
    assert all(each.get("aria-describedby") == "ended-hint" for each in page.cssselect("#ended fieldset"))


def test_birth_dates_of_children_are_kept_shown_and_taken_back(visitor):
    visitor.case("children")

    page = fill(visitor, "children", type="single_parent", child=["2016-09-03", "", "2019-02-11"])

    born = (date(2016, 9, 3), date(2019, 2, 11))
    assert kept_household(visitor.served.product, "children").children == born
    dates = [each.get("value") for each in page.cssselect("input[name=child]")]
    assert dates == ["2016-09-03", "2019-02-11", "", "", ""]
    assert "birth dates of the children are not given" not in words(page)
    fill(visitor, "children", child=["2019-02-11", ""])
    assert kept_household(visitor.served.product, "children").children == (date(2019, 2, 11),)


def test_the_part_of_a_joint_account_is_kept_and_taken_back(visitor):
    page = visitor.case("joint")
    ibans = [each.get("value") for each in page.cssselect("input[name=account]")]

    page = fill(visitor, "joint", share=["1/2", *[""] * (len(ibans) - 1)])

    assert kept_household(visitor.served.product, "joint").accounts == (
        AccountShare(ibans[0], Fraction(1, 2)),
    )
    assert "the stated share is counted" in words(page)
    [chosen] = page.cssselect("#share-1 option[selected]")
    assert words(chosen) == "Half"
    fill(visitor, "joint", share=[""] * len(ibans))
    assert kept_household(visitor.served.product, "joint").accounts == ()


def test_a_part_that_was_kept_from_a_file_can_be_chosen_and_stays(visitor):
    page = visitor.case("uneven")
    iban = page.cssselect("input[name=account]")[0].get("value")
    keep_household(visitor.served.product, "uneven", f'[[account]]\niban = "{iban}"\nshare = "2/5"\n')

    fill(visitor, "uneven", rent="500")

    assert kept_household(visitor.served.product, "uneven").accounts == (AccountShare(iban, Fraction(2, 5)),)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_each_question_that_a_field_answers_links_to_that_field(visitor, language):
    visitor.case(f"linked-{language}")
    fill(visitor, f"linked-{language}", type="couple_with_children")
    page = visitor.open(f"/cases/linked-{language}?lang={language}")

    links = {each.get("href") for each in page.cssselect("a") if (each.get("href") or "").startswith("#")}
    assert {"#own-income", "#partner-income", "#child-1", "#debt"} <= links
    assert all(page.cssselect(link) for link in links)


def test_a_receiver_finds_no_birth_dates_and_no_accounts_and_changes_none(visitor):
    page = visitor.case("narrow", purpose="payment_plan")
    keep_household(
        visitor.served.product, "narrow", 'type = "single_parent"\n[[child]]\nbirth_date = 2016-09-03\n'
    )

    assert not page.cssselect("input[name=child], input[name=account]")
    fill(visitor, "narrow", rent="500")
    assert kept_household(visitor.served.product, "narrow").children == (date(2016, 9, 3),)


def test_who_is_not_shown_names_is_not_shown_what_has_ended_and_cannot_take_it_back(visitor):
    page = visitor.case("receiver", purpose="payment_plan")
    toml = 'type = "single"\nfree_of = ["schuld.cjib"]\n'
    keep_household(visitor.served.product, "receiver", toml)

    assert not page.cssselect("input[name=free_of]")
    fill(visitor, "receiver", type="couple")
    known = kept_household(visitor.served.product, "receiver")
    assert (known.type, known.free_of) == (HouseholdType.COUPLE, ("schuld.cjib",))


def test_what_is_left_empty_is_not_known_any_more(visitor):
    visitor.case("emptied")
    fill(visitor, "emptied", type="couple", income="31000", partner_income="12000", rent="500")

    fill(visitor, "emptied", type="", income="", partner_income="", rent="")

    known = kept_household(visitor.served.product, "emptied")
    assert (known.type, known.persons, known.housing.kind, known.housing.rent_month) == (None, (), "", None)


@pytest.mark.parametrize(
    ("values", "status", "says"),
    [
        ({"type": "single", "partner_income": "12000"}, 400, "no income of a partner"),
        ({"income": "28.500"}, 400, "can be read in two ways"),
        ({"income": "-1"}, 400, "cannot be negative"),
        ({"income": "1" * 50}, 422, "form was not filled in"),
        ({"type": "castle"}, 404, "no household type"),
        ({"free_of": ["huishouden.horeca"]}, 404, "no cost is called"),
        ({"child": ["3 May 2019"]}, 400, "birth date of a child: '3 May 2019' is not a day"),
        ({"child": ["2999-01-01"]}, 400, "birth date of a child: 2999-01-01 is still to come"),
        (
            {"type": "couple", "child": ["2019-05-03"]},
            400,
            "a household without children has no child under 18",
        ),
        ({"share": ["7/2"]}, 400, "share of an account: '7/2' is no share"),
        ({"account": ["NL00"], "share": ["1/2"]}, 400, "is no IBAN"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(visitor, values, status, says):
    visitor.case("refusing")
    fill(visitor, "refusing", type="couple", income="31000", partner_income="")
    before = kept_household(visitor.served.product, "refusing")

    page = fill(visitor, "refusing", status, **values)

    assert says in words(page)
    assert kept_household(visitor.served.product, "refusing") == before
