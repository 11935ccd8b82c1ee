"""The rules as tables in Markdown, for a document that a jurist reads; written from the rule files."""

from psd2_affordability.rulebook.lookup import Rulebook
from psd2_affordability.rulebook.model import Grade, Instrument

_BEST_FIRST = tuple(Grade)


def rules_table(book: Rulebook) -> str:
    """Return one line for each rule: since when, where its newest figures stand, how good the sources are."""
    head = "| rule | what it says | since | newest | newest source | grades | trusted until |\n"
    return head + "|---|---|---|---|---|---|---|\n" + "".join(map(_line, book.instruments.values()))


def gaps_list(book: Rulebook) -> str:
    """Return what each rule leaves open, and the figures that the law sets but that could not be read."""
    return "".join(
        f"- `{rule.id}`: {' '.join([*rule.gaps, *_not_read(rule)])}\n"
        for rule in book.instruments.values()
        if rule.gaps or _not_read(rule)
    )


def _line(rule: Instrument) -> str:
    first, last = rule.versions[0], rule.versions[-1]
    used = {version.source.grade for version in rule.versions}
    cells = (
        f"`{rule.id}`",
        rule.says,
        first.in_force.isoformat(),
        last.in_force.isoformat(),
        last.source.article,
        ", ".join(grade.value for grade in _BEST_FIRST if grade in used),
        rule.review_by.isoformat(),
    )
    return f"| {' | '.join(cells)} |\n"


def _not_read(rule: Instrument) -> list[str]:
    return [
        f"Not read for {version.in_force}: {', '.join(version.not_known)}."
        for version in rule.versions
        if version.not_known
    ]
