"""Lives and cases for which plans are made."""

from datetime import timedelta

from assess_builders import ON, SINGLE, Life, TenLineLaw, assessed, balance, euros

from psd2_affordability.assess.case import Case
from psd2_affordability.assess.results import Room

#: What a household spends beside its bills, month by month, in euros.
_UNEVEN = (420, 610, 380, 900, 450, 520, 1_050, 400, 480, 730, 390, 560)


def uneven(wage: int = 2_200) -> Life:
    """A life whose months differ much."""
    life = (
        Life()
        .monthly("inkomen.loon", wage, day=24, payee="Bakker BV")
        .monthly("wonen.huur", -700, day=1, payee="Woonstad")
        .monthly("zorg.premie", -150, day=3, payee="Zorg NV")
    )
    for back, spent in enumerate(_UNEVEN):
        for part in range(3):
            day = ON - timedelta(days=30 * back + 9 * part)
            life.book("huishouden.boodschappen", -spent // 3, day)
    return life


def case(debt: int | None = 5_000, start: int | None = 900, **more: object) -> Case:
    balances = () if start is None else (balance(start),)
    return Case(SINGLE, balances, total_debt=None if debt is None else euros(debt), **more)


def room_for(life: Life, known: Case | None = None, law: TenLineLaw | None = None) -> Room:
    return assessed(life, known or case(), law).room


def codes(room: Room) -> set[str]:
    return {reason.code for reason in room.reasons}


def spends_all() -> Life:
    """A life that uses up its wage, a part of it for what can wait."""
    life = Life().monthly("inkomen.loon", 2_200, day=24).monthly("wonen.huur", -900, day=26)
    return life.loose("huishouden.boodschappen", -900, day=10).loose("huishouden.horeca", -400, day=12)
