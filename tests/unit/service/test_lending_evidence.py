"""What was visible before a credit was granted: nothing later, nothing left out, and no verdict."""

import json
from datetime import date, timedelta

import pytest

import norm_material
from psd2_affordability._data import data_files
from psd2_affordability.assess.household import Household, HouseholdType, Housing
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.connect.result import AccountRead, BalanceRead, Received
from psd2_affordability.core.answer import Range
from psd2_affordability.core.errors import UsageError
from psd2_affordability.core.money import Money
from psd2_affordability.sandbox.ledger_view import closing_ct, ledger_of
from psd2_affordability.sandbox.people import load_person
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.lending_evidence import as_of, evidence_of
from psd2_affordability.service.settings import VTLB, from_environment
from psd2_affordability.service.wire import to_json, to_wire

WIRED = product()
DAAN = load_person("daan", data_files("sandbox_fixtures"))
ALONE = Household(type=HouseholdType.SINGLE, housing=Housing("rent", Money.euros(565), None, True))
#: Daan paid Intrum on 6 October and 4 November 2026, and a debit of 25 September came back for lack of money.
GRANTED = date(2026, 11, 2)


def received(until: date | None = None) -> Received:
    """Daan's statements, as they would have been printed on a day."""
    frame = ledger_of([DAAN])
    last = until or DAAN.on
    frame = frame[(frame["booked_on"] <= str(last))].reset_index(drop=True)
    accounts = []
    for account in DAAN.banked.accounts:
        later = [each for each in account.entries if each.status == "booked" and each.booked_on > last]
        closing = closing_ct(account) - sum(each.amount_ct for each in later)
        booked = BalanceRead("closingBooked", Money(closing), last)
        accounts.append(AccountRead(account.iban, account.iban, "EUR", closing=booked, proven=True))
    return Received(tuple(accounts), frame)


def evidence(given: Received | None = None, granted_on: date = GRANTED):
    return evidence_of(
        WIRED,
        given or received(),
        granted_on,
        household=ALONE,
        credit=Obligation(Money.euros(95), 36),
        creditor="Snelgeld",
    )


def test_nothing_booked_on_the_day_of_granting_or_later_is_looked_at():
    whole, printed_then = evidence(), evidence(received(GRANTED - timedelta(days=1)))

    assert to_json(whole) == to_json(printed_then)


@pytest.mark.parametrize("granted_on", [date(2026, 3, 1), date(2026, 7, 15), date(2026, 11, 5)])
def test_hindsight_changes_nothing_on_any_day(granted_on: date):
    then = received(granted_on - timedelta(days=1))

    assert to_json(evidence(granted_on=granted_on)) == to_json(evidence(then, granted_on))


def test_the_collector_paid_before_is_there_and_the_one_paid_after_is_not():
    kinds = {(each.on, each.kind) for each in evidence().events}

    assert (date(2026, 10, 6), "collector") in kinds
    assert not [on for on, _ in kinds if on >= GRANTED]


def test_every_event_is_a_booking_with_its_amount_and_day():
    rows = received().transactions.set_index("tx")

    for event in evidence().events:
        row = rows.loc[event.tx]
        assert (row["booked_on"].date(), row["amount_ct"]) == (event.on, event.amount.cents)


def test_facts_count_what_the_events_list():
    found = evidence()
    deferred = [each for each in found.events if each.kind == "bnpl"]
    [fact] = [each for each in found.facts if each.code == "evidence.bnpl"]

    assert fact.transactions == tuple(each.tx for each in deferred)
    assert f"{len(deferred)} payments to buy-now-pay-later services" in fact.says
    assert Money.total(-each.amount for each in deferred).spoken() in fact.says


def test_the_indicators_and_the_room_are_those_of_the_day_before():
    found = evidence()

    assert found.seen_until == date(2026, 11, 1)
    assert found.receipt.on == date(2026, 11, 1)
    assert isinstance(found.room, Range)
    assert found.room_after.mid == found.room.mid - Money.euros(95)
    assert {"collectors", "returned_debits", "gambling", "buy_now_pay_later", "existing_credit"} <= {
        each.code for each in found.indicators
    }


def test_the_balance_is_reckoned_back_to_the_evening_before():
    [account] = as_of(received(), GRANTED).accounts
    [printed] = received(GRANTED - timedelta(days=1)).accounts

    assert account.closing == printed.closing


def test_a_balance_without_a_day_is_not_used():
    given = received()
    [account] = given.accounts
    undated = AccountRead(
        account.account, account.iban, "EUR", closing=BalanceRead("closingBooked", Money(100), None)
    )

    [then] = as_of(Received((undated,), given.transactions), GRANTED).accounts

    assert then.closing is None


def test_who_was_paid_on_credit_then_is_listed():
    payees = {each.payee for each in evidence().other_credit}

    assert {"Klarna", "Riverty"} <= payees


def test_the_evidence_states_facts_and_no_verdict():
    found = to_wire(evidence())
    text = json.dumps(found).lower()

    assert "outcome" not in found
    for word in ("careless", "irresponsible", "unlawful", "should not have", "onverantwoord", "onrechtmatig"):
        assert word not in text


def test_without_any_row_before_the_day_it_says_so():
    found = evidence(granted_on=date(2025, 1, 1))

    assert found.events == ()
    assert "history.none" in {each.code for each in found.not_visible}


def test_a_day_of_granting_that_has_not_come_is_refused():
    with pytest.raises(UsageError, match="is after today"):
        evidence_of(WIRED, received(), WIRED.clock.today() + timedelta(days=1))


def test_a_day_of_granting_long_after_the_data_is_refused():
    ended = received(date(2026, 8, 1))

    with pytest.raises(UsageError, match="is long after the data, which end on 2026-08-01"):
        evidence_of(WIRED, ended, GRANTED)


def test_a_norm_for_plans_does_not_change_what_a_lender_could_see(tmp_path):
    (tmp_path / "vtlb.toml").write_text(norm_material.VTLB.replace("2026-06-30", "2026-12-31"))
    set_so = product(settings=from_environment({VTLB: str(tmp_path / "vtlb.toml")}))
    told = evidence_of(set_so, received(), GRANTED, household=ALONE, credit=Obligation(Money.euros(95), 36))

    assert told.room == evidence().room
