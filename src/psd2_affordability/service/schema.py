"""The published JSON schemas, written from the result types themselves: `make schemas`."""

import json
from pathlib import Path
from typing import Any

from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.results.lending_evidence import LendingEvidence
from psd2_affordability.service.receivers.seen import LEFT_OUT
from psd2_affordability.service.wire import schema_of


def assessment_schema() -> dict[str, Any]:
    """Describe an assessment; what a receiver does not see is absent for them."""
    return schema_of(Assessment, title="Assessment", optional=LEFT_OUT)


def published_schemas() -> dict[str, str]:
    """Return each schema file's name and text."""
    schemas = {
        "assessment.schema.json": assessment_schema(),
        "lending-evidence.schema.json": schema_of(LendingEvidence, title="LendingEvidence"),
    }
    return {name: json.dumps(schema, indent=2) + "\n" for name, schema in schemas.items()}


def main() -> None:
    """Write the schemas into docs/schemas of the checkout."""
    folder = Path(__file__).resolve().parents[3] / "docs" / "schemas"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in published_schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
