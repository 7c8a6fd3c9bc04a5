# Everything runs inside .venv, which the first target that needs it creates from the lock files.
# Needed on the machine: Python 3.11 to 3.13, make, git.

.DEFAULT_GOAL := help
.PHONY: help serve test bench bench-match harness check format lock upgrade hooks clean

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --root-user-action ignore

# The first Python of a supported version that really runs (version managers leave names that do not).
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	"$$name" -c '$(SUPPORTED)' >/dev/null 2>&1 && echo "$$name" && break; done)

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(VENV)/.runtime ## start the portal with an embedded database and print its address
	@$(BIN)/huiqi serve

test: check ## everything that must hold: the checks below, then all tests
	@$(BIN)/pytest --numprocesses auto
	@if [ -n "$$HUIQI_TEST_DATABASE" ]; then \
		echo "The keeping of cases once more, on PostgreSQL, and tables read from there"; \
		HUIQI_DATABASE="$$HUIQI_TEST_DATABASE" $(BIN)/pytest --quiet tests/casework && \
		$(BIN)/pytest --quiet tests/tables/test_databases.py; \
	else \
		echo "The keeping of cases was tried on SQLite only: for PostgreSQL set HUIQI_TEST_DATABASE to the address" \
			"of an empty database, postgresql://user@host/name."; \
	fi

harness: $(VENV)/.dev ## try to break procedures, the keeping of cases and columns, in full (some hours)
	@$(BIN)/python -m harness.sequences --count 1000000
	@$(BIN)/python -m harness.mutants
	@$(BIN)/python -m harness.kills --count 10000
	@$(BIN)/python -m harness.kills --count 10000 --postgres --servers 200
	@$(BIN)/python -m harness.agreement --count 100000
	@$(BIN)/python -m harness.agreement --count 100000 --on 2026-11-26

bench: $(VENV)/.runtime ## time answers as the catalogue grows, and search as the library grows
	@$(BIN)/python bench/explain.py
	@$(BIN)/python bench/search.py

bench-match: $(VENV)/.bench ## time matching whole tables beside others, who are installed for it (half an hour)
	@$(BIN)/python bench/match/run.py --full

check: $(VENV)/.dev ## lint, formatting, types and the one-way imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/.dev ## put the source in its standard format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: $(VENV)/.dev ## write the lock files for pyproject.toml, keeping versions that still fit
	$(call compile,--group dev,requirements-dev.txt)
	$(call compile,--group build --constraints requirements-dev.txt,requirements.txt)
	$(call compile,--group dev --group bench --constraints requirements-dev.txt,requirements-bench.txt)

upgrade: $(VENV)/.dev ## as lock, but with the newest versions that fit
	$(call compile,--group dev --upgrade,requirements-dev.txt)
	$(call compile,--group build --upgrade --constraints requirements-dev.txt,requirements.txt)
	$(call compile,--group dev --group bench --upgrade --constraints requirements-dev.txt,requirements-bench.txt)

hooks: $(VENV)/.dev ## run the quick checks before each commit
	$(BIN)/pre-commit install

clean: ## remove the environment and everything that can be made again
	rm -rf $(VENV) build dist var .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +

define compile
$(BIN)/uv pip compile pyproject.toml $(1) --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock' --quiet --output-file $(2)
endef

define install
@echo "Installing $(1) into $(VENV)"
@$(PIP_INSTALL) --require-hashes --requirement $(1)
@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
@touch $@
endef

$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/pip
	$(call install,requirements.txt)

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(BIN)/pip
	$(call install,requirements-dev.txt)
	@touch $(VENV)/.runtime

$(VENV)/.bench: requirements-bench.txt pyproject.toml | $(BIN)/pip
	$(call install,requirements-bench.txt)
	@touch $(VENV)/.runtime $(VENV)/.dev

$(BIN)/pip:
	@test -n "$(PYTHON)" || { \
		echo "Huiqi needs Python 3.11, 3.12 or 3.13, and found none of them." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make an environment: its venv or ensurepip module is missing" \
			"(on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV)
