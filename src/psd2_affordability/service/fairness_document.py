"""Writes the measurement over groups as a document: what it found, what that proves and what it does not."""

from collections.abc import Iterator

from psd2_affordability.categorise.evaluation.rates import Rate
from psd2_affordability.service.fairness import CLOSE, FairnessReport, GroupMeasured

_MEASURES = (
    ("within", "within norms, of those who can bear it"),
    ("referred", "sent to a person, of those who can"),
    ("passed", "within norms, of those who cannot"),
    ("planned", "offered a plan, of those with room"),
    ("harried", "asked to pay, of those without"),
)
_HEAD = """# Fairness

How the credit check, the payment profile and the room fall over groups of people, on an invented \
population of {people} people whose true means are known because they were drawn before their lives.
Written by `make fairness` (`psd2-affordability fairness --seed {seed} --people {people} \
--markdown`); the same seed gives the same people and the same figures.

Everybody asks for {monthly} a month for {months} months.
Who *can bear it* has at least that much true room, and no collectors, returned debits or pile of \
deferred payments.
Each rate stands with its count and, between brackets, the Wilson interval in which the true rate \
lies with 95 % confidence.
Everybody has a twin with the same money and another name; but under *Names*, one of the two counts.
The room and the plan are measured on those who are not in trouble: what others pay a month is only \
becoming usual.

## What it shows

"""
_TAIL = """
## What it proves, and what it does not

- **Names.** Every person lives twice, with the same money and names of another origin, their own \
and those of landlord and friends. {twins} of {pairs} pairs got any other answer. That is shown for \
the names drawn here and for the way banks print them here, not for every name; categories are \
recognised by names of payees, so a name that looks like a shop can still mislead.
- **What is not read.** Name, sex, nationality, postcode and text are no input of the check or the \
profile, and a test changes each to see that nothing moves. Age is read by the law alone, where the \
legal floor depends on the state pension. Household and children are read by the law too.
- **Differences between groups.** Groups differ in money as well: the self-employed truly have \
uneven income, benefits truly lie nearer to the legal floor. That is why rates are taken among those \
who truly can, or truly cannot. A flag (below four fifths of the best group of its kind) is a sign \
to look, no proof of unfairness. No flag is no proof of fairness: intervals are wide where groups \
are small.
- **The population is invented.** It says how the rules treat known means; it does not say how \
groups fare in real life, where data are messier, accounts are missing and cash is used more. Its \
shares of trouble are chosen, not measured, and equal in all groups.
- **Being sent to a person is no refusal**, but it takes time and can be felt as one; `sent to a \
person, of those who can` is the burden that the check lays on people for nothing.
- Nothing here says whether credit, a plan or a profile is lawful.
"""
_NAMES = {"work": "Work", "age": "Age", "household": "Household", "names": "Names"}


def document(report: FairnessReport, seed: int) -> str:
    """Write the report as Markdown."""
    head = _HEAD.format(
        people=report.people,
        seed=seed,
        monthly=report.asked.monthly.spoken(),
        months=report.asked.months,
    )
    tail = _TAIL.format(twins=report.twins.count, pairs=report.twins.n)
    return head + "\n".join(_body(report)) + tail


def _body(report: FairnessReport) -> Iterator[str]:
    for kind in dict.fromkeys(one.kind for one in report.groups):
        groups = [one for one in report.groups if one.kind == kind]
        yield f"### {_NAMES.get(kind, kind.capitalize())}\n"
        yield "| group | people | " + " | ".join(says for _, says in _MEASURES) + " |"
        yield "|---|---|" + "---|" * len(_MEASURES)
        for one in groups:
            shares = " | ".join(_share(getattr(one, name)) for name, _ in _MEASURES)
            yield f"| {one.group} | {one.people} | {shares} |"
        yield f"\n| group | room within {CLOSE.spoken()} of the truth | middle error | flagged |"
        yield "|---|---|---|---|"
        for one in groups:
            yield f"| {one.group} | {_share(one.close)} | {_error(one)} | {_flags(one)} |"
        yield ""


def _share(found: Rate) -> str:
    """Write a share with its count and interval.

    >>> from psd2_affordability.categorise.evaluation.rates import rate
    >>> _share(rate(1, 10))
    '10.0% of 10 (1.8-40.4%)'
    """
    if found.share is None or found.low is None or found.high is None:
        return "nobody"
    return f"{found.share * 100:.1f}% of {found.n} ({found.low * 100:.1f}-{found.high * 100:.1f}%)"


def _error(one: GroupMeasured) -> str:
    return "-" if one.middle_error is None else one.middle_error.spoken()


def _flags(one: GroupMeasured) -> str:
    says = dict(_MEASURES) | {"close": "room close to the truth"}
    return "; ".join(says[name] for name in one.flags) or "-"
