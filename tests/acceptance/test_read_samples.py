"""The recorded statement files of banks, read whole: rows, sums and proof as worked out by hand.

The sums come from adding up the amounts as they stand in the files. A file that does not add up
is one whose makers changed amounts when they made it anonymous; reading it must say so.
"""

from datetime import date
from pathlib import Path

import pytest
from pandas import NA

from psd2_affordability.connect.files.read import read_files
from psd2_affordability.core.errors import BrokenFile
from shared_material import samples

pytestmark = pytest.mark.samples

#: One line an account, counted from one within its file; a dash is what the file does not say.
TABLE = """
file                                           at ccy rows         in        out   opening    closing proven
mt940/abn/issue-48.sta                          1 EUR    2     109.65     -62.63   1124.58    1171.60    yes
mt940/abn/sample-1.sta                          1 EUR    4       0.00   -1257.86  17369.99   16112.13    yes
mt940/abn/sample-1.sta                          2 EUR    1   25111.08       0.00 295922.68  321033.76    yes
mt940/abn/sample-2.sta                          1 EUR    4       0.00    -812.00  17369.99   17159.49     no
mt940/asn/sample-1.sta                          1 EUR    3       0.00   -2081.78  13290.34   11208.56    yes
mt940/bunq/sample-1.sta                         1 EUR  111     761.66    -788.33     32.33       5.66    yes
mt940/hsbc/sample-1.sta                         1 HKD    1       0.00  -20000.00      0.00       0.00     no
mt940/ing/sample-1.sta                          1 EUR    7      32.39     -25.24      0.00       3.47     no
mt940/kbs/sample-1.sta                          1 MKD    3    2250.00    -380.00  35122.00   36992.00    yes
mt940/kbs/sample-2.sta                          1 MKD    7   73700.00  -50945.00 185723.00  208478.00    yes
mt940/knab/sample-1.sta                         1 EUR    5       0.00    -151.84   1000.21     945.21     no
mt940/knab/sample-2.sta                         1 EUR    1     567.42       0.00  12490.07   13057.49    yes
mt940/knab/sample-3.sta                         1 EUR    1  100000.00       0.00      0.00       0.00     no
mt940/kontist/sample-1.sta                      1 EUR    6     515.95    -120.19      0.15     395.91    yes
mt940/penta/sample-1.sta                        1 EUR   30     121.38  -10697.68  20419.66    9843.36    yes
mt940/rabo/sample-1.sta                         1 EUR    0       0.00       0.00      0.00    2145.00     no
mt940/rabo/sample-1.sta                         2 EUR    3    1100.00       0.00      0.00   20366.00     no
mt940/rabo/sample-1.sta                         3 EUR    3     100.00    -600.00      0.00   10000.00     no
mt940/rabo/sample-1.sta                         5 USD    4  165800.31   -1000.00      0.00  165490.41     no
mt940/rabo/sample-1.sta                         6 EUR   22  134934.47  -41610.79  22345.10  381544.01     no
mt940/rabo/sample-1.sta                         7 JPY    4 1640129.00 -486619.00      0.00     192.00     no
mt940/rabo/sample-1.sta                         9 EUR    3    1245.00  -62377.17      0.00 -126631.51     no
mt940/rabo/sample-2.sta                         1 EUR    0       0.00       0.00  -1000.12    2145.23     no
mt940/rabo/sample-3.sta                         1 EUR   12   19946.42   -1518.12   1147.95   18846.34     no
mt940/rabo/sample-4.sta                         1 EUR    3       0.00   -1779.39   1147.95   18846.34     no
mt940/spk/sample-1.sta                          1 EUR   10     932.00     -16.68   1818.90    2734.22    yes
mt940/triodos/sample-1.sta                      1 EUR    4     150.00    -300.00   1000.00     850.00    yes
mt940/triodos/sample-1.sta                      2 EUR    4     150.00     -90.98    950.12    1009.14    yes
mt940/zetb/sample-1.sta                         1 NGN    8  220000.00 -223743.91   6213.05    2469.14    yes
camt/camt052.v1.xml                             1 SEK    1       0.00 -200000.00         -          -      -
camt/camt052.v2.other-account.xml               1 SEK    1       0.00 -200000.00         -          -      -
camt/camt052.v2.with-account-name.xml           1 EUR    0       0.00       0.00         -          -      -
camt/camt052.v2.xml                             1 SEK    1       0.00 -200000.00         -          -      -
camt/camt052.v4.xml                             1 CHF    0       0.00       0.00         -          -      -
camt/camt052.v6.Amt-zero.xml                    1 CHF    0       0.00       0.00         -          -      -
camt/camt052.v6.xml                             1 CHF    0       0.00       0.00         -          -      -
camt/camt052.v8.xml                             1 SEK    1       0.00 -200000.00         -          -      -
camt/camt053.v2.all-balance-types.xml           1 EUR    1       8.85       0.00      1.01       4.04     no
camt/camt053.v2.five.decimals.xml               1 EUR    1       8.85       0.00     18.15      27.05     no
camt/camt053.v2.minimal.ultimate.xml            1 EUR    1       8.85       0.00     18.15          -      -
camt/camt053.v2.minimal.xml                     1 EUR    1       8.85       0.00     18.15          -      -
camt/camt053.v2.multi.statement.xml             1 EUR    2       8.85      -7.00     18.15      20.00    yes
camt/camt053.v2.with-account-name.xml           1 EUR    1       8.85       0.00         -          -      -
camt/camt053.v2.with-party-ids.xml              1 EUR    1       8.85       0.00     18.15          -      -
camt/camt053.v3.xml                             1 EUR    1       8.85       0.00     18.15          -      -
camt/camt053.v4.xml                             1 EUR    1       8.85       0.00     18.15          -      -
camt/camt053.v8.xml                             1 EUR    1       8.85       0.00     18.15          -      -
camt/camt054.v2.with-account-name.xml           1 EUR    0       0.00       0.00         -          -      -
camt/camt054.v2.xml                             1 SEK    1       0.00 -200000.00         -          -      -
camt/camt054.v4.xml                             1 SEK    1       0.00 -200000.00         -          -      -
camt/camt054.v8-with-UETR.xml                   1 EUR    0       0.00       0.00         -          -      -
camt/camt054.v8.xml                             1 SEK    1       0.00 -200000.00         -          -      -
camt/camt53.only-Dt-with-DtTm.xml               1 RON    0       0.00       0.00   5442.09          -      -
camt/camt054.v8-with-financial-institution.xml  1 EUR    0       0.00       0.00         -          -      -
csv/asn.csv                                     1 EUR    5     300.00    -109.86    200.00     390.14    yes
csv/bunq-en.csv                                 1 EUR   10     130.73    -105.41         -          -      -
csv/bunq.csv                                    1 EUR    1       0.00     -83.86         -          -      -
csv/ing-english.csv                             1 EUR    3       0.00     -94.07     95.53       1.46    yes
csv/ing-spaar.csv                               1 EUR    5     102.00    -200.00      0.00     -98.00    yes
csv/ing.csv                                     1 EUR    3      30.00     -35.00         -          -      -
csv/knab.csv                                    1 EUR    1       0.00     -13.75         -          -      -
csv/rabo.csv                                    1 EUR    5    1100.00    -800.00   1200.00    1500.00    yes
csv/sns.csv                                     1 EUR    5     300.00    -109.86    200.00     390.14    yes
csv/triodos.csv                                 1 EUR    2     500.00    -200.00         -          -      -
"""
ACCOUNTS = [line.split() for line in TABLE.strip().splitlines()[1:]]
PROVEN = {"yes": True, "no": False, "-": None}


