"""The allowances: under which category each arrives, how it is paid, and where to apply."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: What is paid for childcare; without it there is nothing to allow for.
CARE_COSTS = "kinderen.opvang"
_TOESLAGEN, _SVB = "https://www.toeslagen.nl", "https://www.svb.nl"


@dataclass(frozen=True, slots=True, eq=False)
class Scheme:
    """One allowance; a scheme is equal to itself alone.

    Attributes:
        code: as results name it.
        category: leaf of its payments.
        back: leaf of its repayments, or empty.
        name: in English and in Dutch.
        apply_at: official site.
        by_income: it depends on income and assets, is paid in the month before, and may be paid
            together with others under a category of its own.
        for_children: only with children.
    """

    code: str
    category: str
    back: str
    name: tuple[str, str]
    apply_at: str
    by_income: bool = True
    for_children: bool = False


CARE = Scheme(
    "zorgtoeslag",
    "inkomen.toeslag_zorg",
    "schuld.toeslag_terug_zorg",
    ("healthcare allowance (zorgtoeslag)", "zorgtoeslag"),
    _TOESLAGEN,
)
RENT = Scheme(
    "huurtoeslag",
    "inkomen.toeslag_huur",
    "schuld.toeslag_terug_huur",
    ("rent allowance (huurtoeslag)", "huurtoeslag"),
    _TOESLAGEN,
)
CHILD_BUDGET = Scheme(
    "kindgebonden_budget",
    "inkomen.toeslag_kindgebonden",
    "schuld.toeslag_terug_kindgebonden",
    ("child budget (kindgebonden budget)", "kindgebonden budget"),
    _TOESLAGEN,
    for_children=True,
)
CHILD_BENEFIT = Scheme(
    "kinderbijslag",
    "inkomen.kinderbijslag",
    "",
    ("child benefit (kinderbijslag)", "kinderbijslag"),
    _SVB,
    by_income=False,
    for_children=True,
)
CHILDCARE = Scheme(
    "kinderopvangtoeslag",
    "inkomen.toeslag_kinderopvang",
    "schuld.toeslag_terug_kinderopvang",
    ("childcare allowance (kinderopvangtoeslag)", "kinderopvangtoeslag"),
    _TOESLAGEN,
    for_children=True,
)

#: By the question of law that gives the amount.
SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {
        "zorgtoeslag": CARE,
        "huurtoeslag": RENT,
        "kindgebonden-budget": CHILD_BUDGET,
        "kinderbijslag": CHILD_BENEFIT,
        "kinderopvangtoeslag": CHILDCARE,
    }
)

#: Repayments of allowances; a debt may also be set off against what would arrive.
PAID_BACK = frozenset(
    {"schuld.toeslag_terugvordering", *(scheme.back for scheme in SCHEMES.values() if scheme.back)}
)
