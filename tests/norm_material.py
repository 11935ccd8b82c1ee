"""An invented set of amounts of the lending norm, as a user would supply it."""

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
