"""An evaluation as tables of text, for the terminal and for a document."""

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from psd2_affordability.categorise.evaluation.rates import Rate
from psd2_affordability.categorise.evaluation.results import ClassScore, Evaluation, Score, Unseen
from psd2_affordability.service.decision_error import DecisionError
from psd2_affordability.service.evaluating import EvaluationReport


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table; its first column is words, the others are figures."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def evaluation_tables(report: EvaluationReport) -> list[TextTable]:
    """Return every table of a report, the most telling first."""
    found = report.evaluation
    tables = [_summary(report), _peers(found), _confusions(found), _decisions(report.decisions)]
    if found.unseen:
        tables.append(_unseen(found.unseen))
    tables += [_classes("Costly kinds", found.costly), _curve(found), _calibration(found)]
    tables.append(_classes("Every label", found.labels))
    if found.mistakes:
        tables.append(_mistakes(found))
    return tables


def markdown(tables: Iterable[TextTable]) -> str:
    """Write tables as Markdown."""
    return "\n".join(line for table in tables for line in _markdown(table))


def spoken(found: Rate) -> str:
    """Write a share with its interval and its count.

    >>> from psd2_affordability.categorise.evaluation.rates import rate
    >>> spoken(rate(97, 100)), spoken(rate(0, 0))
    ('97.0 % (91.6-99.0), 97 of 100', '-')
    """
    if found.share is None or found.low is None or found.high is None:
        return "-"
    between = f"{_percent(found.low)}-{_percent(found.high)}"
    return f"{_percent(found.share)} % ({between}), {found.count} of {found.n}"


def _short(found: Rate) -> str:
    """Write a share with its interval."""
    return spoken(found).partition(",")[0]


def _summary(report: EvaluationReport) -> TextTable:
    found = report.evaluation
    rows = [
        ("rows judged", str(found.rows)),
        ("subjects", str(found.subjects)),
        ("rows left out", str(found.left_out)),
        ("coverage", spoken(found.score.coverage)),
        ("accuracy on covered rows", spoken(found.score.accuracy)),
        ("right, of all rows", spoken(found.score.right)),
        ("coverage, each payee of a subject once", spoken(found.once.coverage)),
        ("accuracy, each payee of a subject once", spoken(found.once.accuracy)),
        ("wrong by one step too wide, of the wrong", spoken(found.wider)),
        ("left open where nothing can be known", spoken(found.unknowable)),
        ("macro F1", _number(found.macro_f1)),
        ("calibration error", _number(found.calibration.error)),
        ("euros answered wrongly", f"{_share(found.euros.wrong_share)}, {found.euros.wrong.spoken()}"),
        ("euros left open", f"{_share(found.euros.open_share)}, {found.euros.left_open.spoken()}"),
        ("file", report.file),
        ("sha256 of the file", report.sha256),
        ("sha256 of the knowledge", report.knowledge_sha256),
        ("engine", report.engine),
    ]
    if report.columns_left_alone:
        rows.append(("columns not read", ", ".join(report.columns_left_alone)))
    return TextTable("Summary", ("", "figure"), tuple(rows))


def _peers(found: Evaluation) -> TextTable:
    rows = tuple(
        (peer.name, *_score(peer.score), _number(peer.macro_f1), _short(peer.income_from_none))
        for peer in found.peers
    )
    headings = (
        "way of answering",
        "coverage",
        "accuracy",
        "right of all",
        "macro F1",
        "no income, of income said",
    )
    return TextTable("Beside simpler ways", headings, rows)


def _confusions(found: Evaluation) -> TextTable:
    rows = tuple((one.says, spoken(one.of_class), spoken(one.of_all)) for one in found.confusions)
    return TextTable("Costly mistakes", ("mistake", "where it can be made", "of all rows"), rows)


def _decisions(decisions: Sequence[DecisionError]) -> TextTable:
    rows = tuple(
        (
            one.figure,
            spoken(one.off),
            spoken(one.flipped),
            one.median.spoken() if one.median is not None else "-",
            one.largest.spoken() if one.largest is not None else "-",
            str(one.untold),
        )
        for one in decisions
    )
    headings = ("a month's", "off by more than €50", "nothing or something", "median", "largest", "not told")
    return TextTable("What it does to answers, by subject", headings, rows)


def _unseen(found: Unseen) -> TextTable:
    rows = (
        _counted("payee known or never listed", found.rows_seen),
        _counted("payee hidden", found.rows_unseen),
        _counted("the same rows, nothing hidden", found.rows_unseen_before),
        (
            "said to be income, but is none",
            str(found.income_from_none.n),
            "",
            "",
            _short(found.income_from_none),
        ),
    )
    title = f"With {found.hidden} of {found.known} payees hidden (seed {found.seed})"
    return TextTable(title, ("rows", "n", "coverage", "accuracy", "right of all"), rows)


def _classes(title: str, classes: Sequence[ClassScore]) -> TextTable:
    rows = tuple((one.name, spoken(one.precision), spoken(one.recall), _number(one.f1)) for one in classes)
    return TextTable(title, ("kind", "precision", "recall", "F1"), rows)


def _curve(found: Evaluation) -> TextTable:
    rows = tuple((f"{one.at_least} %", spoken(one.coverage), spoken(one.accuracy)) for one in found.curve)
    return TextTable("With answers below a confidence taken back", ("at least", "coverage", "accuracy"), rows)


def _calibration(found: Evaluation) -> TextTable:
    rows = tuple(
        (f"{one.low}-{one.high} %", f"{_percent(one.sure)} %", spoken(one.right))
        for one in found.calibration.bins
    )
    return TextTable("Confidence and what came true", ("confidence", "mean", "right"), rows)


def _mistakes(found: Evaluation) -> TextTable:
    rows = tuple(
        (
            f"{one.subject} {one.tx}".strip(),
            one.label,
            one.category,
            one.payee,
            one.amount.spoken(),
            f"{one.confidence} %",
            one.evidence,
        )
        for one in found.mistakes
    )
    headings = ("row", "label", "answer", "payee", "amount", "sure", "evidence")
    return TextTable("Worst mistakes", headings, rows)


def _counted(words: str, score: Score) -> tuple[str, ...]:
    return (words, str(score.coverage.n), *_score(score))


def _score(score: Score) -> tuple[str, str, str]:
    return _short(score.coverage), _short(score.accuracy), _short(score.right)


def _percent(share: Decimal) -> str:
    return f"{share * 100:.1f}"


def _share(share: Decimal | None) -> str:
    return "-" if share is None else f"{_percent(share)} %"


def _number(value: Decimal | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _markdown(table: TextTable) -> Iterator[str]:
    yield f"### {_cell(table.title)}"
    yield ""
    yield _line(table.headings)
    yield "|" + "---|" * len(table.headings)
    yield from (_line(row) for row in table.rows)
    yield ""


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(_cell, cells)) + " |"


def _cell(text: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return html.escape(shown, quote=False).replace("|", "\\|")
