# The commands of the project. `make setup` once; everything else sets itself up when requirements.lock has changed.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Where annotated texts lie that are not part of the project; without the folder `make eval` uses the project's own annotations.
SHARED ?= ../shared
# By how many processes tests are run.
WORKERS ?= auto
# Compiled modules are kept, also where the machine's settings say otherwise: tests start many processes, each of which would compile anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup demo test test-slow test-postgresql check eval lock clean

help:
	@echo "make setup   the environment in .venv, with the command .venv/bin/kehoach"
	@echo "make demo    an archive of fixtures/ in ./demo and the questions that it answers"
	@echo "make test    the tests, but for the slow ones"
	@echo "make test-slow   those that need a browser, Tesseract or LibreOffice, or kill processes"
	@echo "make test-postgresql   the tests of the archive once more, on PostgreSQL"
	@echo "make check   ruff and mypy"
	@echo "make eval    how well plans are read, against annotations made by hand"
	@echo "make lock    requirements.lock anew from pyproject.toml (needs uv)"
	@echo "make clean   removes what these commands made"

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(BIN)/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null \
		|| { python=$$(sh scripts/find-python) && "$$python" -m venv --clear $(VENV); }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
	@echo "$(BIN)/kehoach"

demo: $(READY)
	@sh scripts/demo.sh $(BIN)/kehoach

test: $(READY)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not slow"

test-postgresql: $(READY)
	@KEHOACH_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not slow" tests/archive

test-slow: $(READY)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m slow

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: $(READY)
	@$(BIN)/python scripts/evaluate.py $(SHARED)

lock:
	@uv=$$(command -v uv || command -v $(BIN)/uv) || { echo "make lock needs uv: https://docs.astral.sh/uv" >&2; exit 1; }; \
	"$$uv" pip compile pyproject.toml --group pyproject.toml:dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV) demo build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.git/*' -exec rm -rf {} +