def folder() -> Path:
    found = samples()
    if found is None:
        pytest.skip("the recorded samples are not on this machine")
    return found


def read(name: str):
    return read_files([(name, (folder() / name).read_bytes())])


def euros(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


@pytest.mark.parametrize("line", ACCOUNTS, ids=lambda line: f"{line[0]}-{line[1]}")
def test_an_account_has_its_rows_sums_and_proof(line):
    name, at, currency, rows, money_in, money_out, opening, closing, proven = line
    received = read(name)
    found = received.accounts[int(at) - 1]
    frame = received.transactions
    own = frame[(frame["account"] == found.account) & (frame["currency"] == currency)]["amount_ct"]

    assert found.currency == currency
    assert (rows, money_in, money_out) == (
        str(len(own)),
        euros(own[own > 0].sum()),
        euros(own[own < 0].sum()),
    )
    assert [opening, closing] == [
        str(balance.amount) if balance else "-" for balance in (found.opening, found.closing)
    ]
    assert found.proven is PROVEN[proven]
    assert bool(found.why_not) == (found.proven is not True)


def test_every_sample_is_in_the_table():
    top = folder()
    known = {name for name, *_ in ACCOUNTS}
    present = {
        path.relative_to(top).as_posix()
        for kind in ("camt", "csv", "mt940")
        for path in (top / kind).rglob("*.*")
    }
    statements = {name for name in present if name.endswith((".xml", ".sta", ".csv"))}

    assert statements == known | {"camt/camt053.v2.wrong.xml"}


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("mt940/abn/sample-2.sta", [date(2009, 1, 1), date(2009, 1, 2), date(2009, 2, 1), date(2010, 1, 1)]),
        ("mt940/ing/sample-1.sta", [date(2010, 7, 22)] * 6 + [date(2010, 7, 21)]),
        ("mt940/asn/sample-1.sta", [date(2020, 1, 2), date(2020, 1, 8), date(2020, 1, 8)]),
        ("camt/camt053.v8.xml", [date(2014, 12, 31)]),
    ],
)
def test_rows_have_their_booking_days(name, days):
    assert read(name).transactions["booked_on"].dt.date.tolist() == days


