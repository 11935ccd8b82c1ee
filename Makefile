# Every task makes its own environment: Python 3.11+ and, the first time, a network are all it needs.
PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
STAMP := .venv/.synced
export UV_PROJECT_ENVIRONMENT := .venv

.DEFAULT_GOAL := help
.PHONY: help demo test check bench soak serve format schemas accuracy fairness hooks clean

help: ## show the tasks
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.tools/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv .tools || { echo "Python's venv module is missing: install it (Debian: apt-get install python3-venv)"; exit 1; }
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(STAMP): .tools/bin/uv pyproject.toml uv.lock
	@echo "making the environment in .venv"
	@.tools/bin/uv sync --quiet --locked --python $(PYTHON)
	@touch $(STAMP)

demo: $(STAMP) ## the whole journey on the sandbox bank, for one person
	@$(BIN)/psd2-affordability demo $(if $(PERSON),--person $(PERSON))

test: $(STAMP) ## every test
	@$(BIN)/pytest -n auto

check: $(STAMP) ## types, lint, floors, dependencies, rule files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry .
	@$(BIN)/psd2-affordability rules verify

bench: $(STAMP) ## measure, and write docs/benchmarks.md
	@$(BIN)/python tests/bench/run.py

soak: $(STAMP) ## kill a syncing process 200 times, and try plans called sure in many futures
	@$(BIN)/pytest -o addopts="--import-mode=importlib" -rs -s tests/soak

serve: $(STAMP) ## the API, the pages and the sandbox bank on this machine
	@$(BIN)/psd2-affordability serve

format: $(STAMP) ## put the code in its house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

schemas: $(STAMP) ## write the published JSON schemas anew
	@$(BIN)/python -m psd2_affordability.service.schema

accuracy: $(STAMP) ## score the labelled development sets, and write docs/accuracy.md
	@$(BIN)/python -m psd2_affordability.service.accuracy_document tests/labelled/dev.csv
	@$(BIN)/python -m psd2_affordability.service.accuracy_document tests/labelled/dev_2.csv

fairness: $(STAMP) ## measure the answers over groups of invented people, and write docs/fairness.md
	@$(BIN)/psd2-affordability fairness --markdown > docs/fairness.md.new && mv docs/fairness.md.new docs/fairness.md || { rm -f docs/fairness.md.new; exit 1; }

hooks: $(STAMP) ## run the checks before every commit
	@$(BIN)/pre-commit install

clean: ## remove the environment and every cache
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
