import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from psd2_affordability.assess.household import HouseholdType
from psd2_affordability.core.answer import Interval, LegalAnswer, Range, Step, Unknown
from psd2_affordability.core.money import Money
from psd2_affordability.service.schema import published_schemas
from psd2_affordability.service.wire import schema_of, to_json, to_wire
from psd2_affordability.service.wording import word

CHECKOUT = Path(__file__).resolve().parents[3]
ANSWER = LegalAnswer(
    question="bank-seizure",
    on=date(2026, 11, 22),
    value=Interval.exactly(Money.euros("2208.48")),
    per="month",
    steps=(Step("art. 475a lid 5 Rv", "the amount that stays", Money.euros("2208.48")),),
)


@pytest.mark.parametrize("name", sorted(published_schemas()))
def test_the_published_schema_is_the_one_that_the_results_have_now(name):
    published = CHECKOUT / "docs" / "schemas" / name

    assert published.read_text(encoding="utf-8") == published_schemas()[name], "run `make schemas`"


def test_a_result_keeps_its_own_schema():
    schema = schema_of(LegalAnswer, title="Legal answer")
    wire = json.loads(to_json(ANSWER))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(wire, schema)
    assert wire["status"] == "ok"
    assert wire["value"] == {"low": "2208.48", "high": "2208.48"}


def test_an_unknown_is_never_mistaken_for_an_amount():
    schema = schema_of(LegalAnswer, title="Legal answer")
    unknown = LegalAnswer(
        "bank-seizure", date(1999, 1, 1), Unknown("rule.not_in_force", "No rule yet."), "month"
    )
    wire = json.loads(to_json(unknown))

    jsonschema.validate(wire, schema)
    assert wire["value"] == {"unknown": {"code": "rule.not_in_force", "because": "No rule yet.", "ask": ""}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**wire, "value": 12.5}, schema)


def test_money_shares_and_days_are_strings():
    assert to_wire((Money(5), Decimal("0.25"), date(2026, 1, 2), HouseholdType.SINGLE)) == [
        "0.05",
        "0.25",
        "2026-01-02",
        "single",
    ]
    assert to_wire(Range(Money(1), Money(2), Money(3))) == {"low": "0.01", "mid": "0.02", "high": "0.03"}


def test_fixed_values_have_plain_words_in_both_languages():
    assert word("seizure.no_yield") != word("seizure.no_yield", "nl")
