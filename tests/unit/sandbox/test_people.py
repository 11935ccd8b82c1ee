"""The sandbox people are whole, plausible, the same every time, and nobody real."""

import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from psd2_affordability._data import data_files
from psd2_affordability.core.banking_days import is_banking_day
from psd2_affordability.core.dates import add_months
from psd2_affordability.core.errors import BrokenFile, UnknownName
from psd2_affordability.core.iban import is_iban
from psd2_affordability.sandbox.expand import RETURNED, expand
from psd2_affordability.sandbox.ledger_view import closing_ct, ledger_of
from psd2_affordability.sandbox.lives import FIRST_DAY, LAST_DAY, OWN
from psd2_affordability.sandbox.people import SandboxPerson, load_people, load_person, people_names

FILES = data_files("sandbox_fixtures")
PEOPLE = load_people(FILES)
NAMES = sorted(PEOPLE)
MONTHS_OF = {"monthly": 1, "two_monthly": 2, "quarterly": 3, "yearly": 12}
DAYS_OF = {"weekly": 7, "four_weekly": 28}


def each_person(test):
    return pytest.mark.parametrize("person", PEOPLE.values(), ids=NAMES)(test)


def test_twelve_people_bank_at_the_sandbox_bank():
    assert len(PEOPLE) == 12
    assert people_names(FILES) == NAMES


@each_person
def test_a_life_spans_eighteen_months_up_to_the_day_it_is_assessed_on(person: SandboxPerson):
    days = [entry.booked_on for account in person.banked.accounts for entry in account.entries]

    assert min(days) <= FIRST_DAY + timedelta(days=7)
    assert max(days) >= LAST_DAY - timedelta(days=7)
    assert max(days) <= person.on == LAST_DAY
    assert {f"{day:%Y-%m}" for day in days} == {f"{add_months(FIRST_DAY, n):%Y-%m}" for n in range(19)}


@each_person
def test_entries_stand_in_booking_order_on_banking_days_unless_they_are_instant(person: SandboxPerson):
    for account in person.banked.accounts:
        booked = [entry.booked_on for entry in account.entries]
        assert booked == sorted(booked)
        debits = [entry.booked_on for entry in account.entries if entry.creditor_id]
        assert all(map(is_banking_day, debits))


@each_person
def test_no_account_goes_below_what_its_bank_allows_at_the_end_of_a_day(person: SandboxPerson):
    allowed = {account.iban: -account.overdraft_ct for account in person.life.accounts}

    for account in person.banked.accounts:
        by_day = defaultdict(int)
        bounced = {entry.mandate_id for entry in account.entries if entry.return_reason}
        for entry in account.entries:
            if entry.status == "booked":
                by_day[entry.booked_on] += entry.amount_ct
        balance = account.opening_ct
        short = 0
        for day in sorted(by_day):
            balance += by_day[day]
            returning = [
                one
                for one in account.entries
                if one.return_reason and 0 < (one.booked_on - day).days <= 4 and one.mandate_id in bounced
            ]
            short = min(short, balance + sum(one.amount_ct for one in returning) - allowed[account.iban])
        assert short == 0, f"{account.name} is {short} cents too low"
        assert balance == closing_ct(account)


@each_person
def test_every_appointment_of_a_life_is_kept_in_its_rhythm(person: SandboxPerson):
    known = Counter()
    for account in person.banked.accounts:
        for entry in account.entries:
            known[person.truth[entry.entry_reference], abs(entry.amount_ct)] += 1

    for stream in person.life.streams:
        if not stream.amounts or stream.varies or stream.way in OWN:
            continue
        day, number, missing = stream.first, 0, []
        while day <= min(stream.until, LAST_DAY - timedelta(days=40)):
            cents = [amount for begins, amount in stream.amounts if begins <= day][-1]
            if f"{day:%Y-%m}" not in stream.skipped and not known[stream.category, cents]:
                missing.append(day)
            number += 1
            if stream.cadence == "once":
                break
            if stream.cadence in DAYS_OF:
                day = stream.first + timedelta(days=DAYS_OF[stream.cadence] * number)
            else:
                day = add_months(stream.first, MONTHS_OF[stream.cadence] * number)
        assert not missing, f"{stream.category} {stream.text}"


def test_a_monthly_wage_comes_once_a_month_on_or_before_its_day():
    jelle = PEOPLE["jelle"]
    wages = [
        entry.booked_on
        for entry in jelle.banked.accounts[0].entries
        if entry.counterparty_name.startswith("PostNL") and "Salaris" in entry.remittance
    ]

    months = [f"{add_months(date(2025, 5, 1), number):%Y-%m}" for number in range(18)]
    assert months == [f"{day:%Y-%m}" for day in wages]
    assert all(22 <= day.day <= 25 and is_banking_day(day) for day in wages)


