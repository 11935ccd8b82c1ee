"""The published JSON schemas, written from the result types themselves: `make schemas`."""

import json
from pathlib import Path

from psd2_affordability.assess.results import Assessment
from psd2_affordability.assess.results.lending_evidence import LendingEvidence
from psd2_affordability.service.wire import schema_of


def published_schemas() -> dict[str, str]:
    """Return each schema file's name and text."""
    schemas = {
        "assessment.schema.json": schema_of(Assessment, title="Assessment"),
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
