# Everything one does with Alongside, by name. `make` alone lists it; CONTRIBUTING.md says when to use what.

BIN    := .venv/bin
READY  := .venv/.ready
SPARK  := .venv/.ready-spark
SIZE   ?=
PORT   ?= 8000
SERVE  ?= 1
ARGS   ?=
PICTURED := releases_tiers or by_keyboard or while_it_is_typed or without_the_approach

# What is compiled is kept, wherever that was turned off: else every process compiles everything again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo report serve test check fix words scan bench docs pictures requirements clean

help: ## List what can be asked for
	@echo "Alongside. Ask for one of these, as in \`make demo\`:"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Prepare .venv with everything needed, each file held to its hash (instant when done)

$(READY): requirements/bootstrap.txt requirements/dev.txt pyproject.toml tools/setup.sh
	@rm -f $(READY) $(SPARK)
	@sh tools/setup.sh dev
	@touch $@

$(SPARK): $(READY) requirements/spark.txt
	@sh tools/setup.sh spark
	@touch $@

demo: setup ## Make a fictional borough, find, release, serve the pages with made-up people (SIZE=20000, PORT=8000, SERVE=0)
	@sh tools/system_packages.sh documents
	@sh tools/demo.sh $(or $(SIZE),20000)
	@if [ "$(SERVE)" != 0 ]; then ALONGSIDE_DATA_FOLDER=demo/data ALONGSIDE_RUNS=demo ALONGSIDE_DROP=demo/drop $(BIN)/alongside serve --demonstration --port $(PORT); fi

report: setup ## Show the report of the last demo in your browser (PORT=8000)
	@$(BIN)/python -m tools.show demo/run/report.html --port $(PORT)

serve: setup ## Serve the web pages to this machine alone, with nobody made up; begin with create-partnership (PORT=8000)
	$(BIN)/alongside serve --plain-http --port $(PORT)

test: setup $(SPARK) ## Run every test (ARGS="-k name" for some)
	@sh tools/system_packages.sh
	$(BIN)/pytest --numprocesses auto --dist loadscope $(ARGS)

check: setup ## Check style, types, who imports whom, generated files and the house rules
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tools.requirements --check
	$(BIN)/python -m tools.docs --check
	$(BIN)/python -m tools.words --check
	$(BIN)/pytest --quiet tests/architecture

fix: setup ## Put style right where a tool can
	$(BIN)/ruff check --quiet --fix . || true
	$(BIN)/ruff format --quiet .

words: setup ## Gather the words people see for translation, and compile the translations (docs/how-to/translate.md)
	$(BIN)/python -m tools.words

scan: setup ## Look through every file for personal data, machine paths and package hosts
	$(BIN)/pytest --quiet tests/architecture/test_text.py

bench: setup ## Measure speed and accuracy (minutes; SIZE=large, most of an hour; benchmarks/README.md)
	$(BIN)/python -m benchmarks $(if $(filter large,$(SIZE)),--large) $(ARGS)

docs: setup ## Write the generated pages in docs/generated again
	$(BIN)/python -m tools.docs

pictures: setup ## Take the pictures in docs/pictures again, from a real demo run and in the journeys
	@sh tools/system_packages.sh
	@sh tools/demo.sh $(or $(SIZE),20000)
	$(BIN)/python -m tools.pictures demo/run/report.html docs/pictures
	ALONGSIDE_PICTURES=$(CURDIR)/docs/pictures $(BIN)/pytest --quiet --numprocesses 0 tests/casework/journeys -k "$(PICTURED)"

requirements: setup ## Write the hashed requirements from pyproject.toml again (ARGS=--upgrade for newer versions)
	$(BIN)/python -m tools.requirements $(ARGS)

clean: ## Remove what the other targets made: the demo, caches, .venv
	rm -rf .venv demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache spark-warehouse
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