@pytest.mark.parametrize(
    ("name", "named", "with_iban"),
    [
        ("mt940/abn/issue-48.sta", 2, 2),
        ("mt940/abn/sample-1.sta", 4, 0),
        ("mt940/asn/sample-1.sta", 3, 3),
        ("mt940/bunq/sample-1.sta", 111, 91),
        ("mt940/knab/sample-1.sta", 4, 2),
        ("mt940/rabo/sample-3.sta", 11, 4),
        ("mt940/rabo/sample-4.sta", 1, 1),
        ("mt940/kontist/sample-1.sta", 6, 6),
        ("camt/camt053.v2.minimal.ultimate.xml", 1, 0),
    ],
)
def test_rows_name_the_other_side(name, named, with_iban):
    frame = read(name).transactions

    assert named == (frame["counterparty_name"] != "").sum()
    assert with_iban == (frame["counterparty_iban"] != "").sum()


@pytest.mark.parametrize(
    "name", ["camt/camt052.v4.xml", "camt/camt052.v6.xml", "camt/camt052.v6.Amt-zero.xml"]
)
def test_pending_rows_in_another_currency_stay_apart_from_the_account(name):
    frame = read(name).transactions

    assert frame[["status", "currency", "amount_ct"]].to_numpy().tolist() == [["pending", "SEK", -20_000_000]]


@pytest.mark.parametrize(
    "name",
    [
        "camt/camt052.v2.with-account-name.xml",
        "camt/camt054.v2.with-account-name.xml",
        "camt/camt054.v8-with-UETR.xml",
        "camt/camt054.v8-with-financial-institution.xml",
    ],
)
def test_an_entry_without_any_day_is_rejected(name):
    [rejected] = read(name).rejected

    assert "no booking day" in rejected.why


def test_the_file_that_is_wrong_on_purpose_is_refused():
    with pytest.raises(BrokenFile, match="holds no statement"):
        read("camt/camt053.v2.wrong.xml")


