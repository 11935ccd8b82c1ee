"""However a bank cuts its statement into pages, the same rows arrive."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bank_material import CURRENT, SAVINGS, Visit, open_sandbox


@pytest.fixture(scope="module")
def visit() -> Iterator[Visit]:
    with open_sandbox(page_size=10_000) as opened:
        yield opened


@pytest.fixture(scope="module")
def whole(visit):
    return visit.consented().fetched.received


@given(page_size=st.integers(min_value=7, max_value=500))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_page_size_gives_the_same_rows_with_the_same_keys(visit, whole, page_size):
    visit.books.page_size = page_size

    received = visit.consented(ibans=(CURRENT, SAVINGS)).fetched.received

    assert received.transactions.equals(whole.transactions)
    assert [account.proven for account in received.accounts] == [True, True]
