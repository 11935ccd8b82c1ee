"""The social-assistance norm: the net minimum a month (art. 20 to 24 Participatiewet)."""

from datetime import date

from psd2_affordability.assess.household import Household, HouseholdType, Person
from psd2_affordability.core.answer import Interval, Step, Unknown
from psd2_affordability.core.dates import add_months, whole_years
from psd2_affordability.core.money import Money
from psd2_affordability.jurisdictions.found import Found
from psd2_affordability.jurisdictions.nl.beslagvrije_voet import possible_types
from psd2_affordability.jurisdictions.nl.part import adults
from psd2_affordability.rulebook.lookup import RulesOn

_ADULT_NORM_AGE = 21
_ASK_BIRTH = "What are the dates of birth of the adults?"
_ASK_TYPE = "Does the person live with a partner?"


def find(rules: RulesOn, household: Household, *, aow: bool | None, sharers: int) -> Found:
    """Return the norm of a household.

    Args:
        rules: of the day.
        household: its type and the adults' birth dates.
        aow: whether AOW age is reached; None to take it from the birth dates.
        sharers: adults who share the costs of the home, the person and a partner counted; 1 for none.
    """
    types = possible_types(household)
    age = _age_group(rules, household.persons, types[0]) if aow is None else aow
    if isinstance(age, Unknown):
        return Found(age)
    sizes = tuple(dict.fromkeys(adults(kind) for kind in types))
    if sharers > 1:
        return _shared(rules, sizes, aow=age, sharers=sharers)
    suffixes = ("", "_aow") if age is None else (("_aow",) if age else ("",))
    keys = [f"{size}{suffix}" for size in sizes for suffix in suffixes]
    amounts = [rules.money("nl.bijstandsnorm", "norm", key) for key in keys]
    steps = tuple(Step(_article(key), _says(key), amount) for key, amount in zip(keys, amounts, strict=True))
    asks = ((_ASK_TYPE,) if len(sizes) > 1 else ()) + ((_ASK_BIRTH,) if age is None else ())
    return Found(Interval(min(amounts), max(amounts)), steps, asks)


def _age_group(rules: RulesOn, persons: tuple[Person, ...], kind: HouseholdType) -> bool | Unknown | None:
    """Tell whether all adults have AOW age; None when a birth date is missing."""
    known = [person.birth_date for person in persons if person.birth_date is not None]
    if any(whole_years(born, rules.day) < _ADULT_NORM_AGE for born in known):
        return Unknown("norm.young_adult", "the norm for people under 21 is not in our rules")
    reached = {aow_from(rules, born) <= rules.day for born in known}
    if len(reached) > 1:
        return Unknown("norm.mixed_couple", "the norm when one partner has AOW age is not in our rules")
    return reached.pop() if len(known) == (2 if kind.has_partner else 1) else None


def aow_from(rules: RulesOn, born: date) -> date:
    """Return the day on which AOW age is reached, by the age that holds on the day of the rules."""
    years, months = rules.count("nl.aow_leeftijd", "years"), rules.count("nl.aow_leeftijd", "months")
    return add_months(born, years * 12 + months)


def _shared(rules: RulesOn, sizes: tuple[str, ...], *, aow: bool | None, sharers: int) -> Found:
    if aow is not False:
        return Found(
            Unknown(
                "norm.shared_at_aow_age", "the shared norm is for adults who are known to be below AOW age"
            )
        )
    couple = rules.money("nl.bijstandsnorm", "norm", "couple")
    base, each = (rules.share("nl.kostendelersnorm", name) for name in ("base", "each"))
    one = couple.exact * (base + sharers * each) / sharers
    amounts = [Money.rounded(one * (2 if size == "couple" else 1)) for size in sizes]
    steps = (
        Step("21 onder b Pw", _says("couple"), couple),
        *(
            Step("22a Pw", f"{size}, {sharers} adults share the costs", amount)
            for size, amount in zip(sizes, amounts, strict=True)
        ),
    )
    return Found(Interval(min(amounts), max(amounts)), steps, (_ASK_TYPE,) if len(sizes) > 1 else ())


def _article(key: str) -> str:
    article = "22" if key.endswith("_aow") else "21"
    return f"{article} onder {'b' if key.startswith('couple') else 'a'} Pw"


def _says(key: str) -> str:
    who = "couple" if key.startswith("couple") else "single person"
    return f"norm for a {who}{' of AOW age' if key.endswith('_aow') else ''}, holiday allowance included"
