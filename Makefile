# Two commands: `make demo` and `make test`. PYTHON=… names an interpreter, ARGS=… is handed on.
.DEFAULT_GOAL := help
.PHONY: help demo test bench bench-digest bench-exports bench-frames bench-reply bench-search bench-themes lint format lock clean
export PYTHON

COMPILE := .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --quiet --extra meaning $(ARGS) pyproject.toml

help: ## show this
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

demo: ## try Morgen in the browser: no token, no account, nothing to configure
	@scripts/environment.sh run
	@exec .venv/bin/python -m bot demo $(ARGS)

test: ## check everything: format, lint, types, walls between packages, tests
	@scripts/environment.sh dev
	@scripts/test.sh $(ARGS)

bench: ## measure, and print one table
	@scripts/environment.sh dev
	@.venv/bin/python -m benchmarks $(ARGS)

bench-reply: ## measure the first reply in a town with 100,000 ideas
	@scripts/environment.sh dev
	@.venv/bin/python -m benchmarks.first_reply $(ARGS)

bench-search: ## measure lists and searches in a town with 100,000 ideas
	@scripts/environment.sh dev
	@.venv/bin/python -m benchmarks.search $(ARGS)

bench-digest: ## measure a digest of a town with 100,000 ideas in 1,000 themes
	@scripts/environment.sh dev
	@.venv/bin/python -m benchmarks.digest $(ARGS)

bench-exports: ## measure exports of a town with 100,000 ideas
	@scripts/environment.sh dev
	@.venv/bin/python -m benchmarks.exports $(ARGS)

DATA ?= ../shared/data
bench-themes: ## compare themes with other libraries' on labelled texts (DATA=FOLDER)
	@scripts/environment.sh dev
	@.venv/bin/python -m benchmarks.themes --data "$(DATA)" $(ARGS)

bench-frames: ## measure how good suggested goals are on ideas that were labelled by hand
	@scripts/environment.sh dev
	@.venv/bin/python -m benchmarks.frames $(ARGS)

lint: ## what `make test` checks without running the program
	@scripts/environment.sh dev
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/lint-imports
	@.venv/bin/mypy

format: ## write the code as ruff wants it
	@scripts/environment.sh dev
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

lock: ## pin and hash the packages of pyproject.toml anew (ARGS=--upgrade takes newer ones)
	@scripts/environment.sh dev
	@$(COMPILE) --output-file requirements.txt
	@$(COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## remove the environment and what tools left; data/ and config.toml stay
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
