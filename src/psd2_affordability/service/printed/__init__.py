"""Reports: one or two pages on paper, rows for a spreadsheet and JSON, for each use of the answers."""
