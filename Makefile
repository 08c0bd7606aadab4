# Every target builds what it needs: on a fresh clone, with Python 3.11+ and its venv module,
# `make demo` and `make test` each work as the first command. CONTRIBUTING.md has the same
# steps without make.
VENV ?= .venv
PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,$(shell \
	$(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ARGS ?=
# Hundreds of short processes run here: compiled once, not in each of them.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check format long e2e postgres spark bench coverage docs locale lock clean
help:  ## This list
	@sed -n 's/^\([a-z0-9]*\):.*## /\1\t/p' Makefile | expand -t 12

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "undersight needs Python 3.11 or newer: make PYTHON=/path/to/python3"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)  ## A fictional country's log, from raw text to a published site; prints what to open
	rm -rf demo-workspace
	$(BIN)/undersight demo demo-workspace $(ARGS)
test: $(READY)  ## The default suite: offline, SQLite; the contracts are in `make check`
	$(BIN)/python -m pytest -n auto --dist worksteal --ignore tests/contracts $(ARGS)
check: $(READY)  ## Lock, style, types, layers, then the contracts (licences, shape, registries)
	$(BIN)/python tools/lock.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n auto tests/contracts -m "not (postgres or e2e or spark)"
format: $(READY)  ## Rewrite the code as the style wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
long: $(READY)  ## What the default suite has no time for
	$(BIN)/python -m pytest -m "long and not (postgres or e2e or spark)" -n auto --dist worksteal $(ARGS)
e2e: $(READY)  ## What people do, in a real browser (needs Chromium)
	$(BIN)/python -m pytest -m e2e $(ARGS)
postgres: $(READY)  ## The store on a PostgreSQL it starts itself (needs the server's programs)
	$(BIN)/python -m pytest -m postgres -n auto $(ARGS)
spark: $(READY)  ## The detectors' steps on a local Spark (needs Java 17 or newer)
	$(BIN)/python -m pytest -m spark $(ARGS)
bench: $(READY)  ## Sizes and times, with the machine and the version
	for file in $$(grep -l __main__ benchmarks/*.py); do \
		$(BIN)/python -m "benchmarks.$$(basename "$$file" .py)" $(ARGS) || exit 1; done
coverage: $(READY)  ## The default suite with branch coverage
	$(BIN)/python -m pytest -n auto --cov --cov-report=term $(ARGS)
docs: $(READY)  ## Write docs/reference/ anew from the code
	$(BIN)/python tools/reference.py
locale: $(READY)  ## Bring the translations up to the code and compile them
	$(BIN)/python tools/translations.py
lock: $(READY)  ## Pin every package by hash (the only target that asks the network for versions)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --all-extras -o requirements.lock pyproject.toml
	$(BIN)/python tools/lock.py
clean:  ## Forget the virtual environment, the caches and the demo
	rm -rf $(VENV) demo-workspace .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