def test_a_debit_that_bounces_comes_back_the_next_banking_day_as_a_credit_with_its_reason():
    entries = PEOPLE["daan"].banked.accounts[0].entries
    back = [entry for entry in entries if entry.return_reason]

    assert [(one.return_reason, one.amount_ct) for one in back] == [("AM04", 52_50), ("AM04", 24_99)]
    for one in back:
        out = [
            entry
            for entry in entries
            if entry.mandate_id == one.mandate_id and entry.amount_ct == -one.amount_ct
        ]
        assert any(1 <= (one.booked_on - entry.booked_on).days <= 4 for entry in out)
        assert PEOPLE["daan"].truth[one.entry_reference] == RETURNED


def test_mees_has_next_to_nothing_on_his_account_on_most_days():
    account = PEOPLE["mees"].banked.accounts[0]
    balance, ends = account.opening_ct, {}
    for entry in account.entries:
        balance += entry.amount_ct
        ends[entry.booked_on] = balance
    daily, held = [], account.opening_ct
    for number in range((LAST_DAY - FIRST_DAY).days + 1):
        held = ends.get(FIRST_DAY + timedelta(days=number), held)
        daily.append(held)

    assert sum(held < 100_00 for held in daily) > len(daily) * 9 // 10


def test_savings_that_are_not_shared_show_only_as_transfers_to_an_own_name():
    iris = PEOPLE["iris"]
    (elsewhere,) = iris.not_shared
    moved = [entry for entry in iris.banked.accounts[0].entries if entry.counterparty_iban == elsewhere]

    assert len(moved) > 18
    assert {"I. van Dael"} == {entry.counterparty_name for entry in moved}
    assert elsewhere not in {account.iban for account in iris.banked.accounts}


@each_person
def test_every_entry_has_its_own_reference_and_its_true_category(person: SandboxPerson):
    references = [entry.entry_reference for one in person.banked.accounts for entry in one.entries]

    assert len(references) == len(set(references))
    assert set(references) == set(person.truth)


def test_every_true_category_is_a_leaf_of_the_taxonomy():
    import tomllib

    taxonomy = tomllib.loads(data_files("rules")["nl/categories/taxonomy.toml"].decode())
    leaves = {f"{family}.{leaf}" for family, table in taxonomy.items() for leaf in table}
    meant = {category for person in PEOPLE.values() for category in person.truth.values()}
    stated = {
        code
        for person in PEOPLE.values()
        for code in (*person.expected.income_kinds, *person.expected.fixed_kinds)
    }

    assert set() == (meant | stated) - leaves
    assert len(meant) > 50


