"""Unattended calls are counted over a rolling day, before they are made."""

from datetime import UTC, datetime, timedelta

import pytest

from psd2_affordability.connect.budget import MemoryBudget
from psd2_affordability.core.errors import RateLimited

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_the_fifth_call_within_24_hours_is_refused_and_says_when_it_may_be_made():
    budget = MemoryBudget()
    for hour in range(4):
        budget.spend("c", "a", "transactions", NOON + timedelta(hours=hour))

    with pytest.raises(RateLimited, match="Ask again in 20 hours") as caught:
        budget.spend("c", "a", "transactions", NOON + timedelta(hours=4))

    assert caught.value.retry_after_s == 20 * 3600
    budget.spend("c", "a", "transactions", NOON + timedelta(hours=24))


def test_a_refused_call_is_not_counted():
    budget = MemoryBudget(per_day=1)
    budget.spend("c", "a", "balances", NOON)
    with pytest.raises(RateLimited):
        budget.spend("c", "a", "balances", NOON + timedelta(hours=23))

    budget.spend("c", "a", "balances", NOON + timedelta(hours=24))


def test_every_consent_account_and_endpoint_has_a_count_of_its_own():
    budget = MemoryBudget(per_day=1)

    for where in [
        ("c", "a", "balances"),
        ("c", "a", "transactions"),
        ("c", "b", "balances"),
        ("d", "a", "balances"),
    ]:
        budget.spend(*where, NOON)
