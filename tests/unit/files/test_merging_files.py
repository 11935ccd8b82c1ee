"""Several files together: nothing twice, nothing lost, and a proof over all of it."""

from datetime import date, timedelta

import pytest

from export_material import EXPORTS, Booking
from psd2_affordability.connect.files.read import read_files
from statement_material import (
    OTHER,
    OWN,
    camt_balance,
    camt_entry,
    camt_file,
    camt_statement,
    mt940_statement,
)

JANUARY = [(date(2026, 1, day), -100 * day, f"/NAME/Winkel/REMI/week {day}") for day in (5, 12, 19, 26)]
FEBRUARY = [(date(2026, 2, day), 200 * day, f"/NAME/Werk/REMI/loon {day}") for day in (2, 16)]
COFFEE = (date(2026, 1, 12), -250, "/NAME/Koffie/REMI/espresso")


def total(entries) -> int:
    return sum(cents for _, cents, _ in entries)


def january(entries=JANUARY) -> bytes:
    return mt940_statement(entries)


def february() -> bytes:
    return mt940_statement(
        FEBRUARY,
        10000 + total(JANUARY),
        first=date(2026, 1, 31),
        last=date(2026, 2, 28),
        number="2/1",
    )


def read(*contents: bytes):
    return read_files([(f"file-{at}", content) for at, content in enumerate(contents)])


def amounts(received) -> list[int]:
    return sorted(received.transactions["amount_ct"].tolist())


def test_months_that_follow_each_other_are_one_proven_account():
    [account] = (received := read(january(), february())).accounts

    assert len(received.transactions) == 6
    assert (account.opening.amount.cents, account.closing.amount.cents) == (
        10000,
        10000 + total(JANUARY + FEBRUARY),
    )
    assert account.proven is True


def test_the_order_of_the_files_does_not_matter():
    forth, back = read(january(), february()), read(february(), january())

    assert sorted(forth.transactions["tx"]) == sorted(back.transactions["tx"])
    assert (forth.accounts[0].opening, forth.accounts[0].closing) == (
        back.accounts[0].opening,
        back.accounts[0].closing,
    )
    assert back.accounts[0].proven is True


def test_the_same_file_twice_counts_once_and_says_so():
    received = read(january(), january())

    assert len(received.transactions) == 4
    assert received.accounts[0].proven is True
    assert "counted once" in received.rejected[0].why


def test_files_that_overlap_count_the_common_rows_once():
    late = mt940_statement(
        JANUARY[2:] + FEBRUARY, 10000 + total(JANUARY[:2]), first=date(2026, 1, 13), last=date(2026, 2, 28)
    )
    received = read(january(), late)

    assert amounts(received) == sorted(cents for _, cents, _ in JANUARY + FEBRUARY)
    assert received.accounts[0].proven is True
    assert received.rejected[0].where == "file-1"
    assert "2 rows" in received.rejected[0].why


def test_a_short_file_inside_a_long_one_changes_nothing():
    inside = mt940_statement(
        JANUARY[1:2], 10000 + total(JANUARY[:1]), first=date(2026, 1, 6), last=date(2026, 1, 13)
    )
    received = read(inside, january())

    assert amounts(received) == sorted(cents for _, cents, _ in JANUARY)
    assert received.accounts[0].proven is True


def test_two_equal_coffees_in_one_file_are_two_coffees():
    received = read(january([COFFEE, COFFEE]))

    assert amounts(received) == [-250, -250]
    assert received.transactions["tx"].is_unique


def test_two_equal_coffees_in_overlapping_files_stay_two():
    longer = mt940_statement([COFFEE, COFFEE, *JANUARY[2:]], last=date(2026, 2, 28))
    received = read(january([COFFEE, COFFEE]), longer)

    assert amounts(received).count(-250) == 2
    assert received.accounts[0].proven is True


def test_two_equal_coffees_in_statements_that_follow_each_other_are_two():
    morning = mt940_statement([COFFEE], 1000, first=COFFEE[0], last=COFFEE[0])
    afternoon = mt940_statement([COFFEE], 750, first=COFFEE[0], last=COFFEE[0], number="2/1")

    for received in (read(morning, afternoon), read(afternoon, morning)):
        assert amounts(received) == [-250, -250]
        assert received.accounts[0].proven is True
        assert received.rejected == ()