def test_the_same_files_give_the_same_lives_in_another_process():
    script = (
        "from hashlib import sha256\n"
        "from psd2_affordability._data import data_files\n"
        "from psd2_affordability.sandbox.people import load_people\n"
        "people = load_people(data_files('sandbox_fixtures'))\n"
        "print(sha256(repr([one.banked for one in people.values()]).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(seen) == 1


def test_a_life_is_lived_within_a_twentieth_of_a_second():
    seconds = {}
    for person in PEOPLE.values():
        runs = []
        for _ in range(3):
            start = time.thread_time()
            expand(person.life)
            runs.append(time.thread_time() - start)
        seconds[person.name] = min(runs)

    assert max(seconds.values()) < 0.050, seconds


def test_nobody_real_is_in_the_files():
    for path, content in FILES.items():
        if not path.startswith(("people/", "payees")):
            continue
        text = content.decode()
        numbers = re.findall(r"(?<![0-9A-Z.])[0-9]{9}(?![0-9])", text)
        assert not [one for one in numbers if _could_be_bsn(one)], path
        assert not re.search(r"(\+31|0031|\b06)[ -]?[0-9]{8}\b", text), path
        assert "@" not in text, path


def test_no_payment_reference_in_the_lives_holds_a_citizen_number():
    for person in PEOPLE.values():
        for account in person.banked.accounts:
            for entry in account.entries:
                for found in re.findall(r"betalingskenmerk ([0-9]{16})", entry.remittance):
                    assert found[1:9] == "00000000"


def test_every_account_number_has_a_right_check_number_and_belongs_to_one_party():
    owners, others = defaultdict(set), set()
    for person in PEOPLE.values():
        for account in person.life.accounts:
            owners[account.iban].add(person.name)
        for account in person.banked.accounts:
            others |= {entry.counterparty_iban for entry in account.entries}

    assert all(map(is_iban, owners.keys() | others - {""}))
    assert all(len(names) == 1 for names in owners.values())


def test_every_creditor_identifier_has_a_right_check_number():
    found = {
        entry.creditor_id
        for person in PEOPLE.values()
        for account in person.banked.accounts
        for entry in account.entries
        if entry.creditor_id
    }

    assert len(found) > 30
    for creditor in found:
        assert re.fullmatch(r"NL[0-9]{2}ZZZ[0-9]{12}", creditor)
        digits = "".join(str(int(char, 36)) for char in creditor[7:] + "NL" + creditor[2:4])
        assert int(digits) % 97 == 1, creditor


@each_person
def test_the_expected_figures_are_those_of_the_life(person: SandboxPerson):
    usual = _usual_month(person)
    expected = person.expected

    assert expected.income_kinds == {code: usual[code] for code in expected.income_kinds}
    assert expected.fixed_kinds == {code: usual[code] for code in expected.fixed_kinds}
    if expected.income_kinds:
        low, high = expected.income
        assert low <= sum(expected.income_kinds.values()) <= high
    low, high = expected.fixed
    assert low <= sum(expected.fixed_kinds.values()) <= high


@each_person
def test_what_is_not_shared_or_not_asked_for_is_stated_as_missing(person: SandboxPerson):
    assert bool(person.not_shared) == person.expected.missing_account
    assert set(person.expected.allowances_not_seen).isdisjoint(person.truth.values())
    assert not set(person.expected.signals) & set(person.expected.no_signals)


def test_a_ledger_of_the_people_keeps_every_entry_and_balance():
    frame = ledger_of(PEOPLE.values())

    assert len(frame) == sum(len(person.truth) for person in PEOPLE.values())
    assert not frame.duplicated(["subject", "tx"]).any()
    greta = frame[frame["subject"] == "greta"]
    for account in PEOPLE["greta"].banked.accounts:
        rows = greta[(greta["account"] == account.iban) & (greta["status"] == "booked")]
        assert closing_ct(account) == rows["balance_after_ct"].iloc[-1]


def test_people_are_found_by_name_and_a_wrong_name_gets_a_hint():
    assert load_person("amina", FILES).name == "amina"
    with pytest.raises(UnknownName, match="Did you mean amina"):
        load_person("amima", FILES)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'display_name = "A. Bouzidi"',
            'display_name = "A. Bouzidi"\nnickname = "x"',
            "'nickname' is not a known key. Allowed: household",
        ),
        ("keeps = 150.00", "keep = 150.00", "people/amina.toml: 'account[1].keep' is not a known key"),
        ("opening = 218.44", "opening = 218.444", "'account[1].opening' is 218.444"),
        ("opening = 218.44", 'opening = "veel"', "'account[1].opening' must be an amount in euros"),
        ("NL96SNBX0391315214", "NL97SNBX0391315214", "not an IBAN with a right check number"),
        ('payee = "Woonin"', 'payee = "Wonin"', "Did you mean Woonin"),
        ('cadence = "monthly"', 'cadence = "sometimes"', "cadence' is 'sometimes'. Allowed: weekly"),
        ("{maand} {jjjj} contract", "{month} contract", "may hold only"),
        ('type = "single"', 'type = "alone"', "'household.type' is 'alone'. Allowed: single"),
        ("on = 2025-06-06", "on = 2024-06-06", "lies outside"),
        ("on = 2025-06-06", "on = 2025-06-06T10:00:00", "must be a day"),
        ("amount = [13.", "amount = [913.", "amount' runs backwards"),
        ("says =", "says", "this is not a TOML file"),
    ],
)
def test_a_fault_in_a_life_is_named_with_file_and_key(old: str, new: str, says: str):
    text = FILES["people/amina.toml"].decode()
    assert old in text

    with pytest.raises(BrokenFile) as caught:
        load_person("amina", {**FILES, "people/amina.toml": text.replace(old, new, 1).encode()})

    assert says in str(caught.value)
    assert "people/amina.toml" in str(caught.value)


def test_a_direct_debit_without_a_mandate_is_refused():
    text = re.sub(r'mandate = "M[0-9]+"\n', "", FILES["people/amina.toml"].decode(), count=1)

    with pytest.raises(BrokenFile, match=r"stream\[\d+\]\.mandate' is missing"):
        load_person("amina", {**FILES, "people/amina.toml": text.encode()})


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('verdict = "no_yield"', 'verdict = "perhaps"', "Allowed: no_yield"),
        ('advice = ["no_room"', 'advice = ["hope"', "holds 'hope'"),
        (
            "[data]",
            "[signals.expected]\nsomething = ['2026-01']\n[data]",
            "'signals.expected.something' is not a known key",
        ),
        ("[data]", "[data]\nextra = 1", "'data.extra' is not a known key"),
    ],
)
def test_a_fault_in_an_expected_outcome_is_named(old: str, new: str, says: str):
    path = "people/amina.expected.toml"
    text = FILES[path].decode()
    assert old in text

    with pytest.raises(BrokenFile) as caught:
        load_person("amina", {**FILES, path: text.replace(old, new, 1).encode()})

    assert says in str(caught.value)


def test_a_person_without_an_expected_outcome_is_refused():
    files = {path: content for path, content in FILES.items() if path != "people/amina.expected.toml"}

    with pytest.raises(BrokenFile, match="every sandbox person has an expected outcome"):
        load_person("amina", files)


def _could_be_bsn(digits: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def _usual_month(person: SandboxPerson) -> dict[str, int]:
    """What the appointments that still run come to in a month, in cents."""
    twelfths: dict[str, int] = defaultdict(int)
    a_year = {"weekly": 52, "four_weekly": 13, "monthly": 12, "two_monthly": 6, "quarterly": 4, "yearly": 1}
    for stream in person.life.streams:
        if stream.cadence == "once" or stream.until < LAST_DAY or not stream.amounts or stream.way in OWN:
            continue
        current = [amount for begins, amount in stream.amounts if begins <= LAST_DAY][-1]
        twelfths[stream.category] += current * a_year[stream.cadence]
    return {code: round(cents / 12) for code, cents in twelfths.items()}
