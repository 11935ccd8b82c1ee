"""How fast the beslagvrije voet is computed: many households at once, beside one after the other."""

from datetime import date

import numpy as np
from measure import Measurement, best_of

from law_material import TYPES, book, household, law
from psd2_affordability.core.answer import Interval
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.nl.batch import Households, protected_incomes

HOUSEHOLDS = 100_000
ALONE = 2_000


def run() -> list[Measurement]:
    """Time 100,000 households on one core, before and since the formula of 2026."""
    return [_measured(on) for on in (date(2026, 7, 1), date(2025, 7, 1))]


def _measured(on: date) -> Measurement:
    many = _households()
    seconds = best_of(3, lambda: protected_incomes(book().on(on), many))
    each = best_of(2, lambda: _one_by_one(many, on)) * HOUSEHOLDS / ALONE
    return Measurement(
        f"beslagvrije voet of {HOUSEHOLDS:,} households on {on}",
        seconds,
        "s",
        5,
        False,
        "the exact path, one by one",
        each,
    )


def _households() -> Households:
    random = np.random.default_rng(7)
    kinds = [TYPES[number] for number in random.integers(0, len(TYPES), HOUSEHOLDS)]
    taxable, net, partner = (random.integers(0, most, HOUSEHOLDS) for most in (8_000_000, 500_000, 250_000))
    return Households(kinds, taxable, net, partner)


def _one_by_one(many: Households, on: date) -> None:
    rules = law()
    for row in range(ALONE):
        rules.protected_income(
            household(many.kind[row], Money(int(many.taxable_year_ct[row]))),
            Interval.exactly(Money(int(many.net_month_ct[row]))),
            on,
            partner_net_income_month=Money(int(many.partner_net_month_ct[row])),
        )