def test_the_same_account_in_two_formats_counts_once():
    inside = (
        "<TxDtls><RltdPties><Cdtr><Nm>Winkel</Nm></Cdtr></RltdPties>"
        "<RmtInf><Ustrd>week {day}</Ustrd></RmtInf></TxDtls>"
    )
    entries = [camt_entry(cents, day, inside.format(day=day.day)) for day, cents, _ in JANUARY]
    opening = camt_balance("OPBD", 10000, date(2026, 1, 1))
    closing = camt_balance("CLBD", 10000 + total(JANUARY), date(2026, 1, 31))
    received = read(january(), camt_file(camt_statement(opening, closing, *entries)))

    assert len(received.transactions) == 4
    assert received.accounts[0].proven is True


def test_a_pending_row_gives_way_to_the_booked_one():
    pending = camt_file(camt_statement(camt_entry(500, status="<Sts>PDNG</Sts>")))
    booked = camt_file(camt_statement(camt_entry(500), number="S2"))

    assert read(pending, booked).transactions["status"].tolist() == ["booked"]
    assert read(booked, pending).transactions["status"].tolist() == ["booked"]


def test_a_missing_month_is_told():
    april = mt940_statement([], 50000, first=date(2026, 4, 1), last=date(2026, 4, 30))
    [account] = read(january(), april).accounts

    assert account.proven is False
    assert "a statement in between may be missing" in account.why_not


def test_a_statement_that_does_not_add_up_is_named():
    [account] = read(mt940_statement(JANUARY, closing=1, number="7/1")).accounts

    assert account.proven is False
    assert account.why_not.startswith(
        "file-0, statement 7/1: the opening balance 100.00 plus the booked rows -62.00"
    )


def test_a_statement_with_an_unread_row_says_that_too():
    broken = january().replace(b":61:2601120112", b":61:2613120112")
    [account] = read(broken).accounts

    assert account.why_not.endswith("1 of its rows could not be read")


def test_rows_without_balances_beside_a_proven_statement_leave_it_unproven():
    notification = camt_file(camt_statement(camt_entry(500, date(2026, 3, 1))))

    assert read(january(), notification).accounts[0].proven is None


def test_a_file_that_lists_the_newest_statement_first_is_proven():
    days = [date(2026, 1, 1) + timedelta(days=at) for at in range(3)]
    statements = [
        mt940_statement(
            [(day, 100, "x")], 1000 + 100 * at, first=day, last=day + timedelta(days=1), number=str(at)
        )
        for at, day in enumerate(days)
    ]
    [account] = read(b"".join(reversed(statements))).accounts

    assert (account.opening.amount.cents, account.closing.amount.cents, account.proven) == (1000, 1300, True)


def test_accounts_of_one_person_stay_apart():
    received = read(january(), mt940_statement(JANUARY, account=OTHER))

    assert [account.account for account in received.accounts] == [OWN, OTHER]
    assert received.transactions.groupby("account").size().to_dict() == {OWN: 4, OTHER: 4}


def test_a_statement_without_rows_is_an_account_all_the_same():
    received = read(mt940_statement([]))

    assert len(received.transactions) == 0
    assert received.accounts[0].proven is True


def test_every_balance_that_is_stated_is_kept():
    kinds = {each.type for each in read(january()).accounts[0].balances}

    assert kinds == {"openingBooked", "closingBooked"}


@pytest.mark.parametrize("content", [january(), camt_file(camt_statement(camt_entry(5)))])
def test_reading_twice_gives_the_same_keys(content):
    assert read(content).transactions["tx"].tolist() == read(content).transactions["tx"].tolist()


def test_one_export_without_balances_among_others_leaves_the_account_unproven():
    stated = EXPORTS["rabo"].write([Booking(date(2026, 1, 5), -500, "Bakker", OTHER, "brood")], 0)
    unstated = EXPORTS["bunq"].write([Booking(date(2026, 2, 5), -700, "Slager", OTHER, "worst")], 0)
    account = read_files([("a.csv", stated), ("b.csv", unstated)]).accounts[0]

    assert account.proven is None
    assert account.why_not == "one of its files states no opening and closing balance"
