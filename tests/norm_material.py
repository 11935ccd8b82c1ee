"""Invented sets of amounts of the lending norm and of the vtlb, as a user would supply them."""

_BY_TYPE = {
    "base_rent": (1000, 1100, 1400, 1500),
    "base_owner": (1100, 1200, 1500, 1600),
    "minimum_income": (1500, 1600, 2000, 2100),
    "cap": (1300, 1400, 1700, 1800),
}
_TYPES = ("single", "single_parent", "couple", "couple_with_children")


def _cells(figure: str, values: tuple[float, ...]) -> str:
    told = ", ".join(f"{kind} = {value:.2f}" for kind, value in zip(_TYPES, values, strict=True))
    return f"{figure} = {{ {told} }}"


LEENNORM = "\n".join(
    (
        'kind = "leennorm"',
        'source = "an invented set for tests"',
        "in_force = 2026-01-01",
        "until = 2026-12-31",
        "[amount]",
        *(_cells(figure, values) for figure, values in _BY_TYPE.items()),
        "[percent]",
        _cells("share", (25, 33.33, 25, 25)),
    )
)

#: Base 1,000, a tenth of what is earned above 1,500, at most 1,200; for every household the same.
FLAT_LEENNORM = "\n".join(
    (
        'kind = "leennorm"',
        'source = "invented for this test"',
        "in_force = 2025-11-17",
        "until = 2026-11-16",
        "[amount]",
        _cells("base_rent", (1000, 1000, 1000, 1000)),
        _cells("base_owner", (1100, 1100, 1100, 1100)),
        _cells("minimum_income", (1500, 1500, 1500, 1500)),
        _cells("cap", (1200, 1200, 1200, 1200)),
        "[percent]",
        _cells("share", (10, 10, 10, 10)),
    )
)

#: The vtlb of a single person who works is 50 + 30 + 20 + 40 = 140 above the beslagvrije voet.
VTLB = "\n".join(
    (
        'kind = "vtlb"',
        'source = "an invented set for tests"',
        "in_force = 2026-01-01",
        "until = 2026-06-30",
        "[amount]",
        _cells("reserve", (50, 60, 70, 80)),
        "work = { adult = 40.00 }",
        "own_risk = { adult = 30.00 }",
        _cells("pgl", (20, 25, 30, 35)),
    )
)
