# One word for each job. PORT and FULCRUM_DB are honoured by `make run`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run test check bench format screenshot browser clean

run: $(VENV)/.run $(VENV)/.compiled
	$(BIN)/python -m scripts.serve --port $(PORT)

test: $(VENV)/.dev $(VENV)/.compiled browser
	$(BIN)/python -m pytest -q -n 2 --dist loadscope --ignore tests/browser
	$(BIN)/python -m pytest -q -n 2 --dist loadscope tests/browser

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

bench: $(VENV)/.dev $(VENV)/.compiled
	$(BIN)/python -m bench

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshot: $(VENV)/.dev browser
	$(BIN)/python -m scripts.screenshot

browser: $(VENV)/.dev
	$(BIN)/python -m scripts.install_browser

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

# The model's loops become machine code here, so that nobody waits for it later.
$(VENV)/.compiled: $(wildcard simulation/*.py) simulation/defaults.toml | $(VENV)/.run
	$(BIN)/python -m scripts.compile_model
	touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
