# Each target makes its own virtual environment first; nothing else is needed but Python 3.11.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup demo run test test-browser bench crash fmt lint types layers i18n migrate revision lock

setup: $(STAMP)

$(STAMP): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

demo: setup
	$(BIN)/nhacviec demo

run: setup
	$(BIN)/nhacviec run

test: setup lint types layers
	$(BIN)/pytest -n auto --dist loadfile -m "not browser"

test-browser: setup
	$(BIN)/pytest -n auto --dist loadfile -m browser tests/browser

bench: setup
	$(BIN)/pytest -q -s tests/bench --override-ini python_files=bench_*.py

# Kills the bot 200 times while 2,000 reminders are delivered: five minutes, more on a busy machine.
crash: setup
	CRASH_KILLS=200 CRASH_REMINDERS=2000 $(BIN)/pytest -q -s tests/e2e/test_crash.py

fmt: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

layers: setup
	$(BIN)/lint-imports

i18n: setup
	$(BIN)/pybabel extract --no-location --sort-output --omit-header -k N_ -k n:1,2 -o locales/messages.pot bot handlers
	$(BIN)/pybabel update --no-fuzzy-matching --ignore-obsolete --omit-header -l vi -d locales -i locales/messages.pot
	$(BIN)/pybabel update --no-fuzzy-matching --ignore-obsolete --omit-header -l en -d locales -i locales/messages.pot

migrate: setup
	$(BIN)/nhacviec migrate

revision: setup
	$(BIN)/alembic revision --autogenerate -m "$(m)"

# The lock names versions and hashes only; where packages come from is the machine's own setting.
lock:
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra dev --all-build-deps -o requirements-dev.lock pyproject.toml