#: Of each export its first row and, where that differs, another one: as they stand in the file.
EXPORT_ROWS = [
    ("asn", 0, date(2019, 1, 2), 30_000, "J F Kennedy", "NL00RABO1234567890", "OVB", 50_000),
    ("asn", 1, date(2019, 1, 2), -2_000, "NAAM", "", "BEA", 48_000),
    ("sns", 4, date(2019, 1, 2), -986, "BEDRIJF", "NL00RABO1234567890", "IDB", 39_014),
    ("bunq-en", 0, date(2018, 10, 21), 1_500, "MagicLegend", "NL12TRIO3456789123", "", None),
    ("bunq-en", 9, date(2018, 11, 6), -2_760, "OtherParty", "", "", None),
    ("bunq", 0, date(2020, 6, 1), -8_386, "Albert Heijn BV", "", "", None),
    ("ing-english", 0, date(2024, 4, 26), -4_514, "Some payee somewhere", "DE2134567890123456789", "ID", 146),
    ("ing-spaar", 0, date(2020, 7, 10), 10_000, "", "NL01INGB0123456789", "Inleg", -9_800),
    ("ing-spaar", 3, date(2020, 7, 2), 100, "", "", "Rente", 200),
    ("ing", 0, date(2018, 5, 3), 1_500, "Hr A.B. de Vries", "NL01RABO0123456789", "GT", None),
    ("ing", 2, date(2018, 5, 2), -3_500, "M.C. Schilder", "NL44BUNQ0123456789", "GT", None),
    ("knab", 0, date(2019, 5, 17), -1_375, "CCV*BURGER BAR RBS BV", "", "Betaalautomaat", None),
    ("rabo", 0, date(2017, 11, 5), -20_000, "D.A.W. HAITINK", "NL00RABO1234567891", "db", 100_000),
    ("rabo", 4, date(2017, 12, 16), 10_000, "D.A.W. HAITINK", "NL00RABO1234567891", "db", 150_000),
    ("triodos", 0, date(2020, 11, 2), -20_000, "Something", "LV87CBBR0123456789", "ET", None),
    ("triodos", 1, date(2020, 11, 2), 50_000, "J.Jansen", "NL13MOYO0123456789", "ET", None),
]


@pytest.mark.parametrize("wanted", EXPORT_ROWS, ids=[f"{row[0]}-{row[1]}" for row in EXPORT_ROWS])
def test_a_row_of_an_export_is_what_the_file_says(wanted):
    name, at, day, cents, payee, iban, code, after = wanted
    row = read(f"csv/{name}.csv").transactions.iloc[at]

    assert (row["booked_on"].date(), row["amount_ct"]) == (day, cents)
    assert (row["counterparty_name"], row["counterparty_iban"], row["bank_code"]) == (payee, iban, code)
    assert row["balance_after_ct"] is NA if after is None else row["balance_after_ct"] == after


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("csv/ing.csv", "Bier"),
        ("csv/triodos.csv", "customer No 1234 account"),
        ("csv/knab.csv", "AMSTERDAM 17-05-2019 00:00 Pas: 1234"),
        ("csv/rabo.csv", "D.A.W. HAITINK Afschrijving"),
        ("csv/ing-spaar.csv", "Overboeking van betaalrekening NL01INGB0123456789"),
    ],
)
def test_the_first_row_of_an_export_keeps_its_text(name, text):
    assert read(name).transactions["remittance"].iloc[0] == text


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("csv/knab.csv", "B9E17AG0G5000068"),
        ("csv/asn.csv", "12341234"),
        ("csv/rabo.csv", ""),
        ("mt940/knab/sample-2.sta", "C0D27XM01D000031"),
        ("mt940/abn/sample-1.sta", ""),
    ],
)
def test_the_banks_own_number_of_an_entry_is_kept_when_there_is_one(name, number):
    assert read(name).transactions["entry_reference"].iloc[0] == number


@pytest.mark.parametrize(("name", "debits"), [("mt940/asn/sample-1.sta", 2), ("mt940/abn/issue-48.sta", 1)])
def test_direct_debits_keep_creditor_and_mandate(name, debits):
    frame = read(name).transactions

    assert (frame["creditor_id"] != "").sum() == (frame["mandate_id"] != "").sum() == debits
