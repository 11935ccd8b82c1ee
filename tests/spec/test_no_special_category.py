"""No special category of personal data, and no stand-in for one, moves a credit check or a profile.

Each life is lived twice: the same money, with other names, beliefs, ailments, ages and places. What a
credit checker or a collector is told must be the same, byte for byte.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from psd2_affordability.assess.case import Case, KnownBalance
from psd2_affordability.assess.household import Household, HouseholdType, Housing, Person
from psd2_affordability.assess.obligation import Obligation
from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.run import assess
from psd2_affordability.categorise.engine import Understood, understand
from psd2_affordability.core.dates import add_months
from psd2_affordability.core.money import Money
from psd2_affordability.ledger.identity import with_keys
from psd2_affordability.ledger.schema import frame_of
from psd2_affordability.service.bootstrap import product
from psd2_affordability.service.wire import to_json, to_wire

ACCOUNT = "NL76SNBX0123456789"
ON = date(2026, 11, 20)
WIRED = product()
SENSITIVE = ("huishouden.bijzonder", "zorg.kosten")
Rows = list[dict[str, Any]]

#: Payees that tell of faith, health, union, party or orientation.
GIFTS = (
    "Protestantse Gemeente Utrecht",
    "Stichting Moskee Al Fath",
    "Joodse Gemeente Amsterdam",
    "FNV Contributie",
    "GroenLinks",
    "COC Nederland",
)
CARE = (
    "Tandartspraktijk De Linde",
    "Apotheek Oost",
    "GGZ Centraal",
    "Fysiotherapie Noord",
    "Ziekenhuis Zuid",
)
NAMES = (
    ("J. de Vries", "M. Bakker"),
    ("A. El Idrissi", "F. Benali"),
    ("M. Yildiz", "E. Demir"),
    ("K. Nowak", "P. Kowalska"),
    ("S. Ramdin", "R. Pinas"),
)


def row(
    day: date, euros: str, name: str, text: str, code: str = "PMNT/ICDT/ESCT", iban: str = ""
) -> dict[str, Any]:
    return {
        "subject": "case",
        "account": ACCOUNT,
        "status": "booked",
        "booked_on": day,
        "value_on": day,
        "amount_ct": Money.euros(euros).cents,
        "currency": "EUR",
        "counterparty_name": name,
        "counterparty_iban": iban,
        "remittance": text,
        "bank_code": code,
    }


def life(
    *,
    gift: str = GIFTS[0],
    care: str = CARE[0],
    names: tuple[str, str] = NAMES[0],
    place: str = "3511 AB Utrecht",
    country: str = "",
) -> Rows:
    """A year of wages, rent to a private landlord, a gift, a bill for care and a friend."""
    landlord, friend = names
    rows: Rows = []
    for back in range(12, -1, -1):
        first = add_months(ON.replace(day=1), -back)
        rows += [
            row(first, "-640.00", landlord, f"huur {first:%m-%Y} {place}", iban="NL34ABNA0839101261"),
            row(
                first + timedelta(days=2),
                "-152.00",
                "Zilveren Kruis",
                "premie zorgverzekering",
                "PMNT/RDDT/ESDD",
            ),
            row(first + timedelta(days=4), "-118.00", "Vattenfall", "termijnbedrag", "PMNT/RDDT/ESDD"),
            row(first + timedelta(days=6), "-25.00", gift, "contributie of gift"),
            row(first + timedelta(days=8), "-31.40", care, "factuur"),
            row(first + timedelta(days=9), "-20.00", friend, "terug van lunch", iban="NL62INGB0504852282"),
        ]
        rows += [
            row(first + timedelta(days=11 + 4 * n), "-82.15", "Albert Heijn 1401", place) for n in range(4)
        ]
        if first + timedelta(days=23) <= ON:
            rows.append(
                row(first + timedelta(days=23), "2140.00", "Veldman Techniek B.V.", f"salaris {country}")
            )
    return [each for each in rows if each["booked_on"] <= ON]


def understood(rows: Rows) -> Understood:
    return understand(with_keys(frame_of(rows)), WIRED.knowledge, {"case": (ACCOUNT,)})


def answered(lived: Understood, born: date = date(1988, 4, 12)) -> Assessment:
    household = Household(
        type=HouseholdType.SINGLE,
        persons=(Person(birth_date=born),),
        housing=Housing("rent", Money.euros(640), None, True),
    )
    case = Case(
        household,
        (KnownBalance(ACCOUNT, Money.euros(900), ON, proven=True),),
        obligation=Obligation(Money.euros(60), 24),
    )
    parts = ("credit_check", "profile")
    return assess(lived, {"case": case}, WIRED.law, WIRED.knowledge, ON, parts)["case"]


def told(found: Assessment, keys: dict[str, str]) -> tuple[str, str]:
    """What a checker and a collector read, as bytes, with each row called by its place in the life.

    A key is made of what a row says, so other names give other keys for the same rows.
    """
    texts = to_json(found.credit_check), to_json(found.profile)
    for key, place in keys.items():
        texts = tuple(text.replace(key, place) for text in texts)
    return texts[0], texts[1]


def seen(rows: Rows, **more: Any) -> tuple[str, str]:
    lived = understood(rows)
    keys = {key: f"row {number}" for number, key in enumerate(lived.frame["tx"].tolist())}
    return told(answered(lived, **more), keys)


BASE = life()


def test_the_lives_hold_what_they_are_about():
    categories = set(understood(BASE).frame["category"])

    assert set(SENSITIVE) <= categories
    assert {"inkomen.loon", "wonen.huur"} <= categories


@pytest.mark.parametrize("gift", GIFTS[1:])
def test_faith_union_party_and_orientation_change_nothing(gift: str):
    assert seen(life(gift=gift)) == seen(BASE)


@pytest.mark.parametrize("care", CARE[1:])
def test_which_care_somebody_needs_changes_nothing(care: str):
    assert seen(life(care=care)) == seen(BASE)


@pytest.mark.parametrize("names", NAMES[1:])
def test_names_of_another_origin_change_nothing(names: tuple[str, str]):
    assert seen(life(names=names)) == seen(BASE)


@pytest.mark.parametrize("place", ["1102 BR Amsterdam", "2525 GH Den Haag", "6431 LV Hoensbroek"])
def test_where_somebody_lives_changes_nothing(place: str):
    assert seen(life(place=place)) == seen(BASE)


@pytest.mark.parametrize("words", ["Marokko", "Poolse werknemer", "statushouder", "Surinaamse"])
def test_words_of_nationality_change_nothing(words: str):
    assert seen(life(country=words)) == seen(BASE)


@pytest.mark.parametrize("born", [date(2005, 1, 1), date(1974, 7, 7), date(1963, 12, 31)])
def test_the_age_of_an_adult_changes_nothing(born: date):
    assert seen(BASE, born=born) == seen(BASE)


@pytest.mark.parametrize("category", SENSITIVE)
def test_what_the_rows_of_a_special_category_say_changes_nothing_at_all(category: str):
    lived = understood(BASE)
    frame = lived.frame.copy()
    its = frame["category"] == category
    for column in ("counterparty_name", "counterparty_iban", "remittance", "payee", "purpose_code"):
        frame.loc[its, column] = "x"

    assert its.any()
    assert told(answered(Understood(frame, lived.streams)), {}) == told(answered(lived), {})


@pytest.mark.parametrize("category", SENSITIVE)
def test_taking_away_the_rows_of_a_special_category_moves_sums_of_all_spending_alone(category: str):
    lived = understood(BASE)
    kept = lived.frame["category"] != category
    streams = lived.streams[lived.streams["category"] != category]

    with_them = answered(lived)
    without = answered(Understood(lived.frame[kept].reset_index(drop=True), streams))

    sums = {"room_left", "committed_share", "buffer_months", "data"}
    assert _indicators(without, sums) == _indicators(with_them, sums)
    assert not set(lived.frame[~kept]["tx"]) & _named(with_them)


def _indicators(found: Assessment, but: set[str]) -> list[Any]:
    return [to_wire(one) for one in found.credit_check.indicators if one.code not in but]


def _named(found: Assessment) -> set[str]:
    """Keys of every row that an indicator points at."""
    return {key for one in found.credit_check.indicators for key in one.says.transactions}


def test_other_lives_do_move_the_answer():
    """The comparison can fail: money that differs shows."""
    dearer = [
        {**each, "amount_ct": each["amount_ct"] - 1000 if each["amount_ct"] < 0 else each["amount_ct"]}
        for each in BASE
    ]

    assert seen(dearer) != seen(BASE)
