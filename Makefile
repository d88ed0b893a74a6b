# What a developer or a server does with this checkout. `make help` lists it.
#
# Everything is put into this folder: Python packages into .venv, the validators' tools
# into .tools, the documents into build. Only the system's packages (Pango, and what
# `make acceptance` runs) are installed outside, by tools/*.sh, which say so.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help build check test acceptance bench format pages pins clean distclean

SOURCE ?= policy_src
OUT ?= build
# For `make bench`: numbers of schools, how often each is measured, where the pages go, and
# how many documents one process writes to see its memory.
N ?= 10,50
ROUNDS ?= 5
PAGES ?= docs
MEMORY ?= 0

VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet
# A machine-wide setting must not reach into the virtual environment.
unexport PYTHONPATH PYTHONHOME

help: ## list what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | \
	while IFS='|' read -r name text; do printf '%-16s %s\n' "$$name" "$$text"; done

build: $(VENV)/.system ## build the sample trust into build/ (SOURCE=… and OUT=… for others)
	$(VENV)/bin/policygen build --source "$(SOURCE)" --out "$(OUT)"

check: $(VENV)/.dev ## check style and types
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy

test: $(VENV)/.dev $(VENV)/.system ## run the quick tests
	$(PYTHON) -m pytest -q -n auto --dist worksteal

acceptance: $(VENV)/.dev $(VENV)/.system $(VENV)/.bench ## put the sample trust before validators (minutes)
	sh tools/acceptance.sh $(PYTHON)
	$(PYTHON) -m pytest -q -n auto --dist loadfile tests/acceptance

bench: $(VENV)/.dev $(VENV)/.system $(VENV)/.bench ## measure speed, beside what else there is (ROUNDS=1 N=10 for a quick look)
	cd tests && ../$(PYTHON) -m bench --n "$(N)" --rounds $(ROUNDS) --memory $(MEMORY) --out "$(abspath $(PAGES))"

format: $(VENV)/.dev ## put the code into the format that `make check` asks for
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

pages: $(VENV)/.dev ## write the pages of docs/ that are made from the program and the sample anew
	cd tests && ../$(PYTHON) -m library
	cd tests && ../$(PYTHON) -m docs.mistakes
	cd tests && ../$(PYTHON) -m docs.checks_page

clean: ## remove what was built
	rm -rf "$(OUT)" dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

distclean: clean ## remove what was installed into this folder, too
	rm -rf $(VENV) .tools

# Stamps: what stands behind the colon is newer, so the work is done again.

$(VENV)/.made: tools/venv.sh tools/system-packages.sh
	sh tools/venv.sh $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made pyproject.toml requirements/packaging.txt requirements/run.txt
	$(PIP) install -r requirements/packaging.txt -r requirements/run.txt
	$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(PIP) install -r requirements/dev.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements/bench.txt
	$(PIP) install -r requirements/bench.txt
	@touch $@

$(VENV)/.system: $(VENV)/.run tools/system.sh tools/system-packages.sh
	sh tools/system.sh $(VENV)/bin/policygen
	@touch $@

# The pins: the newest versions that pyproject.toml allows, for all systems and Pythons.

UV := .tools/uv/bin/uv
COMPILE := $(UV) pip compile --quiet --upgrade --universal --python-version 3.11 \
	--no-emit-index-url --custom-compile-command "make pins"

pins: $(UV) ## choose the versions in requirements/ anew
	$(COMPILE) --group packaging -o requirements/packaging.txt
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	$(COMPILE) --group bench -c requirements/run.txt -c requirements/dev.txt -o requirements/bench.txt

$(UV): $(VENV)/.made
	$(PYTHON) -m venv .tools/uv
	.tools/uv/bin/python -m pip --disable-pip-version-check --quiet install uv
