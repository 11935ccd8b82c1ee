"""Any list of bookings, written in the layout of any bank's export, reads back to the same rows."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from export_material import EXPORTS, Booking
from psd2_affordability.connect.files.read import parse
from psd2_affordability.connect.files.statement import to_date
from statement_material import LANDLORD, OTHER

WORDS = st.from_regex(r"[A-Za-z0-9]{1,12}( [A-Za-z0-9.]{1,10}){0,3}", fullmatch=True)
BOOKINGS = st.lists(
    st.builds(
        Booking,
        on=st.dates(date(2025, 11, 1), date(2026, 2, 28)),
        cents=st.integers(-10_000_000, 10_000_000),
        name=WORDS,
        iban=st.sampled_from([OTHER, LANDLORD]),
        text=WORDS,
    ),
    min_size=1,
    max_size=25,
).map(lambda bookings: sorted(bookings, key=lambda one: one.on))


@pytest.mark.parametrize("layout", EXPORTS)
@settings(max_examples=20)
@given(bookings=BOOKINGS, opening=st.integers(-1_000_000, 1_000_000))
def test_what_is_written_in_the_layout_of_a_bank_reads_back(layout, bookings, opening):
    export = EXPORTS[layout]
    parsed = parse("export", export.write(bookings, opening))
    [statement] = parsed.statements
    rows = [(to_date(one.booked), one.cents, one.name, one.iban, one.remittance) for one in statement.entries]
    wanted = [
        (
            one.on,
            one.cents,
            one.name,
            one.iban if export.has_iban else "",
            one.text if export.has_iban else "",
        )
        for one in bookings
    ]

    assert rows == (wanted[::-1] if export.newest_first else wanted)
    assert statement.account == export.account
    assert (statement.fault, parsed.rejected) == ("", [])
    if export.balances:
        assert statement.opening.amount.cents == opening
        assert statement.closing.amount.cents == opening + sum(one.cents for one in bookings)
    else:
        assert statement.opening is statement.closing is None
