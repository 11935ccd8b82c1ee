"""The social-assistance norm: the net minimum a month (art. 20 to 24 Participatiewet)."""

from datetime import date

from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.core.answer import Interval, Step, Unknown
from psd2_affordability.core.dates import add_months, whole_years
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.found import Found, step
from psd2_affordability.jurisdictions.nl.part import adults, possible_types
from psd2_affordability.rulebook.lookup import RulesOn

_ADULT, _ADULT_NORM_AGE = 18, 21
_SPECIAL = "nl.bijstandsnorm_bijzonder"
_ASK_BIRTH = "What are the dates of birth of the adults?"
_ASK_TYPE = "Does the person live with a partner?"
#: What the keys of the norms with a young adult say in Dutch.
_YOUNG_NL = {
    "single": "alleenstaande",
    "couple_both": "paar, allebei",
    "couple_one": "paar, één van beiden",
    "couple_both_children": "paar met kinderen, allebei",
    "couple_one_children": "paar met kinderen, één van beiden",
}


def find(rules: RulesOn, household: Household, *, aow: bool | None, sharers: int) -> Found:
    """Return the norm of a household.

    Args:
        rules: of the day.
        household: its type and the adults' birth dates.
        aow: whether AOW age is reached; None to take it from the birth dates.
        sharers: adults who share the costs of the home, the person and a partner counted; 1 for none.
    """
    types = possible_types(household)
    if aow is None and (special := _special(rules, household.persons, types)) is not None:
        return special
    age = _all_have_aow_age(rules, household.persons, types[0]) if aow is None else aow
    sizes = tuple(dict.fromkeys(adults(kind) for kind in types))
    if sharers > 1:
        return _shared(rules, sizes, aow=age, sharers=sharers)
    suffixes = ("", "_aow") if age is None else (("_aow",) if age else ("",))
    keys = [f"{size}{suffix}" for size in sizes for suffix in suffixes]
    amounts = [rules.money("nl.bijstandsnorm", "norm", key) for key in keys]
    steps = tuple(_norm(key, amount) for key, amount in zip(keys, amounts, strict=True))
    asks = ((_ASK_TYPE,) if len(sizes) > 1 else ()) + ((_ASK_BIRTH,) if age is None else ())
    return Found(Interval(min(amounts), max(amounts)), steps, asks)


def _special(rules: RulesOn, persons: tuple[Person, ...], types: tuple[HouseholdType, ...]) -> Found | None:
    """Return the norm of a household with a young adult or on both sides of AOW age; None for others."""
    known = [person.birth_date for person in persons if person.birth_date is not None]
    ages = [whole_years(born, rules.day) for born in known]
    if any(age < _ADULT for age in ages):
        return Found(Unknown("norm.minor", "somebody under 18 has no norm of their own"))
    young = sum(age < _ADULT_NORM_AGE for age in ages)
    if young:
        return _young(rules, types, young, of=len(known))
    if len({aow_from(rules, born) <= rules.day for born in known}) > 1:
        amount = rules.money(_SPECIAL, "mixed")
        mixed = step(
            "22 onder c Pw",
            "norm for a couple of whom one has AOW age, holiday allowance included",
            "norm voor een paar van wie één AOW krijgt, met vakantietoeslag",
            amount,
        )
        return Found.exactly(amount, (mixed,))
    return None


def _young(rules: RulesOn, types: tuple[HouseholdType, ...], young: int, *, of: int) -> Found:
    keys: list[str] = []
    for kind in types:
        if not kind.has_partner:
            keys.append("single")
            continue
        ages = ("both", "one") if of == 1 else ("both",) if young == 2 else ("one",)
        keys += [f"couple_{age}{'_children' if kind.has_children else ''}" for age in ages]
    amounts = [rules.money(_SPECIAL, "young", key) for key in keys]
    more = rules.money(_SPECIAL, "young_more")
    steps = (
        *(
            step(
                "20 Pw",
                "norm with somebody of 18, 19 or 20 ({who})",
                "norm met iemand van 18, 19 of 20 jaar ({who})",
                amount,
                who=(key.replace("_", " "), _YOUNG_NL[key]),
            )
            for key, amount in zip(keys, amounts, strict=True)
        ),
        step(
            "20 lid 3 Pw",
            "more when the parents cannot pay, or need not, at most",
            "meer als de ouders niet kunnen of hoeven betalen, hoogstens",
            more,
        ),
    )
    ask = "Can the parents pay for the cost of living? If not, the norm is higher."
    asks = (
        ask,
        *((_ASK_TYPE,) if len(types) > 1 else ()),
        *((_ASK_BIRTH,) if len(keys) > len(types) else ()),
    )
    return Found(Interval(min(amounts), max(amounts)), steps, asks)


def _all_have_aow_age(rules: RulesOn, persons: tuple[Person, ...], kind: HouseholdType) -> bool | None:
    """Tell whether all adults have AOW age; None when a birth date is missing."""
    known = [person.birth_date for person in persons if person.birth_date is not None]
    if len(known) != (2 if kind.has_partner else 1):
        return None
    return all(aow_from(rules, born) <= rules.day for born in known)


def aow_from(rules: RulesOn, born: date) -> date:
    """Return the day on which AOW age is reached, by the age that holds on the day of the rules."""
    years, months = rules.count("nl.aow_leeftijd", "years"), rules.count("nl.aow_leeftijd", "months")
    return add_months(born, years * 12 + months)


def _shared(rules: RulesOn, sizes: tuple[str, ...], *, aow: bool | None, sharers: int) -> Found:
    keys = ("couple", "couple_aow") if aow is None else (("couple_aow",) if aow else ("couple",))
    base, each = (rules.share("nl.kostendelersnorm", name) for name in ("base", "each"))
    steps: list[Step] = []
    amounts: list[Money] = []
    for key in keys:
        couple = rules.money("nl.bijstandsnorm", "norm", key)
        one = couple.exact * (base + sharers * each) / sharers
        steps.append(_norm(key, couple))
        for size in sizes:
            amounts.append(Money.rounded(one * (2 if size == "couple" else 1)))
            shared = step(
                "22a Pw",
                "{size}, {sharers} adults share the costs",
                "{size}, {sharers} volwassenen delen de kosten",
                amounts[-1],
                size=(size, "paar" if size == "couple" else "alleenstaande"),
                sharers=sharers,
            )
            steps.append(shared)
    asks = ((_ASK_TYPE,) if len(sizes) > 1 else ()) + ((_ASK_BIRTH,) if aow is None else ())
    return Found(Interval(min(amounts), max(amounts)), tuple(steps), asks)


def _article(key: str) -> str:
    article = "22" if key.endswith("_aow") else "21"
    return f"{article} onder {'b' if key.startswith('couple') else 'a'} Pw"


def _norm(key: str, amount: Money) -> Step:
    couple, old = key.startswith("couple"), key.endswith("_aow")
    who = ("couple", "een paar") if couple else ("single person", "een alleenstaande")
    return step(
        _article(key),
        "norm for a {who}{age}, holiday allowance included",
        "norm voor {who}{age}, met vakantietoeslag",
        amount,
        who=who,
        age=(" of AOW age", " met AOW") if old else ("", ""),
    )
