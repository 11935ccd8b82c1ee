"""Money back that is no income: refunds, loans, payouts, and transfers between own accounts."""

from collections.abc import Callable
from datetime import date
from typing import Any

from psd2_affordability.categorise.engine import Understood

Read = Callable[..., Understood]
Rows = Callable[..., list[dict[str, Any]]]

_SHOP = {"counterparty_name": "Fietsenzaak Wielerrust B.V.", "counterparty_iban": "NL78ABNA0729535186"}
_BOUGHT = _SHOP | {"amount_ct": -45000, "booked_on": date(2026, 1, 10), "remittance": "Bestelling 88"}
_BACK = _SHOP | {"amount_ct": 45000, "booked_on": date(2026, 2, 1), "bank_code": "PMNT-RCDT-ESCT"}
_LENDER = {"counterparty_name": "Snelgeld Vooruit B.V.", "counterparty_iban": "NL78ABNA0729535186"}
_LENT = _LENDER | {"amount_ct": 150000, "booked_on": date(2025, 1, 2), "bank_code": "PMNT-RCDT-ESCT"}


def test_a_refund_of_a_purchase_is_paired_and_no_income(read: Read) -> None:
    frame = read(_BOUGHT, _BACK).frame

    assert frame["pair"].tolist() == frame["tx"].tolist()[::-1]
    assert frame["category"].iloc[1] == "storno.terugbetaling"
    assert frame["evidence"].iloc[1] == "pair"


def test_an_invoice_number_does_not_make_turnover_of_a_refund(read: Read) -> None:
    frame = read(_BOUGHT, _BACK | {"remittance": "creditering factuur 88"}).frame

    assert frame["category"].iloc[1] == "storno.terugbetaling"


def test_part_of_a_purchase_can_come_back(read: Read) -> None:
    frame = read(_BOUGHT, _BACK | {"amount_ct": 12000}).frame

    assert frame["category"].iloc[1] == "storno.terugbetaling"
    assert frame["pair"].iloc[1] == frame["tx"].iloc[0]


def test_a_refund_by_a_known_shop_is_paired_too(read: Read) -> None:
    shop = {"counterparty_name": "Coolblue", "counterparty_iban": ""}
    frame = read(_BOUGHT | shop, _BACK | shop).frame

    assert frame["pair"].tolist() == frame["tx"].tolist()[::-1]


def test_of_two_purchases_the_one_of_the_very_amount_came_back(read: Read) -> None:
    larger = _BOUGHT | {"amount_ct": -60000, "booked_on": date(2026, 1, 20)}
    frame = read(_BOUGHT, larger, _BACK).frame

    assert frame["pair"].tolist() == [frame["tx"].iloc[2], "", frame["tx"].iloc[0]]


def test_money_that_could_be_for_either_of_two_purchases_stays_unknown(read: Read) -> None:
    other = _BOUGHT | {"amount_ct": -60000, "booked_on": date(2026, 1, 20)}
    frame = read(_BOUGHT, other, _BACK | {"amount_ct": 12000}).frame

    assert frame["pair"].tolist() == ["", "", ""]
    assert frame["category"].iloc[2] == "onbekend"
    assert frame["evidence"].iloc[2] == "none.ambiguous"


def test_more_than_was_paid_or_long_after_is_no_refund(read: Read) -> None:
    more = read(_BOUGHT, _BACK | {"amount_ct": 45001}).frame
    late = read(_BOUGHT, _BACK | {"booked_on": date(2026, 4, 21)}).frame
    before = read(_BOUGHT, _BACK | {"booked_on": date(2026, 1, 9)}).frame

    for frame in (more, late, before):
        assert frame["pair"].tolist() == ["", ""]
        assert frame["category"].iloc[1] == "onbekend"


def test_wages_of_the_shop_where_one_buys_stay_wages(read: Read, monthly: Rows) -> None:
    wages = monthly(6, **_SHOP | {"amount_ct": 180000, "bank_code": "PMNT-RCDT-ESCT"})
    dear = _BOUGHT | {"amount_ct": -250000, "booked_on": date(2025, 3, 20)}
    frame = read(dear, *wages).frame

    assert set(frame["category"].iloc[1:]) == {"inkomen.loon"}
    assert frame["pair"].eq("").all()


def test_friends_who_pay_the_same_back_bought_nothing(read: Read) -> None:
    friend = {"counterparty_name": "J. de Vries"}
    frame = read(_BOUGHT | friend, _BACK | friend).frame

    assert frame["pair"].tolist() == ["", ""]


