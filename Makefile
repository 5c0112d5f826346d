# Two commands for a stranger: `make roster` and `make test`. Everything else is for developers.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(if $(shell $(name) -c 'print(1)' 2>/dev/null),$(name))))
VENV ?= .venv
BIN := $(VENV)/bin
FILE ?= instances/brussels-midi.xlsx
OUT ?= roster.xlsx
TIME ?= 60
JOBS ?= 2
TESTS ?=
SEEDS ?= 1,2,3
MEASURED ?= benchmarks/results/$(shell date +%F)-$(shell git rev-parse --short HEAD).jsonl

.PHONY: catalogues help roster test quick lint check format clean benchmarks

help:
	@echo "make roster   install, solve $(FILE) in $(TIME) s, leave $(OUT)  (FILE=, OUT=, TIME= to choose)"
	@echo "make test     install, run the tests on $(JOBS) cores (JOBS=; TESTS= for some only)"
	@echo "make quick    the tests without the slow ones, in about a minute"
	@echo "make lint     format and lint (ruff), types (mypy)"
	@echo "make check    lint and test: the gate"
	@echo "make format   let ruff format and fix"
	@echo "make benchmarks   measure everything, for hours on an idle machine (SEEDS=, MEASURED=), report and plots in out/benchmarks"
	@echo "make clean    remove the environment and the caches"

roster: $(BIN)/.installed
	$(BIN)/vigie solve $(FILE) -o $(OUT) --time-limit $(TIME) --force

test: $(BIN)/.installed-test
	@# What is compiled is compiled once, not in many tests side by side.
	@$(BIN)/python -m compileall -q scheduler vigie.py
	@$(BIN)/python -c 'from scheduler.engine.warm import compile_all; compile_all()'
	$(BIN)/python -m pytest -W error -n $(JOBS) --dist worksteal $(TESTS)

quick: $(BIN)/.installed-test
	$(BIN)/python -m pytest -W error -n $(JOBS) --dist worksteal -m "not slow and not slowest" $(TESTS)

lint: $(BIN)/.installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test

format: $(BIN)/.installed-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

benchmarks: $(BIN)/.installed-test
	-$(BIN)/python -m benchmarks run zones --seeds $(SEEDS) --time-limit 300 --to $(MEASURED)
	-$(BIN)/python -m benchmarks run region --seeds $(SEEDS) --time-limit 120 --methods ours --to $(MEASURED)
	-$(BIN)/python -m benchmarks run region --seeds $(SEEDS) --time-limit 300 --to $(MEASURED)
	-$(BIN)/python -m benchmarks run months --seeds $(SEEDS) --time-limit 1200 --methods ours --to $(MEASURED)
	-$(BIN)/python -m benchmarks run growth --seeds $(SEEDS) --time-limit 600 --methods ours --to $(MEASURED)
	-$(BIN)/python -m benchmarks repair brussels-region --seeds $(SEEDS) --time-limit 60 --to $(MEASURED)
	-$(BIN)/python -m benchmarks compare brussels-region --staffing --seeds $(SEEDS) --time-limit 120 --to $(MEASURED)
	-$(BIN)/python -m benchmarks compare brussels-region --strategies separate,police-only --seeds $(SEEDS) --time-limit 60 --to $(MEASURED)
	-$(BIN)/python -m benchmarks compare brussels-region-shifts --strategies 8h,10h,12h --seeds $(SEEDS) --time-limit 60 --to $(MEASURED)
	-$(BIN)/python -m benchmarks commands brussels-region --time-limit 60 --to $(MEASURED)
	$(BIN)/python -m benchmarks office --to $(MEASURED)
	$(BIN)/python -m benchmarks report $(MEASURED) --to out/benchmarks

# What is said: collected from the code, merged into the catalogues of French and Dutch, compiled.
catalogues: $(BIN)/.installed-test
	$(BIN)/python -m tests.messages.catalogues

clean:
	rm -rf .venv .venv-* .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Vigie needs Python 3.11 or newer; none was found (PYTHON=/path/to/python make …)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Vigie needs Python 3.11 or newer; $(PYTHON) is older (PYTHON=/path/to/python make …)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(BIN)/.installed: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(BIN)/.installed-test: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test,browser]"
	@touch $@ $(BIN)/.installed
