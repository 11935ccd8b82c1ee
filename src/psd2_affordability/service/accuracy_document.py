"""Puts the tables of an evaluation into docs/accuracy.md: `make accuracy`.

The words around the tables are written by hand; the tables stand between two marks that name their part.
"""

import argparse
from pathlib import Path

from psd2_affordability.core.errors import UsageError


def with_tables(document: str, part: str, tables: str) -> str:
    r"""Return the document with other tables in one part.

    Raises:
        UsageError: the document has no such part.

    >>> print(with_tables("Before\n<!-- dev -->\nold\n<!-- end of dev -->\nafter", "dev", "new\n"))
    Before
    <!-- dev -->
    new
    <!-- end of dev -->
    after
    """
    begin, end = f"<!-- {part} -->\n", f"<!-- end of {part} -->"
    before, begins, rest = document.partition(begin)
    _, ends, after = rest.partition(end)
    if not begins or not ends:
        raise UsageError(f"the document has no part '{part}'", do=f"Mark it with {begin.strip()} and {end}")
    return f"{before}{begin}{tables}{end}{after}"


def main() -> None:
    """Evaluate a labelled file and put its tables into the part of the document that bears its name."""
    from psd2_affordability.service.bootstrap import product
    from psd2_affordability.service.evaluating import EvaluationAsked, evaluate_file
    from psd2_affordability.service.evaluation_tables import evaluation_tables, markdown

    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--look", default="")
    asked = parser.parse_args()
    path = Path(__file__).resolve().parents[3] / "docs" / "accuracy.md"
    document = path.read_text(encoding="utf-8")
    part = asked.file.stem
    with_tables(document, part, "")
    report = evaluate_file(product(), EvaluationAsked(asked.file, look=asked.look))
    path.write_text(with_tables(document, part, markdown(evaluation_tables(report))), encoding="utf-8")


if __name__ == "__main__":
    main()
