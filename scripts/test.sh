#!/bin/sh
# Everything that holds a change to the house's rules, the fast ones first; stops at the first that fails.
set -eu
cd -- "$(dirname -- "$0")/.."
PATH=$PWD/.venv/bin:$PATH

ruff format --check .
ruff check .
lint-imports
mypy
exec python -m pytest -n 2 "$@"
