"""A population of invented people whose true means are known, because they were drawn before their lives.

Everybody is drawn with a group of work, an age, a household and costs; then lives the sandbox's eighteen
months; and lives them once more as a twin with the same money and names of another origin. What is true
of a person (income, costs, and what of those can wait, in a usual month) follows from the draw alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from psd2_affordability.assess.household import Household
from psd2_affordability.core.iban import dutch_iban
from psd2_affordability.sandbox.expand import expand
from psd2_affordability.sandbox.model import BankedAccount, BankedPerson
from psd2_affordability.sandbox.population_draw import WORK, Draw, Truth

#: Surnames that are common here, and surnames that came from elsewhere; all invented combinations.
_NAMES = {
    "names from here": ("J. de Vries", "M. Jansen", "H. Bakker", "K. Visser", "T. Mulder", "S. de Groot"),
    "names from elsewhere": (
        "A. El Idrissi",
        "F. Yildiz",
        "P. Kowalski",
        "S. Ramdin",
        "N. Okafor",
        "L. Nguyen",
    ),
}
_ORIGINS = tuple(_NAMES)


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person.

    Attributes:
        subject: key.
        twin: key of the person with the same money and other names.
        groups: group by what it is a group of: work, age, household, names.
        household: what the law asks about.
        banked: the account with its entries.
        truth: what is true of the means.
    """

    subject: str
    twin: str
    groups: Mapping[str, str]
    household: Household
    banked: BankedPerson = field(repr=False)
    truth: Truth


def population(seed: int, people: int) -> Iterator[Invented]:
    """Draw a population: as many people of each kind of work, each with a twin.

    Args:
        seed: the same seed gives the same people everywhere.
        people: how many, twins counted; rounded up to whole pairs.
    """
    for number in range((people + 1) // 2):
        yield from _pair(seed, number)


def _pair(seed: int, number: int) -> Iterator[Invented]:
    work = WORK[number % len(WORK)]
    keys = [f"p{number:05d}{letter}" for letter in "ab"]
    for at, origin in enumerate(_ORIGINS):
        draw = Draw(f"{seed}/{number}", work, _NAMES[origin], number)
        draw.live()
        life = draw.life(iban=_iban(2 * number + at))
        [account] = life.accounts
        entries = expand(life).entries[account.key]
        banked = BankedAccount(account.iban, account.name, account.kind, "EUR", account.opening_ct, entries)
        yield Invented(
            subject=keys[at],
            twin=keys[1 - at],
            groups={
                "work": work,
                "age": draw.age_band,
                "household": "single parent" if draw.parent else "alone",
                "names": origin,
            },
            household=draw.household(),
            banked=BankedPerson(keys[at], life.display_name, (banked,)),
            truth=draw.truth(),
        )


def _iban(number: int) -> str:
    return dutch_iban("SNBX", str(number))
