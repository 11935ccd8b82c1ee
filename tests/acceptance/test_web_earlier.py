"""The page with the answers that were given for a case: the newest first, and what changed since the last."""

import pytest

from running_product import running
from visitor_material import Visitor, check_structure, words


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with running(tmp_path_factory.mktemp("earlier")) as everything:
        yield everything


@pytest.fixture
def visitor(served):
    return Visitor(served)


def test_the_answers_are_listed_with_what_changed_from_one_to_the_next(visitor):
    first = visitor.case("changing")
    visitor.send(first, "/cases/changing/household", type="single", rent="612,50", income="28500")
    case = visitor.open("/cases/changing")

    [link] = [each.get("href") for each in case.cssselect("a") if "/answers?" in (each.get("href") or "")]
    page = visitor.open(link)

    check_structure(page)
    newest, oldest = page.cssselect("section")
    names = [words(each) for each in newest.cssselect("tbody th")]
    assert "Room in a usual month" in names
    assert not oldest.cssselect("table")
    [number] = [words(each) for each in case.cssselect(".receipt code")][:1]
    assert number in words(newest.cssselect("h2")[0])


def test_the_list_is_told_in_dutch_to_who_reads_dutch(visitor):
    visitor.case("nederlands")

    page = visitor.open("/cases/nederlands/answers?purpose=debt_help&lang=nl")

    assert words(page.cssselect("h1")[0]) == "Eerdere antwoorden"


def test_a_receiver_sees_its_own_answers_without_figures(visitor):
    visitor.case("receiving", purpose="payment_plan")
    visitor.send(
        visitor.open("/cases/receiving"), "/cases/receiving/household", type="single", income="28500"
    )
    visitor.open("/cases/receiving")

    page = visitor.open("/cases/receiving/answers?purpose=payment_plan")

    assert len(page.cssselect("section")) == 2
    assert not page.cssselect("table")
    visitor.open("/cases/receiving/answers?purpose=debt_help", 403)