def test_a_sum_that_goes_back_in_equal_instalments_was_lent(read: Read, monthly: Rows) -> None:
    frame = read(_LENT, *monthly(6, **_LENDER | {"amount_ct": -28000})).frame

    assert frame["category"].tolist() == ["krediet.opgenomen", *["schuld.lening"] * 6]
    assert frame["group"].iloc[0] != "inkomen"
    assert set(frame["evidence"]) == {"recurrence"}
    assert frame["confidence"].max() <= 75


def test_a_company_that_paid_out_less_than_its_instalments_lent_nothing(read: Read, monthly: Rows) -> None:
    frame = read(_LENT | {"amount_ct": 60000}, *monthly(6, **_LENDER | {"amount_ct": -28000})).frame

    assert "krediet.opgenomen" not in set(frame["category"])


def test_instalments_that_began_half_a_year_later_say_nothing_of_the_sum(read: Read, monthly: Rows) -> None:
    early = _LENT | {"booked_on": date(2024, 6, 1)}
    frame = read(early, *monthly(6, **_LENDER | {"amount_ct": -28000})).frame

    assert frame["category"].iloc[0] == "onbekend"


def test_a_friend_who_is_repaid_in_words_lent_the_money(read: Read, monthly: Rows) -> None:
    friend = {"counterparty_name": "J. de Vries"}
    repaid = monthly(6, **_LENDER | friend | {"amount_ct": -15000, "remittance": "Aflossing lening"})
    gift = monthly(6, **_LENDER | friend | {"amount_ct": -15000, "remittance": "voor jou"})

    assert read(_LENT | friend, *repaid).frame["category"].iloc[0] == "krediet.opgenomen"
    assert read(_LENT | friend, *gift).frame["category"].iloc[0] == "inkomen.particulier"


def test_a_payout_under_another_name_from_the_account_of_the_stakes_is_gambling(read: Read) -> None:
    stake = {"counterparty_name": "TOTO Online", "counterparty_iban": "NL78ABNA0729535186"}
    payout = {"counterparty_name": "Uitbetalingen Spel B.V.", "counterparty_iban": "NL78ABNA0729535186"}
    frame = read(
        stake | {"amount_ct": -5000, "booked_on": date(2026, 3, 1)},
        payout | {"amount_ct": 30000, "booked_on": date(2026, 3, 3), "bank_code": "PMNT-RCDT-ESCT"},
    ).frame

    assert frame["category"].tolist() == ["gokken.inzet", "gokken.uitbetaling"]


def test_an_account_that_collects_for_shops_too_pays_out_nothing_by_itself(read: Read) -> None:
    account = {"counterparty_iban": "NL78ABNA0729535186"}
    frame = read(
        account | {"counterparty_name": "TOTO Online", "amount_ct": -5000},
        account | {"counterparty_name": "Coolblue", "amount_ct": -9000},
        account | {"counterparty_name": "Verkoopkanaal Zuid", "amount_ct": 30000},
    ).frame

    assert frame["category"].iloc[2] != "gokken.uitbetaling"


def test_two_nameless_halves_of_a_transfer_that_fit_a_third_stay_unknown(read: Read) -> None:
    here, there = {"account": "NL02SNBX0000000001"}, {"account": "NL02SNBX0000000002"}
    sum_ = {"amount_ct": 20000, "remittance": ""}
    away = {"amount_ct": -20000, "remittance": ""}

    sole = read(here | away, there | sum_).frame
    either = read(here | away, there | sum_, there | sum_ | {"booked_on": date(2026, 3, 3)}).frame

    assert sole["pair_state"].tolist() == ["paired", "paired"]
    assert set(sole["evidence"]) == {"pair"}
    assert either["pair"].eq("").all()
    assert set(either["pair_state"]) == {"ambiguous"}
    assert set(either["evidence"]) == {"none.ambiguous"}


def test_a_transfer_of_which_one_side_is_seen_is_still_ones_own(read: Read) -> None:
    row = {"counterparty_iban": "NL78ABNA0729535186", "counterparty_name": "A. de Wit", "amount_ct": -20000}

    own = read(row, own={"s1": ["NL78ABNA0729535186"]}).frame.iloc[0]
    other = read(row).frame.iloc[0]

    assert (own["pair_state"], own["evidence"], own["pair"]) == ("alone", "own_account", "")
    assert own["category"] == "intern.eigen_rekening"
    assert (other["pair_state"], other["category"]) == ("", "huishouden.particulier")
